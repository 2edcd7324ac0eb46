/* test_stats_proportion.c: shares against oracle/rate.csv (R 4.2), verdicts in whole cases. */
#include "check.h"

#include "oracle_csv.h"
#include "stats/proportion.h"

/* R: rate(x, n, threshold) of shared/oracle/reference.R */
static void every_column_of_rate_agrees_with_r(void **state)
{
    struct oracle o;
    (void)state;
    oracle_open(&o, "rate.csv");
    while (oracle_next(&o)) {
        struct proportion p = proportion_of((int64_t)oracle_number(&o, "numerator"),
                                            (int64_t)oracle_number(&o, "denominator"),
                                            oracle_number(&o, "threshold"));
        oracle_check(&o, "value", p.value_pct, 1e-9, 0);
        oracle_check(&o, "ci_low", p.ci_low, 1e-9, 1e-12);
        oracle_check(&o, "ci_high", p.ci_high, 1e-9, 0);
        oracle_check(&o, "prob_met", p.prob_met, 1e-9, 1e-12);
        oracle_check(&o, "jeffreys_low", p.jeffreys_low, 1e-9, 0);
        oracle_check(&o, "jeffreys_high", p.jeffreys_high, 1e-9, 0);
    }
    assert_int_equal(o.row, 29);
}

static void complement_mirrors_the_intervals(void **state)
{
    (void)state;
    for (int n = 1; n <= 30; n++)
        for (int x = 0; x <= n; x++) {
            struct proportion a = proportion_of(x, n, 80), b = proportion_of(n - x, n, 20);
            CHECK_NEAR(a.ci_low + b.ci_high, 100, 1e-13, 0);
            CHECK_NEAR(a.jeffreys_low + b.jeffreys_high, 100, 1e-13, 0);
            CHECK_NEAR(a.prob_met + b.prob_met, 1, 1e-13, 0);
            assert_true(a.ci_low >= 0 && a.ci_high <= 100 && a.ci_low < a.ci_high);
        }
}

static void wilson_end_near_zero_keeps_its_digits(void **state)
{
    /* the textbook formula in 40 digits (python mpmath) */
    struct proportion p = proportion_of(1, 1000000000, 95);
    (void)state;
    CHECK_NEAR(p.ci_low, 1.7652455495696314e-08, 1e-12, 0);
    assert_true(p.ci_high > p.value_pct && p.prob_met >= 0);
}

static void share_without_cases_or_sense_is_missing(void **state)
{
    static const int64_t bad[][2] = {{0, 0}, {1, 0}, {-1, 5}, {6, 5}, {0, -1}};
    (void)state;
    for (int i = 0; i < 5; i++) {
        struct proportion p = proportion_of(bad[i][0], bad[i][1], 95);
        assert_true(isnan(p.value_pct) && isnan(p.ci_low) && isnan(p.ci_high));
        assert_true(isnan(p.prob_met) && isnan(p.jeffreys_low) && isnan(p.jeffreys_high));
    }
    assert_true(isnan(proportion_of(3, 5, NAN).prob_met));
    assert_true(isfinite(proportion_of(3, 5, NAN).ci_low));
    CHECK_NEAR(proportion_of(3, 5, 100).prob_met, 0, 0, 0);
    CHECK_NEAR(proportion_of(3, 5, 0).prob_met, 1, 0, 0);
}

static void nineteen_of_twenty_is_not_over_95_percent(void **state)
{
    (void)state;
    assert_false(rate_is_met(19, 20, RATE_OVER, 95));
    assert_true(rate_is_met(19, 20, RATE_AT_LEAST, 95));
    assert_true(rate_is_met(20, 20, RATE_OVER, 95));
    assert_true(rate_is_met(20, 20, RATE_AT_LEAST, 100));
    assert_false(rate_is_met(20, 20, RATE_OVER, 100));
    assert_false(rate_is_met(19, 20, RATE_AT_LEAST, 100));
    assert_true(rate_is_met(21, 20, RATE_OVER, 100));
    assert_false(rate_is_met(0, 0, RATE_AT_LEAST, 0));
    assert_false(rate_is_met(-1, 5, RATE_AT_LEAST, 0));
    assert_true(rate_is_met(0, 5, RATE_AT_LEAST, 0));
    assert_false(rate_is_met(0, 5, RATE_OVER, 0));
    assert_false(rate_is_met(5, 5, RATE_OVER, NAN));
    assert_true(rate_is_met(0, 5, RATE_OVER, -1));
    assert_false(rate_is_met(5, 5, RATE_OVER, 1e300));
}

