/* tails.c: see tails.h for formulae and sources. */
#include "stats/tails.h"

#include <float.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>
#include <math.h>
#include <stdbool.h>

static const double LOG_2PI = 1.8378770664093454836;
static const double LOGIT_LIMIT = 700.0;

/* log(Gamma(z + 1)) less Stirling's formula, z > 0. */
static double stirling_error(double z)
{
    gsl_sf_result r;
    return gsl_sf_gammastar_e(z, &r) == 0 ? log(r.val) : NAN;
}

/* Loader's deviance term x log(x / m) + m - x without cancellation near x = m; x, m > 0. */
static double deviance_term(double x, double m)
{
    gsl_sf_result r;
    if (fabs(x - m) >= 0.1 * (x + m))
        return x * log(x / m) + m - x;
    return gsl_sf_log_1plusx_mx_e((m - x) / x, &r) == 0 ? -x * r.val : NAN;
}

/* The part of the kernel below that does not depend on x: worth keeping where x moves. */
static double beta_log_scale(double a, double b)
{
    double n = a + b;
    double errors = stirling_error(n) - stirling_error(a) - stirling_error(b);
    return errors + 0.5 * (log(a) + log(b) - log(n) - LOG_2PI);
}

static double beta_log_kernel_at(double scale, double a, double b, double x, double y)
{
    double n = a + b;
    return scale - deviance_term(a, n * x) - deviance_term(b, n * y);
}

/* log(x^a y^b / B(a, b)); a, b, x, y > 0. */
static double beta_log_kernel(double a, double b, double x, double y)
{
    return beta_log_kernel_at(beta_log_scale(a, b), a, b, x, y);
}

/* x^a y^b / (B(a, b) I_x(a, b)), for x not above the mean a/(a + b). Lentz's method. */
static double beta_fraction(double a, double b, double x, double y)
{
    const int64_t most_terms = 10000000;
    double shift = a * y - b * x + 1;
    double f = a * shift / (a + 1), c = f, d = 0;

    for (int64_t i = 1; i <= most_terms; i++) {
        double n = (double)i, odd = a + 2 * n - 1;
        double t = n * (b - n) * x / odd;
        double num = (a + n - 1) / odd * (a + b + n - 1) * t * x;
        double den = n + t + (a + n) * (shift + n * (1 + y)) / (a + 2 * n + 1);
        d = 1 / (den + num * d);
        c = den + num / c;
        f *= c * d;
        if (fabs(c * d - 1) <= 1.5 * DBL_EPSILON)
            return f;
    }
    return NAN;
}

static bool is_probability_pair(double p, double q)
{
    return p >= 0 && q >= 0 && fabs(p + q - 1) <= 1e-9;
}

double tails_beta_lower(double a, double b, double x, double y)
{
    if (!(a > 0 && b > 0 && isfinite(a + b) && is_probability_pair(x, y)))
        return NAN;
    if (x <= 0)
        return 0;
    if (y <= 0)
        return 1;
    if (a * y < b * x)
        return fmax(0, 1 - tails_beta_lower(b, a, y, x));
    return fmin(1, exp(beta_log_kernel(a, b, x, y)) / beta_fraction(a, b, x, y));
}

/* Newton's step for log I(t) = log(lower) at log odds t; dI/dt = x^a y^b / B(a, b).
 * An infinite step means that the tail underflowed: t is far too low. */
static double logit_step(double scale, double a, double b, double lower, double t)
{
    double x = 1 / (1 + exp(-t)), y = 1 / (1 + exp(t));
    if (x <= 0)
        return INFINITY;
    double density = exp(beta_log_kernel_at(scale, a, b, x, y));
    bool below_mean = a * y >= b * x;
    double tail =
        below_mean ? density / beta_fraction(a, b, x, y) : 1 - density / beta_fraction(b, a, y, x);
    if (!(tail > 0))
        return INFINITY;
    return (log(lower) - log(tail)) * tail / density;
}

/* Quantile for lower <= 1/2. The log tail is concave and rises, so a plain Newton step never
 * ends right of the root; the bracket guards against underflow on the way. */
static double logit_of_small_tail(double a, double b, double lower)
{
    double lo = -LOGIT_LIMIT, hi = LOGIT_LIMIT;
    double t = fmin(hi, fmax(lo, log(a / b) - 2 * sqrt(1 / a + 1 / b)));
    double scale = beta_log_scale(a, b);

    for (int i = 0; i < 200; i++) {
        double step = logit_step(scale, a, b, lower, t);
        if (step > 0)
            lo = t;
        else
            hi = t;
        double next = t + step;
        if (!(next >= lo && next <= hi))
            next = lo + (hi - lo) / 2;
        double moved = fabs(next - t);
        t = next;
        if (moved <= 1e-14 * (1 + fabs(t)))
            break;
    }
    return t;
}

