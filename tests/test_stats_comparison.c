/* test_stats_comparison.c: two counts against oracle/yoy.csv (R 4.2), sums written out, and
 * identities. */
#include "check.h"

#include "oracle_csv.h"
#include "stats/comparison.h"

/* R: yoy(x0, e0, x1, e1, target) of shared/oracle/reference.R; the README's tolerances. */
static void every_column_of_yoy_agrees_with_r(void **state)
{
    struct oracle o;
    (void)state;
    oracle_open(&o, "yoy.csv");
    while (oracle_next(&o)) {
        int64_t x0 = (int64_t)oracle_number(&o, "x0"), x1 = (int64_t)oracle_number(&o, "x1");
        double e0 = oracle_number(&o, "e0"), e1 = oracle_number(&o, "e1");
        struct comparison c = comparison_exact(x0, e0, x1, e1, oracle_number(&o, "target"));
        double d = c.detectable_pct;

        oracle_check(&o, "reduction_pct", c.reduction_pct, 1e-9, 0);
        oracle_check(&o, "ci_low", c.ci_low, 1e-9, 0);
        oracle_check(&o, "ci_high", c.ci_high, 1e-9, 0);
        oracle_check(&o, "p_value", c.p_value, 1e-9, 1e-300);
        oracle_check(&o, "prob_target", c.prob_target, 1e-9, 1e-21);
        oracle_check(&o, "prob_reduction", c.prob_reduction, 1e-9, 1e-21);
        oracle_check(&o, "allowance", c.has_allowance ? (double)c.allowance : NAN, 0, 0);
        oracle_check(&o, "detectable_pct", d, 1e-15, 0);
        oracle_check(&o, "power_at_detectable", comparison_power(x0, e0, e1, d), 1e-9, 0);
        oracle_check(&o, "power_one_step_less", comparison_power(x0, e0, e1, d - 0.1), 1e-9, 0);
    }
    assert_int_equal(o.row, 198);
}

/* R: pnbinom(allowance, x0 + 0.5, e0/(e0 + e1)) */
static void luck_agrees_with_r(void **state)
{
    (void)state;
    CHECK_NEAR(comparison_exact(8, 1, 8, 1, 3).luck, 0.44976007347077235, 1e-12, 0);
    CHECK_NEAR(comparison_exact(100, 1, 90, 1, 3).luck, 0.42943264545528353, 1e-12, 0);
    CHECK_NEAR(comparison_exact(1, 1, 90, 1, 3).luck, 0.35355339059327379, 1e-12, 0);
    CHECK_NEAR(comparison_luck(100, 3, 1, 33), 0.51662417120565207, 1e-12, 0);
    CHECK_NEAR(comparison_luck(1000000, 1, 1, 970000), 1.1621388567688381e-101, 1e-9, 0);
}

/* Binomial(n, p) written out, to be summed: density[k] for k <= n < 128. */
static void binomial_write(long double *density, int n, long double p)
{
    for (int k = 0; k <= n; k++)
        density[k] = expl(lgammal(n + 1.0L) - lgammal(k + 1.0L) - lgammal(n - k + 1.0L) +
                          k * logl(p) + (n - k) * logl(1 - p));
}

static void p_value_is_the_sum_of_outcomes_no_likelier(void **state)
{
    static const double exposure[][2] = {{1, 1}, {366, 365}, {3, 1}, {1, 5}, {1, 1000}};
    long double density[128];
    (void)state;
    for (int e = 0; e < 5; e++)
        for (int x0 = 0; x0 <= 24; x0++)
            for (int x1 = 0; x1 <= 24; x1++) {
                long double e0 = exposure[e][0], e1 = exposure[e][1], sum = 0;
                binomial_write(density, x0 + x1, e1 / (e0 + e1));
                for (int k = 0; k <= x0 + x1; k++)
                    if (density[k] <= density[x1] * (1 + 1e-7L))
                        sum += density[k];
                struct comparison c = comparison_exact(x0, exposure[e][0], x1, exposure[e][1], 3);
                CHECK_NEAR(c.p_value, fminl(1, sum), 1e-12, 0);
            }
}

