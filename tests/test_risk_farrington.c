/* test_risk_farrington.c: the improved Farrington algorithm against R surveillance 1.20
 * (oracle/alert_farrington.csv, oracle/README.md section 6), against R glm(quasipoisson) where the
 * trend is dropped, and on series that carry less than is asked of them. */
#include "oracle_csv.h"

#include "fixtures_alert.h"
#include "risk/alert_bound.h"
#include "risk/farrington.h"

/* ---- the package ---- */

static void check_row(const struct oracle *o, const struct farrington *f)
{
    oracle_check(o, "expected", f->expected, 1e-5, 0);
    oracle_check(o, "phi", f->phi, 5e-4, 0);
    oracle_check(o, "upper", f->upper, 0, 0);
    oracle_check(o, "score", f->score, 1e-5, 1e-6);
    oracle_check(o, "p_value", f->p_value, 1e-3, 1e-12);
    oracle_check(o, "trend_kept", f->trend_kept, 0, 0);
    oracle_check(o, "alarm", f->alarm, 0, 0);
    assert_int_equal(f->state,
                     isnan(oracle_number(o, "upper")) ? FARRINGTON_FEW_RECENT : FARRINGTON_OK);
}

static void every_row_agrees_with_the_package(void **state)
{
    struct oracle o;
    struct risk_series s = {0};
    (void)state;
    oracle_open(&o, "alert_farrington.csv");
    while (oracle_next(&o)) {
        risk_series_read(&s, oracle_text(&o, "series"));
        struct farrington f;
        farrington_judge(s.count, risk_series_at(&s, oracle_text(&o, "month")), &f);
        check_row(&o, &f);
    }
    assert_int_equal(o.row, 299);
}

/* ---- the definitions in base R, fits to full precision ---- */

enum { MADE = 70 };

struct expected {
    double expected, phi, upper, p_value, level;
    int years, months;
    bool trend_kept;
};

static void check_judged(const double *count, size_t i, struct expected e)
{
    struct farrington f;
    farrington_judge(count, i, &f);
    assert_int_equal(f.state, FARRINGTON_OK);
    assert_int_equal(f.years, e.years);
    assert_int_equal(f.months, e.months);
    assert_int_equal(f.trend_kept, e.trend_kept);
    CHECK_NEAR(f.expected, e.expected, 1e-9, 0);
    CHECK_NEAR(f.phi, e.phi, 1e-9, 0);
    CHECK_NEAR(f.upper, e.upper, 0, 0);
    CHECK_NEAR(f.p_value, e.p_value, 1e-8, 0);
    CHECK_NEAR(f.level, e.level, 1e-7, 0);
    CHECK_NEAR(f.score, (count[i] - e.expected) / (e.upper - e.expected), 1e-8, 1e-9);
    assert_int_equal(f.alarm, count[i] > e.upper);
}

/* j <- 0:69; d <- (12*b + 1):7; g <- factor(c(0,0,3,3,3,2,2,2,1,1,1,0)[d %% 12 + 1])
 * glm(y ~ -d + g, quasipoisson(), epsilon = 1e-300), Anscombe weights by hatvalues(), glm again;
 * level: pnbinom(upper, mu/(f - 1), 1/f), f = phi*(1 + mu*(se.fit/residual.scale)^2), lower =
 * FALSE, put through pt(qnorm(., lower = FALSE), df.residual, lower = FALSE) where phi > 1 */

/* round(4*exp(0.03*j)) + (j*29) %% 3: the prediction passes the largest baseline count. */
static void a_trend_that_runs_away_is_dropped(void **state)
{
    double y[MADE];
    (void)state;
    for (int j = 0; j < MADE; j++)
        y[j] = round(4 * exp(0.03 * j)) + j * 29 % 3;
    check_judged(y, 69,
                 (struct expected){13.1333333333334, 2.8227305354752, 31, 0.00774148968885775,
                                   0.0114253166897055, 5, 55, false});
}

static void burst_set(double *y)
{
    for (int j = 0; j < MADE; j++)
        y[j] = 10 + j * 29 % 13 + (j == 20 || j == 21 ? 40 : 0);
}

/* 10 + (j*29) %% 13 + ifelse(j == 20 | j == 21, 40, 0) */
static void past_outbreaks_weigh_less(void **state)
{
    double y[MADE];
    (void)state;
    burst_set(y);
    check_judged(y, 40,
                 (struct expected){17.2962891418127, 2.15397247543247, 34, 0.77546965649577,
                                   0.0236024520910034, 3, 31, true});
}

