/* glm_likelihood.c: what the likelihoods of both families are made of; see glm_rows.h. */
#include <math.h>

#include "stats/glm_rows.h"

enum { SMALL = 16 }; /* below it not Stirling's series */

double glm_rows_log_ratio(const struct glm_rows *r, size_t i)
{
    return r->mu[i] > 1e-290 ? log(r->y[i] / r->mu[i]) : log(r->y[i]) - r->eta[i];
}

double glm_gamma_rest(double z)
{
    double product = 1, high = z;

    while (high < SMALL)
        product *= high++;
    double u = 1 / (high * high);
    double rest =
        (1. / 12 - u * (1. / 360 - u * (1. / 1260 - u * (1. / 1680 - u * (1. / 1188))))) / high -
        0.5 * log(high) + 0.91893853320467274178;
    if (z < SMALL)
        rest += high * log(high) - high - log(product) - z * log(z) + z;
    return rest;
}

/* y log y - y - log y!, y > 0: factorials under 16! are products. */
static double saturated_at(double y)
{
    double factorial = 1;

    if (y >= SMALL)
        return -glm_gamma_rest(y) - log(y);
    for (double k = 2; k <= y; k++)
        factorial *= k;
    return y * log(y) - y - log(factorial);
}

double glm_rows_saturated(const struct glm_rows *r)
{
    double sum = 0, small[SMALL] = {0};

    for (size_t i = 0; i < r->n; i++) {
        double y = r->y[i];
        size_t k = y < SMALL ? (size_t)y : 0;
        if (k && small[k] >= 0)
            small[k] = saturated_at(y);
        if (y > 0)
            sum += k ? small[k] : saturated_at(y);
    }
    return sum;
}
