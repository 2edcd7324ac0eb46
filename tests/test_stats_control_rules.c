/* test_stats_control_rules.c: each rule on a series made by hand. */
#include "control_check.h"

/* ---- rules, one by one ---- */

static void a_point_on_the_limit_is_inside_and_one_beyond_is_not(void **state)
{
    static struct made m;
    (void)state;
    /* R: qpois(1 - pnorm(-3), 120/24) = 13 */
    make(&m);
    add_turns(&m, 10, 4, 5);
    add(&m, 13);
    add_turns(&m, 12, 4, 5);
    add(&m, 8);
    assert_int_equal(chart(&m).signals, 0);
    assert_marked(&m, 0, 0, 0);
    m.count[10] = 14;
    m.count[23] = 7;
    struct control_verdict v = chart(&m);
    CHECK_NEAR(v.centre, 5, 0, 0);
    assert_marked(&m, 10, 10, CONTROL_ABOVE);
    assert_int_equal(v.signals, 1);
    assert_int_equal(v.signal, CONTROL_ABOVE);
    assert_int_equal(v.signal_from, 10);
}

static void a_point_below_the_lower_limit_signals(void **state)
{
    static struct made m;
    (void)state;
    /* R: qpois(pnorm(-3), 1200/24) = 30 */
    make(&m);
    add_turns(&m, 22, 47, 54);
    add(&m, 30);
    add(&m, 59);
    assert_int_equal(chart(&m).signals, 0);
    m.count[22] = 29;
    m.count[23] = 60;
    struct control_verdict v = chart(&m);
    assert_marked(&m, 22, 22, CONTROL_BELOW);
    assert_int_equal(v.variation, CONTROL_IMPROVING);
}

/* Mean 128/24 = 5.33: R ppois(5, m, lower = FALSE) = 0.442, 0.442^8 < 1/128. */
static void eight_on_one_side_are_a_run_and_seven_are_not(void **state)
{
    static struct made m;
    (void)state;
    make(&m);
    add_turns(&m, 16, 6, 3);
    for (int i = 0; i < 8; i++)
        add(&m, 7);
    struct control_verdict v = chart(&m);
    assert_marked(&m, 16, 23, CONTROL_RUN_ABOVE);
    assert_int_equal(v.signal, CONTROL_RUN_ABOVE);
    assert_int_equal(v.signal_from, 16);
    assert_int_equal(v.signal_to, 23);
    assert_int_equal(v.variation, CONTROL_WORSENING);
    m.count[23] = 5;
    m.count[0] = 8;
    assert_int_equal(chart(&m).signals, 0);
}

static void points_on_the_centre_and_unknown_ones_neither_break_nor_extend_a_run(void **state)
{
    static struct made m;
    (void)state;
    make(&m);
    add_turns(&m, 16, 4, 8);
    for (int i = 0; i < 8; i++)
        add(&m, 4);
    add(&m, 5);
    add(&m, NAN);
    /* The mean is 5: 16 steps with 96, 8 with 32, 1 with 5 need 125. */
    m.count[15] = 0;
    double total = 0;
    for (size_t i = 0; i < 25; i++)
        total += m.count[i];
    m.count[1] += 125 - total;
    struct control_verdict v = chart(&m);
    CHECK_NEAR(v.centre, 5, 0, 0);
    assert_int_equal(v.signal, CONTROL_RUN_BELOW);
    assert_int_equal(v.signal_from, 14);
    assert_int_equal(v.signal_to, 23);
    assert_int_equal(m.points[24].signals, 0);
    m.count[18] = 5;
    m.count[1] -= 1;
    m.count[19] = NAN;
    m.count[20] = NAN;
    v = chart(&m);
    assert_int_equal(m.points[18].signals, 0);
    assert_int_equal(m.points[19].signals, 0);
    assert_true(isfinite(m.points[19].upper));
}

