#include "store/id_set.h"

#include <stdlib.h>

void id_set_free(struct id_set *s)
{
    free(s->slots);
    *s = (struct id_set){0};
}

/* The slot that holds the id, or the free one where it belongs. slot_count is a power of two. */
static int64_t *slot_of(const struct id_set *s, int64_t id)
{
    uint64_t hash = (uint64_t)id * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 32) & (s->slot_count - 1);
    while (s->slots[at] && s->slots[at] != id)
        at = (at + 1) & (s->slot_count - 1);
    return &s->slots[at];
}

static bool grow(struct id_set *s, struct err *e)
{
    struct id_set bigger = {.count = s->count, .slot_count = s->slot_count ? 2 * s->slot_count : 64};
    bigger.slots = calloc(bigger.slot_count, sizeof *bigger.slots);
    if (!bigger.slots)
        return err_memory(e);
    for (size_t i = 0; i < s->slot_count; i++)
        if (s->slots[i])
            *slot_of(&bigger, s->slots[i]) = s->slots[i];
    free(s->slots);
    *s = bigger;
    return true;
}

bool id_set_add(struct id_set *s, int64_t id, struct err *e)
{
    if (s->slot_count <= 2 * s->count && !grow(s, e))
        return false;
    int64_t *slot = slot_of(s, id);
    s->count += !*slot;
    *slot = id;
    return true;
}

bool id_set_has(const struct id_set *s, int64_t id)
{
    return s->slot_count && *slot_of(s, id);
}
