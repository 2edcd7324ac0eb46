/* test_stats_trend.c: trends against R 4.2 (oracle/trend.csv: MASS::glm.nb refined, see
 * oracle/README.md section 3), identities, and series that carry less than is asked of them. */
#include "oracle_csv.h"

#include "fixtures_trend.h"

static int64_t month_of(const char *text)
{
    return strtol(text, NULL, 10) * 12 + strtol(text + 5, NULL, 10) - 1;
}

/* The series of the oracle's file, months in order and without gaps. */
static void oracle_series(struct months *m, const char *name)
{
    struct oracle o;
    oracle_open(&o, "monthly.csv");
    months_init(m, 0);
    while (oracle_next(&o)) {
        if (strcmp(oracle_text(&o, "series"), name) != 0)
            continue;
        int64_t month = month_of(oracle_text(&o, "month"));
        m->s.first = m->s.n ? m->s.first : month;
        assert_int_equal(m->s.first + (int64_t)m->s.n, month);
        months_add(m, oracle_number(&o, "count"));
    }
    assert_true(m->s.n > 0);
}

static const char *family_name(enum trend_family family)
{
    static const char *const name[] = {"", "poisson", "negbin", "quasipoisson"};
    return name[family];
}

static const char *note_of(const struct trend *t)
{
    if (t->reason == TREND_FEW_PERIODS)
        return "fewer than 3 periods";
    if (t->reason == TREND_FEW_INCIDENTS)
        return "fewer than 5 incidents";
    return t->flags & TREND_NO_OVERDISPERSION ? "no over-dispersion" : "";
}

static void check_row(const struct oracle *o, const struct trend *t)
{
    oracle_check(o, "n", (double)t->known, 0, 0);
    oracle_check(o, "total", t->total, 0, 0);
    assert_string_equal(family_name(t->family), oracle_text(o, "family"));
    assert_string_equal(note_of(t), oracle_text(o, "note"));
    oracle_check(o, "annual_change_pct", t->annual_change_pct, 1e-6, 1e-9);
    oracle_check(o, "ci_low", t->ci_low, 1e-6, 1e-9);
    oracle_check(o, "ci_high", t->ci_high, 1e-6, 1e-9);
    oracle_check(o, "p_value", t->p_value, 1e-6, 1e-300);
    oracle_check(o, "dispersion", t->dispersion, 1e-9, 0);
    oracle_check(o, "theta", t->theta, 1e-8, 0);
    oracle_check(o, "nb_lr", t->nb_lr, 1e-9, 1e-11);
    oracle_check(o, "nb_p", t->nb_p, 1e-6, 1e-300);
    oracle_check(o, "season_lr", t->season_lr, 1e-9, 1e-11);
    oracle_check(o, "season_p", t->season_p, 1e-9, 1e-300);
    oracle_check(o, "season_peak", t->season_peak ? t->season_peak : NAN, 0, 0);
    oracle_check(o, "loglik", t->loglik, 1e-12, 0);
    oracle_check(o, "deviance", t->deviance, 1e-9, 0);
    oracle_check(o, "pois_slope", t->poisson_slope, 1e-9, 1e-12);
    oracle_check(o, "pois_se", t->poisson_se, 1e-9, 0);
    oracle_check(o, "nb_slope", t->negbin_slope, 1e-6, 1e-9);
    oracle_check(o, "nb_se", t->negbin_se, 1e-7, 0);
    oracle_check(o, "nb_theta", t->negbin_theta, 1e-8, 0);
}

static void every_series_agrees_with_r(void **state)
{
    struct oracle o;
    struct months m;
    (void)state;
    oracle_open(&o, "trend.csv");
    while (oracle_next(&o)) {
        oracle_series(&m, oracle_text(&o, "series"));
        struct trend t = fit_of(&m);
        check_row(&o, &t);
        double phi = trend_phi(&m.s);
        if (t.known >= 36 && t.reason == TREND_ESTIMATED)
            CHECK_NEAR(phi, fmax(1, oracle_number(&o, "dispersion")), 1e-9, 0);
        else
            assert_true(isnan(phi));
    }
}

/* -- identities -------------------------------------------------------------------------------- */

