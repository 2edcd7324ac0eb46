/* compare_private.h: shared by compare.c (counting, rows), compare_days.c (who is compared, on
 * which days), compare_people.c (populations), compare_left_out.c (days left out)
 * and compare_rest.c (what a total holds beyond its parts). */
#ifndef KEOGIAM_SERIES_COMPARE_PRIVATE_H
#define KEOGIAM_SERIES_COMPARE_PRIVATE_H

#include "series/compare.h"

/* Fills data_end, running, same_span, lagging, now, before, compared, from what is known. */
bool compare_choose_days(struct compare *c, struct err *e);

/* Per population: person_years and which column they are of. */
bool compare_read_people(struct compare *c, struct store *s, struct err *e);

/* After counting: where the counts of some units, at most half, do not fit the days, these are not
 * compared, as if they had not reported, and true is returned: the rest is to be counted anew. */
bool compare_set_apart(struct compare *c);

/* After that: partly, any_partly. */
bool compare_mark_partly(struct compare *c, struct err *e);

/* The tally's windows that a unit's own row shows. */
void compare_windows(const struct compare *c, size_t unit, size_t *now, size_t *before);

#endif
