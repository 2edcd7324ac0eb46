/* Which rows a comparison has, and in which order. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/yoy_private.h"

/* ---- one row ---- */

/* --target, or the plan's target of the exact category, which is on cases. */
static double target_of(const struct yoy_set *set, size_t category)
{
    if (!yoy_is_exact(set))
        return NAN;
    if (set->query->target_given)
        return set->query->target_pct;
    return set->q.tally.count == COUNT_CASES
               ? plan_reduction_target(set->plan, set->compare.scope.categories[category])
               : NAN;
}

static struct span category_valid(const struct yoy_set *set, size_t slot)
{
    return set->s->directory.categories[set->compare.scope.categories[slot]].valid;
}

static bool contains(struct span a, struct span b)
{
    return a.from <= b.from && a.to >= b.to;
}

/* Recorded on every day of both periods (of a period that runs: up to its data end). */
static bool is_valid_throughout(const struct yoy_set *set, size_t slot)
{
    struct span valid = category_valid(set, slot), now = set->q.period.span;
    if (set->compare.data_end != DAY_NONE && set->compare.data_end < now.to)
        now.to = set->compare.data_end;
    bool all = contains(valid, now);
    for (size_t i = 0; i < set->q.before_count; i++)
        all &= contains(valid, set->q.before[i].span);
    return all;
}

static struct yoy_row *add_row(struct yoy_set *set, size_t unit, size_t category, struct err *e)
{
    void *rows = set->rows;
    if (!array_grow(&rows, &set->cap, set->count + 1, sizeof *set->rows, e))
        return NULL;
    set->rows = rows;
    struct yoy_row *row = &set->rows[set->count++];
    *row = (struct yoy_row){.unit = unit,
                            .category = category,
                            .is_valid = is_valid_throughout(set, category),
                            .target_pct = target_of(set, category),
                            .q_value = NAN,
                            .eb = NAN,
                            .eb_low = NAN,
                            .eb_high = NAN};
    compare_row(&set->compare, unit, category, &row->counts);
    return row;
}

/* What a total holds beyond its parts, in a table that shows the parts. */
static bool add_rest(struct yoy_set *set, size_t unit, size_t category, bool is_total,
                     struct err *e)
{
    int64_t now, before;
    compare_rest(&set->compare, unit, category, &now, &before);
    if (now <= 0 && before <= 0)
        return true;
    struct yoy_row *row = add_row(set, unit, category, e);
    if (!row)
        return false;
    row->is_rest = true;
    row->is_total = is_total;
    row->target_pct = NAN;
    row->counts.count = now > 0 ? now : 0;
    row->counts.count_before = before > 0 ? before : 0;
    return true;
}

/* ---- categories ---- */

/* Categories outside their validity in both periods are not expected. */
static bool category_expected(const struct yoy_set *set, size_t slot)
{
    struct span valid = category_valid(set, slot);
    bool expected = !span_is_empty(span_intersect(valid, set->q.period.span));
    for (size_t i = 0; i < set->q.before_count; i++)
        expected |= !span_is_empty(span_intersect(valid, set->q.before[i].span));
    return expected;
}

static bool is_selected(const struct yoy_set *set, size_t slot)
{
    for (size_t i = 0; i < set->q.category_count; i++)
        if (set->q.categories[i] == set->compare.scope.categories[slot])
            return true;
    return false;
}

/* A category whose parts stand in the table beside it. */
static bool has_parts_shown(const struct yoy_set *set, size_t slot)
{
    const struct directory *d = &set->s->directory;
    size_t category = set->compare.scope.categories[slot];
    if (set->o->by_category)
        return d->categories[category].has_children;
    for (size_t i = 0; i < set->q.category_count; i++)
        if (set->q.categories[i] != category &&
            directory_category_contains(d, category, set->q.categories[i]))
            return true;
    return false;
}

/* The rows of one unit: the selected categories, with their subtrees in a table by category. */
static bool add_unit(struct yoy_set *set, size_t unit, bool is_total, bool in_family, struct err *e)
{
    for (size_t c = 0; c < set->compare.scope.category_count; c++) {
        if (set->o->by_category ? !category_expected(set, c) : !is_selected(set, c))
            continue;
        struct yoy_row *row = add_row(set, unit, c, e);
        if (!row)
            return false;
        row->is_total = is_total;
        row->in_family = in_family && !has_parts_shown(set, c);
        if (set->o->by_category && !add_rest(set, unit, c, is_total, e))
            return false;
    }
    return true;
}

/* ---- units ---- */

/* The units that were asked for, else every top of which something is known; by slot. */
static bool is_head(const struct yoy_set *set, size_t unit)
{
    const struct compare_query *q = &set->q;
    for (size_t i = 0; i < q->top_count; i++)
        if (set->compare.scope.unit_slot[q->tops[i]] == unit)
            return true;
    return !q->top_count && set->compare.scope.parent[unit] == NO_ENTRY && set->compare.knows[unit];
}

