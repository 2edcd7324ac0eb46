/* tiling.h: rows that each speak for a span of days: which of them make up a longer span?
 *
 * Months, quarters and half-years of the same thing may all be loaded. Those that follow each other
 * without gap or overlap can be added up; the longest are taken, since a stated total goes before
 * its parts.
 */
#ifndef KEOGIAM_SERIES_TILING_H
#define KEOGIAM_SERIES_TILING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/err.h"

struct tiling {
    size_t *chosen; /* indices of the spans given, in the order of their days */
    size_t count;
    day to;        /* last day reached; DAY_NONE where no span starts with the whole */
    bool is_whole; /* reaches the end of the whole */
};

/* Spans that stick out of the whole are passed over. Cost: O(n log n + n * rows that start on the
 * same day). */
bool tiling_init(struct tiling *t, const struct span *spans, size_t count, struct span whole,
                 struct err *e);
void tiling_free(struct tiling *t); /* accepts zero */

#endif
