/* cell_cache.h: what a column's texts were found to mean. Internal to ingest/.
 *
 * The columns of a long file repeat a few texts: parsing each once and then comparing bytes is what
 * makes a million rows cheap. Bad cells are kept too, so that a wrong column does not search for
 * near names a million times. When the cache is full, further texts are parsed each time.
 */
#ifndef KEOGIAM_INGEST_CELL_CACHE_H
#define KEOGIAM_INGEST_CELL_CACHE_H

#include "base/buf.h"
#include "base/date.h"
#include "ingest/kind.h"

/* What a cell says: a value, or the reason why it is bad. */
struct cell_value {
    struct value value; /* TEXT: lives as long as the cache's owner */
    day to;             /* a period's last day */
    const char *reason; /* NULL: the cell is good */
};

struct cell_entry {
    uint64_t hash; /* 0: free */
    const char *text;
    uint32_t n, context;
    struct cell_value cell;
};

struct cell_cache {
    struct cell_entry *entries;
    size_t slots, count;
    struct arena arena;
};

void cell_cache_free(struct cell_cache *c); /* accepts zero */

/* The cell of that text in that context (what else the answer depends on), or NULL. */
const struct cell_value *cell_cache_find(const struct cell_cache *c, const char *text, size_t n,
                                         uint32_t context);

/* Remembers it if there is room; keeps copies of text and reason. */
void cell_cache_add(struct cell_cache *c, const char *text, size_t n, uint32_t context,
                    const struct cell_value *cell);

#endif
