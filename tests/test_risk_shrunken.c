/* test_risk_shrunken.c: shrunken relative risks against oracle/risk_bayes.csv (R 4.2), the plug-in
 * fit against risk_global.csv, identities and hard cases. */
#include "check.h"

#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include "fixtures_risk.h"
#include "risk/nb_likelihood.h"
#include "risk/shrunken.h"

/* R: risk_bayes(dataset, unit, x, pop) of shared/oracle/reference.R */
static void every_column_of_risk_bayes_agrees_with_r(void **state)
{
    static struct risk_set s;
    struct shrunken_risk risk[RISK_UNITS];
    struct shrunken fit;
    struct oracle o;
    (void)state;
    for (int set = 0; set < RISK_SETS; set++) {
        risk_set_read(&s, RISK_SET[set]);
        assert_true(shrunken_fit(s.x, s.expected, s.n, &fit));
        assert_true(shrunken_risks(&fit, s.x, s.expected, s.n, 1, risk));
        oracle_open(&o, "risk_bayes.csv");
        for (size_t i = 0; risk_set_next(&o, RISK_SET[set]); i++) {
            oracle_check(&o, "rr_bayes", risk[i].rr, 1e-7, 0);
            oracle_check(&o, "rr_bayes_low", risk[i].low, 1e-7, 0);
            oracle_check(&o, "rr_bayes_high", risk[i].high, 1e-7, 0);
            oracle_check(&o, "prob_excess_bayes", risk[i].prob_excess, 1e-7, 1e-12);
        }
        shrunken_free(&fit);
    }
}

/* R: eb_fit(x, E) of shared/oracle/reference.R */
static void plug_in_fit_agrees_with_r(void **state)
{
    static struct risk_set s;
    struct shrunken_ml ml;
    struct oracle o;
    (void)state;
    oracle_open(&o, "risk_global.csv");
    while (oracle_next(&o)) {
        risk_set_read(&s, oracle_text(&o, "dataset"));
        assert_true(shrunken_ml_fit(s.x, s.expected, s.n, &ml));
        oracle_check(&o, "eb_boundary", ml.boundary, 0, 0);
        oracle_check(&o, "eb_mean", ml.m, 1e-6, 0);
        oracle_check(&o, "eb_nu", ml.nu, 1e-6, 0);
        oracle_check(&o, "eb_loglik", ml.loglik, 1e-9, 0);
    }
}

/* R: risk_bayes of reference.R with sigma in steps of 0.02 to 10 and log m over +- 45 standard
 * deviations at 900 places: at 9 it cuts the tails that so few units have (4e-6 of n = 5). */
static void three_and_five_units_agree_with_a_wide_grid_in_r(void **state)
{
    static const int64_t x[] = {4, 0, 2, 9, 1};
    static const double three[] = {12 / 7.0, 18 / 7.0, 12 / 7.0};
    static const double five[] = {8 / 3.0, 4, 8 / 3.0, 16 / 3.0, 4 / 3.0};
    struct shrunken_risk r[5];
    struct shrunken s;
    (void)state;
    assert_true(shrunken_fit(x, three, 3, &s) && shrunken_risks(&s, x, three, 3, 1, r));
    CHECK_NEAR(r[0].rr, 1.780269289311898, 1e-8, 0);
    CHECK_NEAR(r[0].high, 4.223807068332243, 1e-8, 0);
    CHECK_NEAR(r[1].rr, 0.395027109842823854, 1e-8, 0);
    CHECK_NEAR(r[1].low, 0.000105420725816088, 1e-7, 0);
    CHECK_NEAR(r[2].prob_excess, 0.488384066974976, 1e-6, 0);
    shrunken_free(&s);
    assert_true(shrunken_fit(x, five, 5, &s) && shrunken_risks(&s, x, five, 5, 1, r));
    CHECK_NEAR(r[0].rr, 1.258395533764643, 1e-8, 0);
    CHECK_NEAR(r[0].prob_excess, 0.623708772200671, 1e-7, 0);
    CHECK_NEAR(r[1].low, 0.00147637217530871, 1e-7, 0);
    CHECK_NEAR(r[1].prob_excess, 0.06001993959689012, 1e-7, 0);
    CHECK_NEAR(r[3].high, 2.589060921146725, 1e-7, 0);
    shrunken_free(&s);
}