static void threshold_is_read_to_a_millionth_of_a_percent(void **state)
{
    (void)state;
    /* 0.1 and 33.3 have no exact double; their multiples are met exactly all the same */
    assert_true(rate_is_met(1, 1000, RATE_AT_LEAST, 0.1));
    assert_false(rate_is_met(1, 1000, RATE_OVER, 0.1));
    assert_true(rate_is_met(333, 1000, RATE_AT_LEAST, 33.3));
    assert_false(rate_is_met(333, 1000, RATE_OVER, 33.3));
    assert_true(rate_is_met(2, 3, RATE_OVER, 66.666666));
    assert_false(rate_is_met(2, 3, RATE_AT_LEAST, 66.666667));
}

static void verdict_is_exact_at_the_ends_of_int64(void **state)
{
    int64_t n = INT64_MAX - INT64_MAX % 20;
    (void)state;
    assert_false(rate_is_met(n / 20 * 19, n, RATE_OVER, 95));
    assert_true(rate_is_met(n / 20 * 19, n, RATE_AT_LEAST, 95));
    assert_true(rate_is_met(n / 20 * 19 + 1, n, RATE_OVER, 95));
    assert_false(rate_is_met(n / 20 * 19 - 1, n, RATE_AT_LEAST, 95));
    assert_int_equal(rate_may_miss(n, RATE_AT_LEAST, 95), n / 20);
    assert_int_equal(rate_may_miss(n, RATE_OVER, 95), n / 20 - 1);
}

static void verdict_agrees_with_whole_number_arithmetic(void **state)
{
    (void)state;
    for (int n = 1; n <= 120; n++)
        for (int x = 0; x <= n + 1; x++)
            for (int t = 0; t <= 100; t += 5) {
                assert_int_equal(rate_is_met(x, n, RATE_OVER, t), 100 * x > t * n);
                assert_int_equal(rate_is_met(x, n, RATE_AT_LEAST, t), 100 * x >= t * n);
            }
}

static void may_miss_is_the_most_that_still_passes(void **state)
{
    (void)state;
    assert_int_equal(rate_may_miss(20, RATE_OVER, 95), 0);
    assert_int_equal(rate_may_miss(20, RATE_AT_LEAST, 95), 1);
    assert_int_equal(rate_may_miss(40, RATE_OVER, 95), 1);
    assert_int_equal(rate_may_miss(1, RATE_OVER, 95), 0);
    assert_int_equal(rate_may_miss(7, RATE_AT_LEAST, 100), 0);
    assert_int_equal(rate_may_miss(7, RATE_OVER, 100), -1);
    assert_int_equal(rate_may_miss(0, RATE_OVER, 95), -1);
    assert_int_equal(rate_may_miss(7, RATE_AT_LEAST, 0), 7);
    for (int n = 1; n <= 200; n++) {
        int64_t k = rate_may_miss(n, RATE_OVER, 95);
        assert_true(rate_is_met(n - k, n, RATE_OVER, 95));
        assert_false(rate_is_met(n - k - 1, n, RATE_OVER, 95));
    }
}

static void missing_for_is_the_fewest_more_that_pass(void **state)
{
    (void)state;
    assert_int_equal(rate_missing_for(19, 20, RATE_OVER, 95), 1);
    assert_int_equal(rate_missing_for(19, 20, RATE_AT_LEAST, 95), 0);
    assert_int_equal(rate_missing_for(0, 20, RATE_AT_LEAST, 95), 19);
    assert_int_equal(rate_missing_for(3, 7, RATE_OVER, 100), -1);
    assert_int_equal(rate_missing_for(0, 0, RATE_OVER, 95), -1);
    assert_int_equal(rate_missing_for(-1, 5, RATE_OVER, 95), -1);
}

