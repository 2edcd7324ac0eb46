/* test_risk_rare.c: tests for what is rare, against R pnbinom and pgamma, the CUSUM against an
 * integral over the rate in R and against simulation; false alarms by simulation. */
#include "check.h"

#include <gsl/gsl_randist.h>
#include <string.h>

#include "risk/rare.h"
#include "risk/rare_process.h"

enum { MONTHS = 72, NOW = MONTHS - 1 };

static void set_months(double *count, const int *month, size_t n, double value)
{
    for (size_t j = 0; j < n; j++)
        count[month[j]] = value;
}

#define SET(count, value, ...)                                                                     \
    do {                                                                                           \
        const int month_[] = {__VA_ARGS__};                                                        \
        set_months((count), month_, sizeof month_ / sizeof month_[0], (value));                    \
    } while (0)

static struct rare judged(const double *count, size_t i, struct rare_prior prior)
{
    struct rare r;
    rare_judge(count, i, prior, &r);
    return r;
}

/* ---- values ---- */

static void check_tests(const struct rare *r, double p3, double p12, double gap, double cusum)
{
    assert_int_equal(r->state, RARE_OK);
    CHECK_NEAR(r->p[RARE_3], p3, 1e-9, 0);
    CHECK_NEAR(r->p[RARE_12], p12, 1e-9, 0);
    CHECK_NEAR(r->p[RARE_GAP], gap, 1e-9, 0);
    CHECK_NEAR(r->p[RARE_CUSUM], cusum, 1e-8, 0);
    assert_int_equal(r->tests, 4);
}

/* S <- function(k, A, B, w) pnbinom(k - 1, A, B/(B + w), lower.tail = FALSE); A = shape + cases,
 * B = rate + months; CUSUM: 1 - integrate over r ~ Gamma(A, B) of P(never reached | r), months
 * being dpois(, r). */

/* 0 but for 1 in months 5, 20, 33, 41, 58 and the last three (of 72), no prior */
static void three_months_in_a_row_after_five_cases_in_five_years(void **state)
{
    double y[MONTHS] = {0};
    (void)state;
    SET(y, 1, 4, 19, 32, 40, 57, 69, 70, 71);
    struct rare r = judged(y, NOW, RARE_NO_PRIOR);
    check_tests(&r, 0.0040998578096, 0.114689808875, 0.0040998578096, 0.0263393611265);
    CHECK_NEAR(r.p_value, 0.0163994312384, 1e-9, 0);
    CHECK_NEAR(r.expected, 0.0916666666667, 1e-9, 0);
    assert_int_equal(r.least, RARE_3);
    assert_false(r.alarm);
    CHECK_NEAR(r.upper, 1, 0, 0);
}

static void two_cases_in_a_month_after_six_empty_years_are_an_alarm(void **state)
{
    double y[MONTHS] = {0};
    (void)state;
    y[NOW] = 2;
    struct rare r = judged(y, NOW, RARE_NO_PRIOR);
    check_tests(&r, 0.000864211028883, 0.0110564933935, 0.000101335201686, 0.00161345643801);
    assert_int_equal(r.least, RARE_GAP);
    CHECK_NEAR(r.p_value, 0.000405340806744, 1e-9, 0);
    assert_true(r.alarm);
    CHECK_NEAR(r.upper, 1, 0, 0);
}

/* 1 every second month to the 60th, 1 in 62, 64, 66, 68 ... 71, 3 in 72; unknown: 30, 67, 71 */
static void unknown_months_and_a_prior(void **state)
{
    double y[MONTHS] = {0};
    (void)state;
    for (int j = 1; j < 60; j += 2)
        y[j] = 1;
    SET(y, 1, 61, 63, 65, 67, 68, 69);
    SET(y, NAN, 29, 66, 70);
    y[NOW] = 3;
    struct rare r = judged(y, NOW, (struct rare_prior){1.5, 9});
    check_tests(&r, 0.014831062858, 0.0510039469894, 0.014831062858, 0.0268310419997);
    CHECK_NEAR(r.cases, 29, 0, 0);
    CHECK_NEAR(r.months, 59, 0, 0);
    CHECK_NEAR(r.expected, 0.448529411765, 1e-9, 0);
    CHECK_NEAR(r.upper, 3, 0, 0);
}

