#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/diff_private.h"
#include "cli/places.h"

static const struct column columns[DIF_COLUMNS] = {
    [DIF_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [DIF_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [DIF_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},
    [DIF_PERIOD] = {"period", N_("Period"), COLUMN_TEXT, 0},
    [DIF_COUNT_THEN] = {"count_then", N_("Count then"), COLUMN_COUNT, 0},
    [DIF_COUNT_NOW] = {"count_now", N_("Count now"), COLUMN_COUNT, 0},
    [DIF_CHANGE] = {"change", N_("Change"), COLUMN_CHANGE, 0},
    [DIF_ADDED] = {"added", N_("New"), COLUMN_COUNT, 0},
    [DIF_LATE] = {"late", N_("Late"), COLUMN_COUNT, 0},
    [DIF_RECLASSIFIED_IN] = {"reclassified_in", N_("From another category"), COLUMN_COUNT, 0},
    [DIF_RECLASSIFIED_OUT] = {"reclassified_out", N_("To another category"), COLUMN_COUNT, 0},
    [DIF_MOVED_IN] = {"moved_in", N_("From another unit"), COLUMN_COUNT, 0},
    [DIF_MOVED_OUT] = {"moved_out", N_("To another unit"), COLUMN_COUNT, 0},
    [DIF_REDATED_IN] = {"redated_in", N_("From another period"), COLUMN_COUNT, 0},
    [DIF_REDATED_OUT] = {"redated_out", N_("To another period"), COLUMN_COUNT, 0},
    [DIF_WITHDRAWN] = {"withdrawn", N_("Withdrawn"), COLUMN_COUNT, 0},
    [DIF_REINSTATED] = {"reinstated", N_("Reinstated"), COLUMN_COUNT, 0},
    [DIF_OTHER] = {"other", N_("Other reasons"), COLUMN_CHANGE, 0},
    [DIF_OUTCOMES] = {"outcomes", N_("Outcome changed"), COLUMN_COUNT, 0},
    [DIF_DAYS_ADDED] = {"days_added", N_("Days reported since"), COLUMN_COUNT, 0},
    [DIF_DAYS_TAKEN] = {"days_taken", N_("Days no longer reported"), COLUMN_COUNT, 0},
    [DIF_NOTE] = {"note", N_("Note"), COLUMN_NOTE, 0},
    [DIF_CATEGORY_NAME] = {"category_name", N_("Category"), COLUMN_TEXT, 0},
    [DIF_WHAT] = {"what", N_("What changed"), COLUMN_NOTE, 0},
    [DIF_CASES] = {"cases", N_("Cases"), COLUMN_NOTE, 0},
};

static const struct view views[] = {
    {N_("Unit"), VIEW_CELL, "unit_name", NULL, NULL},
    {N_("Category"), VIEW_CELL, "category_name", NULL, NULL},
    {N_("Period"), VIEW_CELL, "period", NULL, NULL},
    {N_("Count then"), VIEW_CELL, "count_then", NULL, NULL},
    {N_("Count now"), VIEW_CELL, "count_now", NULL, NULL},
    {N_("What changed"), VIEW_CELL, "what", NULL, NULL},
    {N_("Cases"), VIEW_CELL, "cases", NULL, NULL}, /* the last: only with --show-cases */
};

/* ---- the question ---- */

bool diff_match_tops(struct changes_query *q, size_t **tops, struct err *e)
{
    const struct directory *now = q->states[NOW].directory, *then = q->states[THEN].directory;
    size_t count = q->states[NOW].top_count, found = 0;
    *tops = malloc((count + 1) * sizeof **tops);
    if (!*tops)
        return err_memory(e);
    for (size_t i = 0; i < count; i++) {
        size_t u = directory_same_unit(then, &now->units[q->states[NOW].tops[i]]);
        if (u != NO_ENTRY)
            (*tops)[found++] = u;
    }
    q->states[THEN].tops = *tops;
    q->states[THEN].top_count = found;
    q->states[THEN].none = count && !found;
    return true;
}

static bool read_period(struct diff *x, struct err *e)
{
    const struct session *now = &x->d->sessions[NOW];
    if (arg(now->request, OPT_PERIOD)) {
        x->q.periods = &x->asked;
        x->q.period_count = 1;
        return session_period(now, &x->asked, e);
    }
    x->all_periods = true;
    bool ok = changes_years(now->store, &x->q, now->calendar, &x->periods, &x->q.period_count, e);
    x->q.periods = x->periods;
    return ok;
}

void diff_set_states(struct changes_query *q, struct diff_states *d)
{
    for (int i = THEN; i <= NOW; i++)
        q->states[i] = (struct changes_state){.state = d->states[i],
                                              .directory = &d->sessions[i].directory,
                                              .cover = &d->sessions[i].cover};
}

static bool read_question(struct diff *x, struct err *e)
{
    const struct session *now = &x->d->sessions[NOW];
    int basis;
    diff_set_states(&x->q, x->d);
    if (!session_choice(now->request, OPT_BASIS, BASIS_RECEIVED, &basis, e) ||
        !places_by(now->request, &x->by_unit, &x->by_category, e))
        return false;
    x->by_unit |= !arg(now->request, OPT_BY);
    if (!x->by_unit && arg(now->request, OPT_LEVEL))
        return err_set(e, ERR_USAGE, "--level %s: needs --by unit", arg(now->request, OPT_LEVEL));
    x->q.basis = (enum basis)basis;
    x->q.list_cases = arg(now->request, OPT_SHOW_CASES) != NULL;
    if (!read_period(x, e) ||
        !session_units(now, OPT_UNIT, x->all_periods ? DAY_NONE : x->asked.span.to, &x->tops[NOW],
                       &x->q.states[NOW].top_count, e) ||
        !session_categories(now, OPT_CATEGORY, &x->categories, &x->category_count, e))
        return false;
    x->q.states[NOW].tops = x->tops[NOW];
    return diff_match_tops(&x->q, &x->tops[THEN], e);
}

/* ---- rows ---- */

static const struct word {
    enum diff_column column;
    enum change_kind kind;
    const char *code;
} words[] = {
    {DIF_LATE, CHANGE_LATE, "late"},
    {DIF_ADDED, CHANGE_ADDED, "added"},
    {DIF_REINSTATED, CHANGE_REINSTATED, "reinstated"},
    {DIF_RECLASSIFIED_IN, CHANGE_RECLASSIFIED_IN, "reclassified_in"},
    {DIF_MOVED_IN, CHANGE_MOVED_IN, "moved_in"},
    {DIF_REDATED_IN, CHANGE_REDATED_IN, "redated_in"},
    {DIF_WITHDRAWN, CHANGE_WITHDRAWN, "withdrawn"},
    {DIF_RECLASSIFIED_OUT, CHANGE_RECLASSIFIED_OUT, "reclassified_out"},
    {DIF_MOVED_OUT, CHANGE_MOVED_OUT, "moved_out"},
    {DIF_REDATED_OUT, CHANGE_REDATED_OUT, "redated_out"},
    {DIF_OUTCOMES, CHANGE_OUTCOME, "outcomes"},
};
enum { WORDS = sizeof words / sizeof words[0] };

static void add_number(struct buf *b, const char *code, int64_t n)
{
    if (n)
        buf_addf(b, "%s=%" PRId64 ";", code, n);
}

static bool keep(struct result *r, struct cell *cell, struct buf *b, struct err *e)
{
    const char *text = b->failed ? NULL : arena_text(&r->arena, buf_text(b));
    buf_clear(b);
    if (!text)
        return err_memory(e);
    *cell = cell_text(text);
    return true;
}

/* Do count rows account for what no case does? */
static bool has_count_rows(const struct changed *row)
{
    return row->numbers[CHANGE_COUNTS_ADDED] || row->numbers[CHANGE_COUNTS_CHANGED] ||
           row->numbers[CHANGE_COUNTS_WITHDRAWN];
}

static void add_count_rows(struct buf *b, const struct changed *row)
{
    add_number(b, "counts_added", row->numbers[CHANGE_COUNTS_ADDED]);
    add_number(b, "counts_changed", row->numbers[CHANGE_COUNTS_CHANGED]);
    add_number(b, "counts_withdrawn", row->numbers[CHANGE_COUNTS_WITHDRAWN]);
}

static void add_what(struct buf *b, const struct changed *row)
{
    for (size_t i = 0; i < WORDS; i++)
        add_number(b, words[i].code, row->numbers[words[i].kind]);
    add_count_rows(b, row);
    if (row->known[THEN] && row->known[NOW])
        add_number(b, has_count_rows(row) ? "through_counts" : "other", row->other);
    add_number(b, "days_added", row->days_added);
    add_number(b, "days_taken", row->days_taken);
}

static void add_note(struct buf *b, const struct changed *row)
{
    add_count_rows(b, row);
    if (!row->known[THEN])
        buf_adds(b, "unknown_then=1;");
    if (!row->known[NOW])
        buf_adds(b, "unknown_now=1;");
    if (row->marks & TALLY_STATED)
        buf_adds(b, "stated=1;");
}

/* "late=A1 A2;withdrawn=B3;" */
static void add_cases(const struct changes *c, size_t cell, struct buf *b)
{
    size_t low = 0, high = c->listed_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->listed[middle].cell < cell)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < c->listed_count && c->listed[i].cell == cell; i++) {
        bool first = i == low || c->listed[i - 1].kind != c->listed[i].kind;
        for (size_t w = 0; first && w < WORDS; w++)
            if (words[w].kind == c->listed[i].kind)
                buf_addf(b, "%s%s=", i == low ? "" : ";", words[w].code);
        buf_addf(b, "%s%s", first ? "" : " ", c->listed[i].id);
    }
    if (b->len)
        buf_addc(b, ';');
}

