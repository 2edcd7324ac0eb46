/* Forecasts: closed forms of the parts, identities, hard series, coverage by seeded simulation. */
#include "check.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <string.h>

#include "stats/forecast_private.h"

enum { MOST = 240 };

/* A series with room behind its end. */
struct made {
    double count[MOST], exposure[MOST];
    struct level_step step[2];
    struct time_series s;
};

static void made_init(struct made *m, size_t n, int per_year)
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
static void made_poisson(struct made *m, size_t n, int per_year, double mean, gsl_rng *r)
{
    made_init(m, n, per_year);
    for (size_t i = 0; i < MOST; i++)
        m->count[i] = gsl_ran_poisson(r, mean);
}

static gsl_rng *rng(unsigned long seed)
{
    gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(r, seed);
    return r;
}

static struct forecaster fit(const struct time_series *s, const struct forecast_pool *pool)
{
    struct forecaster f;
    assert_true(forecast_fit(&f, s, pool));
    return f;
}

static struct predictive total(const struct forecaster *f, const double *exposure, size_t horizon)
{
    struct predictive p;
    forecast_total(f, exposure, horizon, &p);
    return p;
}

/* The next `horizon` steps of the series, full. */
static struct predictive ahead(const struct made *m, const struct forecast_pool *pool,
                               size_t horizon)
{
    struct forecaster f = fit(&m->s, pool);
    return total(&f, m->exposure + m->s.n, horizon);
}

static void check_same(const struct predictive *a, const struct predictive *b, double tolerance)
{
    CHECK_NEAR(predictive_mean(a), predictive_mean(b), tolerance, 0);
    CHECK_NEAR(predictive_variance(a), predictive_variance(b), tolerance, 0);
    assert_int_equal(predictive_quantile(a, 0.1), predictive_quantile(b, 0.1));
    assert_int_equal(predictive_quantile(a, 0.9), predictive_quantile(b, 0.9));
}

static void check_sane(const struct predictive *p)
{
    assert_true(p->parts > 0);
    assert_true(isfinite(predictive_mean(p)) && predictive_mean(p) >= 0);
    assert_true(isfinite(predictive_variance(p)));
    assert_true(predictive_quantile(p, 0.1) >= 0);
    assert_true(predictive_quantile(p, 0.9) >= predictive_quantile(p, 0.1));
    assert_true(isfinite(predictive_crps(p, 3)));
}

/* --- the parts ------------------------------------------------------------------------------ */

/* Without drift and noise the level is Gamma(1/2 + sum y, 1/2 / start + sum e), start = (first
 * year's cases + 1/2) / exposure. */
static void level_without_drift_and_noise_is_the_conjugate_gamma(void **state)
{
    (void)state;
    struct made m;
    made_init(&m, 7, 1);
    static const double y[] = {3, 0, 5, 2, 2, 8, 1};
    memcpy(m.count, y, sizeof y);
    struct forecast_windows none = {.count = 0};
    struct forecast_track k = {&m.s, m.exposure, NULL, &none, NULL};
    struct forecast_level l = {.drift = 0, .noise = 0};
    forecast_level_run(&k, &l, NULL);
    CHECK_NEAR(l.rate, (0.5 + 21) / (0.5 * 365 / 3.5 + 7 * 365), 1e-13, 0);
    CHECK_NEAR(l.doubt, 1 / 21.5, 1e-13, 0);
}

