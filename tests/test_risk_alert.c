/* test_risk_alert.c: the method chosen by the rules of contract 5, against R surveillance where it
 * is the package's (oracle/alert_farrington.csv, alert_c2.csv), and what holds for all methods. */
#include "oracle_csv.h"

#include "fixtures_alert.h"
#include "risk/alert.h"

static double days[RISK_MONTHS]; /* exposures: not used, but part of a series */

static struct time_series series_of(const double *count, size_t n)
{
    for (size_t i = 0; i < RISK_MONTHS; i++)
        days[i] = 30;
    return (struct time_series){count, days, n, 2015 * 12, 12, NULL, 0};
}

static struct alert judged(const double *count, size_t i)
{
    struct time_series s = series_of(count, i + 1);
    struct alert a;
    alert_month(&s, i, RARE_NO_PRIOR, &a);
    return a;
}

static void check_alarm_rule(const struct alert *a)
{
    assert_int_equal(a->alarm, a->count > a->upper);
    assert_true(isnan(a->p_value) || (a->p_value >= 0 && a->p_value <= 1));
    assert_true(a->level >= 0 && a->level <= 1);
    assert_int_equal(a->method == ALERT_NONE, (a->flags & (ALERT_UNKNOWN | ALERT_FEW_MONTHS)) != 0);
}

/* ---- the package's rows ---- */

static void long_series_of_one_a_month_are_farrington(void **state)
{
    struct oracle o;
    struct risk_series s = {0};
    int rows = 0;
    (void)state;
    oracle_open(&o, "alert_farrington.csv");
    while (oracle_next(&o)) {
        risk_series_read(&s, oracle_text(&o, "series"));
        struct alert a = judged(s.count, risk_series_at(&s, oracle_text(&o, "month")));
        check_alarm_rule(&a);
        assert_int_equal(a.method == ALERT_FARRINGTON, a.mean >= 1);
        if (a.method != ALERT_FARRINGTON)
            continue;
        rows++;
        oracle_check(&o, "upper", a.upper, 0, 0);
        oracle_check(&o, "expected", a.expected, 1e-5, 0);
        oracle_check(&o, "p_value", a.p_value, 1e-3, 1e-12);
        oracle_check(&o, "alarm", a.alarm, 0, 0);
        assert_int_equal(isnan(a.upper), (a.flags & ALERT_FEW_RECENT) != 0);
    }
    assert_true(rows > 150 && rows < 299);
}

static void short_series_of_one_a_month_are_c2(void **state)
{
    struct oracle o;
    struct risk_series s = {0};
    int rows = 0;
    (void)state;
    oracle_open(&o, "alert_c2.csv");
    while (oracle_next(&o)) {
        if (oracle_number(&o, "alpha") < 0.01)
            continue;
        risk_series_read(&s, oracle_text(&o, "series"));
        struct alert a = judged(s.count, risk_series_at(&s, oracle_text(&o, "month")));
        check_alarm_rule(&a);
        assert_int_equal(a.method == ALERT_EARS, a.mean >= 1);
        if (a.method != ALERT_EARS)
            continue;
        rows++;
        oracle_check(&o, "upper", a.upper, 1e-9, 0);
        oracle_check(&o, "score", a.score, 1e-9, 1e-12);
        oracle_check(&o, "alarm", a.alarm, 0, 0);
    }
    assert_true(rows > 15);
}

/* ---- the choice ---- */

static void fill(double *count, size_t n, double level)
{
    for (size_t i = 0; i < n; i++)
        count[i] = floor((double)(i + 1) * level) - floor((double)i * level);
}

static void method_follows_mean_and_length(void **state)
{
    double y[100];
    (void)state;
    fill(y, 100, 1);
    assert_int_equal(judged(y, 36).method, ALERT_FARRINGTON);
    assert_int_equal(judged(y, 35).method, ALERT_EARS);
    assert_int_equal(judged(y, 9).method, ALERT_EARS);
    assert_int_equal(judged(y, 8).method, ALERT_NONE);
    assert_int_equal(judged(y, 8).flags, ALERT_FEW_MONTHS);
    y[50] = 0;
    CHECK_NEAR(judged(y, 70).mean, 54.0 / 55, 1e-15, 0);
    assert_true(judged(y, 70).method >= ALERT_RARE_3);
    fill(y, 100, 1.0 / 6); /* two a year */
    for (size_t i = 6; i < 100; i++)
        assert_true(judged(y, i).method >= ALERT_RARE_3);
    assert_int_equal(judged(y, 0).flags, ALERT_FEW_MONTHS);
}

