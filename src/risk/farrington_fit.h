/* risk/farrington_fit.h: inside farrington*.c: log-linear regression of monthly counts on a trend
 * and four levels of the season, by profile: given the slope, a level is a ratio of sums.
 */
#ifndef KEOGIAM_RISK_FARRINGTON_FIT_H
#define KEOGIAM_RISK_FARRINGTON_FIT_H

#include <stdbool.h>
#include <stddef.h>

enum {
    FIT_LEVELS = 4,
    FIT_REACH = 27,               /* times are whole, -FIT_REACH ... FIT_REACH */
    FIT_ROWS = 2 * FIT_REACH + 1, /* at most one a time */
    FIT_TIME_NOW = FIT_REACH + 7  /* of the month judged */
};

/* Rows sorted by level: those of level g are start[g] ... start[g + 1] - 1. */
struct farrington_rows {
    size_t start[FIT_LEVELS + 1];
    int time[FIT_ROWS];
    double count[FIT_ROWS];
    double weight[FIT_ROWS]; /* sums n */
    double mean[FIT_ROWS];   /* fitted */
};

struct farrington_fit {
    bool trend;
    double slope;    /* a month; 0 without trend */
    double freedom;  /* degrees: rows less columns */
    double phi;      /* max(1, Pearson/freedom); NAN without any */
    double now;      /* mean of level 0 at FIT_TIME_NOW; NAN without a case in it */
    double variance; /* of log now, per phi */
};

/* Is there a finite slope? Not where in every level all cases fall into its first (its last) month,
 * nor without a case. */
bool farrington_has_slope(const struct farrington_rows *r);

/* Unweighted, then with weights that take the force out of past outbreaks (farrington.h). Leaves
 * weights and means of the second fit in the rows. */
struct farrington_fit farrington_fit_robust(struct farrington_rows *r, bool trend);

#endif