/* With the rate known the gap test is the gamma distribution of a waiting time: pgamma(2, 3, 0.1).
 * At 0.1 a month 3 cases in one were an alarm, 1 - ppois(2, 0.1) = 1.5e-4, and 2 not. */
static void gap_is_a_gamma_waiting_time(void **state)
{
    double y[MONTHS] = {0};
    (void)state;
    y[NOW] = 2;
    y[NOW - 1] = 1;
    struct rare r = judged(y, NOW, (struct rare_prior){1e8, 1e9});
    CHECK_NEAR(r.p[RARE_GAP], 0.00114848124486213, 1e-6, 0);
}

/* ---- the CUSUM ---- */

static bool run_reaches(gsl_rng *rng, double rate, int months, double reference, double s)
{
    double run = 0;
    for (int w = 1; w <= months; w++) {
        run += gsl_ran_poisson(rng, rate) - reference;
        if (run >= s - 1e-9)
            return true;
    }
    return false;
}

static void cusum_is_what_simulation_says(void **state)
{
    enum { RUNS = 100000 };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    const struct rare_rate rate = {7.5, 65};
    const double reference = 7.5 / 65 / log(2), s = 3 - 2 * reference;
    int reached = 0;
    (void)state;
    gsl_rng_set(rng, 1);
    for (int k = 0; k < RUNS; k++)
        reached += run_reaches(rng, gsl_ran_gamma(rng, 7.5, 1.0 / 65), 12, reference, s);
    struct rare_bounds b = rare_cusum_bounds(12, reference, s);
    double p = rare_reach(rate, &b);
    CHECK_NEAR(p, (double)reached / RUNS, 0, 4 * sqrt(p / RUNS));
    gsl_rng_free(rng);
}

static void cusum_falls_with_the_run_and_stays_a_probability(void **state)
{
    const struct rare_rate rate = {30.5, 60};
    double before = 1;
    (void)state;
    for (double s = 0.25; s < 400; s *= 1.3) {
        struct rare_bounds b = rare_cusum_bounds(12, 0.7, s);
        double p = rare_reach(rate, &b);
        assert_true(p >= 0 && p <= before);
        assert_true(p >= rare_tail(rate, 12, ceil(s + 12 * 0.7 - 1e-9)) * (1 - 1e-9));
        before = p;
    }
    CHECK_NEAR(before, 0, 0, 1e-100);
}

/* ---- what follows from the definitions ---- */

static void upper_is_where_the_alarm_begins(void **state)
{
    double y[MONTHS];
    (void)state;
    for (int k = 0; k < 60; k++) {
        for (int j = 0; j < MONTHS; j++)
            y[j] = (j * 7919 + k * 104729) % 100 < k;
        struct rare r = judged(y, NOW, RARE_NO_PRIOR);
        y[NOW] = r.upper + 1;
        struct rare over = judged(y, NOW, RARE_NO_PRIOR);
        assert_true(over.alarm && over.p_value <= RARE_ALPHA);
        assert_true(r.level <= RARE_ALPHA && r.level >= 0);
        y[NOW] = r.upper;
        struct rare at = judged(y, NOW, RARE_NO_PRIOR);
        assert_true(!at.alarm && (r.upper < 1 || at.p_value > RARE_ALPHA));
        CHECK_NEAR(over.upper, r.upper, 0, 0);
    }
}

static void a_month_without_a_case_is_ongoing_at_most(void **state)
{
    double y[MONTHS] = {0};
    (void)state;
    y[NOW - 1] = 4;
    struct rare r = judged(y, NOW, RARE_NO_PRIOR);
    assert_true(r.ongoing && !r.alarm && r.p_value <= RARE_ALPHA);
    CHECK_NEAR(r.upper, 0, 0, 0);
    assert_true(isnan(r.score) || r.score <= 1);
}

