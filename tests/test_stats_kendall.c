/* test_stats_kendall.c: Mann-Kendall and Sen's slope against oracle/trend.csv (R 4.2), and made
 * series. */
#include "fixtures_months.h"

#include <stdlib.h>

#include "stats/kendall.h"

static struct kendall_trend trend_of(const double *y, size_t n, int64_t first, int per_year)
{
    static double one[MONTHS_MOST];
    struct time_series s = {
        .count = y, .exposure = one, .n = n, .first = first, .per_year = per_year};
    struct kendall_trend k;

    for (size_t i = 0; i < MONTHS_MOST; i++)
        one[i] = 1;
    assert_true(kendall_trend(&s, &k));
    return k;
}

static void kendall_check(const struct oracle *o, const struct kendall *k, const char *name[7])
{
    double got[] = {k->tau, k->s, k->var, k->p, k->sen, k->sen_low, k->sen_high};
    for (int i = 0; i < 7; i++)
        oracle_check(o, name[i], got[i], 1e-9, 0);
}

/* R: seasonal_mk(y, k), annual_mk(y, k) of shared/oracle/reference.R. Where the oracle is silent
 * for lack of incidents, the caller is, not this function. */
static void every_column_of_trend_agrees_with_r(void **state)
{
    static const char *seasonal[] = {"mk_tau",    "mk_s",    "mk_var",  "mk_p",
                                     "sen_slope", "sen_low", "sen_high"};
    static const char *annual[] = {"annual_tau", "annual_s",   "annual_var", "annual_p",
                                   "annual_sen", "annual_low", "annual_high"};
    struct oracle o;
    (void)state;
    oracle_open(&o, "trend.csv");
    while (oracle_next(&o)) {
        struct months m;
        months_read(&m, oracle_text(&o, "series"));
        struct kendall_trend k = trend_of(m.count, m.n, m.first, 12);

        oracle_check(&o, "n", (double)m.n, 0, 0);
        oracle_check(&o, "annual_n", (double)k.annual_n, 0, 0);
        if (m.n < 3 || oracle_number(&o, "total") < 5)
            continue;
        kendall_check(&o, &k.seasonal, seasonal);
        kendall_check(&o, &k.annual, annual);
    }
    assert_int_equal(o.row, 34);
}

static void check_seven(const struct kendall *k, const double want[7])
{
    double got[] = {k->tau, k->s, k->var, k->p, k->sen, k->sen_low, k->sen_high};
    for (int i = 0; i < 7; i++) {
        if (!check_is_near(got[i], want[i], 1e-12, 0))
            fail_msg("value %d: %.17g, expected %.17g", i, got[i], want[i]);
    }
}

/* R: r <- mk(y); c(r$S/r$D, r$S, r$var, mk_p(r$S, r$var), sen_of(pair_slopes(y, t), r$var)),
 *    t = seq_along(y). Of the first also cor.test(t, y, method = "kendall", exact = FALSE,
 *    continuity = TRUE): p 0.31930203648285482, tau 0.27602622373694169 */
static void plain_test_agrees_with_r(void **state)
{
    static const double digits[] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3}, rising[] = {1, 2, 3, 4, 5};
    static const double sparse[] = {0, 0, 1, 0, 0, 0, 2, 0}, two[] = {7, 9};
    (void)state;

    struct kendall k = trend_of(digits, 10, 2010, 1).seasonal;
    check_seven(&k, (const double[]){0.27602622373694163, 12, 122, 0.31930203648285482,
                                     0.33333333333333331, -0.5, 0.83333333333333337});
    k = trend_of(rising, 5, 2010, 1).seasonal;
    check_seven(&k, (const double[]){1, 10, 50.0 / 3, 0.027486336111510339, 1, 1, 1});
    k = trend_of(sparse, 8, 2010, 1).seasonal;
    check_seven(&k, (const double[]){0.15724272550828775, 3, 37, 0.74230839407171634, 0, 0, 0.25});
    k = trend_of(two, 2, 2010, 1).seasonal;
    check_seven(&k, (const double[]){1, 1, 1, 1, 2, 2, 2});
}