/* R: sum(dnbinom(x, size = 1/sigma^2, mu = exp(l)*E, log = TRUE)) at (.7, .2) less at (.3, -.4);
 * less sum(dpois(x, exp(-.4)*E, log = TRUE)) */
static void likelihood_differences_agree_with_r(void **state)
{
    static const int64_t x[] = {4, 0, 2, 9, 1};
    static const double e[] = {2, 3, 2, 4, 1};
    struct nb_units u;
    (void)state;
    assert_true(nb_units_init(&u, x, e, 5));
    double at = nb_spread_term(&u, 0.7) + nb_level_term(&u, 0.7, 0.2);
    CHECK_NEAR(at - nb_spread_term(&u, 0.3) - nb_level_term(&u, 0.3, -0.4), 2.7071218474389358,
               1e-11, 0);
    CHECK_NEAR(at - nb_spread_term(&u, 0) - nb_level_term(&u, 0, -0.4), 3.8401003039882688, 1e-11,
               0);
    CHECK_NEAR(nb_spread_term(&u, 1e-6) + nb_level_term(&u, 1e-6, -0.4), nb_level_term(&u, 0, -0.4),
               0, 1e-9);
    nb_units_free(&u);
}

static void order_and_left_out_units_change_nothing(void **state)
{
    static const int64_t x[] = {3, 9, 0, 1, 8}, y[] = {8, 100, 1, 0, 9, 3};
    static const double e[] = {5, 6, 2, 4, 4}, g[] = {4, NAN, 4, 2, 6, 5};
    struct shrunken_risk r[5], q[6];
    struct shrunken s, t;
    (void)state;
    assert_true(shrunken_fit(x, e, 5, &s) && shrunken_fit(y, g, 6, &t));
    assert_true(shrunken_risks(&s, x, e, 5, 1.5, r) && shrunken_risks(&t, y, g, 6, 1.5, q));
    for (int i = 0; i < 4; i++) {
        int j = 5 - i;
        CHECK_NEAR(q[j].rr, r[i].rr, 1e-11, 0);
        CHECK_NEAR(q[j].low, r[i].low, 1e-9, 0);
        CHECK_NEAR(q[j].prob_excess, r[i].prob_excess, 1e-10, 0);
    }
    assert_true(isnan(q[1].rr) && isnan(q[1].high) && isnan(q[1].prob_excess));
    shrunken_free(&s);
    shrunken_free(&t);
}

/* log m is flat: expecting ten times as much divides every risk by ten. */
static void scaling_the_expected_scales_the_risk(void **state)
{
    static const int64_t x[] = {3, 9, 0, 1, 8};
    static const double e[] = {5, 6, 2, 4, 4}, ten[] = {50, 60, 20, 40, 40};
    struct shrunken_risk r[5], q[5];
    struct shrunken s, t;
    (void)state;
    assert_true(shrunken_fit(x, e, 5, &s) && shrunken_fit(x, ten, 5, &t));
    assert_true(shrunken_risks(&s, x, e, 5, 1, r) && shrunken_risks(&t, x, ten, 5, 0.1, q));
    for (int i = 0; i < 5; i++) {
        CHECK_NEAR(10 * q[i].rr, r[i].rr, 1e-9, 0);
        CHECK_NEAR(10 * q[i].high, r[i].high, 1e-9, 0);
        CHECK_NEAR(q[i].prob_excess, r[i].prob_excess, 1e-9, 0);
    }
    shrunken_free(&s);
    shrunken_free(&t);
}

