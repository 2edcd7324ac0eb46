/* test_risk_gamma_mixture.c: gamma tails, mixtures of gammas and Gauss rules against R and closed
 * forms. */
#include "check.h"

#include <gsl/gsl_errno.h>

#include "risk/gamma_mixture.h"
#include "risk/gamma_tail.h"
#include "risk/gauss_rule.h"

/* R: w <- c(.2, .5, .3); a <- c(.3, 4, 250); r <- c(.5, 2, 200) */
static size_t three_parts(struct gamma_part *part)
{
    part[0] = gamma_part_of(0.2, 0.3, 0.5);
    part[1] = gamma_part_of(0.5, 4, 2);
    part[2] = gamma_part_of(0.3, 250, 200);
    return 3;
}

/* R: sum(w * pgamma(q, a, r)), and with lower.tail = FALSE */
static void tails_of_a_mixture_agree_with_r(void **state)
{
    struct gamma_part part[3];
    size_t n = three_parts(part);
    (void)state;
    CHECK_NEAR(gamma_mixture_lower(part, n, 1e-6), 0.0028688026256569019, 1e-12, 0);
    CHECK_NEAR(gamma_mixture_lower(part, n, 0.5), 0.14860312136940881, 1e-12, 0);
    CHECK_NEAR(gamma_mixture_upper(part, n, 1.2), 0.64042414815848492, 1e-12, 0);
    CHECK_NEAR(gamma_mixture_upper(part, n, 5), 0.0075370897070251306, 1e-12, 0);
    CHECK_NEAR(gamma_mixture_mean(part, n), 0.2 * 0.6 + 0.5 * 2 + 0.3 * 1.25, 1e-15, 0);
}

/* R: exp(uniroot(function(l) sum(w * pgamma(exp(l), a, r)) - p, c(-90, 8), tol = 1e-15)$root) */
static void quantiles_of_a_mixture_agree_with_r(void **state)
{
    struct gamma_part part[3];
    size_t n = three_parts(part);
    (void)state;
    CHECK_NEAR(gamma_mixture_quantile(part, n, 0.001), 2.9807869687420103e-08, 1e-9, 0);
    CHECK_NEAR(gamma_mixture_quantile(part, n, 0.025), 0.0013625690985034737, 1e-9, 0);
    CHECK_NEAR(gamma_mixture_quantile(part, n, 0.5), 1.2833238229887272, 1e-9, 0);
    CHECK_NEAR(gamma_mixture_quantile(part, n, 0.975), 4.0191692615223404, 1e-9, 0);
    CHECK_NEAR(gamma_mixture_quantile(part, n, 0.9999), 10.485290310439714, 1e-9, 0);
}

/* R: qgamma(0.025, a, r), qgamma(0.975, a, r) */
static void quantiles_of_one_part_agree_with_r(void **state)
{
    struct gamma_part part = gamma_part_of(1, 1e6, 1e6);
    (void)state;
    CHECK_NEAR(gamma_mixture_quantile(&part, 1, 0.025), 0.99804098334029379, 1e-12, 0);
    CHECK_NEAR(gamma_mixture_quantile(&part, 1, 0.975), 1.00196091096545037, 1e-12, 0);
    part = gamma_part_of(1, 0.01, 1);
    CHECK_NEAR(gamma_mixture_quantile(&part, 1, 0.025), 3.5226859973139195e-161, 1e-9, 0);
    CHECK_NEAR(gamma_mixture_quantile(&part, 1, 0.975), 4.7137958431590334e-02, 1e-9, 0);
    part = gamma_part_of(1, 1234, 3);
    CHECK_NEAR(gamma_mixture_quantile(&part, 1, 0.025), 388.700572839183, 1e-9, 0);
}

static void the_tail_at_a_quantile_is_its_probability(void **state)
{
    static const double shape[] = {1e-3, 0.4, 1, 7, 99, 101, 5e3, 1e8};
    static const double prob[] = {1e-9, 0.025, 0.5, 0.975, 1 - 1e-9};
    (void)state;
    for (size_t i = 0; i < sizeof shape / sizeof *shape; i++)
        for (size_t j = 0; j < sizeof prob / sizeof *prob; j++) {
            struct gamma_part part = gamma_part_of(1, shape[i], 2);
            double q = gamma_mixture_quantile(&part, 1, prob[j]);
            if (q > 0)
                CHECK_NEAR(gamma_mixture_lower(&part, 1, q), prob[j], 1e-8, 0);
        }
}