static void interval_ends_leave_two_and_a_half_percent(void **state)
{
    long double density[128];
    (void)state;
    for (int x0 = 1; x0 <= 40; x0++)
        for (int x1 = 1; x1 <= 40; x1++) {
            struct comparison c = comparison_exact(x0, 366, x1, 365, 3);
            long double odds = (1 - c.ci_low / 100.0L) * 365 / 366, sum = 0;
            binomial_write(density, x0 + x1, odds / (1 + odds));
            for (int k = 0; k <= x1; k++)
                sum += density[k];
            CHECK_NEAR(sum, 0.025, 1e-11, 0);
            odds = (1 - c.ci_high / 100.0L) * 365 / 366;
            binomial_write(density, x0 + x1, odds / (1 + odds));
            sum = 0;
            for (int k = x1; k <= x0 + x1; k++)
                sum += density[k];
            CHECK_NEAR(sum, 0.025, 1e-11, 0);
        }
}

static void swapping_the_periods_inverts_the_ratio(void **state)
{
    static const int64_t count[] = {1, 2, 5, 17, 130, 2719, 96500, 1000000};
    (void)state;
    for (int i = 0; i < 8; i++)
        for (int j = 0; j < 8; j++) {
            struct comparison a = comparison_exact(count[i], 7, count[j], 3, 3);
            struct comparison b = comparison_exact(count[j], 3, count[i], 7, 3);
            CHECK_NEAR((1 - a.ci_low / 100) * (1 - b.ci_high / 100), 1, 1e-8, 0);
            CHECK_NEAR((1 - a.reduction_pct / 100) * (1 - b.reduction_pct / 100), 1, 1e-8, 0);
            CHECK_NEAR(a.p_value, b.p_value, 1e-10, 1e-300);
            CHECK_NEAR(a.prob_reduction + b.prob_reduction, 1, 1e-13, 0);
        }
}

static void unit_of_exposure_does_not_matter(void **state)
{
    static const double scale[] = {1e-12, 1e-3, 64, 1e9};
    struct comparison a = comparison_exact(23, 1.5, 14, 1.25, 5);
    (void)state;
    for (int i = 0; i < 4; i++) {
        struct comparison b = comparison_exact(23, 1.5 * scale[i], 14, 1.25 * scale[i], 5);
        CHECK_NEAR(b.reduction_pct, a.reduction_pct, 1e-12, 0);
        CHECK_NEAR(b.ci_low, a.ci_low, 1e-12, 0);
        CHECK_NEAR(b.ci_high, a.ci_high, 1e-12, 0);
        CHECK_NEAR(b.p_value, a.p_value, 1e-12, 0);
        CHECK_NEAR(b.prob_target, a.prob_target, 1e-12, 0);
        CHECK_NEAR(b.luck, a.luck, 1e-12, 0);
        CHECK_NEAR(b.detectable_pct, a.detectable_pct, 0, 0);
        assert_int_equal(b.allowance, a.allowance);
    }
}

static void equal_counts_are_no_change(void **state)
{
    static const int64_t count[] = {1, 2, 10, 1000, 1000000, 1000000000};
    (void)state;
    for (int i = 0; i < 6; i++) {
        struct comparison c = comparison_exact(count[i], 1, count[i], 1, 0);
        CHECK_NEAR(c.reduction_pct, 0, 0, 0);
        CHECK_NEAR(c.p_value, 1, 0, 0);
        CHECK_NEAR(c.prob_reduction, 0.5, 1e-12, 0);
        assert_true(c.ci_low < 0 && c.ci_high > 0);
        assert_int_equal(c.allowance, count[i]);
    }
}

static void nothing_before_leaves_only_probabilities(void **state)
{
    struct comparison c = comparison_exact(0, 1, 4, 1, 3);
    (void)state;
    assert_true(isnan(c.reduction_pct) && isnan(c.ci_low) && isnan(c.luck));
    assert_true(isnan(c.detectable_pct) && !c.has_allowance);
    assert_true(isfinite(c.ci_high) && isfinite(c.p_value));
    assert_true(c.prob_reduction > 0 && c.prob_target > 0);
    assert_false(comparison_met(0, 1, 0, 1, 3));
}

