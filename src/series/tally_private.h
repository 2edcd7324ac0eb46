/* tally_private.h: shared by tally.c (cases, rolling up) and tally_counts.c (count rows). */
#ifndef KEOGIAM_SERIES_TALLY_PRIVATE_H
#define KEOGIAM_SERIES_TALLY_PRIVATE_H

#include "series/tally.h"

struct tallying {
    struct tally *t;
    const struct tally_query *q;
    const struct window *windows;
    const struct known *known;
    int64_t *stated;  /* like counts: accepted count rows */
    int32_t *filled;  /* like counts: days that they fill */
    size_t *unit_of;  /* store id -> unit slot, NO_ENTRY */
    int64_t unit_ids;
    bool has_counts;
};

static inline const struct spans *window_days(const struct window *w, size_t unit)
{
    return w->by_unit ? &w->by_unit[unit] : w->days;
}

/* Reads the count rows that touch a window into stated, filled and marks. */
bool tally_read_counts(struct tallying *y, struct store *s, struct err *e);
/* counts = what is stated where it fills the window, else the sum of the parts; categories, then units. */
void tally_roll_up(struct tallying *y);

#endif
