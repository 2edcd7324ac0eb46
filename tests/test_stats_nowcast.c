/* test_stats_nowcast.c: completeness against oracle/delay_completeness.csv (R 4.2), what is missing
 * against R's negative binomial, and the hard cases of both. */
#include "check.h"

#include "oracle_csv.h"
#include "stats/nowcast.h"

static void add(struct delays *d, int64_t age, int64_t delay, int64_t n)
{
    assert_true(delays_add(d, age, delay, n));
}

/* One report each, of acts old enough for any of these delays. */
static void add_all(struct delays *d, const int *delays, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add(d, 1000, delays[i], 1);
}

static struct completeness fit(const struct delays *d, int64_t max_delay)
{
    struct completeness c;
    assert_true(completeness_fit(&c, d, max_delay));
    return c;
}

static struct seen_share mean(const struct completeness *c, int64_t from, int64_t to)
{
    const struct ages ages = {from, to};
    return completeness_mean(c, &ages, 1);
}

/* ---- quantiles ---- */

static void no_delays_have_no_quantile(void **state)
{
    (void)state;
    struct delays d = {0};
    assert_int_equal(delays_quantile(&d, 0.5), -1);
}

static void quantile_of_one_delay_is_that_delay(void **state)
{
    (void)state;
    struct delays d = {0};
    add_all(&d, (const int[]){17}, 1);
    assert_int_equal(delays_quantile(&d, 0.01), 17);
    assert_int_equal(delays_quantile(&d, 0.5), 17);
    assert_int_equal(delays_quantile(&d, 1), 17);
    delays_free(&d);
}

/* By hand, as R defines quantile(c(0,0,1,2,3,5,8,13,21,400), c(.5,.8,.95,1), type = 1). */
static void quantiles_are_those_of_r_type_1(void **state)
{
    (void)state;
    struct delays d = {0};
    add_all(&d, (const int[]){400, 0, 1, 21, 0, 2, 3, 5, 13, 8}, 10);
    assert_int_equal(d.n, 10);
    assert_int_equal(delays_quantile(&d, 0.5), 3);
    assert_int_equal(delays_quantile(&d, 0.8), 13);
    assert_int_equal(delays_quantile(&d, 0.95), 400);
    assert_int_equal(delays_quantile(&d, 1), 400);
    delays_free(&d);
}

/* 0.95 * 20 is 19 in full: not pushed to the 20th by the rounding of 0.95. */
static void a_whole_rank_is_not_rounded_up(void **state)
{
    (void)state;
    struct delays d = {0};
    for (int i = 1; i <= 20; i++)
        add_all(&d, &i, 1);
    assert_int_equal(delays_quantile(&d, 0.95), 19);
    assert_int_equal(delays_quantile(&d, 0.951), 20);
    delays_free(&d);
}

static void what_cannot_have_been_seen_is_no_delay(void **state)
{
    (void)state;
    struct delays d = {0};
    add(&d, 10, -1, 1);
    add(&d, 10, 11, 1);
    add(&d, -3, -3, 1);
    add(&d, 10, 5, 0);
    assert_int_equal(d.n, 0);
    add(&d, 10, 10, 1);
    add(&d, 0, 0, 1);
    assert_int_equal(d.n, 2);
    delays_free(&d);
}

/* ---- completeness ---- */

/* The pairs of one case, as seen from `now`. */
static void read_pairs(struct delays *d, const char *name, int64_t now)
{
    struct oracle o;
    oracle_open(&o, "delay_pairs.csv");
    while (oracle_next(&o)) {
        int64_t occurred = (int64_t)oracle_number(&o, "occurred");
        if (!strcmp(oracle_text(&o, "case"), name))
            add(d, now - occurred, (int64_t)oracle_number(&o, "reported") - occurred,
                (int64_t)oracle_number(&o, "n"));
    }
}

