/* test_risk_permutation.c: the space-time permutation scan against SaTScan 10.3.2, every window
 * tried one by one, identities, refusals. */
#undef ORACLE_DIR
#define ORACLE_DIR "tests/data/oracle_scan/"
#include "scan_check.h"

#include "risk/permutation_scan.h"
#include "risk/scan_random.h"

enum { BOROUGHS = 32, MONTHS = 59 };

static char name[BOROUGHS][32];
static double lat[BOROUGHS], lon[BOROUGHS], count[BOROUGHS * MONTHS];
static const struct permutation_data london = {{BOROUGHS, lat, lon}, MONTHS, count};

static int read_london(void **state)
{
    struct oracle o;
    size_t n = 0;
    (void)state;
    oracle_open(&o, "london_robbery_personal/centroids.csv");
    for (; oracle_next(&o); n++) {
        snprintf(name[n], sizeof name[n], "%s", oracle_text(&o, "unit"));
        lat[n] = oracle_number(&o, "lat");
        lon[n] = oracle_number(&o, "lon");
    }
    assert_int_equal(n, BOROUGHS);
    oracle_open(&o, "london_robbery_personal/input.csv");
    while (oracle_next(&o)) {
        int year = 0, month = 0;
        size_t unit = scan_check_find(name, n, oracle_text(&o, "unit"));
        assert_int_equal(sscanf(oracle_text(&o, "month"), "%d-%d", &year, &month), 2);
        count[unit * MONTHS + (size_t)((year - 2019) * 12 + month - 1)] =
            oracle_number(&o, "cases");
    }
    return 0;
}

/* The windows all end in 2023-11, the last month. */
static size_t months_since(const char *start)
{
    int year = 0, month = 0;
    assert_int_equal(sscanf(start, "%d-%d", &year, &month), 2);
    return (size_t)((2023 - year) * 12 + 11 - month + 1);
}

static void clusters_are_those_of_satscan(void **state)
{
    struct permutation_scan s;
    struct oracle o;
    size_t n = 0;
    (void)state;
    assert_true(permutation_scan_run(&london, &SCAN_OPTIONS_DEFAULT, &s));
    assert_int_equal(s.state, SCAN_OK);
    assert_int_equal(s.cases, 131011);
    oracle_open(&o, "london_robbery_personal/clusters.csv");
    for (; oracle_next(&o); n++) {
        assert_true(n < s.n);
        const struct permutation_cluster *c = &s.cluster[n];
        double p = oracle_number(&o, "p_value");
        assert_string_equal(name[c->area.centre], oracle_text(&o, "centre"));
        assert_int_equal(c->months, months_since(oracle_text(&o, "start")));
        assert_int_equal(c->area.member_count, (size_t)oracle_number(&o, "n_units"));
        assert_int_equal(c->area.observed, (int64_t)oracle_number(&o, "observed"));
        oracle_check(&o, "expected_full", c->area.expected, 1e-9, 0);
        oracle_check(&o, "test_stat_full", c->area.llr, 1e-9, 0);
        oracle_check(&o, "radius_km", c->area.radius_km, 0, 0.00501);
        CHECK_NEAR(c->area.p_value, p, 0, 3 * sqrt(2 * p * (1 - p) / 999));
        CHECK_NEAR(c->recurrence_days, 30.4375 / c->area.p_value, 1e-12, 0);
        assert_true(isnan(c->area.rr));
    }
    assert_int_equal(n, s.n);
    permutation_scan_free(&s);
}

static void members_are_those_of_satscan(void **state)
{
    struct permutation_scan s;
    struct oracle o;
    size_t at = 0, last = 0;
    (void)state;
    assert_true(permutation_scan_run(&london, &SCAN_OPTIONS_DEFAULT, &s));
    oracle_open(&o, "london_robbery_personal/members.csv");
    while (oracle_next(&o)) {
        size_t cluster = (size_t)oracle_number(&o, "cluster") - 1;
        at = cluster == last ? at : 0;
        last = cluster;
        assert_string_equal(name[s.cluster[cluster].area.member[at++].unit],
                            oracle_text(&o, "unit"));
    }
    permutation_scan_free(&s);
}

/* Westminster's began a year before the end and was there the month before; Croydon's third month
 * is the first in which it is one. Known from a run of the data without the last month. */
