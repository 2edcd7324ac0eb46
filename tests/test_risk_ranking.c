/* test_risk_ranking.c: intervals of ranks, the order, levels and persistence. */
#include "check.h"

#include <gsl/gsl_errno.h>
#include <omp.h>
#include <string.h>

#include "risk/ranking.h"

enum { N = 7 };
static const int64_t X[N] = {3, 9, 0, 1000, 8, 4, 2};
static const double E[N] = {5, 6, NAN, 12, 7, 4, 900};

static void intervals_of(uint64_t seed, struct rank_interval *r)
{
    struct shrunken s;
    assert_true(shrunken_fit(X, E, N, &s));
    assert_true(ranking_intervals(&s, X, E, N, seed, r));
    shrunken_free(&s);
}

static void what_is_certain_has_one_rank_and_the_rest_share(void **state)
{
    struct rank_interval r[N];
    (void)state;
    intervals_of(1, r);
    assert_true(r[3].low == 1 && r[3].high == 1);
    assert_true(r[6].low == 6 && r[6].high == 6);
    assert_true(r[2].low == 0 && r[2].high == 0);
    for (int i = 0; i < N; i++)
        if (i != 2 && i != 3 && i != 6)
            assert_true(r[i].low >= 2 && r[i].high <= 5 && r[i].high > r[i].low);
}

static void the_same_seed_gives_the_same_ranks_on_any_threads(void **state)
{
    struct rank_interval one[N], many[N];
    (void)state;
    omp_set_num_threads(1);
    intervals_of(20, one);
    omp_set_num_threads(5);
    intervals_of(20, many);
    assert_memory_equal(one, many, sizeof one);
}

/* Equal units: every rank is as likely as another, so 95 % of 40 ranks is about 2 ... 39. */
static void equal_units_may_have_any_rank(void **state)
{
    int64_t x[40];
    double e[40];
    struct rank_interval r[40];
    struct shrunken s;
    (void)state;
    for (int i = 0; i < 40; i++) {
        x[i] = 5;
        e[i] = 5;
    }
    assert_true(shrunken_fit(x, e, 40, &s) && ranking_intervals(&s, x, e, 40, 3, r));
    for (int i = 0; i < 40; i++)
        assert_true(r[i].low <= 3 && r[i].high >= 38);
    shrunken_free(&s);
}

/* Two units, known nu and m: P(RR_1 > RR_2) of gammas is a beta probability; with shapes 8 and 2
 * and equal rates it is 0.9805 (R: pbeta(0.5, 2, 8)), over 97.5 %: rank 1 only. With shapes 8 and 3
 * it is 0.9453: rank 1 or 2. */
static void two_units_follow_the_beta_probability(void **state)
{
    struct shrunken_node node = {1, 1, 1};
    struct shrunken s = {.units = 2, .cases = 8, .expected = 8, .nodes = 1, .node = &node};
    static const int64_t sure[] = {7, 1}, unsure[] = {7, 2};
    static const double e[] = {4, 4};
    struct rank_interval r[2];
    (void)state;
    assert_true(ranking_intervals(&s, sure, e, 2, 7, r));
    assert_true(r[0].low == 1 && r[0].high == 1 && r[1].low == 2);
    assert_true(ranking_intervals(&s, unsure, e, 2, 7, r));
    assert_true(r[0].low == 1 && r[0].high == 2 && r[1].low == 1);
}

static void nothing_estimated_has_no_rank(void **state)
{
    struct rank_interval r[N];
    struct shrunken s = {0};
    (void)state;
    memset(r, 1, sizeof r);
    assert_true(ranking_intervals(&s, X, E, N, 1, r));
    assert_true(r[0].low == 0 && r[6].high == 0);
}

static void draws_are_bounded(void **state)
{
    (void)state;
    assert_int_equal(ranking_draws(3), 2000);
    assert_int_equal(ranking_draws(2000), 2000);
    assert_int_equal(ranking_draws(4000), 500);
    assert_int_equal(ranking_draws(10035), 200);
}

static void order_is_by_excess_then_risk_then_place(void **state)
{
    static const struct shrunken_risk risk[] = {
        {1.2, 0, 0, 0.7}, {2.5, 0, 0, 0.9}, {NAN, NAN, NAN, NAN},
        {3.0, 0, 0, 0.9}, {0.1, 0, 0, 0.1}, {1.2, 0, 0, 0.7},
    };
    static const size_t want[] = {3, 1, 0, 5, 4, 2};
    size_t order[6];
    (void)state;
    assert_true(ranking_order(risk, 6, order));
    assert_memory_equal(order, want, sizeof want);
    assert_true(ranking_order(risk, 0, order));
}

static void level_is_the_first_that_fits(void **state)
{
    (void)state;
    assert_int_equal(risk_level_of(0.95, 0.2), RISK_HIGH);
    assert_int_equal(risk_level_of(0.949, 0.2), RISK_ELEVATED);
    assert_int_equal(risk_level_of(0.80, 3), RISK_ELEVATED);
    assert_int_equal(risk_level_of(0.799, 0.99), RISK_UNCLEAR);
    assert_int_equal(risk_level_of(0.799, 1), RISK_NORMAL);
    assert_int_equal(risk_level_of(0.01, 50), RISK_NORMAL);
    assert_int_equal(risk_level_of(NAN, 50), RISK_MISSING);
}

static void persistence_is_the_share_of_known_periods(void **state)
{
    static const double prob[] = {0.9, 0.8, 0.81, NAN, 0.3};
    static const double none[] = {NAN, NAN};
    (void)state;
    CHECK_NEAR(risk_persistence(prob, 5), 0.5, 0, 0);
    CHECK_NEAR(risk_persistence(prob, 1), 1, 0, 0);
    assert_true(isnan(risk_persistence(none, 2)));
    assert_true(isnan(risk_persistence(none, 0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_certain_has_one_rank_and_the_rest_share),
        cmocka_unit_test(the_same_seed_gives_the_same_ranks_on_any_threads),
        cmocka_unit_test(equal_units_may_have_any_rank),
        cmocka_unit_test(two_units_follow_the_beta_probability),
        cmocka_unit_test(nothing_estimated_has_no_rank),
        cmocka_unit_test(draws_are_bounded),
        cmocka_unit_test(order_is_by_excess_then_risk_then_place),
        cmocka_unit_test(level_is_the_first_that_fits),
        cmocka_unit_test(persistence_is_the_share_of_known_periods),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
