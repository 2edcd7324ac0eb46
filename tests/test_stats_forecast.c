/* Forecasts of single series: identities, hard series, coverage by seeded simulation. */
#include "fixtures_forecast.h"

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
        in_80 +=
            y >= (double)predictive_quantile(&p, 0.1) && y <= (double)predictive_quantile(&p, 0.9);
        in_95 += y >= (double)predictive_quantile(&p, 0.025) &&
                 y <= (double)predictive_quantile(&p, 0.975);
    }
    gsl_rng_free(r);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
