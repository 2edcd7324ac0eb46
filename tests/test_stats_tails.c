/* test_stats_tails.c: tail probabilities against R 4.2 and against sums written out. */
#include "check.h"

#include "stats/tails.h"

/* R: pbeta(x, a, b), "%.17g" */
static void beta_tails_agree_with_r(void **state)
{
    static const struct {
        double a, b, x, want;
    } c[] = {{8.5, 9, 0.5, 0.54871962089342485},
             {0.5, 0.5, 0.3, 0.36901011956554525},
             {0.5, 1e6, 1e-6, 0.84270084483819629},
             {970000.5, 1000000.5, 0.4924, 0.51591331599669998},
             {0.01, 30, 1e-5, 0.92719095525645501},
             {1e4, 1e4, 0.48, 7.6107391134267418e-09},
             {1000000.5, 4, 0.9999965, 0.53662983570449252},
             {1, 1e12, 1e-12, 0.63212055882874162}};
    (void)state;
    for (size_t i = 0; i < sizeof c / sizeof c[0]; i++)
        CHECK_NEAR(tails_beta_lower(c[i].a, c[i].b, c[i].x, 1 - c[i].x), c[i].want, 1e-12, 0);
    /* a billion and a half a side; GSL's own is 5e-6 off here */
    CHECK_NEAR(tails_beta_lower(1e9 + 0.5, 1e9 + 0.5, 0.49999, 1 - 0.49999), 0.18554668470736946,
               1e-10, 0);
}

static void both_beta_tails_add_to_one(void **state)
{
    static const double shape[] = {0.01, 0.5, 1, 3.5, 40, 2719, 1e6};
    (void)state;
    for (size_t i = 0; i < 7; i++)
        for (size_t j = 0; j < 7; j++)
            for (double x = 0.05; x < 1; x += 0.1)
                CHECK_NEAR(tails_beta_lower(shape[i], shape[j], x, 1 - x) +
                               tails_beta_lower(shape[j], shape[i], 1 - x, x),
                           1, 1e-14, 0);
}

static void beta_at_the_ends_is_0_and_1(void **state)
{
    (void)state;
    CHECK_NEAR(tails_beta_lower(2, 3, 0, 1), 0, 0, 0);
    CHECK_NEAR(tails_beta_lower(2, 3, 1, 0), 1, 0, 0);
}

/* R: qlogis(qbeta(lower, a, b)) */
static void beta_quantiles_agree_with_r(void **state)
{
    (void)state;
    CHECK_NEAR(tails_beta_logit(85, 2720, 0.025), -3.6933606482455725, 1e-12, 0);
    CHECK_NEAR(tails_beta_logit(1, 1, 0.025), -3.6635616461296463, 1e-12, 0);
    CHECK_NEAR(tails_beta_logit(6, 3, 0.975), 2.3732753936543793, 1e-12, 0);
    CHECK_NEAR(tails_beta_logit(970000, 1000001, 0.025), -0.033253394648709765, 1e-10, 0);
    CHECK_NEAR(tails_beta_logit(0.7, 12.3, 0.975), -1.2655742302553945, 1e-12, 0);
    CHECK_NEAR(tails_beta_logit(0.2, 3, 0.025), -19.832555947062787, 1e-12, 0);
    CHECK_NEAR(tails_beta_logit(2.5, 2.5, 0.5), 0, 0, 1e-14);
}

static void tail_at_a_quantile_is_the_level_asked_for(void **state)
{
    static const double shape[] = {0.05, 0.5, 1, 2, 17.25, 300, 2719, 1e5, 1e6, 1e9};
    static const double level[] = {1e-10, 0.025, 0.3, 0.5, 0.8, 0.975};
    (void)state;
    for (size_t i = 0; i < 10; i++)
        for (size_t j = 0; j < 10; j++)
            for (size_t k = 0; k < 6; k++) {
                double t = tails_beta_logit(shape[i], shape[j], level[k]);
                double x = 1 / (1 + exp(-t)), y = 1 / (1 + exp(t));
                CHECK_NEAR(tails_beta_lower(shape[i], shape[j], x, y), level[k], 2e-10, 0);
            }
}

/* the pairs of STYLE.md on which GSL's quantile is NaN */
static void quantile_exists_where_gsl_returns_nan(void **state)
{
    (void)state;
    for (int x0 = 2600; x0 < 2800; x0++) {
        assert_true(isfinite(tails_beta_logit(85, x0 + 1, 0.025)));
        assert_true(isfinite(tails_beta_logit(86, x0, 0.975)));
    }
}

