/* Sister units: what is common is seen in all of them together. */
#include "fixtures_forecast.h"

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
            d.unit[u].count[i] =
                gsl_ran_poisson(r, mean * (u < UNITS / 2 ? 1 : 2) * (i < drop ? 1 : 1.0 / 3));
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
        cmocka_unit_test(what_is_common_is_seen_in_the_pool_first),
        cmocka_unit_test(pooled_forecasts_of_the_units_add_up_to_the_total_s_level),
        cmocka_unit_test(unit_without_cases_has_a_share_of_the_pool),
        cmocka_unit_test(order_of_the_pool_does_not_matter),
        cmocka_unit_test(pool_of_one_or_of_nothing_or_of_another_time_tells_nothing),
        cmocka_unit_test(gaps_in_some_units_do_not_move_the_pool),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