static void check_same(const struct trend *a, const struct trend *b, double rel)
{
    assert_int_equal(a->family, b->family);
    assert_int_equal(a->flags, b->flags);
    CHECK_NEAR(a->annual_change_pct, b->annual_change_pct, rel, 0);
    CHECK_NEAR(a->ci_low, b->ci_low, rel, 0);
    CHECK_NEAR(a->ci_high, b->ci_high, rel, 0);
    CHECK_NEAR(a->p_value, b->p_value, rel, 0);
    CHECK_NEAR(a->dispersion, b->dispersion, rel, 0);
    CHECK_NEAR(a->nb_lr, b->nb_lr, rel, 0);
    CHECK_NEAR(a->season_lr, b->season_lr, rel, 1e-12);
    CHECK_NEAR(a->loglik, b->loglik, rel, 0);
    assert_int_equal(a->season_peak, b->season_peak);
}

/* by whole years; 28 years bring the leap days back to their places */
static void shift_by_whole_years_changes_nothing(void **state)
{
    struct months m, later;
    (void)state;
    wavy_set(&m, FEBRUARY_2019);
    wavy_set(&later, FEBRUARY_2019 + 28 * 12);
    struct trend a = fit_of(&m), b = fit_of(&later);
    assert_int_equal(a.family, TREND_NEGBIN);
    check_same(&a, &b, 1e-12);
    CHECK_NEAR(a.fit.beta[0], b.fit.beta[0], 1e-12, 0);
}

static void shift_by_months_moves_the_peak_along(void **state)
{
    struct months m, later;
    (void)state;
    wavy_set(&m, FEBRUARY_2019);
    wavy_set(&later, FEBRUARY_2019 + 3);
    for (size_t i = 0; i < m.s.n; i++)
        later.exposure[i] = m.exposure[i];
    struct trend a = fit_of(&m), b = fit_of(&later);
    CHECK_NEAR(a.annual_change_pct, b.annual_change_pct, 1e-9, 0);
    CHECK_NEAR(a.season_lr, b.season_lr, 1e-9, 0);
    assert_int_equal((a.season_peak + 2) % 12 + 1, b.season_peak);
}

static void scale_of_exposure_changes_only_the_intercept(void **state)
{
    struct months m, scaled;
    (void)state;
    wavy_set(&m, FEBRUARY_2019);
    wavy_set(&scaled, FEBRUARY_2019);
    for (size_t i = 0; i < m.s.n; i++)
        scaled.exposure[i] *= 250000;
    struct trend a = fit_of(&m), b = fit_of(&scaled);
    check_same(&a, &b, 1e-9);
    CHECK_NEAR(b.fit.beta[0], a.fit.beta[0] - log(250000), 1e-11, 0);
}

static void unknown_months_are_as_if_not_there(void **state)
{
    struct months m, longer;
    struct trend a, b;
    (void)state;
    wavy_set(&m, FEBRUARY_2019);
    m.count[7] = m.count[20] = NAN;
    m.exposure[31] = NAN;
    months_init(&longer, FEBRUARY_2019 - 2);
    months_add(&longer, NAN);
    months_add(&longer, NAN);
    for (size_t i = 0; i < m.s.n; i++)
        months_add(&longer, i == 31 ? NAN : m.count[i]);
    months_add(&longer, NAN);
    a = fit_of(&m);
    b = fit_of(&longer);
    assert_int_equal(a.known, 45);
    assert_int_equal(b.known, 45);
    check_same(&a, &b, 1e-9);
    CHECK_NEAR(trend_phi(&m.s), a.phi, 1e-12, 0);
}

/* -- steps, quarters, years against R --------------------------------------------------------- */

static void a_step_enters_the_model_as_in_r(void **state)
{
    struct months m;
    double fitted[48], low[48], high[48];
    (void)state;
    stepped_set(&m);
    struct trend t = fit_of(&m);
    assert_int_equal(t.family, TREND_POISSON);
    assert_int_equal(t.flags, TREND_NO_OVERDISPERSION);
    CHECK_NEAR(t.annual_change_pct, 2.23238974732143, 1e-9, 0);
    CHECK_NEAR(t.ci_low, -6.4810649863092, 1e-9, 0);
    CHECK_NEAR(t.ci_high, 11.7577045965951, 1e-9, 0);
    CHECK_NEAR(t.p_value, 0.627144844448787, 1e-9, 0);
    CHECK_NEAR(t.dispersion, 0.634360914944991, 1e-9, 0);
    CHECK_NEAR(t.phi, 1, 0, 0);
    CHECK_NEAR(t.fit.beta[2], 0.404570418383188, 1e-9, 0);
    CHECK_NEAR(t.fit.se[2], 0.106409821022974, 1e-9, 0);
    CHECK_NEAR(t.season_lr, 1.9770297898465, 1e-9, 0);
    CHECK_NEAR(t.season_p, 0.739983922957149, 1e-9, 0);
    assert_true(trend_curve(&m.s, &t, fitted, low, high));
    CHECK_NEAR(fitted[17], 27.6869133158133, 1e-9, 0); /* not known, but expected */
    CHECK_NEAR(low[17], 24.1076571478398, 1e-9, 0);
    CHECK_NEAR(high[17], 31.7975805054972, 1e-9, 0);
}

