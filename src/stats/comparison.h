/* stats/comparison.h: two counts, each over an exposure: did it go down, and by how much?
 *
 * Receives: x0 counted over exposure e0 before, x1 over e1 now. Counts are independent Poisson
 *   with means l0*e0 and l1*e1. Exposures have any unit, the same for both (1 and 1 to compare
 *   cases with cases, days, person-years, 3 and 1 against a sum of three years).
 * Hands on: the change as a *reduction* in %, 100*(1 - (x1/e1)/(x0/e0)): positive went down.
 * Ranges: counts 0 ... 2^53, exposures finite and > 0. Outside them every field is missing.
 * Missing: NAN in a double, has_allowance = false. No infinity leaves: an unbounded end is NAN.
 * Source: exact conditional comparison (given x0 + x1, x1 is binomial with probability
 *   e1/(e0 + e1)): Przyborowski & Wilenski (1940), interval Clopper & Pearson (1934); Jeffreys
 *   posteriors Gamma(x + 1/2, e).
 * Checked: tests/test_stats_comparison.c, every column of oracle/yoy.csv (R 4.2);
 *   tests/test_stats_comparison_fall.c.
 * Pure and reentrant. Only comparison_detectable and comparison_exact take memory (and free it).
 */
#ifndef KEOGIAM_STATS_COMPARISON_H
#define KEOGIAM_STATS_COMPARISON_H

#include <stdbool.h>
#include <stdint.h>

struct comparison {
    double reduction_pct;  /* missing when x0 = 0 */
    double ci_low;         /* 95 % interval of the reduction; missing when x0 = 0 (unbounded) */
    double ci_high;        /* missing when x0 = x1 = 0 */
    double p_value;        /* two-sided, of l1 = l0; 1 when x0 = x1 = 0 */
    double prob_reduction; /* P(l1 < l0), also when x0 = 0 */
    double prob_target;    /* P(l1/l0 <= 1 - target/100); missing without a target */
    bool has_allowance;    /* false without a target and when x0 = 0 */
    int64_t allowance;     /* most cases now that still meet the target; 0 if !has_allowance */
    double luck;           /* P(count <= allowance if nothing changed); missing with allowance */
    double detectable_pct; /* least reduction found with 80 % power; missing if there is none */
};

/* Everything above for one pair. target_pct: the reduction wanted in %, NAN for no target
 *   (negative: a rise is allowed; above 100 no count but 0 meets it).
 * ci_low, ci_high, p_value: R poisson.test(c(x1, x0), c(e1, e0)), the interval of the ratio turned
 *   into a reduction. p: the likelihood rule of binom.test, all outcomes no likelier than the
 *   observed (slack 1e-7); the opposite tail's start is found by bisection on the log density.
 * prob_target: R pbeta(r*e1/(e0 + r*e1), x1 + 0.5, x0 + 0.5), r = max(0, 1 - target/100).
 * Cost: 7 us below 1000 cases, 30 us at 10^6, plus comparison_detectable.
 * Checked: 1e-9 on every column; sums written out for small counts. */
struct comparison comparison_exact(int64_t x0, double e0, int64_t x1, double e1, double target_pct);

/* The most cases over e1 that still meet the target: the largest whole x1 with reduction >=
 * target, floor(x0*e1/e0*(1 - target/100)), where a value within 1e-9 (relative, at least
 * absolute) below a whole number counts as that number: 100 -> 97 meets 3 %. Not under 0.
 * Returns false and leaves *allowance when x0 = 0, there is no target or a range is broken.
 * Clipped to INT64_MAX. */
bool comparison_allowance(int64_t x0, double e0, double e1, double target_pct, int64_t *allowance);

/* Is the target met? Decided in whole cases, x1 <= allowance, never by comparing two floating
 * percentages. False when there is no allowance. */
bool comparison_met(int64_t x0, double e0, int64_t x1, double e1, double target_pct);

