/* ears.c: see ears.h. */
#include "risk/ears.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

const struct ears_control EARS_STANDARD = {.alpha = 0.01, .min_sigma = 1};

struct baseline {
    double n, mean, sd; /* of the known months; sd NAN under two */
};

static struct baseline baseline_of(const double *count, size_t i)
{
    struct baseline b = {0};
    double squares = 0;

    if (i < EARS_BASELINE + EARS_LAG)
        return b;
    const double *from = count + i - EARS_LAG - EARS_BASELINE;
    for (size_t j = 0; j < EARS_BASELINE; j++) {
        b.n += !isnan(from[j]);
        b.mean += isnan(from[j]) ? 0 : from[j];
    }
    b.mean /= b.n;
    for (size_t j = 0; j < EARS_BASELINE; j++)
        squares += isnan(from[j]) ? 0 : (from[j] - b.mean) * (from[j] - b.mean);
    b.sd = sqrt(squares / (b.n - 1));
    return b;
}

void ears_judge(const double *count, size_t i, struct ears_control control, struct ears *e)
{
    struct baseline b = baseline_of(count, i);

    *e = (struct ears){
        .state = EARS_SHORT, .expected = NAN, .upper = NAN, .score = NAN, .p_value = NAN};
    if (isnan(count[i]))
        e->state = EARS_UNKNOWN;
    if (isnan(count[i]) || b.n < EARS_MONTHS_MIN)
        return;
    double sigma = fmax(b.sd, control.min_sigma), z = gsl_cdf_ugaussian_Qinv(control.alpha);
    double predictive = sigma * sqrt(1 + 1 / b.n);
    e->state = EARS_OK;
    e->expected = b.mean;
    e->upper = b.mean + z * sigma;
    e->alarm = count[i] > e->upper;
    e->level = NAN;
    if (!(sigma > 0))
        return;
    e->score = (count[i] - b.mean) / (z * sigma);
    e->p_value = gsl_cdf_tdist_Q((count[i] - b.mean) / predictive, b.n - 1);
    e->level = gsl_cdf_tdist_Q(z / sqrt(1 + 1 / b.n), b.n - 1);
}
