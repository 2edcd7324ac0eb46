/* test_stats_joinpoint_hard.c: series that carry less than joinpoints ask of them. */
#include "fixtures_months.h"

#include <gsl/gsl_errno.h>

#include "stats/joinpoint.h"

/* Without a rule on the cases of a segment, which would take most of these out. */
static struct joinpoints find(const struct time_series *s)
{
    struct joinpoints j;
    assert_true(joinpoints_find(s, (struct joinpoint_options){2, 0}, &j));
    return j;
}

static void missing_check(const struct time_series *s, enum joinpoint_state state)
{
    struct joinpoints j = find(s);
    double fitted[MONTHS_MOST], low[MONTHS_MOST], high[MONTHS_MOST];

    assert_int_equal(j.state, state);
    assert_true(j.count == 0 && j.candidates == 0 && j.pairs == 0 && j.fits <= 1);
    assert_true(isnan(j.phi) && isnan(j.qbic[0]) && isnan(j.deviance[0]));
    assert_true(isnan(j.segment[0].annual_change_pct) && isnan(j.segment[0].low));
    assert_true(joinpoint_curve(s, &j, fitted, low, high));
    for (size_t i = 0; i < s->n; i++)
        assert_true(isnan(fitted[i]) && isnan(low[i]) && isnan(high[i]));
}

static void too_little_is_a_state(void **state)
{
    struct months m;
    (void)state;
    for (size_t i = 0; i < 60; i++)
        m.count[i] = 9;
    months_date(&m, 2020 * 12, 60);
    struct time_series s = months_series(&m);
    for (s.n = 0; s.n < 3; s.n++)
        missing_check(&s, JOINPOINT_FEW_STEPS);
    s.per_year = 1; /* three columns are too many for three years */
    s.steps = &(struct level_step){1, 1};
    s.step_count = 1;
    s.n = 3;
    missing_check(&s, JOINPOINT_FEW_STEPS);
    m.count[0] = 4;
    for (size_t i = 1; i < 60; i++)
        m.count[i] = i % 7 == 0 ? NAN : 0;
    s = months_series(&m);
    missing_check(&s, JOINPOINT_FEW_INCIDENTS);
}

/* All incidents in the first half: whatever lies in the second says nothing, and no number is
 * wild. */
static void a_stretch_without_cases_has_no_place_in_it(void **state)
{
    struct months m;
    (void)state;
    for (size_t i = 0; i < 120; i++)
        m.count[i] = i < 60 ? (double)(20 + i % 5) : 0;
    months_date(&m, 2010 * 12, 120);
    struct time_series s = months_series(&m);
    struct joinpoints j = find(&s);
    assert_int_equal(j.candidates, 16); /* months 12, 15 ... 57 */
    for (int k = 0; k <= j.count; k++) {
        double change = j.segment[k].annual_change_pct;
        assert_true(isnan(change) || (change > -100 && j.segment[k].high <= 1e6));
    }
}

/* All cases in the first month: a slope of minus infinity is not a change of -100 % a year. */
static void a_slope_that_runs_off_is_missing(void **state)
{
    struct months m = {.count = {30}};
    (void)state;
    months_date(&m, 2020 * 12, 30);
    struct time_series s = months_series(&m);
    struct joinpoints j = find(&s);
    assert_true(j.state == JOINPOINT_OK && j.count == 0 && j.candidates == 0);
    assert_true(isnan(j.segment[0].annual_change_pct) && isnan(j.segment[0].low));
    assert_true(j.segment[0].total == 30 && j.segment[0].steps == 30);
}

/* One case a month, then three times as many each month: that tells nothing of a year. */
static void a_change_too_wide_is_missing(void **state)
{
    struct months m;
    (void)state;
    for (size_t i = 0; i < 48; i++)
        m.count[i] = i < 36 ? 1 : pow(3, (double)i - 36);
    months_date(&m, 2020 * 12, 48);
    struct time_series s = months_series(&m);
    struct joinpoints j = find(&s);
    struct joinpoint_segment last = j.segment[j.count];
    assert_true(j.count > 0 && last.from >= 33);
    assert_true(isnan(last.annual_change_pct) && isnan(last.low) && isnan(last.high));
    assert_true(isfinite(j.segment[0].annual_change_pct));
}

/* Cases in January only: the means of other months run off to zero, a month not known has none. */
static void a_season_that_runs_off_leaves_unknown_months_out(void **state)
{
    struct months m;
    double fitted[MONTHS_MOST], low[MONTHS_MOST], high[MONTHS_MOST];
    (void)state;
    for (size_t i = 0; i < 72; i++)
        m.count[i] = i % 12 == 0 ? (double)(3 + i / 24) : i == 40 ? NAN : 0;
    months_date(&m, 2015 * 12, 72);
    struct time_series s = months_series(&m);
    struct joinpoints j = find(&s);
    assert_true(joinpoint_curve(&s, &j, fitted, low, high));
    for (size_t i = 0; i < 72; i++) {
        assert_true(isnan(fitted[i]) == (i == 40));
        assert_true(isnan(low[i]) && isnan(high[i]));
    }
    CHECK_NEAR(fitted[12], 3, 0.5, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(too_little_is_a_state),
        cmocka_unit_test(a_stretch_without_cases_has_no_place_in_it),
        cmocka_unit_test(a_slope_that_runs_off_is_missing),
        cmocka_unit_test(a_change_too_wide_is_missing),
        cmocka_unit_test(a_season_that_runs_off_leaves_unknown_months_out),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
