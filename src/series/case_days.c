#include "series/case_days.h"

#include <stdlib.h>

struct reading {
    struct case_days *out;
    const struct scope *scope;
    const bool *parts;
    size_t unit, category; /* slots */
    bool reports;
    bool ok;
    struct err *e;
};

static bool is_in_category(const struct reading *r, size_t set)
{
    const struct directory *d = r->scope->directory;
    const struct category_set *s = &d->sets[set];
    for (size_t i = 0; i < s->count; i++)
        if (s->categories[i] != NO_ENTRY &&
            directory_category_contains(d, r->scope->categories[r->category], s->categories[i]))
            return true;
    return false;
}

static bool is_in_unit(const struct reading *r, int64_t id)
{
    size_t unit = directory_unit_by_id(r->scope->directory, id);
    size_t slot = unit == NO_ENTRY ? NO_ENTRY : scope_place(r->scope, unit);
    return slot != NO_ENTRY && (slot == r->unit || r->parts[slot]) &&
           scope_is_under(r->scope, r->unit, slot);
}

static bool is_wanted(const struct reading *r, const struct case_row *row)
{
    return row->set < r->scope->directory->set_count && (r->reports || tally_is_case(row)) &&
           is_in_unit(r, row->unit) && is_in_category(r, row->set);
}

static void take(void *context, const struct case_row *row)
{
    struct reading *r = context;
    void *items = r->out->items;
    if (!r->ok || !is_wanted(r, row))
        return;
    r->ok = array_grow(&items, &r->out->cap, r->out->count + 1, sizeof *r->out->items, r->e);
    r->out->items = items;
    if (r->ok)
        r->out->items[r->out->count++] = row->on;
}

static int by_day(const void *a, const void *b)
{
    day x = *(const day *)a, y = *(const day *)b;
    return (x > y) - (x < y);
}

bool case_days_read(struct case_days *c, struct store *s, const struct scope *scope,
                    const bool *parts, const struct tally_query *q, size_t unit, size_t category,
                    struct span span, struct err *e)
{
    *c = (struct case_days){0};
    struct reading r = {.out = c,
                        .scope = scope,
                        .parts = parts,
                        .unit = unit,
                        .category = category,
                        .reports = q->count == COUNT_REPORTS,
                        .ok = true,
                        .e = e};
    const struct case_query cases = {
        .state = q->state, .basis = q->basis, .span = span, .as_of = q->as_of};
    if (!store_each_case(s, &cases, take, &r, e) || !r.ok)
        return false;
    if (c->count)
        qsort(c->items, c->count, sizeof *c->items, by_day);
    return true;
}

void case_days_free(struct case_days *c)
{
    free(c->items);
    *c = (struct case_days){0};
}