static void quantile_out_of_reach_is_clipped(void **state)
{
    (void)state;
    CHECK_NEAR(tails_beta_logit(1e-6, 3, 0.025), -700, 1e-6, 0);
    CHECK_NEAR(tails_beta_logit(3, 1e-6, 0.975), 700, 1e-6, 0);
}

/* R: dbinom(k, n, p, log = TRUE), pbinom(k, n, p), pbinom(k - 1, n, p, lower.tail = FALSE) */
static void binomial_agrees_with_r(void **state)
{
    double p = 365.0 / 731, q = 366.0 / 731;
    (void)state;
    CHECK_NEAR(tails_binomial_log_pmf(3, 10, 0.3, 0.7), -1.3211512777668888, 1e-13, 0);
    CHECK_NEAR(tails_binomial_log_pmf(970000, 1970000, p, q), -196.71130078000181, 1e-12, 0);
    CHECK_NEAR(tails_binomial_log_pmf(0, 50, 1e-9, 1 - 1e-9), -5.0000000025000003e-08, 1e-13, 0);
    CHECK_NEAR(tails_binomial_log_pmf(50, 50, 0.999, 0.001), -0.050025016679176713, 1e-13, 0);
    CHECK_NEAR(tails_binomial_lower(3, 10, 0.3, 0.7), 0.64961071840000018, 1e-13, 0);
    CHECK_NEAR(tails_binomial_lower(970000, 1970000, p, q), 1.3533360944144366e-84, 1e-10, 0);
    CHECK_NEAR(tails_binomial_lower(2, 1000, 0.2, 0.8), 3.8715091032429829e-93, 1e-12, 0);
    CHECK_NEAR(tails_binomial_upper(3, 10, 0.3, 0.7), 0.61721721360000026, 1e-13, 0);
    CHECK_NEAR(tails_binomial_upper(500, 1000, 0.2, 0.8), 4.1331189247049431e-99, 1e-12, 0);
    CHECK_NEAR(tails_binomial_upper(2, 3, 1e-9, 1 - 1e-9), 2.9999999980000029e-18, 1e-13, 0);
}

static void binomial_tails_are_sums_of_the_density(void **state)
{
    (void)state;
    for (int n = 0; n <= 40; n++) {
        double sum = 0;
        for (int k = 0; k <= n; k++) {
            CHECK_NEAR(tails_binomial_upper(k, n, 0.37, 0.63), 1 - sum, 1e-12, 1e-14);
            sum += exp(tails_binomial_log_pmf(k, n, 0.37, 0.63));
            CHECK_NEAR(tails_binomial_lower(k, n, 0.37, 0.63), sum, 1e-13, 0);
        }
    }
}

static void binomial_outside_its_range_is_0_or_1(void **state)
{
    (void)state;
    CHECK_NEAR(tails_binomial_lower(-1, 5, 0.3, 0.7), 0, 0, 0);
    CHECK_NEAR(tails_binomial_lower(5, 5, 0.3, 0.7), 1, 0, 0);
    CHECK_NEAR(tails_binomial_lower(INT64_MIN, 5, 0.3, 0.7), 0, 0, 0);
    CHECK_NEAR(tails_binomial_upper(0, 5, 0.3, 0.7), 1, 0, 0);
    CHECK_NEAR(tails_binomial_upper(6, 5, 0.3, 0.7), 0, 0, 0);
    CHECK_NEAR(exp(tails_binomial_log_pmf(6, 5, 0.3, 0.7)), 0, 0, 0);
    CHECK_NEAR(exp(tails_binomial_log_pmf(2, 5, 0, 1)), 0, 0, 0);
    CHECK_NEAR(exp(tails_binomial_log_pmf(0, 5, 0, 1)), 1, 0, 0);
    CHECK_NEAR(exp(tails_binomial_log_pmf(0, 0, 0.3, 0.7)), 1, 0, 0);
}

/* R: dpois(k, mean) */
static void poisson_density_agrees_with_r(void **state)
{
    (void)state;
    CHECK_NEAR(tails_poisson_pmf(0, 3), 0.049787068367863944, 1e-14, 0);
    CHECK_NEAR(tails_poisson_pmf(4, 2.5), 0.13360188578108531, 1e-14, 0);
    CHECK_NEAR(tails_poisson_pmf(1000000, 1e6), 0.00039894224715624404, 1e-13, 0);
    CHECK_NEAR(tails_poisson_pmf(5, 1e-12), 8.3333333333250008e-63, 1e-13, 0);
    CHECK_NEAR(tails_poisson_pmf(1010000, 1e6), 9.0374915994215649e-26, 1e-12, 0);
    CHECK_NEAR(tails_poisson_pmf(0, 0), 1, 0, 0);
    CHECK_NEAR(tails_poisson_pmf(2, 0), 0, 0, 0);
}