static void excess_alone_is_the_excess_of_the_risk(void **state)
{
    static struct risk_set s;
    struct shrunken_risk risk[RISK_UNITS];
    double prob[RISK_UNITS];
    struct shrunken fit;
    (void)state;
    risk_set_read(&s, RISK_SET[0]);
    assert_true(shrunken_fit(s.x, s.expected, s.n, &fit));
    assert_true(shrunken_risks(&fit, s.x, s.expected, s.n, 1.2, risk));
    assert_true(shrunken_excess(&fit, s.x, s.expected, s.n, 1.2, prob));
    for (size_t i = 0; i < s.n; i++)
        CHECK_NEAR(prob[i], risk[i].prob_excess, 0, 0);
    shrunken_free(&fit);
}

static void what_cannot_be_estimated_is_missing(void **state)
{
    static const int64_t none[] = {0, 0, 0}, some[] = {5, 0, 2};
    static const double e[] = {1, 2, 3}, zero[] = {0, 0, 0}, one[] = {5, NAN, NAN};
    struct shrunken_risk r[3];
    struct shrunken_ml ml;
    struct shrunken s;
    (void)state;
    assert_true(shrunken_fit(none, zero, 3, &s) && s.nodes == 0 && s.units == 0);
    assert_true(shrunken_risks(&s, none, zero, 3, 1, r));
    assert_true(isnan(r[0].rr) && isnan(r[2].prob_excess));
    assert_true(shrunken_fit(none, e, 3, &s) && s.nodes == 0 && s.units == 3);
    assert_true(shrunken_fit(some, one, 3, &s) && s.nodes == 0 && s.units == 1);
    assert_true(shrunken_fit(some, e, 0, &s) && s.nodes == 0);
    assert_true(shrunken_ml_fit(none, e, 3, &ml) && isnan(ml.m) && isnan(ml.nu));
    assert_true(shrunken_ml_fit(some, e, 0, &ml) && isnan(ml.loglik));
    shrunken_free(&s);
}

/* With 10^6 cases a unit the data speak for themselves: rr is the SMR, the interval the exact one
 * of a gamma. And one unit far larger than the rest does not trouble the others. */
static void huge_counts_are_left_as_they_are(void **state)
{
    static const int64_t x[] = {1000000, 2000000, 500000, 3};
    static const double e[] = {1100000, 1700000, 700000, 3};
    struct shrunken_risk r[4];
    struct shrunken s;
    (void)state;
    assert_true(shrunken_fit(x, e, 4, &s) && shrunken_risks(&s, x, e, 4, 1, r));
    for (int i = 0; i < 3; i++) {
        struct smr one = smr_of(x[i], e[i]);
        CHECK_NEAR(r[i].rr, one.ratio, 1e-4, 0);
        CHECK_NEAR(r[i].low, one.low, 1e-4, 0);
        CHECK_NEAR(r[i].high, one.high, 1e-4, 0);
    }
    assert_true(r[3].low > 0.2 && r[3].high < 3);
    shrunken_free(&s);
}

/* Equal counts of 10^6: no difference to see; every interval holds 1 and is narrow. */
static void equal_huge_counts_do_not_differ(void **state)
{
    static const int64_t x[] = {1000000, 1000000, 1000000};
    static const double e[] = {1e6, 1e6, 1e6};
    struct shrunken_risk r[3];
    struct shrunken s;
    (void)state;
    assert_true(shrunken_fit(x, e, 3, &s) && shrunken_risks(&s, x, e, 3, 1, r));
    CHECK_NEAR(r[0].rr, 1, 1e-5, 0);
    assert_true(r[0].low > 0.997 && r[0].low < 1 && r[0].high > 1 && r[0].high < 1.003);
    CHECK_NEAR(r[0].prob_excess, 0.5, 2e-2, 0);
    shrunken_free(&s);
}

enum { MANY = 3000 };
static int64_t many_x[MANY];
static double many_e[MANY];

