/* fixtures_alert.h: the monthly series of oracle/monthly.csv for the tests of alerts. */
#ifndef KEOGIAM_TESTS_FIXTURES_ALERT_H
#define KEOGIAM_TESTS_FIXTURES_ALERT_H

#include "oracle_csv.h"

enum { RISK_MONTHS = 512 };

struct risk_series {
    char name[64];
    double count[RISK_MONTHS];
    size_t n;
    int64_t first; /* year * 12 + month - 1 */
};

static inline int64_t risk_month(const char *text)
{
    return strtol(text, NULL, 10) * 12 + strtol(text + 5, NULL, 10) - 1;
}

/* Reads the series of that name, months in order and without gaps; does nothing if it is there. */
static inline void risk_series_read(struct risk_series *s, const char *name)
{
    struct oracle o;
    if (strcmp(s->name, name) == 0)
        return;
    s->n = 0;
    snprintf(s->name, sizeof s->name, "%s", name);
    oracle_open(&o, "monthly.csv");
    while (oracle_next(&o)) {
        if (strcmp(oracle_text(&o, "series"), name) != 0)
            continue;
        int64_t month = risk_month(oracle_text(&o, "month"));
        s->first = s->n ? s->first : month;
        assert_int_equal(s->first + (int64_t)s->n, month);
        assert_true(s->n < RISK_MONTHS);
        s->count[s->n++] = oracle_number(&o, "count");
    }
    assert_true(s->n > 0);
}

static inline size_t risk_series_at(const struct risk_series *s, const char *month)
{
    int64_t at = risk_month(month) - s->first;
    assert_true(at >= 0 && at < (int64_t)s->n);
    return (size_t)at;
}

#endif
