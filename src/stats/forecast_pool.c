/* forecast_pool.c: the common level of sister units, their shares' scatter, and which candidates
 * serve them. See forecast.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/forecast_private.h"

static const double POOL_DRIFT[] = {0.0005, 0.002, 0.006, 0.02};
static const double POOL_NOISE[] = {0.002, 0.01};
static const double SHARE_SCATTER_LEAST = 0.02; /* relative variance of the units' rates */
static const double PRIOR_UNITS = 2;            /* what the prior's own prior counts */
static const double CASES_LEAST = 5;

enum { POOL_NOISES = 2, POOL_LEVELS = 8, PRIOR_ROUNDS = 10 };

/* The pool on its way: its total as a series. */
struct total {
    const struct time_series **unit;
    size_t units, n;
    double *count, *exposure; /* [n] */
    struct time_series series;
};

static bool fits(const struct forecast_pool *p, const struct time_series *s)
{
    return s->n == p->n && s->first == p->first && s->per_year == p->per_year;
}

static void unit_sums(const struct time_series *s, double *count, double *exposure)
{
    *count = 0;
    *exposure = 0;
    for (size_t t = 0; t < s->n; t++)
        if (!isnan(s->count[t])) {
            *count += s->count[t];
            *exposure += s->exposure[t];
        }
}

/* The units that belong together and their events. */
static void gather(struct forecast_pool *p, struct total *x,
                   const struct time_series *const *series, size_t count)
{
    for (size_t u = 0; u < count; u++) {
        double cases, exposure;
        unit_sums(series[u], &cases, &exposure);
        if (fits(p, series[u]) && exposure > 0)
            x->unit[x->units++] = series[u];
    }
    for (size_t u = 0; u < x->units; u++) {
        forecast_jolts(x->unit[u], x->count);
        for (size_t t = 0; t < p->n; t++)
            p->jolt[t] += x->count[t] / (double)x->units;
    }
}

/* Counts over what the units that are known count on average. */
static void sum_up(struct forecast_pool *p, struct total *x)
{
    memset(x->count, 0, p->n * sizeof *x->count);
    for (size_t u = 0; u < x->units; u++) {
        const struct time_series *s = x->unit[u];
        double cases, exposure;
        unit_sums(s, &cases, &exposure);
        for (size_t t = 0; t < p->n; t++)
            if (!isnan(s->count[t])) {
                x->count[t] += s->count[t];
                x->exposure[t] += s->exposure[t] * cases / exposure;
            }
    }
    for (size_t t = 0; t < p->n; t++) {
        bool known = x->exposure[t] > 0;
        p->index[t] = known ? x->count[t] / x->exposure[t] : NAN;
        x->count[t] = known ? x->count[t] : NAN;
        x->exposure[t] = known ? x->exposure[t] : 1;
    }
}

/* Mean rate of the units and the variance of the true rates, by moments. */
static void scatter(struct forecast_pool *p, const struct total *x)
{
    double cases = 0, exposure = 0, excess = 0, square = 0, c, e;

    for (size_t u = 0; u < x->units; u++) {
        unit_sums(x->unit[u], &c, &e);
        cases += c;
        exposure += e;
    }
    p->unit_rate = cases / exposure;
    for (size_t u = 0; u < x->units; u++) {
        unit_sums(x->unit[u], &c, &e);
        double mean = p->unit_rate * e;
        excess += (c - mean) * (c - mean) - mean;
        square += mean * mean;
    }
    p->unit_doubt = fmax(SHARE_SCATTER_LEAST, excess / square);
}

/* One level in place of all, with the mean and the variance of their mixture. */
static struct forecast_level merged(const struct forecast_level *level, size_t stride,
                                    const double *weight)
{
    struct forecast_level m = {0, 0, 0, 0};
    double square = 0;

    for (size_t i = 0; i < POOL_LEVELS; i++) {
        const struct forecast_level *l = &level[i * stride];
        m.rate += weight[i] * l->rate;
        square += weight[i] * l->rate * l->rate * (1 + l->doubt);
        m.drift += weight[i] * l->drift;
        m.noise += weight[i] * l->noise;
    }
    m.doubt = fmax(1e-12, square / (m.rate * m.rate) - 1);
    return m;
}