static void check_nothing(const struct alert *a)
{
    assert_true(isnan(a->expected) && isnan(a->upper) && isnan(a->score) && isnan(a->p_value));
    assert_false(a->alarm);
}

static void what_is_not_known_is_empty(void **state)
{
    double y[100];
    (void)state;
    fill(y, 100, 20);
    y[99] = NAN;
    struct alert a = judged(y, 99);
    check_nothing(&a);
    assert_int_equal(a.flags, ALERT_UNKNOWN);
    assert_true(isnan(a.count));
    y[99] = 20;
    for (size_t i = 30; i < 93; i++)
        y[i] = NAN;
    a = judged(y, 99); /* no year to compare with, 3 of 7 recent months */
    check_nothing(&a);
    assert_int_equal(a.flags, ALERT_FEW_MONTHS | ALERT_GAPS);
}

/* No case in January to March of five years, then 8 in February: C2 judges. */
static void a_season_without_cases_is_c2(void **state)
{
    double y[100];
    (void)state;
    for (size_t i = 0; i < 62; i++)
        y[i] = i % 12 < 3 ? 0 : 6;
    y[60] = 1;
    y[61] = 30;
    struct alert a = judged(y, 61);
    assert_int_equal(a.method, ALERT_EARS);
    assert_int_equal(a.flags, ALERT_NO_SEASON);
    assert_true(a.alarm && isfinite(a.score));
}

static void flags_say_what_the_methods_do(void **state)
{
    double y[100] = {0};
    (void)state;
    y[98] = 4;
    struct alert a = judged(y, 99);
    assert_int_equal(a.flags, ALERT_ONGOING);
    assert_false(a.alarm);
    for (int j = 0; j < 70; j++)
        y[j] = round(4 * exp(0.03 * j)) + j * 29 % 3;
    assert_int_equal(judged(y, 69).flags, ALERT_NO_TREND);
    fill(y, 100, 1);
    a = judged(y, 99);
    assert_int_equal(a.flags, ALERT_FEW_RECENT);
    assert_int_equal(a.method, ALERT_FARRINGTON);
    check_nothing(&a);
    assert_true(a.level > 0);
}

static void methods_have_tokens(void **state)
{
    (void)state;
    assert_string_equal(alert_method_token(ALERT_NONE), "");
    assert_string_equal(alert_method_token(ALERT_EARS), "ears_c2");
    assert_string_equal(alert_method_token(ALERT_CUSUM), "cusum");
}

/* ---- identities ---- */

static void same(const struct alert *a, const struct alert *b)
{
    assert_int_equal(a->method, b->method);
    const double x[] = {a->mean, a->expected, a->upper, a->score, a->p_value, a->level};
    const double y[] = {b->mean, b->expected, b->upper, b->score, b->p_value, b->level};
    for (int k = 0; k < 6; k++)
        assert_true((isnan(x[k]) && isnan(y[k])) || (x[k] >= y[k] && x[k] <= y[k]));
}

static void a_series_begins_at_its_last_level_step(void **state)
{
    static const double levels[] = {12, 1, 0.2};
    double y[100];
    (void)state;
    for (int k = 0; k < 3; k++) {
        const struct level_step steps[] = {{20, 1}, {35, 0.3}, {99, 0.4}};
        fill(y, 100, levels[k]);
        for (int i = 0; i < 36; i++)
            y[i] = 300;
        struct time_series whole = series_of(y, 100), behind = series_of(y + 36, 64);
        whole.steps = steps;
        whole.step_count = 3;
        struct alert a, b;
        alert_month(&whole, 99, RARE_NO_PRIOR, &a);
        alert_month(&behind, 63, RARE_NO_PRIOR, &b);
        same(&a, &b);
        assert_int_equal(a.flags, b.flags | ALERT_REBASED);
        alert_month(&whole, 10, RARE_NO_PRIOR, &a); /* the steps are still to come */
        assert_false(a.flags & ALERT_REBASED);
    }
}

static void a_shift_by_whole_years_changes_nothing(void **state)
{
    double y[100];
    (void)state;
    for (int i = 0; i < 100; i++)
        y[i] = i * 29 % 13;
    struct time_series s = series_of(y, 100), t = s;
    t.first += 7 * 12;
    for (size_t i = 0; i < 100; i++) {
        struct alert a, b;
        alert_month(&s, i, RARE_NO_PRIOR, &a);
        alert_month(&t, i, RARE_NO_PRIOR, &b);
        same(&a, &b);
    }
}

