/* forecast_private.h: the parts of stats/forecast.h.
 * A variance is relative to the squared mean throughout. */
#ifndef KEOGIAM_STATS_FORECAST_PRIVATE_H
#define KEOGIAM_STATS_FORECAST_PRIVATE_H

#include "stats/forecast.h"

enum { FORECAST_WINDOWS = 64 };

/* A total of steps, from its steps: w_i = part of step i in the expected total. */
struct forecast_span {
    double expected; /* sum of exposure times seasonal index */
    double noise;    /* sum w_i^2: what a step's own noise adds to the total */
    double drift;    /* sum (w_i + w_i+1 + ...)^2: the same of a change that stays */
    double season;   /* variance from the indices' doubt */
};

/* A stretch of the past that is to be foretold from its step `at`. */
struct forecast_window {
    size_t at, length;
    double total; /* of the steps that are known */
    struct forecast_span span;
};

struct forecast_windows {
    size_t count;
    struct forecast_window window[FORECAST_WINDOWS]; /* the oldest first */
};

/* Shrinks the own indices of the last years to `centre`; just the centre when there are less
 * than two years or a place in the year never seen. */
void forecast_season_fit(const struct time_series *s, const struct forecast_season *centre,
                         struct forecast_season *z);
struct forecast_season forecast_season_even(void);

struct forecast_span forecast_span_of(const struct forecast_season *z, const double *exposure,
                                      int place, int per_year, size_t n);

void forecast_windows_of(const struct time_series *s, const struct forecast_season *z,
                         struct forecast_windows *w);

/* Adds the score of one window to the older ones, which fade. */
double forecast_score_add(double score, double total, double mean, double variance);

/* weight[i] in proportion to prior[i] exp(tempered score[i]), sum 1. A prior of 0 leaves out. */
void forecast_weights(const double *score, const double *prior, double *weight, size_t n);

/* The level before each step of the pool that the unit is a share of. */
struct forecast_outer {
    const double *rate, *doubt;
    double drift, noise;
    double unit_rate, unit_doubt; /* where a share starts and to where it is drawn */
};

/* A series as a level sees it. */
struct forecast_track {
    const struct time_series *series;
    const double *exposure; /* [n] times the season (times the pool's index) */
    const double *jolt;     /* [n] variance that events add before the step; NULL: none */
    const struct forecast_windows *windows;
    const struct forecast_outer *outer; /* NULL: a level, not a share */
};

/* Runs n levels along the track and gives their scores. l: drift and noise come in, the levels
 * behind the last step go out. path: NULL, or the i-th level before step t goes to
 * path[i * series->n + t]. */
void forecast_level_run(const struct forecast_track *k, struct forecast_level *l, size_t n,
                        double *score, struct forecast_level *path);

double forecast_trend_run(const struct time_series *s, const struct forecast_windows *w,
                          struct forecast_trend *t);

/* Mean and relative variance of the total of n steps from step `from` of the series on. */
void forecast_trend_total(const struct forecast_trend *t, size_t from, const double *exposure,
                          size_t n, double *mean, double *variance);

/* All candidates of one series, in the order of struct forecaster. */
struct forecast_runs {
    struct forecast_season season;
    size_t candidates;
    double score[FORECAST_CANDIDATES];
    struct forecast_level level[FORECAST_CANDIDATES];
    struct forecast_trend trend;
};

bool forecast_runs_of(const struct time_series *s, const struct forecast_pool *pool,
                      struct forecast_runs *r);

enum { FORECAST_TREND_AT = FORECAST_LEVELS, FORECAST_SHARE_AT };

/* Weights of the candidates before any score, without a pool's experience. */
void forecast_prior(bool pooled, double *prior);

/* Grid of the i-th level (0 ... FORECAST_LEVELS - 1), and share. */
struct forecast_level forecast_level_of(size_t i);
struct forecast_level forecast_share_of(size_t i);

/* Variance that event steps put on the level before each step of the series. */
void forecast_jolts(const struct time_series *s, double *jolt);

#endif
