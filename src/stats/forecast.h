/* stats/forecast.h: what the next steps of a series will bring, with how sure that is.
 *
 * Receives: a series of counts (stats/time_series.h), its history up to now; may be, too, a pool of
 *   the same category's series in the sister units.
 * Hands on: the predictive distribution (stats/predictive.h) of the total of the steps to come.
 * It is a mixture of models, each weighted by how well it foretold the totals of half a year in the
 * past, out of sample (log score, tempered, the recent past counting more):
 *   trend   log-linear trend, harmonics, event steps, negative binomial: the regression of `trend`
 *           with all its parameters uncertain, learnt step by step;
 *   level   gamma-Poisson local level with discount and seasonal indices: the level is Gamma with
 *           shape a; every step 1/a <- 1/a + drift (a discount of 1/(1 + a drift)), then it learns
 *           from the count, which has some noise beyond Poisson, so that noise is not read as a
 *           change of level. Five drifts times two noises;
 *   share   with a pool only: pool's level times the unit's share of it. What is common (a law, a
 *           campaign, an epidemic) is seen in the total long before it is in one unit; shares move
 *           slowly, and the fewer cases a unit has, the nearer to the pool's mean they are put.
 * With a pool, the seasonal indices are shrunken to the pool's, and the weights' prior is learnt
 * from all its series (else it is a constant).
 * Missing: steps that are NAN teach nothing, time goes on over them. A level step (event) makes the
 *   level uncertain again where it comes, and is a column of the trend.
 * Too little data (fewer than 3 steps known, or 5 cases): `state` says so. Without a pool the
 *   predictive is then NB(n + 1/2) (Jeffreys), so that 0 seen is not 0 +- 0; with one the share.
 * Source: Harvey & Fernandes (1989) J. Bus. Econ. Stat. 7:407; West, Harrison & Migon (1985) JASA
 *   80:73 (trend); Raftery, Karny & Ettler (2010) Technometrics 52:52 (weights with forgetting).
 * Constants tuned by hand are in forecast_level.c and forecast_score.c, with how they were checked.
 * Pure, reentrant, deterministic.
 * Checked: tests/test_stats_forecast.c; on London by stats/backtest.h.
 */
#ifndef KEOGIAM_STATS_FORECAST_H
#define KEOGIAM_STATS_FORECAST_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/predictive.h"
#include "stats/time_series.h"

enum {
    FORECAST_HORIZON = 24,
    FORECAST_PLACES = 12, /* most steps of a year */
    FORECAST_LEVELS = 10,
    FORECAST_SHARES = 4,
    FORECAST_CANDIDATES = FORECAST_LEVELS + FORECAST_SHARES + 1,
    FORECAST_TREND_STEPS = 4, /* the latest events enter the trend */
    FORECAST_TREND_COLUMNS = 2 + 4 + FORECAST_TREND_STEPS
};

enum forecast_state {
    FORECAST_OK,
    FORECAST_FEW_STEPS, /* fewer than 3 steps known */
    FORECAST_FEW_CASES  /* fewer than 5 cases */
};

/* FORECAST_PRIOR: too little data for a model; FORECAST_MIX: none has half of the weight. */
enum forecast_model {
    FORECAST_TREND,
    FORECAST_LEVEL,
    FORECAST_SHARE,
    FORECAST_PRIOR,
    FORECAST_MIX
};
enum { FORECAST_MODELS = 3 };

struct forecast_season {
    double index[FORECAST_PLACES]; /* by place in the year, about 1 */
    double doubt[FORECAST_PLACES]; /* their relative variance */
};

/* A level as it stands before a step. Variances are relative to the squared level. */
struct forecast_level {
    double rate;  /* cases per exposure at a seasonal index of 1 */
    double doubt; /* variance of the level */
    double drift; /* what every step adds to it */
    double noise; /* variance of a single step, beyond Poisson */
};

/* log rate = x'beta; columns: 1, years since the series' first step, cos and sin pairs, event
 * steps. beta ~ N(mean, cov). */
struct forecast_trend {
    int64_t first;
    int per_year;
    size_t columns, pairs, steps;
    struct level_step step[FORECAST_TREND_STEPS];
    double wave[FORECAST_PLACES][4]; /* the harmonics by place in the year */
    double mean[FORECAST_TREND_COLUMNS];
    double cov[FORECAST_TREND_COLUMNS][FORECAST_TREND_COLUMNS];
    double noise;
};

struct forecaster {
    enum forecast_state state;
    enum forecast_model model;
    double model_weight[FORECAST_MODELS]; /* sum to 1; all 0 with FORECAST_PRIOR */
    size_t known;                         /* steps that are known */
    double cases, exposure;               /* over the steps known */
    int64_t first;                        /* of the series */
    size_t n;
    int per_year;
    struct forecast_season season;
    size_t candidates; /* levels, then the trend, then shares */
    double weight[FORECAST_CANDIDATES];
    struct forecast_level level[FORECAST_CANDIDATES]; /* not set for the trend */
    struct forecast_trend trend;
};

/* What the sister units know together. Its index is the units' counts over what they count on
 * average, about 1, with a local level running along. */
struct forecast_pool {
    size_t units; /* that it is made of; 0: an empty pool, nobody is told anything */
    size_t n;
    int64_t first;
    int per_year;
    struct forecast_season season;
    struct forecast_level now;           /* the index's level behind the last step */
    double unit_rate, unit_doubt;        /* of the units: mean and relative variance of rates */
    double prior[FORECAST_CANDIDATES];   /* weights before a unit's own scores */
    double *index, *rate, *doubt, *jolt; /* [n] index or NAN; its level before a step; share of
                                            the units with an event at it */
};

/* Series that do not have the first one's n, first and per_year are left out. Fewer than two left,
 * or fewer than 5 cases in all: an empty pool.
 * Cost: 0.06 ms a unit of 188 months. Takes O(n) memory.
 * Fails: false, *p is empty, when memory is lacking. */
bool forecast_pool_init(struct forecast_pool *p, const struct time_series *const *series,
                        size_t count);
void forecast_pool_free(struct forecast_pool *p);

/* Learns from the series. pool: NULL (alone), or one of series with the same n, first and per_year
 * (else it is not used); it should hold this series.
 * Cost: 0.05 ms for 188 months (0.07 ms with a total and two quantiles).
 * Fails: false when memory is lacking. */
bool forecast_fit(struct forecaster *f, const struct time_series *s,
                  const struct forecast_pool *pool);

/* The total of the first `horizon` (1 ... FORECAST_HORIZON) steps behind the end; exposure[i] is
 * in the series' unit: 0 for a step that does not count, a part of it for one that is half over.
 * All exposures 0: exactly 0. A fan of partial horizons: call with 1, 2, 3 ...
 * Cost: 1 us. */
void forecast_total(const struct forecaster *f, const double *exposure, size_t horizon,
                    struct predictive *out);

#endif