/* P(count now <= allowance) if nothing changed: the count of e1 predicted from x0 over e0 alone.
 * R: pnbinom(allowance, x0 + 0.5, e0/(e0 + e1)); x0 = 8, 3 %: 0.4498. Missing when x0 = 0. */
double comparison_luck(int64_t x0, double e0, double e1, int64_t allowance);

/* The least fall of the true rate (0, 0.1 ... 100 %) with which the count over e1 stays within the
 * allowance with a chance of 80 %, all that is known of the rate being x0 over e0: X ~
 * Poisson((1 - r)*l*e1), l ~ Gamma(x0 + 1/2, e0). The chance rises with r, so the grid is bisected;
 * a fall of 100 % always does. 0: the chance is as good without any. At r = 0 it is
 * comparison_luck. Missing when x0 = 0, allowance < 0 or a range is broken.
 * R: r <- 0:1000/1000; 100*r[pnbinom(allowance, x0 + 0.5, e0/(e0 + (1 - r)*e1)) >= 0.8][1];
 * x0 = 8, allowance 7: 38.6. Checked: R, and the mass summed term by term. */
double comparison_fall_needed(int64_t x0, double e0, double e1, int64_t allowance);

/* Power to find a true reduction of `reduction_pct` (0 ... 100): X0 ~ Poisson(x0), X1 ~
 * Poisson(x0*(1 - d/100)*e1/e0), and the one-sided exact conditional test rejects when
 * P(Bin(X0 + X1, e1/(e0 + e1)) <= X1) <= 0.05. For each X0 the largest rejecting X1 is one
 * negative binomial quantile, so power = sum dpois(a, x0)*ppois(crit(a), mu1).
 * x0 = 0: 0. Missing: ranges broken, x0*e1/e0 or x0 above 1e10, or no memory.
 * Checked: power_at_detectable and power_one_step_less of oracle/yoy.csv, 1e-9. */
double comparison_power(int64_t x0, double e0, double e1, double reduction_pct);

/* The least reduction of 0.1, 0.2 ... 100 % with power >= 0.80; power rises with the reduction, so
 * the grid is bisected. Missing if there is none (always below x0 = 7 with equal exposures) and as
 * comparison_power.
 * Depends on x0, e0, e1 only: worth keeping where many x1 meet the same x0.
 * Cost: 2 us for x0 < 20, 0.6 ms at x0 = 10^6; O(sqrt(x0)*(1 + e1/e0)):
 * over 20 ms only where e1/e0 is in the hundreds with x0 in the hundred thousands, or x0 over 1e9
 * (0.6 s was the worst of 200,000 random inputs). */
double comparison_detectable(int64_t x0, double e0, double e1);

struct comparison_interval {
    double reduction_pct;  /* missing when x0 = 0 */
    double ci_low;         /* missing when x0 = 0 */
    double ci_high;        /* missing when both are 0 */
    double prob_reduction; /* P(l1 < l0), Jeffreys posteriors of x/phi */
};

/* The same interval for counts whose variance is phi times their mean (over-dispersed series,
 * victims, harm weights): x/phi is taken for a Poisson count. x0, x1: real, >= 0, finite;
 * phi > 0 (a NAN or bad phi leaves only reduction_pct).
 * R: L = qbeta(0.025, x1/phi, x0/phi + 1), U = qbeta(0.975, x1/phi + 1, x0/phi), ratio =
 *   p/(1 - p)*e0/e1, reduction = 100*(1 - ratio). With phi = 1 and whole counts it is the exact
 *   interval.
 * Checked: R to 1e-9. */
struct comparison_interval comparison_overdispersed(double x0, double e0, double x1, double e1,
                                                    double phi);

/* phi of a sum of weights, one a case, under Poisson cases: variance / mean = sum w^2 / sum w,
 * over the cases of both periods. Weights >= 0. Missing when the sum of weights is not > 0. */
double comparison_weight_phi(double sum_of_squares, double sum);

#endif
