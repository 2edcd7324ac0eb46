/* Which rows a comparison has, and in which order. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/table_rows.h"
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
                            .eb_high = NAN,
                            .phi = NAN,
                            .dispersed = {NAN, NAN, NAN, NAN}};
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
    row->rank = is_total ? 2 : 5;
    row->target_pct = NAN;
    row->counts.count = now > 0 ? now : 0;
    row->counts.count_before = before > 0 ? before : 0;
    return true;
}

/* ---- all rows ---- */

/* Categories outside their validity in both periods are not expected. */
static bool category_expected(const struct yoy_set *set, size_t slot)
{
    struct span valid = category_valid(set, slot);
    bool expected = !span_is_empty(span_intersect(valid, set->q.period.span));
    for (size_t i = 0; i < set->q.before_count; i++)
        expected |= !span_is_empty(span_intersect(valid, set->q.before[i].span));
    return expected;
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

static struct table_query table_of(const struct yoy_set *set, const bool *expected,
                                   const bool *counts)
{
    return (struct table_query){.s = set->s,
                                .scope = &set->compare.scope,
                                .by_unit = set->o->by_unit,
                                .by_category = set->o->by_category,
                                .tops = set->q.tops,
                                .categories = set->q.categories,
                                .top_count = set->q.top_count,
                                .category_count = set->q.category_count,
                                .days = set->q.period.span,
                                .expected = expected,
                                .knows = set->compare.knows,
                                .has_counts = counts};
}

static bool add_rows(struct yoy_set *set, const struct table_query *q, struct err *e)
{
    struct table_row *rows = NULL;
    size_t count = 0;
    bool ok = table_rows(q, &rows, &count, e);
    for (size_t i = 0; ok && i < count; i++) {
        struct yoy_row *row = add_row(set, rows[i].unit, rows[i].category, e);
        ok = row != NULL;
        if (ok) {
            row->is_total = rows[i].is_total;
            row->in_family = rows[i].in_family;
            row->rank = table_row_rank(q, &rows[i]);
        }
        if (ok && set->o->by_category)
            ok = add_rest(set, rows[i].unit, rows[i].category, rows[i].is_total, e);
    }
    free(rows);
    return ok;
}

bool yoy_rows_add(struct yoy_set *set, struct err *e)
{
    const struct scope *scope = &set->compare.scope;
    bool *expected = calloc(scope->category_count + 1, sizeof *expected);
    bool *counts = calloc(scope->unit_count + 1, sizeof *counts);
    bool ok = (expected && counts) || err_memory(e);
    for (size_t c = 0; ok && c < scope->category_count; c++)
        expected[c] = category_expected(set, c);
    for (size_t u = 0; ok && u < scope->unit_count; u++)
        counts[u] = scope->directory->units[scope->units[u]].is_unknown && has_counts(set, u);
    struct table_query q = table_of(set, expected, counts);
    ok = ok && add_rows(set, &q, e);
    free(expected);
    free(counts);
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
        set->order[i] = (struct yoy_key){row->rank, isnan(change) ? INFINITY : change, i};
    }
    if (set->count)
        qsort(set->order, set->count, sizeof *set->order, in_order);
    return true;
}
