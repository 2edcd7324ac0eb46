/* test_risk_scan.c: the spatial scan against SaTScan 10.3.2, identities, refusals, hard cases. */
#undef ORACLE_DIR
#define ORACLE_DIR "tests/data/oracle_scan/"
#include "scan_check.h"

#include "risk/scan_random.h"

enum { COUNTIES = 100 };

/* ---- North Carolina, sudden infant deaths 1974-78 ---- */

static char code[COUNTIES][32];
static double lat[COUNTIES], lon[COUNTIES], births[COUNTIES];
static int64_t deaths[COUNTIES];
static const struct scan_points counties = {COUNTIES, lat, lon};

/* By code, which is how SaTScan breaks ties; the table is not. */
static int read_counties(void **state)
{
    size_t n = 0;
    struct oracle o;
    (void)state;
    oracle_open(&o, "nc_sids_1974/input.csv");
    while (oracle_next(&o)) {
        size_t at = n++;
        for (; at > 0 && strcmp(code[at - 1], oracle_text(&o, "unit")) > 0; at--) {
            strcpy(code[at], code[at - 1]);
            lat[at] = lat[at - 1];
            lon[at] = lon[at - 1];
            births[at] = births[at - 1];
            deaths[at] = deaths[at - 1];
        }
        snprintf(code[at], sizeof code[at], "%s", oracle_text(&o, "unit"));
        lat[at] = oracle_number(&o, "lat");
        lon[at] = oracle_number(&o, "lon");
        births[at] = oracle_number(&o, "population");
        deaths[at] = (int64_t)oracle_number(&o, "cases");
    }
    assert_int_equal(n, COUNTIES);
    return 0;
}

static struct scan scan_counties(double report_share)
{
    struct scan s;
    struct scan_options o = SCAN_OPTIONS_DEFAULT;
    o.report_share = report_share;
    assert_true(scan_run(&counties, deaths, births, &o, &s));
    assert_int_equal(s.state, SCAN_OK);
    return s;
}

/* Within Monte Carlo error, on both sides of the comparison. */
static void check_p(double got, double want)
{
    CHECK_NEAR(got, want, 0, 3 * sqrt(2 * want * (1 - want) / 999));
}

static void check_cluster(const struct oracle *o, const struct scan_cluster *c)
{
    assert_string_equal(code[c->centre], oracle_text(o, "centre"));
    assert_int_equal(c->member_count, (size_t)oracle_number(o, "n_units"));
    assert_int_equal(c->observed, (int64_t)oracle_number(o, "observed"));
    oracle_check(o, "expected_full", c->expected, 1e-9, 0);
    oracle_check(o, "llr_full", c->llr, 1e-9, 0);
    oracle_check(o, "oe", c->oe, 0, 0.005);
    oracle_check(o, "rr", c->rr, 0, 0.005);
    oracle_check(o, "radius_km", c->radius_km, 0, 0.00501);
    check_p(c->p_value, oracle_number(o, "p_value"));
}

static void clusters_are_those_of_satscan(void **state)
{
    struct scan s = scan_counties(0.5);
    struct oracle o;
    size_t n = 0;
    (void)state;
    assert_int_equal(s.cases, 667);
    CHECK_NEAR(s.population, 329962, 0, 0);
    oracle_open(&o, "nc_sids_1974/clusters.csv");
    for (; oracle_next(&o); n++) {
        assert_true(n < s.clusters.n);
        check_cluster(&o, &s.clusters.cluster[n]);
    }
    assert_int_equal(n, s.clusters.n);
    scan_free(&s);
}

static void members_are_those_of_satscan_nearest_first(void **state)
{
    struct scan s = scan_counties(0.5);
    size_t at = 0, last = 0;
    struct oracle o;
    (void)state;
    oracle_open(&o, "nc_sids_1974/members.csv");
    while (oracle_next(&o)) {
        size_t cluster = (size_t)oracle_number(&o, "cluster") - 1;
        at = cluster == last ? at : 0;
        last = cluster;
        assert_string_equal(code[s.clusters.cluster[cluster].member[at++].unit],
                            oracle_text(&o, "unit"));
    }
    scan_free(&s);
}

static void best_windows_of_centres_are_those_of_satscan(void **state)
{
    struct scan s = scan_counties(0.5);
    struct oracle o;
    (void)state;
    oracle_open(&o, "nc_sids_1974/centres.csv");
    while (oracle_next(&o)) {
        size_t unit = scan_check_find(code, COUNTIES, oracle_text(&o, "unit"));
        const struct scan_best *b = &s.best[unit];
        assert_int_equal(b->observed, (int64_t)oracle_number(&o, "observed"));
        oracle_check(&o, "expected_full", b->expected, 1e-9, 0);
        oracle_check(&o, "llr_full", b->llr, 1e-9, 0);
        oracle_check(&o, "radius_km", b->radius_km, 0, 0.00501);
    }
    scan_free(&s);
}

