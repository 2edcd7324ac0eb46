/* stats/predictive.h: what a count that is still to come may be: a mixture of negative binomials.
 *
 * Hands on: probability, quantile, mean, and the two scores by which a forecast is judged once the
 *   count is known. Each part is a negative binomial with a weight, a mean and a size: variance
 *   mean + mean^2/size; size INFINITY is Poisson, mean 0 is exactly 0.
 * Ranges: means 0 ... 1e9, sizes > 0, weights >= 0 (scaled to sum 1 by predictive_normalise).
 * Missing: a predictive without parts gives NAN (quantile: -1), NAN goes in and comes out.
 * Pure, reentrant, takes no memory.
 * Checked: tests/test_stats_predictive.c: R pnbinom, ppois, dnbinom(log = TRUE); CRPS by sums
 *   written out in R and by the closed form of one part (scoringRules::crps_nbinom's formula).
 */
#ifndef KEOGIAM_STATS_PREDICTIVE_H
#define KEOGIAM_STATS_PREDICTIVE_H

#include <stddef.h>
#include <stdint.h>

enum { PREDICTIVE_PARTS = 16 };

struct predictive_part {
    double weight, mean, size;
};

struct predictive {
    size_t parts;
    struct predictive_part part[PREDICTIVE_PARTS];
};

/* Adds a part. A weight that is not > 0 adds nothing; a seventeenth part is left out.
 * mean < 0 is taken as 0, a size that is not > 0 as 1e-9. */
void predictive_add(struct predictive *p, double weight, double mean, double size);

/* The same for a part given by its mean and variance: size = mean^2/(variance - mean); a variance
 * not above the mean is Poisson. */
void predictive_add_moments(struct predictive *p, double weight, double mean, double variance);

/* Divides the weights by their sum. Call once behind the last part. */
void predictive_normalise(struct predictive *p);

double predictive_mean(const struct predictive *p);
double predictive_variance(const struct predictive *p);

/* P(X <= k); k < 0 gives 0.
 * R: sum(w * pnbinom(k, size, mu = mean)). Cost: tails_nb_lower a part. */
double predictive_cdf(const struct predictive *p, int64_t k);

/* The smallest k with P(X <= k) >= prob, 0 < prob < 1; -1 for other prob.
 * Cost (8 parts): 10 us at means of 100, 30 us at 1e6. */
int64_t predictive_quantile(const struct predictive *p, double prob);

/* Continuous ranked probability score of the outcome y: sum over k >= 0 of
 * (P(X <= k) - [y <= k])^2 = E|X - y| - E|X - X'|/2; cases, 0 is best.
 * Source: Gneiting & Raftery (2007) JASA 102:359.
 * E|X - y| is in closed form. E|X - X'|/2 = sum F(1 - F) is summed term by term from the density's
 * recursion up to 20,000 terms; above it is an integral by the trapezoid in steps of a third of the
 * narrowest part's standard deviation, which is as good as exact: F(1 - F) is smooth and vanishes
 * at both ends (stretched at 0 for sizes below 3, that are not smooth there). To 1e-7 of the mean.
 * Cost (8 parts): 2 us at means of 10, 30 us at 1000, 0.15 ms from 10,000 on. */
double predictive_crps(const struct predictive *p, int64_t y);

/* log P(X = y), -INFINITY where it cannot be. */
double predictive_log_score(const struct predictive *p, int64_t y);

#endif
