#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/yoy_private.h"
#include "stats/multiple.h"
#include "stats/shrink.h"

struct entry {
    int64_t count, count_before;
    double exposure, exposure_before, target_pct;
    struct comparison result;
};

/* Open addressing over pointers into blocks, so that results do not move. */
struct yoy_cache {
    struct entry **slots;
    size_t slot_count, used;
};

struct yoy_cache *yoy_cache_new(void)
{
    struct yoy_cache *c = calloc(1, sizeof *c);
    if (c && !(c->slots = calloc(c->slot_count = 1024, sizeof *c->slots))) {
        free(c);
        return NULL;
    }
    return c;
}

void yoy_cache_delete(struct yoy_cache *c)
{
    for (size_t i = 0; c && i < c->slot_count; i++)
        free(c->slots[i]);
    if (c)
        free(c->slots);
    free(c);
}

static bool same_double(double a, double b)
{
    return !memcmp(&a, &b, sizeof a);
}

static bool is_entry(const struct entry *x, const struct compared *k, double target_pct)
{
    return x->count == k->count && x->count_before == k->count_before &&
           same_double(x->exposure, k->exposure) && same_double(x->exposure_before, k->exposure_before) &&
           same_double(x->target_pct, target_pct);
}

static size_t place(const struct yoy_cache *c, const struct compared *k, double target_pct)
{
    uint64_t h = (uint64_t)k->count * UINT64_C(0x9e3779b97f4a7c15) ^
                 (uint64_t)k->count_before * UINT64_C(0xc2b2ae3d27d4eb4f);
    size_t at = (size_t)(h ^ h >> 29) & (c->slot_count - 1);
    while (c->slots[at] && !is_entry(c->slots[at], k, target_pct))
        at = (at + 1) & (c->slot_count - 1);
    return at;
}

static bool cache_grow(struct yoy_cache *c)
{
    struct yoy_cache bigger = {calloc(2 * c->slot_count, sizeof *c->slots), 2 * c->slot_count, c->used};
    if (!bigger.slots)
        return false;
    for (size_t i = 0; i < c->slot_count; i++) {
        const struct entry *x = c->slots[i];
        if (!x)
            continue;
        struct compared k = {.count = x->count, .count_before = x->count_before, .exposure = x->exposure,
                             .exposure_before = x->exposure_before};
        bigger.slots[place(&bigger, &k, x->target_pct)] = c->slots[i];
    }
    free(c->slots);
    *c = bigger;
    return true;
}

const struct comparison *yoy_compare(struct yoy_cache *c, const struct compared *k, double target_pct)
{
    if (2 * c->used > c->slot_count && !cache_grow(c))
        return NULL;
    size_t at = place(c, k, target_pct);
    if (c->slots[at])
        return &c->slots[at]->result;
    struct entry *x = malloc(sizeof *x);
    if (!x)
        return NULL;
    *x = (struct entry){.count = k->count, .count_before = k->count_before, .exposure = k->exposure,
                        .exposure_before = k->exposure_before, .target_pct = target_pct};
    x->result = comparison_exact(k->count_before, k->exposure_before, k->count, k->exposure, target_pct);
    c->slots[at] = x;
    c->used++;
    return &x->result;
}

bool yoy_is_exact(const struct yoy_set *set)
{
    return set->q.tally.count == COUNT_CASES || set->q.tally.count == COUNT_REPORTS;
}

bool yoy_has_counts(const struct yoy_row *row)
{
    return row->counts.has_now && row->counts.has_before &&
           !(row->counts.marks & (TALLY_UNKNOWN | TALLY_COARSE));
}

static struct shrink_counts shrink_of(const struct compared *k)
{
    return (struct shrink_counts){k->count_before, k->exposure_before, k->count, k->exposure};
}

/* The total that the family belongs to: the set's first unit slot and its first category. */
static const struct yoy_row *total_row(const struct yoy_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (!set->rows[i].in_family && set->rows[i].category == 0 &&
            (set->rows[i].is_total || !set->o->by_unit))
            return &set->rows[i];
    return NULL;
}

static bool shrink_family(struct yoy_set *set, struct err *e)
{
    const struct yoy_row *total = total_row(set);
    struct shrink_row *rows = malloc((set->count + 1) * sizeof *rows);
    size_t n = 0;
    if (!rows)
        return err_memory(e);
    for (size_t i = 0; i < set->count; i++)
        if (set->rows[i].in_family && yoy_has_counts(&set->rows[i]))
            rows[n++] = (struct shrink_row){.counts = shrink_of(&set->rows[i].counts), .multiplicity = 1};
    if (total)
        shrink_rows(rows, n, shrink_of(&total->counts));
    n = 0;
    for (size_t i = 0; total && i < set->count; i++) {
        struct yoy_row *row = &set->rows[i];
        if (!row->in_family || !yoy_has_counts(row))
            continue;
        row->eb = rows[n].reduction_eb;
        row->eb_low = rows[n].eb_low;
        row->eb_high = rows[n++].eb_high;
    }
    free(rows);
    return true;
}

bool yoy_family(struct yoy_set *set, struct yoy_cache *cache, struct err *e)
{
    if (!yoy_is_exact(set))
        return true;
    double *p = malloc((set->count + 1) * sizeof *p);
    bool ok = p != NULL || err_memory(e);
    for (size_t i = 0; ok && i < set->count; i++) {
        struct yoy_row *row = &set->rows[i];
        p[i] = NAN;
        if (!yoy_has_counts(row))
            continue;
        const struct comparison *x = yoy_compare(cache, &row->counts, set->target_pct);
        ok = x || err_memory(e);
        if (ok)
            row->p_value = x->p_value;
        p[i] = row->in_family ? row->p_value : NAN;
    }
    ok = ok && (multiple_bh(p, set->count, p) || err_memory(e));
    for (size_t i = 0; ok && i < set->count; i++)
        set->rows[i].q_value = p[i];
    free(p);
    return ok && shrink_family(set, e);
}