/* R: delay(case, occurred, reported, now, D) of shared/oracle/reference.R */
static void every_column_of_completeness_agrees_with_r(void **state)
{
    struct oracle o;
    (void)state;
    oracle_open(&o, "delay_completeness.csv");
    while (oracle_next(&o)) {
        struct delays d = {0};
        size_t at = (size_t)oracle_number(&o, "delay");
        read_pairs(&d, oracle_text(&o, "case"), (int64_t)oracle_number(&o, "now"));
        struct completeness c = fit(&d, (int64_t)oracle_number(&o, "max_delay"));
        oracle_check(&o, "reported_at", (double)c.at[at], 0, 0);
        oracle_check(&o, "reported_by", (double)c.by[at], 0, 0);
        oracle_check(&o, "completeness", c.share[at], 1e-9, 0);
        oracle_check(&o, "log_completeness_var", c.log_variance[at], 1e-9, 0);
        completeness_free(&c);
        delays_free(&d);
    }
    assert_int_equal(o.row, 44);
}

/* Where every act is old, F is the plain share reported by the delay. */
static void of_old_acts_completeness_is_the_share_reported(void **state)
{
    (void)state;
    struct delays d = {0};
    for (int i = 0; i < 50; i++)
        add(&d, 500, i, 2);
    struct completeness c = fit(&d, -1);
    assert_int_equal(c.max_delay, 500);
    for (int i = 0; i < 50; i++)
        CHECK_NEAR(c.share[i], (i + 1) / 50.0, 1e-13, 0);
    CHECK_NEAR(c.share[49], 1, 0, 0);
    /* Greenwood without censoring is binomial: Var log F = (1 - F)/(n F) */
    CHECK_NEAR(c.log_variance[9], (1 - 0.2) / (100 * 0.2), 1e-12, 0);
    completeness_free(&c);
    delays_free(&d);
}

static void reports_without_delay_are_all_in_at_once(void **state)
{
    (void)state;
    struct delays d = {0};
    for (int age = 0; age < 40; age++)
        add(&d, age, 0, 1);
    struct completeness c = fit(&d, -1);
    assert_int_equal(c.max_delay, 20); /* 20 acts are so old */
    for (int i = 0; i <= 20; i++)
        CHECK_NEAR(c.share[i], 1, 0, 0);
    struct missing m = missing_of(7, mean(&c, 0, 30));
    assert_true(m.mean == 0 && m.low == 0 && m.high == 0);
    completeness_free(&c);
    delays_free(&d);
}

static void of_too_few_reports_nothing_is_told(void **state)
{
    (void)state;
    struct delays d = {0};
    struct completeness none = fit(&d, -1);
    assert_int_equal(none.max_delay, -1);
    assert_true(isnan(mean(&none, 0, 30).share));
    add(&d, 400, 3, NOWCAST_REPORTS - 1);
    struct completeness few = fit(&d, -1);
    assert_int_equal(few.max_delay, -1);
    add(&d, 400, 5, 1);
    struct completeness enough = fit(&d, -1);
    assert_int_equal(enough.max_delay, 400);
    completeness_free(&enough);
    delays_free(&d);
}

/* One report alone, which took five days: before them nothing could be seen. */
static void before_the_only_delay_nothing_is_seen_and_nothing_told(void **state)
{
    (void)state;
    struct delays d = {0};
    add(&d, 10, 5, 1);
    struct completeness c = fit(&d, 10);
    CHECK_NEAR(c.share[4], 0, 0, 0);
    CHECK_NEAR(c.share[5], 1, 0, 0);
    struct missing m = missing_of(0, mean(&c, 0, 0));
    assert_true(isnan(m.mean) && m.low == -1 && m.high == -1);
    completeness_free(&c);
    delays_free(&d);
}

