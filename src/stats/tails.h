/* stats/tails.h: tail probabilities and quantiles that more than one statistic needs.
 *
 * Receives: shape parameters and probabilities as doubles, counts as int64_t.
 * Hands on: a probability, a log density or a quantile. Pure, reentrant, no memory taken.
 *
 * One function carries the rest: the regularised incomplete beta function. Binomial and negative
 * binomial tails are values of it. It is our own continued fraction, because GSL 2.7 is not good
 * enough at the counts seen here: gsl_cdf_beta_P(0.4924, 970000.5, 1000000.5) is 8e-10 off,
 * gsl_cdf_beta_P(0.49999, 1e9 + .5, 1e9 + .5) 5e-6 off, and gsl_cdf_beta_Pinv returns NaN on some
 * pairs (2719 and 85). GSL serves the parts below it: gamma*(x) and log(1 + x) - x.
 *
 * A probability p always comes with its complement q = 1 - p as an argument of its own: the caller
 * knows both without cancellation (e1/(e0 + e1) and e0/(e0 + e1)), so both tails keep their
 * relative precision. p + q must be 1 up to rounding.
 *
 * Missing: arguments outside the ranges given, or NaN, return NAN. Results are in [0, 1] or NAN.
 * Precision: relative 1e-13 for parameters up to 1e6, 1e-11 up to 1e9; far tails underflow to 0
 *   below 1e-300.
 * Cost: 0.3 us for small parameters, 4 us at 1e6, O(sqrt(a + b)) terms.
 * Checked: against R in tests/test_stats_tails.c; against exact sums there.
 */
#ifndef KEOGIAM_STATS_TAILS_H
#define KEOGIAM_STATS_TAILS_H

#include <stdint.h>

/* 97.5 % quantile of the standard normal. R: qnorm(0.975) */
#define TAILS_NORMAL_975 1.959963984540054

/* I_x(a, b): P(X <= x) for X ~ Beta(a, b); a, b > 0; y = 1 - x. The upper tail is
 * tails_beta_lower(b, a, y, x).
 * Source: DiDonato & Morris (1992), ACM TOMS 18, eq. 9 (all terms positive for n < b), evaluated
 *   by Lentz's method; density by Loader (2000), "Fast and accurate computation of binomial
 *   probabilities".
 * Checked: R pbeta(x, a, b). */
double tails_beta_lower(double a, double b, double x, double y);

/* The quantile of Beta(a, b) at lower tail probability `lower` in (0, 1), as log odds
 * log(x / (1 - x)): exact where x is within rounding of 0 or 1. Clipped to [-700, 700].
 * Safeguarded Newton on the log of the smaller tail, which is concave in the log odds.
 * Checked: R qlogis(qbeta(lower, a, b)), and that the tail at the quantile is `lower`. */
double tails_beta_logit(double a, double b, double lower);

/* log P(X = k), P(X <= k), P(X >= k) for X ~ Binomial(n, p), q = 1 - p, 0 <= n; any k.
 * Checked: R dbinom(k, n, p, log = TRUE), pbinom(k, n, p), pbinom(k - 1, n, p, lower = FALSE). */
double tails_binomial_log_pmf(int64_t k, int64_t n, double p, double q);
double tails_binomial_lower(int64_t k, int64_t n, double p, double q);
double tails_binomial_upper(int64_t k, int64_t n, double p, double q);

/* P(X = k), k >= 0, for X ~ Poisson(mean), mean >= 0.
 * Checked: R dpois(k, mean). */
double tails_poisson_pmf(int64_t k, double mean);

/* P(X = k) and P(X <= k) for X ~ NB(size > 0, prob), fail = 1 - prob; k < 0 gives 0.
 * Checked: R dnbinom(k, size, prob), pnbinom(k, size, prob). */
double tails_nb_pmf(int64_t k, double size, double prob, double fail);
double tails_nb_lower(int64_t k, double size, double prob, double fail);

/* P(X <= k) and P(X >= k) of a count with this mean and variance phi * mean: NB, Poisson where phi
 * is at most 1; k a whole number.
 * Checked: R pnbinom, ppois (tests/test_stats_control.c). */
double tails_count_lower(double k, double mean, double phi);
double tails_count_upper(double k, double mean, double phi);

#endif