static bool has_head_below(const struct yoy_set *set, size_t unit)
{
    for (size_t u = unit + 1; set->q.top_count && u < set->compare.scope.unit_count; u++)
        if (is_head(set, u) && scope_is_under(&set->compare.scope, unit, u))
            return true;
    return false;
}

/* Without --by unit each unit asked for is a row; they are compared with each other where they are
 * several and none is part of another. */
static bool add_heads(struct yoy_set *set, struct err *e)
{
    size_t heads = 0;
    bool ok = true;
    for (size_t u = 0; u < set->compare.scope.unit_count; u++)
        heads += is_head(set, u);
    for (size_t u = 0; ok && u < set->compare.scope.unit_count; u++)
        if (is_head(set, u))
            ok = add_unit(set, u, false,
                          (heads > 1 || set->o->by_category || set->q.category_count > 1) &&
                              (heads == 1 || !has_head_below(set, u)),
                          e);
    return ok;
}

static bool has_counts(const struct yoy_set *set, size_t unit)
{
    struct compared k;
    for (size_t c = 0; c < set->compare.scope.category_count; c++) {
        compare_row(&set->compare, unit, c, &k);
        if (k.recorded || k.recorded_before)
            return true;
    }
    return false;
}

/* Unknown places of which something is recorded, unless a row above has them in it already. */
static bool add_unknown_places(struct yoy_set *set, const bool *shown, struct err *e)
{
    const struct scope *scope = &set->compare.scope;
    bool ok = true;
    for (size_t u = 0; ok && u < scope->unit_count; u++) {
        size_t above = scope->parent[u];
        if (!set->s->directory.units[scope->units[u]].is_unknown)
            continue;
        while (above != NO_ENTRY && !shown[above])
            above = scope->parent[above];
        if (above == NO_ENTRY && (has_counts(set, u) || is_head(set, u)) && !shown[u])
            ok = add_unit(set, u, false, false, e);
    }
    return ok;
}

static bool add_units(struct yoy_set *set, const size_t *units, size_t count, bool *shown,
                      struct err *e)
{
    bool ok = true;
    for (size_t i = 0; i < count; i++)
        shown[units[i]] = compare_expects(&set->compare, units[i]) || is_head(set, units[i]);
    for (size_t u = 0; ok && u < set->compare.scope.unit_count; u++)
        if (is_head(set, u) && !set->compare.scope.is_leaf[u] && !shown[u])
            ok = add_unit(set, u, true, false, e);
    for (size_t i = 0; ok && i < count; i++)
        if (shown[units[i]])
            ok = add_unit(set, units[i], false, true, e);
    return ok && add_unknown_places(set, shown, e);
}

static bool level_exists(const struct yoy_set *set, const char *level)
{
    const struct directory *d = &set->s->directory;
    for (size_t u = 0; u < d->unit_count; u++)
        if (!strcmp(d->units[u].level, level))
            return true;
    return false;
}

bool yoy_rows_add(struct yoy_set *set, struct err *e)
{
    const char *level = arg(set->s->request, OPT_LEVEL);
    size_t *units = NULL, count = 0;
    if (level && !level_exists(set, level))
        return err_set(e, ERR_USAGE, "--level %s: no unit has it: see the column `level` of units",
                       level);
    if (!set->o->by_unit)
        return add_heads(set, e);
    bool *shown = calloc(set->compare.scope.unit_count + 1, sizeof *shown);
    bool ok =
        shown ? scope_rows_in(&set->compare.scope, level, set->q.period.span, &units, &count, e) &&
                    add_units(set, units, count, shown, e)
              : err_memory(e);
    free(units);
    free(shown);
    return ok;
}

/* ---- order ---- */

double yoy_change(const struct yoy_row *row)
{
    const struct compared *k = &row->counts;
    if (!yoy_has_counts(row))
        return NAN;
    return (double)k->count - (double)k->count_before / k->exposure_before * k->exposure;
}

static int rank_of(const struct yoy_set *set, const struct yoy_row *row)
{
    const struct scope *scope = &set->compare.scope;
    bool top = scope->category_parent[row->category] == NO_ENTRY;
    if (row->is_rest)
        return row->is_total ? 2 : 5;
    if (row->is_total)
        return top ? 0 : 1;
    if (set->s->directory.units[scope->units[row->unit]].is_unknown && set->o->by_unit)
        return 4;
    return set->o->by_category && !set->o->by_unit && top ? 0 : 3;
}

static int in_order(const void *a, const void *b)
{
    const struct yoy_key *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->change < y->change || y->change < x->change)
        return x->change < y->change ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

bool yoy_rows_sort(struct yoy_set *set, struct err *e)
{
    set->order = malloc((set->count + 1) * sizeof *set->order);
    if (!set->order)
        return err_memory(e);
    for (size_t i = 0; i < set->count; i++) {
        const struct yoy_row *row = &set->rows[i];
        double change = row->is_valid ? yoy_change(row) : NAN;
        set->order[i] = (struct yoy_key){rank_of(set, row), isnan(change) ? INFINITY : change, i};
    }
    if (set->count)
        qsort(set->order, set->count, sizeof *set->order, in_order);
    return true;
}
