/* test_stats_comparison_fall.c: the fall that a target needs: R 4.2, and the mass summed by lgamma.
 */
#include "check.h"

#include "stats/comparison.h"

/* R: r <- 0:1000/1000; 100*r[pnbinom(allowance, x0 + 0.5, e0/(e0 + (1 - r)*e1)) >= 0.8][1] */
static void fall_needed_agrees_with_r(void **state)
{
    (void)state;
    CHECK_NEAR(comparison_fall_needed(8, 1, 1, 7), 38.6, 1e-12, 0);
    CHECK_NEAR(comparison_fall_needed(1, 1, 1, 0), 84.0, 1e-12, 0);
    CHECK_NEAR(comparison_fall_needed(12, 1, 1, 11), 32.1, 1e-12, 0);
    CHECK_NEAR(comparison_fall_needed(100, 1, 1, 97), 13.5, 1e-12, 0);
    CHECK_NEAR(comparison_fall_needed(1000000, 1, 1, 970000), 3.2, 1e-12, 0);
    CHECK_NEAR(comparison_fall_needed(100, 3, 1, 33), 15.0, 1e-12, 0);
    CHECK_NEAR(comparison_fall_needed(8, 1, 1, 0), 97.4, 1e-12, 0);
}

/* Negative binomial mass by lgamma, term by term. */
static long double chance_by_sum(int64_t x0, int64_t allowance, double fall_pct)
{
    long double size = (long double)x0 + 0.5L, left = 1 - (long double)fall_pct / 100;
    long double p = 1 / (1 + left), sum = 0;
    for (int64_t k = 0; k <= allowance; k++) {
        long double i = (long double)k;
        sum += expl(lgammal(size + i) - lgammal(size) - lgammal(i + 1) + size * logl(p) +
                    (k ? i * logl(1 - p) : 0));
    }
    return sum;
}

static void fall_needed_is_the_first_of_the_grid(void **state)
{
    (void)state;
    for (int64_t x0 = 1; x0 <= 60; x0++)
        for (int64_t allowance = 0; allowance <= x0 + 12; allowance += 1 + x0 / 10) {
            double fall = comparison_fall_needed(x0, 1, 1, allowance);
            assert_true(chance_by_sum(x0, allowance, fall) >= 0.8L - 1e-12L);
            if (fall > 0)
                assert_true(chance_by_sum(x0, allowance, fall - 0.1) < 0.8L);
            else
                assert_true(comparison_luck(x0, 1, 1, allowance) >= 0.8);
        }
}

static void fall_needed_is_missing_without_a_base(void **state)
{
    (void)state;
    assert_true(isnan(comparison_fall_needed(0, 1, 1, 0)));
    assert_true(isnan(comparison_fall_needed(-1, 1, 1, 0)));
    assert_true(isnan(comparison_fall_needed(8, 1, 1, -1)));
    assert_true(isnan(comparison_fall_needed(8, 0, 1, 7)));
    assert_true(isnan(comparison_fall_needed(8, 1, NAN, 7)));
    assert_true(isnan(comparison_fall_needed(8, INFINITY, 1, 7)));
    CHECK_NEAR(comparison_fall_needed(8, 1, 1, 1000), 0, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fall_needed_agrees_with_r),
        cmocka_unit_test(fall_needed_is_the_first_of_the_grid),
        cmocka_unit_test(fall_needed_is_missing_without_a_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