/* Two runs of the same, one of them by all threads there are. */
static void threads_make_no_difference(void **state)
{
    enum { SERIES = 64, LENGTH = 80, LAST = 24 };
    static double y[SERIES][LENGTH];
    static struct alert one[SERIES][LAST], many[SERIES][LAST];
    (void)state;
    for (int k = 0; k < SERIES; k++)
        for (int i = 0; i < LENGTH; i++)
            y[k][i] = (i * 7919 + k * 104729) % 97 % (k + 2) / (k % 3 + 1);
    series_of(y[0], LENGTH);
    for (int k = 0; k < SERIES; k++) {
        struct time_series s = {y[k], days, LENGTH, 2015 * 12, 12, NULL, 0};
        alert_months(&s, LAST, RARE_NO_PRIOR, one[k]);
    }
#pragma omp parallel for schedule(dynamic) num_threads(4)
    for (int k = 0; k < SERIES; k++) {
        struct time_series s = {y[k], days, LENGTH, 2015 * 12, 12, NULL, 0};
        alert_months(&s, LAST, RARE_NO_PRIOR, many[k]);
    }
    for (int k = 0; k < SERIES; k++)
        for (int j = 0; j < LAST; j++)
            same(&one[k][j], &many[k][j]);
}

static void false_alarms_are_the_sum_of_levels(void **state)
{
    double y[100];
    struct alert a[24];
    double sum = 0;
    (void)state;
    for (int i = 0; i < 100; i++)
        y[i] = i * 29 % 13;
    y[98] = NAN;
    struct time_series s = series_of(y, 100);
    alert_months(&s, 24, RARE_NO_PRIOR, a);
    for (int j = 0; j < 24; j++)
        sum += a[j].level;
    assert_true(isnan(a[22].count) && !isnan(a[23].count));
    CHECK_NEAR(alert_false_alarms(a, 24), sum, 1e-15, 0);
    assert_true(sum > 0.1 && sum < 1);
    CHECK_NEAR(alert_false_alarms(a, 0), 0, 0, 0);
}

/* ---- the prior ---- */

enum { UNITS = 8, PRIOR_LENGTH = 95 }; /* 60 + 24 + 11 */

/* x <- c(0,1,3,8,2,0,5,12); e <- c(60,60,60,60,60,48,60,36); nu, m at the maximum of
 * sum(dnbinom(x, nu, mu = m*e, log = TRUE)) by optim: nu, nu/m */
static void prior_is_the_marginal_maximum(void **state)
{
    static const int cases[UNITS] = {0, 1, 3, 8, 2, 0, 5, 12};
    static const int known[UNITS] = {60, 60, 60, 60, 60, 48, 60, 36};
    static double y[UNITS][PRIOR_LENGTH];
    struct time_series s[UNITS];
    struct rare_prior p;
    (void)state;
    for (int k = 0; k < UNITS; k++) {
        for (int i = 0; i < PRIOR_LENGTH; i++)
            y[k][i] = i < 60 ? (i < 60 - known[k] ? NAN : i >= 60 - cases[k]) : 9;
        s[k] = series_of(y[k], PRIOR_LENGTH);
    }
    assert_true(alert_prior(s, UNITS, 24, &p));
    CHECK_NEAR(p.shape, 0.6924407349, 1e-5, 0);
    CHECK_NEAR(p.rate, 8.757598279, 1e-5, 0);
    assert_true(alert_prior(s, 2, 24, &p));
    CHECK_NEAR(p.rate, 0, 0, 0);
    assert_true(alert_prior(s, UNITS, PRIOR_LENGTH, &p)); /* no months left */
    CHECK_NEAR(p.shape, 0.5, 0, 0);
    assert_true(alert_prior(NULL, 0, 24, &p));
    CHECK_NEAR(p.shape, 0.5, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_series_of_one_a_month_are_farrington),
        cmocka_unit_test(short_series_of_one_a_month_are_c2),
        cmocka_unit_test(method_follows_mean_and_length),
        cmocka_unit_test(what_is_not_known_is_empty),
        cmocka_unit_test(a_season_without_cases_is_c2),
        cmocka_unit_test(flags_say_what_the_methods_do),
        cmocka_unit_test(methods_have_tokens),
        cmocka_unit_test(a_series_begins_at_its_last_level_step),
        cmocka_unit_test(a_shift_by_whole_years_changes_nothing),
        cmocka_unit_test(threads_make_no_difference),
        cmocka_unit_test(false_alarms_are_the_sum_of_levels),
        cmocka_unit_test(prior_is_the_marginal_maximum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