/* F of the newest day is 0: the days beside it carry the estimate. */
static void a_newest_day_of_which_nothing_is_seen_counts_among_the_others(void **state)
{
    (void)state;
    struct delays d = {0};
    add(&d, 100, 1, 30);
    add(&d, 100, 2, 30);
    struct completeness c = fit(&d, -1);
    CHECK_NEAR(c.share[0], 0, 0, 0);
    CHECK_NEAR(mean(&c, 0, 3).share, (0 + 0.5 + 1 + 1) / 4, 1e-13, 0);
    assert_true(missing_of(0, mean(&c, 0, 3)).mean > 0);
    completeness_free(&c);
    delays_free(&d);
}

/* Acts reported years later: the longest delays were seen of too few old acts to be told. */
static void delays_of_years_are_kept_apart_where_few_acts_are_so_old(void **state)
{
    (void)state;
    struct delays d = {0};
    for (int age = 1; age <= 1000; age++)
        add(&d, age, age < 7 ? age : 7, 1);
    add(&d, 4000, 3650, 3);
    struct completeness c = fit(&d, -1);
    assert_int_equal(c.max_delay, 981); /* acts of age 981 … 1000 */
    assert_int_equal(c.beyond, 3);
    assert_int_equal(c.n, 1000);
    CHECK_NEAR(c.share[7], 1, 0, 0);
    completeness_free(&c);
    for (int i = 0; i < 17; i++)
        add(&d, 4000, 10, 1);
    c = fit(&d, -1);
    assert_int_equal(c.max_delay, 4000);
    assert_int_equal(c.beyond, 0);
    CHECK_NEAR(c.share[3649], 17.0 / 20, 1e-13, 0);
    completeness_free(&c);
    delays_free(&d);
}

/* ---- the mean over ages ---- */

static struct delays sparse(void)
{
    struct delays d = {0};
    read_pairs(&d, "months_sparse", 30);
    return d;
}

/* R: F <- completeness, V <- log_completeness_var of months_sparse;
 *    sum(outer(F, F) * V[outer(1:5, 1:5, pmax)])/25 */
static void mean_over_ages_has_the_variance_of_all_pairs(void **state)
{
    (void)state;
    struct delays d = sparse();
    struct completeness c = fit(&d, 8);
    double share = 0, variance = 0;
    for (int a = 0; a < 5; a++) {
        share += c.share[a] / 5;
        for (int b = 0; b < 5; b++)
            variance += c.share[a] * c.share[b] * c.log_variance[a > b ? a : b] / 25;
    }
    CHECK_NEAR(mean(&c, 0, 4).share, share, 1e-13, 0);
    CHECK_NEAR(mean(&c, 0, 4).variance, variance, 1e-13, 0);
    const struct ages parts[] = {{0, 1}, {2, 2}, {3, 4}};
    CHECK_NEAR(completeness_mean(&c, parts, 3).share, share, 1e-13, 0);
    CHECK_NEAR(completeness_mean(&c, parts, 3).variance, variance, 1e-13, 0);
    const struct ages twice[] = {{2, 2}, {2, 2}}; /* of one age: as uncertain as one of them */
    CHECK_NEAR(completeness_mean(&c, twice, 2).variance, mean(&c, 2, 2).variance, 1e-13, 0);
    completeness_free(&c);
    delays_free(&d);
}

static void beyond_the_longest_delay_all_is_in(void **state)
{
    (void)state;
    struct delays d = sparse();
    struct completeness c = fit(&d, 8);
    CHECK_NEAR(mean(&c, 8, 8).share, 1, 0, 0);
    CHECK_NEAR(mean(&c, 100, 200).share, 1, 0, 0);
    CHECK_NEAR(mean(&c, 100, 200).variance, 0, 0, 0);
    struct seen_share all = mean(&c, 0, 17), young = mean(&c, 0, 8);
    CHECK_NEAR(all.share, (9 * young.share + 9) / 18, 1e-13, 0);
    CHECK_NEAR(all.variance, young.variance / 4, 1e-13, 0);
    assert_true(isnan(completeness_mean(&c, NULL, 0).share));
    completeness_free(&c);
    delays_free(&d);
}

/* ---- what is missing ---- */