/* R: psmirnov at 1.63 * sqrt(2/999): p = 0.01 */
static void simulated_maxima_have_the_distribution_of_satscans(void **state)
{
    struct scan s = scan_counties(0.5);
    static double theirs[999];
    struct oracle o;
    size_t n = 0;
    (void)state;
    oracle_open(&o, "nc_sids_1974/sim_llr.csv");
    while (oracle_next(&o) && n < 999)
        theirs[n++] = oracle_number(&o, "max_llr");
    assert_int_equal(n, s.replications);
    qsort(theirs, n, sizeof *theirs, scan_check_ascending);
    double d = scan_check_ks(s.maxima, theirs, n);
    if (!(d < 1.63 * sqrt(2.0 / 999)))
        fail_msg("Kolmogorov-Smirnov distance %g", d);
    scan_free(&s);
}

/* R on sim_llr.csv: b = sd(x)*sqrt(6)/pi; 1 - exp(-exp(-(llr - mean(x) + 0.57721566*b)/b)) gives
 * the same numbers. From 999 other maxima the logarithm of a tail so far out differs by a tenth. */
static void gumbel_p_agrees_with_satscan(void **state)
{
    struct scan s = scan_counties(0.5);
    static const double want[] = {0.000035, 0.0010, 0.93, 0.95};
    (void)state;
    for (size_t i = 0; i < 4; i++)
        CHECK_NEAR(log(s.clusters.cluster[i].p_gumbel), log(want[i]), 0.12, 0.02);
    scan_free(&s);
}

/* ---- what is reported ---- */

static void smaller_clusters_are_reported_with_the_p_of_the_whole_search(void **state)
{
    struct scan whole = scan_counties(0.5), s = scan_counties(0.1);
    (void)state;
    assert_memory_equal(whole.maxima, s.maxima, 999 * sizeof *s.maxima);
    assert_true(s.clusters.n > 0);
    for (size_t i = 0; i < s.clusters.n; i++)
        assert_true(s.clusters.cluster[i].share <= 0.1);
    for (size_t u = 0; u < COUNTIES; u++)
        assert_true(s.best[u].llr <= whole.best[u].llr);
    scan_free(&whole);
    scan_free(&s);
}

static void clusters_have_no_unit_in_common(void **state)
{
    struct scan s = scan_counties(0.1);
    bool seen[COUNTIES] = {false};
    (void)state;
    for (size_t i = 0; i < s.clusters.n; i++)
        for (size_t k = 0; k < s.clusters.cluster[i].member_count; k++) {
            size_t unit = s.clusters.cluster[i].member[k].unit;
            assert_false(seen[unit]);
            seen[unit] = true;
        }
    scan_free(&s);
}

/* The definition, summed anew over every window of every centre. */
static double certainty_plain(const struct scan_cluster *c, size_t unit)
{
    static struct plain p;
    double with = 0, all = 0;

    p = (struct plain){.n = COUNTIES, .total = 667, .limit = 329962 / 2.0};
    memcpy(p.lat, lat, sizeof lat);
    memcpy(p.lon, lon, sizeof lon);
    for (size_t centre = 0; centre < COUNTIES; centre++) {
        size_t order[SCAN_CHECK_UNITS];
        double n = 0, population = 0;
        bool has = false, touches = false;
        plain_order(&p, centre, order);
        for (size_t i = 0; i < COUNTIES; i++) {
            n += (double)deaths[order[i]];
            population += births[order[i]];
            if (population > p.limit)
                break;
            has |= order[i] == unit;
            for (size_t k = 0; k < c->member_count; k++)
                touches |= c->member[k].unit == order[i];
            double llr = plain_llr(n, population * 667 / 329962, 667);
            double weight = touches && llr > c->llr - 7 ? exp(llr - c->llr) : 0;
            all += weight;
            with += has ? weight : 0;
        }
    }
    return with / all;
}

static void certainty_is_the_share_of_near_best_windows(void **state)
{
    struct scan s = scan_counties(0.5);
    const struct scan_cluster *c = &s.clusters.cluster[0];
    double last = 1;
    (void)state;
    assert_true(c->near_count > 0);
    for (size_t i = 0; i < c->member_count + c->near_count; i++)
        CHECK_NEAR(c->member[i].certainty, certainty_plain(c, c->member[i].unit), 1e-9, 0);
    for (size_t i = 0; i < c->near_count; i++) {
        const struct scan_member *m = &c->member[c->member_count + i];
        assert_true(m->certainty >= SCAN_NEAR && m->certainty <= last);
        last = m->certainty;
    }
    CHECK_NEAR(s.clusters.cluster[1].member[0].certainty, 1, 1e-3, 0);
    assert_true(isnan(s.clusters.cluster[2].member[0].certainty)); /* no cluster: p = 0.9 */
    scan_free(&s);
}

