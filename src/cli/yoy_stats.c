#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/yoy_private.h"
#include "stats/multiple.h"
#include "stats/shrink.h"

/* Open addressing over pointers, so that pairs do not move. */
struct yoy_cache {
    struct yoy_pair **slots;
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

static bool same_pair(const struct yoy_pair *x, const struct yoy_pair *k)
{
    return x->count == k->count && x->count_before == k->count_before &&
           same_double(x->exposure, k->exposure) &&
           same_double(x->exposure_before, k->exposure_before) &&
           same_double(x->target_pct, k->target_pct);
}

static size_t place(const struct yoy_cache *c, const struct yoy_pair *k)
{
    uint64_t h = (uint64_t)k->count * UINT64_C(0x9e3779b97f4a7c15) ^
                 (uint64_t)k->count_before * UINT64_C(0xc2b2ae3d27d4eb4f);
    size_t at = (size_t)(h ^ h >> 29) & (c->slot_count - 1);
    while (c->slots[at] && !same_pair(c->slots[at], k))
        at = (at + 1) & (c->slot_count - 1);
    return at;
}

static bool cache_grow(struct yoy_cache *c)
{
    struct yoy_cache bigger = {calloc(2 * c->slot_count, sizeof *c->slots), 2 * c->slot_count,
                               c->used};
    if (!bigger.slots)
        return false;
    for (size_t i = 0; i < c->slot_count; i++)
        if (c->slots[i])
            bigger.slots[place(&bigger, c->slots[i])] = c->slots[i];
    free(c->slots);
    *c = bigger;
    return true;
}

static struct yoy_pair *compare(struct yoy_cache *c, const struct compared *k, double target_pct)
{
    struct yoy_pair key = {.count = k->count,
                           .count_before = k->count_before,
                           .exposure = k->exposure,
                           .exposure_before = k->exposure_before,
                           .target_pct = target_pct};
    if (2 * c->used > c->slot_count && !cache_grow(c))
        return NULL;
    size_t at = place(c, &key);
    if (c->slots[at])
        return c->slots[at];
    struct yoy_pair *x = malloc(sizeof *x);
    if (!x)
        return NULL;
    *x = key;
    x->exact =
        comparison_exact(k->count_before, k->exposure_before, k->count, k->exposure, target_pct);
    c->slots[at] = x;
    c->used++;
    return x;
}

bool yoy_is_exact(const struct yoy_set *set)
{
    return set->q.tally.count == COUNT_CASES || set->q.tally.count == COUNT_REPORTS;
}

bool yoy_has_counts(const struct yoy_row *row)
{
    const struct compared *k = &row->counts;
    return k->has_now && k->has_before && k->known && k->known_before && k->comparable;
}

static struct shrink_counts shrink_of(const struct compared *k)
{
    return (struct shrink_counts){k->count_before, k->exposure_before, k->count, k->exposure};
}

/* Families: rows of the family, ordered by the total that they are shrunken to. */
struct families {
    size_t *total;  /* by (top unit slot, category slot): row of the total, or NO_ENTRY */
    size_t *of;     /* by row: row of its total, or NO_ENTRY */
    size_t *order;  /* rows in order of `of` */
    size_t *starts; /* by row of a total, one more: where its family starts in order */
};

static size_t top_of(const struct scope *s, size_t unit)
{
    while (s->parent[unit] != NO_ENTRY)
        unit = s->parent[unit];
    return unit;
}

/* By unit the total of the same category; by category alone that of the selected category above. */
static size_t total_place(const struct yoy_set *set, const struct yoy_row *row)
{
    const struct scope *s = &set->compare.scope;
    size_t category = row->category;
    while (!set->o->by_unit && s->category_parent[category] != NO_ENTRY)
        category = s->category_parent[category];
    return top_of(s, row->unit) * s->category_count + category;
}

static bool families_alloc(const struct yoy_set *set, struct families *f, struct err *e)
{
    size_t places = set->compare.scope.unit_count * set->compare.scope.category_count + 1;
    f->total = malloc(places * sizeof *f->total);
    f->of = malloc((set->count + 1) * sizeof *f->of);
    f->order = malloc((set->count + 1) * sizeof *f->order);
    f->starts = calloc(set->count + 2, sizeof *f->starts);
    if (!f->total || !f->of || !f->order || !f->starts)
        return err_memory(e);
    for (size_t i = 0; i < places; i++)
        f->total[i] = NO_ENTRY;
    return true;
}

static void families_free(struct families *f)
{
    free(f->total);
    free(f->of);
    free(f->order);
    free(f->starts);
}

/* What its place's rows are shrunken to: by unit any total, by category the category above all. */
static bool is_total(const struct yoy_set *set, const struct yoy_row *row)
{
    bool top = set->compare.scope.category_parent[row->category] == NO_ENTRY;
    return row->pair && !row->in_family && row->is_total == set->o->by_unit &&
           (set->o->by_unit || top);
}

static void families_sort(const struct yoy_set *set, struct families *f)
{
    const struct yoy_row *rows = set->rows;
    for (size_t i = 0; i < set->count; i++)
        if (is_total(set, &rows[i]))
            f->total[total_place(set, &rows[i])] = i;
    for (size_t i = 0; i < set->count; i++) {
        f->of[i] =
            rows[i].in_family && rows[i].pair ? f->total[total_place(set, &rows[i])] : NO_ENTRY;
        if (f->of[i] != NO_ENTRY)
            f->starts[f->of[i] + 1]++;
    }
    for (size_t i = 0; i < set->count; i++)
        f->starts[i + 1] += f->starts[i];
    for (size_t i = set->count; i-- > 0;)
        if (f->of[i] != NO_ENTRY)
            f->order[f->starts[f->of[i]]++] = i;
}

/* Equal rows share their numbers: the work is per distinct pair of counts. */
static void shrink_to(struct yoy_set *set, const struct yoy_row *total, const size_t *family,
                      size_t n, struct shrink_row *rows)
{
    size_t distinct = 0;
    for (size_t i = 0; i < n; i++) {
        struct yoy_pair *pair = set->rows[family[i]].pair;
        if (pair->family != total) {
            pair->family = total;
            pair->at = distinct;
            rows[distinct++] =
                (struct shrink_row){.counts = shrink_of(&set->rows[family[i]].counts)};
        }
        rows[pair->at].multiplicity++;
    }
    shrink_rows(rows, distinct, shrink_of(&total->counts));
    for (size_t i = 0; i < n; i++) {
        struct yoy_row *row = &set->rows[family[i]];
        row->eb = rows[row->pair->at].reduction_eb;
        row->eb_low = rows[row->pair->at].eb_low;
        row->eb_high = rows[row->pair->at].eb_high;
    }
}

static bool shrink_family(struct yoy_set *set, struct err *e)
{
    struct families f = {0};
    struct shrink_row *rows = malloc((set->count + 1) * sizeof *rows);
    bool ok = (rows || err_memory(e)) && families_alloc(set, &f, e);
    if (ok) {
        families_sort(set, &f); /* leaves each start at its family's end */
        for (size_t i = 0, from = 0; i < set->count; from = f.starts[i], i++)
            if (f.starts[i] > from)
                shrink_to(set, &set->rows[i], &f.order[from], f.starts[i] - from, rows);
    }
    families_free(&f);
    free(rows);
    return ok;
}

static bool compare_rows(struct yoy_set *set, struct yoy_cache *cache, double *p, struct err *e)
{
    for (size_t i = 0; i < set->count; i++) {
        struct yoy_row *row = &set->rows[i];
        p[i] = NAN;
        if (!yoy_has_counts(row) || row->is_rest || !row->is_valid)
            continue;
        row->pair = compare(cache, &row->counts, row->target_pct);
        if (!row->pair)
            return err_memory(e);
        p[i] = row->in_family ? row->pair->exact.p_value : NAN;
    }
    return multiple_bh(p, set->count, p) || err_memory(e);
}

bool yoy_family(struct yoy_set *set, struct yoy_cache *cache, struct err *e)
{
    if (!yoy_is_exact(set))
        return true;
    double *p = malloc((set->count + 1) * sizeof *p);
    bool ok = p ? compare_rows(set, cache, p, e) : err_memory(e);
    for (size_t i = 0; ok && i < set->count; i++)
        set->rows[i].q_value = p[i];
    free(p);
    return ok && shrink_family(set, e);
}
