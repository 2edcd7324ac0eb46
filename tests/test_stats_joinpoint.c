/* test_stats_joinpoint.c: joinpoints against oracle/joinpoint.csv (R 4.2), and identities. */
#include "fixtures_months.h"

#include <gsl/gsl_errno.h>

#include "stats/joinpoint.h"

static const struct joinpoint_options ANY = {2, 0}, THIRTY = {2, 30};

static struct joinpoints find(const struct time_series *s, struct joinpoint_options options)
{
    struct joinpoints j;
    assert_true(joinpoints_find(s, options, &j));
    return j;
}

/* "2019-10;2020-10": the months of the steps. */
static const char *months_text(const struct time_series *s, const size_t *at, size_t count)
{
    static char text[64];
    size_t used = 0;

    text[0] = '\0';
    for (size_t k = 0; k < count; k++) {
        int64_t month = s->first + (int64_t)at[k];
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%04d-%02d", k ? ";" : "",
                                 (int)(month / 12), (int)(month % 12) + 1);
    }
    return text;
}

static double least_of(const double *v, int n)
{
    double least = v[0];
    for (int i = 1; i < n; i++)
        least = fmin(least, v[i]);
    return least;
}

static void segments_check(const struct oracle *o, const struct joinpoints *j)
{
    const char *text = oracle_text(o, "annual_change_pct");
    double total[JOINPOINTS_MOST + 1];

    for (int k = 0; k <= j->count; k++) {
        char *end;
        CHECK_NEAR(j->segment[k].annual_change_pct, strtod(text, &end), 1e-6, 0);
        assert_true(*end == (k < j->count ? ';' : '\0'));
        text = end + 1;
        total[k] = j->segment[k].total;
    }
    oracle_check(o, "smallest_segment_total", least_of(total, j->count + 1), 0, 0);
}

/* joinpoints_if_places_free: the choice if a place cost nothing. */
static void choice_check(const struct oracle *o, const struct joinpoints *j, double n)
{
    int chosen = 0;

    oracle_check(o, "phi", j->phi, 1e-6, 0);
    for (int k = 0; k <= JOINPOINTS_MOST; k++) {
        const char *name[][3] = {{"qbic0", "qbic1", "qbic2"},
                                 {"deviance0", "deviance1", "deviance2"}};
        oracle_check(o, name[0][k], j->qbic[k], 1e-6, 0);
        oracle_check(o, name[1][k], j->deviance[k], 1e-9, 0);
        if (j->qbic[k] - k * log(n) < j->qbic[chosen] - chosen * log(n))
            chosen = k;
    }
    oracle_check(o, "joinpoints_if_places_free", chosen, 0, 0);
}

/* R: joinpoints(series, y, k) of shared/oracle/reference.R; the README's tolerances. */
static void every_column_of_joinpoint_agrees_with_r(void **state)
{
    struct oracle o;
    (void)state;
    oracle_open(&o, "joinpoint.csv");
    while (oracle_next(&o)) {
        struct months m;
        months_read(&m, oracle_text(&o, "series"));
        struct time_series s = months_series(&m);
        struct joinpoints j = find(&s, ANY);

        assert_int_equal(j.state, JOINPOINT_OK);
        oracle_check(&o, "n", (double)s.n, 0, 0);
        oracle_check(&o, "joinpoints", j.count, 0, 0);
        oracle_check(&o, "candidates", (double)j.candidates, 0, 0);
        oracle_check(&o, "pairs", (double)j.pairs, 0, 0);
        choice_check(&o, &j, (double)s.n);
        segments_check(&o, &j);
        assert_string_equal(months_text(&s, j.at, (size_t)j.count), oracle_text(&o, "months"));
        assert_string_equal(months_text(&s, &j.best1, !isnan(j.deviance[1])),
                            oracle_text(&o, "best1"));
        assert_string_equal(months_text(&s, j.best2, isnan(j.deviance[2]) ? 0 : 2),
                            oracle_text(&o, "best2"));
    }
    assert_int_equal(o.row, 24);
}