/* R: dnbinom(k, size, prob), pnbinom(k, size, prob) */
static void negative_binomial_agrees_with_r(void **state)
{
    (void)state;
    CHECK_NEAR(tails_nb_pmf(0, 8.5, 0.5, 0.5), 0.0027621358640099515, 1e-13, 0);
    CHECK_NEAR(tails_nb_pmf(7, 8.5, 0.5, 0.5), 0.10215179088789962, 1e-13, 0);
    CHECK_NEAR(tails_nb_pmf(1000000, 1e6 + 0.5, 0.5, 0.5), 0.00028209477414295399, 1e-12, 0);
    CHECK_NEAR(tails_nb_lower(7, 8.5, 0.5, 0.5), 0.44976007347077235, 1e-13, 0);
    CHECK_NEAR(tails_nb_lower(0, 0.5, 366.0 / 731, 365.0 / 731), 0.70759027305923594, 1e-13, 0);
    CHECK_NEAR(tails_nb_lower(970000, 1e6 + 0.5, 0.5, 0.5), 1.1621388567688381e-101, 1e-10, 0);
    CHECK_NEAR(tails_nb_lower(3, 200.5, 0.5, 0.5), 7.7266388638918918e-56, 1e-12, 0);
    CHECK_NEAR(tails_nb_lower(-1, 8.5, 0.5, 0.5), 0, 0, 0);
    CHECK_NEAR(tails_nb_pmf(-1, 8.5, 0.5, 0.5), 0, 0, 0);
    CHECK_NEAR(tails_nb_pmf(3, 8.5, 1, 0), 0, 0, 0);
    CHECK_NEAR(tails_nb_pmf(0, 8.5, 1, 0), 1, 0, 0);
}

static void arguments_out_of_range_give_nan(void **state)
{
    (void)state;
    assert_true(isnan(tails_beta_lower(0, 1, 0.5, 0.5)));
    assert_true(isnan(tails_beta_lower(1, -1, 0.5, 0.5)));
    assert_true(isnan(tails_beta_lower(NAN, 1, 0.5, 0.5)));
    assert_true(isnan(tails_beta_lower(1, 1, NAN, 0.5)));
    assert_true(isnan(tails_beta_lower(1, 1, 0.5, 0.6)));
    assert_true(isnan(tails_beta_lower(INFINITY, 1, 0.5, 0.5)));
    assert_true(isnan(tails_beta_logit(1, 1, 0)));
    assert_true(isnan(tails_beta_logit(1, 1, 1)));
    assert_true(isnan(tails_beta_logit(1, NAN, 0.5)));
    assert_true(isnan(tails_binomial_lower(0, -1, 0.5, 0.5)));
    assert_true(isnan(tails_binomial_log_pmf(0, 1, NAN, 0.5)));
    assert_true(isnan(tails_poisson_pmf(-1, 2)));
    assert_true(isnan(tails_poisson_pmf(1, NAN)));
    assert_true(isnan(tails_nb_lower(-1, 0, 0.5, 0.5)));
    assert_true(isnan(tails_nb_lower(2, NAN, 0.5, 0.5)));
    assert_true(isnan(tails_nb_pmf(2, 0, 0.5, 0.5)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beta_tails_agree_with_r),
        cmocka_unit_test(both_beta_tails_add_to_one),
        cmocka_unit_test(beta_at_the_ends_is_0_and_1),
        cmocka_unit_test(beta_quantiles_agree_with_r),
        cmocka_unit_test(tail_at_a_quantile_is_the_level_asked_for),
        cmocka_unit_test(quantile_exists_where_gsl_returns_nan),
        cmocka_unit_test(quantile_out_of_reach_is_clipped),
        cmocka_unit_test(binomial_agrees_with_r),
        cmocka_unit_test(binomial_tails_are_sums_of_the_density),
        cmocka_unit_test(binomial_outside_its_range_is_0_or_1),
        cmocka_unit_test(poisson_density_agrees_with_r),
        cmocka_unit_test(negative_binomial_agrees_with_r),
        cmocka_unit_test(arguments_out_of_range_give_nan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
