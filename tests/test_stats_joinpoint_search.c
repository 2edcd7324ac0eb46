/* test_stats_joinpoint_search.c: the search for joinpoints against fitting every set of places. */
#include "fixtures_months.h"

#include <gsl/gsl_errno.h>

#include "stats/joinpoint_search.h"

static struct joinpoints find(const struct time_series *s, double segment_least)
{
    struct joinpoints j;
    assert_true(joinpoints_find(s, (struct joinpoint_options){2, segment_least}, &j));
    return j;
}

/* Every set of places fitted, listed here by the rules of joinpoint.h once more. */
struct exhaustive {
    size_t sets[JOINPOINTS_MOST + 1];
    struct joinpoint_fit best[JOINPOINTS_MOST + 1];
};

static bool is_segment(const struct time_series *s, size_t from, size_t to, double least)
{
    size_t known = 0;
    double total = 0;

    for (size_t i = from; i < to; i++) {
        known += !isnan(s->count[i]);
        total += isnan(s->count[i]) ? 0 : s->count[i];
    }
    return to - from >= (s->per_year == 12 ? 12 : 4) && known >= 4 && total >= least;
}

static bool has_cases(const struct time_series *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (s->count[i] > 0)
            return true;
    return false;
}

static bool is_place(const struct time_series *s, size_t c, double least)
{
    return (s->per_year < 12 || (s->first + (int64_t)c) % 3 == 0) && has_cases(s, 0, c) &&
           has_cases(s, c + 1, s->n) && is_segment(s, 0, c, least) && is_segment(s, c, s->n, least);
}

static void set_try(struct joinpoint_model *m, struct exhaustive *e, struct joinpoint_fit f)
{
    struct joinpoint_fit *best = &e->best[f.count];

    assert_true(joinpoint_regress(m, &f));
    if (e->sets[f.count]++ == 0 || f.glm.deviance < best->glm.deviance)
        *best = f;
}

static struct exhaustive fit_all(const struct time_series *s, double least)
{
    struct exhaustive e = {.sets = {0}};
    struct joinpoint_model m;

    assert_true(joinpoint_model_init(&m, s));
    set_try(&m, &e, (struct joinpoint_fit){.count = 0});
    for (size_t c = 0; c < s->n; c++) {
        if (!is_place(s, c, least))
            continue;
        set_try(&m, &e, (struct joinpoint_fit){.count = 1, .at = {c}});
        for (size_t d = c + 1; d < s->n; d++)
            if (is_place(s, d, least) && is_segment(s, c, d, least))
                set_try(&m, &e, (struct joinpoint_fit){.count = 2, .at = {c, d}});
    }
    joinpoint_model_free(&m);
    return e;
}

/* Places may differ where their deviances are equal up to rounding. */
static void search_check(const struct time_series *s, double least)
{
    struct joinpoints j = find(s, least);
    struct exhaustive e = fit_all(s, least);

    assert_true(j.candidates == e.sets[1] && j.pairs == e.sets[2]);
    assert_true(j.fits <= 1 + e.sets[1] + e.sets[2]);
    for (size_t k = 0; k <= JOINPOINTS_MOST; k++) {
        const size_t *at = k == 1 ? &j.best1 : j.best2;
        assert_true(isnan(j.deviance[k]) == (e.sets[k] == 0));
        if (e.sets[k] == 0)
            continue;
        double want = e.best[k].glm.deviance;
        CHECK_NEAR(j.deviance[k], want, 1e-9, 1e-9);
        if (memcmp(at, e.best[k].at, k * sizeof *at) == 0)
            continue;
        struct joinpoint_model m;
        struct joinpoint_fit f = {.count = k, .at = {at[0], k == 2 ? at[1] : 0}};
        assert_true(joinpoint_model_init(&m, s) && joinpoint_regress(&m, &f));
        CHECK_NEAR(f.glm.deviance, want, 1e-9, 1e-9);
        joinpoint_model_free(&m);
    }
}

/* Every LONDON_EVERY-th series only, as all of them take minutes here: -DLONDON_EVERY=1 does. */
#ifndef LONDON_EVERY
#define LONDON_EVERY 60
#endif
enum { LONDON_SERIES = 500, LONDON_MONTHS = 188, LONDON_LINE = 4096, LONDON_NAME = 128 };

struct london {
    char name[LONDON_SERIES][LONDON_NAME]; /* major offence, borough */
    double count[LONDON_SERIES][LONDON_MONTHS];
    size_t n;
};

static double *london_series(struct london *l, const char *major, const char *borough)
{
    char name[LONDON_NAME];
    size_t k = 0;

    snprintf(name, sizeof name, "%s, %s", major, borough);
    while (k < l->n && strcmp(l->name[k], name) != 0)
        k++;
    assert_true(k < LONDON_SERIES);
    if (k == l->n)
        strcpy(l->name[l->n++], name);
    return l->count[k];
}

