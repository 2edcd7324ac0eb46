/* test_risk_adjust.c: expected counts given covariates, against R glm and MASS::glm.nb. */
#include "check.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "risk/adjust.h"

enum { N = 20 };
static const double POP[N] = {1200, 3400, 2500, 800,  4100, 3900, 2200, 1500, 2800, 5100,
                              900,  3300, 2600, 1900, 4400, 3700, 2100, 1300, 2900, 4800};
/* Two covariates d and m, one behind the other. */
static const double DM[2 * N] = {120,  340,  210,  90,   560,  480,  260,  150,  300,  700,
                                 80,   410,  330,  190,  610,  450,  200,  160,  310,  640,
                                 0.10, 0.32, 0.15, 0.22, 0.18, 0.40, 0.05, 0.12, 0.28, 0.35,
                                 0.07, 0.25, 0.20, 0.16, 0.30, 0.11, 0.14, 0.27, 0.09, 0.33};
static const int64_t X[N] = {1, 5, 2, 0, 7, 9, 1, 2, 4, 14, 0, 5, 3, 1, 9, 4, 2, 2, 2, 12};
static const int64_t X2[N] = {1, 25, 2, 0, 7, 39, 1, 2, 14, 14, 0, 5, 23, 1, 9, 4, 22, 2, 2, 42};

/* R: f <- glm(x ~ d + m + offset(log(pop)), poisson); summary(f)$coef; fitted(f) */
static void poisson_fit_agrees_with_r(void **state)
{
    double e[N], sum = 0;
    struct adjustment a;
    (void)state;
    assert_true(adjust_expected(X, POP, DM, N, 2, e, &a));
    assert_int_equal(a.reason, ADJUST_FITTED);
    assert_int_equal(a.family, ADJUST_POISSON);
    assert_int_equal(a.units, N);
    CHECK_NEAR(a.effect[0].coefficient, 0.0014667227188808014, 1e-8, 0);
    CHECK_NEAR(a.effect[0].se, 0.00077435897581838514, 1e-8, 0);
    CHECK_NEAR(a.effect[0].p_value, 0.058210129751009053, 1e-7, 0);
    CHECK_NEAR(a.effect[1].coefficient, 2.5529263402225961244, 1e-8, 0);
    CHECK_NEAR(a.effect[1].se, 1.42216117170046163487, 1e-8, 0);
    CHECK_NEAR(e[0], 0.76498445645124113, 1e-8, 0);
    CHECK_NEAR(e[9], 14.41039730654108553, 1e-8, 0);
    CHECK_NEAR(e[19], 11.80193462686975003, 1e-8, 0);
    for (int i = 0; i < N; i++)
        sum += e[i];
    CHECK_NEAR(sum, 85, 1e-9, 0);
    assert_true(isnan(a.theta) && isnan(a.effect[2].ratio));
}

/* R: g <- glm.nb(x2 ~ d + offset(log(pop))); p: half of pchisq(2 (logLik(g) - logLik(poisson)), 1,
 * lower.tail = FALSE); mean(d), sd(d) */
static void overdispersed_fit_agrees_with_r(void **state)
{
    double e[N], sd = 190.60775374961452;
    struct adjustment a;
    (void)state;
    assert_true(adjust_expected(X2, POP, DM, N, 1, e, &a));
    assert_int_equal(a.reason, ADJUST_FITTED);
    assert_int_equal(a.family, ADJUST_NEGBIN);
    CHECK_NEAR(a.theta, 1.1362540218530419, 1e-6, 0);
    CHECK_NEAR(a.nb_p, 1.0636333953110224e-26, 1e-6, 0);
    CHECK_NEAR(a.effect[0].coefficient, 0.0020379971404248655, 1e-6, 0);
    CHECK_NEAR(a.effect[0].se, 0.0012366846927854933, 1e-6, 0);
    CHECK_NEAR(a.effect[0].mean, 329.5, 1e-12, 0);
    CHECK_NEAR(a.effect[0].sd, sd, 1e-12, 0);
    CHECK_NEAR(a.effect[0].ratio, exp(0.0020379971404248655 * sd), 1e-6, 0);
    CHECK_NEAR(a.effect[0].low,
               exp((0.0020379971404248655 - 1.959963984540054 * 0.0012366846927854933) * sd), 1e-6,
               0);
    CHECK_NEAR(e[0], 2.4785835250437911, 1e-6, 0);
    CHECK_NEAR(e[19], 28.6095366598116136, 1e-6, 0);
}

static void the_unit_of_a_covariate_does_not_matter(void **state)
{
    double scaled[N], e[N], g[N];
    struct adjustment a, b;
    (void)state;
    for (int i = 0; i < N; i++)
        scaled[i] = 1e6 * DM[i] - 5e7;
    assert_true(adjust_expected(X, POP, DM, N, 1, e, &a));
    assert_true(adjust_expected(X, POP, scaled, N, 1, g, &b));
    CHECK_NEAR(b.effect[0].ratio, a.effect[0].ratio, 1e-9, 0);
    CHECK_NEAR(b.effect[0].coefficient * 1e6, a.effect[0].coefficient, 1e-9, 0);
    for (int i = 0; i < N; i++)
        CHECK_NEAR(g[i], e[i], 1e-9, 0);
}

