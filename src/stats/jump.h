/* stats/jump.h: from some month on another source speaks: did the level jump there?
 *
 * Receives: counts of consecutive months with two runs in it, before and after the change, all
 *   months of both known.
 * Hands on: which months are set against each other, their counts, the ratio of the monthly rates
 *   (after / before) with its interval and p.
 * Months: the same part of the year on both sides where the runs allow it:
 *   both runs 12 months or longer: as many whole years next to the change as both have, at most 3;
 *   only one so long: the months of the short run, and those same months of the year next to it in
 *     the long one;
 *   else, or where counts are of longer spans than a month: what lies next to the change, the same
 *     number of months where possible (other_season).
 *   A row of counts of several months is never cut.
 * Method: exact conditional comparison (stats/comparison.h). Where both sides have 12 months that
 *   are single, counts are divided by phi = max(1, Pearson / df) around the two means: interval by
 *   comparison_overdispersed, p of the rounded x / phi.
 * It cannot tell the change of source from any other change at that time.
 * Missing: ratio where nothing was counted before; low, high where unbounded. p is always there.
 * Checked: tests/test_stats_jump.c: R poisson.test; false alarms by simulation.
 * Pure, reentrant, takes no memory.
 */
#ifndef KEOGIAM_STATS_JUMP_H
#define KEOGIAM_STATS_JUMP_H

#include <stdbool.h>
#include <stddef.h>

enum { JUMP_MONTHS_LEAST = 3, JUMP_YEARS_MOST = 3 };

/* Months first .. last, both included. */
struct jump_run {
    size_t first, last;
};

struct jump_series {
    const double *count; /* whole numbers >= 0; of a row of several months all in its last one */
    const bool *starts;  /* a month or a row of counts begins here; a month that does not continues
                            the row of the month before */
};

struct jump {
    struct jump_run before, after; /* the months compared */
    double count_before, count_after;
    bool other_season;
    double phi;              /* >= 1 */
    double ratio, low, high; /* of the rates a month, after / before; 95 % */
    double p_value;          /* two-sided */
};

/* False: a run is shorter than JUMP_MONTHS_LEAST months. before.last < after.first; each run begins
 * with a month that starts. R: poisson.test(c(x1, x0), c(months1, months0)). */
bool jump_judge(const struct jump_series *s, struct jump_run before, struct jump_run after,
                struct jump *j);

#endif