/* R: bb <- function(m, f, n, need) { k <- need:n; sum(exp(lchoose(n, k) + lbeta(m+.5+k, f+.5+n-k)
 *    - lbeta(m+.5, f+.5))) }; the large ones also by mpmath in 40 digits */
static void chance_of_a_running_rate_agrees_with_r(void **state)
{
    (void)state;
    /* 18 met, 5 pending: 22 of 23 needed for > 95 % */
    CHECK_NEAR(rate_prob_running(18, 0, 5, RATE_OVER, 95), 0.98443095448601747, 1e-12, 0);
    /* nothing decided yet, 20 pending, all of them needed */
    CHECK_NEAR(rate_prob_running(0, 0, 20, RATE_OVER, 95), 0.12537068761957926, 1e-12, 0);
    /* 90 + 6 + 40 = 136: 130 needed, all 40 pending */
    CHECK_NEAR(rate_prob_running(90, 6, 40, RATE_OVER, 95), 0.09819642785689367, 1e-12, 0);
    /* 9500 + 480 + 20000 = 29980: 28500 needed for >= 95.0625 %, 19000 of the pending */
    CHECK_NEAR(rate_prob_running(9500, 480, 20000, RATE_AT_LEAST, 95.0625), 0.76577969720848193,
               1e-11, 0);
    /* 95 + 5 + 100000: 95095 needed for >= 95 %, 95000 of the pending */
    CHECK_NEAR(rate_prob_running(95, 5, 100000, RATE_AT_LEAST, 95), 0.47204561539972738, 1e-11, 0);
}

static void chance_is_a_verdict_when_nothing_can_change_it(void **state)
{
    (void)state;
    CHECK_NEAR(rate_prob_running(20, 0, 0, RATE_OVER, 95), 1, 0, 0);
    CHECK_NEAR(rate_prob_running(19, 1, 0, RATE_OVER, 95), 0, 0, 0);
    CHECK_NEAR(rate_prob_running(0, 10, 90, RATE_OVER, 95), 0, 0, 0);
    CHECK_NEAR(rate_prob_running(96, 0, 3, RATE_OVER, 95), 1, 0, 0);
    CHECK_NEAR(rate_prob_running(5, 0, 5, RATE_OVER, 100), 0, 0, 0);
    CHECK_NEAR(rate_prob_running(5, 0, 5, RATE_AT_LEAST, 0), 1, 0, 0);
    assert_true(isnan(rate_prob_running(0, 0, 0, RATE_OVER, 95)));
    assert_true(isnan(rate_prob_running(-1, 0, 5, RATE_OVER, 95)));
    assert_true(isnan(rate_prob_running(1, 0, 5, RATE_OVER, NAN)));
}

static void chance_survives_terms_beyond_the_range_of_doubles(void **state)
{
    double p = rate_prob_running(100000, 0, 100000, RATE_OVER, 95);
    (void)state;
    CHECK_NEAR(p, 1, 1e-10, 0);
    CHECK_NEAR(rate_prob_running(0, 100000, 100000, RATE_OVER, 40), 0, 0, 1e-12);
    CHECK_NEAR(rate_prob_running(50000, 50000, 100000, RATE_AT_LEAST, 50), 0.5, 2e-2, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_of_rate_agrees_with_r),
        cmocka_unit_test(complement_mirrors_the_intervals),
        cmocka_unit_test(wilson_end_near_zero_keeps_its_digits),
        cmocka_unit_test(share_without_cases_or_sense_is_missing),
        cmocka_unit_test(nineteen_of_twenty_is_not_over_95_percent),
        cmocka_unit_test(threshold_is_read_to_a_millionth_of_a_percent),
        cmocka_unit_test(verdict_is_exact_at_the_ends_of_int64),
        cmocka_unit_test(verdict_agrees_with_whole_number_arithmetic),
        cmocka_unit_test(may_miss_is_the_most_that_still_passes),
        cmocka_unit_test(missing_for_is_the_fewest_more_that_pass),
        cmocka_unit_test(chance_of_a_running_rate_agrees_with_r),
        cmocka_unit_test(chance_is_a_verdict_when_nothing_can_change_it),
        cmocka_unit_test(chance_survives_terms_beyond_the_range_of_doubles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
