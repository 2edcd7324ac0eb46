/* nb_likelihood.c: see nb_likelihood.h. */
#include "risk/nb_likelihood.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdlib.h>

static int number_order(const void *p, const void *q)
{
    double a = *(const double *)p, b = *(const double *)q;
    return (a > b) - (a < b);
}

/* value[] holds the n counts: sorted and counted in place. */
static void counts_tabulate(struct nb_units *u)
{
    qsort(u->value, u->n, sizeof *u->value, number_order);
    for (size_t i = 0; i < u->n; i++) {
        if (u->value[i] <= 0)
            continue;
        if (u->values == 0 || u->value[u->values - 1] < u->value[i]) {
            u->value[u->values] = u->value[i];
            u->times[u->values++] = 0;
        }
        u->times[u->values - 1]++;
    }
}

bool nb_units_init(struct nb_units *u, const int64_t *x, const double *expected, size_t n)
{
    *u = (struct nb_units){0};
    u->x = malloc((4 * n + 1) * sizeof *u->x);
    if (!u->x)
        return false;
    u->e = u->x + n;
    u->value = u->e + n;
    u->times = u->value + n;
    for (size_t i = 0; i < n; i++) {
        if (!(expected[i] > 0 && isfinite(expected[i])))
            continue;
        u->x[u->n] = u->value[u->n] = (double)x[i];
        u->e[u->n] = expected[i];
        u->cases += u->x[u->n];
        u->expected += expected[i];
        u->n++;
    }
    counts_tabulate(u);
    return true;
}

void nb_units_free(struct nb_units *u)
{
    free(u->x);
    *u = (struct nb_units){0};
}

static double log_gammastar(double z)
{
    gsl_sf_result r;
    return gsl_sf_gammastar_e(z, &r) == 0 ? log(r.val) : NAN;
}

/* log(Gamma(nu + x)/(Gamma(nu) nu^x)) by Stirling, so that nothing cancels where nu >> x. */
static double rising_term(double x, double nu, double nu_star)
{
    return (nu + x - 0.5) * log1p(x / nu) - x + log_gammastar(nu + x) - nu_star;
}

double nb_spread_term(const struct nb_units *u, double sigma)
{
    double sum = 0, nu = 1 / (sigma * sigma);

    if (!(nu < 1e15)) /* sum log(1 + k sigma^2) is under 1e-15 of sum x^2 */
        return 0;
    double nu_star = log_gammastar(nu);
    for (size_t i = 0; i < u->values; i++)
        sum += u->times[i] * rising_term(u->value[i], nu, nu_star);
    return sum;
}

double nb_level_term(const struct nb_units *u, double sigma, double l)
{
    double s = sigma * sigma, m = exp(l), sum = 0;

    if (s < 1e-15)
        return u->cases * l - m * u->expected;
    double ms = m * s, nu = 1 / s;
    for (size_t i = 0; i < u->n; i++)
        sum += (u->x[i] + nu) * log1p(ms * u->e[i]);
    return u->cases * l - sum;
}

/* Score in l, and the information. */
static double level_score(const struct nb_units *u, double s, double l, double *information)
{
    double m = exp(l), score = 0, info = 0;
    for (size_t i = 0; i < u->n; i++) {
        double mean = m * u->e[i], g = 1 / (1 + mean * s);
        score += (u->x[i] - mean) * g;
        info += mean * (1 + u->x[i] * s) * g * g;
    }
    *information = info;
    return score;
}

double nb_level_mode(const struct nb_units *u, double sigma, double start, double *sd)
{
    double s = sigma * sigma, l = start, info = 0;

    for (int i = 0; i < 200; i++) {
        double step = level_score(u, s, l, &info) / info;
        l += fmax(-2, fmin(2, step));
        if (fabs(step) < 1e-5 / (1 + sqrt(info)))
            break;
    }
    *sd = 1 / sqrt(info);
    return l;
}
