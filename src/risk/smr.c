/* smr.c: see smr.h. */
#include "risk/smr.h"

#include <math.h>
#include <stdbool.h>

#include "risk/gamma_mixture.h"
#include "risk/gamma_tail.h"

static bool takes_part(double population)
{
    return population > 0 && isfinite(population);
}

struct smr_total smr_expected(const int64_t *x, const double *population, size_t n,
                              double *expected)
{
    struct smr_total t = {.misplaced = n};

    for (size_t i = 0; i < n; i++) {
        if (takes_part(population[i])) {
            t.units++;
            t.cases += x[i];
            t.population += population[i];
        } else if (population[i] == 0 && x[i] > 0 && t.misplaced == n)
            t.misplaced = i;
    }
    t.left_out = n - t.units;
    for (size_t i = 0; i < n; i++)
        expected[i] =
            takes_part(population[i]) ? population[i] * (double)t.cases / t.population : NAN;
    return t;
}

static double gamma_quantile(double shape, double rate, double lower)
{
    struct gamma_part part = gamma_part_of(1, shape, rate);
    return gamma_mixture_quantile(&part, 1, lower);
}

struct smr smr_of(int64_t x, double expected)
{
    struct smr s = {NAN, NAN, NAN, NAN};
    double cases = (double)x;

    if (x < 0 || !(expected > 0 && isfinite(expected)))
        return s;
    s.ratio = cases / expected;
    s.low = x > 0 ? gamma_quantile(cases, expected, 0.025) : 0;
    s.high = gamma_quantile(cases + 1, expected, 0.975);
    s.p_upper = x > 0 ? gamma_tail_lower(cases, expected) : 1;
    return s;
}
