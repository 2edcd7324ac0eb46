/* forecast_level.c: the gamma-Poisson local level, its grid and its run along a series. */
#include <math.h>

#include "stats/forecast_private.h"

/* Variance that a step adds: 0.002 is a level that wanders by 4.5 % a month, 15 % a year. The grids
 * and what is believed of them beforehand were set by hand on London's series (the README tells the
 * protocol) and checked on boroughs and years apart: no choice near them changes a score by 1 %. */
static const double DRIFT[] = {0.0001, 0.0005, 0.002, 0.006, 0.02};
static const double DRIFT_PRIOR[] = {0.2, 1, 2, 1, 0.2};
static const double NOISE[] = {0.001, 0.03};
static const double SHARE_DRIFT[FORECAST_SHARES] = {0.0001, 0.0005, 0.002, 0.006};
static const double SHARE_NOISE = 0.005;
static const double SHARE_PRIOR = 0.8; /* of all shares together */
static const double TREND_PRIOR = 0.05;
static const double START_DOUBT = 2;   /* Gamma(1/2): Jeffreys */
static const double EVENT_JOLT = 0.25; /* a level that an event changes by half */
static const double LEAST_RATE = 1e-12;

enum { NOISES = 2 };

struct forecast_level forecast_level_of(size_t i)
{
    return (struct forecast_level){.drift = DRIFT[i / NOISES], .noise = NOISE[i % NOISES]};
}

struct forecast_level forecast_share_of(size_t i)
{
    return (struct forecast_level){.drift = SHARE_DRIFT[i], .noise = SHARE_NOISE};
}

void forecast_prior(bool pooled, double *prior)
{
    double levels = (1 - TREND_PRIOR) * (pooled ? 1 - SHARE_PRIOR : 1), sum = 0;

    for (size_t i = 0; i < FORECAST_LEVELS; i++)
        sum += DRIFT_PRIOR[i / NOISES];
    for (size_t i = 0; i < FORECAST_LEVELS; i++)
        prior[i] = levels * DRIFT_PRIOR[i / NOISES] / sum;
    prior[FORECAST_TREND_AT] = TREND_PRIOR;
    for (size_t i = FORECAST_TREND_AT + 1; i < FORECAST_CANDIDATES; i++)
        prior[i] = pooled ? (1 - TREND_PRIOR) * SHARE_PRIOR / FORECAST_SHARES : 0;
}

void forecast_jolts(const struct time_series *s, double *jolt)
{
    for (size_t t = 0; t < s->n; t++)
        jolt[t] = 0;
    for (size_t k = 0; k < s->step_count; k++) {
        size_t at = s->steps[k].at;
        if (at < s->n)
            jolt[at] += EVENT_JOLT;
        if (s->steps[k].share < 1 && at + 1 < s->n)
            jolt[at + 1] += EVENT_JOLT;
    }
}

/* From the first year. The level is counted twice by that, against a prior of half a case. */
static void start(const struct forecast_track *k, struct forecast_level *l)
{
    const struct time_series *s = k->series;
    double count = 0.5, exposure = 0;
    int known = 0;

    for (size_t t = 0; t < s->n && known < s->per_year; t++) {
        if (isnan(s->count[t]) || !(k->exposure[t] > 0))
            continue;
        count += s->count[t];
        exposure += k->exposure[t];
        known++;
    }
    l->rate = k->outer ? k->outer->unit_rate : exposure > 0 ? count / exposure : 1;
    l->doubt = k->outer ? k->outer->unit_doubt : START_DOUBT;
}

/* A share is drawn to the mean of the shares so that its scatter in the long run is theirs. */
static void drift(const struct forecast_outer *o, struct forecast_level *l)
{
    if (o) {
        double draw = fmin(0.5, 0.5 * l->drift / o->unit_doubt);
        l->rate += draw * (o->unit_rate - l->rate);
        l->doubt *= (1 - draw) * (1 - draw);
    }
    l->doubt += l->drift;
}

/* Gamma(a, a/rate) with a = 1/doubt meets a count of mean m: a Poisson count adds itself to a and
 * its exposure to the rest; one with noise tells 1/(1 + m noise) of that. */
static void learn(struct forecast_level *l, double count, double exposure)
{
    double mean = l->rate * exposure, told = 1 / (1 + mean * l->noise);
    double shape = 1 / l->doubt;

    l->rate *= (shape + told * count) / (shape + told * mean);
    l->rate = l->rate > LEAST_RATE ? l->rate : LEAST_RATE;
    l->doubt = 1 / (shape + told * count);
}

static double score_of(const struct forecast_track *k, const struct forecast_window *w,
                       const struct forecast_level *l, double score)
{
    const struct forecast_span *p = &w->span;
    const struct forecast_outer *o = k->outer;
    double mean = l->rate * p->expected;
    double variance = l->doubt + l->drift * p->drift + l->noise * p->noise + p->season;

    if (o) {
        mean *= o->rate[w->at];
        variance += o->doubt[w->at] + o->drift * p->drift + o->noise * p->noise;
    }
    return forecast_score_add(score, w->total, mean, variance);
}

/* Side by side, since each waits for its own divisions only. */
static void step_all(const struct forecast_track *k, size_t t, struct forecast_level *l, size_t n)
{
    double jolt = k->jolt ? k->jolt[t] : 0, count = k->series->count[t];
    bool known = !isnan(count) && k->exposure[t] > 0;

    for (size_t i = 0; i < n; i++) {
        drift(k->outer, &l[i]);
        l[i].doubt += jolt;
        if (known)
            learn(&l[i], count, k->exposure[t]);
    }
}

void forecast_level_run(const struct forecast_track *k, struct forecast_level *l, size_t n,
                        double *score, struct forecast_level *path)
{
    const struct forecast_window *w = k->windows->window, *end = w + k->windows->count;
    size_t steps = k->series->n;

    for (size_t i = 0; i < n; i++) {
        start(k, &l[i]);
        score[i] = 0;
    }
    for (size_t t = 0; t < steps; t++) {
        bool foretell = w < end && w->at == t;
        for (size_t i = 0; i < n && foretell; i++)
            score[i] = score_of(k, w, &l[i], score[i]);
        w += foretell;
        for (size_t i = 0; i < n && path; i++)
            path[i * steps + t] = l[i];
        step_all(k, t, l, n);
    }
}