/* R: s <- A %*% coef, exp(s -+ qnorm(0.975) sqrt(phi diag(A V A'))), A adding up the slopes, V =
 *    solve(crossprod(X * sqrt(mu))); the same with A = X for months 1, 88 and 164 of the curve. */
static void intervals_agree_with_r(void **state)
{
    struct months m;
    double fitted[MONTHS_MOST], low[MONTHS_MOST], high[MONTHS_MOST];
    (void)state;
    months_read(&m, "camden_rape");
    struct time_series s = months_series(&m);
    struct joinpoints j = find(&s, THIRTY);

    assert_int_equal(j.count, 1);
    CHECK_NEAR(j.segment[0].low, 13.8738829688557, 1e-8, 0);
    CHECK_NEAR(j.segment[0].high, 21.1405173188779, 1e-8, 0);
    CHECK_NEAR(j.segment[1].low, 1.33813125300595, 1e-8, 0);
    CHECK_NEAR(j.segment[1].high, 6.95444842028717, 1e-8, 0);
    assert_true(joinpoint_curve(&s, &j, fitted, low, high));
    CHECK_NEAR(fitted[0], 5.34997037830708, 1e-9, 0);
    CHECK_NEAR(fitted[87], 17.0785302116457, 1e-9, 0);
    CHECK_NEAR(fitted[163], 21.5663956379198, 1e-9, 0);
    CHECK_NEAR(low[0], 4.3929804569374, 1e-8, 0);
    CHECK_NEAR(low[87], 14.9304859649468, 1e-8, 0);
    CHECK_NEAR(high[87], 19.5356128979914, 1e-8, 0);
    CHECK_NEAR(high[163], 24.9365160727502, 1e-8, 0);
}

/* R: the same model with columns 1, year, the event's share, hinges pmax(0, k - c), k = 2005:2020,
 *    rows !is.na(y), offset log(1000 + 10 * 0:15), segments of >= 4 known years. */
static void years_with_an_event_and_a_gap_agree_with_r(void **state)
{
    static const double y[] = {31, 28, 35, 40, 47, NAN, 66, 71, 85, 60, 52, 41, 33, 30, 22, 21};
    static const struct level_step event = {4, 0.25};
    double people[16];
    (void)state;
    for (int i = 0; i < 16; i++)
        people[i] = 1000 + 10 * i;
    struct time_series s = {y, people, 16, 2005, 1, &event, 1};
    struct joinpoints j = find(&s, ANY);

    assert_int_equal(j.candidates, 9);
    assert_int_equal(j.pairs, 13);
    assert_true(j.count == 1 && j.at[0] == 8 && j.best1 == 8);
    assert_true(j.best2[0] == 8 && j.best2[1] == 12);
    assert_true(j.phi == 1);
    CHECK_NEAR(j.deviance[0], 27.0708955851157, 1e-9, 0);
    CHECK_NEAR(j.deviance[1], 2.06822838581961, 1e-9, 0);
    CHECK_NEAR(j.deviance[2], 1.61222450296884, 1e-9, 0);
    CHECK_NEAR(j.qbic[1], 15.6084793913307, 1e-9, 0);
    CHECK_NEAR(j.segment[0].annual_change_pct, 9.62533243201518, 1e-7, 0);
    CHECK_NEAR(j.segment[1].annual_change_pct, -19.4100052947432, 1e-7, 0);
    assert_true(j.segment[0].steps == 7 && j.segment[0].total == 318);
    assert_true(j.segment[1].steps == 8 && j.segment[1].total == 344);
}

/* A thin segment is not a candidate, and phi is that of what remains. */
static void no_segment_is_thinner_than_asked(void **state)
{
    struct oracle o;
    (void)state;
    oracle_open(&o, "joinpoint.csv");
    while (oracle_next(&o)) {
        struct months m;
        months_read(&m, oracle_text(&o, "series"));
        struct time_series s = months_series(&m);
        struct joinpoints j = find(&s, THIRTY);

        for (int k = 0; k <= j.count && j.count > 0; k++)
            assert_true(j.segment[k].total >= 30);
        if (oracle_number(&o, "total") < 60) {
            assert_true(j.candidates == 0 && j.pairs == 0 && j.count == 0);
            assert_true(isnan(j.deviance[1]) && isnan(j.qbic[2]) && !isnan(j.qbic[0]));
        }
    }
}

