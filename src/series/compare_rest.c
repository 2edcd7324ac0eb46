/* What a total holds beyond its parts. */
#include "series/compare_private.h"

/* total less the sum of its parts' cells, in the windows of the unit's own row. */
struct rest {
    const struct compare *c;
    size_t window_now, window_before;
    int64_t now, before;
    bool has_parts;
};

static void rest_begin(struct rest *r, const struct compare *c, size_t unit, size_t category)
{
    size_t at = tally_at(&c->tally, unit, category, 0);
    *r = (struct rest){.c = c};
    compare_windows(c, unit, &r->window_now, &r->window_before);
    r->now = c->tally.counts[at + r->window_now];
    r->before = c->tally.counts[at + r->window_before];
}

static void rest_take(struct rest *r, size_t unit, size_t category)
{
    size_t at = tally_at(&r->c->tally, unit, category, 0);
    r->now -= r->c->tally.counts[at + r->window_now];
    r->before -= r->c->tally.counts[at + r->window_before];
    r->has_parts = true;
}

static void rest_end(const struct rest *r, int64_t *now, int64_t *before)
{
    *now = r->has_parts ? r->now : 0;
    *before = r->has_parts ? r->before : 0;
}

void compare_rest(const struct compare *c, size_t unit, size_t category, int64_t *now,
                  int64_t *before)
{
    struct rest r;
    rest_begin(&r, c, unit, category);
    for (size_t i = category + 1; i < c->scope.category_count; i++)
        if (c->scope.category_parent[i] == category)
            rest_take(&r, unit, i);
    rest_end(&r, now, before);
}

void compare_unit_rest(const struct compare *c, size_t unit, size_t category, int64_t *now,
                       int64_t *before)
{
    struct rest r;
    rest_begin(&r, c, unit, category);
    for (size_t u = unit + 1; !c->scope.is_leaf[unit] && u < c->scope.unit_count; u++)
        if (c->scope.parent[u] == unit)
            rest_take(&r, u, category);
    rest_end(&r, now, before);
}