/* Adds the minor offences of a file to the major ones, from month `at` on. */
static void london_read(struct london *l, const char *path, size_t at)
{
    char line[LONDON_LINE];
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        char *major = strtok(line, ","), *minor = strtok(NULL, ","), *borough = strtok(NULL, ",");
        if (!minor || strcmp(major, "MajorText") == 0)
            continue;
        double *count = london_series(l, major, borough) + at;
        for (char *cell; (cell = strtok(NULL, ",\r\n"));)
            *count++ += strtod(cell, NULL);
    }
    fclose(file);
}

static void search_finds_what_fitting_all_finds_in_london(void **state)
{
    static struct london l;
    (void)state;
    london_read(&l, "datasets/london/mps_borough_historical.csv", 0);
    london_read(&l, "datasets/london/mps_borough_recent24.csv", 164);
    assert_int_equal(l.n, 419);
    for (size_t k = 0; k < l.n; k++) {
        struct months m;
        double total = 0;
        for (size_t i = 0; i < LONDON_MONTHS; i++)
            total += m.count[i] = l.count[k][i];
        months_date(&m, 2010 * 12 + 3, LONDON_MONTHS);
        struct time_series s = months_series(&m);
        if (total < 5)
            assert_int_equal(find(&s, 30).state, JOINPOINT_FEW_INCIDENTS);
        else if (k % LONDON_EVERY == 0)
            search_check(&s, 30);
    }
}

#ifndef HARD_SERIES
#define HARD_SERIES 60
#endif

/* Numbers that are the same on every machine. */
static double next_uniform(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* Levels that jump, by up to a factor of 10^4 and to nearly nothing, spikes, gaps. */
static void hard_series(struct months *m, uint64_t seed)
{
    double level = exp(9 * next_uniform(&seed) - 1), drift = 0;
    size_t n = 40 + (size_t)(50 * next_uniform(&seed));

    for (size_t i = 0; i < n; i++) {
        double u = next_uniform(&seed), v = next_uniform(&seed);
        if (u < 0.03)
            level = exp(11 * v - 3);
        if (u > 0.97)
            drift = 0.6 * v - 0.3;
        level = fmin(fmax(level * exp(drift), 1e-3), 1e6);
        m->count[i] = floor(level * (0.5 + next_uniform(&seed)) + next_uniform(&seed));
        if (u > 0.5 && u < 0.52)
            m->count[i] *= 30;
        if (u > 0.6 && u < 0.6 + 0.1 * (double)(seed % 2) && i > 0 && i + 1 < n)
            m->count[i] = NAN;
    }
    months_date(m, 2015 * 12 + (int64_t)(seed % 12), n);
}

static void search_finds_what_fitting_all_finds_in_hard_series(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= HARD_SERIES; seed++) {
        struct months m;
        hard_series(&m, seed * 977);
        struct time_series s = months_series(&m);
        double total = 0;
        s.per_year = seed % 4 < 2 ? 12 : seed % 4 == 2 ? 4 : 1;
        for (size_t i = 0; i < s.n; i++)
            total += isnan(m.count[i]) ? 0 : m.count[i];
        if (total >= 5)
            search_check(&s, seed % 2 ? 30 : 0);
    }
}

static void bounds_check(struct joinpoint_model *m, const size_t *at, size_t n)
{
    double mu[MONTHS_MOST], other[MONTHS_MOST];
    struct joinpoint_fit f = {.mu = mu}, start = {.mu = other};

    assert_true(joinpoint_regress(m, &start));
    struct joinpoint_bounds *b = joinpoint_bounds_new(m, start.glm.dropped, at, n);
    assert_non_null(b);
    for (size_t round = 0; round < 4; round++) {
        joinpoint_bounds_move(b, &start);
        for (size_t i = 0; i < n; i++)
            for (size_t j = i; j < n; j++) {
                f = (struct joinpoint_fit){j == i ? 1 : 2, {at[i], at[j]}, {0}, mu};
                assert_true(joinpoint_regress(m, &f));
                assert_true(joinpoint_bound(b, i, j).least <= f.glm.deviance * (1 + 1e-9) + 1e-9);
            }
        start.count = 1 + round % 2;
        start.at[0] = at[round % n];
        start.at[1] = at[n - 1];
        assert_true(joinpoint_regress(m, &start));
        for (size_t i = 0; i < m->n && round == 2; i++)
            other[i] *= i % 3 ? 1.2 : 0.7; /* any means will do */
    }
    joinpoint_bounds_delete(b);
}

