/* The parts of a forecast: closed forms, values by hand and from R. */
#include "fixtures_forecast.h"

#include "stats/forecast_private.h"

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
    double score;
    forecast_level_run(&k, &l, 1, &score, NULL);
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
    double score;
    forecast_level_run(&k, &l, 1, &score, path);
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
        m.count[i] =
            gsl_ran_poisson(r, m.exposure[i] * exp(0.5 - 0.05 * (double)i / 12 + 0.3 * cos(turn)));
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