static void nothing_in_either_period_has_p_one_and_no_interval(void **state)
{
    struct comparison c = comparison_exact(0, 1, 0, 1, 3);
    (void)state;
    assert_true(isnan(c.ci_low) && isnan(c.ci_high) && isnan(c.reduction_pct));
    CHECK_NEAR(c.p_value, 1, 0, 0);
    CHECK_NEAR(c.prob_reduction, 0.5, 1e-14, 0);
}

static void without_a_target_only_its_fields_are_missing(void **state)
{
    struct comparison c = comparison_exact(10, 1, 4, 1, NAN);
    (void)state;
    assert_true(isnan(c.prob_target) && isnan(c.luck) && !c.has_allowance);
    assert_true(isfinite(c.reduction_pct) && isfinite(c.ci_low) && isfinite(c.ci_high));
    assert_true(isfinite(c.p_value) && isfinite(c.prob_reduction) && isfinite(c.detectable_pct));
}

static void check_all_missing(struct comparison c)
{
    assert_true(isnan(c.reduction_pct) && isnan(c.ci_low) && isnan(c.ci_high));
    assert_true(isnan(c.p_value) && isnan(c.prob_reduction) && isnan(c.prob_target));
    assert_true(isnan(c.luck) && isnan(c.detectable_pct) && !c.has_allowance);
}

static void impossible_input_is_missing_everywhere(void **state)
{
    (void)state;
    check_all_missing(comparison_exact(-1, 1, 4, 1, 3));
    check_all_missing(comparison_exact(4, 1, -1, 1, 3));
    check_all_missing(comparison_exact(4, 0, 4, 1, 3));
    check_all_missing(comparison_exact(4, 1, 4, -1, 3));
    check_all_missing(comparison_exact(4, NAN, 4, 1, 3));
    check_all_missing(comparison_exact(4, 1, 4, INFINITY, 3));
    check_all_missing(comparison_exact(INT64_MAX, 1, INT64_MAX, 1, 3));
}

static void target_is_met_in_whole_cases(void **state)
{
    int64_t allowance = 0;
    (void)state;
    assert_true(comparison_met(100, 1, 97, 1, 3));
    assert_false(comparison_met(100, 1, 98, 1, 3));
    assert_true(comparison_met(200, 1, 190, 1, 5));
    assert_false(comparison_met(33, 1, 33, 1, 3));
    assert_true(comparison_met(33, 1, 32, 1, 3));
    /* days as exposure: from the leap year to the next 100 -> 97 is 2.73 % */
    assert_false(comparison_met(100, 366, 97, 365, 3));
    assert_false(comparison_met(100, 1, 97, 1, NAN));
    assert_false(comparison_met(100, 1, -1, 1, 3));
    /* every whole percentage of every hundred is met by exactly that many cases */
    for (int hundreds = 1; hundreds <= 50; hundreds++)
        for (int pct = 0; pct <= 100; pct++) {
            assert_true(comparison_allowance(100 * hundreds, 1, 1, pct, &allowance));
            assert_int_equal(allowance, hundreds * (100 - pct));
        }
}

static void allowance_is_never_negative_nor_overflows(void **state)
{
    int64_t allowance = -1;
    (void)state;
    assert_true(comparison_allowance(10, 1, 1, 150, &allowance));
    assert_int_equal(allowance, 0);
    assert_true(comparison_allowance(1000000000, 1e-9, 1e9, 3, &allowance));
    assert_true(allowance == INT64_MAX);
    assert_true(comparison_allowance(10, 1, 1, -10, &allowance));
    assert_int_equal(allowance, 11);
    assert_false(comparison_allowance(0, 1, 1, 3, &allowance));
    assert_int_equal(allowance, 11);
}

