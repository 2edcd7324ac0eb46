/* shrunken_ml.c: the plug-in fit; see shrunken.h. */
#include "risk/shrunken.h"

#include <math.h>
#include <stdlib.h>

#include "stats/glm.h"

/* Rows of the units that take part: y, ones, log E, one behind the other in `room`. */
static struct glm_data rows_of(const int64_t *x, const double *expected, size_t n, double *room)
{
    double *ones = room + n, *offset = room + 2 * n;
    size_t rows = 0;
    for (size_t i = 0; i < n; i++)
        if (expected[i] > 0 && isfinite(expected[i])) {
            room[rows] = (double)x[i];
            ones[rows] = 1;
            offset[rows++] = log(expected[i]);
        }
    return (struct glm_data){.y = room, .x = ones, .offset = offset, .n = rows, .p = 1};
}

static bool ml_of(const struct glm_data *d, struct shrunken_ml *ml)
{
    struct glm_fit poisson, negbin;
    if (!glm_poisson(d, NULL, &poisson, NULL) || !glm_negbin(d, &poisson, &negbin, NULL))
        return false;
    ml->boundary = negbin.state == GLM_BOUNDARY;
    ml->m = exp(negbin.beta[0]);
    ml->nu = negbin.state == GLM_OK ? negbin.theta : NAN;
    ml->loglik = negbin.loglik;
    return true;
}

bool shrunken_ml_fit(const int64_t *x, const double *expected, size_t n, struct shrunken_ml *ml)
{
    double *room = malloc((3 * n + 1) * sizeof *room);
    bool fitted = true;

    if (!room)
        return false;
    *ml = (struct shrunken_ml){false, NAN, NAN, NAN};
    struct glm_data d = rows_of(x, expected, n, room);
    double cases = 0;
    for (size_t i = 0; i < d.n; i++)
        cases += d.y[i];
    if (cases > 0)
        fitted = ml_of(&d, ml);
    free(room);
    return fitted;
}