static void a_cluster_of_the_month_before_is_ongoing(void **state)
{
    struct permutation_scan s, before;
    static double shorter[BOROUGHS * (MONTHS - 1)];
    struct permutation_data d = {{BOROUGHS, lat, lon}, MONTHS - 1, shorter};
    (void)state;
    for (size_t u = 0; u < BOROUGHS; u++)
        for (size_t t = 0; t < MONTHS - 1; t++)
            shorter[u * (MONTHS - 1) + t] = count[u * MONTHS + t];
    assert_true(permutation_scan_run(&london, &SCAN_OPTIONS_DEFAULT, &s));
    assert_true(permutation_scan_run(&d, &SCAN_OPTIONS_DEFAULT, &before));
    for (size_t i = 0; i < s.n; i++) {
        bool known = false;
        for (size_t k = 0; k < before.n; k++)
            for (size_t m = 0; m < before.cluster[k].area.member_count; m++)
                for (size_t w = 0; w < s.cluster[i].area.member_count; w++)
                    known |=
                        before.cluster[k].area.p_value <= SCAN_CLUSTER_P &&
                        before.cluster[k].area.member[m].unit == s.cluster[i].area.member[w].unit;
        assert_int_equal(s.cluster[i].ongoing, known);
    }
    assert_true(s.cluster[1].ongoing);
    permutation_scan_free(&s);
    permutation_scan_free(&before);
}

/* ---- small random data ---- */

enum { UNITS = 24, SPAN = 20 };

static struct plain small;
static double cases[UNITS * SPAN];
static const struct permutation_data random_data = {{UNITS, small.lat, small.lon}, SPAN, cases};

static double uniform(uint64_t *seed)
{
    return ((double)(scan_random(seed) >> 11) + 0.5) / 9007199254740992.0;
}

/* 600 cases, and `extra` more in the last two months of units 3 and 4, which are neighbours. */
static void make_up(uint64_t seed, int extra)
{
    small = (struct plain){.n = UNITS, .total = 600 + extra, .limit = (600 + extra) / 2.0};
    memset(cases, 0, sizeof cases);
    for (size_t u = 0; u < UNITS; u++) {
        small.lat[u] = 10 + uniform(&seed);
        small.lon[u] = 105 + uniform(&seed);
    }
    small.lat[4] = small.lat[3] + 0.001;
    small.lon[4] = small.lon[3];
    for (int i = 0; i < 600 + extra; i++) {
        size_t unit = (size_t)(uniform(&seed) * uniform(&seed) * UNITS);
        size_t month = (size_t)(uniform(&seed) * SPAN);
        if (i >= 600) {
            unit = 3 + (size_t)i % 2;
            month = SPAN - 1 - (size_t)i % 3 / 2;
        }
        cases[unit * SPAN + month]++;
        small.weight[unit]++;
    }
}

static struct plain_best best_of_all(size_t *length)
{
    struct plain_best best = {0};
    double recent[UNITS] = {0}, sum = 0;
    for (size_t months = 1; months <= PERMUTATION_MONTHS_MOST; months++) {
        for (size_t u = 0; u < UNITS; u++) {
            recent[u] += cases[u * SPAN + SPAN - months];
            sum += cases[u * SPAN + SPAN - months];
        }
        for (size_t u = 0; u < UNITS; u++) {
            struct plain_best b = plain_search(&small, u, recent, sum / small.total);
            if (b.llr > best.llr * (1 + 1e-12)) {
                best = b;
                *length = months;
            }
        }
    }
    return best;
}

static void the_strongest_cluster_is_the_best_of_all_windows(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct permutation_scan s;
        size_t months = 0;
        make_up(seed, seed % 2 ? 10 : 30);
        struct plain_best want = best_of_all(&months);
        assert_true(permutation_scan_run(&random_data, &SCAN_OPTIONS_DEFAULT, &s));
        assert_true(s.n > 0);
        CHECK_NEAR(s.cluster[0].area.llr, want.llr, 1e-9, 0);
        CHECK_NEAR((double)s.cluster[0].area.observed, want.count, 0, 0);
        assert_int_equal(s.cluster[0].months, months);
        permutation_scan_free(&s);
    }
}

/* Replications by shuffling a list of months among the cases, the plain way. */
static void maxima_have_the_distribution_of_plain_permutations(void **state)
{
    enum { TIMES = 400 };
    static double kept[UNITS * SPAN];
    static size_t unit[700], month[700];
    double ours[TIMES];
    size_t n = 0, below = 0;
    uint64_t seed = 99;
    struct scan_options o = {0.5, 0.5, TIMES, 4};
    struct permutation_scan s;
    (void)state;
    make_up(6, 10);
    memcpy(kept, cases, sizeof kept);
    assert_true(permutation_scan_run(&random_data, &o, &s));
    memcpy(ours, s.maxima, sizeof ours);
    permutation_scan_free(&s);
    for (size_t i = 0; i < UNITS * SPAN; i++)
        for (double k = 0; k < kept[i]; k++, n++) {
            unit[n] = i / SPAN;
            month[n] = i % SPAN;
        }
    /* Under the hypothesis, half of the plain maxima lie below our median: 200 +- 4 sd. */
    for (int time = 0; time < TIMES; time++) {
        size_t length = 0;
        memset(cases, 0, sizeof cases);
        for (size_t i = n; i-- > 0;) {
            size_t k = scan_random_below((uint32_t)(scan_random(&seed) >> 32), (uint32_t)i + 1);
            size_t swap = month[k];
            month[k] = month[i];
            month[i] = swap;
            cases[unit[i] * SPAN + month[i]]++;
        }
        below += best_of_all(&length).llr < ours[TIMES / 2];
    }
    assert_in_range(below, 200 - 57, 200 + 57);
}

