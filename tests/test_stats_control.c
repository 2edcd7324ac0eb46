/* test_stats_control.c: limits against R 4.2, verdicts, identities, false alarms. */
#include "control_check.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "stats/tails.h"

/* ---- limits ---- */

/* R: qpois(pnorm(-3), m); qpois(1 - pnorm(-3), m); qnbinom(., mu = m, size = m/1.5) */
static void limits_are_the_quantiles_of_r(void **state)
{
    static const double want[][5] = {{0.3, 0, 3, 0, 7},
                                     {1, 0, 5, 0, 11},
                                     {3.7, 0, 11, 0, 18},
                                     {5, 0, 13, 0, 21},
                                     {50, 30, 72, 22, 89},
                                     {300, 249, 353, 223, 387},
                                     {1e4, 9701, 10301, 9531, 10480},
                                     {1e6, 997001, 1003001, 995262, 1004749}};
    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        double lower, upper;
        control_limits(want[i][0], 1, &lower, &upper);
        CHECK_NEAR(lower, want[i][1], 0, 0);
        CHECK_NEAR(upper, want[i][2], 0, 0);
        control_limits(want[i][0], 2.5, &lower, &upper);
        CHECK_NEAR(lower, want[i][3], 0, 0);
        CHECK_NEAR(upper, want[i][4], 0, 0);
    }
}

static void limits_of_no_mean_are_missing_and_of_zero_are_zero(void **state)
{
    double lower, upper;
    (void)state;
    control_limits(NAN, 1, &lower, &upper);
    assert_true(isnan(lower) && isnan(upper));
    control_limits(-1, 1, &lower, &upper);
    assert_true(isnan(lower) && isnan(upper));
    control_limits(0, 1, &lower, &upper);
    CHECK_NEAR(lower, 0, 0, 0);
    CHECK_NEAR(upper, 0, 0, 0);
}

/* The promise of the header: given T, a point is Binomial(T, 1/n). */
static void a_point_of_its_own_centre_is_out_no_more_often_than_promised(void **state)
{
    (void)state;
    for (int64_t n = 2; n <= 60; n += 1 + n / 6)
        for (int64_t total = 0; total <= 2000; total += 1 + total / 8) {
            double lower, upper, p = 1 / (double)n;
            control_limits((double)total * p, 1, &lower, &upper);
            double above = tails_binomial_upper((int64_t)upper + 1, total, p, 1 - p);
            double below = tails_binomial_lower((int64_t)lower - 1, total, p, 1 - p);
            if (!(above <= CONTROL_TAIL && below <= CONTROL_TAIL))
                fail_msg("%d cases in %d: %g above, %g below", (int)total, (int)n, above, below);
        }
}

static void limits_follow_the_exposure(void **state)
{
    static struct made m;
    (void)state;
    make(&m);
    add_turns(&m, 12, 20, 40);
    static const double days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    memcpy(m.exposure, days, sizeof days);
    struct control_verdict v = chart(&m);
    assert_int_equal(v.n, 12);
    CHECK_NEAR(v.total, 360, 0, 0);
    CHECK_NEAR(v.exposure, 365, 0, 0);
    CHECK_NEAR(m.points[1].centre, 360 * 28 / 365.0, 1e-14, 0);
    /* R: qpois(c(pnorm(-3), 1 - pnorm(-3)), 360*28/365) */
    CHECK_NEAR(m.points[1].lower, 13, 0, 0);
    CHECK_NEAR(m.points[1].upper, 45, 0, 0);
}

/* ---- segments and verdicts ---- */

static void after_a_rebase_the_segment_in_force_is_judged(void **state)
{
    static struct made m;
    struct level_step step = {24, 1};
    (void)state;
    make(&m);
    add_turns(&m, 24, 9, 11);
    add_turns(&m, 24, 1, 3);
    struct control_verdict v = chart(&m);
    assert_int_equal(v.segments, 1);
    assert_int_equal(v.variation, CONTROL_IMPROVING);
    assert_int_equal(v.signal, CONTROL_RUN_BELOW);
    m.s.steps = &step;
    m.s.step_count = 1;
    v = chart(&m);
    assert_int_equal(v.segments, 2);
    assert_int_equal(v.from, 24);
    assert_int_equal(v.to, 48);
    assert_int_equal(v.n, 24);
    assert_int_equal(v.variation, CONTROL_COMMON);
    assert_int_equal(v.signals, 0);
    CHECK_NEAR(v.centre, 2, 0, 0);
    CHECK_NEAR(m.points[23].centre, 10, 0, 0);
    assert_int_equal(m.points[24].segment, 1);
    step.share = 0.4; /* most of that month was still before */
    assert_int_equal(chart(&m).from, 25);
}

