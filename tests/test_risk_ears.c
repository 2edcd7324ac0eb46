/* test_risk_ears.c: EARS C2 against R surveillance 1.20 (oracle/alert_c2.csv), its p-value against
 * R pt, and series that are short or have gaps. */
#include "oracle_csv.h"

#include "fixtures_alert.h"
#include "risk/ears.h"

static void check_row(const struct oracle *o, const struct ears *e)
{
    assert_int_equal(e->state, EARS_OK);
    oracle_check(o, "expected", e->expected, 1e-12, 0);
    oracle_check(o, "upper", e->upper, 1e-9, 0);
    oracle_check(o, "score", e->score, 1e-9, 1e-12);
    oracle_check(o, "alarm", e->alarm, 0, 0);
}

static void every_row_of_both_controls_agrees_with_the_package(void **state)
{
    struct oracle o;
    struct risk_series s = {0};
    (void)state;
    oracle_open(&o, "alert_c2.csv");
    while (oracle_next(&o)) {
        struct ears_control control = {oracle_number(&o, "alpha"), oracle_number(&o, "min_sigma")};
        struct ears e;
        risk_series_read(&s, oracle_text(&o, "series"));
        ears_judge(s.count, risk_series_at(&s, oracle_text(&o, "month")), control, &e);
        check_row(&o, &e);
    }
    assert_int_equal(o.row, 94);
}

static const double JUMP[] = {3, 5, 2, 4, 6, 3, 5, 9, 9, 12};

/* b <- c(3, 5, 2, 4, 6, 3, 5); s <- sd(b); pt((12 - mean(b))/(s*sqrt(8/7)), 6, lower = FALSE);
 * pt(qnorm(0.99)/sqrt(8/7), 6, lower = FALSE) */
static void p_value_is_students(void **state)
{
    struct ears e;
    (void)state;
    ears_judge(JUMP, 9, EARS_STANDARD, &e);
    assert_true(e.alarm);
    CHECK_NEAR(e.expected, 4, 1e-15, 0);
    CHECK_NEAR(e.p_value, 0.000922383955359935, 1e-9, 0);
    CHECK_NEAR(e.level, 0.0362249808532458, 1e-9, 0);
}

static void the_two_months_before_do_not_count(void **state)
{
    double other[10];
    struct ears e, f;
    (void)state;
    memcpy(other, JUMP, sizeof other);
    other[7] = 0;
    other[8] = NAN;
    ears_judge(JUMP, 9, EARS_STANDARD, &e);
    ears_judge(other, 9, EARS_STANDARD, &f);
    assert_memory_equal(&e.upper, &f.upper, sizeof e.upper);
}

static void a_single_case_after_seven_empty_months_is_no_alarm(void **state)
{
    const double one[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, three[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 3};
    struct ears e;
    (void)state;
    ears_judge(one, 9, EARS_STANDARD, &e);
    assert_false(e.alarm);
    ears_judge(three, 9, EARS_STANDARD, &e);
    assert_true(e.alarm);
    ears_judge(one, 9, (struct ears_control){0.001, 0}, &e);
    assert_true(e.alarm);
    assert_true(isnan(e.score) && isnan(e.p_value) && isnan(e.level));
}

static void short_and_unknown_is_empty(void **state)
{
    double gaps[] = {NAN, 5, 2, NAN, 6, 3, 5, 9, 9, 12};
    struct ears e;
    (void)state;
    ears_judge(JUMP, 0, EARS_STANDARD, &e);
    assert_int_equal(e.state, EARS_SHORT);
    ears_judge(JUMP, 8, EARS_STANDARD, &e);
    assert_int_equal(e.state, EARS_SHORT);
    assert_true(isnan(e.expected) && isnan(e.upper) && isnan(e.p_value) && !e.alarm);
    ears_judge(gaps, 9, EARS_STANDARD, &e); /* five known: mean(c(5, 2, 6, 3, 5)) */
    assert_int_equal(e.state, EARS_OK);
    CHECK_NEAR(e.expected, 4.2, 1e-15, 0);
    gaps[1] = NAN;
    ears_judge(gaps, 9, EARS_STANDARD, &e);
    assert_int_equal(e.state, EARS_SHORT);
    gaps[9] = NAN;
    ears_judge(gaps, 9, EARS_STANDARD, &e);
    assert_int_equal(e.state, EARS_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_both_controls_agrees_with_the_package),
        cmocka_unit_test(p_value_is_students),
        cmocka_unit_test(the_two_months_before_do_not_count),
        cmocka_unit_test(a_single_case_after_seven_empty_months_is_no_alarm),
        cmocka_unit_test(short_and_unknown_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