double tails_beta_logit(double a, double b, double lower)
{
    if (!(a > 0 && b > 0 && isfinite(a + b) && lower > 0 && lower < 1))
        return NAN;
    if (lower > 0.5)
        return -logit_of_small_tail(b, a, 1 - lower);
    return logit_of_small_tail(a, b, lower);
}

/* log p, given q = 1 - p, precise near p = 1 too. */
static double log_of(double p, double q)
{
    return q < 0.5 ? log1p(-q) : log(p);
}

double tails_binomial_log_pmf(int64_t k, int64_t n, double p, double q)
{
    if (n < 0 || !is_probability_pair(p, q))
        return NAN;
    if (k < 0 || k > n)
        return -INFINITY;
    double hits = (double)k, misses = (double)(n - k);
    if (k == 0)
        return n == 0 ? 0 : misses * log_of(q, p);
    if (k == n)
        return hits * log_of(p, q);
    if (p <= 0 || q <= 0)
        return -INFINITY;
    return beta_log_kernel(hits, misses, p, q) + log((double)n / hits / misses);
}

double tails_binomial_lower(int64_t k, int64_t n, double p, double q)
{
    if (k < 0)
        return tails_binomial_upper(n + 1, n, q, p);
    return tails_binomial_upper(k < n ? n - k : 0, n, q, p);
}

double tails_binomial_upper(int64_t k, int64_t n, double p, double q)
{
    if (n < 0 || !is_probability_pair(p, q))
        return NAN;
    if (k <= 0)
        return 1;
    if (k > n)
        return 0;
    return tails_beta_lower((double)k, (double)(n - k) + 1, p, q);
}

double tails_poisson_pmf(int64_t k, double mean)
{
    if (k < 0 || !(mean >= 0 && isfinite(mean)))
        return NAN;
    if (k == 0 || mean <= 0)
        return k == 0 ? exp(-mean) : 0;
    double x = (double)k;
    return exp(-stirling_error(x) - deviance_term(x, mean) - 0.5 * (LOG_2PI + log(x)));
}

double tails_nb_pmf(int64_t k, double size, double prob, double fail)
{
    if (!(size > 0 && isfinite(size) && is_probability_pair(prob, fail)))
        return NAN;
    if (k < 0 || prob <= 0)
        return 0;
    if (k == 0)
        return exp(size * log_of(prob, fail));
    if (fail <= 0)
        return 0;
    return exp(beta_log_kernel(size, (double)k, prob, fail)) / (double)k;
}

double tails_nb_lower(int64_t k, double size, double prob, double fail)
{
    if (k < 0)
        return size > 0 && is_probability_pair(prob, fail) ? 0 : NAN;
    return tails_beta_lower(size, (double)k + 1, prob, fail);
}

/* The Poisson tail beyond k on the side away from the mean: P(X = k) times a sum of positive terms,
 * falling; GSL's incomplete gamma functions fail in part of the plane from a mean of 10^6 on. */
static double poisson_upper_sum(double k, double mean)
{
    double term = 1, sum = 1;
    for (double j = k + 1; term > 1e-17 * sum; j++) {
        term *= mean / j;
        sum += term;
    }
    return tails_poisson_pmf((int64_t)k, mean) * sum;
}

static double poisson_lower_sum(double k, double mean)
{
    double term = 1, sum = 1;
    for (double j = k; term > 1e-17 * sum; j--) {
        term *= j / mean;
        sum += term;
    }
    return tails_poisson_pmf((int64_t)k, mean) * sum;
}

double tails_count_lower(double k, double mean, double phi)
{
    if (k < 0)
        return 0;
    if (mean <= 0)
        return 1;
    if (phi > 1)
        return tails_nb_lower((int64_t)k, mean / (phi - 1), 1 / phi, (phi - 1) / phi);
    return k < mean ? poisson_lower_sum(k, mean) : 1 - poisson_upper_sum(k + 1, mean);
}

double tails_count_upper(double k, double mean, double phi)
{
    if (k <= 0)
        return 1;
    if (mean <= 0)
        return 0;
    if (phi > 1)
        return tails_beta_lower(k, mean / (phi - 1), (phi - 1) / phi, 1 / phi);
    return k > mean ? poisson_upper_sum(k, mean) : 1 - poisson_lower_sum(k - 1, mean);
}
