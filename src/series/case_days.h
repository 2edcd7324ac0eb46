/* case_days.h: the days on which the cases of a unit fell, one by one: what rare events are charted
 * by. Only sources with case rows can tell.
 */
#ifndef KEOGIAM_SERIES_CASE_DAYS_H
#define KEOGIAM_SERIES_CASE_DAYS_H

#include "series/tally.h"

struct case_days {
    day *items; /* ascending, one a case */
    size_t count, cap;
};

/* Cases of a unit's and a category's subtrees (slots of the scope) in a span, by the query's basis:
 * cases, or reports where it counts them. parts: by unit slot, the units under it that take part.
 * *c is to be freed in any case. */
bool case_days_read(struct case_days *c, struct store *s, const struct scope *scope,
                    const bool *parts, const struct tally_query *q, size_t unit, size_t category,
                    struct span span, struct err *e);
void case_days_free(struct case_days *c); /* accepts zero */

#endif