/* Two steps by hand: shape 1/2, start 4.5/365; drift .1, noise .2. */
static void drift_and_noise_enter_as_written(void **state)
{
    (void)state;
    struct made m;
    made_init(&m, 2, 1);
    m.count[0] = 4;
    m.count[1] = 9;
    struct forecast_windows none = {.count = 0};
    struct forecast_track k = {&m.s, m.exposure, NULL, &none, NULL};
    struct forecast_level l = {.drift = 0.1, .noise = 0.2}, path[2];
    forecast_level_run(&k, &l, path);
    double mean = 4.5, doubt = 2;
    for (int i = 0; i < 2; i++) {
        CHECK_NEAR(path[i].rate, mean / 365, 1e-13, 0);
        CHECK_NEAR(path[i].doubt, doubt, 1e-13, 0);
        double shape = 1 / (doubt + 0.1), told = 1 / (1 + 0.2 * mean);
        mean *= (shape + told * m.count[i]) / (shape + told * mean);
        doubt = 1 / (shape + told * m.count[i]);
    }
    CHECK_NEAR(l.rate, mean / 365, 1e-13, 0);
    CHECK_NEAR(l.doubt, doubt, 1e-13, 0);
}

/* R: dnbinom(y, 1/v, mu = m, log = TRUE) + lfactorial(y) */
static void score_is_the_log_density_and_the_past_fades(void **state)
{
    (void)state;
    CHECK_NEAR(forecast_score_add(0, 3, 4, 0.4), -1.96393043199595 + 1.79175946922805, 1e-9, 0);
    CHECK_NEAR(forecast_score_add(0, 0, 0.01, 2), -0.00990131364808986, 1e-9, 0);
    CHECK_NEAR(forecast_score_add(-10, 3, 4, 0.4), -9 - 1.96393043199595 + 1.79175946922805, 1e-9,
               0);
}

/* Steps of exposure 1, 2, 3 at index 1: w = 1/6, 2/6, 3/6. */
static void span_is_the_sum_written_out(void **state)
{
    (void)state;
    struct forecast_season even = forecast_season_even();
    static const double e[] = {1, 2, 3};
    struct forecast_span p = forecast_span_of(&even, e, 11, 12, 3);
    CHECK_NEAR(p.expected, 6, 1e-15, 0);
    CHECK_NEAR(p.noise, (1 + 4 + 9) / 36.0, 1e-14, 0);
    CHECK_NEAR(p.drift, (36 + 25 + 9) / 36.0, 1e-14, 0);
    CHECK_NEAR(p.season, 0, 0, 0);
}

static void season_of_a_series_without_one_is_even(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(4);
    struct forecast_season even = forecast_season_even(), z;
    made_poisson(&m, 120, 12, 3, r);
    for (size_t i = 0; i < MOST; i++)
        m.exposure[i] = 1;
    forecast_season_fit(&m.s, &even, &z);
    for (int j = 0; j < 12; j++)
        CHECK_NEAR(z.index[j], 1, 0, 0.1);
    gsl_rng_free(r);
}

static void strong_season_is_found(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(5);
    struct forecast_season even = forecast_season_even(), z;
    made_init(&m, 120, 12);
    for (size_t i = 0; i < MOST; i++) {
        m.exposure[i] = 1;
        m.count[i] = gsl_ran_poisson(r, 200 * (i % 12 < 6 ? 1.5 : 0.5));
    }
    forecast_season_fit(&m.s, &even, &z);
    for (int j = 0; j < 12; j++)
        CHECK_NEAR(z.index[j], j < 6 ? 1.5 : 0.5, 0.08, 0);
    gsl_rng_free(r);
}

static void season_needs_every_place_and_two_years(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(6);
    struct forecast_season even = forecast_season_even(), z;
    made_poisson(&m, 23, 12, 30, r);
    forecast_season_fit(&m.s, &even, &z);
    CHECK_NEAR(z.index[3], 1, 0, 0);
    made_poisson(&m, 60, 12, 30, r);
    for (size_t i = 7; i < 60; i += 12)
        m.count[i] = NAN; /* never an August */
    forecast_season_fit(&m.s, &even, &z);
    CHECK_NEAR(z.index[3], 1, 0, 0);
    gsl_rng_free(r);
}