/* What counts is unknown of is empty, and of what was not known nothing can be told apart. */
static void fill_numbers(const struct changed *row, struct cell *out)
{
    bool both = row->known[THEN] && row->known[NOW];
    if (row->known[THEN])
        out[DIF_COUNT_THEN] = cell_int(row->counts[THEN]);
    if (row->known[NOW])
        out[DIF_COUNT_NOW] = cell_int(row->counts[NOW]);
    if (both)
        out[DIF_CHANGE] = cell_int(row->counts[NOW] - row->counts[THEN]);
    for (size_t i = 0; i < WORDS; i++)
        out[words[i].column] = cell_int(row->numbers[words[i].kind]);
    if (!(row->marks & (TALLY_UNKNOWN | TALLY_COARSE)))
        out[DIF_OTHER] = cell_int(row->other);
    out[DIF_DAYS_ADDED] = cell_int(row->days_added);
    out[DIF_DAYS_TAKEN] = cell_int(row->days_taken);
}

static bool fill_names(struct diff *x, const struct changes *c, size_t unit, size_t category,
                       const struct period *p, struct cell *out, struct err *e)
{
    int side = c->units[unit].slot[NOW] != NO_ENTRY ? NOW : THEN;
    const struct session *s = &x->d->sessions[side];
    size_t u = c->scopes[side].units[c->units[unit].slot[side]];
    int at = c->categories[category].slot[NOW] != NO_ENTRY ? NOW : THEN;
    const struct category *k =
        &c->scopes[at]
             .directory->categories[c->scopes[at].categories[c->categories[category].slot[at]]];
    const char *name = session_unit_name(s, u, p->span.to, &x->r->arena);
    const char *label = arena_text(&x->r->arena, p->label);
    out[DIF_UNIT] = cell_text(s->directory.units[u].code);
    out[DIF_UNIT_NAME] = cell_text(name);
    out[DIF_CATEGORY] = cell_text(k->code);
    out[DIF_CATEGORY_NAME] = cell_text(*k->name ? k->name : k->code);
    out[DIF_PERIOD] = cell_text(label);
    return (name && label) || err_memory(e);
}

