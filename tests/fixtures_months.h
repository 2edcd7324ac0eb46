/* fixtures_months.h: monthly series for tests: those of oracle/monthly.csv. */
#ifndef KEOGIAM_TESTS_FIXTURES_MONTHS_H
#define KEOGIAM_TESTS_FIXTURES_MONTHS_H

#include "oracle_csv.h"
#include "stats/time_series.h"

enum { MONTHS_MOST = 400 };

struct months {
    double count[MONTHS_MOST], days[MONTHS_MOST];
    size_t n;
    int64_t first;
};

static inline double month_days(int64_t month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t y = month / 12;
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return days[month % 12] + (month % 12 == 1 && leap);
}

/* Fills days from first and n. */
static inline void months_date(struct months *m, int64_t first, size_t n)
{
    assert_true(n <= MONTHS_MOST);
    m->first = first;
    m->n = n;
    for (size_t i = 0; i < n; i++)
        m->days[i] = month_days(first + (int64_t)i);
}

static inline struct time_series months_series(const struct months *m)
{
    return (struct time_series){
        .count = m->count, .exposure = m->days, .n = m->n, .first = m->first, .per_year = 12};
}

/* The months of a series in monthly.csv; fails if it is not there. */
static inline void months_read(struct months *m, const char *series)
{
    struct oracle o;
    int64_t first = 0;
    size_t n = 0;

    oracle_open(&o, "monthly.csv");
    while (oracle_next(&o)) {
        int year, month;
        if (strcmp(oracle_text(&o, "series"), series) != 0)
            continue;
        assert_int_equal(sscanf(oracle_text(&o, "month"), "%d-%d", &year, &month), 2);
        if (n == 0)
            first = year * 12 + month - 1;
        m->count[n++] = oracle_number(&o, "count");
    }
    assert_true(n > 0);
    months_date(m, first, n);
}

#endif
