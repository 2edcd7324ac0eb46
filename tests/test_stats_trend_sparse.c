/* test_stats_trend_sparse.c: trends of series that carry less than is asked of them: what they do
 * not carry is empty and said, nothing is wild. */
#include "fixtures_trend.h"

static void check_no_change(const struct trend *t)
{
    assert_true(isnan(t->annual_change_pct) && isnan(t->ci_low) && isnan(t->ci_high));
}

static void incidents_in_the_last_month_only_give_no_slope(void **state)
{
    double count[40] = {0}, fitted[40], low[40], high[40];
    struct months m;
    (void)state;
    count[39] = 12;
    count[3] = NAN;
    months_set(&m, FEBRUARY_2019, count, 40);
    struct trend t = fit_of(&m);
    assert_int_equal(t.reason, TREND_ESTIMATED);
    assert_true(t.flags & TREND_SLOPE_NOT_ESTIMABLE);
    check_no_change(&t);
    assert_true(isnan(t.p_value) && isnan(t.poisson_slope));
    assert_true(isfinite(t.loglik) && isfinite(t.deviance));
    assert_true(trend_curve(&m.s, &t, fitted, low, high));
    assert_true(isnan(fitted[3]) && isnan(low[39]) && isnan(high[39]));
    CHECK_NEAR(fitted[39], 12, 1e-6, 0);
}

static void incidents_in_one_month_amid_zeros_stay_finite(void **state)
{
    struct months m;
    (void)state;
    for (size_t at = 0; at < 60; at++) {
        double count[60] = {0}, season[12];
        count[at] = 30;
        months_set(&m, FEBRUARY_2019, count, 60);
        struct trend t = fit_of(&m);
        assert_true(isnan(t.annual_change_pct) || isfinite(t.ci_high));
        assert_true(isnan(t.ci_high) || t.ci_high <= TREND_CHANGE_MOST);
        assert_true(t.season_p >= 0 && t.season_p <= 1);
        assert_true(trend_season(&m.s, &t, season));
        for (size_t k = 0; k < 12; k++)
            assert_true(season[k] >= 0 && season[k] <= 12.000001);
    }
}

static void a_step_after_which_nothing_happens_is_said(void **state)
{
    static const struct level_step step = {24, 1};
    struct months m;
    (void)state;
    wavy_set(&m, FEBRUARY_2019);
    for (size_t i = 24; i < 48; i++)
        m.count[i] = 0;
    m.s.steps = &step;
    m.s.step_count = 1;
    struct trend t = fit_of(&m);
    assert_true(t.flags & TREND_STEP_DROPPED);
    assert_false(t.flags & TREND_SLOPE_NOT_ESTIMABLE);
    assert_true(fabs(t.annual_change_pct) < 200); /* the slope of the two years before */
}

static void three_months_tell_nothing_about_a_year(void **state)
{
    static const double count[3] = {1, 0, 6};
    struct months m;
    (void)state;
    months_set(&m, FEBRUARY_2019, count, 3);
    struct trend t = fit_of(&m);
    assert_true(t.flags & TREND_CHANGE_TOO_WIDE);
    check_no_change(&t);
    assert_true(t.p_value > 0 && t.p_value < 1);
}

static void months_never_seen_leave_no_season(void **state)
{
    struct months m;
    (void)state;
    months_init(&m, 2010 * 12);
    for (int i = 0; i < 200; i++)
        months_add(&m, i % 12 < 3 ? 5 + (i * 7) % 4 : NAN);
    struct trend t = fit_of(&m);
    assert_true(t.known >= 36);
    assert_true(t.flags & TREND_SEASON_NOT_ESTIMABLE);
    assert_true(isnan(t.season_lr) && isnan(t.season_p));
    assert_int_equal(t.season_peak, 0);
    assert_true(isfinite(t.annual_change_pct) && isfinite(t.dispersion));
}

static void too_little_is_empty_with_a_reason(void **state)
{
    struct months m;
    struct trend t;
    double count[48] = {0}, fitted[48], low[48], high[48];
    (void)state;
    for (size_t n = 0; n <= 3; n++) {
        count[0] = count[1] = 40;
        months_set(&m, FEBRUARY_2019, count, n);
        t = fit_of(&m);
        assert_int_equal(t.reason, n < 3 ? TREND_FEW_PERIODS : TREND_ESTIMATED);
        assert_true(isnan(trend_phi(&m.s)));
    }
    count[0] = count[1] = 2;
    months_set(&m, FEBRUARY_2019, count, 48);
    t = fit_of(&m);
    assert_int_equal(t.reason, TREND_FEW_INCIDENTS);
    assert_int_equal(t.family, TREND_NONE);
    check_no_change(&t);
    assert_true(isnan(t.loglik) && isnan(t.dispersion) && isnan(t.phi) && isnan(trend_phi(&m.s)));
    assert_true(trend_curve(&m.s, &t, fitted, low, high));
    assert_true(isnan(fitted[0]) && isnan(high[47]));
}

/* sums of fitted and of counted agree wherever the family's equations say so: the Poisson's */
static void the_curve_holds_as_many_as_were_counted(void **state)
{
    struct months m;
    double fitted[48], low[48], high[48], sum = 0, total = 0;
    (void)state;
    stepped_set(&m);
    struct trend t = fit_of(&m);
    assert_true(trend_curve(&m.s, &t, fitted, low, high));
    for (size_t i = 0; i < 48; i++) {
        assert_true(low[i] < fitted[i] && fitted[i] < high[i]);
        if (!isnan(m.count[i])) {
            sum += fitted[i];
            total += m.count[i];
        }
    }
    CHECK_NEAR(sum, total, 1e-10, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(incidents_in_the_last_month_only_give_no_slope),
        cmocka_unit_test(incidents_in_one_month_amid_zeros_stay_finite),
        cmocka_unit_test(a_step_after_which_nothing_happens_is_said),
        cmocka_unit_test(three_months_tell_nothing_about_a_year),
        cmocka_unit_test(months_never_seen_leave_no_season),
        cmocka_unit_test(too_little_is_empty_with_a_reason),
        cmocka_unit_test(the_curve_holds_as_many_as_were_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
