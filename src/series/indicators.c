/* The values that offices report for indicators: rows that tile a period, units added up. */
#include <stdlib.h>
#include <string.h>

#include "series/plan.h"
#include "series/tiling.h"

struct indicator_row {
    const char *indicator;
    size_t unit; /* directory index */
    struct span span;
    int64_t numerator, denominator; /* -1: none */
};

struct reading {
    struct indicators *all;
    const struct directory *d;
};

static bool add_row(void *context, const struct row *row, const struct row_info *info,
                    struct err *e)
{
    struct reading *r = context;
    struct indicators *all = r->all;
    const struct value *v = row->slots;
    void *rows = all->rows;
    size_t unit = directory_unit_by_id(r->d, v[IND_UNIT].as.i);
    (void)info;
    if (unit == NO_ENTRY)
        return true;
    if (!array_grow(&rows, &all->cap, all->count + 1, sizeof *all->rows, e))
        return false;
    all->rows = rows;
    struct indicator_row *x = &all->rows[all->count];
    *x = (struct indicator_row){
        .indicator = arena_text(&all->arena, v[IND_INDICATOR].as.s),
        .unit = unit,
        .span = {(day)v[IND_FROM].as.i, (day)v[IND_TO].as.i},
        .numerator = v[IND_NUMERATOR].as.i,
        .denominator = v[IND_DENOMINATOR].type == VALUE_INT ? v[IND_DENOMINATOR].as.i : -1,
    };
    if (!x->indicator)
        return err_memory(e);
    all->count++;
    return true;
}

static int by_unit(const void *a, const void *b)
{
    const struct indicator_row *x = a, *y = b;
    int order = strcmp(x->indicator, y->indicator);
    if (order || x->unit == y->unit)
        return order;
    return x->unit < y->unit ? -1 : 1;
}

bool indicators_read(struct indicators *i, struct store *s, int64_t state,
                     const struct directory *d, struct err *e)
{
    *i = (struct indicators){0};
    struct reading r = {i, d};
    if (!store_each_row(s, state, KIND_INDICATORS, add_row, &r, e)) {
        indicators_free(i);
        return false;
    }
    if (i->count)
        qsort(i->rows, i->count, sizeof *i->rows, by_unit);
    return true;
}

void indicators_free(struct indicators *i)
{
    free(i->rows);
    arena_free(&i->arena);
    *i = (struct indicators){0};
}

/* ---- one unit's own rows ---- */

static void add_up(const struct indicator_row *rows, const struct tiling *t,
                   struct indicator_value *v)
{
    v->has = true;
    v->is_whole = t->is_whole;
    v->to = t->to;
    v->units = v->units_known = 1;
    for (size_t k = 0; k < t->count; k++) {
        const struct indicator_row *row = &rows[t->chosen[k]];
        v->numerator += row->numerator;
        if (row->denominator < 0 || v->denominator < 0)
            v->denominator = -1;
        else
            v->denominator += row->denominator;
    }
}

static bool sum_rows(const struct indicator_row *rows, size_t count, struct span period,
                     struct indicator_value *v, struct err *e)
{
    struct span *spans = malloc((count + 1) * sizeof *spans);
    struct tiling t = {0};
    for (size_t i = 0; spans && i < count; i++)
        spans[i] = rows[i].span;
    bool ok = spans ? tiling_init(&t, spans, count, period, e) : err_memory(e);
    if (ok && t.count)
        add_up(rows, &t, v);
    tiling_free(&t);
    free(spans);
    return ok;
}

/* ---- units added up ---- */

static void add_child(const struct indicator_value *child, struct indicator_value *v)
{
    v->units += child->units;
    v->units_known += child->units_known;
    if (!child->has)
        return;
    bool lacks = child->denominator < 0 || (v->has && v->denominator < 0);
    v->is_whole = child->is_whole && (!v->has || v->is_whole);
    v->to = !v->has || child->to < v->to ? child->to : v->to;
    v->numerator += child->numerator;
    v->denominator = lacks ? -1 : v->denominator + child->denominator;
    v->has = true;
}

/* Parents stand before their children, so that a walk from the end meets the children first. A unit
 * with rows of its own has units = 1 by now and takes nothing from those under it. */
static void roll_up(const struct directory *d, struct span period, struct indicator_value *values,
                    const bool *own)
{
    for (size_t u = d->unit_count; u-- > 0;) {
        struct indicator_value *v = &values[u];
        const struct unit *unit = &d->units[u];
        bool exists = !unit->is_unknown && !span_is_empty(span_intersect(unit->valid, period));
        if (!own[u] && !v->units && exists)
            v->units = 1;
        v->is_whole = v->is_whole && v->units == v->units_known;
        if (unit->parent != NO_ENTRY && !own[unit->parent])
            add_child(v, &values[unit->parent]);
    }
}

static bool sum_own(const struct indicators *all, const char *indicator, struct span period,
                    struct indicator_value *values, bool *own, struct err *e)
{
    for (size_t i = 0, next; i < all->count; i = next) {
        const struct indicator_row *first = &all->rows[i];
        next = i + 1;
        while (next < all->count && !by_unit(first, &all->rows[next]))
            next++;
        if (strcmp(first->indicator, indicator))
            continue;
        if (!sum_rows(first, next - i, period, &values[first->unit], e))
            return false;
        own[first->unit] = values[first->unit].has;
    }
    return true;
}

bool indicators_sum(const struct indicators *i, const char *indicator, struct span period,
                    const struct directory *d, struct indicator_value *values, struct err *e)
{
    bool *own = calloc(d->unit_count + 1, sizeof *own);
    for (size_t u = 0; u < d->unit_count; u++)
        values[u] = (struct indicator_value){.to = DAY_NONE};
    bool ok = own ? sum_own(i, indicator, period, values, own, e) : err_memory(e);
    if (ok)
        roll_up(d, period, values, own);
    free(own);
    return ok;
}

bool indicators_misfit(const struct indicators *i, const char *indicator, struct span period,
                       struct span *row)
{
    for (size_t k = 0; k < i->count; k++) {
        struct span x = i->rows[k].span;
        if (strcmp(i->rows[k].indicator, indicator) || span_is_empty(span_intersect(x, period)) ||
            (x.from >= period.from && x.to <= period.to))
            continue;
        *row = x;
        return true;
    }
    return false;
}
