/* Rolling origins: scores by hand, what is left out, and that the future does not leak. */
#include "check.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <string.h>

#include "stats/backtest.h"

enum { SERIES = 6, STEPS = 96 };

struct made {
    double count[SERIES][STEPS], exposure[STEPS];
    struct time_series s[SERIES];
    size_t group[SERIES];
};

static void made_init(struct made *m, double mean, unsigned long seed)
{
    gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(r, seed);
    for (size_t u = 0; u < SERIES; u++) {
        for (size_t t = 0; t < STEPS; t++)
            m->count[u][t] = gsl_ran_poisson(r, mean);
        m->s[u] = (struct time_series){.count = m->count[u],
                                       .exposure = m->exposure,
                                       .n = STEPS,
                                       .first = (int64_t)2010 * 12,
                                       .per_year = 12};
        m->group[u] = u % 2;
    }
    for (size_t t = 0; t < STEPS; t++)
        m->exposure[t] = 1;
    gsl_rng_free(r);
}

static struct backtest_table run(const struct made *m, size_t count,
                                 const struct backtest_options *o)
{
    struct backtest_table t;
    assert_true(backtest_run(m->s, count, m->group, o, &t));
    return t;
}

static const struct backtest_options FOUR = {
    .first_origin = 2015 * 12, .last_origin = 2015 * 12 + 9, .every = 3, .horizon = 6};

/* One case every month: a year before there were 6, foretold NB(6.5, mean 6.5); the last year 12,
 * foretold NB(12.5, mean 6.25); 6 came; the yardstick is 6.
 * R: k <- 0:5000; sum((pnbinom(k, 6.5, mu = 6.5) - (k >= 6))^2)/6
 *                 sum((pnbinom(k, 12.5, mu = 6.25) - (k >= 6))^2)/6
 *    dnbinom(6, 6.5, mu = 6.5, log = TRUE), dnbinom(6, 12.5, mu = 6.25, log = TRUE) */
static void naive_and_last_year_score_as_by_hand(void **state)
{
    (void)state;
    struct made m;
    made_init(&m, 1, 1);
    for (size_t t = 0; t < STEPS; t++)
        m.count[0][t] = 1;
    struct backtest_table t = run(&m, 1, &FOUR);
    const struct backtest_cell *naive = &t.cell[BACKTEST_NAIVE][BACKTEST_FREQUENT];
    const struct backtest_cell *last = &t.cell[BACKTEST_LAST][BACKTEST_FREQUENT];
    assert_int_equal(naive->n, 4);
    assert_int_equal(t.left_out, 0);
    CHECK_NEAR(naive->crps_ratio, 0.134742376177872, 1e-9, 0);
    CHECK_NEAR(naive->crps_sum_ratio, naive->crps_ratio, 1e-12, 0); /* equal yardsticks */
    CHECK_NEAR(naive->scale, 4 * 6, 1e-12, 0);
    CHECK_NEAR(naive->log_score, -2.17180551693011, 1e-9, 0);
    CHECK_NEAR(last->crps_ratio, 0.115489615194825, 1e-9, 0);
    CHECK_NEAR(last->log_score, -2.03027053043044, 1e-9, 0);
    CHECK_NEAR(naive->covered_80, 1, 0, 0);
    CHECK_NEAR(last->covered_95, 1, 0, 0);
}

static void models_are_judged_on_the_same_forecasts(void **state)
{
    (void)state;
    struct made m;
    struct backtest_options o = FOUR;
    made_init(&m, 3, 2);
    o.pool = true;
    struct backtest_table t = run(&m, SERIES, &o);
    for (int model = 0; model < BACKTEST_MODELS; model++) {
        const struct backtest_cell *c = &t.cell[model][BACKTEST_FREQUENT];
        assert_int_equal(c->n, SERIES * 4);
        assert_true(c->crps_ratio > 0 && c->crps_ratio < 1);
        assert_true(c->covered_80 <= c->covered_95);
    }
    assert_true(isfinite(t.pool_gain_pct[BACKTEST_FREQUENT]));
    assert_true(t.pool_gain_se[BACKTEST_FREQUENT] > 0);
    assert_true(isnan(t.pool_gain_pct[BACKTEST_SPARSE]));
}

static void without_pool_its_row_is_empty(void **state)
{
    (void)state;
    struct made m;
    made_init(&m, 3, 2);
    struct backtest_table t = run(&m, SERIES, &FOUR);
    assert_int_equal(t.cell[BACKTEST_POOLED][BACKTEST_FREQUENT].n, 0);
    assert_true(isnan(t.cell[BACKTEST_POOLED][BACKTEST_FREQUENT].crps_ratio));
    assert_true(isnan(t.pool_gain_pct[BACKTEST_FREQUENT]));
}

static void classes_go_by_the_mean_of_the_last_years(void **state)
{
    (void)state;
    struct made m;
    made_init(&m, 0, 3);
    for (size_t t = 0; t < STEPS; t++) {
        m.count[0][t] = 1;           /* 1 a month */
        m.count[1][t] = t % 10 == 0; /* 0.1: 6 in any 60 months */
        m.count[2][t] = t % 15 == 0; /* 4 of 60 */
    }
    struct backtest_table t = run(&m, 4, &FOUR); /* the fourth never has a case */
    for (int class = 0; class < BACKTEST_CLASSES; class ++)
        assert_int_equal(t.cell[BACKTEST_ALONE][class].n, 4);
    assert_int_equal(t.left_out, 4);
}

