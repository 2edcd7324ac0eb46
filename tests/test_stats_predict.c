/* test_stats_predict.c: the rest of a running period against R 4.2 pnbinom. */
#include "check.h"

#include "stats/comparison.h"
#include "stats/predict.h"

/* R: pnbinom(allowance - observed, rest_before + 0.5, 1/(1 + ratio)) */
static void chance_of_the_whole_period_agrees_with_r(void **state)
{
    (void)state;
    CHECK_NEAR(predict_within(3, 4, 1, 13), 0.95785882502256459, 1e-12, 0);
    CHECK_NEAR(predict_within(5, 0, 1, 5), 0.70710678118654757, 1e-12, 0);
    CHECK_NEAR(predict_within(100, 240, 182.0 / 184, 350), 0.72411818399016148, 1e-12, 0);
    CHECK_NEAR(predict_within(0, 30, 1, 5), 8.5009258847053359e-06, 1e-12, 0);
}

static void nothing_observed_yet_is_luck(void **state)
{
    (void)state;
    for (int x0 = 1; x0 < 50; x0++)
        CHECK_NEAR(predict_within(0, x0, 365.0 / 366, x0), comparison_luck(x0, 366, 365, x0), 1e-12,
                   0);
}

static void chance_falls_as_cases_come_in(void **state)
{
    double last = 1;
    (void)state;
    for (int observed = 0; observed <= 20; observed++) {
        double p = predict_within(observed, 6, 1, 20);
        assert_true(p < last && p > 0);
        last = p;
    }
    CHECK_NEAR(predict_within(21, 6, 1, 20), 0, 0, 0);
}

static void nothing_left_is_a_verdict(void **state)
{
    (void)state;
    CHECK_NEAR(predict_within(20, 6, 0, 20), 1, 0, 0);
    CHECK_NEAR(predict_within(21, 6, 0, 20), 0, 0, 0);
}

static void huge_counts_stay_probabilities(void **state)
{
    double p = predict_within(1000000000, 1000000000, 1, 2000000000);
    (void)state;
    CHECK_NEAR(p, 0.5, 1e-4, 0);
}

static void impossible_input_is_missing(void **state)
{
    (void)state;
    assert_true(isnan(predict_within(-1, 6, 1, 20)));
    assert_true(isnan(predict_within(1, -6, 1, 20)));
    assert_true(isnan(predict_within(1, 6, -1, 20)));
    assert_true(isnan(predict_within(1, 6, NAN, 20)));
    assert_true(isnan(predict_within(1, 6, INFINITY, 20)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chance_of_the_whole_period_agrees_with_r),
        cmocka_unit_test(nothing_observed_yet_is_luck),
        cmocka_unit_test(chance_falls_as_cases_come_in),
        cmocka_unit_test(nothing_left_is_a_verdict),
        cmocka_unit_test(huge_counts_stay_probabilities),
        cmocka_unit_test(impossible_input_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