/* exp(7 + 0.2 t), down from month 60 at -0.3 a year, level from month 111 on; whole numbers. */
static void kinks_made(struct months *m, int64_t first)
{
    for (int i = 0; i < 156; i++)
        m->count[i] =
            round(exp(7 + 0.2 * i / 12 - 0.5 * fmax(0, i - 60) / 12 + 0.3 * fmax(0, i - 111) / 12));
    months_date(m, first, 156);
    for (int i = 0; i < 156; i++)
        m->days[i] = 1;
}

static void made_kinks_are_found(void **state)
{
    struct months m;
    (void)state;
    kinks_made(&m, 2010 * 12);
    struct time_series s = months_series(&m);
    struct joinpoints j = find(&s, THIRTY);

    assert_true(j.count == 2 && j.at[0] == 60 && j.at[1] == 111);
    CHECK_NEAR(j.segment[0].annual_change_pct, 100 * expm1(0.2), 0, 0.02);
    CHECK_NEAR(j.segment[1].annual_change_pct, 100 * expm1(-0.3), 0, 0.02);
    CHECK_NEAR(j.segment[2].annual_change_pct, 0, 0, 0.02);
    assert_true(j.segment[0].low < j.segment[0].annual_change_pct);
    assert_true(j.segment[0].from == 0 && j.segment[2].from == 111 && j.segment[2].to == 156);
    j = find(&s, (struct joinpoint_options){1, 30});
    assert_true(j.count == 1 && j.pairs == 0 && isnan(j.deviance[2]) && !isnan(j.deviance[1]));
    j = find(&s, (struct joinpoint_options){0, 30});
    assert_true(j.count == 0 && j.candidates == 0 && isnan(j.deviance[1]) && j.fits == 1);
}

static void other_years_leave_the_answer(void **state)
{
    struct months m;
    (void)state;
    months_read(&m, "hackney_weapons");
    for (size_t i = 0; i < m.n; i++)
        m.days[i] = 30;
    struct time_series s = months_series(&m);
    struct joinpoints a = find(&s, THIRTY);
    s.first -= 1900 * 12;
    struct joinpoints b = find(&s, THIRTY);
    assert_memory_equal(&a, &b, sizeof a);
}

static void exposure_in_other_units_leaves_places_and_slopes(void **state)
{
    static const char *const name[] = {"camden_theft", "us_accident_deaths", "one_spike"};
    (void)state;
    for (int k = 0; k < 3; k++) {
        struct months m;
        months_read(&m, name[k]);
        struct time_series s = months_series(&m);
        struct joinpoints a = find(&s, ANY);
        for (size_t i = 0; i < s.n; i++)
            m.days[i] *= 1e6;
        struct joinpoints b = find(&s, ANY);

        assert_int_equal(a.count, b.count);
        assert_memory_equal(a.best2, b.best2, sizeof a.best2);
        CHECK_NEAR(b.deviance[2], a.deviance[2], 1e-11, 0);
        for (int i = 0; i <= a.count; i++)
            CHECK_NEAR(b.segment[i].annual_change_pct, a.segment[i].annual_change_pct, 1e-8, 0);
    }
}