static void detectable_is_the_first_of_the_grid(void **state)
{
    static const int64_t count[] = {7, 10, 57, 400};
    (void)state;
    for (int i = 0; i < 4; i++) {
        int k = 1;
        while (k <= 1000 && comparison_power(count[i], 366, 365, k / 10.0) < 0.80)
            k++;
        CHECK_NEAR(comparison_detectable(count[i], 366, 365), k / 10.0, 0, 0);
    }
}

static void fewer_than_seven_cases_detect_nothing(void **state)
{
    (void)state;
    for (int x0 = 0; x0 < 7; x0++)
        assert_true(isnan(comparison_detectable(x0, 1, 1)));
    assert_true(isfinite(comparison_detectable(7, 1, 1)));
    CHECK_NEAR(comparison_power(0, 1, 1, 50), 0, 0, 0);
}

static void power_rises_with_the_reduction_and_is_a_sum(void **state)
{
    double last = 0;
    (void)state;
    for (int d = 0; d <= 100; d++) {
        double power = comparison_power(30, 2, 1, d);
        assert_true(power > last && power <= 1);
        last = power;
    }
    assert_true(comparison_power(30, 2, 1, 0) <= 0.05);
    assert_true(isnan(comparison_power(30, 2, 1, NAN)));
    assert_true(isnan(comparison_power(30, 2, 1, 101)));
    assert_true(isnan(comparison_power(30, 0, 1, 10)));
}

/* R: power_of() of reference.R; very unequal exposures take the search instead of the walk */
static void power_agrees_with_r_by_walk_and_by_search(void **state)
{
    (void)state;
    CHECK_NEAR(comparison_power(5, 1, 1e6, 70), 0.55950671493478754, 1e-9, 0);
    CHECK_NEAR(comparison_power(5, 1, 1e7, 70), 0.55950671493478754, 1e-9, 0);
    CHECK_NEAR(comparison_power(40, 1, 3e6, 30), 0.64534926392264969, 1e-9, 0);
    CHECK_NEAR(comparison_power(3000, 100, 1, 40), 0.74746363175892316, 1e-9, 0);
}

static void huge_counts_follow_the_normal_law(void **state)
{
    struct comparison c = comparison_exact(1000000000, 1, 999900000, 1, 3);
    double z = 100000 / sqrt(1999900000.0);
    (void)state;
    CHECK_NEAR(c.p_value, erfc(z / sqrt(2)), 1e-4, 0);
    CHECK_NEAR(c.prob_reduction, 1 - erfc(z / sqrt(2)) / 2, 1e-5, 0);
    CHECK_NEAR(c.ci_low, 0.01 - 100 * 1.959964 * sqrt(2e-9), 1e-3, 0);
    CHECK_NEAR(c.ci_high, 0.01 + 100 * 1.959964 * sqrt(2e-9), 1e-3, 0);
    assert_true(c.detectable_pct > 0 && c.detectable_pct <= 0.1);
    assert_int_equal(c.allowance, 970000000);
    CHECK_NEAR(comparison_exact(1000000000, 1, 0, 1, 3).p_value, 0, 0, 1e-300);
}

static void check_overdispersed(const double *in, double reduction, double low, double high)
{
    struct comparison_interval c = comparison_overdispersed(in[0], in[1], in[2], in[3], in[4]);
    CHECK_NEAR(c.reduction_pct, reduction, 1e-12, 0);
    CHECK_NEAR(c.ci_low, low, 1e-9, 0);
    CHECK_NEAR(c.ci_high, high, 1e-9, 0);
}

/* R: L <- qbeta(.025, x1/phi, x0/phi + 1); U <- qbeta(.975, x1/phi + 1, x0/phi);
 *    100*(1 - U/(1 - U)*e0/e1); 100*(1 - L/(1 - L)*e0/e1) */
