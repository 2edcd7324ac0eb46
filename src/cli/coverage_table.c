#include "cli/coverage_table.h"

#include <math.h>
#include <stdio.h>

#include "cli/series_rows.h"

enum { MONTHS_SHOWN = 24 };

static const struct column columns[CVG_COLUMNS] = {
    [CVG_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [CVG_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [CVG_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},
    [CVG_CATEGORY_NAME] = {"category_name", N_("Category"), COLUMN_TEXT, 0},
    [CVG_MONTH] = {"month", N_("Month"), COLUMN_TEXT, 0},
    [CVG_STATE] = {"state", N_("Known"), COLUMN_TOKEN, 0},
    [CVG_COUNT] = {"count", N_("Count"), COLUMN_COUNT, 0},
};

static const struct view views[] = {
    {N_("Unit"), VIEW_CELL, "unit_name", NULL, NULL},
    {N_("Month"), VIEW_CELL, "month", NULL, NULL},
    {N_("Known"), VIEW_CELL, "state", NULL, NULL},
    {N_("Count"), VIEW_CELL, "count", NULL, NULL},
};

struct coverage {
    struct session *s;
    struct series_ask ask;
    struct series_group group;
    size_t from; /* first step of the set that is shown */
};

/* ---- what is asked for ---- */

static bool read_ask(struct coverage *c, struct err *e)
{
    if (!series_ask_read(c->s, false, &c->ask, e))
        return false;
    if (c->ask.places.category_count > 1 && arg(c->s->request, OPT_CATEGORY))
        return err_set(e, ERR_USAGE, "this chart shows one category: choose it with --category");
    c->ask.places.category_count = 1;
    c->ask.by_unit = true;
    c->ask.per_year = 12;
    c->ask.per = PER_CASES;
    return true;
}

static void find_first(struct coverage *c)
{
    size_t n = c->group.set.n;
    bool asked = c->ask.reach.from != DAY_MIN;
    c->from = !asked && n > MONTHS_SHOWN ? n - MONTHS_SHOWN : 0;
}

/* ---- rows ---- */

static bool is_unit(const struct coverage *c, size_t row)
{
    const struct scope *scope = &c->group.set.scope;
    const struct table_row *t = &c->group.rows[row];
    return !t->is_total && !scope->directory->units[scope->units[t->unit]].is_unknown;
}

/* A count that holds the month and more is a report of it, though not of how many. */
static bool is_within_longer(const struct series_set *set, const struct table_row *row, size_t step)
{
    size_t window = set->parts[row->unit] ? step : set->n + step;
    return set->full[row->unit * set->n + step] &&
           set->tally.marks[tally_at(&set->tally, row->unit, row->category, window)] & TALLY_COARSE;
}

static bool add_month(const struct coverage *c, const struct table_row *row, const struct series *x,
                      size_t step, struct result *r, struct err *e)
{
    static const char *const states[] = {N_("known"), N_("partial"), N_("unknown"), N_("known")};
    const struct scope *scope = &c->group.set.scope;
    const struct directory *d = scope->directory;
    struct arena *a = &r->arena;
    char label[16];
    struct cell *out = result_add_row(r, e);
    if (!out)
        return false;
    series_label(&c->group.set, step, label);
    out[CVG_UNIT] = cell_text(arena_text(a, d->units[scope->units[row->unit]].code));
    out[CVG_UNIT_NAME] = cell_text(series_unit_name(&c->group, c->s, row->unit, a));
    out[CVG_CATEGORY] =
        cell_text(arena_text(a, d->categories[scope->categories[row->category]].code));
    out[CVG_CATEGORY_NAME] =
        cell_text(arena_text(a, series_category_name(&c->group, row->category)));
    out[CVG_MONTH] = cell_text(arena_text(a, label));
    out[CVG_STATE] =
        cell_text(is_within_longer(&c->group.set, row, step) ? "known" : states[x->state[step]]);
    if (!isnan(x->recorded[step]))
        out[CVG_COUNT] = cell_int((int64_t)x->recorded[step]);
    return true;
}

static bool add_unit(struct coverage *c, const struct table_row *row, struct result *r,
                     struct err *e)
{
    struct series_set *set = &c->group.set;
    struct series x;
    if (!series_take(set, row->unit, row->category, &x, e))
        return false;
    bool ok = true;
    for (size_t i = c->from; ok && i < set->n; i++)
        if (set->due[row->unit * set->n + i])
            ok = add_month(c, row, &x, i, r, e);
    series_free(&x);
    return ok;
}

static bool add_units(struct coverage *c, struct result *r, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < c->group.count; i++)
        if (is_unit(c, i))
            ok = add_unit(c, &c->group.rows[i], r, e);
    return ok;
}

/* ---- the result ---- */

static bool begin(const struct coverage *c, struct result *r, struct err *e)
{
    const struct series_set *set = &c->group.set;
    size_t root = set->scope.category_slot[c->ask.places.categories[0]];
    r->title = arena_format(&r->arena, tr(r->lang, "Months reported by each unit, %s"),
                            series_category_name(&c->group, root));
    r->views = views;
    r->view_count = sizeof views / sizeof views[0];
    return (r->title || err_memory(e)) &&
           series_group_provenance(c->s, &c->group, c->from, c->group.set.n, r, e);
}

bool coverage_build(struct session *s, struct result *r, struct err *e)
{
    struct coverage c = {.s = s};
    size_t next;
    result_init(r, "coverage", columns, CVG_COLUMNS, s->lang);
    bool ok = read_ask(&c, e) && series_group_init(&c.group, s, &c.ask, 0, &next, e);
    if (ok) {
        find_first(&c);
        ok = begin(&c, r, e) && add_units(&c, r, e);
    }
    series_group_free(&c.group);
    series_ask_free(&c.ask);
    return ok;
}
