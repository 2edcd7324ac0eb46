/* The figures that the last report gave in its first sentences and its table of targets, as they
 * were and as they would be given today. The audit table knows what the report was of. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "cli/diff_table.h"
#include "cli/listing.h"
#include "cli/targets_table.h"
#include "cli/yoy_table.h"
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

struct figures {
    struct diff_states *d;
    const struct request *asked;
    struct request q; /* the report's own options */
    struct buf line;  /* its line in the audit table */
    int64_t at;       /* when it was made */
    struct arena arena;
    struct period period;
    struct result counts[2], targets[2]; /* yoy and targets in the two states */
    struct result *r;
    size_t compared;
};

/* ---- the report's line: "briefing period=2024 unit=872 … to=FILE…" ---- */

static const char *value_of(struct figures *x, const char *key)
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

static bool find_report(struct figures *x, int64_t states[2], struct err *e)
{
    struct store *s = NULL;
    bool ok = store_open(&s, x->asked->place, STORE_READ, e) &&
              store_last_audit(s, "report", &x->line, &x->at, e) &&
              store_last_load(s, &states[NOW], e);
    store_close(s);
    if (!ok)
        return false;
    const char *state = x->at ? value_of(x, "state") : NULL;
    bool fractional;
    if (!x->at)
        return err_set(e, ERR_INPUT,
                       "diff: no report has been made from this database yet: name the states to "
                       "be compared (diff LOAD LOAD)");
    return (state && num_parse_int(state, strlen(state), &states[THEN], &fractional)) ||
           err_set(e, ERR_INPUT,
                   "diff: the last report's line does not say which state it was made from: name "
                   "the states to be compared (diff LOAD LOAD)");
}

static void ask_as_report(struct figures *x)
{
    static const enum option_id own[] = {OPT_PERIOD, OPT_UNIT,  OPT_CALENDAR,    OPT_PLAN,
                                         OPT_BASIS,  OPT_AS_OF, OPT_UNITS_AS_OF, OPT_SPLIT};
    x->q = *x->asked;
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        x->q.args.values[own[i]] = value_of(x, options[own[i]].name);
}

/* ---- the two tables in a state ---- */

/* What was known by the end of the report's period, as the report sees it. */
static bool read_side(struct figures *x, int side, struct err *e)
{
    static const struct yoy_options whole = {0};
    struct session *s = &x->d->sessions[side];
    if (!session_period(s, &x->period, e))
        return false;
    cover_end(&s->cover, x->period.span.to);
    return yoy_build(s, &whole, &x->counts[side], e) &&
           targets_build(s, false, &x->targets[side], e);
}

/* ---- one figure in both ---- */

/* The columns of a table that make a figure. */
struct shape {
    const char *figure;
    size_t key, count, base, verdict, name;
};

static const struct shape of_counts = {N_("total"),      YOY_CATEGORY, YOY_COUNT,
                                       YOY_COUNT_BEFORE, YOY_VERDICT,  YOY_CATEGORY_NAME};
static const struct shape of_targets = {N_("target"),    TGC_INDICATOR, TGC_NUMERATOR,
                                        TGC_DENOMINATOR, TGC_VERDICT,   TGC_NAME};

static const struct cell *row_of(const struct result *r, size_t row)
{
    return row < r->row_count ? &r->cells[row * r->column_count] : NULL;
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
    if (a->type != b->type)
        return false;
    return a->type == CELL_INT ? a->as.i == b->as.i
                               : a->type != CELL_TEXT || !strcmp(a->as.s, b->as.s);
}

static size_t find_row(const struct result *r, const struct shape *s, const struct cell *key)
{
    size_t row = 0;
    while (row < r->row_count && !same_cell(&row_of(r, row)[s->key], key))
        row++;
    return row;
}

static bool reads_same(const struct shape *s, const struct cell *a, const struct cell *b)
{
    return a && b && same_cell(&a[s->count], &b[s->count]) && same_cell(&a[s->base], &b[s->base]) &&
           same_cell(&a[s->verdict], &b[s->verdict]);
}

static bool add_figure(struct figures *x, const struct shape *s, const struct cell *then,
                       const struct cell *now, struct err *e)
{
    const struct cell *any = now ? now : then;
    x->compared++;
    if (reads_same(s, then, now))
        return true;
    struct cell *out = result_add_row(x->r, e);
    if (!out)
        return false;
    out[FIG_FIGURE] = cell_text(s->figure);
    out[s == &of_counts ? FIG_CATEGORY : FIG_INDICATOR] = any[s->key];
    out[FIG_NAME] = any[s->name];
    out[FIG_UNIT] = cell_text(x->q.args.values[OPT_UNIT]);
    out[FIG_PERIOD] = cell_text(x->period.label);
    const struct cell *sides[2] = {then, now};
    static const int first[2] = {FIG_COUNT_THEN, FIG_COUNT_NOW};
    for (int i = THEN; i <= NOW; i++) {
        if (!sides[i])
            continue;
        out[first[i]] = sides[i][s->count];
        out[first[i] + 1] = sides[i][s->base];
        out[first[i] + 2] = sides[i][s->verdict];
    }
    out[FIG_NOTE] = cell_text(!then ? "unknown_then=1;" : !now ? "unknown_now=1;" : NULL);
    return true;
}