/* 20 years of a log-linear series: the parameters come back within their own doubt. */
static void trend_learns_its_parameters(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(7);
    struct forecast_windows none = {.count = 0};
    struct forecast_trend t;
    made_init(&m, 240, 12);
    for (size_t i = 0; i < MOST; i++) {
        double turn = 2 * 3.14159265358979 * (double)(i % 12) / 12;
        m.count[i] = gsl_ran_poisson(
            r, m.exposure[i] * exp(0.5 - 0.05 * (double)i / 12 + 0.3 * cos(turn)));
    }
    forecast_trend_run(&m.s, &none, &t);
    assert_int_equal(t.columns, 6);
    static const double want[] = {0.5, -0.05, 0.3, 0, 0, 0};
    for (int j = 0; j < 6; j++) {
        CHECK_NEAR(t.mean[j], want[j], 0, 4 * sqrt(t.cov[j][j]));
        assert_true(sqrt(t.cov[j][j]) < 0.06);
    }
    gsl_rng_free(r);
}

/* --- identities ----------------------------------------------------------------------------- */

static void exposure_in_another_unit_changes_nothing(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(11);
    made_poisson(&m, 100, 12, 4, r);
    struct predictive days = ahead(&m, NULL, 6);
    for (size_t i = 0; i < MOST; i++)
        m.exposure[i] *= 50000;
    struct predictive person_days = ahead(&m, NULL, 6);
    check_same(&days, &person_days, 1e-9);
    gsl_rng_free(r);
}

static void shift_by_whole_years_changes_nothing(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(12);
    made_poisson(&m, 100, 12, 4, r);
    struct predictive then = ahead(&m, NULL, 6);
    m.s.first += (int64_t)12 * 17;
    struct predictive later = ahead(&m, NULL, 6);
    check_same(&then, &later, 1e-13);
    gsl_rng_free(r);
}

static void means_of_the_parts_of_a_horizon_add_up(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(13);
    made_poisson(&m, 100, 12, 4, r);
    struct forecaster f = fit(&m.s, NULL);
    double head[6] = {30, 31, 30, 0, 0, 0}, tail[6] = {0, 0, 0, 31, 12, 30};
    double both[6] = {30, 31, 30, 31, 12, 30};
    struct predictive a = total(&f, head, 6), b = total(&f, tail, 6), c = total(&f, both, 6);
    CHECK_NEAR(predictive_mean(&a) + predictive_mean(&b), predictive_mean(&c), 1e-12, 0);
    struct predictive short_one = total(&f, head, 3);
    check_same(&a, &short_one, 1e-12);
    gsl_rng_free(r);
}

static void no_exposure_ahead_is_exactly_zero(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(14);
    made_poisson(&m, 60, 12, 4, r);
    struct forecaster f = fit(&m.s, NULL);
    double none[6] = {0};
    struct predictive p = total(&f, none, 6);
    assert_int_equal(predictive_quantile(&p, 0.999), 0);
    gsl_rng_free(r);
}

static void what_lies_behind_the_end_is_not_looked_at(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(15);
    made_poisson(&m, 100, 12, 4, r);
    struct predictive before = ahead(&m, NULL, 6);
    for (size_t i = 100; i < MOST; i++)
        m.count[i] = 1e5;
    struct predictive after = ahead(&m, NULL, 6);
    check_same(&before, &after, 0);
    gsl_rng_free(r);
}

static void farther_is_less_sure(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(16);
    made_poisson(&m, 100, 12, 300, r);
    struct forecaster f = fit(&m.s, NULL);
    double near[12] = {30}, far[12] = {0};
    far[11] = 30;
    struct predictive a = total(&f, near, 12), b = total(&f, far, 12);
    assert_true(predictive_variance(&b) / pow(predictive_mean(&b), 2) >
                predictive_variance(&a) / pow(predictive_mean(&a), 2));
    gsl_rng_free(r);
}

/* --- hard series ---------------------------------------------------------------------------- */

