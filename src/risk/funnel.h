/* risk/funnel.h: which units lie outside what chance and ordinary differences explain?
 *
 * Receives: counts x and expected e (risk/smr.h), e NAN where a unit is left out.
 * Hands on: a z value a unit, the over-dispersion of all, and the control limits for the chart.
 * Method: z = 2 (sqrt x - sqrt e) is about standard normal for a Poisson count. The z values are
 *   pulled in to their 10 % and 90 % quantiles (R type 7), phi is the mean of their squares, and
 *   tau2 = max(0, (N phi - (N - 1)) / (sum w - sum w^2 / sum w)), w = 4 e, the variance between
 *   units of sqrt(SMR): additive, so that large units do not look special for being large.
 * Source: Spiegelhalter (2005) Stat. Med. 24:1185; Spiegelhalter et al. (2012) JRSS A 175:1.
 * Checked: tests/test_risk_funnel.c, oracle/risk.csv funnel_*, oracle/risk_global.csv funnel_*.
 * Pure, reentrant.
 */
#ifndef KEOGIAM_RISK_FUNNEL_H
#define KEOGIAM_RISK_FUNNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct funnel {
    size_t units;     /* that take part: e > 0 */
    double phi, tau2; /* missing without units; tau2 is 0 for one unit */
};

/* Fills f, and for each unit z_raw = 2 (sqrt x - sqrt e) and z = (sqrt SMR - 1)/sqrt(1/w + tau2);
 * z_raw may be NULL.
 * Missing: z of a unit that is left out or expects 0.
 * Fails: false without memory for n numbers; nothing is filled then. Cost: O(n log n). */
bool funnel_z(const int64_t *x, const double *expected, size_t n, struct funnel *f, double *z_raw,
              double *z);

struct funnel_limits {
    double low, high; /* of the SMR */
};

/* Limits of the SMR at `expected` > 0 with two-sided probability `coverage` (0.95, 0.998) if the
 * true ratio is 1. tau2 = 0: exact, the Poisson quantiles of both tails, interpolated between whole
 * counts as in Spiegelhalter (2005), A.1.1: c - (F(c) - p)/P(X = c), c = qpois(p, e), not under 0.
 * tau2 > 0: (1 +- z sqrt(1/(4 e) + tau2))^2, low 0 where the root is negative: a unit is outside
 * exactly when |funnel z| > z.
 * Missing: arguments out of range. Cost: 1 us. */
struct funnel_limits funnel_limits_at(double expected, double coverage, double tau2);

#endif
