/* Expected values are R's, with the call beside them; sums are written out in R. */
#include "check.h"

#include "stats/predictive.h"

static struct predictive one(double mean, double size)
{
    struct predictive p = {0};
    predictive_add(&p, 1, mean, size);
    predictive_normalise(&p);
    return p;
}

/* R: F <- .2*pnbinom(k, 1, mu = 3) + .5*ppois(k, 10) + .3*pnbinom(k, 8, mu = 25), of k */
static struct predictive three(void)
{
    struct predictive p = {0};
    predictive_add(&p, 2, 3, 1);
    predictive_add(&p, 5, 10, INFINITY);
    predictive_add(&p, 3, 25, 8);
    predictive_normalise(&p);
    return p;
}

static double cdf(double mean, double size, int64_t k)
{
    struct predictive p = one(mean, size);
    return predictive_cdf(&p, k);
}

static double crps(double mean, double size, int64_t y)
{
    struct predictive p = one(mean, size);
    return predictive_crps(&p, y);
}

static double log_score(double mean, double size, int64_t y)
{
    struct predictive p = one(mean, size);
    return predictive_log_score(&p, y);
}

/* R: pnbinom(k, size, mu = mean), ppois(k, mean) */
static void distribution_of_one_part_is_that_of_r(void **state)
{
    (void)state;
    CHECK_NEAR(cdf(0.01, 0.5, 0), 0.990147542976674, 1e-12, 0);
    CHECK_NEAR(cdf(4, 2.5, 3), 0.525186596881868, 1e-12, 0);
    CHECK_NEAR(cdf(100, 30, 120), 0.839259237300903, 1e-12, 0);
    CHECK_NEAR(cdf(1e6, 5000, 1000500), 0.51595764681648, 1e-10, 0);
    CHECK_NEAR(cdf(5.5, INFINITY, 7), 0.809485282519508, 1e-12, 0);
    CHECK_NEAR(cdf(1e6, INFINITY, 1001000), 0.841465670963428, 1e-9, 0);
    CHECK_NEAR(cdf(2, 0.5, 30), 0.999788477551431, 1e-12, 0);
    CHECK_NEAR(cdf(4, 2.5, -1), 0, 0, 0);
}

/* R: F(c(0, 5, 12, 40)) */
static void distribution_of_a_mixture_is_the_weighted_sum(void **state)
{
    (void)state;
    struct predictive p = three();
    CHECK_NEAR(predictive_cdf(&p, 0), 0.0500262787006304, 1e-12, 0);
    CHECK_NEAR(predictive_cdf(&p, 5), 0.199329474722827, 1e-12, 0);
    CHECK_NEAR(predictive_cdf(&p, 12), 0.617342868554978, 1e-12, 0);
    CHECK_NEAR(predictive_cdf(&p, 40), 0.977021264335053, 1e-12, 0);
}

static void mean_and_variance_are_those_of_the_parts(void **state)
{
    (void)state;
    struct predictive p = three();
    /* .2*3 + .5*10 + .3*25; E(X^2) from .2*(12 + 9), .5*(10 + 100), .3*(103.125 + 625) */
    CHECK_NEAR(predictive_mean(&p), 13.1, 1e-14, 0);
    CHECK_NEAR(predictive_variance(&p), 4.2 + 55 + 218.4375 - 13.1 * 13.1, 1e-13, 0);
}

/* R: k <- 0:500; k[which(F(k) >= p)[1]] */
static void quantile_is_the_smallest_count_that_reaches_the_probability(void **state)
{
    (void)state;
    static const double prob[] = {0.025, 0.1, 0.5, 0.9, 0.975};
    static const int64_t want[] = {0, 2, 11, 28, 40};
    struct predictive p = three();
    for (int i = 0; i < 5; i++)
        assert_int_equal(predictive_quantile(&p, prob[i]), want[i]);
}

static void quantile_and_distribution_agree_from_tiny_to_huge_means(void **state)
{
    (void)state;
    static const double mean[] = {0.01, 0.3, 7, 900, 1e5, 1e6};
    static const double size[] = {0.05, 0.5, 4, 300, INFINITY};
    static const double prob[] = {1e-6, 0.025, 0.1, 0.5, 0.9, 0.975, 1 - 1e-6};
    for (int m = 0; m < 6; m++)
        for (int s = 0; s < 5; s++)
            for (int i = 0; i < 7; i++) {
                struct predictive p = one(mean[m], size[s]);
                int64_t k = predictive_quantile(&p, prob[i]);
                assert_true(k >= 0);
                assert_true(predictive_cdf(&p, k) >= prob[i]);
                assert_true(k == 0 || predictive_cdf(&p, k - 1) < prob[i]);
            }
}

