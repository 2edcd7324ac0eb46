/* funnel.c: see funnel.h. */
#include "risk/funnel.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "risk/gamma_tail.h"
#include "stats/tails.h"

static const double WINSORISED = 0.10;

static int number_order(const void *p, const void *q)
{
    double a = *(const double *)p, b = *(const double *)q;
    return (a > b) - (a < b);
}

/* R quantile(, p, type = 7) of n >= 1 sorted numbers. */
static double quantile_of(const double *sorted, size_t n, double p)
{
    double at = (double)(n - 1) * p;
    size_t below = (size_t)floor(at), above = below + 1 < n ? below + 1 : below;
    return sorted[below] + (at - (double)below) * (sorted[above] - sorted[below]);
}

static double raw_z(int64_t x, double expected)
{
    return expected > 0 && isfinite(expected) ? 2 * (sqrt((double)x) - sqrt(expected)) : NAN;
}

/* Mean square of the sorted z, pulled in to their quantiles. */
static double dispersion_of(const double *sorted, size_t n)
{
    double least = quantile_of(sorted, n, WINSORISED),
           most = quantile_of(sorted, n, 1 - WINSORISED);
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double z = fmin(fmax(sorted[i], least), most);
        sum += z * z;
    }
    return sum / (double)n;
}

static double variance_between(const double *expected, size_t n, const struct funnel *f)
{
    double sum = 0, squares = 0, units = (double)f->units;
    for (size_t i = 0; i < n; i++)
        if (isfinite(expected[i])) {
            sum += 4 * expected[i];
            squares += 16 * expected[i] * expected[i];
        }
    double free_weight = sum - squares / sum;
    return f->units > 1 ? fmax(0, (units * f->phi - (units - 1)) / free_weight) : 0;
}

bool funnel_z(const int64_t *x, const double *expected, size_t n, struct funnel *f, double *z_raw,
              double *z)
{
    double *sorted = malloc((n + 1) * sizeof *sorted);
    if (!sorted)
        return false;
    *f = (struct funnel){.phi = NAN, .tau2 = NAN};
    for (size_t i = 0; i < n; i++) {
        double raw = raw_z(x[i], expected[i]);
        if (z_raw)
            z_raw[i] = raw;
        z[i] = NAN;
        if (isfinite(raw))
            sorted[f->units++] = raw;
    }
    if (f->units > 0) {
        qsort(sorted, f->units, sizeof *sorted, number_order);
        f->phi = dispersion_of(sorted, f->units);
        f->tau2 = variance_between(expected, n, f);
    }
    free(sorted);
    for (size_t i = 0; i < n; i++)
        if (isfinite(raw_z(x[i], expected[i])))
            z[i] = (sqrt((double)x[i] / expected[i]) - 1) / sqrt(1 / (4 * expected[i]) + f->tau2);
    return true;
}

static double poisson_lower(int64_t count, double mean)
{
    return gamma_tail_upper((double)count + 1, mean);
}

/* The least count with P(X <= count | mean) >= p. */
static int64_t poisson_quantile(double mean, double p)
{
    double spread = gsl_cdf_ugaussian_Pinv(p) * sqrt(mean);
    int64_t lo = -1, hi = (int64_t)ceil(fmax(1, mean + spread + 1));
    while (poisson_lower(hi, mean) < p)
        hi *= 2;
    while (hi - lo > 1) {
        int64_t middle = lo + (hi - lo) / 2;
        if (poisson_lower(middle, mean) >= p)
            hi = middle;
        else
            lo = middle;
    }
    return hi;
}

static double poisson_limit(double mean, double p)
{
    int64_t count = poisson_quantile(mean, p);
    double over = poisson_lower(count, mean) - p;
    return fmax(0, (double)count - over / tails_poisson_pmf(count, mean));
}

struct funnel_limits funnel_limits_at(double expected, double coverage, double tau2)
{
    struct funnel_limits l = {NAN, NAN};
    double tail = (1 - coverage) / 2;

    if (!(expected > 0 && expected < 1e15 && tail > 0 && tail < 0.5 && tau2 >= 0))
        return l;
    if (tau2 > 0) {
        double half = gsl_cdf_ugaussian_Qinv(tail) * sqrt(1 / (4 * expected) + tau2);
        l.low = half < 1 ? (1 - half) * (1 - half) : 0;
        l.high = (1 + half) * (1 + half);
    } else {
        l.low = poisson_limit(expected, tail) / expected;
        l.high = poisson_limit(expected, 1 - tail) / expected;
    }
    return l;
}
