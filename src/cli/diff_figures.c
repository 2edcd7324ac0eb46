/* The headline figures of the last official report, as it froze them, and as they would be given
 * today; where none was issued, those of the last report that the audit table knows of. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "cli/diff_table.h"
#include "cli/figures.h"
#include "cli/listing.h"
#include "series/changes.h"

static const struct column columns[FIG_COLUMNS] = {
    [FIG_FIGURE] = {"figure", N_("Figure"), COLUMN_TOKEN, 0},
    [FIG_INDICATOR] = {"indicator", N_("Indicator"), COLUMN_TEXT, 0},
    [FIG_NAME] = {"name", N_("Name"), COLUMN_TEXT, 0},
    [FIG_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [FIG_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},
    [FIG_PERIOD] = {"period", N_("Period"), COLUMN_TEXT, 0},
    [FIG_COUNT_THEN] = {"count_then", N_("Result then"), COLUMN_COUNT, 0},
    [FIG_BASE_THEN] = {"base_then", N_("Base then"), COLUMN_COUNT, 0},
    [FIG_VERDICT_THEN] = {"verdict_then", N_("Verdict then"), COLUMN_TOKEN, 0},
    [FIG_COUNT_NOW] = {"count_now", N_("Result now"), COLUMN_COUNT, 0},
    [FIG_BASE_NOW] = {"base_now", N_("Base now"), COLUMN_COUNT, 0},
    [FIG_VERDICT_NOW] = {"verdict_now", N_("Verdict now"), COLUMN_TOKEN, 0},
    [FIG_NOTE] = {"note", N_("Note"), COLUMN_NOTE, 0},
};

static const struct view views[] = {
    {N_("Indicator"), VIEW_CELL, "indicator", NULL, NULL},
    {N_("Name"), VIEW_CELL, "name", NULL, NULL},
    {N_("Result then"), VIEW_COUNTS, "count_then", "base_then", NULL},
    {N_("Verdict then"), VIEW_CELL, "verdict_then", NULL, NULL},
    {N_("Result now"), VIEW_COUNTS, "count_now", "base_now", NULL},
    {N_("Verdict now"), VIEW_CELL, "verdict_now", NULL, NULL},
};

struct last {
    struct diff_states *d;
    const struct request *asked;
    struct request q; /* the report's own options */
    struct issued_list issued;
    const struct issued_report *official; /* NULL: none was issued */
    struct buf line;                      /* else its line in the audit table */
    int64_t at;                           /* when it was made */
    struct arena arena;
    struct figures sides[2]; /* THEN is read where none was issued */
    struct result *r;
    size_t compared;
};

/* ---- the report's line: "briefing period=2024 unit=872 … to=FILE…" ---- */

static const char *value_of(struct last *x, const char *key)
{
    const char *to = strstr(buf_text(&x->line), " to="), *at = buf_text(&x->line);
    size_t n = strlen(key);
    while (at && (!to || at < to)) {
        at = strchr(at, ' ');
        if (at && !strncmp(++at, key, n) && at[n] == '=') {
            char *value = arena_text(&x->arena, at + n + 1);
            if (value)
                value[strcspn(value, " ")] = '\0';
            return value;
        }
    }
    return NULL;
}

static bool find_line(struct last *x, struct store *s, int64_t *then, struct err *e)
{
    if (!store_last_audit(s, "report", &x->line, &x->at, e))
        return false;
    const char *state = x->at ? value_of(x, "state") : NULL;
    bool fractional;
    if (!x->at)
        return err_set(e, ERR_INPUT,
                       "diff: no report has been made from this database yet: name the states to "
                       "be compared (diff LOAD LOAD)");
    return (state && num_parse_int(state, strlen(state), then, &fractional)) ||
           err_set(e, ERR_INPUT,
                   "diff: the last report's line does not say which state it was made from: name "
                   "the states to be compared (diff LOAD LOAD)");
}