static void a_signal_before_the_rebase_does_not_count_in_the_verdict(void **state)
{
    static struct made m;
    struct level_step step = {24, 1};
    (void)state;
    make(&m);
    add_turns(&m, 24, 4, 6);
    m.count[20] = 30;
    add_turns(&m, 12, 4, 6);
    m.s.steps = &step;
    m.s.step_count = 1;
    struct control_verdict v = chart(&m);
    assert_int_equal(m.points[20].signals, CONTROL_ABOVE);
    assert_int_equal(v.signals, 0);
    assert_int_equal(v.variation, CONTROL_COMMON);
}

static void a_new_segment_needs_twelve_points_and_five_cases(void **state)
{
    static struct made m;
    struct level_step step = {24, 1};
    (void)state;
    make(&m);
    add_turns(&m, 35, 4, 6);
    m.s.steps = &step;
    m.s.step_count = 1;
    assert_int_equal(chart(&m).variation, CONTROL_TOO_FEW);
    add(&m, 5);
    assert_int_equal(chart(&m).variation, CONTROL_COMMON);
    make(&m);
    add_turns(&m, 48, 0, 0);
    m.count[7] = m.count[30] = 2;
    assert_int_equal(chart(&m).variation, CONTROL_TOO_FEW);
    m.count[40] = 1;
    assert_int_equal(chart(&m).variation, CONTROL_COMMON);
}

static void a_signal_of_more_than_a_year_ago_is_earlier(void **state)
{
    static struct made m;
    (void)state;
    make(&m);
    add_turns(&m, 24, 4, 6);
    add(&m, 20);
    add_turns(&m, 11, 6, 4);
    assert_int_equal(chart(&m).variation, CONTROL_WORSENING);
    add(&m, 4);
    struct control_verdict v = chart(&m);
    assert_int_equal(v.variation, CONTROL_EARLIER);
    assert_int_equal(v.signals, 1);
    add_turns(&m, 20, NAN, NAN);
    m.count[36] = NAN; /* the year ends with what is known */
    assert_int_equal(chart(&m).variation, CONTROL_WORSENING);
}

/* R: pnbinom(c(20, 30, 45), 60.5, 24/36) */
static void assurance_is_the_chance_of_a_whole_year(void **state)
{
    static struct made m;
    static const struct {
        double target, prob;
        enum control_assurance assurance;
    } want[] = {{20, 0.064608846560175237, CONTROL_FAILS},
                {30, 0.53452020017742374, CONTROL_UNSURE},
                {45, 0.98218964064692249, CONTROL_MEETS}};
    (void)state;
    make(&m);
    add_turns(&m, 24, 2, 3);
    for (size_t i = 0; i < 3; i++) {
        struct control_target target = {want[i].target, 12};
        struct control_verdict v = control_counts(&m.s, 1, target, m.points);
        CHECK_NEAR(v.prob_within, want[i].prob, 1e-12, 0);
        assert_int_equal(v.assurance, want[i].assurance);
    }
    /* R: m <- 60.5*0.5; r <- 2*1.5; pnbinom(30, size = m/(r - 1), prob = 1/r) */
    struct control_verdict v = control_counts(&m.s, 2, (struct control_target){30, 12}, m.points);
    CHECK_NEAR(v.prob_within, 0.54532251184884029, 1e-12, 0);
    memset(m.count, 0, sizeof m.count);
    v = control_counts(&m.s, 1, (struct control_target){0, 12}, m.points);
    CHECK_NEAR(v.prob_within, 0.81649658092772603, 1e-12, 0); /* R: pnbinom(0, .5, 24/36) */
    assert_int_equal(v.assurance, CONTROL_NO_TARGET);         /* no case: too few */
    assert_true(isnan(chart(&m).prob_within));
}

static void overdispersed_limits_are_wider(void **state)
{
    static struct made m;
    (void)state;
    make(&m);
    add_turns(&m, 23, 45, 55);
    add(&m, 75);
    assert_int_equal(chart(&m).signals, 1);
    struct control_verdict v = control_counts(&m.s, 2.5, no_target, m.points);
    assert_int_equal(v.signals, 0);
    assert_int_equal(v.variation, CONTROL_COMMON);
}

/* ---- identities, hard series ---- */

static void the_unit_of_exposure_and_the_first_year_do_not_matter(void **state)
{
    static struct made a, b;
    (void)state;
    make(&a);
    add_turns(&a, 30, 2, 5);
    add_turns(&a, 12, 1, 0);
    make(&b);
    memcpy(b.count, a.count, sizeof a.count);
    b.s.n = a.s.n;
    b.s.first = a.s.first + 7;
    for (size_t i = 0; i < MOST; i++)
        b.exposure[i] = 30;
    struct control_verdict v = chart(&a), w = chart(&b);
    assert_int_equal(v.signals, w.signals);
    assert_int_equal(v.variation, w.variation);
    for (size_t i = 0; i < a.s.n; i++) {
        CHECK_NEAR(a.points[i].centre, b.points[i].centre, 1e-14, 0);
        CHECK_NEAR(a.points[i].upper, b.points[i].upper, 0, 0);
        assert_int_equal(a.points[i].signals, b.points[i].signals);
    }
}

