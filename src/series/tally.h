/* tally.h: counts of units x categories x windows, from cases and from count rows.
 *
 * A window is a set of days, the same for every unit or one a unit (what both periods of a
 * comparison cover differs from unit to unit). Values come out for every unit and category of a
 * scope, parents included.
 *
 * A count row states the total of its whole subtree on its days. There it stands for everything
 * below it, rows and cases; on other days the parts are added. Of several rows for the same days
 * the longest is used. What no row says of days that a counts file speaks for is zero where the row
 * has siblings there, else unknown; cells written empty and rows that stick out of the window make
 * a value unknown, never zero, unless its parts are known (contract 3).
 * Checked: tests/test_tally.c, tests/test_tally_counts.c.
 */
#ifndef KEOGIAM_SERIES_TALLY_H
#define KEOGIAM_SERIES_TALLY_H

#include "ingest/lists.h"
#include "series/scope.h"

/* On these days a case counts only if it was received by a day: so that what happened in two
 * periods is told from reports that had as long to come in. */
struct received_by {
    struct span days;
    day by;
};

struct window {
    const struct spans *days;    /* for every unit … */
    const struct spans *by_unit; /* … or by unit slot */
    const bool *units; /* by unit slot: only of these; NULL: of all. Parts go with the unit
                                    that they are part of */
    const struct received_by *limits;
    size_t limit_count;
};

struct tally_query {
    int64_t state;
    enum basis basis;
    enum count_unit count;
    bool weighted; /* sums of harm weights instead of counts */
    bool undated;  /* instead: cases without a date on the basis, placed by the date they have */
    day as_of;     /* in every window only what was received by then; DAY_NONE: all */
    const struct lineage *lineage; /* boundaries of a day, for the scope; NULL: units as they are */
};

/* What is said of one unit x category x window beside its value. */
enum tally_mark {
    TALLY_UNKNOWN = 1,  /* a cell written empty, or not broken down so far */
    TALLY_COARSE = 2,   /* a count row sticks out of the window */
    TALLY_STATED = 4,   /* the value is a stated total that has parts */
    TALLY_NEGATIVE = 8, /* the parts exceed the stated total */
};

/* A count row that makes a value TALLY_COARSE, of the first window that has one: what a user is to
 * be told. */
struct tally_coarse {
    char *source; /* NULL: there is none */
    struct span days;
    size_t window;
};

struct tally {
    const struct scope *scope;
    size_t window_count;
    /* [(slot * category_count + category slot) * window_count + window], the parts' slots too */
    int64_t *counts;
    double *sums, *squares; /* weighted, offenders, victims: of w and w^2; else NULL. The squares of
                               amounts that come from count rows are not known: NAN */
    int64_t *blank;         /* offenders, victims: cases without the number; else NULL */
    int64_t *absent; /* cells taken as zero because siblings have rows; NULL: no count rows */
    int64_t
        *possible; /* on a day's boundaries: cases of divided units, of which nobody knows whether
                          they are this unit's; NULL: none are */
    unsigned char *marks;
    int64_t counts_rows; /* count rows used */
    struct tally_coarse coarse;
};

/* known: of the scope's categories, which share one root (NULL: no count rows are read). Fails
 * (ERR_INPUT): a source has only counts, and none of this basis or of what is counted; with as_of,
 * only counts on some days. */
bool tally_init(struct tally *t, struct store *s, const struct scope *scope,
                const struct tally_query *q, const struct window *windows, size_t window_count,
                const struct known *known, struct err *e);
void tally_free(struct tally *t); /* accepts zero */

/* Several scopes that are counted in one pass over the cases. */
struct tally_job {
    struct tally *t; /* out */
    const struct scope *scope;
    const struct window *windows;
    size_t window_count;
    const struct known *known;
};
/* On failure nothing is to be freed. */
bool tally_init_all(const struct tally_job *jobs, size_t count, struct store *s,
                    const struct tally_query *q, struct err *e);

/* Cases that may be the cell's beside those that are. */
static inline int64_t tally_possible(const struct tally *t, size_t at)
{
    return t->possible ? t->possible[at] : 0;
}
/* No limit on the day `on`, or received by then. What has no date of receipt passes: it is among
 * undated cases only. */
bool tally_in_time(const struct received_by *limits, size_t count, day on, day received);

/* A report is a case unless it proved unfounded or is another office's (contract 2). */
bool tally_is_case(const struct case_row *row);

static inline size_t tally_at(const struct tally *t, size_t unit, size_t category, size_t window)
{
    return (unit * t->scope->category_count + category) * t->window_count + window;
}

#endif