static bool write_row(struct diff *x, const struct changes *c, size_t unit, size_t category,
                      size_t period, const struct changed *row, struct err *e)
{
    struct buf b = {0};
    struct cell *out = result_add_row(x->r, e);
    if (!out)
        return false;
    fill_numbers(row, out);
    x->any_late |= row->numbers[CHANGE_LATE] != 0;
    x->any_other |= out[DIF_OTHER].type == CELL_INT && row->other != 0 && !has_count_rows(row);
    bool ok = fill_names(x, c, unit, category, &x->q.periods[period], out, e);
    add_what(&b, row);
    ok = ok && keep(x->r, &out[DIF_WHAT], &b, e);
    add_note(&b, row);
    ok = ok && keep(x->r, &out[DIF_NOTE], &b, e);
    if (ok && x->q.list_cases) {
        add_cases(c, changes_cell(c, unit, category, period), &b);
        ok = keep(x->r, &out[DIF_CASES], &b, e);
    }
    buf_free(&b);
    return ok;
}

/* Tops always; by unit those below them, with --level of that level alone. */
static bool is_shown(const struct diff *x, const struct changes *c, size_t unit)
{
    const char *level = arg(x->d->sessions[NOW].request, OPT_LEVEL);
    int side = c->units[unit].slot[NOW] != NO_ENTRY ? NOW : THEN;
    const struct scope *s = &c->scopes[side];
    size_t slot = c->units[unit].slot[side];
    if (s->parent[slot] == NO_ENTRY)
        return true;
    return x->by_unit && (!level || !strcmp(s->directory->units[s->units[slot]].level, level));
}