/* ---- identities ---- */

static void populations_in_other_units_change_nothing(void **state)
{
    double thousands[COUNTIES];
    struct scan a = scan_counties(0.5), b;
    (void)state;
    for (size_t i = 0; i < COUNTIES; i++)
        thousands[i] = births[i] / 1024;
    assert_true(scan_run(&counties, deaths, thousands, &SCAN_OPTIONS_DEFAULT, &b));
    assert_memory_equal(a.maxima, b.maxima, 999 * sizeof *a.maxima);
    assert_int_equal(a.clusters.n, b.clusters.n);
    CHECK_NEAR(a.clusters.cluster[0].llr, b.clusters.cluster[0].llr, 0, 0);
    scan_free(&a);
    scan_free(&b);
}

/* Each county cut into two at the same place: the same windows, whoever has the cases. */
static void units_of_the_same_coordinates_enter_together(void **state)
{
    static double lat2[2 * COUNTIES], lon2[2 * COUNTIES], births2[2 * COUNTIES];
    static int64_t deaths2[2 * COUNTIES];
    struct scan_points halves = {2 * COUNTIES, lat2, lon2};
    struct scan a = scan_counties(0.5), b;
    (void)state;
    for (size_t i = 0; i < 2 * COUNTIES; i++) {
        lat2[i] = lat[i / 2];
        lon2[i] = lon[i / 2];
        births2[i] = i % 2 ? births[i / 2] - 100 : 100;
        deaths2[i] = i % 2 ? 0 : deaths[i / 2];
    }
    assert_true(scan_run(&halves, deaths2, births2, &SCAN_OPTIONS_DEFAULT, &b));
    assert_memory_equal(a.maxima, b.maxima, 999 * sizeof *a.maxima);
    assert_int_equal(2 * a.clusters.cluster[0].member_count, b.clusters.cluster[0].member_count);
    CHECK_NEAR(a.clusters.cluster[0].llr, b.clusters.cluster[0].llr, 1e-12, 0);
    assert_int_equal(b.clusters.cluster[0].member[0].unit,
                     2 * a.clusters.cluster[0].member[0].unit);
    assert_int_equal(b.clusters.cluster[0].member[1].unit,
                     2 * a.clusters.cluster[0].member[0].unit + 1);
    scan_free(&a);
    scan_free(&b);
}

/* ---- false alarms ---- */

/* Uniform risk: p is uniform, so at most 5 % of data sets have one at 0.05; over 200 data sets up
 * to 20, R: qbinom(0.999, 200, 0.05). */
static void false_clusters_are_as_rare_as_p_says(void **state)
{
    struct scan_options o = {0.5, 0.5, 99, 1};
    uint64_t seed = 77;
    int found = 0;
    (void)state;
    for (int trial = 0; trial < 200; trial++) {
        int64_t count[COUNTIES] = {0};
        struct scan s;
        for (int i = 0; i < 200; i++) {
            double at = scan_random_uniform(&seed) * 329962;
            size_t u = 0;
            while ((at -= births[u]) >= 0)
                u++;
            count[u]++;
        }
        o.seed = (uint64_t)trial * 1000;
        assert_true(scan_run(&counties, count, births, &o, &s));
        found += s.clusters.n > 0 && s.clusters.cluster[0].p_value <= SCAN_CLUSTER_P;
        scan_free(&s);
    }
    assert_in_range(found, 2, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clusters_are_those_of_satscan),
        cmocka_unit_test(members_are_those_of_satscan_nearest_first),
        cmocka_unit_test(best_windows_of_centres_are_those_of_satscan),
        cmocka_unit_test(simulated_maxima_have_the_distribution_of_satscans),
        cmocka_unit_test(gumbel_p_agrees_with_satscan),
        cmocka_unit_test(smaller_clusters_are_reported_with_the_p_of_the_whole_search),
        cmocka_unit_test(clusters_have_no_unit_in_common),
        cmocka_unit_test(certainty_is_the_share_of_near_best_windows),
        cmocka_unit_test(populations_in_other_units_change_nothing),
        cmocka_unit_test(units_of_the_same_coordinates_enter_together),
        cmocka_unit_test(false_clusters_are_as_rare_as_p_says),
    };
    return cmocka_run_group_tests(tests, read_counties, NULL);
}