static void quantile_outside_0_and_1_is_minus_one(void **state)
{
    (void)state;
    struct predictive p = three(), none = {0};
    assert_int_equal(predictive_quantile(&p, 0), -1);
    assert_int_equal(predictive_quantile(&p, 1), -1);
    assert_int_equal(predictive_quantile(&p, NAN), -1);
    assert_int_equal(predictive_quantile(&none, 0.5), -1);
}

/* R: dnbinom(y, size, mu = mean, log = TRUE), dpois(y, mean, log = TRUE) */
static void log_score_is_the_log_density_of_r(void **state)
{
    (void)state;
    CHECK_NEAR(log_score(0.01, 0.5, 0), -0.00990131364808986, 1e-12, 0);
    CHECK_NEAR(log_score(4, 2.5, 3), -1.96393043199595, 1e-12, 0);
    CHECK_NEAR(log_score(1e6, 5000, 1000500), -10.4794832490212, 1e-9, 0);
    CHECK_NEAR(log_score(5.5, INFINITY, 7), -2.09192471539644, 1e-12, 0);
    struct predictive p = three();
    /* log(.2*dnbinom(12, 1, mu = 3) + .5*dpois(12, 10) + .3*dnbinom(12, 8, mu = 25)) */
    CHECK_NEAR(predictive_log_score(&p, 12), -2.89284738056171, 1e-12, 0);
}

static void log_score_goes_on_where_the_density_underflows(void **state)
{
    (void)state;
    CHECK_NEAR(log_score(1000, 50, 100000), -4611.66268701292, 1e-3, 0);
    CHECK_NEAR(log_score(2000, INFINITY, 0), -2000, 1e-12, 0);
    CHECK_NEAR(log_score(100, INFINITY, 20000), -86072.2180174369, 1e-6, 0);
    CHECK_NEAR(log_score(5000, 1e6, 0), -4987.54151103907, 1e-6, 0);
}

/* R: k <- 0:20000; sum((pnbinom(k, size, mu = mean) - (k >= y))^2) */
static void crps_of_one_part_is_the_sum_written_out(void **state)
{
    (void)state;
    CHECK_NEAR(crps(0.01, 0.5, 0), 9.70919772167627e-05, 1e-9, 0);
    CHECK_NEAR(crps(0.01, 0.5, 3), 2.98009717492025, 1e-9, 0);
    CHECK_NEAR(crps(4, 2.5, 3), 0.701066933193942, 1e-9, 0);
    CHECK_NEAR(crps(100, 30, 140), 29.0745217255269, 1e-9, 0);
    CHECK_NEAR(crps(5.5, INFINITY, 7), 0.978564577317134, 1e-9, 0);
    CHECK_NEAR(crps(2, 0.5, 30), 26.6057620038064, 1e-9, 0);
}

/* R: k <- 0:20000; sum((F(k) - (k >= y))^2) for y = 0, 12, 60 */
static void crps_of_a_mixture_is_the_sum_written_out(void **state)
{
    (void)state;
    struct predictive p = three();
    CHECK_NEAR(predictive_crps(&p, 0), 7.70791026900837, 1e-9, 0);
    CHECK_NEAR(predictive_crps(&p, 12), 1.99814603513181, 1e-9, 0);
    CHECK_NEAR(predictive_crps(&p, 60), 41.5191323659179, 1e-9, 0);
}

/* R: the same sums up to 1.2e6, 1.1e6, 8e6 and 4e6 */
static void crps_of_a_million_cases_is_the_sum_written_out(void **state)
{
    (void)state;
    CHECK_NEAR(crps(1e6, 5000, 1000500), 3322.1229885954, 1e-7, 0);
    CHECK_NEAR(crps(1e6, INFINITY, 999000), 602.360682191943, 1e-7, 0);
    CHECK_NEAR(crps(1e6, 10, 1500000), 351170.394083305, 1e-7, 0);
    struct predictive p = {0};
    predictive_add(&p, 1, 9e5, 100);
    predictive_add(&p, 1, 1.1e6, 1000);
    predictive_normalise(&p);
    CHECK_NEAR(predictive_crps(&p, 1000000), 38696.7739802501, 1e-7, 0);
}

/* R: the same up to 1e8 and 3e8; sizes whose distribution is steep at 0 */
static void crps_of_a_million_cases_hardly_known_is_the_sum_written_out(void **state)
{
    (void)state;
    CHECK_NEAR(crps(1e6, 0.5, 2000000), 878996.856772131, 1e-6, 0);
    struct predictive p = {0};
    predictive_add(&p, 1, 9e5, 0.05);
    predictive_add(&p, 1, 1.1e6, 2);
    predictive_normalise(&p);
    CHECK_NEAR(predictive_crps(&p, 1000000), 350064.643654309, 1e-5, 0);
}

