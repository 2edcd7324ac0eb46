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
    unsigned char *empty; /* like counts: a row was written empty */
    /* [(unit slot * categories of the directory + category) * windows + window], whatever the scope's
     * categories: what the subtree has */
    unsigned char *present;
    size_t *unit_of;  /* store id -> unit slot, NO_ENTRY */
    int64_t unit_ids;
    bool has_counts;
};

static inline const struct spans *window_days(const struct window *w, size_t unit)
{
    return w->by_unit ? &w->by_unit[unit] : w->days;
}

enum { PRESENT_ROWS = 1, PRESENT_COARSE = 2, PRESENT_BELOW = 4 }; /* BELOW: rows in some child's subtree */

/* Marks as unknown what counts files leave open (tally_absent.c); before tally_roll_up. */
void tally_mark_unknown(struct tallying *y);

static inline size_t tally_present_at(const struct tallying *y, size_t unit, size_t category, size_t window)
{
    const struct scope *s = y->t->scope;
    return (unit * s->directory->category_count + category) * y->t->window_count + window;
}

/* Reads the count rows that touch a window into stated, filled and marks. */
bool tally_read_counts(struct tallying *y, struct store *s, struct err *e);
/* counts = what is stated where it fills the window, else the sum of the parts; categories, then units. */
void tally_roll_up(struct tallying *y);

#endif