/* the same, y[c(12, 13, 33, 60)] <- NA */
static void unknown_months_are_left_out(void **state)
{
    double y[MADE];
    (void)state;
    burst_set(y);
    y[11] = y[12] = y[32] = y[59] = NAN;
    check_judged(y, 69,
                 (struct expected){16.6837483119362, 1.42858929245744, 29, 0.160256566468595,
                                   0.0181533781391641, 5, 51, true});
}

/* 20 + (j %% 3) */
static void less_spread_than_poisson_is_poisson(void **state)
{
    double y[MADE];
    (void)state;
    for (int j = 0; j < MADE; j++)
        y[j] = 20 + j % 3;
    check_judged(y, 65,
                 (struct expected){20.9529895257444, 1, 32, 0.438237763060633, 0.0145459690703448,
                                   5, 55, true});
}

/* qnbinom(0.99, mu/(phi - 1), 1/phi), qpois(0.99, mu) */
static void bound_is_the_quantile(void **state)
{
    static const struct {
        double mean, phi, upper;
    } rows[] = {
        {0.004, 1, 0},
        {0.004, 1.0001, 0},
        {0.004, 1.7, 0},
        {0.004, 12, 0},
        {0.004, 150, 0},
        {0.3, 1, 2},
        {0.3, 1.0001, 2},
        {0.3, 1.7, 3},
        {0.3, 12, 8},
        {0.3, 150, 1},
        {1, 1, 4},
        {1, 1.0001, 4},
        {1, 1.7, 6},
        {1, 12, 17},
        {1, 150, 22},
        {7.5, 1, 15},
        {7.5, 1.0001, 15},
        {7.5, 1.7, 17},
        {7.5, 12, 44},
        {7.5, 150, 163},
        {40, 1, 55},
        {40, 1.0001, 55},
        {40, 1.7, 61},
        {40, 12, 107},
        {40, 150, 375},
        {333.3, 1, 376},
        {333.3, 1.0001, 376},
        {333.3, 1.7, 390},
        {333.3, 12, 497},
        {333.3, 150, 1056},
        {20000, 1, 20330},
        {20000, 1.0001, 20330},
        {20000, 1.7, 20431},
        {20000, 12, 21157},
        {20000, 150, 24248},
        {1000000, 1, 1002327},
        {1000000, 1.0001, 1002327},
        {1000000, 1.7, 1003035},
        {1000000, 12, 1008076},
        {1000000, 150, 1028711},
    };
    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        CHECK_NEAR(alert_bound(rows[k].mean, rows[k].phi, 0.01), rows[k].upper, 0, 0);
    CHECK_NEAR(alert_bound(0, 2, 0.01), 0, 0, 0);
}

/* ---- identities ---- */

static void check_same(const struct farrington *f, const struct farrington *g)
{
    assert_memory_equal(&f->expected, &g->expected, sizeof f->expected);
    assert_memory_equal(&f->phi, &g->phi, sizeof f->phi);
    assert_memory_equal(&f->upper, &g->upper, sizeof f->upper);
    assert_memory_equal(&f->p_value, &g->p_value, sizeof f->p_value);
}

static void the_six_months_before_and_what_is_older_do_not_count(void **state)
{
    double y[MADE + 24], z[MADE + 24];
    struct farrington f, g;
    (void)state;
    for (int j = 0; j < MADE + 24; j++)
        z[j] = y[j] = 10 + j * 29 % 13;
    size_t i = MADE + 23;
    for (size_t back = 1; back <= FARRINGTON_LEFT_OUT; back++)
        z[i - back] += 100;
    for (size_t j = 0; j + 62 <= i; j++)
        z[j] = NAN;
    farrington_judge(y, i, &f);
    farrington_judge(z, i, &g);
    check_same(&f, &g);
}

static void a_shift_in_time_changes_nothing(void **state)
{
    double y[MADE], z[MADE + 24];
    struct farrington f, g;
    (void)state;
    burst_set(y);
    for (int j = 0; j < 24; j++)
        z[j] = 3;
    memcpy(z + 24, y, sizeof y);
    farrington_judge(y, 69, &f);
    farrington_judge(z, 93, &g);
    check_same(&f, &g);
}