static void splitting_a_part_changes_nothing(void **state)
{
    (void)state;
    struct predictive p = {0};
    predictive_add(&p, 0.3, 12, 4);
    predictive_add(&p, 0.7, 12, 4);
    predictive_normalise(&p);
    CHECK_NEAR(predictive_crps(&p, 20), crps(12, 4, 20), 1e-12, 0);
    CHECK_NEAR(predictive_log_score(&p, 20), log_score(12, 4, 20), 1e-12, 0);
    CHECK_NEAR(predictive_cdf(&p, 9), cdf(12, 4, 9), 1e-13, 0);
}

static void mean_zero_is_exactly_zero(void **state)
{
    (void)state;
    struct predictive p = one(0, INFINITY);
    assert_int_equal(predictive_quantile(&p, 0.999), 0);
    CHECK_NEAR(predictive_cdf(&p, 0), 1, 0, 0);
    CHECK_NEAR(predictive_crps(&p, 0), 0, 0, 1e-12);
    CHECK_NEAR(predictive_crps(&p, 4), 4, 1e-12, 0);
    CHECK_NEAR(predictive_log_score(&p, 0), 0, 0, 0);
    assert_true(isinf(predictive_log_score(&p, 1)));
}

/* A part at 0 beside one at 1e5: neither is lost between the steps of the sum. */
static void crps_of_parts_far_apart_is_exact(void **state)
{
    (void)state;
    struct predictive p = {0};
    predictive_add(&p, 1, 0.2, INFINITY);
    predictive_add(&p, 1, 1e5, 1e4);
    predictive_normalise(&p);
    /* E|X - y| - E|X - X'|/2 with E|A - B| = 1e5 - 0.2 (never crossing), y = 0:
     * E|X| = (0.2 + 1e5)/2; E|X - X'|/2 = (s1 + s2)/4 + (1e5 - 0.2)/4, where s = E|A - A'|/2 =
     * E A - crps(A, 0) */
    double s1 = 0.2 - crps(0.2, INFINITY, 0), s2 = 1e5 - crps(1e5, 1e4, 0);
    CHECK_NEAR(predictive_crps(&p, 0), 0.5 * (0.2 + 1e5) - (s1 + s2) / 4 - (1e5 - 0.2) / 4, 1e-9,
               0);
}

static void variance_not_above_the_mean_is_poisson(void **state)
{
    (void)state;
    struct predictive p = {0};
    predictive_add_moments(&p, 1, 5.5, 5);
    predictive_normalise(&p);
    CHECK_NEAR(predictive_cdf(&p, 7), 0.809485282519508, 1e-12, 0);
    p.parts = 0;
    predictive_add_moments(&p, 1, 4, 4 + 16 / 2.5);
    predictive_normalise(&p);
    CHECK_NEAR(predictive_cdf(&p, 3), 0.525186596881868, 1e-12, 0);
}

static void nothing_added_is_missing(void **state)
{
    (void)state;
    struct predictive p = {0};
    predictive_add(&p, 0, 3, 1);
    predictive_add(&p, NAN, 3, 1);
    assert_int_equal(p.parts, 0);
    assert_true(isnan(predictive_cdf(&p, 3)));
    assert_true(isnan(predictive_mean(&p)));
    assert_true(isnan(predictive_variance(&p)));
    assert_true(isnan(predictive_crps(&p, 3)));
    assert_true(isnan(predictive_log_score(&p, 3)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distribution_of_one_part_is_that_of_r),
        cmocka_unit_test(distribution_of_a_mixture_is_the_weighted_sum),
        cmocka_unit_test(mean_and_variance_are_those_of_the_parts),
        cmocka_unit_test(quantile_is_the_smallest_count_that_reaches_the_probability),
        cmocka_unit_test(quantile_and_distribution_agree_from_tiny_to_huge_means),
        cmocka_unit_test(quantile_outside_0_and_1_is_minus_one),
        cmocka_unit_test(log_score_is_the_log_density_of_r),
        cmocka_unit_test(log_score_goes_on_where_the_density_underflows),
        cmocka_unit_test(crps_of_one_part_is_the_sum_written_out),
        cmocka_unit_test(crps_of_a_mixture_is_the_sum_written_out),
        cmocka_unit_test(crps_of_a_million_cases_is_the_sum_written_out),
        cmocka_unit_test(crps_of_a_million_cases_hardly_known_is_the_sum_written_out),
        cmocka_unit_test(splitting_a_part_changes_nothing),
        cmocka_unit_test(mean_zero_is_exactly_zero),
        cmocka_unit_test(crps_of_parts_far_apart_is_exact),
        cmocka_unit_test(variance_not_above_the_mean_is_poisson),
        cmocka_unit_test(nothing_added_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