static void overdispersed_interval_agrees_with_r(void **state)
{
    (void)state;
    check_overdispersed((double[]){120, 1, 97, 1, 2.3}, 19.166666666666664, -23.667269044339069,
                        47.440003197360106);
    check_overdispersed((double[]){35.5, 366, 28.25, 365, 1.7}, 20.204514759791625,
                        -59.601653418631614, 60.723438008581368);
    check_overdispersed((double[]){3, 1, 0.4, 1, 4}, 86.666666666666671, -14980.473884280724, 100);
    check_overdispersed((double[]){250000, 3, 80000, 1, 37.5}, 3.9999999999999925,
                        -0.81192260866309596, 8.6105468660842668);
}

static void phi_of_one_is_the_exact_interval_and_more_widens_it(void **state)
{
    struct comparison c = comparison_exact(40, 366, 31, 365, 3);
    struct comparison_interval one = comparison_overdispersed(40, 366, 31, 365, 1);
    struct comparison_interval two = comparison_overdispersed(40, 366, 31, 365, 2);
    (void)state;
    CHECK_NEAR(one.ci_low, c.ci_low, 0, 0);
    CHECK_NEAR(one.ci_high, c.ci_high, 0, 0);
    assert_true(two.ci_low < one.ci_low && two.ci_high > one.ci_high);
}

static void overdispersed_without_phi_or_counts_is_missing(void **state)
{
    struct comparison_interval c = comparison_overdispersed(40, 1, 30, 1, NAN);
    (void)state;
    CHECK_NEAR(c.reduction_pct, 25, 1e-12, 0);
    assert_true(isnan(c.ci_low) && isnan(c.ci_high));
    c = comparison_overdispersed(0, 1, 0, 1, 2);
    assert_true(isnan(c.reduction_pct) && isnan(c.ci_low) && isnan(c.ci_high));
    c = comparison_overdispersed(0, 1, 2.5, 1, 2);
    assert_true(isnan(c.reduction_pct) && isnan(c.ci_low) && isfinite(c.ci_high));
    c = comparison_overdispersed(NAN, 1, 2.5, 1, 2);
    assert_true(isnan(c.reduction_pct) && isnan(c.ci_low) && isnan(c.ci_high));
}

static void phi_of_weights_is_the_weighted_mean_of_weights(void **state)
{
    (void)state;
    CHECK_NEAR(comparison_weight_phi(1 + 1 + 1, 3), 1, 0, 0);
    CHECK_NEAR(comparison_weight_phi(1 + 4 + 9, 1 + 2 + 3), 14.0 / 6, 1e-15, 0);
    assert_true(isnan(comparison_weight_phi(0, 0)));
    assert_true(isnan(comparison_weight_phi(NAN, 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_of_yoy_agrees_with_r),
        cmocka_unit_test(luck_agrees_with_r),
        cmocka_unit_test(p_value_is_the_sum_of_outcomes_no_likelier),
        cmocka_unit_test(interval_ends_leave_two_and_a_half_percent),
        cmocka_unit_test(swapping_the_periods_inverts_the_ratio),
        cmocka_unit_test(unit_of_exposure_does_not_matter),
        cmocka_unit_test(equal_counts_are_no_change),
        cmocka_unit_test(nothing_before_leaves_only_probabilities),
        cmocka_unit_test(nothing_in_either_period_has_p_one_and_no_interval),
        cmocka_unit_test(without_a_target_only_its_fields_are_missing),
        cmocka_unit_test(impossible_input_is_missing_everywhere),
        cmocka_unit_test(target_is_met_in_whole_cases),
        cmocka_unit_test(allowance_is_never_negative_nor_overflows),
        cmocka_unit_test(detectable_is_the_first_of_the_grid),
        cmocka_unit_test(fewer_than_seven_cases_detect_nothing),
        cmocka_unit_test(power_rises_with_the_reduction_and_is_a_sum),
        cmocka_unit_test(power_agrees_with_r_by_walk_and_by_search),
        cmocka_unit_test(huge_counts_follow_the_normal_law),
        cmocka_unit_test(overdispersed_interval_agrees_with_r),
        cmocka_unit_test(phi_of_one_is_the_exact_interval_and_more_widens_it),
        cmocka_unit_test(overdispersed_without_phi_or_counts_is_missing),
        cmocka_unit_test(phi_of_weights_is_the_weighted_mean_of_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
