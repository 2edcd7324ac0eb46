#include "ingest/category_set.h"

#include <stdlib.h>
#include <string.h>

void set_table_free(struct set_table *t)
{
    free(t->sets);
    free(t->slots);
    *t = (struct set_table){0};
}

static bool set_has(const struct category_set *set, size_t category)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->categories[i] == category)
            return true;
    return false;
}

void category_set_put(struct category_set *set, size_t category)
{
    size_t at = set->count++;
    for (; at > 0 && set->categories[at - 1] > category; at--)
        set->categories[at] = set->categories[at - 1];
    set->categories[at] = category;
}

static bool set_insert(const struct directory *d, struct category_set *set, size_t category,
                       struct err *e)
{
    for (size_t i = 0; i < set->count; i++)
        if (d->categories[set->categories[i]].root == d->categories[category].root)
            return err_set(e, ERR_INPUT,
                           "two categories of one root, %s and %s: keep the graver one",
                           d->categories[set->categories[i]].code, d->categories[category].code);
    if (set->count == CATEGORY_SET_MAX)
        return err_set(e, ERR_INPUT, "more than %d categories", CATEGORY_SET_MAX);
    category_set_put(set, category);
    return true;
}

bool category_set_make(const struct directory *d, const size_t *categories, size_t count,
                       struct category_set *set, struct err *e)
{
    struct category_set made = {0};
    if (!count)
        return err_set(e, ERR_INPUT, "no category");
    for (size_t i = 0; i < count; i++)
        if (!set_has(&made, categories[i]) && !set_insert(d, &made, categories[i], e))
            return false;
    *set = made;
    return true;
}

/* FNV-1a over the members. */
static uint64_t set_hash(const struct category_set *set)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < set->count; i++)
        hash = (hash ^ set->categories[i]) * UINT64_C(1099511628211);
    return hash ^ hash >> 32;
}

static bool sets_equal(const struct category_set *a, const struct category_set *b)
{
    return a->count == b->count &&
           !memcmp(a->categories, b->categories, a->count * sizeof a->categories[0]);
}

/* The slot that holds the set, or the free one where it belongs. slot_count is a power of two. */
static size_t *set_slot(const struct set_table *t, const struct category_set *set)
{
    size_t at = (size_t)set_hash(set) & (t->slot_count - 1);
    while (t->slots[at] && !sets_equal(&t->sets[t->slots[at] - 1], set))
        at = (at + 1) & (t->slot_count - 1);
    return &t->slots[at];
}

static bool slots_grow(struct set_table *t, struct err *e)
{
    if (t->slot_count > 2 * t->count)
        return true;
    struct set_table bigger = *t;
    bigger.slot_count = t->slot_count ? 2 * t->slot_count : 64;
    bigger.slots = calloc(bigger.slot_count, sizeof *bigger.slots);
    if (!bigger.slots)
        return err_memory(e);
    for (size_t i = 0; i < t->slot_count; i++)
        if (t->slots[i])
            *set_slot(&bigger, &t->sets[t->slots[i] - 1]) = t->slots[i];
    free(t->slots);
    *t = bigger;
    return true;
}

static bool add_number(struct set_table *t, const struct category_set *set, struct err *e)
{
    void *sets = t->sets;
    if (!array_grow(&sets, &t->cap, t->count + 1, sizeof *t->sets, e))
        return false;
    t->sets = sets;
    t->sets[t->count++] = *set;
    return true;
}

bool set_table_number(struct set_table *t, const struct category_set *set, size_t *number,
                      struct err *e)
{
    if (!slots_grow(t, e))
        return false;
    size_t *slot = set_slot(t, set);
    if (!*slot) {
        if (!add_number(t, set, e))
            return false;
        *slot = t->count;
    }
    *number = *slot - 1;
    return true;
}

bool set_table_append(struct set_table *t, const struct category_set *set, bool findable,
                      struct err *e)
{
    if (!slots_grow(t, e) || !add_number(t, set, e))
        return false;
    size_t *slot = set_slot(t, set);
    if (findable && !*slot)
        *slot = t->count;
    return true;
}