static void what_happens_everywhere_alike_is_no_cluster(void **state)
{
    struct permutation_scan s;
    (void)state;
    make_up(1, 0);
    for (size_t i = 0; i < UNITS * SPAN; i++)
        cases[i] = (i % SPAN < SPAN - 2 ? 1 : 5) * (i / SPAN < 5 ? 3 : 1);
    assert_true(permutation_scan_run(&random_data, &SCAN_OPTIONS_DEFAULT, &s));
    assert_int_equal(s.state, SCAN_OK);
    assert_int_equal(s.n, 0);
    permutation_scan_free(&s);
}

static void a_planted_cluster_is_found_and_new(void **state)
{
    struct permutation_scan s;
    (void)state;
    make_up(3, 30);
    for (size_t u = 3; u < 5; u++) { /* all of it in the last month */
        cases[u * SPAN + SPAN - 1] += cases[u * SPAN + SPAN - 2];
        cases[u * SPAN + SPAN - 2] = 0;
    }
    assert_true(permutation_scan_run(&random_data, &SCAN_OPTIONS_DEFAULT, &s));
    assert_true(s.n > 0 && s.cluster[0].area.p_value <= 0.002);
    assert_int_equal(s.cluster[0].months, 1);
    assert_int_equal(s.cluster[0].area.member_count, 2);
    assert_false(s.cluster[0].ongoing);
    CHECK_NEAR(s.cluster[0].area.member[0].certainty, 1, 0.01, 0);
    permutation_scan_free(&s);
}

/* ---- refusals ---- */

static enum scan_state state_of(const struct permutation_data *d, size_t left_out)
{
    struct permutation_scan s;
    assert_true(permutation_scan_run(d, &SCAN_OPTIONS_DEFAULT, &s));
    enum scan_state state = s.state;
    assert_int_equal(s.left_out, left_out);
    if (state != SCAN_OK)
        assert_int_equal(s.n, 0);
    permutation_scan_free(&s);
    return state;
}

static void fewer_than_twenty_units_are_refused(void **state)
{
    struct permutation_data d = random_data;
    (void)state;
    make_up(1, 10);
    d.points.n = 19;
    assert_int_equal(state_of(&d, 0), SCAN_FEW_UNITS);
    d.points.n = 20;
    assert_int_equal(state_of(&d, 0), SCAN_OK);
    small.lat[7] = NAN;
    assert_int_equal(state_of(&d, 1), SCAN_FEW_UNITS);
}

static void a_unit_with_an_unknown_month_counts_nowhere(void **state)
{
    struct permutation_scan s;
    double total = 0;
    (void)state;
    make_up(1, 10);
    cases[2 * SPAN + 5] = NAN;
    for (size_t u = 0; u < UNITS; u++)
        total += u == 2 ? 0 : small.weight[u];
    assert_true(permutation_scan_run(&random_data, &SCAN_OPTIONS_DEFAULT, &s));
    assert_int_equal(s.left_out, 1);
    assert_false(s.used[2]);
    CHECK_NEAR((double)s.cases, total, 0, 0);
    permutation_scan_free(&s);
}

static void no_cases_or_none_lately_are_no_clusters(void **state)
{
    struct permutation_scan s;
    (void)state;
    make_up(1, 0);
    memset(cases, 0, sizeof cases);
    assert_int_equal(state_of(&random_data, 0), SCAN_NO_CASES);
    for (size_t u = 0; u < UNITS; u++)
        cases[u * SPAN] = 4;
    assert_true(permutation_scan_run(&random_data, &SCAN_OPTIONS_DEFAULT, &s));
    assert_int_equal(s.state, SCAN_OK);
    assert_int_equal(s.n, 0);
    permutation_scan_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clusters_are_those_of_satscan),
        cmocka_unit_test(members_are_those_of_satscan),
        cmocka_unit_test(a_cluster_of_the_month_before_is_ongoing),
        cmocka_unit_test(the_strongest_cluster_is_the_best_of_all_windows),
        cmocka_unit_test(maxima_have_the_distribution_of_plain_permutations),
        cmocka_unit_test(what_happens_everywhere_alike_is_no_cluster),
        cmocka_unit_test(a_planted_cluster_is_found_and_new),
        cmocka_unit_test(fewer_than_twenty_units_are_refused),
        cmocka_unit_test(a_unit_with_an_unknown_month_counts_nowhere),
        cmocka_unit_test(no_cases_or_none_lately_are_no_clusters),
    };
    return cmocka_run_group_tests(tests, read_london, NULL);
}