static void series_without_anything_are_empty_and_never_wild(void **state)
{
    static struct made m;
    (void)state;
    make(&m);
    struct control_verdict v = chart(&m);
    assert_int_equal(v.variation, CONTROL_TOO_FEW);
    assert_true(isnan(v.centre));
    add_turns(&m, 24, NAN, NAN);
    v = control_counts(&m.s, 1, (struct control_target){3, 12}, m.points);
    assert_true(isnan(v.centre) && isnan(v.prob_within) && isnan(m.points[3].upper));
    assert_int_equal(v.variation, CONTROL_TOO_FEW);
    make(&m);
    add_turns(&m, 60, 0, 0);
    v = chart(&m);
    assert_int_equal(v.signals, 0);
    CHECK_NEAR(v.upper, 0, 0, 0);
    make(&m);
    add(&m, 7);
    v = chart(&m);
    CHECK_NEAR(v.centre, 7, 0, 0);
    assert_int_equal(v.signals, 0);
}

static void one_spike_and_counts_of_a_million_are_carried(void **state)
{
    static struct made m;
    (void)state;
    make(&m);
    add_turns(&m, 48, 0, 0);
    m.count[40] = 12;
    struct control_verdict v = chart(&m);
    assert_int_equal(m.points[40].signals, CONTROL_ABOVE);
    assert_int_equal(v.signal, CONTROL_ABOVE);
    assert_int_equal(v.variation, CONTROL_WORSENING);
    make(&m);
    add_turns(&m, 47, 999000, 1001000);
    add(&m, 1004000);
    v = chart(&m);
    assert_marked(&m, 47, 47, CONTROL_ABOVE);
}

static void steady_series_seldom_get_a_verdict(void **state)
{
    static const double means[] = {0.3, 1, 5, 50};
    static struct made m;
    (void)state;
    gsl_rng *g = gsl_rng_alloc(gsl_rng_mt19937);
    for (size_t j = 0; j < 4; j++) {
        int judged = 0, out = 0, runs = 2000;
        for (int r = 0; r < runs; r++) {
            make(&m);
            for (int i = 0; i < 60; i++)
                add(&m, gsl_ran_poisson(g, means[j]));
            enum control_variation variation = chart(&m).variation;
            judged += variation == CONTROL_IMPROVING || variation == CONTROL_WORSENING;
            for (int i = 0; i < 60; i++)
                out += (m.points[i].signals & (CONTROL_ABOVE | CONTROL_BELOW)) != 0;
        }
        assert_true(out <= 2 * CONTROL_TAIL * 60 * runs);
        assert_true(judged <= 0.11 * runs);
    }
    gsl_rng_free(g);
}

/* ---- tokens ---- */

static void tokens_are_fixed(void **state)
{
    struct buf b = {0};
    (void)state;
    control_add_signals(&b, 0);
    assert_string_equal(buf_text(&b), "");
    control_add_signals(&b, CONTROL_ABOVE | CONTROL_RUN_ABOVE);
    assert_string_equal(buf_text(&b), "above,run_above");
    buf_clear(&b);
    control_add_signals(&b, CONTROL_FALLING | CONTROL_CLOSE | CONTROL_LONG | CONTROL_APART);
    assert_string_equal(buf_text(&b), "falling,close,long,apart");
    buf_free(&b);
    assert_string_equal(control_variation_token(CONTROL_EARLIER), "earlier");
    assert_string_equal(control_variation_token(CONTROL_WORSENING), "worsening");
    assert_string_equal(control_assurance_token(CONTROL_NO_TARGET), "");
    assert_string_equal(control_assurance_token(CONTROL_FAILS), "fails");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_the_quantiles_of_r),
        cmocka_unit_test(limits_of_no_mean_are_missing_and_of_zero_are_zero),
        cmocka_unit_test(a_point_of_its_own_centre_is_out_no_more_often_than_promised),
        cmocka_unit_test(limits_follow_the_exposure),
        cmocka_unit_test(after_a_rebase_the_segment_in_force_is_judged),
        cmocka_unit_test(a_signal_before_the_rebase_does_not_count_in_the_verdict),
        cmocka_unit_test(a_new_segment_needs_twelve_points_and_five_cases),
        cmocka_unit_test(a_signal_of_more_than_a_year_ago_is_earlier),
        cmocka_unit_test(assurance_is_the_chance_of_a_whole_year),
        cmocka_unit_test(overdispersed_limits_are_wider),
        cmocka_unit_test(the_unit_of_exposure_and_the_first_year_do_not_matter),
        cmocka_unit_test(series_without_anything_are_empty_and_never_wild),
        cmocka_unit_test(one_spike_and_counts_of_a_million_are_carried),
        cmocka_unit_test(steady_series_seldom_get_a_verdict),
        cmocka_unit_test(tokens_are_fixed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
