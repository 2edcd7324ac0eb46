/* nowcast.c: see nowcast.h for formulae and sources. */
#include "stats/nowcast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/predictive.h"

/* ---- reports by delay ---- */

static bool grow(int64_t **items, size_t had, size_t size)
{
    int64_t *grown = realloc(*items, size * sizeof *grown);
    if (!grown)
        return false;
    memset(grown + had, 0, (size - had) * sizeof *grown);
    *items = grown;
    return true;
}

bool delays_add(struct delays *d, int64_t age, int64_t delay, int64_t n)
{
    if (delay < 0 || delay > age || n <= 0)
        return true;
    if ((size_t)age >= d->size) {
        size_t size = 2 * d->size > (size_t)age ? 2 * d->size : (size_t)age + 1;
        if (!grow(&d->at, d->size, size) || !grow(&d->aged, d->size, size))
            return false;
        d->size = size;
    }
    d->at[delay] += n;
    d->aged[age] += n;
    d->n += n;
    return true;
}

void delays_free(struct delays *d)
{
    free(d->at);
    free(d->aged);
    *d = (struct delays){0};
}

/* The least rank is ceil(n p); a product such as 20 * 0.95 that is whole but for rounding counts as
 * whole. */
int64_t delays_quantile(const struct delays *d, double p)
{
    double rank = ceil((double)d->n * p - 1e-9);
    int64_t seen = 0;
    for (size_t i = 0; i < d->size; i++) {
        seen += d->at[i];
        if (seen && (double)seen >= rank)
            return (int64_t)i;
    }
    return -1;
}

int64_t delays_aged(const struct delays *d, int64_t steps)
{
    int64_t n = 0;
    for (size_t i = 0; i < d->size && (int64_t)i < steps; i++)
        n += d->aged[i];
    return n;
}

int64_t delays_reach(const struct delays *d, int64_t reports)
{
    int64_t by = 0, reach = -1;
    for (size_t i = 0; i < d->size; i++) {
        by += d->at[i];
        if (by >= reports)
            reach = (int64_t)i;
        by -= d->aged[i];
    }
    return reach;
}

/* ---- completeness ---- */

static bool alloc(struct completeness *c)
{
    size_t n = (size_t)c->max_delay + 1;
    return (c->at = calloc(n, sizeof *c->at)) && (c->by = calloc(n, sizeof *c->by)) &&
           (c->share = calloc(n, sizeof *c->share)) &&
           (c->log_variance = calloc(n, sizeof *c->log_variance));
}

static void take_reports(struct completeness *c, const struct delays *d)
{
    int64_t by = 0;
    for (size_t i = 0; i < d->size; i++) {
        bool kept = (int64_t)i <= c->max_delay;
        by += d->at[i];
        c->n += kept ? d->at[i] : 0;
        c->beyond += kept ? 0 : d->at[i];
        if (kept) {
            c->at[i] = d->at[i];
            c->by[i] = by;
        }
        by -= d->aged[i];
    }
}

bool completeness_fit(struct completeness *c, const struct delays *d, int64_t max_delay)
{
    *c = (struct completeness){.max_delay =
                                   max_delay < 0 ? delays_reach(d, NOWCAST_REPORTS) : max_delay};
    if (c->max_delay < 0)
        return true;
    if (!alloc(c)) {
        completeness_free(c);
        return false;
    }
    take_reports(c, d);
    c->share[c->max_delay] = 1;
    for (int64_t i = c->max_delay; i > 0; i--) {
        double by = (double)c->by[i], g = by > 0 ? (double)c->at[i] / by : 0;
        c->share[i - 1] = c->share[i] * (1 - g);
        c->log_variance[i - 1] = c->log_variance[i] + (g > 0 && g < 1 ? g / (by * (1 - g)) : 0);
    }
    return true;
}

void completeness_free(struct completeness *c)
{
    free(c->at);
    free(c->by);
    free(c->share);
    free(c->log_variance);
    *c = (struct completeness){.max_delay = -1};
}

/* With F before it summed up, each age adds F V (F + 2 sum) to the variance of the sum. */
struct seen_share completeness_mean(const struct completeness *c, const struct ages *ages,
                                    size_t count)
{
    double sum = 0, variance = 0, n = 0;
    for (size_t k = 0; k < count; k++) {
        for (int64_t a = ages[k].from; a <= ages[k].to && a <= c->max_delay; a++) {
            double f = c->share[a];
            variance += f * c->log_variance[a] * (f + 2 * sum);
            sum += f;
        }
        int64_t old = ages[k].from > c->max_delay ? ages[k].from : c->max_delay + 1;
        sum += ages[k].to >= old ? (double)(ages[k].to - old + 1) : 0;
        n += (double)(ages[k].to - ages[k].from + 1);
    }
    if (!(n > 0) || c->max_delay < 0)
        return (struct seen_share){NAN, NAN};
    return (struct seen_share){sum / n, variance / (n * n)};
}

/* ---- what is missing ---- */

enum { POINTS = PREDICTIVE_PARTS };
static const double STEP = 0.5; /* standard deviations between the points */

/* Odds of being missing times the size are the mean: exp(-log odds). */
static struct predictive mixture(double size, double odds, double sd)
{
    struct predictive p = {0};
    if (!(sd > 0)) {
        predictive_add(&p, 1, size * odds, size);
        return p;
    }
    for (int i = 0; i < POINTS; i++) {
        double z = STEP * (i - 0.5 * (POINTS - 1));
        predictive_add(&p, exp(-0.5 * z * z), size * odds * exp(sd * z), size);
    }
    predictive_normalise(&p);
    return p;
}

struct missing missing_of(int64_t n, struct seen_share f)
{
    if (!(f.share > 0) || !(f.share <= 1 + 1e-12) || n < 0)
        return (struct missing){NAN, -1, -1, NAN};
    double rest = f.share < 1 ? 1 - f.share : 0, size = (double)n + 0.5;
    if (!(rest > 0))
        return (struct missing){0, 0, 0, 1};
    double odds = rest / f.share, sd = sqrt(f.variance) / f.share / rest;
    struct predictive p = mixture(size, odds, sd);
    return (struct missing){size * odds, predictive_quantile(&p, 0.1), predictive_quantile(&p, 0.9),
                            predictive_cdf(&p, 0)};
}
