/* test_stats_control_gaps.c: days between cases against R 4.2, each signal on cases made by hand.
 */
#include "check.h"

#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "stats/control.h"

#define MOST 240

static const struct control_target no_target = {NAN, 1};

struct made_gaps {
    double at[MOST];
    struct control_gap gaps[MOST];
    struct control_open open;
    struct control_gaps_input in;
};

/* 20 cases in 3650 days, even. */
static void make_gaps(struct made_gaps *m)
{
    memset(m, 0, sizeof *m);
    for (int i = 0; i < 20; i++)
        m->at[i] = 100 + 180 * i;
    m->in = (struct control_gaps_input){m->at, 20, 0, 3650, NULL, 0, no_target};
}

static struct control_verdict chart_gaps(struct made_gaps *m)
{
    return control_gaps(&m->in, m->gaps, &m->open);
}

/* R: 3650*qbeta(c(.5, 1 - pnorm(-3)), 1, 20); 36500*qbeta(pnorm(-3), 1, 20);
 * pbeta(130/3650, 1, 20, lower = FALSE) */
static void limits_of_gaps_are_those_of_spacings(void **state)
{
    static struct made_gaps m;
    (void)state;
    make_gaps(&m);
    struct control_verdict v = chart_gaps(&m);
    assert_int_equal(v.n, 20);
    assert_int_equal(v.variation, CONTROL_COMMON);
    CHECK_NEAR(v.centre, 124.33239942431379, 1e-12, 0);
    CHECK_NEAR(v.upper, 1026.9418851278507, 1e-12, 0);
    assert_true(isnan(v.lower));
    assert_true(isnan(m.gaps[0].gap));
    CHECK_NEAR(m.gaps[1].gap, 180, 0, 0);
    CHECK_NEAR(m.open.gap, 130, 0, 0);
    CHECK_NEAR(m.open.prob, pow(1 - 130 / 3650.0, 20), 1e-12, 0);
    m.in.end = 36500;
    CHECK_NEAR(chart_gaps(&m).lower, 2.4651449361697386, 1e-12, 0);
}

/* Many cases: the exponential. R: qexp(1 - pnorm(-3)) = 6.6077 */
static void limits_of_many_gaps_are_those_of_the_t_chart(void **state)
{
    static double at[200000];
    static struct control_gap gaps[200000];
    struct control_open open;
    (void)state;
    for (size_t i = 0; i < 200000; i++)
        at[i] = (double)i + 0.5;
    struct control_gaps_input in = {at, 200000, 0, 200000, NULL, 0, no_target};
    struct control_verdict v = control_gaps(&in, gaps, &open);
    CHECK_NEAR(v.centre, log(2), 1e-4, 0);
    CHECK_NEAR(v.upper, 6.6077262, 1e-4, 0);
}

static void a_gap_beyond_its_limit_improves(void **state)
{
    static struct made_gaps m;
    (void)state;
    make_gaps(&m);
    for (int i = 0; i < 20; i++)
        m.at[i] = i < 10 ? 100 + 150 * i : 1450 + 1026 + 120 * (i - 10);
    assert_int_equal(chart_gaps(&m).signals, 0);
    for (int i = 10; i < 20; i++)
        m.at[i] += 1;
    struct control_verdict v = chart_gaps(&m);
    assert_int_equal(v.signal, CONTROL_LONG);
    assert_int_equal(m.gaps[10].signals, CONTROL_LONG);
    assert_int_equal(v.signal_from, 9);
    assert_int_equal(v.signal_to, 10);
    assert_int_equal(v.variation, CONTROL_EARLIER);
}

/* R: 3650*qbeta(pnorm(-3)/4, 3, 18) = 25.05: four cases within 24 days (they count as 25). */
static void cases_close_together_worsen(void **state)
{
    static struct made_gaps m;
    (void)state;
    make_gaps(&m);
    m.at[16] = 3400;
    m.at[17] = 3408;
    m.at[18] = 3416;
    m.at[19] = 3425;
    assert_int_equal(chart_gaps(&m).signals, 0);
    m.at[19] = 3424;
    struct control_verdict v = chart_gaps(&m);
    assert_int_equal(v.signal, CONTROL_CLOSE);
    assert_int_equal(v.signals, 1);
    assert_int_equal(v.signal_from, 16);
    assert_int_equal(v.signal_to, 19);
    assert_int_equal(v.variation, CONTROL_WORSENING);
    assert_int_equal(m.gaps[16].signals, 0);
    assert_int_equal(m.gaps[17].signals, CONTROL_CLOSE);
}