/* Days that came to be known are told of the category asked for, not again of each below it. */
static bool is_changed(const struct changes *c, size_t unit, size_t category, size_t period,
                       struct changed *row)
{
    return changes_row(c, unit, category, period, row) ||
           (!category && (row->days_added || row->days_taken));
}

static bool write_unit(struct diff *x, const struct changes *c, size_t unit, struct err *e)
{
    size_t categories = x->by_category ? c->category_count : c->category_count > 0;
    bool ok = true;
    for (size_t i = 0; ok && i < categories * x->q.period_count; i++) {
        struct changed row;
        size_t category = i / x->q.period_count, period = i % x->q.period_count;
        if (is_changed(c, unit, category, period, &row))
            ok = write_row(x, c, unit, category, period, &row, e);
    }
    return ok;
}

static bool write_root(struct diff *x, size_t then, size_t now, struct err *e)
{
    struct changes c;
    x->q.roots[THEN] = then;
    x->q.roots[NOW] = now;
    if (!changes_init(&c, x->d->sessions[NOW].store, &x->q, e))
        return false;
    bool ok = true;
    for (size_t u = 0; ok && u < c.unit_count; u++)
        ok = !is_shown(x, &c, u) || write_unit(x, &c, u, e);
    changes_free(&c);
    return ok;
}

/* The categories asked for, else every root of either state. */
static bool write_rows(struct diff *x, struct err *e)
{
    const struct directory *then = x->q.states[THEN].directory, *now = x->q.states[NOW].directory;
    bool ok = true;
    for (size_t i = 0; ok && i < x->category_count; i++)
        ok = write_root(x, directory_category_by_id(then, now->categories[x->categories[i]].id),
                        x->categories[i], e);
    if (x->category_count)
        return ok;
    for (size_t c = 0; ok && c < now->category_count; c++)
        if (now->categories[c].parent == NO_ENTRY)
            ok = write_root(x, directory_category_by_id(then, now->categories[c].id), c, e);
    for (size_t c = 0; ok && c < then->category_count; c++)
        if (then->categories[c].parent == NO_ENTRY &&
            directory_category_by_id(now, then->categories[c].id) == NO_ENTRY)
            ok = write_root(x, c, NO_ENTRY, e);
    return ok;
}

static bool build(struct diff *x, struct err *e)
{
    struct result *r = x->r;
    if (!read_question(x, e))
        return false;
    r->title = arena_format(&r->arena, tr(r->lang, "What changed from state %s to state %s"),
                            x->d->texts[THEN], x->d->texts[NOW]);
    r->views = views;
    r->view_count = sizeof views / sizeof views[0] - !x->q.list_cases;
    return (r->title || err_memory(e)) && write_rows(x, e) && diff_add_words(x, e);
}

bool diff_build(struct diff_states *d, struct result *r, struct err *e)
{
    struct diff x = {.d = d, .r = r};
    bool with_cases = arg(d->sessions[NOW].request, OPT_SHOW_CASES) != NULL;
    result_init(r, "diff", columns, with_cases ? DIF_COLUMNS : DIF_CASES, d->sessions[NOW].lang);
    bool ok = build(&x, e);
    free(x.periods);
    free(x.tops[THEN]);
    free(x.tops[NOW]);
    free(x.categories);
    return ok;
}