static void no_parts_and_bad_probabilities_are_missing(void **state)
{
    struct gamma_part part = gamma_part_of(1, 2, 3);
    (void)state;
    assert_true(isnan(gamma_mixture_mean(&part, 0)));
    assert_true(isnan(gamma_mixture_quantile(&part, 0, 0.5)));
    assert_true(isnan(gamma_mixture_quantile(&part, 1, 0)));
    assert_true(isnan(gamma_mixture_quantile(&part, 1, 1)));
    assert_true(isnan(gamma_mixture_quantile(&part, 1, NAN)));
}

/* Whole shapes: P(X > z) = sum over k < a of the Poisson probabilities, all of one sign. */
static void tails_of_whole_shapes_are_poisson_sums(void **state)
{
    static const int shape[] = {1, 5, 99, 100, 101, 250, 900};
    (void)state;
    for (size_t i = 0; i < sizeof shape / sizeof *shape; i++)
        for (int s = -6; s <= 6; s++) {
            int a = shape[i];
            long double z = a + s * sqrtl(a), upper = 0, lower = 0;
            if (z <= 0)
                continue;
            for (int k = 0; k < 40 * a + 200; k++) {
                long double pmf = expl(k * logl(z) - z - lgammal(k + 1.0L));
                *(k < a ? &upper : &lower) += pmf;
            }
            CHECK_NEAR(gamma_tail_upper(a, (double)z), (double)upper, 1e-10, 0);
            CHECK_NEAR(gamma_tail_lower(a, (double)z), (double)lower, 1e-10, 0);
        }
}

/* Equal weights at -1, 0, 1 have moments 0, 2/3, 0: the rule of two is +-sqrt(2/3). */
static void a_rule_of_two_is_its_closed_form(void **state)
{
    static const double point[] = {-1, 0, 1}, weight[] = {1, 1, 1};
    double p[3], w[3];
    (void)state;
    assert_int_equal(gauss_rule(point, weight, 3, 2, p, w), 2);
    CHECK_NEAR(fabs(p[0]), sqrt(2.0 / 3), 1e-14, 0);
    CHECK_NEAR(p[0] + p[1], 0, 0, 1e-14);
    CHECK_NEAR(w[0], 1.5, 1e-14, 0);
    CHECK_NEAR(w[1], 1.5, 1e-14, 0);
}

static void a_rule_keeps_the_moments_below_twice_its_size(void **state)
{
    double point[60], weight[60], p[60], w[60];
    (void)state;
    for (int i = 0; i < 60; i++) {
        point[i] = 3 + 0.05 * i;
        weight[i] = exp(-0.5 * pow((i - 25) / 8.0, 2)) * (1 + 0.01 * i);
    }
    size_t k = gauss_rule(point, weight, 60, 6, p, w);
    assert_int_equal(k, 6);
    for (int degree = 0; degree < 12; degree++) {
        double all = 0, few = 0;
        for (int i = 0; i < 60; i++)
            all += weight[i] * pow(point[i], degree);
        for (size_t i = 0; i < k; i++)
            few += w[i] * pow(p[i], degree);
        CHECK_NEAR(few, all, 1e-12, 0);
    }
    assert_int_equal(gauss_rule(point, weight, 5, 6, p, w), 5);
    CHECK_NEAR(p[4], point[4], 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tails_of_a_mixture_agree_with_r),
        cmocka_unit_test(quantiles_of_a_mixture_agree_with_r),
        cmocka_unit_test(quantiles_of_one_part_agree_with_r),
        cmocka_unit_test(the_tail_at_a_quantile_is_its_probability),
        cmocka_unit_test(no_parts_and_bad_probabilities_are_missing),
        cmocka_unit_test(tails_of_whole_shapes_are_poisson_sums),
        cmocka_unit_test(a_rule_of_two_is_its_closed_form),
        cmocka_unit_test(a_rule_keeps_the_moments_below_twice_its_size),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
