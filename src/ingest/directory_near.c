/* directory_near.c: the names that a misspelt cell may have meant. */
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "ingest/directory_index.h"

enum { NEAR_MAX = 3, DISTANCE_MAX = 2 };

struct near {
    size_t entries[NEAR_MAX];
    int distances[NEAR_MAX];
    size_t count;
};

/* Keeps the nearest, the earlier of two that are as near. */
static void near_add(struct near *near, size_t entry, int distance)
{
    size_t at = near->count;
    while (at > 0 && near->distances[at - 1] > distance)
        at--;
    if (at == NEAR_MAX)
        return;
    size_t moved = near->count < NEAR_MAX ? near->count - at : NEAR_MAX - 1 - at;
    memmove(&near->entries[at + 1], &near->entries[at], moved * sizeof near->entries[0]);
    memmove(&near->distances[at + 1], &near->distances[at], moved * sizeof near->distances[0]);
    near->entries[at] = entry;
    near->distances[at] = distance;
    near->count += near->count < NEAR_MAX;
}

/* In a short word two edits make another word. */
static int allowed(size_t n)
{
    return n < 4 ? 1 : DISTANCE_MAX;
}

static void near_unit(const struct directory *d, struct near *near, size_t entry, int distance)
{
    for (size_t i = 0; i < near->count; i++)
        if (!strcmp(d->units[near->entries[i]].code, d->units[entry].code))
            return;
    near_add(near, entry, distance);
}

void nearest_units(const struct directory *d, const char *plain, day at, size_t within,
                   const char *lead, struct buf *why)
{
    const struct name_table *t = &d->index->units.names[NAME_PLAIN];
    struct near near = {.count = 0};
    size_t n = strlen(plain);
    for (size_t i = 0; n && i < t->count; i++) {
        const struct unit *u = &d->units[t->keys[i].entry];
        int distance = (int)near_distance(plain, t->keys[i].key, DISTANCE_MAX);
        bool fits = (at == DAY_NONE || span_has(u->valid, at)) && distance <= allowed(n);
        if (fits && unit_is_inside(d, within, t->keys[i].entry))
            near_unit(d, &near, t->keys[i].entry, distance);
    }
    for (size_t i = 0; i < near.count; i++)
        buf_addf(why, "%s %s (%s)", i ? "," : lead, d->units[near.entries[i]].name,
                 d->units[near.entries[i]].code);
}

static void near_category(struct near *near, size_t entry, int distance)
{
    for (size_t i = 0; i < near->count; i++)
        if (near->entries[i] == entry)
            return;
    near_add(near, entry, distance);
}

void nearest_categories(const struct directory *d, const char *plain, day at, size_t within,
                        const char *lead, struct buf *why)
{
    const struct name_table *t = &d->index->categories.names[NAME_PLAIN];
    struct near near = {.count = 0};
    size_t n = strlen(plain);
    for (size_t i = 0; n && i < t->count; i++) {
        const struct category *c = &d->categories[t->keys[i].entry];
        int distance = (int)near_distance(plain, t->keys[i].key, DISTANCE_MAX);
        bool fits = (at == DAY_NONE || span_has(c->valid, at)) && distance <= allowed(n);
        if (fits && category_is_inside(d, within, t->keys[i].entry))
            near_category(&near, t->keys[i].entry, distance);
    }
    for (size_t i = 0; i < near.count; i++)
        buf_addf(why, "%s %s (%s)", i ? "," : lead, d->categories[near.entries[i]].name,
                 d->categories[near.entries[i]].code);
}
