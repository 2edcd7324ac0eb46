/* test_stats_silence.c: silences against R 4.2, against every arrangement, against simulation. */
#include "check.h"

#include "stats/silence.h"

/* ---- cases ---- */

/* R: dnbinom(0, 12, 36/48); the months before them have 4 cases a year, phi below 1 counts as 1. */
static void a_silent_year_after_three_of_four_cases_is_the_negative_binomial_at_zero(void **state)
{
    double count[48] = {0};
    (void)state;
    for (int i = 2; i < 36; i += 3)
        count[i] = 1;
    struct silence s = silence_of_cases(count, 48);
    assert_int_equal(s.run, 12);
    assert_int_equal(s.past, 36);
    CHECK_NEAR(s.cases, 12, 0, 0);
    CHECK_NEAR(s.phi, 1, 0, 0);
    CHECK_NEAR(s.p_value, 0.031676352024078369, 1e-13, 0);
}

/* Two cases on four months fall in 16 ways, in 4 of which the last two months are empty. */
static void the_probability_is_the_share_of_arrangements(void **state)
{
    int ways = 0;
    (void)state;
    for (int a = 0; a < 4; a++)
        for (int b = 0; b < 4; b++)
            ways += a < 2 && b < 2;
    CHECK_NEAR(silence_of_cases((const double[]){1, 1, 0, 0}, 4).p_value, ways / 16.0, 1e-15, 0);
    CHECK_NEAR(silence_of_cases((const double[]){0, 2, 0, 0}, 4).p_value, ways / 16.0, 1e-15, 0);
}

static void who_never_had_a_case_is_not_silent(void **state)
{
    (void)state;
    assert_true(isnan(silence_of_cases(NULL, 0).p_value));
    assert_true(isnan(silence_of_cases((const double[]){0, 0, 0}, 3).p_value));
    assert_true(isnan(silence_of_cases((const double[]){NAN, NAN}, 2).p_value));
}

static void a_case_in_the_last_month_is_no_silence(void **state)
{
    (void)state;
    struct silence s = silence_of_cases((const double[]){0, 0, 2}, 3);
    assert_int_equal(s.run, 0);
    CHECK_NEAR(s.p_value, 1, 0, 0);
}

static void unknown_months_are_neither_silence_nor_past(void **state)
{
    static const double known[] = {1, 0, 2, 1, 0, 0},
                        gaps[] = {NAN, 1, 0, 2, NAN, 1, 0, NAN, 0, NAN};
    (void)state;
    struct silence a = silence_of_cases(known, 6), b = silence_of_cases(gaps, 10);
    assert_int_equal(b.run, 2);
    assert_int_equal(b.past, 4);
    CHECK_NEAR(b.p_value, a.p_value, 0, 0);
}

/* 24 cases, all in two months of twelve: phi is Pearson / 11 = 10.909…, so 2.2 cases' worth. */
static void clumps_make_a_silence_likelier(void **state)
{
    double count[18] = {[0] = 12, [11] = 12};
    (void)state;
    struct silence s = silence_of_cases(count, 18);
    CHECK_NEAR(s.phi, (2 * 100.0 / 2 + 10 * 4.0 / 2) / 11, 1e-15, 0);
    CHECK_NEAR(s.p_value, pow(12.0 / 18, 24 / s.phi), 1e-13, 0);
}

static void a_large_past_underflows_to_zero_not_to_nonsense(void **state)
{
    double count[60];
    (void)state;
    for (int i = 0; i < 60; i++)
        count[i] = i < 40 ? 1e6 : 0;
    struct silence s = silence_of_cases(count, 60);
    assert_true(s.p_value >= 0 && s.p_value < 1e-300);
}

/* ---- false alarms ---- */

static uint64_t random_bits;

