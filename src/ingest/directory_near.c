/* directory_near.c: the names that a misspelt cell may have meant. */
#include <stdlib.h>
#include <string.h>

#include "ingest/directory_index.h"

enum { NEAR_MAX = 3, DISTANCE_MAX = 2, KEY_MAX = 63 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Edit distance (Wagner & Fischer 1974) of two keys of at most KEY_MAX bytes; DISTANCE_MAX + 1
 * where it is more than DISTANCE_MAX. */
static int edit_distance(const char *a, size_t n, const char *b, size_t m)
{
    int row[KEY_MAX + 1];
    if ((n > m ? n - m : m - n) > DISTANCE_MAX)
        return DISTANCE_MAX + 1;
    for (size_t j = 0; j <= m; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int diagonal = row[0], best = row[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int above = row[j], substituted = diagonal + (a[i - 1] != b[j - 1]);
            row[j] = least(substituted, least(above, row[j - 1]) + 1);
            diagonal = above;
            best = least(best, row[j]);
        }
        if (best > DISTANCE_MAX)
            return best;
    }
    return row[m];
}

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
    for (size_t i = 0; n && n <= KEY_MAX && i < t->count; i++) {
        const struct unit *u = &d->units[t->keys[i].entry];
        size_t m = strlen(t->keys[i].key);
        int distance = m > KEY_MAX ? KEY_MAX : edit_distance(plain, n, t->keys[i].key, m);
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
    for (size_t i = 0; n && n <= KEY_MAX && i < t->count; i++) {
        const struct category *c = &d->categories[t->keys[i].entry];
        size_t m = strlen(t->keys[i].key);
        int distance = m > KEY_MAX ? KEY_MAX : edit_distance(plain, n, t->keys[i].key, m);
        bool fits = (at == DAY_NONE || span_has(c->valid, at)) && distance <= allowed(n);
        if (fits && category_is_inside(d, within, t->keys[i].entry))
            near_category(&near, t->keys[i].entry, distance);
    }
    for (size_t i = 0; i < near.count; i++)
        buf_addf(why, "%s %s (%s)", i ? "," : lead, d->categories[near.entries[i]].name,
                 d->categories[near.entries[i]].code);
}
