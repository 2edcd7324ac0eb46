/* test_risk_scan_hard.c: the spatial scan where there is little or nothing to scan, where something
 * is missing, and where sizes are far apart. */
#include "scan_check.h"

#include "risk/scan_random.h"

static struct scan scan_few(size_t n, const double *at, const int64_t *count,
                            const double *population)
{
    static const double zero[16];
    struct scan s;
    struct scan_points p = {n, zero, at};
    assert_true(scan_run(&p, count, population, &SCAN_OPTIONS_DEFAULT, &s));
    return s;
}

static void nothing_to_scan_is_a_state_without_clusters(void **state)
{
    static const double at[] = {1, 2, 3}, population[] = {10, 20, 30}, none[] = {0, 0, 0};
    static const int64_t zero[3], few[] = {0, 1, 0}, some[] = {0, 3, 1};
    (void)state;
    struct scan s = scan_few(0, at, some, population);
    assert_int_equal(s.state, SCAN_FEW_UNITS);
    scan_free(&s);
    s = scan_few(1, at, some, population);
    assert_int_equal(s.state, SCAN_FEW_UNITS);
    scan_free(&s);
    s = scan_few(3, at, zero, population);
    assert_int_equal(s.state, SCAN_NO_CASES);
    scan_free(&s);
    s = scan_few(3, at, few, population);
    assert_int_equal(s.state, SCAN_NO_CASES);
    scan_free(&s);
    s = scan_few(3, at, zero, none);
    assert_int_equal(s.state, SCAN_NO_POPULATION);
    scan_free(&s);
    s = scan_few(3, at, some, none);
    assert_int_equal(s.state, SCAN_CASES_WITHOUT_POPULATION);
    assert_int_equal(s.at, 1);
    assert_int_equal(s.clusters.n, 0);
    scan_free(&s);
    static const int64_t many[] = {INT32_MAX, 1, INT64_C(1) << 40};
    s = scan_few(3, at, many, population);
    assert_int_equal(s.state, SCAN_TOO_MANY_CASES);
    scan_free(&s);
}

static void a_unit_that_is_not_known_counts_nowhere(void **state)
{
    static const double at[] = {1, NAN, 2, 3, 4}, population[] = {10, 20, NAN, 30, 40};
    static const int64_t count[] = {9, 1000, 1000, 1, 1};
    (void)state;
    struct scan s = scan_few(5, at, count, population);
    assert_int_equal(s.left_out, 2);
    assert_true(s.used[0] && !s.used[1] && !s.used[2] && s.used[3]);
    assert_int_equal(s.cases, 11);
    CHECK_NEAR(s.population, 80, 0, 0);
    assert_int_equal(s.clusters.cluster[0].member_count, 1);
    assert_int_equal(s.clusters.cluster[0].member[0].unit, 0);
    CHECK_NEAR(s.clusters.cluster[0].expected, 11 / 8.0, 1e-12, 0);
    CHECK_NEAR(s.best[1].llr, 0, 0, 0);
    scan_free(&s);
}

static void a_unit_above_the_limit_is_in_no_window(void **state)
{
    static const double at[] = {1, 2, 3, 4}, population[] = {10, 900, 10, 10};
    static const int64_t count[] = {1, 900, 5, 1};
    (void)state;
    struct scan s = scan_few(4, at, count, population);
    assert_int_equal(s.state, SCAN_OK);
    CHECK_NEAR(s.best[1].llr, 0, 0, 0);
    for (size_t u = 0; u < 4; u++)
        assert_true(s.best[u].observed <= 6);
    scan_free(&s);
}

static void a_unit_without_people_is_never_a_window_alone(void **state)
{
    static const double at[] = {1, 1.5, 2, 3, 4}, population[] = {10, 0, 30, 40, 1000};
    static const int64_t count[] = {9, 0, 2, 1, 20};
    (void)state;
    struct scan s = scan_few(5, at, count, population);
    assert_int_equal(s.state, SCAN_OK);
    assert_int_equal(s.clusters.cluster[0].member_count, 1);
    assert_int_equal(s.clusters.cluster[0].member[0].unit, 0);
    assert_int_equal(s.best[1].observed, 9); /* with its neighbour */
    scan_free(&s);
}

static void populations_a_million_times_as_large(void **state)
{
    static const double at[] = {1, 2, 3}, population[] = {1, 1e6, 1.5e6};
    static const int64_t count[] = {3, 10, 20};
    (void)state;
    struct scan s = scan_few(3, at, count, population);
    CHECK_NEAR(s.clusters.cluster[0].p_value, 0.001, 0, 1e-9);
    CHECK_NEAR(s.clusters.cluster[0].llr, plain_llr(3, 33 / 2500001.0, 33), 1e-12, 0);
    scan_free(&s);
}

/* Many cases a unit are split by binomial draws, not thrown one by one: here they are thrown.
 * 0.087: what two samples of 999 from one distribution exceed once in a thousand. */
static void maxima_of_many_cases_are_those_of_cases_thrown_one_by_one(void **state)
{
    enum { UNITS = 8, CASES = 3200, TIMES = 999 };
    static const double at[UNITS] = {1, 1.1, 1.3, 2, 2.1, 3, 3.3, 5};
    static const double people[UNITS] = {500, 100, 900, 50, 1300, 700, 20, 430};
    static const int64_t count[UNITS] = {400, 400, 400, 400, 400, 400, 400, 400};
    static double plain[TIMES];
    struct plain p = {.n = UNITS, .total = CASES, .limit = 2000};
    uint64_t seed = 12;
    (void)state;
    memcpy(p.lon, at, sizeof at);
    memcpy(p.weight, people, sizeof people);
    struct scan s = scan_few(UNITS, at, count, people);
    for (size_t time = 0; time < TIMES; time++) {
        double thrown[UNITS] = {0};
        for (int i = 0; i < CASES; i++) {
            double x = scan_random_uniform(&seed) * 4000;
            size_t unit = 0;
            for (; x >= people[unit]; unit++)
                x -= people[unit];
            thrown[unit]++;
        }
        plain[time] = plain_maximum(&p, thrown, CASES / 4000.0);
    }
    qsort(plain, TIMES, sizeof *plain, scan_check_ascending);
    assert_true(scan_check_ks(s.maxima, plain, TIMES) < 0.087);
    scan_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_to_scan_is_a_state_without_clusters),
        cmocka_unit_test(a_unit_that_is_not_known_counts_nowhere),
        cmocka_unit_test(a_unit_above_the_limit_is_in_no_window),
        cmocka_unit_test(a_unit_without_people_is_never_a_window_alone),
        cmocka_unit_test(populations_a_million_times_as_large),
        cmocka_unit_test(maxima_of_many_cases_are_those_of_cases_thrown_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
