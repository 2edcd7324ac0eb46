/* test_stats_jump.c: jumps at a change of source against R 4.2 and by simulation. */
#include "check.h"

#include "stats/jump.h"

enum { MONTHS = 96 };

static double count[MONTHS];
static bool starts[MONTHS];
static const struct jump_series series = {count, starts};

static void fill(double before, double after, size_t change)
{
    for (size_t i = 0; i < MONTHS; i++) {
        count[i] = i < change ? before : after;
        starts[i] = true;
    }
}

static struct jump judge(size_t b0, size_t b1, size_t a0, size_t a1)
{
    struct jump j;
    assert_true(jump_judge(&series, (struct jump_run){b0, b1}, (struct jump_run){a0, a1}, &j));
    return j;
}

static void check_months(struct jump_run r, size_t first, size_t last)
{
    assert_int_equal(r.first, first);
    assert_int_equal(r.last, last);
}

/* R: poisson.test(c(4, 15), c(12, 12)) */
static void two_years_are_compared_exactly(void **state)
{
    (void)state;
    fill(0, 0, 12);
    for (size_t i = 0; i < 12; i++) {
        count[i] = i == 11 || i == 5 || i == 8 ? 2 : i < 9 ? 1 : 0;
        count[i + 12] = i % 3 == 0;
    }
    count[2] = 2;
    count[10] = 1;
    struct jump j = judge(0, 11, 12, 23);
    CHECK_NEAR(j.count_before, 15, 0, 0);
    CHECK_NEAR(j.count_after, 4, 0, 0);
    CHECK_NEAR(j.phi, 1, 0, 0);
    CHECK_NEAR(j.p_value, 0.019210815429687517, 1e-12, 0);
    CHECK_NEAR(j.ratio, 4.0 / 15, 1e-14, 0);
    CHECK_NEAR(j.low, 0.064423755743139494, 1e-10, 0);
    CHECK_NEAR(j.high, 0.837063767118984559, 1e-10, 0);
    assert_false(j.other_season);
}

/* Whole years next to the change, three at most, also where months of nobody lie between. */
static void whole_years_next_to_the_change_are_taken(void **state)
{
    (void)state;
    fill(1, 1, 50);
    struct jump j = judge(0, 49, 52, 95);
    check_months(j.before, 14, 49);
    check_months(j.after, 52, 87);
    j = judge(30, 49, 50, 95);
    check_months(j.before, 38, 49);
    check_months(j.after, 50, 61);
    assert_false(j.other_season);
}

static void a_short_run_meets_the_same_months_of_a_year_before(void **state)
{
    (void)state;
    fill(1, 3, 60);
    struct jump j = judge(0, 59, 60, 64);
    check_months(j.before, 48, 52);
    check_months(j.after, 60, 64);
    assert_false(j.other_season);
    j = judge(56, 59, 60, 90);
    check_months(j.before, 56, 59);
    check_months(j.after, 68, 71);
}

static void runs_too_short_for_the_season_say_so(void **state)
{
    (void)state;
    fill(1, 3, 8);
    struct jump j = judge(0, 7, 8, 12);
    check_months(j.before, 3, 7);
    check_months(j.after, 8, 12);
    assert_true(j.other_season);
    assert_false(
        jump_judge(&series, (struct jump_run){0, 1}, (struct jump_run){2, 40}, &(struct jump){0}));
}

/* R: poisson.test(c(0, 9), c(5, 5)) the other way round: nothing before. */
static void nothing_before_has_no_ratio_but_a_p(void **state)
{
    (void)state;
    fill(0, 0, 8);
    count[8] = 9;
    struct jump j = judge(3, 7, 8, 12);
    assert_true(isnan(j.ratio));
    assert_true(isnan(j.high));
    CHECK_NEAR(j.low, 1 / 0.50663019029466771, 1e-9, 0);
    CHECK_NEAR(j.p_value, 0.0039062500000000035, 1e-12, 0);
}

static void nothing_at_all_is_no_jump(void **state)
{
    (void)state;
    fill(0, 0, 8);
    CHECK_NEAR(judge(0, 23, 24, 47).p_value, 1, 0, 0);
}

/* Yearly totals, then monthly cases. */
static void a_row_of_a_whole_year_is_never_cut(void **state)
{
    (void)state;
    fill(0, 2, 36);
    for (size_t i = 0; i < 36; i++)
        starts[i] = i % 12 == 0;
    count[11] = count[23] = count[35] = 12;
    struct jump j = judge(0, 35, 36, 90);
    CHECK_NEAR(j.count_before, 36, 0, 0);
    CHECK_NEAR(j.count_after, 72, 0, 0);
    CHECK_NEAR(j.phi, 1, 0, 0);
    assert_false(j.other_season);
    j = judge(0, 35, 36, 40); /* five months against a year's row: another season */
    check_months(j.before, 24, 35);
    check_months(j.after, 36, 40);
    CHECK_NEAR(j.ratio, 2, 1e-12, 0);
    assert_true(j.other_season);
}

static void what_varies_more_than_chance_jumps_less(void **state)
{
    (void)state;
    fill(0, 0, 24);
    for (size_t i = 0; i < 48; i++)
        count[i] = i % 2 ? 20 : i < 24 ? 4 : 8;
    struct jump j = judge(0, 23, 24, 47);
    assert_true(j.phi > 3);
    assert_true(j.low < 1 && j.p_value > 0.05);
    CHECK_NEAR(j.ratio, 14.0 / 12, 1e-12, 0);
}

/* ---- false alarms ---- */

static uint64_t random_bits;

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

static void false_alarms_stay_at_their_level(void **state)
{
    static const double rates[] = {0.2, 1, 5};
    (void)state;
    for (int r = 0; r < 3; r++) {
        int alarms = 0;
        random_bits = 1;
        for (int k = 0; k < 4000; k++) {
            fill(0, 0, 48);
            for (size_t i = 0; i < 72; i++)
                count[i] = poisson(rates[r]);
            alarms += judge(0, 47, 48, 71).p_value <= 0.05;
        }
        assert_true(alarms < 4000 * 0.05 + 3 * 14);
        assert_true(alarms > 4000 * 0.01);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_years_are_compared_exactly),
        cmocka_unit_test(whole_years_next_to_the_change_are_taken),
        cmocka_unit_test(a_short_run_meets_the_same_months_of_a_year_before),
        cmocka_unit_test(runs_too_short_for_the_season_say_so),
        cmocka_unit_test(nothing_before_has_no_ratio_but_a_p),
        cmocka_unit_test(nothing_at_all_is_no_jump),
        cmocka_unit_test(a_row_of_a_whole_year_is_never_cut),
        cmocka_unit_test(what_varies_more_than_chance_jumps_less),
        cmocka_unit_test(false_alarms_stay_at_their_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