static void steps_that_say_nothing_are_dropped(void **state)
{
    static const struct level_step steps[3] = {{0, 1}, {30, 0.4}, {300, 1}};
    struct months m, plain;
    (void)state;
    stepped_set(&m);
    stepped_set(&plain);
    m.s.steps = steps;
    m.s.step_count = 3;
    struct trend a = fit_of(&m), b = fit_of(&plain);
    assert_true(a.flags & TREND_STEP_DROPPED);
    CHECK_NEAR(a.annual_change_pct, b.annual_change_pct, 1e-9, 0);
    CHECK_NEAR(a.season_p, b.season_p, 1e-9, 0);
    CHECK_NEAR(a.dispersion, b.dispersion, 1e-9, 0);
}

static void more_steps_than_room_are_said(void **state)
{
    struct level_step steps[12];
    struct months m;
    (void)state;
    wavy_set(&m, FEBRUARY_2019);
    for (size_t j = 0; j < 12; j++)
        steps[j] = (struct level_step){4 + 3 * j, 1};
    m.s.steps = steps;
    m.s.step_count = 12;
    struct trend t = fit_of(&m);
    assert_true(t.flags & TREND_STEP_DROPPED);
    assert_true(isfinite(t.annual_change_pct) && isfinite(t.season_p));
}

/* t <- (q - mean(q))/4; cos, sin of 2*pi*q/4, cos(pi*q), q = 1..4; 91 days each */
static void quarters_have_three_season_columns_as_in_r(void **state)
{
    static const double y[20] = {5,  9,  14, 8,  6,  11, 17, 9,  4,  12,
                                 13, 10, 9,  15, 21, 12, 8,  13, 24, 14};
    static const double season[4] = {0.577520456541919, 1.04845222087196, 1.50580037173213,
                                     0.868226950853992};
    double days[20], got[12];
    (void)state;
    for (size_t i = 0; i < 20; i++)
        days[i] = 91;
    struct time_series s = {y, days, 20, 2018 * 4, 4, NULL, 0};
    struct trend t;
    assert_true(trend_fit(&s, &t));
    CHECK_NEAR(t.annual_change_pct, 13.7836866078069, 1e-9, 0);
    CHECK_NEAR(t.ci_low, 3.8261803535219, 1e-9, 0);
    CHECK_NEAR(t.ci_high, 24.6961729111173, 1e-9, 0);
    CHECK_NEAR(t.season_lr, 25.811183331679, 1e-9, 0);
    CHECK_NEAR(t.season_p, 1.04462062363995e-05, 1e-9, 0);
    assert_int_equal(t.season_peak, 3);
    assert_true(trend_season(&s, &t, got));
    for (size_t q = 0; q < 4; q++)
        CHECK_NEAR(got[q], season[q], 1e-9, 0);
}

static void years_have_no_season(void **state)
{
    static const double y[6] = {40, 52, 47, 61, 58, 75}, days[6] = {365, 365, 366, 365, 365, 365};
    struct time_series s = {y, days, 6, 2018, 1, NULL, 0};
    struct trend t;
    double season[1];
    (void)state;
    assert_true(trend_fit(&s, &t));
    CHECK_NEAR(t.annual_change_pct, 11.3423268033242, 1e-9, 0);
    CHECK_NEAR(t.ci_low, 4.48439745929809, 1e-9, 0);
    CHECK_NEAR(t.ci_high, 18.6503826354318, 1e-9, 0);
    assert_true(isnan(t.season_p));
    assert_int_equal(t.season_peak, 0);
    assert_false(trend_season(&s, &t, season));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_series_agrees_with_r),
        cmocka_unit_test(shift_by_whole_years_changes_nothing),
        cmocka_unit_test(shift_by_months_moves_the_peak_along),
        cmocka_unit_test(scale_of_exposure_changes_only_the_intercept),
        cmocka_unit_test(unknown_months_are_as_if_not_there),
        cmocka_unit_test(a_step_enters_the_model_as_in_r),
        cmocka_unit_test(steps_that_say_nothing_are_dropped),
        cmocka_unit_test(more_steps_than_room_are_said),
        cmocka_unit_test(quarters_have_three_season_columns_as_in_r),
        cmocka_unit_test(years_have_no_season),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