static bool find_in(struct last *x, struct store *s, int64_t states[2], struct err *e)
{
    if (!store_last_load(s, &states[NOW], e) || !issued_read(s, &x->issued, e))
        return false;
    if (!x->issued.count)
        return find_line(x, s, &states[THEN], e);
    x->official = &x->issued.items[x->issued.count - 1];
    x->at = x->official->at;
    states[THEN] = x->official->state;
    return true;
}

static bool find_report(struct last *x, int64_t states[2], struct err *e)
{
    struct store *s = NULL;
    bool ok = store_open(&s, x->asked->place, STORE_READ, e) && find_in(x, s, states, e);
    store_close(s);
    return ok;
}

static void ask_as_report(struct last *x)
{
    static const enum option_id own[] = {OPT_PERIOD, OPT_UNIT,  OPT_CALENDAR,    OPT_PLAN,
                                         OPT_BASIS,  OPT_AS_OF, OPT_UNITS_AS_OF, OPT_SPLIT};
    x->q = *x->asked;
    if (x->official) {
        figures_ask(&x->q, x->official);
        return;
    }
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        x->q.args.values[own[i]] = value_of(x, options[own[i]].name);
}

/* ---- the two sides ---- */

static bool read_sides(struct last *x, struct err *e)
{
    bool judged = !x->official || figures_are_judged(x->official);
    return (x->official || figures_read(&x->d->sessions[THEN], judged, &x->sides[THEN], e)) &&
           figures_read(&x->d->sessions[NOW], judged, &x->sides[NOW], e);
}

/* ---- one figure in both ---- */

static void fill_side(struct cell *out, const struct issued_figure *f)
{
    if (!f)
        return;
    if (f->has_count)
        out[0] = cell_int(f->count);
    if (f->has_base)
        out[1] = cell_int(f->base);
    out[2] = cell_text(f->verdict);
}

static bool add_figure(void *context, const struct issued_figure *then,
                       const struct issued_figure *now, struct err *e)
{
    struct last *x = context;
    const struct issued_figure *any = now ? now : then;
    bool is_target = !strcmp(any->figure, "target");
    struct cell *out = result_add_row(x->r, e);
    if (!out)
        return false;
    out[FIG_FIGURE] = cell_text(any->figure);
    out[is_target ? FIG_INDICATOR : FIG_CATEGORY] = cell_text(any->key);
    out[FIG_NAME] = cell_text(any->name);
    out[FIG_UNIT] = cell_text(x->q.args.values[OPT_UNIT]);
    out[FIG_PERIOD] = cell_text(x->sides[NOW].period.label);
    fill_side(&out[FIG_COUNT_THEN], then);
    fill_side(&out[FIG_COUNT_NOW], now);
    out[FIG_NOTE] = cell_text(!then ? "unknown_then=1;" : !now ? "unknown_now=1;" : NULL);
    return true;
}

static bool compare(struct last *x, struct err *e)
{
    const struct figures *then = &x->sides[THEN], *now = &x->sides[NOW];
    return x->official ? figures_each_changed(x->official->figures, x->official->figure_count, now,
                                              add_figure, x, &x->compared, e)
                       : figures_each_changed(then->items, then->count, now, add_figure, x,
                                              &x->compared, e);
}

/* ---- around the rows ---- */

static day data_end_then(const struct last *x)
{
    return x->official ? x->official->data_end : x->sides[THEN].data_end;
}

/* The call that tells the rest, of the same days. */
static void say_more(const struct last *x, struct buf *b)
{
    struct buf call = {0};
    const char *calendar = x->q.args.values[OPT_CALENDAR];
    bool police = calendar && strcmp(calendar, "01-01");
    buf_addf(&call, "keogiam diff %s --period %s%s%s", x->d->texts[THEN],
             x->sides[NOW].period.label, police ? " --calendar " : "", police ? calendar : "");
    buf_addf(b, tr(x->r->lang, "What is behind it, unit by unit: '%s'."), buf_text(&call));
    b->failed |= call.failed;
    buf_free(&call);
}