static bool compare(struct figures *x, const struct shape *s, const struct result *tables,
                    struct err *e)
{
    const struct result *then = &tables[THEN], *now = &tables[NOW];
    bool ok = true;
    for (size_t i = 0; ok && i < then->row_count; i++) {
        const struct cell *row = row_of(then, i);
        ok = add_figure(x, s, row, row_of(now, find_row(now, s, &row[s->key])), e);
    }
    for (size_t i = 0; ok && i < now->row_count; i++) {
        const struct cell *row = row_of(now, i);
        if (find_row(then, s, &row[s->key]) == then->row_count)
            ok = add_figure(x, s, NULL, row, e);
    }
    return ok;
}

/* ---- around the rows ---- */

static const char *data_end(const struct result *r)
{
    const char *end = "";
    for (size_t i = 0; i < r->prov_count; i++)
        if (!strcmp(r->provs[i].key, "data_end"))
            end = r->provs[i].shown ? r->provs[i].shown : r->provs[i].value;
    return end;
}

/* The call that tells the rest, of the same days. */
static void say_more(const struct figures *x, struct buf *b)
{
    struct buf call = {0};
    const char *calendar = x->q.args.values[OPT_CALENDAR];
    bool police = calendar && strcmp(calendar, "01-01");
    buf_addf(&call, "keogiam diff %s --period %s%s%s", x->d->texts[THEN], x->period.label,
             police ? " --calendar " : "", police ? calendar : "");
    buf_addf(b, tr(x->r->lang, "What is behind it, unit by unit: '%s'."), buf_text(&call));
    b->failed |= call.failed;
    buf_free(&call);
}

static bool say(struct figures *x, struct err *e)
{
    struct buf b = {0};
    enum lang lang = x->r->lang;
    const char *then = data_end(&x->counts[THEN]), *now = data_end(&x->counts[NOW]);
    buf_addf(&b, tr(lang, "Of %zu figures compared %zu would read otherwise."), x->compared,
             x->r->row_count);
    if (strcmp(then, now))
        buf_addf(&b, tr(lang, " The data then reached to %s, now to %s."), then, now);
    if (!footer_say_made(x->r, &b, e))
        return false;
    if (x->r->row_count)
        say_more(x, &b);
    return !b.len || footer_say_made(x->r, &b, e);
}

static bool add_title(struct figures *x, struct err *e)
{
    char kind[24], made[11];
    enum lang lang = x->r->lang;
    snprintf(kind, sizeof kind, "%.*s", (int)strcspn(buf_text(&x->line), " "), buf_text(&x->line));
    static const char *const kinds[] = {N_("briefing"), N_("situation"), N_("slides"), N_("unit")};
    const char *word = kind;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (!strcmp(kinds[i], kind))
            word = tr(lang, kinds[i]);
    session_date((day)(x->at / 86400), lang, made);
    x->r->title = arena_format(
        &x->r->arena,
        tr(lang, "Figures of the last report (%s, %s, made on %s from state %s) that would read "
                 "otherwise today"),
        word, x->period.label, made, x->d->texts[THEN]);
    return x->r->title || err_memory(e);
}

static bool add_provenance(struct figures *x, struct err *e)
{
    const struct result *from = &x->counts[NOW];
    bool ok = true;
    x->r->synthetic = x->counts[THEN].synthetic || from->synthetic;
    for (size_t i = 0; ok && i < from->prov_count; i++)
        if (strcmp(from->provs[i].key, "state"))
            ok = result_add_prov(x->r, from->provs[i].key, from->provs[i].label,
                                 from->provs[i].value, from->provs[i].shown, e);
    return ok &&
           result_add_prov(x->r, "state_then", N_("State then"), x->d->texts[THEN], NULL, e) &&
           result_add_prov(x->r, "state_now", N_("State now"), x->d->texts[NOW], NULL, e);
}

/* Texts of rows are in the arenas of the tables they come from: copied before these go. */
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

static bool build(struct figures *x, struct err *e)
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
    return read_side(x, THEN, e) && read_side(x, NOW, e) && compare(x, &of_counts, x->counts, e) &&
           compare(x, &of_targets, x->targets, e) && add_title(x, e) && say(x, e) &&
           add_provenance(x, e) && keep_texts(x->r, e);
}

bool figures_build(struct diff_states *d, const struct request *r, struct result *table,
                   struct err *e)
{
    struct figures x = {.d = d, .asked = r, .r = table};
    bool ok = build(&x, e);
    for (int i = THEN; i <= NOW; i++) {
        result_free(&x.counts[i]);
        result_free(&x.targets[i]);
        if (d->opened[i])
            d->sessions[i].request = r; /* what is shown is asked for by the caller */
    }
    buf_free(&x.line);
    arena_free(&x.arena);
    return ok;
}
