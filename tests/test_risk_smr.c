/* test_risk_smr.c: expected counts, SMR and funnel against oracle/risk.csv (R 4.2), and hand
 * cases. */
#include "check.h"

#include "fixtures_risk.h"
#include "risk/funnel.h"
#include "stats/multiple.h"

/* R: risk(dataset, unit, x, pop) of shared/oracle/reference.R */
static void every_closed_column_of_risk_agrees_with_r(void **state)
{
    static struct risk_set s;
    double p[RISK_UNITS], q[RISK_UNITS], raw[RISK_UNITS], z[RISK_UNITS];
    struct funnel f;
    struct oracle o;
    (void)state;
    for (int set = 0; set < RISK_SETS; set++) {
        risk_set_read(&s, RISK_SET[set]);
        for (size_t i = 0; i < s.n; i++)
            p[i] = smr_of(s.x[i], s.expected[i]).p_upper;
        assert_true(multiple_bh(p, s.n, q));
        assert_true(funnel_z(s.x, s.expected, s.n, &f, raw, z));
        oracle_open(&o, "risk.csv");
        for (size_t i = 0; risk_set_next(&o, RISK_SET[set]); i++) {
            struct smr one = smr_of(s.x[i], s.expected[i]);
            oracle_check(&o, "expected", s.expected[i], 1e-12, 0);
            oracle_check(&o, "smr", one.ratio, 1e-12, 0);
            oracle_check(&o, "smr_low", one.low, 1e-9, 0);
            oracle_check(&o, "smr_high", one.high, 1e-9, 0);
            oracle_check(&o, "p_upper", one.p_upper, 1e-9, 1e-300);
            oracle_check(&o, "q_value", q[i], 1e-9, 1e-300);
            oracle_check(&o, "funnel_z_raw", raw[i], 1e-9, 1e-12);
            oracle_check(&o, "funnel_z", z[i], 1e-9, 1e-12);
        }
    }
}

static void every_funnel_column_of_risk_global_agrees_with_r(void **state)
{
    static struct risk_set s;
    double z[RISK_UNITS];
    struct funnel f;
    struct oracle o;
    (void)state;
    oracle_open(&o, "risk_global.csv");
    while (oracle_next(&o)) {
        risk_set_read(&s, oracle_text(&o, "dataset"));
        struct smr_total t = smr_expected(s.x, s.population, s.n, s.expected);
        assert_true(funnel_z(s.x, s.expected, s.n, &f, NULL, z));
        oracle_check(&o, "units", (double)t.units, 0, 0);
        oracle_check(&o, "total", (double)t.cases, 0, 0);
        oracle_check(&o, "population", t.population, 1e-12, 0);
        oracle_check(&o, "funnel_phi", f.phi, 1e-9, 0);
        oracle_check(&o, "funnel_tau2", f.tau2, 1e-9, 0);
    }
    assert_int_equal(o.row, RISK_SETS);
}

/* R: poisson.test(1000000, 990000)$conf.int; ppois(999999, 990000, lower.tail = FALSE);
 * ppois(29, 1, lower.tail = FALSE) */
static void huge_counts_and_far_tails_agree_with_r(void **state)
{
    struct smr s = smr_of(1000000, 990000);
    (void)state;
    CHECK_NEAR(s.low, 1.0081222053942362, 1e-12, 0);
    CHECK_NEAR(s.high, 1.0120827393388203, 1e-12, 0);
    CHECK_NEAR(s.p_upper, 5.4466446930107698e-24, 1e-9, 0);
    CHECK_NEAR(smr_of(30, 1).p_upper, 1.4330814167223183e-33, 1e-9, 0);
}

/* High end at 0 cases: exp(-m) = 0.025. Low end at 1 case: 1 - exp(-m) = 0.025. */
static void interval_of_none_and_of_one_case_are_closed_forms(void **state)
{
    (void)state;
    CHECK_NEAR(smr_of(0, 2).low, 0, 0, 0);
    CHECK_NEAR(smr_of(0, 2).high, -log(0.025) / 2, 1e-12, 0);
    CHECK_NEAR(smr_of(1, 2).low, -log(0.975) / 2, 1e-12, 0);
    CHECK_NEAR(smr_of(0, 2).p_upper, 1, 0, 0);
    CHECK_NEAR(smr_of(1, 2).p_upper, 1 - exp(-2), 1e-13, 0);
}

static void expected_counts_sum_to_the_cases_and_ignore_the_scale(void **state)
{
    static const int64_t x[] = {3, 0, 11, 1};
    static const double pop[] = {100, 250, 400, 50}, scaled[] = {1e-3, 2.5e-3, 4e-3, 5e-4};
    double e[4], e2[4], sum = 0;
    (void)state;
    smr_expected(x, pop, 4, e);
    smr_expected(x, scaled, 4, e2);
    for (int i = 0; i < 4; i++) {
        sum += e[i];
        CHECK_NEAR(e2[i], e[i], 1e-14, 0);
    }
    CHECK_NEAR(sum, 15, 1e-14, 0);
    CHECK_NEAR(e[2], 400 * 15.0 / 800, 1e-14, 0);
}

static void units_without_population_are_left_out(void **state)
{
    static const int64_t x[] = {3, 7, 0, 5, 2};
    static const double pop[] = {100, NAN, 0, 300, -4};
    double e[5];
    struct smr_total t = smr_expected(x, pop, 5, e);
    (void)state;
    assert_int_equal(t.units, 2);
    assert_int_equal(t.left_out, 3);
    assert_int_equal(t.cases, 8);
    assert_int_equal(t.misplaced, 5);
    CHECK_NEAR(e[0], 2, 1e-15, 0);
    CHECK_NEAR(e[3], 6, 1e-15, 0);
    assert_true(isnan(e[1]) && isnan(e[2]) && isnan(e[4]));
    assert_true(isnan(smr_of(7, e[1]).ratio) && isnan(smr_of(7, e[1]).high));
}