/* From means of the trend, of one place, of two, and of no fit at all. */
static void a_bound_is_never_above_the_deviance(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= HARD_SERIES; seed++) {
        struct months m;
        struct joinpoint_model model;
        size_t at[] = {9, 12, 19, 24, 30, 34};
        hard_series(&m, seed * 1009);
        struct time_series s = months_series(&m);
        assert_true(joinpoint_model_init(&model, &s));
        bounds_check(&model, at, sizeof at / sizeof *at);
        joinpoint_model_free(&model);
    }
}

/* The bound of the very places whose fit gave the means is their deviance, or the search would
 * never end early. */
static void a_bound_is_sharp_at_its_own_fit(void **state)
{
    struct months m;
    struct joinpoint_model model;
    double mu[MONTHS_MOST];
    size_t at[] = {60, 105};
    struct joinpoint_fit f = {2, {60, 105}, {0}, mu};
    (void)state;
    months_read(&m, "hackney_violence");
    struct time_series s = months_series(&m);
    assert_true(joinpoint_model_init(&model, &s));
    assert_true(joinpoint_regress(&model, &f));
    struct joinpoint_bounds *b = joinpoint_bounds_new(&model, f.glm.dropped, at, 2);
    assert_non_null(b);
    joinpoint_bounds_move(b, &f);
    CHECK_NEAR(joinpoint_bound(b, 0, 1).least, f.glm.deviance, 1e-9, 0);
    joinpoint_bounds_delete(b);
    joinpoint_model_free(&model);
}

/* Two cases a year, one spike, a month of the year that never has a case: ends, and is finite. */
static void sparse_series_end_in_finite_numbers(void **state)
{
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        struct months m;
        double fitted[MONTHS_MOST], low[MONTHS_MOST], high[MONTHS_MOST];
        for (size_t i = 0; i < 84; i++)
            m.count[i] = kind == 0   ? i % 6 == i / 24
                         : kind == 1 ? 500 * (i == 40)
                         : kind == 2 ? 3 * (i % 12 == 0)
                                     : 1e6 * (1 + (double)(i % 3));
        months_date(&m, 2010 * 12, 84);
        struct time_series s = months_series(&m);
        struct joinpoints j = find(&s, 0);
        assert_int_equal(j.state, JOINPOINT_OK);
        assert_true(isfinite(j.phi) && isfinite(j.qbic[0]));
        assert_true(joinpoint_curve(&s, &j, fitted, low, high));
        for (size_t i = 0; i < s.n; i++) {
            assert_true(isfinite(fitted[i]) && fitted[i] < 1e8);
            assert_true(isnan(low[i]) || (low[i] <= fitted[i] && fitted[i] <= high[i]));
        }
        search_check(&s, 0);
    }
}

/* Read backwards, such a series is the same, and a place as good as its mirror image (16 has none:
 * 3 is no place). */
static void of_equal_places_the_earliest_is_taken(void **state)
{
    uint64_t seed = 11;
    (void)state;
    for (int trial = 0; trial < 50; trial++) {
        double y[20], one[20];
        for (int i = 0; i < 10; i++) {
            y[i] = y[19 - i] = floor(20 + 300 * next_uniform(&seed));
            one[i] = one[19 - i] = 1;
        }
        struct time_series s = {y, one, 20, 2000, 1, NULL, 0};
        struct joinpoints j = find(&s, 0);
        assert_true(j.best1 <= 9 || j.best1 == 16);
        assert_true(j.best2[0] + j.best2[1] <= 19 || j.best2[1] == 16);
    }
}

/* 12 years, 10 columns, one more with a joinpoint; with two, nothing is left to estimate phi. */
static void joinpoints_leave_a_degree_of_freedom(void **state)
{
    static const double y[] = {12, 9, 14, 20, 13, 17, 25, 21, 16, 30, 28, 22};
    struct level_step event[8];
    double one[12];
    (void)state;
    for (size_t i = 0; i < 12; i++)
        one[i] = 1;
    for (size_t i = 0; i < 8; i++)
        event[i] = (struct level_step){i + 2 + i / 4, 0.5};
    struct time_series s = {y, one, 12, 2000, 1, event, 8};
    struct joinpoints j = find(&s, 0);
    assert_int_equal(j.state, JOINPOINT_OK);
    assert_int_equal(j.pairs, 1);
    assert_true(isfinite(j.phi) && isnan(j.deviance[2]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_finds_what_fitting_all_finds_in_london),
        cmocka_unit_test(search_finds_what_fitting_all_finds_in_hard_series),
        cmocka_unit_test(a_bound_is_never_above_the_deviance),
        cmocka_unit_test(a_bound_is_sharp_at_its_own_fit),
        cmocka_unit_test(sparse_series_end_in_finite_numbers),
        cmocka_unit_test(of_equal_places_the_earliest_is_taken),
        cmocka_unit_test(joinpoints_leave_a_degree_of_freedom),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
