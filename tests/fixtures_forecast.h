/* fixtures_forecast.h: made series with room behind their end, for the tests of forecasts. */
#ifndef KEOGIAM_TESTS_FIXTURES_FORECAST_H
#define KEOGIAM_TESTS_FIXTURES_FORECAST_H

#include "check.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <string.h>

#include "stats/forecast.h"

enum { MOST = 240 };

/* A series with room behind its end. */
struct made {
    double count[MOST], exposure[MOST];
    struct level_step step[2];
    struct time_series s;
};

static inline void made_init(struct made *m, size_t n, int per_year)
{
    memset(m, 0, sizeof *m);
    for (size_t i = 0; i < MOST; i++)
        m->exposure[i] = per_year == 12 ? 28 + (double)(i % 4) : 365.0 / per_year;
    m->s = (struct time_series){.count = m->count,
                                .exposure = m->exposure,
                                .n = n,
                                .first = (int64_t)2012 * per_year,
                                .per_year = per_year,
                                .steps = m->step};
}

/* Poisson counts of `mean` a step, up to the end of the room. */
static inline void made_poisson(struct made *m, size_t n, int per_year, double mean, gsl_rng *r)
{
    made_init(m, n, per_year);
    for (size_t i = 0; i < MOST; i++)
        m->count[i] = gsl_ran_poisson(r, mean);
}

static inline gsl_rng *rng(unsigned long seed)
{
    gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(r, seed);
    return r;
}

static inline struct forecaster fit(const struct time_series *s, const struct forecast_pool *pool)
{
    struct forecaster f;
    assert_true(forecast_fit(&f, s, pool));
    return f;
}

static inline struct predictive total(const struct forecaster *f, const double *exposure,
                                      size_t horizon)
{
    struct predictive p;
    forecast_total(f, exposure, horizon, &p);
    return p;
}

/* The next `horizon` steps of the series, full. */
static inline struct predictive ahead(const struct made *m, const struct forecast_pool *pool,
                                      size_t horizon)
{
    struct forecaster f = fit(&m->s, pool);
    return total(&f, m->exposure + m->s.n, horizon);
}

static inline void check_same(const struct predictive *a, const struct predictive *b,
                              double tolerance)
{
    CHECK_NEAR(predictive_mean(a), predictive_mean(b), tolerance, 0);
    CHECK_NEAR(predictive_variance(a), predictive_variance(b), tolerance, 0);
    assert_int_equal(predictive_quantile(a, 0.1), predictive_quantile(b, 0.1));
    assert_int_equal(predictive_quantile(a, 0.9), predictive_quantile(b, 0.9));
}

static inline void check_sane(const struct predictive *p)
{
    assert_true(p->parts > 0);
    assert_true(isfinite(predictive_mean(p)) && predictive_mean(p) >= 0);
    assert_true(isfinite(predictive_variance(p)));
    assert_true(predictive_quantile(p, 0.1) >= 0);
    assert_true(predictive_quantile(p, 0.9) >= predictive_quantile(p, 0.1));
    assert_true(isfinite(predictive_crps(p, 3)));
}

#endif
