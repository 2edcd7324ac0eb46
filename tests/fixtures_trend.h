/* fixtures_trend.h: monthly series for the tests of trends. */
#ifndef KEOGIAM_TESTS_FIXTURES_TREND_H
#define KEOGIAM_TESTS_FIXTURES_TREND_H

#include "check.h"

#include <string.h>

#include "stats/trend.h"

enum { MONTHS = 240 };

static const int DAYS[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static inline double month_days(int64_t month)
{
    int64_t year = month / 12;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return DAYS[month % 12] + (month % 12 == 1 && leap ? 1 : 0);
}

/* A series with room for its values. */
struct months {
    double count[MONTHS], exposure[MONTHS];
    struct time_series s;
};

static inline void months_init(struct months *m, int64_t first)
{
    memset(m, 0, sizeof *m);
    m->s = (struct time_series){m->count, m->exposure, 0, first, 12, NULL, 0};
}

static inline void months_add(struct months *m, double count)
{
    assert_true(m->s.n < MONTHS);
    m->exposure[m->s.n] = month_days(m->s.first + (int64_t)m->s.n);
    m->count[m->s.n++] = count;
}

static inline void months_set(struct months *m, int64_t first, const double *count, size_t n)
{
    months_init(m, first);
    for (size_t i = 0; i < n; i++)
        months_add(m, count[i]);
}

static inline struct trend fit_of(const struct months *m)
{
    struct trend t;
    assert_true(trend_fit(&m->s, &t));
    return t;
}

enum { FEBRUARY_2019 = 2019 * 12 + 1 };

/* Four years with a season, a trend and more spread than Poisson. */
static inline void wavy_set(struct months *m, int64_t first)
{
    months_init(m, first);
    for (int i = 0; i < 48; i++)
        months_add(m, 10 + i / 4 + (i * 29) % 13 + (i % 12 < 4 ? 12 : 0) + (i % 5 == 3 ? 15 : 0));
}

/* j <- 0:47; k <- 2019*12 + j; y <- 20 + (j*29) %% 13 + ifelse(j >= 30, 15, 0); known: all but 5,
 * 17, 18; st <- ifelse(j < 30, 0, ifelse(j == 30, 0.4, 1)); X <- cbind(1, t, st, harmonics(k)) */
static const struct level_step STEP = {30, 0.4};

static inline void stepped_set(struct months *m)
{
    months_init(m, 2019 * 12);
    for (int j = 0; j < 48; j++)
        months_add(m, j == 5 || j == 17 || j == 18 ? NAN : 20 + (j * 29) % 13 + (j >= 30 ? 15 : 0));
    m->s.steps = &STEP;
    m->s.step_count = 1;
}

#endif
