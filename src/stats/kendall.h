/* stats/kendall.h: does a series rise or fall, by ranks alone: Mann-Kendall and Sen's slope.
 *
 * Receives: counts at even steps (stats/time_series.h). NAN steps are left out. Exposure and
 *   events are not looked at.
 * Hands on: the seasonal test (each month, quarter ... against the same one of other years, summed)
 *   and the plain one on the totals of complete calendar years, each with the median of the slopes
 *   between pairs and its interval.
 * Model: S = sum of sign(y_j - y_i) over pairs of the same season, i before j; its variance under
 *   "no trend", ties corrected, the seasons taken as independent; normal with continuity
 *   correction, also where few values make it an approximation.
 * Missing: NAN. Pure, reentrant; one buffer is taken and freed.
 * Source: Hirsch, Slack & Smith (1982) Water Resour. Res. 18:107; Sen (1968) JASA 63:1379;
 *   oracle README 3.
 * Checked: tests/test_stats_kendall.c, columns mk_*, sen_*, annual_* of oracle/trend.csv (R 4.2).
 */
#ifndef KEOGIAM_STATS_KENDALL_H
#define KEOGIAM_STATS_KENDALL_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/time_series.h"

struct kendall {
    double tau; /* tau-b: S over its largest value, ties heeded; NAN where every season is constant
                   or has one value */
    double s;
    double var;               /* of s; 0 where every season is constant or has one value */
    double p;                 /* two-sided, 1 when var = 0 */
    double sen;               /* median slope, cases a year; NAN when no season has two values */
    double sen_low, sen_high; /* 95 %; NAN as sen. As Sen has them, also where sen_is_ties */
    bool sen_is_ties;         /* the interval is [0, 0]: most pairs are tied, which is too little
                                 data, not certainty. Show no interval, and a note */
};

struct kendall_trend {
    struct kendall seasonal; /* the plain one where per_year = 1 */
    size_t annual_n;         /* complete calendar years: every step of theirs is known */
    struct kendall annual;   /* of their totals; NAN, and no ties, under 3 of them */
};

/* Sen's interval: slopes of rank round((N - C)/2) and round((N + C)/2 + 1), C = z sqrt(var), from
 *   1, half to even, clipped to 1 ... N: trend::sens.slope, clipped.
 * An empty series and one without two values in any season: s = var = 0, p = 1, the rest NAN.
 * Too few incidents to speak of a trend (contract: 5) is for the caller to heed.
 * Fails: false when memory is lacking (n^2 / (2 per_year) doubles); *k is then not touched.
 * Cost: 188 months 8 us. */
bool kendall_trend(const struct time_series *s, struct kendall_trend *k);

#endif