/* R: NB(1/2) over 6 of 24 steps: dnbinom(0, .5, mu = .5 * 6/24) = (1 + .25)^-.5 */
static void nothing_seen_is_not_nothing_for_sure(void **state)
{
    (void)state;
    struct made m;
    made_init(&m, 24, 12);
    for (size_t i = 0; i < MOST; i++)
        m.exposure[i] = 1;
    struct forecaster f = fit(&m.s, NULL);
    assert_int_equal(f.state, FORECAST_FEW_CASES);
    assert_int_equal(f.model, FORECAST_PRIOR);
    struct predictive p = total(&f, m.exposure, 6);
    CHECK_NEAR(predictive_mean(&p), 0.125, 1e-14, 0);
    CHECK_NEAR(predictive_cdf(&p, 0), pow(1.25, -0.5), 1e-12, 0);
}

static void two_steps_are_too_few(void **state)
{
    (void)state;
    struct made m;
    made_init(&m, 24, 12);
    for (size_t i = 0; i < MOST; i++)
        m.exposure[i] = 1;
    for (size_t i = 0; i < 22; i++)
        m.count[i] = NAN;
    m.count[22] = 6;
    m.count[23] = 4;
    struct forecaster f = fit(&m.s, NULL);
    assert_int_equal(f.state, FORECAST_FEW_STEPS);
    assert_int_equal(f.known, 2);
    struct predictive p = total(&f, m.exposure, 2);
    CHECK_NEAR(predictive_mean(&p), 10.5, 1e-14, 0);
}

static void series_of_no_step_has_a_forecast(void **state)
{
    (void)state;
    struct made m;
    made_init(&m, 0, 12);
    struct predictive p = ahead(&m, NULL, 3);
    check_sane(&p);
}

static void every_hard_series_has_a_sane_forecast(void **state)
{
    (void)state;
    gsl_rng *r = rng(21);
    static const int per_year[] = {12, 4, 1};
    static const size_t length[] = {3, 5, 11, 12, 23, 24, 25, 30, 31, 37, 120, 188};
    for (int k = 0; k < 3; k++)
        for (size_t j = 0; j < sizeof length / sizeof *length; j++)
            for (int kind = 0; kind < 6; kind++) {
                struct made m;
                made_poisson(&m, length[j], per_year[k], kind == 1 ? 1e6 : kind == 2 ? 0.2 : 5, r);
                for (size_t i = 0; i < length[j]; i++)
                    if (kind == 3 ? i != length[j] / 2 : kind == 4 ? i % 3 == 0 : 0)
                        m.count[i] = kind == 3 ? 0 : NAN;
                if (kind == 3)
                    m.count[length[j] / 2] = 400; /* one spike */
                if (kind == 5)
                    m.count[length[j] - 1] = 0;
                struct predictive p = ahead(&m, NULL, 24);
                check_sane(&p);
            }
    gsl_rng_free(r);
}

static void a_million_a_month_is_foretold_within_some_percent(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(22);
    made_init(&m, 120, 12);
    for (size_t i = 0; i < MOST; i++) {
        m.exposure[i] = 1;
        m.count[i] = gsl_ran_poisson(r, 1e6);
    }
    struct predictive p = ahead(&m, NULL, 6);
    CHECK_NEAR(predictive_mean(&p), 6e6, 0.01, 0);
    CHECK_NEAR((double)predictive_quantile(&p, 0.9), 6e6, 0.1, 0);
    gsl_rng_free(r);
}

static void unknown_steps_teach_nothing_and_take_time(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(23);
    made_poisson(&m, 100, 12, 50, r);
    for (size_t i = 0; i < MOST; i++)
        m.exposure[i] = 1;
    struct predictive now = ahead(&m, NULL, 3);
    for (size_t i = 100; i < 112; i++)
        m.count[i] = NAN;
    m.s.n = 112;
    struct predictive later = ahead(&m, NULL, 3);
    CHECK_NEAR(predictive_mean(&later), predictive_mean(&now), 0.05, 0);
    assert_true(predictive_variance(&later) > predictive_variance(&now));
    gsl_rng_free(r);
}

/* --- what it is for ------------------------------------------------------------------------- */