/* R: the same summed over quarters, k = 2020*4 + 3 + 0:16, pairs of y[!is.na(y)] with k %% 4
 *    equal, slopes over k %/% 4. */
static void quarters_with_gaps_agree_with_r(void **state)
{
    static const double y[] = {5, 2, 8, 4, 6, NAN, 9, 3, 7, 3, 7, 5, 9, 1, NAN, 6, 8};
    (void)state;

    struct kendall_trend k = trend_of(y, 17, 2020 * 4 + 3, 4);
    check_seven(&k.seasonal,
                (const double[]){0.45454545454545453, 10, 98.0 / 3, 0.11533217926801941,
                                 0.70833333333333326, -0.5, 4.0 / 3});
    assert_int_equal(k.annual_n, 2); /* 2022 and 2023: 2021 and 2024 have a gap, 2020 a quarter */
    assert_true(isnan(k.annual.s) && isnan(k.annual.p) && !k.annual.sen_is_ties);
}

static void one_step_a_year_makes_both_tests_the_same(void **state)
{
    static const double y[] = {4, 0, NAN, 7, 7, 2};
    (void)state;

    struct kendall_trend k = trend_of(y, 6, 2019, 1);
    assert_int_equal(k.annual_n, 5);
    assert_memory_equal(&k.seasonal, &k.annual, sizeof(double) * 7);
}

static void without_two_values_in_a_season_nothing_is_estimated(void **state)
{
    static const double y[] = {4, 7, 1, 9, 3, 3, 3, 8, 2, 0, 5, 6, NAN};
    static const double nothing[] = {NAN, NAN, NAN};
    (void)state;
    for (int i = 0; i < 4; i++) {
        struct kendall_trend k = i < 3 ? trend_of(y, (size_t[]){0, 1, 13}[i], 2024 * 12, 12)
                                       : trend_of(nothing, 3, 2024, 1);
        assert_true(k.seasonal.s == 0 && k.seasonal.var == 0 && k.seasonal.p == 1);
        assert_true(isnan(k.seasonal.tau) && isnan(k.seasonal.sen));
        assert_true(isnan(k.seasonal.sen_low) && isnan(k.seasonal.sen_high));
        assert_false(k.seasonal.sen_is_ties);
        assert_true(isnan(k.annual.p));
        assert_int_equal(k.annual_n, i == 2 ? 1 : 0);
    }
}

/* Months that never change, though unlike one another, say nothing of a trend. */
static void constant_months_have_no_tau_and_tied_slopes(void **state)
{
    double y[60];
    (void)state;
    for (int i = 0; i < 60; i++)
        y[i] = i % 12;
    struct kendall_trend k = trend_of(y, 60, 2020 * 12 + 4, 12);
    assert_true(isnan(k.seasonal.tau));
    assert_true(k.seasonal.s == 0 && k.seasonal.var == 0 && k.seasonal.p == 1);
    assert_true(k.seasonal.sen == 0 && k.seasonal.sen_is_ties);
    assert_int_equal(k.annual_n, 4);
    assert_true(isnan(k.annual.tau) && k.annual.p == 1 && k.annual.sen_is_ties);
}

/* Two cases a year: the slopes are nearly all ties, [0, 0] is no certainty. A slope of 0 in an
 * interval of some width is an answer. */
static void only_an_interval_of_zero_to_zero_is_ties(void **state)
{
    static const double digits[] = {3, 1, 4, 1, 3, 2, 2, 6, 1, 3}, even[] = {5, 6, 7, 8};
    double y[120] = {0};
    (void)state;
    for (int i = 3; i < 120; i += 6)
        y[i + i % 5] = 1;
    struct kendall k = trend_of(y, 120, 2015 * 12, 12).seasonal;
    assert_true(k.sen_is_ties && k.sen == 0 && k.sen_low == 0 && k.sen_high == 0 && k.var > 0);
    k = trend_of(digits, 10, 2015, 1).seasonal;
    assert_true(k.sen == 0 && k.sen_low < 0 && k.sen_high > 0 && !k.sen_is_ties);
    k = trend_of(even, 4, 2015, 1).seasonal;
    assert_true(k.sen_low == 1 && k.sen_high == 1 && !k.sen_is_ties);
}