/* R: 3650*qbeta(pnorm(-3)/4, 2, 19) = 4.90: three cases within 3 days. */
static void cases_of_one_day_have_gaps_of_nothing(void **state)
{
    static struct made_gaps m;
    (void)state;
    make_gaps(&m);
    m.at[18] = m.at[19];
    assert_int_equal(chart_gaps(&m).signals, 0);
    CHECK_NEAR(m.gaps[19].gap, 0, 0, 0);
    m.at[17] = m.at[19];
    assert_int_equal(chart_gaps(&m).signal, CONTROL_CLOSE);
}

/* R: 3650*qbeta(pnorm(-3)/4, 2, 19, lower = FALSE) = 1513.7 */
static void the_open_gap_is_judged_too(void **state)
{
    static struct made_gaps m;
    (void)state;
    make_gaps(&m);
    for (int i = 0; i < 20; i++)
        m.at[i] = 50 + 130 * i;
    m.at[19] = 3650 - 1026;
    assert_int_equal(chart_gaps(&m).signals, 0);
    m.at[19] = 3650 - 1027;
    struct control_verdict v = chart_gaps(&m);
    assert_int_equal(v.signal, CONTROL_LONG);
    assert_int_equal(v.signal_to, 20);
    assert_int_equal(m.open.signals, CONTROL_LONG);
    assert_int_equal(v.variation, CONTROL_IMPROVING);
    for (int i = 0; i < 19; i++)
        m.at[i] = 35 + 115 * i;
    m.at[19] = m.at[18] + 700; /* 2105 + 700, then 845 open */
    v = chart_gaps(&m);
    assert_int_equal(v.signal, CONTROL_APART);
    assert_int_equal(m.gaps[19].signals, CONTROL_APART);
    assert_int_equal(m.open.signals, CONTROL_APART);
}

static void a_rebase_cuts_the_gaps(void **state)
{
    static struct made_gaps m;
    static const double rebase[] = {1540, 9999};
    (void)state;
    make_gaps(&m);
    m.in.rebase = rebase;
    m.in.rebase_count = 2;
    struct control_verdict v = chart_gaps(&m);
    assert_int_equal(v.segments, 2);
    assert_int_equal(v.from, 8); /* 100 + 180*8 = 1540 is the first behind it */
    assert_int_equal(v.n, 12);
    CHECK_NEAR(v.exposure, 2110, 0, 0);
    assert_true(isnan(m.gaps[8].gap));
    CHECK_NEAR(m.gaps[7].gap, 180, 0, 0);
    assert_int_equal(m.gaps[8].segment, 1);
}

static void few_cases_get_no_verdict_and_none_no_limits(void **state)
{
    static struct made_gaps m;
    (void)state;
    make_gaps(&m);
    m.in.n = 4;
    m.in.target = (struct control_target){1, 365};
    struct control_verdict v = chart_gaps(&m);
    assert_int_equal(v.variation, CONTROL_TOO_FEW);
    /* R: pnbinom(1, 4.5, 3650/4015) */
    CHECK_NEAR(v.prob_within, 0.91763914122276047, 1e-12, 0);
    assert_int_equal(v.assurance, CONTROL_NO_TARGET);
    m.in.n = 0;
    v = chart_gaps(&m);
    assert_int_equal(v.n, 0);
    assert_true(isnan(v.centre) && isnan(m.open.prob));
    CHECK_NEAR(m.open.gap, 3650, 0, 0);
    m.in.end = 0;
    v = chart_gaps(&m);
    assert_true(isnan(v.centre) && isnan(v.prob_within));
}

static void steady_gaps_seldom_signal(void **state)
{
    static struct made_gaps m;
    (void)state;
    gsl_rng *g = gsl_rng_alloc(gsl_rng_mt19937);
    int judged = 0, runs = 4000;
    for (int r = 0; r < runs; r++) {
        size_t n = 0;
        for (double at = gsl_ran_exponential(g, 60); at < 1500; at += gsl_ran_exponential(g, 60))
            m.at[n++] = floor(at);
        m.in = (struct control_gaps_input){m.at, n, 0, 1500, NULL, 0, no_target};
        enum control_variation variation = chart_gaps(&m).variation;
        judged += variation == CONTROL_IMPROVING || variation == CONTROL_WORSENING;
    }
    gsl_rng_free(g);
    assert_true(judged <= 0.03 * runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_of_gaps_are_those_of_spacings),
        cmocka_unit_test(limits_of_many_gaps_are_those_of_the_t_chart),
        cmocka_unit_test(a_gap_beyond_its_limit_improves),
        cmocka_unit_test(cases_close_together_worsen),
        cmocka_unit_test(cases_of_one_day_have_gaps_of_nothing),
        cmocka_unit_test(the_open_gap_is_judged_too),
        cmocka_unit_test(a_rebase_cuts_the_gaps),
        cmocka_unit_test(few_cases_get_no_verdict_and_none_no_limits),
        cmocka_unit_test(steady_gaps_seldom_signal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