static void steady_growth_is_left_to_the_trend(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(31);
    made_init(&m, 120, 12);
    for (size_t i = 0; i < MOST; i++) {
        m.exposure[i] = 1;
        m.count[i] = gsl_ran_poisson(r, 40 * exp(0.35 * (double)i / 12));
    }
    struct forecaster f = fit(&m.s, NULL);
    assert_int_equal(f.model, FORECAST_TREND);
    double want = 0;
    for (size_t i = 120; i < 132; i++)
        want += 40 * exp(0.35 * (double)i / 12);
    struct predictive p = total(&f, m.exposure, 12);
    CHECK_NEAR(predictive_mean(&p), want, 0.07, 0);
    gsl_rng_free(r);
}

static void wandering_level_is_left_to_the_level(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(32);
    double level = log(60);
    made_init(&m, 180, 12);
    for (size_t i = 0; i < MOST; i++) {
        level += gsl_ran_gaussian(r, 0.08);
        m.exposure[i] = 1;
        m.count[i] = gsl_ran_poisson(r, exp(level));
    }
    struct forecaster f = fit(&m.s, NULL);
    assert_int_equal(f.model, FORECAST_LEVEL);
    CHECK_NEAR(f.model_weight[FORECAST_LEVEL] + f.model_weight[FORECAST_TREND], 1, 1e-12, 0);
    gsl_rng_free(r);
}

static void an_event_makes_the_level_follow_at_once(void **state)
{
    (void)state;
    struct made m;
    gsl_rng *r = rng(33);
    made_init(&m, 100, 12);
    for (size_t i = 0; i < MOST; i++) {
        m.exposure[i] = 1;
        m.count[i] = gsl_ran_poisson(r, i < 97 ? 40 : 10);
    }
    struct predictive without = ahead(&m, NULL, 6);
    m.step[0] = (struct level_step){.at = 97, .share = 1};
    m.s.step_count = 1;
    struct predictive with = ahead(&m, NULL, 6);
    assert_true(fabs(predictive_mean(&with) - 60) < 0.5 * fabs(predictive_mean(&without) - 60));
    gsl_rng_free(r);
}

/* Constant Poisson series: the share of outcomes inside the central intervals. The model must not
 * know that the level is constant, so more than the nominal share is right; less never. */
static void check_coverage(double mean, double step_sd, double low_80, double high_80)
{
    enum { RUNS = 300 };
    gsl_rng *r = rng(41);
    int in_80 = 0, in_95 = 0;

    for (int run = 0; run < RUNS; run++) {
        struct made m;
        double level = log(mean), y = 0;
        made_init(&m, 120, 12);
        for (size_t i = 0; i < 126; i++) {
            level += step_sd > 0 ? gsl_ran_gaussian(r, step_sd) : 0;
            m.exposure[i] = 1;
            m.count[i] = gsl_ran_poisson(r, exp(level));
            y += i >= 120 ? m.count[i] : 0;
        }
        struct predictive p = ahead(&m, NULL, 6);
        in_80 += y >= (double)predictive_quantile(&p, 0.1) &&
                 y <= (double)predictive_quantile(&p, 0.9);
        in_95 += y >= (double)predictive_quantile(&p, 0.025) &&
                 y <= (double)predictive_quantile(&p, 0.975);
    }
    gsl_rng_free(r);
    print_message("mean %g, sd %g: %.3f %.3f\n", mean, step_sd, in_80 / (double)RUNS, in_95 / (double)RUNS);
    assert_in_range(in_80, (uintmax_t)(low_80 * RUNS), (uintmax_t)(high_80 * RUNS));
    assert_in_range(in_95, (uintmax_t)(0.93 * RUNS), RUNS);
}

static void intervals_cover_constant_poisson_series(void **state)
{
    (void)state;
    check_coverage(0.5, 0, 0.77, 0.97);
    check_coverage(5, 0, 0.77, 0.95);
    check_coverage(100, 0, 0.77, 0.99);
}

static void intervals_cover_wandering_series(void **state)
{
    (void)state;
    check_coverage(20, 0.045, 0.75, 0.87);
    check_coverage(300, 0.045, 0.75, 0.87);
}