static void one_case_more_than_upper_is_an_alarm(void **state)
{
    double y[MADE];
    struct farrington f;
    (void)state;
    burst_set(y);
    farrington_judge(y, 69, &f);
    double upper = f.upper;
    y[69] = upper;
    farrington_judge(y, 69, &f);
    assert_false(f.alarm);
    CHECK_NEAR(f.score, 1, 1e-12, 0);
    y[69] = upper + 1;
    farrington_judge(y, 69, &f);
    assert_true(f.alarm && f.score > 1 && f.p_value < FARRINGTON_ALPHA);
}

/* ---- too little, and odd ---- */

static void check_empty(const double *count, size_t i, enum farrington_state state)
{
    struct farrington f;
    farrington_judge(count, i, &f);
    assert_int_equal(f.state, state);
    assert_true(isnan(f.expected) && isnan(f.upper) && isnan(f.score) && isnan(f.p_value));
    assert_false(f.alarm);
    assert_true(f.level >= 0 && f.level <= 1);
}

static void too_little_is_empty(void **state)
{
    double y[MADE];
    (void)state;
    burst_set(y);
    check_empty(y, 0, FARRINGTON_SHORT);
    check_empty(y, 35, FARRINGTON_SHORT);
    for (int j = 0; j < 45; j++)
        y[j] = NAN;
    check_empty(y, 69, FARRINGTON_SHORT);
    y[69] = NAN;
    check_empty(y, 69, FARRINGTON_UNKNOWN);
    assert_true(isnan(farrington_baseline_mean(y, 0)));
}

static void fewer_than_five_in_four_months_is_empty(void **state)
{
    double y[MADE];
    struct farrington f;
    (void)state;
    for (int j = 0; j < MADE; j++)
        y[j] = j % 3;
    y[66] = 1, y[67] = 1, y[68] = 1, y[69] = 1;
    check_empty(y, 69, FARRINGTON_FEW_RECENT);
    y[69] = 2;
    farrington_judge(y, 69, &f);
    assert_int_equal(f.state, FARRINGTON_OK);
    y[66] = NAN;
    check_empty(y, 69, FARRINGTON_FEW_RECENT);
}

static void no_case_in_the_season_is_empty(void **state)
{
    double y[MADE];
    (void)state;
    for (int j = 0; j < MADE; j++)
        y[j] = j % 12 == 8 || j % 12 == 9 || j % 12 == 10 ? 0 : 10;
    check_empty(y, 57, FARRINGTON_NO_SEASON);
    memset(y, 0, sizeof y);
    check_empty(y, 69, FARRINGTON_FEW_RECENT);
    y[69] = 9;
    check_empty(y, 69, FARRINGTON_NO_SEASON);
}

static void check_tame(const double *count, size_t i)
{
    struct farrington f;
    farrington_judge(count, i, &f);
    assert_int_equal(f.state, FARRINGTON_OK);
    assert_true(isfinite(f.expected) && isfinite(f.upper) && isfinite(f.phi));
    assert_true(f.p_value >= 0 && f.p_value <= 1 && f.level >= 0 && f.level <= 1);
    assert_true(isfinite(f.score) == (f.upper > f.expected));
}

/* One spike has no finite slope in its level; counts of 10^6; a level that is nearly empty. */
static void odd_series_give_no_wild_numbers(void **state)
{
    double y[MADE] = {0};
    (void)state;
    y[69] = 7;
    y[57] = 60;
    check_tame(y, 69);
    y[57] = 0;
    y[56] = 1e6;
    check_tame(y, 69);
    for (int j = 0; j < MADE; j++)
        y[j] = 1e6 + j * 7919 % 4001;
    check_tame(y, 69);
    for (int j = 0; j < MADE; j++)
        y[j] = j < 20 ? 1000 : 0;
    y[69] = 5;
    check_tame(y, 69);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_agrees_with_the_package),
        cmocka_unit_test(a_trend_that_runs_away_is_dropped),
        cmocka_unit_test(past_outbreaks_weigh_less),
        cmocka_unit_test(unknown_months_are_left_out),
        cmocka_unit_test(less_spread_than_poisson_is_poisson),
        cmocka_unit_test(bound_is_the_quantile),
        cmocka_unit_test(the_six_months_before_and_what_is_older_do_not_count),
        cmocka_unit_test(a_shift_in_time_changes_nothing),
        cmocka_unit_test(one_case_more_than_upper_is_an_alarm),
        cmocka_unit_test(too_little_is_empty),
        cmocka_unit_test(fewer_than_five_in_four_months_is_empty),
        cmocka_unit_test(no_case_in_the_season_is_empty),
        cmocka_unit_test(odd_series_give_no_wild_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
