/* gamma_mixture.c: see gamma_mixture.h. */
#include "risk/gamma_mixture.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdbool.h>

#include "risk/gamma_tail.h"

static const double LOG_LIMIT = 700;  /* quantiles are sought in exp(-700) ... exp(700) */
static const double STEP_LAST = 1e-6; /* Newton doubles the digits: the step after is 1e-12 */

struct gamma_part gamma_part_of(double weight, double shape, double rate)
{
    return (struct gamma_part){
        .weight = weight, .shape = shape, .rate = rate, .log_gamma = gsl_sf_lngamma(shape)};
}

double gamma_mixture_mean(const struct gamma_part *part, size_t parts)
{
    double sum = parts > 0 ? 0 : NAN;
    for (size_t i = 0; i < parts; i++)
        sum += part[i].weight * (part[i].shape / part[i].rate);
    return sum;
}

double gamma_mixture_lower(const struct gamma_part *part, size_t parts, double q)
{
    double sum = parts > 0 ? 0 : NAN;
    for (size_t i = 0; i < parts; i++)
        sum += part[i].weight * gamma_tail_lower(part[i].shape, part[i].rate * q);
    return fmin(1, sum);
}

double gamma_mixture_upper(const struct gamma_part *part, size_t parts, double q)
{
    double sum = parts > 0 ? 0 : NAN;
    for (size_t i = 0; i < parts; i++)
        sum += part[i].weight * gamma_tail_upper(part[i].shape, part[i].rate * q);
    return fmin(1, sum);
}

/* d P(X <= exp t) / dt. */
static double log_scale_density(const struct gamma_part *part, size_t parts, double t)
{
    double sum = 0;
    for (size_t i = 0; i < parts; i++) {
        double log_z = log(part[i].rate) + t;
        sum += part[i].weight * exp(part[i].shape * log_z - exp(log_z) - part[i].log_gamma);
    }
    return sum;
}

/* Log of about the quantile: of the gamma with the mixture's mean and variance. */
static double quantile_near(const struct gamma_part *part, size_t parts, double lower)
{
    double mean = gamma_mixture_mean(part, parts), var = 0;
    for (size_t i = 0; i < parts; i++) {
        double part_mean = part[i].shape / part[i].rate, off = part_mean - mean;
        var += part[i].weight * (part_mean / part[i].rate + off * off);
    }
    double shape = mean * mean / var, z = gsl_cdf_ugaussian_Pinv(lower);
    double root = 1 - 1 / (9 * shape) + z / (3 * sqrt(shape));
    if (root > 0.3)
        return log(mean) + 3 * log(root);
    return log(mean / shape) + (log(lower) + gsl_sf_lngamma(shape + 1)) / shape;
}

/* Newton's step in t towards the quantile. */
static double quantile_step(const struct gamma_part *part, size_t parts, double lower, double t)
{
    double q = exp(t), density = log_scale_density(part, parts, t);
    if (lower <= 0.5) {
        double tail = gamma_mixture_lower(part, parts, q);
        return tail > 0 ? (log(lower) - log(tail)) * tail / density : INFINITY;
    }
    double tail = gamma_mixture_upper(part, parts, q);
    return tail > 0 ? (log(tail) - log1p(-lower)) * tail / density : -INFINITY;
}

double gamma_mixture_quantile(const struct gamma_part *part, size_t parts, double lower)
{
    double lo = -LOG_LIMIT, hi = LOG_LIMIT;

    if (parts == 0 || !(lower > 0 && lower < 1))
        return NAN;
    double t = fmin(hi, fmax(lo, quantile_near(part, parts, lower)));
    for (int i = 0; i < 200; i++) {
        double step = quantile_step(part, parts, lower, t);
        if (step > 0)
            lo = t;
        else
            hi = t;
        double next = t + step;
        if (!(next >= lo && next <= hi))
            next = lo + (hi - lo) / 2;
        double moved = fabs(next - t);
        t = next;
        if (moved <= STEP_LAST)
            break;
    }
    return t > -LOG_LIMIT + 1 ? exp(t) : 0;
}
