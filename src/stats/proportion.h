/* stats/proportion.h: a share of cases against a target: how sure, is it met, how many may miss.
 *
 * Receives: a numerator of a denominator (whole cases) and a threshold in %.
 * Hands on: the share with intervals; the verdict and its margins in whole cases; for a running
 *   period the chance that the final rate meets the target.
 * A verdict is never read off a floating percentage: 19 of 20 is not over 95 %. The threshold is
 *   rounded once to 1e-6 %; the comparison is exact for any int64_t counts.
 */
#ifndef KEOGIAM_STATS_PROPORTION_H
#define KEOGIAM_STATS_PROPORTION_H

#include <stdbool.h>
#include <stdint.h>

struct proportion {
    double value_pct;
    double ci_low, ci_high;             /* Wilson, 95 %, in % */
    double prob_met;                    /* P(share > threshold); missing without a threshold */
    double jeffreys_low, jeffreys_high; /* 2.5 and 97.5 % quantiles of the posterior, in % */
};

/* x of n, 0 <= x <= n; threshold_pct NAN for none. Anything else, and n = 0: every field NAN.
 * Wilson without continuity correction, clipped to 0 ... 100: R prop.test(x, n, correct = FALSE).
 * Posterior Beta(x + 1/2, n - x + 1/2); prob_met = pbeta(t/100, ..., lower.tail = FALSE), so 0 at a
 *   threshold of 100 whatever the data.
 * Source: Wilson (1927); Brown, Cai & DasGupta (2001), Stat. Sci. 16:101.
 * Checked: every column of oracle/rate.csv, 1e-9, tests/test_stats_proportion.c. */
struct proportion proportion_of(int64_t x, int64_t n, double threshold_pct);

enum rate_op {
    RATE_OVER,    /* > */
    RATE_AT_LEAST /* >= */
};

/* Does numerator of denominator meet the target? Exact. False when denominator <= 0 (0 of 0 has no
 * verdict: ask before), the numerator is negative or the threshold NAN. The numerator may exceed
 * the denominator. */
bool rate_is_met(int64_t numerator, int64_t denominator, enum rate_op op, double threshold_pct);

/* The most that may miss and still pass: the largest k with (denominator - k)/denominator meeting
 * the target; -1 when even none missing fails (over 100 %), or denominator <= 0.
 * 20 reports, > 95 %: 0. 40: 1. */
int64_t rate_may_miss(int64_t denominator, enum rate_op op, double threshold_pct);

/* The fewest more that would pass: the smallest k with (numerator + k)/denominator meeting the
 * target, 0 when it is met, -1 when no numerator up to the denominator does. */
int64_t rate_missing_for(int64_t numerator, int64_t denominator, enum rate_op op,
                         double threshold_pct);

/* A running period: met so far, failed so far, and pending, still to be decided.
 * P((met + K)/(met + failed + pending) meets the target), K ~ BetaBinomial(pending, met + 1/2,
 * failed + 1/2): the posterior of the share so far carried over to the pending. Nothing pending:
 * 0 or 1. Nothing at all, or a count outside 0 ... 2^53: NAN.
 * Exact sum by the ratio of neighbouring terms, rescaled; relative precision 1e-12.
 * Cost: O(pending), 1 ms at 1e5.
 * R: k <- need:pending; sum(exp(lchoose(pending, k) + lbeta(met + .5 + k, failed + .5 + pending -
 *   k) - lbeta(met + .5, failed + .5))) */
double rate_prob_running(int64_t met, int64_t failed, int64_t pending, enum rate_op op,
                         double threshold_pct);

#endif