static void unknown_outcomes_and_short_histories_are_left_out(void **state)
{
    (void)state;
    struct made m;
    made_init(&m, 4, 4);
    m.count[0][60] = NAN; /* 2015-01: in the outcome of the first origin only */
    struct backtest_table t = run(&m, 1, &FOUR);
    assert_int_equal(t.left_out, 1);
    assert_int_equal(t.cell[BACKTEST_ALONE][BACKTEST_FREQUENT].n, 3);

    struct backtest_options early = FOUR, late = FOUR;
    early.first_origin = 2009 * 12;
    early.last_origin = 2011 * 12 + 9; /* two years are there from 2012 on */
    t = run(&m, 1, &early);
    assert_int_equal(t.cell[BACKTEST_ALONE][BACKTEST_FREQUENT].n, 0);
    assert_int_equal(t.left_out, 12);
    late.first_origin = 2017 * 12 + 7; /* its six months go past the end */
    late.last_origin = late.first_origin;
    t = run(&m, 1, &late);
    assert_int_equal(t.left_out, 1);
}

/* Everything from the outcome of the last origin on is changed but its sum: no forecast moves. */
static void the_future_does_not_leak(void **state)
{
    (void)state;
    struct made m;
    struct backtest_options o = FOUR;
    made_init(&m, 5, 5);
    o.last_origin = o.first_origin;
    o.pool = true;
    struct level_step event = {.at = 61, .share = 1};
    struct backtest_table before = run(&m, SERIES, &o);
    for (size_t u = 0; u < SERIES; u++) {
        double sum = 0;
        for (size_t t = 60; t < 66; t++) {
            sum += m.count[u][t];
            m.count[u][t] = 0;
        }
        m.count[u][65] = sum;
        for (size_t t = 66; t < STEPS; t++)
            m.count[u][t] = 1000;
        m.s[u].steps = &event; /* an event that nobody knows of yet */
        m.s[u].step_count = 1;
    }
    struct backtest_table after = run(&m, SERIES, &o);
    assert_memory_equal(before.cell, after.cell, sizeof before.cell[0] * BACKTEST_MODELS);
}

static void runs_give_the_same_bytes(void **state)
{
    (void)state;
    struct made m;
    struct backtest_options o = FOUR;
    made_init(&m, 2, 6);
    o.pool = true;
    struct backtest_table a = run(&m, SERIES, &o), b = run(&m, SERIES, &o);
    assert_memory_equal(&a, &b, sizeof a);
}

/* Shares are constant, the common level wanders: nobody alone can see it as soon as all. */
static void pool_gains_where_the_level_is_common(void **state)
{
    (void)state;
    struct made m;
    struct backtest_options o = FOUR;
    gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);
    double level = log(4);
    made_init(&m, 1, 7);
    for (size_t t = 0; t < STEPS; t++) {
        level += gsl_ran_gaussian(r, 0.12);
        for (size_t u = 0; u < SERIES; u++)
            m.count[u][t] = gsl_ran_poisson(r, (double)(1 + u) * exp(level));
    }
    gsl_rng_free(r);
    memset(m.group, 0, sizeof m.group);
    o.first_origin = 2013 * 12;
    o.last_origin = 2017 * 12 + 3;
    o.pool = true;
    struct backtest_table t = run(&m, SERIES, &o);
    assert_true(t.pool_gain_pct[BACKTEST_FREQUENT] > 0);
    assert_true(t.cell[BACKTEST_POOLED][BACKTEST_FREQUENT].crps_ratio <
                t.cell[BACKTEST_NAIVE][BACKTEST_FREQUENT].crps_ratio);
}

static void options_out_of_range_are_refused(void **state)
{
    (void)state;
    struct made m;
    struct backtest_table t;
    made_init(&m, 2, 8);
    struct backtest_options o = FOUR;
    o.every = 0;
    assert_false(backtest_run(m.s, 1, NULL, &o, &t));
    o = FOUR;
    o.horizon = 0;
    assert_false(backtest_run(m.s, 1, NULL, &o, &t));
    o.horizon = FORECAST_HORIZON + 1;
    assert_false(backtest_run(m.s, 1, NULL, &o, &t));
    o = FOUR;
    o.last_origin = o.first_origin - 1;
    assert_false(backtest_run(m.s, 1, NULL, &o, &t));
}

static void no_series_give_an_empty_table(void **state)
{
    (void)state;
    struct backtest_table t;
    assert_true(backtest_run(NULL, 0, NULL, &FOUR, &t));
    assert_int_equal(t.cell[BACKTEST_ALONE][BACKTEST_FREQUENT].n, 0);
    assert_int_equal(t.left_out, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(naive_and_last_year_score_as_by_hand),
        cmocka_unit_test(models_are_judged_on_the_same_forecasts),
        cmocka_unit_test(without_pool_its_row_is_empty),
        cmocka_unit_test(classes_go_by_the_mean_of_the_last_years),
        cmocka_unit_test(unknown_outcomes_and_short_histories_are_left_out),
        cmocka_unit_test(the_future_does_not_leak),
        cmocka_unit_test(runs_give_the_same_bytes),
        cmocka_unit_test(pool_gains_where_the_level_is_common),
        cmocka_unit_test(options_out_of_range_are_refused),
        cmocka_unit_test(no_series_give_an_empty_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