static bool say(struct last *x, struct err *e)
{
    struct buf b = {0};
    enum lang lang = x->r->lang;
    day then = data_end_then(x), now = x->sides[NOW].data_end;
    char shown[2][11];
    session_date(then, lang, shown[THEN]);
    session_date(now, lang, shown[NOW]);
    buf_addf(&b, tr(lang, "Of %zu figures compared %zu would read otherwise."), x->compared,
             x->r->row_count);
    if (then != now)
        buf_addf(&b, tr(lang, " The data then reached to %s, now to %s."), shown[THEN], shown[NOW]);
    if (!footer_say_made(x->r, &b, e))
        return false;
    if (x->r->row_count)
        say_more(x, &b);
    return !b.len || footer_say_made(x->r, &b, e);
}

static void add_kind(const struct last *x, struct buf *b)
{
    const char *line = buf_text(&x->line), *kind = line;
    size_t n = strcspn(line, " ");
    static const char *const kinds[] = {N_("briefing"), N_("situation"), N_("slides"), N_("unit"),
                                        N_("correction")};
    if (x->official) {
        kind = x->official->kind;
        n = strlen(kind);
        buf_addf(b, tr(x->r->lang, "No. %s, "), x->official->number);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strlen(kinds[i]) == n && !strncmp(kinds[i], kind, n))
            buf_adds(b, tr(x->r->lang, kinds[i]));
}

static bool add_title(struct last *x, struct err *e)
{
    char made[11];
    struct buf kind = {0};
    enum lang lang = x->r->lang;
    add_kind(x, &kind);
    session_date((day)(x->at / 86400), lang, made);
    if (!kind.failed)
        x->r->title = arena_format(
            &x->r->arena,
            tr(lang, "Figures of the last report (%s, %s, made on %s from state %s) that would "
                     "read otherwise today"),
            buf_text(&kind), x->sides[NOW].period.label, made, x->d->texts[THEN]);
    buf_free(&kind);
    return x->r->title || err_memory(e);
}

static bool add_provenance(struct last *x, struct err *e)
{
    const struct result *from = &x->sides[NOW].counts;
    bool ok = true;
    x->r->synthetic = x->d->sessions[THEN].synthetic || from->synthetic;
    for (size_t i = 0; ok && i < from->prov_count; i++)
        if (strcmp(from->provs[i].key, "state"))
            ok = result_add_prov(x->r, from->provs[i].key, from->provs[i].label,
                                 from->provs[i].value, from->provs[i].shown, e);
    return ok &&
           result_add_prov(x->r, "state_then", N_("State then"), x->d->texts[THEN], NULL, e) &&
           result_add_prov(x->r, "state_now", N_("State now"), x->d->texts[NOW], NULL, e);
}

/* Texts of rows are in the arenas of what they come from: copied before these go. */
static bool keep_texts(struct result *r, struct err *e)
{
    for (size_t i = 0; i < r->row_count * r->column_count; i++) {
        if (r->cells[i].type != CELL_TEXT)
            continue;
        r->cells[i].as.s = arena_text(&r->arena, r->cells[i].as.s);
        if (!r->cells[i].as.s)
            return err_memory(e);
    }
    return true;
}

static bool build(struct last *x, struct err *e)
{
    int64_t states[2] = {0, 0};
    if (!find_report(x, states, e))
        return false;
    ask_as_report(x);
    if (!diff_open(x->d, &x->q, states, e))
        return false;
    result_init(x->r, "diff", columns, FIG_COLUMNS, x->d->sessions[NOW].lang);
    x->r->views = views;
    x->r->view_count = sizeof views / sizeof views[0];
    return read_sides(x, e) && compare(x, e) && add_title(x, e) && say(x, e) &&
           add_provenance(x, e) && keep_texts(x->r, e);
}

bool figures_build(struct diff_states *d, const struct request *r, struct result *table,
                   struct err *e)
{
    struct last x = {.d = d, .asked = r, .r = table};
    bool ok = build(&x, e);
    for (int i = THEN; i <= NOW; i++) {
        figures_free(&x.sides[i]);
        if (d->opened[i])
            d->sessions[i].request = r; /* what is shown is asked for by the caller */
    }
    issued_free(&x.issued);
    buf_free(&x.line);
    arena_free(&x.arena);
    return ok;
}
