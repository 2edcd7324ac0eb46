/* forecast.c: candidates weighed and put together; see forecast.h. */
#include "stats/forecast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/forecast_private.h"

static const size_t STEPS_LEAST = 3;
static const double CASES_LEAST = 5;
static const double WEIGHT_LEAST = 0.005; /* less is left out of the mixture */

/* Exposures as the candidates see them; [n] each, in one piece. */
struct tracks {
    double *level, *share, *jolt, *share_jolt;
};

static void tracks_fill(struct tracks *k, const struct time_series *s,
                        const struct forecast_pool *pool, const struct forecast_season *z)
{
    forecast_jolts(s, k->jolt);
    for (size_t t = 0; t < s->n; t++) {
        int j = time_series_place(s, t);
        k->level[t] = s->exposure[t] * z->index[j];
        if (!pool)
            continue;
        double index = isnan(pool->index[t]) ? 0 : pool->index[t];
        k->share[t] = k->level[t] * index / pool->season.index[j];
        k->share_jolt[t] = fmax(0, k->jolt[t] - pool->jolt[t]); /* what the pool does not share */
    }
}

static void runs_fill(struct forecast_runs *r, const struct time_series *s,
                      const struct forecast_pool *pool, const struct tracks *k)
{
    struct forecast_windows w;
    forecast_windows_of(s, &r->season, &w);

    struct forecast_track level = {s, k->level, k->jolt, &w, NULL};
    for (size_t i = 0; i < FORECAST_LEVELS; i++)
        r->level[i] = forecast_level_of(i);
    forecast_level_run(&level, r->level, FORECAST_LEVELS, r->score, NULL);
    r->score[FORECAST_TREND_AT] = forecast_trend_run(s, &w, &r->trend);
    r->candidates = FORECAST_TREND_AT + 1;
    if (!pool)
        return;
    struct forecast_outer o = {.rate = pool->rate,
                               .doubt = pool->doubt,
                               .drift = pool->now.drift,
                               .noise = pool->now.noise,
                               .unit_rate = pool->unit_rate,
                               .unit_doubt = pool->unit_doubt};
    struct forecast_track share = {s, k->share, k->share_jolt, &w, &o};
    for (size_t i = 0; i < FORECAST_SHARES; i++)
        r->level[FORECAST_SHARE_AT + i] = forecast_share_of(i);
    forecast_level_run(&share, r->level + FORECAST_SHARE_AT, FORECAST_SHARES,
                       r->score + FORECAST_SHARE_AT, NULL);
    r->candidates += FORECAST_SHARES;
}

bool forecast_runs_of(const struct time_series *s, const struct forecast_pool *pool,
                      struct forecast_runs *r)
{
    struct forecast_season even = forecast_season_even();
    double *work = malloc(4 * s->n * sizeof *work);

    if (!work)
        return false;
    struct tracks k = {work, work + s->n, work + 2 * s->n, work + 3 * s->n};
    memset(r, 0, sizeof *r);
    forecast_season_fit(s, pool ? &pool->season : &even, &r->season);
    tracks_fill(&k, s, pool, &r->season);
    runs_fill(r, s, pool, &k);
    free(work);
    return true;
}

static void count_up(struct forecaster *f, const struct time_series *s)
{
    f->first = s->first;
    f->n = s->n;
    f->per_year = s->per_year;
    for (size_t t = 0; t < s->n; t++) {
        if (isnan(s->count[t]))
            continue;
        f->known++;
        f->cases += s->count[t];
        f->exposure += s->exposure[t];
    }
    f->state = f->known < STEPS_LEAST   ? FORECAST_FEW_STEPS
               : f->cases < CASES_LEAST ? FORECAST_FEW_CASES
                                        : FORECAST_OK;
}

/* A share behind the pool's last step is a level like any other. */
static struct forecast_level with_pool(struct forecast_level l, const struct forecast_level *pool)
{
    l.rate *= pool->rate;
    l.doubt += pool->doubt;
    l.drift += pool->drift;
    l.noise += pool->noise;
    return l;
}

static enum forecast_model model_of(size_t candidate)
{
    if (candidate < FORECAST_LEVELS)
        return FORECAST_LEVEL;
    return candidate == FORECAST_TREND_AT ? FORECAST_TREND : FORECAST_SHARE;
}

static void settle(struct forecaster *f, const struct forecast_pool *pool,
                   const struct forecast_runs *r)
{
    double prior[FORECAST_CANDIDATES];

    forecast_prior(false, prior);
    if (pool)
        memcpy(prior, pool->prior, sizeof prior);
    for (size_t i = 0; i < FORECAST_CANDIDATES && f->state != FORECAST_OK; i++)
        prior[i] *= model_of(i) == FORECAST_SHARE; /* alone, a unit without cases tells nothing */
    f->candidates = r->candidates;
    f->season = r->season;
    f->trend = r->trend;
    forecast_weights(r->score, prior, f->weight, r->candidates);
    for (size_t i = 0; i < r->candidates; i++) {
        bool share = model_of(i) == FORECAST_SHARE;
        f->level[i] = share ? with_pool(r->level[i], &pool->now) : r->level[i];
        f->model_weight[model_of(i)] += f->weight[i];
    }
    f->model = FORECAST_MIX;
    for (int m = 0; m < FORECAST_MODELS; m++)
        if (f->model_weight[m] >= 0.5)
            f->model = (enum forecast_model)m;
}

bool forecast_fit(struct forecaster *f, const struct time_series *s,
                  const struct forecast_pool *pool)
{
    struct forecast_runs r;
    bool pooled = pool && pool->units > 0 && pool->n == s->n && pool->first == s->first &&
                  pool->per_year == s->per_year;

    memset(f, 0, sizeof *f);
    count_up(f, s);
    f->model = FORECAST_PRIOR;
    if (!pooled && f->state != FORECAST_OK)
        return true;
    if (!forecast_runs_of(s, pooled ? pool : NULL, &r))
        return false;
    settle(f, pooled ? pool : NULL, &r);
    return true;
}

static void add_candidate(const struct forecaster *f, size_t i, const struct forecast_span *p,
                          const double *exposure, size_t horizon, struct predictive *out)
{
    const struct forecast_level *l = &f->level[i];
    double mean = l->rate * p->expected;
    double variance = l->doubt + l->drift * p->drift + l->noise * p->noise + p->season;

    if (model_of(i) == FORECAST_TREND)
        forecast_trend_total(&f->trend, f->n, exposure, horizon, &mean, &variance);
    predictive_add(out, f->weight[i], mean, 1 / variance);
}

void forecast_total(const struct forecaster *f, const double *exposure, size_t horizon,
                    struct predictive *out)
{
    double sum = 0;

    out->parts = 0;
    for (size_t i = 0; i < horizon; i++)
        sum += exposure[i];
    if (!(sum > 0)) {
        predictive_add(out, 1, 0, INFINITY);
    } else if (f->model == FORECAST_PRIOR) {
        double ratio = f->exposure > 0 ? sum / f->exposure : 1;
        predictive_add(out, 1, (f->cases + 0.5) * ratio, f->cases + 0.5);
    } else {
        int place = (int)((f->first + (int64_t)f->n) % f->per_year);
        struct forecast_span p =
            forecast_span_of(&f->season, exposure, place, f->per_year, horizon);
        for (size_t i = 0; i < f->candidates; i++)
            if (f->weight[i] >= WEIGHT_LEAST)
                add_candidate(f, i, &p, exposure, horizon, out);
    }
    predictive_normalise(out);
}
