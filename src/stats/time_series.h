/* stats/time_series.h: counts at even steps in time: what trends, joinpoints, forecasts and control
 * charts eat.
 *
 * A step is a month, a quarter or a year. Steps that are not known, or that are to be left out
 * (event `exclude`), are NAN and take part in nothing: they are never zero.
 */
#ifndef KEOGIAM_STATS_TIME_SERIES_H
#define KEOGIAM_STATS_TIME_SERIES_H

#include <stddef.h>
#include <stdint.h>

/* The level is another one from an event on (event `step`): 0 before step `at`, `share` in it (the
 * part of its days on or after the event, 0 < share <= 1), 1 behind it. */
struct level_step {
    size_t at;
    double share;
};

struct time_series {
    const double *count;    /* [n] whole numbers >= 0, exact in a double; NAN: not known */
    const double *exposure; /* [n] finite, > 0: days, or person-years */
    size_t n;
    int64_t first; /* number of the first step: year * per_year + place in the year from 0 */
    int per_year;  /* 12, 4 or 1 */
    const struct level_step *steps;
    size_t step_count;
};

/* Place in the year of step i, from 0. */
static inline int time_series_place(const struct time_series *s, size_t i)
{
    return (int)((s->first + (int64_t)i) % s->per_year);
}

static inline int64_t time_series_year(const struct time_series *s, size_t i)
{
    return (s->first + (int64_t)i) / s->per_year;
}

#endif
