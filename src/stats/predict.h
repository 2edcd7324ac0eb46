/* stats/predict.h: a period still running: will the whole of it stay within the allowance?
 *
 * Receives: what was counted so far, last year's count over the rest of the same period, and the
 *   allowance of the whole period (stats/comparison.h).
 * Hands on: a probability. It assumes that the rest goes on at last year's rate: neutral as to
 *   whether this year is better, until a forecast exists.
 */
#ifndef KEOGIAM_STATS_PREDICT_H
#define KEOGIAM_STATS_PREDICT_H

#include <stdint.h>

/* P(observed + rest <= allowance), rest | rest_before ~ NB(size rest_before + 1/2, prob 1/(1 + c)),
 * c = exposure_ratio: exposure of this year's rest over that of last year's (1: equal, the usual
 * case; 0: nothing left, the answer is 0 or 1). It is the posterior predictive of a Poisson count
 * under Jeffreys' prior, so that 0 last year is not 0 +- 0.
 * allowance < observed: 0.
 * Missing: NAN for negative observed or rest_before, or a ratio that is negative or not finite.
 * R: pnbinom(allowance - observed, rest_before + 0.5, 1/(1 + c))
 * Checked: tests/test_stats_predict.c. */
double predict_within(int64_t observed, int64_t rest_before, double exposure_ratio,
                      int64_t allowance);

#endif