static void unknown_months_at_the_ends_are_outside(void **state)
{
    struct months m, wide;
    (void)state;
    months_read(&m, "step_made_up");
    wide = m;
    memmove(wide.count + 7, m.count, m.n * sizeof *m.count);
    months_date(&wide, m.first - 7, m.n + 20);
    for (size_t i = 0; i < wide.n; i++)
        if (i < 7 || i >= m.n + 7)
            wide.count[i] = NAN;
    struct time_series s = months_series(&m), w = months_series(&wide);
    struct joinpoints a = find(&s, THIRTY), b = find(&w, THIRTY);

    assert_true(a.count == 1 && b.count == 1 && b.at[0] == a.at[0] + 7);
    assert_true(a.candidates == b.candidates && a.pairs == b.pairs);
    assert_true(b.segment[0].from == 7 && b.segment[1].to == m.n + 7);
    assert_true(b.segment[0].steps == a.segment[0].steps);
    CHECK_NEAR(b.qbic[1], a.qbic[1], 1e-10, 0);
}

/* A level that doubles is a turn or two of the trend, unless an event is said to have done it. */
static void an_event_takes_the_jump_that_joinpoints_would(void **state)
{
    static const struct level_step event = {50, 0.5};
    struct months m;
    (void)state;
    for (int i = 0; i < 120; i++)
        m.count[i] = (i < 50 ? 100 : i == 50 ? 150 : 200) + i * 29 % 17 % 9;
    months_date(&m, 2012 * 12, 120);
    struct time_series s = months_series(&m);
    assert_int_equal(find(&s, THIRTY).count, 2);
    s.steps = &event;
    s.step_count = 1;
    struct joinpoints j = find(&s, THIRTY);
    assert_int_equal(j.count, 0);
    CHECK_NEAR(j.segment[0].annual_change_pct, 0, 0, 2);
}

/* Events that say the same, or what the trend says, change nothing. */
static void collinear_events_are_left_out(void **state)
{
    static const struct level_step event[] = {{50, 0.5}, {50, 0.5}, {0, 1}, {500, 1}};
    struct months m;
    (void)state;
    months_read(&m, "step_made_up");
    struct time_series s = months_series(&m);
    s.steps = event;
    s.step_count = 1;
    struct joinpoints a = find(&s, THIRTY);
    s.step_count = 4;
    struct joinpoints b = find(&s, THIRTY);
    assert_int_equal(a.count, b.count);
    assert_int_equal(b.fit.rank, a.fit.rank);
    for (int k = 0; k <= JOINPOINTS_MOST; k++)
        CHECK_NEAR(b.qbic[k], a.qbic[k], 1e-10, 0);
}

/* The score of a constant: the means of the known steps add up to their counts. */
static void curve_adds_up_to_the_counts(void **state)
{
    struct months m;
    double fitted[MONTHS_MOST], low[MONTHS_MOST], high[MONTHS_MOST];
    (void)state;
    months_read(&m, "hackney_violence");
    m.count[30] = m.count[100] = NAN;
    struct time_series s = months_series(&m);
    struct joinpoints j = find(&s, THIRTY);
    double counted = 0, mean = 0;

    assert_int_equal(j.count, 2);
    assert_true(joinpoint_curve(&s, &j, fitted, low, high));
    for (size_t i = 0; i < s.n; i++) {
        assert_true(low[i] < fitted[i] && fitted[i] < high[i]);
        counted += isnan(m.count[i]) ? 0 : m.count[i];
        mean += isnan(m.count[i]) ? 0 : fitted[i];
    }
    CHECK_NEAR(mean, counted, 1e-12, 0);
    CHECK_NEAR(j.segment[0].total + j.segment[1].total + j.segment[2].total, counted, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_of_joinpoint_agrees_with_r),
        cmocka_unit_test(intervals_agree_with_r),
        cmocka_unit_test(years_with_an_event_and_a_gap_agree_with_r),
        cmocka_unit_test(no_segment_is_thinner_than_asked),
        cmocka_unit_test(made_kinks_are_found),
        cmocka_unit_test(other_years_leave_the_answer),
        cmocka_unit_test(exposure_in_other_units_leaves_places_and_slopes),
        cmocka_unit_test(unknown_months_at_the_ends_are_outside),
        cmocka_unit_test(an_event_takes_the_jump_that_joinpoints_would),
        cmocka_unit_test(collinear_events_are_left_out),
        cmocka_unit_test(curve_adds_up_to_the_counts),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
