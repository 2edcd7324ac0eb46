/* stats/backtest.h: how good forecasts would have been, on the series' own past.
 *
 * Receives: series of counts, each in a group (its category: they may share a pool).
 * Protocol: at every origin each model sees only what lies before it, of this series and of the
 *   others, and foretells the total of the next `horizon` steps.
 * Hands on: a table, model by class of series, of means over series and origins. The score is CRPS
 *   over horizon times the mean count of the last five years before the origin; 0 is best.
 *   Classes by that mean: at least 1 case a month, 0.1 to 1, less (and not 0: no ratio then).
 * Missing: a forecast whose outcome has an unknown step, whose series has less than two years
 *   before the origin, or whose last five years have no case, is left out, for all models alike.
 *   A cell with nothing in it: n = 0, NAN.
 * Deterministic, whatever the number of threads (OpenMP over groups, sums in fixed order).
 * Checked: tests/test_stats_backtest.c: naive and last-year scores by hand; nothing leaks back.
 */
#ifndef KEOGIAM_STATS_BACKTEST_H
#define KEOGIAM_STATS_BACKTEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/forecast.h"

enum backtest_model {
    BACKTEST_NAIVE,    /* the same steps a year before: NB(n + 1/2), as forecast's own prior */
    BACKTEST_LAST,     /* the last year's rate: NB(n + 1/2) */
    BACKTEST_TREND,    /* the regression alone */
    BACKTEST_DISCOUNT, /* Harvey & Fernandes as it stands: the discount of the best one-step log
                          likelihood, Poisson counts, seasonal indices of forecast.h */
    BACKTEST_ALONE,    /* forecast_fit without a pool */
    BACKTEST_POOLED,   /* with one */
    BACKTEST_MODELS
};

enum backtest_class { BACKTEST_FREQUENT, BACKTEST_SPARSE, BACKTEST_RARE, BACKTEST_CLASSES };

struct backtest_options {
    int64_t first_origin, last_origin; /* step numbers as time_series.first, both included */
    int every;                         /* steps from origin to origin, >= 1 */
    size_t horizon;                    /* 1 ... FORECAST_HORIZON */
    bool pool;                         /* false: BACKTEST_POOLED stays empty */
};

struct backtest_cell {
    size_t n;
    double crps_ratio;     /* mean of the ratios */
    double crps_sum_ratio; /* sum of CRPS over sum of what it is divided by: one series does not
                              count more for having had few cases */
    double scale;          /* that sum of divisors, in cases */
    double covered_80, covered_95; /* share of outcomes inside the central intervals */
    double log_score;              /* mean log density; scores below -50 count as -50 */
};

struct backtest_table {
    struct backtest_cell cell[BACKTEST_MODELS][BACKTEST_CLASSES];
    size_t left_out;
    /* What the pool takes off the score of each alone, in %, and its standard error, taken over
     * the origins (the series of one origin err together). NAN without a pool or with under two
     * origins. */
    double pool_gain_pct[BACKTEST_CLASSES], pool_gain_se[BACKTEST_CLASSES];
};

/* group: [count] any numbers; NULL: all series are one group.
 * Cost: 0.25 ms a series and origin. Memory: 200 bytes a series and origin.
 * Fails: false when memory is lacking or the options are out of range; *t is then not set. */
bool backtest_run(const struct time_series *series, size_t count, const size_t *group,
                  const struct backtest_options *o, struct backtest_table *t);

#endif
