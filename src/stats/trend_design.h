/* stats/trend_design.h: the log-linear model of a series as a regression: its rows and columns.
 *
 * Receives: a time series. Hands on: struct glm_data (stats/glm.h) of its known steps, offset log
 * exposure, and columns in this order:
 *   0         1
 *   1         time in years, 0 at the mean of the known steps
 *   then      a column an event `step`: 0 before, its share in, 1 behind (at most
 *             TREND_STEPS_MAX, the first ones)
 *   then      the season, `season` columns: monthly cos, sin of 2 pi m/12 and 4 pi m/12, m = 1..12,
 *             when 36 months or more are known; quarterly cos, sin of 2 pi q/4 and cos pi q,
 *             q = 1..4, from 12 quarters; else none
 * so that the model without the season is the same data with p less by `season`.
 * A step whose count or exposure is NAN, negative or not usable is not known: no row.
 */
#ifndef KEOGIAM_STATS_TREND_DESIGN_H
#define KEOGIAM_STATS_TREND_DESIGN_H

#include "stats/glm.h"
#include "stats/time_series.h"

enum { TREND_SEASON_MAX = 4, TREND_STEPS_MAX = GLM_COLUMNS_MAX - 2 - TREND_SEASON_MAX - 2 };

struct trend_design {
    struct glm_data data; /* data.n known steps; points into memory of the design */
    double total;         /* of their counts */
    double centre;        /* mean of their numbers i: where time is 0 */
    size_t steps, season; /* columns */
    const double (*wave)[TREND_SEASON_MAX]; /* the season's columns by place in the year */
    double *memory;
};

/* False without memory. Release with trend_design_free, which accepts zero. */
bool trend_design_init(struct trend_design *d, const struct time_series *s);
void trend_design_free(struct trend_design *d);

/* Is step i of the series known? */
bool trend_is_known(const struct time_series *s, size_t i);

/* The columns of step i, known or not; x: data.p values. */
void trend_design_row(const struct trend_design *d, const struct time_series *s, size_t i,
                      double *x);

#endif