static void what_is_older_does_not_count(void **state)
{
    double y[2 * MONTHS], z[2 * MONTHS];
    (void)state;
    for (int j = 0; j < 2 * MONTHS; j++)
        z[j] = y[j] = j % 5 == 0;
    for (int j = 0; j < MONTHS; j++)
        z[j] = j % 2 ? NAN : 50;
    struct rare r = judged(y, 2 * MONTHS - 1, RARE_NO_PRIOR);
    struct rare s = judged(z, 2 * MONTHS - 1, RARE_NO_PRIOR);
    assert_memory_equal(r.p, s.p, sizeof r.p);
}

static void sister_units_change_what_is_expected(void **state)
{
    double y[MONTHS] = {0};
    (void)state;
    y[NOW] = 2;
    struct rare alone = judged(y, NOW, RARE_NO_PRIOR);
    struct rare among = judged(y, NOW, rare_prior_from(5, 0.4));
    assert_true(among.expected > alone.expected && among.p_value > alone.p_value);
    assert_false(among.alarm);
}

static void a_prior_is_worth_ten_years_at_most(void **state)
{
    struct rare_prior p = rare_prior_from(2, 0.1);
    (void)state;
    CHECK_NEAR(p.shape, 2, 1e-15, 0);
    CHECK_NEAR(p.rate, 20, 1e-15, 0);
    const double infinite[] = {INFINITY, NAN, 1e9};
    for (int k = 0; k < 3; k++) {
        p = rare_prior_from(infinite[k], 0.1);
        CHECK_NEAR(p.rate, 120, 0, 0);
        CHECK_NEAR(p.shape, 12, 1e-15, 0);
    }
    const double none[] = {0, -1, NAN, INFINITY};
    for (int k = 0; k < 4; k++)
        CHECK_NEAR(rare_prior_from(2, none[k]).rate, 0, 0, 0);
}

/* ---- too little, and odd ---- */

static void without_a_case_ever_p_is_one(void **state)
{
    double y[MONTHS] = {0};
    (void)state;
    struct rare r = judged(y, NOW, RARE_NO_PRIOR);
    CHECK_NEAR(r.p_value, 1, 0, 0);
    assert_false(r.alarm || r.ongoing);
    assert_true(r.upper >= 1);
    y[NOW] = 1; /* the first ever */
    r = judged(y, NOW, RARE_NO_PRIOR);
    assert_true(!r.alarm && r.p_value > 0.01 && r.p_value < 1);
}

static void check_empty(const struct rare *r, enum rare_state state)
{
    assert_int_equal(r->state, state);
    assert_true(isnan(r->p_value) && isnan(r->expected) && isnan(r->upper) && isnan(r->score));
    assert_false(r->alarm || r->ongoing);
    CHECK_NEAR(r->level, 0, 0, 0);
}

static void too_little_is_empty_or_judged_by_three_months(void **state)
{
    double y[MONTHS] = {0};
    (void)state;
    y[4] = 1, y[5] = 1;
    struct rare r = judged(y, 1, (struct rare_prior){5, 50});
    check_empty(&r, RARE_SHORT);
    r = judged(y, 4, RARE_NO_PRIOR);
    check_empty(&r, RARE_SHORT);
    r = judged(y, 5, RARE_NO_PRIOR); /* 3 months, 3 of baseline */
    assert_int_equal(r.state, RARE_OK);
    assert_int_equal(r.tests, 3);
    assert_true(isnan(r.p[RARE_12]));
    CHECK_NEAR(r.months, 3, 0, 0);
    r = judged(y, 22, RARE_NO_PRIOR); /* 11 months before the 12 */
    assert_int_equal(r.tests, 3);
    r = judged(y, 23, RARE_NO_PRIOR);
    assert_int_equal(r.tests, 4);
    r = judged(y, 11, (struct rare_prior){5, 50});
    assert_int_equal(r.tests, 4);
    y[23] = NAN;
    r = judged(y, 23, RARE_NO_PRIOR);
    check_empty(&r, RARE_UNKNOWN);
    for (int j = 0; j < MONTHS; j++)
        y[j] = j == NOW ? 1 : NAN;
    r = judged(y, NOW, RARE_NO_PRIOR);
    check_empty(&r, RARE_SHORT);
}