static void few_units_are_refused(void **state)
{
    double e[N];
    struct adjustment a;
    (void)state;
    assert_true(adjust_expected(X, POP, DM, 9, 1, e, &a));
    assert_int_equal(a.reason, ADJUST_FEW_UNITS);
    assert_true(isnan(e[0]) && isnan(a.effect[0].ratio));
    assert_true(adjust_expected(X, POP, DM, 10, 1, e, &a));
    assert_int_equal(a.reason, ADJUST_FITTED);
    assert_true(adjust_expected(X, POP, DM, 19, 2, e, &a));
    assert_int_equal(a.reason, ADJUST_ONE_AT_A_TIME);
    assert_true(adjust_expected(X, POP, DM, N, 0, e, &a));
    assert_int_equal(a.reason, ADJUST_TOO_MANY);
    assert_true(adjust_expected(X, POP, DM, N, 16, e, &a));
    assert_int_equal(a.reason, ADJUST_TOO_MANY);
    assert_true(adjust_expected(X, POP, DM, 0, 1, e, &a));
    assert_int_equal(a.reason, ADJUST_FEW_UNITS);
}

static void three_covariates_want_thirty_units(void **state)
{
    double cov[3 * N], e[N];
    struct adjustment a;
    (void)state;
    memcpy(cov, DM, sizeof DM);
    memcpy(&cov[(size_t)2 * N], POP, sizeof POP);
    assert_true(adjust_expected(X, POP, cov, N, 3, e, &a));
    assert_int_equal(a.reason, ADJUST_FEW_UNITS);
}

static void columns_that_say_nothing_new_are_named(void **state)
{
    double cov[2 * N], e[N];
    struct adjustment a;
    (void)state;
    for (int i = 0; i < N; i++) {
        cov[i] = DM[i];
        cov[N + i] = 3 - 2 * DM[i];
    }
    assert_true(adjust_expected(X, POP, cov, N, 2, e, &a));
    assert_int_equal(a.reason, ADJUST_COLLINEAR);
    assert_int_equal(a.which, 1);
    assert_true(isnan(e[3]) && isnan(a.effect[0].ratio));
    for (int i = 0; i < N; i++)
        cov[i] = 0.1;
    assert_true(adjust_expected(X, POP, cov, N, 1, e, &a));
    assert_int_equal(a.reason, ADJUST_COLLINEAR);
    assert_int_equal(a.which, 0);
}

/* Cases only where the covariate is 1. */
static void a_covariate_without_finite_effect_is_named(void **state)
{
    int64_t x[N] = {0};
    double cov[N] = {0}, e[N];
    struct adjustment a;
    (void)state;
    for (int i = 0; i < 8; i++) {
        x[i] = i + 1;
        cov[i] = 1;
    }
    assert_true(adjust_expected(x, POP, cov, N, 1, e, &a));
    assert_int_equal(a.reason, ADJUST_SEPARATED);
    assert_int_equal(a.which, 0);
    assert_true(isnan(e[0]));
    memset(x, 0, sizeof x);
    assert_true(adjust_expected(x, POP, cov, N, 1, e, &a));
    assert_int_equal(a.reason, ADJUST_NO_CASES);
}

static void unknown_units_are_left_out(void **state)
{
    double pop[N], cov[N], e[N], g[N];
    int64_t x[N];
    struct adjustment a, b;
    size_t kept = 0;
    (void)state;
    for (size_t i = 0; i < N; i++)
        if (i != 4 && i != 11) {
            pop[kept] = POP[i];
            cov[kept] = DM[i];
            x[kept++] = X[i];
        }
    assert_true(adjust_expected(x, pop, cov, kept, 1, g, &b));
    memcpy(pop, POP, sizeof pop);
    memcpy(cov, DM, sizeof cov);
    pop[4] = 0;
    cov[11] = NAN;
    assert_true(adjust_expected(X, pop, cov, N, 1, e, &a));
    assert_int_equal(a.units, N - 2);
    assert_true(isnan(e[4]) && isnan(e[11]));
    CHECK_NEAR(e[19], g[17], 1e-14, 0);
    CHECK_NEAR(a.effect[0].ratio, b.effect[0].ratio, 1e-14, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(poisson_fit_agrees_with_r),
        cmocka_unit_test(overdispersed_fit_agrees_with_r),
        cmocka_unit_test(the_unit_of_a_covariate_does_not_matter),
        cmocka_unit_test(few_units_are_refused),
        cmocka_unit_test(three_covariates_want_thirty_units),
        cmocka_unit_test(columns_that_say_nothing_new_are_named),
        cmocka_unit_test(a_covariate_without_finite_effect_is_named),
        cmocka_unit_test(unknown_units_are_left_out),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
