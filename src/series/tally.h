/* tally.h: counts of units x categories x windows, from cases and from count rows.
 *
 * A window is a set of days, the same for every unit or one a unit (what both periods of a comparison cover
 * differs from unit to unit). Values come out for every unit and category of a scope, parents included:
 * a total that a counts file states is used where its rows fill the window, else the parts are added; written
 * empty cells and rows coarser than the window make a value unknown, never zero.
 */
#ifndef KEOGIAM_SERIES_TALLY_H
#define KEOGIAM_SERIES_TALLY_H

#include "ingest/lists.h"
#include "series/scope.h"

struct window {
    const struct spans *days;    /* for every unit … */
    const struct spans *by_unit; /* … or by unit slot */
};

struct tally_query {
    int64_t state;
    enum basis basis;
    enum count_unit count;
    bool weighted; /* sums of harm weights instead of counts */
    bool undated;  /* instead: cases without a date on the basis, placed by whatever date they have */
    day as_of;     /* DAY_NONE: all */
};

/* What is said of one unit x category x window beside its value. */
enum tally_mark {
    TALLY_UNKNOWN = 1,  /* a cell written empty */
    TALLY_COARSE = 2,   /* a count row sticks out of the window */
    TALLY_STATED = 4,   /* a stated total was used */
    TALLY_NEGATIVE = 8, /* the parts exceed the stated total */
};

struct tally {
    const struct scope *scope;
    size_t window_count;
    /* [(unit slot * category_count + category slot) * window_count + window] */
    int64_t *counts;
    double *sums, *squares;  /* weighted, offenders, victims: the sum of w and of w^2; else NULL */
    int64_t *blank;          /* offenders, victims: cases without the number; else NULL */
    int64_t *parts;          /* what the children and cases add up to, where a total is stated; else NULL */
    int64_t *absent;         /* leaf cells taken as zero because their siblings have rows; NULL without counts */
    unsigned char *marks;
    int64_t counts_rows; /* count rows used */
};

/* known: of the first category's root, for the rule on absent rows (may be NULL: no count rows are read). */
bool tally_init(struct tally *t, struct store *s, const struct scope *scope, const struct tally_query *q,
                const struct window *windows, size_t window_count, const struct known *known,
                struct err *e);
void tally_free(struct tally *t); /* accepts zero */

static inline size_t tally_at(const struct tally *t, size_t unit, size_t category, size_t window)
{
    return (unit * t->scope->category_count + category) * t->window_count + window;
}

#endif