static void cases_in_no_population_are_named(void **state)
{
    static const int64_t x[] = {3, 0, 2, 5};
    static const double pop[] = {100, 0, 0, 0};
    double e[4];
    (void)state;
    assert_int_equal(smr_expected(x, pop, 4, e).misplaced, 2);
}

static void nothing_at_all_is_missing(void **state)
{
    static const int64_t x[] = {0, 0, 0};
    static const double pop[] = {100, 200, 50};
    double e[3], z[3];
    struct funnel f;
    (void)state;
    assert_int_equal(smr_expected(x, pop, 3, e).cases, 0);
    assert_true(isnan(smr_of(0, e[0]).ratio) && isnan(smr_of(0, e[0]).p_upper));
    assert_true(funnel_z(x, e, 3, &f, NULL, z));
    assert_true(isnan(f.phi) && isnan(z[0]) && f.units == 0);
    assert_int_equal(smr_expected(x, pop, 0, e).misplaced, 0);
    assert_true(funnel_z(x, e, 0, &f, NULL, z));
    assert_true(isnan(smr_of(-1, 2).ratio) && isnan(smr_of(1, INFINITY).ratio));
}

static void one_unit_is_as_expected(void **state)
{
    int64_t x = 7;
    double pop = 900, e, z;
    struct funnel f;
    (void)state;
    smr_expected(&x, &pop, 1, &e);
    CHECK_NEAR(smr_of(x, e).ratio, 1, 1e-15, 0);
    assert_true(funnel_z(&x, &e, 1, &f, NULL, &z));
    CHECK_NEAR(f.tau2, 0, 0, 0);
    CHECK_NEAR(z, 0, 0, 1e-14);
}

static void a_unit_left_out_changes_no_funnel(void **state)
{
    static const int64_t x[] = {3, 9, 0, 11, 1, 8}, y[] = {3, 9, 0, 1, 8};
    static const double e[] = {5, 6, 2, NAN, 4, 3}, g[] = {5, 6, 2, 4, 3};
    struct funnel f, h;
    double z[6], w[5];
    (void)state;
    assert_true(funnel_z(x, e, 6, &f, NULL, z) && funnel_z(y, g, 5, &h, NULL, w));
    CHECK_NEAR(f.tau2, h.tau2, 0, 0);
    CHECK_NEAR(z[5], w[4], 0, 0);
    assert_true(isnan(z[3]));
}

/* R: c <- qpois(p, e); (c - (ppois(c, e) - p)/dpois(c, e))/e, not under 0 */
static void exact_limits_agree_with_r(void **state)
{
    struct funnel_limits l = funnel_limits_at(100, 0.95, 0);
    (void)state;
    CHECK_NEAR(l.low, 0.80366337121747111, 1e-10, 0);
    CHECK_NEAR(l.high, 1.19580894852117314, 1e-10, 0);
    l = funnel_limits_at(100, 0.998, 0);
    CHECK_NEAR(l.low, 0.70065284264843997, 1e-10, 0);
    CHECK_NEAR(l.high, 1.31804750397624137, 1e-10, 0);
    l = funnel_limits_at(5, 0.95, 0);
    CHECK_NEAR(l.low, 0.10841315910257658, 1e-10, 0);
    CHECK_NEAR(l.high, 1.87531171753255421, 1e-10, 0);
    l = funnel_limits_at(0.5, 0.998, 0);
    CHECK_NEAR(l.low, 0, 0, 0);
    CHECK_NEAR(l.high, 6.9517179618007834, 1e-10, 0);
}

/* x/e on the limit has funnel z 1.96. */
static void additive_limits_are_where_z_is_the_quantile(void **state)
{
    double e = 40, tau2 = 0.02;
    struct funnel_limits l = funnel_limits_at(e, 0.95, tau2);
    (void)state;
    CHECK_NEAR((sqrt(l.high) - 1) / sqrt(1 / (4 * e) + tau2), 1.959963984540054, 1e-12, 0);
    CHECK_NEAR((sqrt(l.low) - 1) / sqrt(1 / (4 * e) + tau2), -1.959963984540054, 1e-12, 0);
    CHECK_NEAR(funnel_limits_at(0.1, 0.998, tau2).low, 0, 0, 0);
    assert_true(isnan(funnel_limits_at(0, 0.95, 0).low));
    assert_true(isnan(funnel_limits_at(5, 1, 0).high));
    assert_true(isnan(funnel_limits_at(5, 0.95, NAN).high));
    assert_true(isnan(funnel_limits_at(NAN, 0.95, 0).high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_closed_column_of_risk_agrees_with_r),
        cmocka_unit_test(every_funnel_column_of_risk_global_agrees_with_r),
        cmocka_unit_test(huge_counts_and_far_tails_agree_with_r),
        cmocka_unit_test(interval_of_none_and_of_one_case_are_closed_forms),
        cmocka_unit_test(expected_counts_sum_to_the_cases_and_ignore_the_scale),
        cmocka_unit_test(units_without_population_are_left_out),
        cmocka_unit_test(cases_in_no_population_are_named),
        cmocka_unit_test(nothing_at_all_is_missing),
        cmocka_unit_test(one_unit_is_as_expected),
        cmocka_unit_test(a_unit_left_out_changes_no_funnel),
        cmocka_unit_test(exact_limits_agree_with_r),
        cmocka_unit_test(additive_limits_are_where_z_is_the_quantile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