/* splitmix64 */
static double uniform(void)
{
    uint64_t z = random_bits += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

static int poisson(double mean)
{
    int k = 0;
    for (double p = uniform(), limit = exp(-mean); p > limit; p *= uniform())
        k++;
    return k;
}

/* Share of steady series of n months whose p is at most alpha, among those that have a p. */
static double false_alarms(double rate, size_t n, double alpha)
{
    double count[72];
    int alarms = 0, tried = 0;
    random_bits = 1;
    for (int k = 0; k < 20000; k++) {
        for (size_t i = 0; i < n; i++)
            count[i] = poisson(rate);
        double p = silence_of_cases(count, n).p_value;
        tried += !isnan(p);
        alarms += p <= alpha;
    }
    return (double)alarms / tried;
}

/* Three standard errors of 20,000 simulations: 0.0046 at 5 %, 0.0021 at 1 %. */
static void false_alarms_stay_at_their_level(void **state)
{
    static const double rates[] = {0.05, 0.1, 0.3, 1, 2};
    static const size_t months[] = {24, 72};
    (void)state;
    for (int r = 0; r < 5; r++)
        for (int m = 0; m < 2; m++) {
            assert_true(false_alarms(rates[r], months[m], 0.05) < 0.05 + 0.0046);
            assert_true(false_alarms(rates[r], months[m], 0.01) < 0.01 + 0.0021);
        }
}

/* … and are not so rare that nothing would ever be found. */
static void false_alarms_of_the_usual_rates_are_near_their_level(void **state)
{
    (void)state;
    assert_true(false_alarms(0.1, 72, 0.05) > 0.03);
    assert_true(false_alarms(0.3, 72, 0.05) > 0.03);
}

/* Cases that come three at a time, on average: variance 3 x mean. */
static void clumps_raise_no_more_false_alarms(void **state)
{
    double count[60];
    int alarms = 0, tried = 0;
    (void)state;
    random_bits = 2;
    for (int k = 0; k < 20000; k++) {
        for (size_t i = 0; i < 60; i++) {
            count[i] = 0;
            for (int clumps = poisson(0.1); clumps > 0; clumps--)
                count[i] += 1 + poisson(1.618);
        }
        double p = silence_of_cases(count, 60).p_value;
        tried += !isnan(p);
        alarms += p <= 0.05;
    }
    assert_true((double)alarms / tried < 0.05 + 0.0046);
}

/* ---- reports ---- */

/* R: dhyper(0, 3, 69, 69); 1 / choose(72, 3) */
static void three_months_after_sixty_nine_are_one_choice_of_all(void **state)
{
    bool reported[72];
    (void)state;
    for (int i = 0; i < 72; i++)
        reported[i] = i < 69;
    struct silence s = silence_of_reports(reported, 72);
    assert_int_equal(s.run, 3);
    assert_int_equal(s.past, 69);
    CHECK_NEAR(s.p_value, 1.6767270288397028e-05, 1e-13, 0);
}

/* R: dhyper(2, 5, 35, 37) */
static void who_often_missed_is_less_surprising(void **state)
{
    bool reported[40];
    (void)state;
    for (int i = 0; i < 40; i++)
        reported[i] = i != 4 && i != 20 && i < 37;
    CHECK_NEAR(silence_of_reports(reported, 40).p_value, 0.0010121457489878553, 1e-13, 0);
}

static void who_never_reported_has_not_stopped(void **state)
{
    (void)state;
    assert_true(isnan(silence_of_reports((const bool[]){false, false}, 2).p_value));
    assert_true(isnan(silence_of_reports(NULL, 0).p_value));
    CHECK_NEAR(silence_of_reports((const bool[]){false, true}, 2).p_value, 1, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_silent_year_after_three_of_four_cases_is_the_negative_binomial_at_zero),
        cmocka_unit_test(the_probability_is_the_share_of_arrangements),
        cmocka_unit_test(who_never_had_a_case_is_not_silent),
        cmocka_unit_test(a_case_in_the_last_month_is_no_silence),
        cmocka_unit_test(unknown_months_are_neither_silence_nor_past),
        cmocka_unit_test(clumps_make_a_silence_likelier),
        cmocka_unit_test(a_large_past_underflows_to_zero_not_to_nonsense),
        cmocka_unit_test(false_alarms_stay_at_their_level),
        cmocka_unit_test(false_alarms_of_the_usual_rates_are_near_their_level),
        cmocka_unit_test(clumps_raise_no_more_false_alarms),
        cmocka_unit_test(three_months_after_sixty_nine_are_one_choice_of_all),
        cmocka_unit_test(who_often_missed_is_less_surprising),
        cmocka_unit_test(who_never_reported_has_not_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