/* --- pools ---------------------------------------------------------------------------------- */

enum { UNITS = 12 };

struct district {
    struct made unit[UNITS];
    const struct time_series *pointer[UNITS];
    struct forecast_pool pool;
};

/* Communes of `mean` cases a month each, twice as many in the later ones; from step `drop` on a
 * third of it everywhere. */
static struct district *district_new(size_t n, double mean, size_t drop, unsigned long seed)
{
    static struct district d;
    gsl_rng *r = rng(seed);
    for (size_t u = 0; u < UNITS; u++) {
        made_init(&d.unit[u], n, 12);
        for (size_t i = 0; i < MOST; i++)
            d.unit[u].count[i] = gsl_ran_poisson(
                r, mean * (u < UNITS / 2 ? 1 : 2) * (i < drop ? 1 : 1.0 / 3));
        d.pointer[u] = &d.unit[u].s;
    }
    gsl_rng_free(r);
    assert_true(forecast_pool_init(&d.pool, d.pointer, UNITS));
    return &d;
}

static void what_is_common_is_seen_in_the_pool_first(void **state)
{
    (void)state;
    struct district *d = district_new(100, 2, 94, 51);
    double alone = 0, pooled = 0;
    assert_int_equal(d->pool.units, UNITS);
    for (size_t u = 0; u < UNITS; u++) {
        double want = (u < UNITS / 2 ? 12 : 24) / 3.0;
        struct predictive a = ahead(&d->unit[u], NULL, 6), b = ahead(&d->unit[u], &d->pool, 6);
        alone += fabs(predictive_mean(&a) - want);
        pooled += fabs(predictive_mean(&b) - want);
    }
    assert_true(pooled < 0.6 * alone);
    forecast_pool_free(&d->pool);
}

static void pooled_forecasts_of_the_units_add_up_to_the_total_s_level(void **state)
{
    (void)state;
    struct district *d = district_new(120, 3, MOST, 52);
    double sum = 0;
    for (size_t u = 0; u < UNITS; u++) {
        struct predictive p = ahead(&d->unit[u], &d->pool, 6);
        sum += predictive_mean(&p);
    }
    CHECK_NEAR(sum, 3 * 6 * 1.5 * UNITS, 0.1, 0);
    forecast_pool_free(&d->pool);
}

static void unit_without_cases_has_a_share_of_the_pool(void **state)
{
    (void)state;
    struct district *d = district_new(60, 0.25, MOST, 53);
    memset(d->unit[0].count, 0, sizeof d->unit[0].count);
    struct forecaster f = fit(&d->unit[0].s, &d->pool);
    struct predictive p = total(&f, d->unit[0].exposure, 12);
    assert_int_equal(f.state, FORECAST_FEW_CASES);
    assert_int_equal(f.model, FORECAST_SHARE);
    check_sane(&p);
    assert_true(predictive_mean(&p) > 0 && predictive_mean(&p) < 0.25 * 12);
    forecast_pool_free(&d->pool);
}

static void order_of_the_pool_does_not_matter(void **state)
{
    (void)state;
    struct district *d = district_new(90, 1, MOST, 54);
    const struct time_series *back[UNITS];
    struct forecast_pool pool;
    for (size_t u = 0; u < UNITS; u++)
        back[u] = d->pointer[UNITS - 1 - u];
    assert_true(forecast_pool_init(&pool, back, UNITS));
    struct predictive a = ahead(&d->unit[3], &d->pool, 6), b = ahead(&d->unit[3], &pool, 6);
    check_same(&a, &b, 1e-9);
    forecast_pool_free(&pool);
    forecast_pool_free(&d->pool);
}