static void numbers_fill(double *y, size_t n, unsigned seed, double most)
{
    srand(seed);
    for (size_t i = 0; i < n; i++)
        y[i] = floor(most * rand() / (RAND_MAX + 1.0));
}

/* R: sort(x)[rank]; the selection of four ranks against a full sort. */
static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void slopes_are_those_of_a_full_sort(void **state)
{
    static double y[MONTHS_MOST], slope[MONTHS_MOST * MONTHS_MOST / 2];
    (void)state;
    for (unsigned trial = 0; trial < 60; trial++) {
        size_t n = 2 + trial * 3, m = 0;
        numbers_fill(y, n, trial, trial % 3 ? trial % 3 * 4 : 1e6);
        for (size_t j = 0; j < n; j++)
            for (size_t i = 0; i < j; i++)
                slope[m++] = (y[j] - y[i]) / (double)(j - i);
        qsort(slope, m, sizeof *slope, by_size);
        struct kendall k = trend_of(y, n, 1900, 1).seasonal;
        double c = 1.959963984540054 * sqrt(k.var), N = (double)m;
        double low = fmax(1, nearbyint((N - c) / 2)), high = fmin(N, nearbyint((N + c) / 2 + 1));
        assert_true(k.sen_low == slope[(size_t)low - 1] && k.sen_high == slope[(size_t)high - 1]);
        assert_true(k.sen == (slope[(m - 1) / 2] + slope[m / 2]) / 2);
    }
}

static void the_years_themselves_do_not_matter(void **state)
{
    double y[130];
    (void)state;
    numbers_fill(y, 130, 7, 12);
    struct kendall_trend a = trend_of(y, 130, 2010 * 12 + 5, 12);
    struct kendall_trend b = trend_of(y, 130, 1700 * 12 + 5, 12);
    assert_memory_equal(&a.seasonal, &b.seasonal, sizeof(double) * 7);
    assert_memory_equal(&a.annual, &b.annual, sizeof(double) * 7);
}

static void falling_is_rising_turned_round(void **state)
{
    double y[100], z[100];
    (void)state;
    numbers_fill(y, 100, 8, 9);
    for (int i = 0; i < 100; i++)
        z[i] = 20 - y[i];
    struct kendall a = trend_of(y, 100, 2010 * 12, 12).seasonal;
    struct kendall b = trend_of(z, 100, 2010 * 12, 12).seasonal;
    assert_true(a.s == -b.s && a.tau == -b.tau && a.var == b.var && a.p == b.p);
    assert_true(a.sen == -b.sen);
    CHECK_NEAR(a.sen_low, -b.sen_high, 0, 0.34); /* the ranks are clipped and rounded apart */
}

static void counts_of_a_million_millions_stay_exact(void **state)
{
    double y[48];
    (void)state;
    for (int i = 0; i < 48; i++)
        y[i] = 1e12 + i;
    struct kendall_trend k = trend_of(y, 48, 2020 * 12, 12);
    CHECK_NEAR(k.seasonal.tau, 1, 1e-15, 0);
    assert_true(k.seasonal.s == 72 && k.seasonal.sen == 12);
    assert_true(k.annual.s == 6 && k.annual.sen == 144);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_of_trend_agrees_with_r),
        cmocka_unit_test(plain_test_agrees_with_r),
        cmocka_unit_test(quarters_with_gaps_agree_with_r),
        cmocka_unit_test(one_step_a_year_makes_both_tests_the_same),
        cmocka_unit_test(without_two_values_in_a_season_nothing_is_estimated),
        cmocka_unit_test(constant_months_have_no_tau_and_tied_slopes),
        cmocka_unit_test(only_an_interval_of_zero_to_zero_is_ties),
        cmocka_unit_test(slopes_are_those_of_a_full_sort),
        cmocka_unit_test(the_years_themselves_do_not_matter),
        cmocka_unit_test(falling_is_rising_turned_round),
        cmocka_unit_test(counts_of_a_million_millions_stay_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
