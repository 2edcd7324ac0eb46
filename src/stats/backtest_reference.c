/* backtest_reference.c: the models that a forecast has to beat; see backtest.h. */
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

#include "stats/backtest_private.h"
#include "stats/forecast_private.h"

/* NB(n + 1/2): n cases over `seen`, foretold over `ahead`. */
static void jeffreys(double cases, double seen, double ahead, struct predictive *out)
{
    out->parts = 0;
    predictive_add(out, 1, seen > 0 ? (cases + 0.5) * ahead / seen : ahead, cases + 0.5);
}

static double sum_of(const double *exposure, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += exposure[i];
    return sum;
}

/* Steps [from, to) that are known. */
static void jeffreys_of(const struct time_series *s, size_t from, size_t to, double ahead,
                        struct predictive *out)
{
    double cases = 0, seen = 0;
    for (size_t t = from; t < to; t++) {
        if (isnan(s->count[t]))
            continue;
        cases += s->count[t];
        seen += s->exposure[t];
    }
    jeffreys(cases, seen, ahead, out);
}

void backtest_naive(const struct time_series *s, const double *exposure, size_t horizon,
                    struct predictive *out)
{
    size_t year = (size_t)s->per_year, years = (horizon + year - 1) / year;
    size_t from = s->n > years * year ? s->n - years * year : 0; /* whole years back */
    jeffreys_of(s, from, from + horizon < s->n ? from + horizon : s->n, sum_of(exposure, horizon),
                out);
}

void backtest_last(const struct time_series *s, const double *exposure, size_t horizon,
                   struct predictive *out)
{
    jeffreys_of(s, s->n - (size_t)s->per_year, s->n, sum_of(exposure, horizon), out);
}

/* Gamma(shape, rate) before the first step to come. */
struct gamma {
    double shape, rate, log_likelihood;
};

/* Log density of a negative binomial count, less log(count!). */
static double log_density(double count, double shape, double rate, double exposure)
{
    return gsl_sf_lngamma(count + shape) - gsl_sf_lngamma(shape) +
           shape * log(rate / (rate + exposure)) + count * log(exposure / (rate + exposure));
}

static struct gamma discounted(const struct time_series *s, const struct forecast_season *z,
                               double discount)
{
    struct gamma g = {0.5, 0, 0};
    size_t first_year = (size_t)s->per_year;

    for (size_t t = 0; t < s->n; t++) {
        double e = s->exposure[t] * z->index[time_series_place(s, t)];
        g.shape *= discount;
        g.rate *= discount;
        if (isnan(s->count[t]))
            continue;
        g.shape = fmax(g.shape, 1e-3);
        if (t >= first_year && g.rate > 0)
            g.log_likelihood += log_density(s->count[t], g.shape, g.rate, e);
        g.shape += s->count[t];
        g.rate += e;
    }
    g.shape *= discount;
    g.rate *= discount;
    return g;
}

void backtest_discount(const struct time_series *s, const double *exposure, size_t horizon,
                       struct predictive *out)
{
    static const double DISCOUNT[] = {0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.98, 0.99};
    struct forecast_season even = forecast_season_even(), z;
    struct gamma best = {0, 0, -INFINITY};

    forecast_season_fit(s, &even, &z);
    for (size_t i = 0; i < sizeof DISCOUNT / sizeof *DISCOUNT; i++) {
        struct gamma g = discounted(s, &z, DISCOUNT[i]);
        if (g.log_likelihood > best.log_likelihood)
            best = g;
    }
    struct forecast_span p =
        forecast_span_of(&z, exposure, time_series_place(s, s->n), s->per_year, horizon);
    out->parts = 0;
    predictive_add(out, 1, best.rate > 0 ? best.shape * p.expected / best.rate : 0, best.shape);
}