static void pool_of_one_or_of_nothing_or_of_another_time_tells_nothing(void **state)
{
    (void)state;
    struct district *d = district_new(90, 1, MOST, 55);
    struct forecast_pool one, none, other;
    struct predictive alone = ahead(&d->unit[0], NULL, 6);
    assert_true(forecast_pool_init(&one, d->pointer, 1));
    assert_true(forecast_pool_init(&none, NULL, 0));
    assert_int_equal(one.units, 0);
    struct predictive a = ahead(&d->unit[0], &one, 6), b = ahead(&d->unit[0], &none, 6);
    check_same(&alone, &a, 0);
    check_same(&alone, &b, 0);
    for (size_t u = 1; u < UNITS; u++)
        d->unit[u].s.n = 80;
    assert_true(forecast_pool_init(&other, d->pointer + 1, UNITS - 1));
    assert_int_equal(other.units, UNITS - 1);
    struct predictive c = ahead(&d->unit[0], &other, 6);
    check_same(&alone, &c, 0);
    forecast_pool_free(&other);
    forecast_pool_free(&none);
    forecast_pool_free(&one);
    forecast_pool_free(&d->pool);
}

static void gaps_in_some_units_do_not_move_the_pool(void **state)
{
    (void)state;
    struct district *d = district_new(100, 4, MOST, 56);
    struct predictive whole = ahead(&d->unit[0], &d->pool, 6);
    forecast_pool_free(&d->pool);
    for (size_t u = 6; u < UNITS; u++)
        for (size_t i = 70; i < 100; i++)
            d->unit[u].count[i] = NAN; /* the larger half has not reported for long */
    assert_true(forecast_pool_init(&d->pool, d->pointer, UNITS));
    struct predictive p = ahead(&d->unit[0], &d->pool, 6);
    CHECK_NEAR(predictive_mean(&p), predictive_mean(&whole), 0.15, 0);
    forecast_pool_free(&d->pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(level_without_drift_and_noise_is_the_conjugate_gamma),
        cmocka_unit_test(drift_and_noise_enter_as_written),
        cmocka_unit_test(score_is_the_log_density_and_the_past_fades),
        cmocka_unit_test(span_is_the_sum_written_out),
        cmocka_unit_test(season_of_a_series_without_one_is_even),
        cmocka_unit_test(strong_season_is_found),
        cmocka_unit_test(season_needs_every_place_and_two_years),
        cmocka_unit_test(trend_learns_its_parameters),
        cmocka_unit_test(exposure_in_another_unit_changes_nothing),
        cmocka_unit_test(shift_by_whole_years_changes_nothing),
        cmocka_unit_test(means_of_the_parts_of_a_horizon_add_up),
        cmocka_unit_test(no_exposure_ahead_is_exactly_zero),
        cmocka_unit_test(what_lies_behind_the_end_is_not_looked_at),
        cmocka_unit_test(farther_is_less_sure),
        cmocka_unit_test(nothing_seen_is_not_nothing_for_sure),
        cmocka_unit_test(two_steps_are_too_few),
        cmocka_unit_test(series_of_no_step_has_a_forecast),
        cmocka_unit_test(every_hard_series_has_a_sane_forecast),
        cmocka_unit_test(a_million_a_month_is_foretold_within_some_percent),
        cmocka_unit_test(unknown_steps_teach_nothing_and_take_time),
        cmocka_unit_test(steady_growth_is_left_to_the_trend),
        cmocka_unit_test(wandering_level_is_left_to_the_level),
        cmocka_unit_test(an_event_makes_the_level_follow_at_once),
        cmocka_unit_test(intervals_cover_constant_poisson_series),
        cmocka_unit_test(intervals_cover_wandering_series),
        cmocka_unit_test(what_is_common_is_seen_in_the_pool_first),
        cmocka_unit_test(pooled_forecasts_of_the_units_add_up_to_the_total_s_level),
        cmocka_unit_test(unit_without_cases_has_a_share_of_the_pool),
        cmocka_unit_test(order_of_the_pool_does_not_matter),
        cmocka_unit_test(pool_of_one_or_of_nothing_or_of_another_time_tells_nothing),
        cmocka_unit_test(gaps_in_some_units_do_not_move_the_pool),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