/* 3,000 units of a few counts, expecting 1 to 3.4. */
static void many_fill(void)
{
    static const int64_t kind[] = {0, 1, 0, 3, 9, 2, 4, 1, 0, 7};
    for (int i = 0; i < MANY; i++) {
        many_x[i] = kind[i % 10];
        many_e[i] = 1 + 0.4 * (double)(i * i % 7) + 1e-4 * (i % 300);
    }
}

/* Posterior means by a plain sum over a fine grid of sigma and log m. */
static void grid_means(const struct nb_units *u, size_t n, double *mean)
{
    double sum = 0, top = -INFINITY;
    for (int pass = 0; pass < 2; pass++)
        for (int at = 0; at < 100 * 75; at++) {
            double sigma = 0.6 + 0.01 * (at / 75), l = -0.75 + 0.02 * (at % 75);
            double nu = 1 / (sigma * sigma);
            double ll = nb_spread_term(u, sigma) + nb_level_term(u, sigma, l) - 0.5 * sigma * sigma;
            double w = pass ? exp(ll - top) : 0;
            top = fmax(top, ll);
            sum += w;
            for (size_t i = 0; i < n; i++)
                mean[i] += w * ((double)many_x[i] + nu) / (many_e[i] + nu / exp(l));
        }
    for (size_t i = 0; i < n; i++)
        mean[i] /= sum;
}

static void many_units_agree_with_a_fine_grid(void **state)
{
    struct nb_units u;
    struct shrunken_risk r[10];
    struct shrunken s;
    double mean[10] = {0};
    (void)state;
    many_fill();
    assert_true(shrunken_fit(many_x, many_e, MANY, &s));
    assert_true(shrunken_risks(&s, many_x, many_e, 10, 1, r));
    assert_true(nb_units_init(&u, many_x, many_e, MANY));
    grid_means(&u, 10, mean);
    for (int i = 0; i < 10; i++)
        CHECK_NEAR(r[i].rr, mean[i], 1e-8, 0);
    assert_true(s.nodes < 60);
    nb_units_free(&u);
    shrunken_free(&s);
}

/* Many at a time share curves, one at a time does not. */
static void many_at_a_time_agree_with_one_at_a_time(void **state)
{
    static struct shrunken_risk all[MANY];
    struct shrunken_risk one;
    struct shrunken s;
    (void)state;
    many_fill();
    assert_true(shrunken_fit(many_x, many_e, MANY, &s));
    assert_true(shrunken_risks(&s, many_x, many_e, MANY, 1.2, all));
    for (int i = 0; i < MANY; i += 11) {
        assert_true(shrunken_risks(&s, &many_x[i], &many_e[i], 1, 1.2, &one));
        CHECK_NEAR(all[i].rr, one.rr, 1e-10, 0);
        CHECK_NEAR(all[i].low, one.low, 1e-9, 0);
        CHECK_NEAR(all[i].high, one.high, 1e-9, 0);
        CHECK_NEAR(all[i].prob_excess, one.prob_excess, 1e-9, 0);
    }
    shrunken_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_of_risk_bayes_agrees_with_r),
        cmocka_unit_test(plug_in_fit_agrees_with_r),
        cmocka_unit_test(three_and_five_units_agree_with_a_wide_grid_in_r),
        cmocka_unit_test(likelihood_differences_agree_with_r),
        cmocka_unit_test(order_and_left_out_units_change_nothing),
        cmocka_unit_test(scaling_the_expected_scales_the_risk),
        cmocka_unit_test(excess_alone_is_the_excess_of_the_risk),
        cmocka_unit_test(what_cannot_be_estimated_is_missing),
        cmocka_unit_test(huge_counts_are_left_as_they_are),
        cmocka_unit_test(equal_huge_counts_do_not_differ),
        cmocka_unit_test(many_units_agree_with_a_fine_grid),
        cmocka_unit_test(many_at_a_time_agree_with_one_at_a_time),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
