/* benchmarks.h: published figures of others, to be put beside ours. Read from the store's table
 * `benchmarks`; amounts that are not loaded are -1.
 */
#ifndef KEOGIAM_SERIES_BENCHMARKS_H
#define KEOGIAM_SERIES_BENCHMARKS_H

#include "store/store.h"

struct benchmark {
    const char *name, *source; /* who; where it is published, "" */
    size_t category;           /* directory index */
    struct span span;
    int64_t count, count_before, population;
};

struct benchmarks {
    struct benchmark *items; /* by name, category and days */
    size_t count, cap;
    struct arena arena;
};

bool benchmarks_read(struct benchmarks *b, struct store *s, int64_t state,
                     const struct directory *d, struct err *e);
void benchmarks_free(struct benchmarks *b); /* accepts zero */

#endif
