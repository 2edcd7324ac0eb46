/* test_stats_multiple.c: Benjamini-Hochberg against R 4.2 p.adjust(p, "BH"). */
#include "check.h"

#include "stats/multiple.h"

/* R: p.adjust(c(.0047, .5266, ...), "BH") */
static void q_values_agree_with_r(void **state)
{
    static const double p[12] = {0.0047, 0.5266, 0.057,  0.0352, 0.2183, 0.2208,
                                 0.0019, 0.0256, 0.1927, 0.2512, 0.1342, 0.1288};
    static const double want[12] = {0.028200000000000003,
                                    0.52659999999999996,
                                    0.1368,
                                    0.1056,
                                    0.26495999999999997,
                                    0.26495999999999997,
                                    0.022800000000000001,
                                    0.1024,
                                    0.26495999999999997,
                                    0.27403636363636358,
                                    0.23005714285714288,
                                    0.23005714285714288};
    double q[12];
    (void)state;
    assert_true(multiple_bh(p, 12, q));
    for (int i = 0; i < 12; i++)
        CHECK_NEAR(q[i], want[i], 1e-14, 0);
}

/* R: p.adjust(c(.01, .04, NA, .03, .04, .9, 0, 1, .002, NA, .5), "BH") */
static void missing_p_values_stay_missing_and_do_not_count(void **state)
{
    static const double p[11] = {0.01, 0.04, NAN, 0.03, 0.04, 0.9, 0, 1, 0.002, NAN, 0.5};
    static const double want[11] = {
        0.03, 0.06, NAN, 0.06, 0.06, 1, 0, 1, 0.009, NAN, 0.6428571428571429};
    double q[11];
    (void)state;
    assert_true(multiple_bh(p, 11, q));
    for (int i = 0; i < 11; i++) {
        if (isnan(want[i]))
            assert_true(isnan(q[i]));
        else
            CHECK_NEAR(q[i], want[i], 1e-14, 0);
    }
}

static void order_does_not_matter(void **state)
{
    enum { N = 997 };
    double p[N], q[N], turned[N], q_turned[N];
    (void)state;
    for (int i = 0; i < N; i++)
        p[i] = (double)(i * 37 % 101) / 101;
    for (int i = 0; i < N; i++)
        turned[i] = p[i * 10 % N];
    assert_true(multiple_bh(p, N, q));
    assert_true(multiple_bh(turned, N, q_turned));
    for (int i = 0; i < N; i++) {
        CHECK_NEAR(q_turned[i], q[i * 10 % N], 0, 0);
        assert_true(q[i] >= p[i] && q[i] <= 1);
    }
}

static void equal_p_values_are_their_own_q(void **state)
{
    double p[5] = {0.3, 0.3, 0.3, 0.3, 0.3};
    (void)state;
    assert_true(multiple_bh(p, 5, p));
    for (int i = 0; i < 5; i++)
        CHECK_NEAR(p[i], 0.3, 1e-15, 0);
}

static void one_p_value_is_its_own_q(void **state)
{
    double p = 0.04, q = -1;
    (void)state;
    assert_true(multiple_bh(&p, 1, &q));
    CHECK_NEAR(q, 0.04, 0, 0);
}

static void no_p_values_give_no_q(void **state)
{
    double p[2] = {NAN, 1.5}, q[2] = {0, 0};
    (void)state;
    assert_true(multiple_bh(NULL, 0, NULL));
    assert_true(multiple_bh(p, 2, q));
    assert_true(isnan(q[0]) && isnan(q[1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(q_values_agree_with_r),
        cmocka_unit_test(missing_p_values_stay_missing_and_do_not_count),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(equal_p_values_are_their_own_q),
        cmocka_unit_test(one_p_value_is_its_own_q),
        cmocka_unit_test(no_p_values_give_no_q),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