static void check_tame(const double *count)
{
    struct rare r = judged(count, NOW, RARE_NO_PRIOR);
    assert_int_equal(r.state, RARE_OK);
    assert_true(r.p_value >= 0 && r.p_value <= 1 && r.level >= 0 && r.level <= 1);
    assert_true(isfinite(r.expected) && isfinite(r.upper) && r.upper >= 0);
    assert_true(isfinite(r.score) == (r.upper > r.expected));
}

static void odd_series_give_no_wild_numbers(void **state)
{
    double y[MONTHS] = {0};
    (void)state;
    y[NOW] = 1e6;
    check_tame(y);
    y[NOW - 30] = 1e6;
    check_tame(y);
    y[NOW] = 0;
    check_tame(y);
    for (int j = 0; j < MONTHS; j++)
        y[j] = 1;
    check_tame(y);
    y[3] = NAN;
    for (int j = NOW - 11; j < NOW; j++)
        y[j] = NAN;
    check_tame(y);
    struct rare r = judged(y, NOW, (struct rare_prior){-1, NAN});
    struct rare s = judged(y, NOW, RARE_NO_PRIOR);
    CHECK_NEAR(r.p_value, s.p_value, 0, 0);
}

/* Steady series, the last 12 months judged: fewer alarms than 1 in 100, and `level` says how many:
 * within four standard errors of the sum, alarms of one series taken for as good as one. */
static void false_alarms_are_few_and_foretold(void **state)
{
    enum { SERIES = 2000, LENGTH = MONTHS + 12 };
    static const double rate[] = {0.1, 0.5, 0.9};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    (void)state;
    gsl_rng_set(rng, 1);
    for (int k = 0; k < 3; k++) {
        double y[LENGTH], level = 0, alarms = 0;
        for (int s = 0; s < SERIES; s++) {
            double own = gsl_ran_gamma(rng, 1.5, rate[k] / 1.5);
            for (int j = 0; j < LENGTH; j++)
                y[j] = gsl_ran_poisson(rng, own);
            for (int i = MONTHS; i < LENGTH; i++) {
                struct rare r = judged(y, (size_t)i, rare_prior_from(1.5, rate[k]));
                alarms += r.alarm;
                level += r.level;
            }
        }
        assert_true(alarms < 0.01 * SERIES * 12);
        CHECK_NEAR(alarms, level, 0, 4 * sqrt(2 * level));
    }
    gsl_rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_months_in_a_row_after_five_cases_in_five_years),
        cmocka_unit_test(two_cases_in_a_month_after_six_empty_years_are_an_alarm),
        cmocka_unit_test(unknown_months_and_a_prior),
        cmocka_unit_test(gap_is_a_gamma_waiting_time),
        cmocka_unit_test(cusum_is_what_simulation_says),
        cmocka_unit_test(cusum_falls_with_the_run_and_stays_a_probability),
        cmocka_unit_test(upper_is_where_the_alarm_begins),
        cmocka_unit_test(a_month_without_a_case_is_ongoing_at_most),
        cmocka_unit_test(what_is_older_does_not_count),
        cmocka_unit_test(sister_units_change_what_is_expected),
        cmocka_unit_test(a_prior_is_worth_ten_years_at_most),
        cmocka_unit_test(without_a_case_ever_p_is_one),
        cmocka_unit_test(too_little_is_empty_or_judged_by_three_months),
        cmocka_unit_test(odd_series_give_no_wild_numbers),
        cmocka_unit_test(false_alarms_are_few_and_foretold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