static void check_missing(int64_t n, double share, double variance, double want, int64_t low,
                          int64_t high)
{
    struct missing m = missing_of(n, (struct seen_share){share, variance});
    CHECK_NEAR(m.mean, want, 1e-13, 0);
    assert_int_equal(m.low, low);
    assert_int_equal(m.high, high);
}

/* R: (n + .5) * (1 - F)/F; qnbinom(c(.1, .9), n + .5, F) */
static void missing_is_negative_binomial(void **state)
{
    (void)state;
    check_missing(0, 0.6, 0, 1 / 3.0, 0, 1);
    check_missing(3, 0.6, 0, 7 / 3.0, 0, 5);
    check_missing(50, 0.6, 0, 101 / 3.0, 24, 43);
    check_missing(400, 0.97, 0, 400.5 * 0.03 / 0.97, 8, 17);
}

/* R: cdf <- function(k, n, F, v) integrate(function(z) dnorm(z) * sapply(z, function(x)
 *      pnbinom(k, n + .5, mu = (n + .5) * (1 - F)/F * exp(sqrt(v)/F/(1 - F) * x))), -8, 8)$value;
 *    the smallest k with cdf >= .1, .9 */
static void what_is_not_known_of_completeness_widens_the_interval(void **state)
{
    (void)state;
    check_missing(0, 0.6, 0.01, 1 / 3.0, 0, 1);
    check_missing(3, 0.6, 0.01, 7 / 3.0, 0, 6);
    check_missing(50, 0.6, 0.01, 101 / 3.0, 18, 60);
    check_missing(400, 0.6, 0.01, 801 / 3.0, 154, 458);
    check_missing(50, 0.97, 2e-4, 50.5 * 0.03 / 0.97, 0, 4);
    check_missing(400, 0.97, 2e-4, 400.5 * 0.03 / 0.97, 5, 24);
}

static void nothing_seen_is_not_nothing_missing(void **state)
{
    (void)state;
    struct missing m = missing_of(0, (struct seen_share){0.2, 0});
    CHECK_NEAR(m.mean, 2, 1e-13, 0);
    CHECK_NEAR(m.prob_none, sqrt(0.2), 1e-12, 0);
    assert_true(m.high > 0);
}

static void what_makes_no_sense_is_missing(void **state)
{
    static const struct seen_share bad[] = {{0, 0}, {-1, 0}, {1.5, 0}, {NAN, 0}, {NAN, NAN}};
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        struct missing m = missing_of(3, bad[i]);
        assert_true(isnan(m.mean) && m.low == -1 && m.high == -1);
    }
    assert_true(isnan(missing_of(-1, (struct seen_share){0.5, 0}).mean));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_delays_have_no_quantile),
        cmocka_unit_test(quantile_of_one_delay_is_that_delay),
        cmocka_unit_test(quantiles_are_those_of_r_type_1),
        cmocka_unit_test(a_whole_rank_is_not_rounded_up),
        cmocka_unit_test(what_cannot_have_been_seen_is_no_delay),
        cmocka_unit_test(every_column_of_completeness_agrees_with_r),
        cmocka_unit_test(of_old_acts_completeness_is_the_share_reported),
        cmocka_unit_test(reports_without_delay_are_all_in_at_once),
        cmocka_unit_test(of_too_few_reports_nothing_is_told),
        cmocka_unit_test(before_the_only_delay_nothing_is_seen_and_nothing_told),
        cmocka_unit_test(a_newest_day_of_which_nothing_is_seen_counts_among_the_others),
        cmocka_unit_test(delays_of_years_are_kept_apart_where_few_acts_are_so_old),
        cmocka_unit_test(mean_over_ages_has_the_variance_of_all_pairs),
        cmocka_unit_test(beyond_the_longest_delay_all_is_in),
        cmocka_unit_test(missing_is_negative_binomial),
        cmocka_unit_test(what_is_not_known_of_completeness_widens_the_interval),
        cmocka_unit_test(nothing_seen_is_not_nothing_missing),
        cmocka_unit_test(what_makes_no_sense_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
