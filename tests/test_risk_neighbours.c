/* test_risk_neighbours.c: Gi* and Moran's I against oracle/risk*.csv (spdep 1.2-7), islands, and
 * hand cases. */
#include "check.h"

#include "fixtures_risk.h"

/* R: localG(smr, nb2listw(include.self(nb), style = "B")) */
static void local_g_agrees_with_spdep(void **state)
{
    static struct risk_set s;
    double g[RISK_UNITS];
    struct oracle o;
    (void)state;
    for (int set = 0; set < RISK_SETS; set++) {
        risk_set_read(&s, RISK_SET[set]);
        assert_true(neighbours_local_g(s.ratio, s.n, s.pair, s.pairs, g));
        oracle_open(&o, "risk.csv");
        for (size_t i = 0; risk_set_next(&o, RISK_SET[set]); i++)
            oracle_check(&o, "local_g", g[i], 1e-9, 1e-12);
    }
}

/* R: moran.test(smr, nb2listw(nb, style), randomisation = FALSE) */
static void moran_agrees_with_spdep(void **state)
{
    static struct risk_set s;
    struct oracle o;
    struct moran row, binary;
    (void)state;
    oracle_open(&o, "risk_global.csv");
    while (oracle_next(&o)) {
        risk_set_read(&s, oracle_text(&o, "dataset"));
        assert_true(neighbours_moran(s.ratio, s.n, s.pair, s.pairs, NEIGHBOURS_ROW, &row));
        assert_true(neighbours_moran(s.ratio, s.n, s.pair, s.pairs, NEIGHBOURS_BINARY, &binary));
        oracle_check(&o, "moran_w", row.i, 1e-9, 0);
        oracle_check(&o, "moran_w_z", row.z, 1e-9, 0);
        oracle_check(&o, "moran_w_p", row.p_value, 1e-9, 0);
        oracle_check(&o, "moran_b", binary.i, 1e-9, 0);
        oracle_check(&o, "moran_b_z", binary.z, 1e-9, 0);
        oracle_check(&o, "moran_b_p", binary.p_value, 1e-9, 0);
    }
    assert_int_equal(o.row, RISK_SETS);
}

static const double SEVEN[] = {1.2, 0.4, 2.2, 0.9, 1.7, 0.3, 1.1};
static const struct neighbour_pair FOUR[] = {{0, 1}, {1, 2}, {2, 3}, {0, 2}};

/* R, by matrices: W symmetric, G = W + diag(7); (G v - W. m)/sqrt(s2 (n W. - W.^2)/(n - 1)); n of
 * Moran's I = units with neighbours, as spdep's adjust.n */
static void islands_count_as_in_spdep(void **state)
{
    static const double want[] = {0.515860704175328921, 0.515860704175328921, 0.274050999093143455,
                                  1.077216324790434276, 0.934719542804483884, -1.299488144874526574,
                                  -0.022798037629377578};
    double g[7];
    struct moran m;
    (void)state;
    assert_true(neighbours_local_g(SEVEN, 7, FOUR, 4, g));
    for (int i = 0; i < 7; i++)
        CHECK_NEAR(g[i], want[i], 1e-12, 0);
    assert_true(neighbours_moran(SEVEN, 7, FOUR, 4, NEIGHBOURS_ROW, &m));
    CHECK_NEAR(m.i, -0.342045342045342093, 1e-12, 0);
    CHECK_NEAR(m.z, -0.031811757951658248, 1e-11, 0);
    CHECK_NEAR(m.p_value, 0.512688915053216010, 1e-12, 0);
    assert_true(neighbours_moran(SEVEN, 7, FOUR, 4, NEIGHBOURS_BINARY, &m));
    CHECK_NEAR(m.i, -0.35521235521235528, 1e-12, 0);
    CHECK_NEAR(m.p_value, 0.53697863702953819, 1e-12, 0);
}

static void twice_given_turned_and_self_pairs_change_nothing(void **state)
{
    static const struct neighbour_pair many[] = {{2, 1}, {0, 1}, {3, 3}, {1, 0}, {2, 3},
                                                 {0, 2}, {1, 2}, {0, 0}, {2, 0}};
    double g[7], h[7];
    struct moran m, n;
    (void)state;
    assert_true(neighbours_local_g(SEVEN, 7, FOUR, 4, g));
    assert_true(neighbours_local_g(SEVEN, 7, many, 9, h));
    for (int i = 0; i < 7; i++)
        CHECK_NEAR(h[i], g[i], 1e-14, 0);
    assert_true(neighbours_moran(SEVEN, 7, FOUR, 4, NEIGHBOURS_ROW, &m));
    assert_true(neighbours_moran(SEVEN, 7, many, 9, NEIGHBOURS_ROW, &n));
    CHECK_NEAR(n.z, m.z, 1e-12, 0);
}

static void a_unit_left_out_is_as_if_it_were_not(void **state)
{
    static const double eight[] = {1.2, 0.4, NAN, 2.2, 0.9, 1.7, 0.3, 1.1};
    static const struct neighbour_pair six[] = {{0, 1}, {1, 3}, {3, 4}, {0, 3}, {2, 3}, {2, 7}};
    double g[8], h[7];
    struct moran m, n;
    (void)state;
    assert_true(neighbours_local_g(eight, 8, six, 6, g));
    assert_true(neighbours_local_g(SEVEN, 7, FOUR, 4, h));
    CHECK_NEAR(g[7], h[6], 1e-14, 0);
    CHECK_NEAR(g[3], h[2], 1e-14, 0);
    assert_true(isnan(g[2]));
    assert_true(neighbours_moran(eight, 8, six, 6, NEIGHBOURS_BINARY, &m));
    assert_true(neighbours_moran(SEVEN, 7, FOUR, 4, NEIGHBOURS_BINARY, &n));
    CHECK_NEAR(m.p_value, n.p_value, 1e-14, 0);
}

static void what_cannot_differ_is_missing(void **state)
{
    static const double same[] = {1, 1, 1, 1};
    static const struct neighbour_pair all[] = {{0, 1}, {0, 2}, {0, 3}, {1, 2}};
    double g[7];
    struct moran m;
    (void)state;
    assert_true(neighbours_local_g(same, 4, all, 4, g));
    assert_true(isnan(g[0]) && isnan(g[3]));
    assert_true(neighbours_moran(same, 4, all, 4, NEIGHBOURS_ROW, &m));
    assert_true(isnan(m.i) && isnan(m.p_value));
    assert_true(neighbours_local_g(SEVEN, 4, all, 4, g));
    assert_true(isnan(g[0]) && !isnan(g[3])); /* 0 touches all */
    assert_true(neighbours_moran(SEVEN, 4, NULL, 0, NEIGHBOURS_ROW, &m));
    assert_true(isnan(m.i));
    assert_true(neighbours_local_g(SEVEN, 1, NULL, 0, g));
    assert_true(isnan(g[0]));
    assert_true(neighbours_local_g(SEVEN, 0, NULL, 0, g));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(local_g_agrees_with_spdep),
        cmocka_unit_test(moran_agrees_with_spdep),
        cmocka_unit_test(islands_count_as_in_spdep),
        cmocka_unit_test(twice_given_turned_and_self_pairs_change_nothing),
        cmocka_unit_test(a_unit_left_out_is_as_if_it_were_not),
        cmocka_unit_test(what_cannot_differ_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