static bool run_levels(struct forecast_pool *p, const struct total *x, double *seasoned)
{
    struct forecast_windows w;
    struct forecast_level last[POOL_LEVELS];
    struct forecast_level *path = malloc(POOL_LEVELS * p->n * sizeof *path);
    struct forecast_track k = {&x->series, seasoned, p->jolt, &w, NULL};
    double score[POOL_LEVELS], prior[POOL_LEVELS], weight[POOL_LEVELS];

    if (!path)
        return false;
    forecast_windows_of(&x->series, &p->season, &w);
    for (size_t i = 0; i < POOL_LEVELS; i++) {
        last[i].drift = POOL_DRIFT[i / POOL_NOISES];
        last[i].noise = POOL_NOISE[i % POOL_NOISES];
        prior[i] = 1;
    }
    forecast_level_run(&k, last, POOL_LEVELS, score, path);
    forecast_weights(score, prior, weight, POOL_LEVELS);
    for (size_t t = 0; t < p->n; t++) {
        struct forecast_level m = merged(&path[t], p->n, weight);
        p->rate[t] = m.rate;
        p->doubt[t] = m.doubt;
    }
    p->now = merged(last, 1, weight);
    free(path);
    return true;
}

/* How often each candidate is the right one among the units: mixing proportions by EM. */
static bool learn_prior(struct forecast_pool *p, const struct total *x)
{
    double(*score)[FORECAST_CANDIDATES] = malloc(x->units * sizeof *score);
    double base[FORECAST_CANDIDATES], weight[FORECAST_CANDIDATES];
    bool done = score != NULL;

    forecast_prior(true, base);
    memcpy(p->prior, base, sizeof base);
    for (size_t u = 0; done && u < x->units; u++) {
        struct forecast_runs r;
        done = forecast_runs_of(x->unit[u], p, &r);
        memcpy(score[u], r.score, sizeof score[u]);
    }
    for (int round = 0; done && round < PRIOR_ROUNDS; round++) {
        double sum[FORECAST_CANDIDATES];
        for (size_t i = 0; i < FORECAST_CANDIDATES; i++)
            sum[i] = PRIOR_UNITS * base[i];
        for (size_t u = 0; u < x->units; u++) {
            forecast_weights(score[u], p->prior, weight, FORECAST_CANDIDATES);
            for (size_t i = 0; i < FORECAST_CANDIDATES; i++)
                sum[i] += weight[i];
        }
        for (size_t i = 0; i < FORECAST_CANDIDATES; i++)
            p->prior[i] = sum[i] / ((double)x->units + PRIOR_UNITS);
    }
    free(score);
    return done;
}

/* Everything, once the memory is there. */
static bool learn(struct forecast_pool *p, struct total *x, double *seasoned)
{
    struct forecast_season even = forecast_season_even();
    double cases, exposure;

    sum_up(p, x);
    x->series = (struct time_series){.count = x->count,
                                     .exposure = x->exposure,
                                     .n = p->n,
                                     .first = p->first,
                                     .per_year = p->per_year};
    unit_sums(&x->series, &cases, &exposure);
    if (x->units < 2 || cases < CASES_LEAST)
        return true;
    scatter(p, x);
    forecast_season_fit(&x->series, &even, &p->season);
    for (size_t t = 0; t < p->n; t++)
        seasoned[t] = x->exposure[t] * p->season.index[time_series_place(&x->series, t)];
    if (!run_levels(p, x, seasoned) || !learn_prior(p, x))
        return false;
    p->units = x->units;
    return true;
}

void forecast_pool_free(struct forecast_pool *p)
{
    free(p->index); /* with the other arrays behind it */
    memset(p, 0, sizeof *p);
}

bool forecast_pool_init(struct forecast_pool *p, const struct time_series *const *series,
                        size_t count)
{
    memset(p, 0, sizeof *p);
    if (count < 2 || series[0]->n == 0)
        return true;
    size_t n = series[0]->n;
    struct total x = {.unit = malloc(count * sizeof *x.unit)};
    double *work = calloc(3 * n, sizeof *work);

    p->n = n;
    p->first = series[0]->first;
    p->per_year = series[0]->per_year;
    p->index = calloc(4 * n, sizeof *p->index);
    bool done = x.unit && work && p->index;
    if (done) {
        p->rate = p->index + n;
        p->doubt = p->rate + n;
        p->jolt = p->doubt + n;
        x.count = work;
        x.exposure = work + n;
        gather(p, &x, series, count);
        done = learn(p, &x, work + 2 * n);
    }
    free(x.unit);
    free(work);
    if (!done || p->units == 0)
        forecast_pool_free(p);
    return done;
}