/* 0.3 a month: each month without a case has chance exp(-0.3); 17 of them are under 1/128. */
static void where_zero_is_ordinary_a_run_of_zeros_must_be_longer(void **state)
{
    static struct made m;
    (void)state;
    make(&m);
    add_turns(&m, 24, 0, 1);
    add_turns(&m, 16, 0, 0);
    assert_int_equal(chart(&m).signals, 0);
    make(&m);
    add_turns(&m, 24, 1, 0);
    add_turns(&m, 16, 0, 0);
    struct control_verdict v = chart(&m);
    CHECK_NEAR(v.centre, 0.3, 1e-12, 0);
    assert_marked(&m, 23, 39, CONTROL_RUN_BELOW);
    assert_int_equal(v.variation, CONTROL_IMPROVING);
}

/* Mean 5: R ppois(c(9, 10), 5, lower = FALSE) = 0.0318, 0.0137: from 11 on a point is outer. */
static void two_of_three_in_the_outer_third_signal(void **state)
{
    static struct made m;
    (void)state;
    make(&m);
    add_turns(&m, 20, 3, 6);
    add(&m, 11);
    add(&m, 3);
    add(&m, 11);
    add(&m, 5);
    struct control_verdict v = chart(&m);
    CHECK_NEAR(v.centre, 5, 0, 0);
    assert_int_equal(v.signals, 1);
    assert_int_equal(v.signal, CONTROL_OUTER_ABOVE);
    assert_int_equal(m.points[20].signals, CONTROL_OUTER_ABOVE);
    assert_int_equal(m.points[21].signals, 0);
    assert_int_equal(m.points[22].signals, CONTROL_OUTER_ABOVE);
    m.count[22] = 10;
    m.count[23] = 6;
    assert_int_equal(chart(&m).signals, 0);
    m.count[22] = 3;
    m.count[23] = 11;
    m.count[1] = 8;
    m.count[3] = 6;
    assert_int_equal(chart(&m).signals, 0);
}

static void six_that_rise_are_a_trend_and_five_are_not(void **state)
{
    static struct made m;
    static const double rise[] = {2, 3, 4, 6, 7, 8};
    (void)state;
    make(&m);
    add_turns(&m, 18, 6, 4);
    for (int i = 0; i < 6; i++)
        add(&m, rise[i]);
    struct control_verdict v = chart(&m);
    assert_marked(&m, 18, 23, CONTROL_RISING);
    assert_int_equal(v.signals, 1);
    assert_int_equal(v.variation, CONTROL_WORSENING);
    m.count[20] = 3; /* an equal one breaks it */
    assert_int_equal(chart(&m).signals, 0);
    m.count[20] = 4;
    m.count[23] = 7;
    assert_int_equal(chart(&m).signals, 0);
}

static void longer_months_alone_make_no_trend(void **state)
{
    static struct made m;
    (void)state;
    make(&m);
    add_turns(&m, 18, 120, 80);
    for (int i = 0; i < 6; i++) {
        m.exposure[m.s.n] = 1 + 0.01 * i;
        add(&m, 100 + (i > 2) + (i > 4)); /* counts rise twice, rates fall */
    }
    assert_int_equal(chart(&m).signals, 0);
}

static void six_that_fall_are_an_improvement(void **state)
{
    static struct made m;
    static const double fall[] = {8, 7, 6, 4, 3, 2};
    (void)state;
    make(&m);
    add_turns(&m, 18, 4, 6);
    for (int i = 0; i < 6; i++)
        add(&m, fall[i]);
    struct control_verdict v = chart(&m);
    assert_marked(&m, 18, 23, CONTROL_FALLING);
    assert_int_equal(v.variation, CONTROL_IMPROVING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_point_on_the_limit_is_inside_and_one_beyond_is_not),
        cmocka_unit_test(a_point_below_the_lower_limit_signals),
        cmocka_unit_test(eight_on_one_side_are_a_run_and_seven_are_not),
        cmocka_unit_test(points_on_the_centre_and_unknown_ones_neither_break_nor_extend_a_run),
        cmocka_unit_test(where_zero_is_ordinary_a_run_of_zeros_must_be_longer),
        cmocka_unit_test(two_of_three_in_the_outer_third_signal),
        cmocka_unit_test(six_that_rise_are_a_trend_and_five_are_not),
        cmocka_unit_test(longer_months_alone_make_no_trend),
        cmocka_unit_test(six_that_fall_are_an_improvement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
