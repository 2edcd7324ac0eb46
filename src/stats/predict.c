/* predict.c: negative binomial predictive of the rest of a period. */
#include "stats/predict.h"

#include <math.h>

#include "stats/tails.h"

double predict_within(int64_t observed, int64_t rest_before, double exposure_ratio,
                      int64_t allowance)
{
    if (observed < 0 || rest_before < 0 || !(exposure_ratio >= 0 && isfinite(exposure_ratio)))
        return NAN;
    if (allowance < observed)
        return 0;
    double prob = 1 / (1 + exposure_ratio), fail = exposure_ratio / (1 + exposure_ratio);
    return tails_nb_lower(allowance - observed, (double)rest_before + 0.5, prob, fail);
}
