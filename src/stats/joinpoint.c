/* joinpoint.c: places, choice and report; see joinpoint.h. */
#include "stats/joinpoint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/joinpoint_search.h"
#include "stats/tails.h"
#include "stats/trend.h"

static const size_t STEPS_LEAST = 3;
static const double INCIDENTS_LEAST = 5;
static const size_t SEGMENT_STEPS = 4; /* known ones */

/* Cases and known steps before each step. */
struct sums {
    double *cases;
    size_t *known;
};

/* All that a search needs. */
struct work {
    struct joinpoint_model model;
    struct joinpoint_options options;
    size_t from, to; /* first known step, one past the last */
    struct sums before;
    size_t *at; /* the places */
    size_t places;
    struct joinpoint_set *set;
    struct joinpoint_bounds *bounds;
    struct joinpoint_fit best[JOINPOINTS_MOST + 1], trial;
};

static double cases_in(const struct work *w, size_t from, size_t to)
{
    return w->before.cases[to] - w->before.cases[from];
}

/* Steps that a segment has at least. */
static size_t segment_length(const struct time_series *s)
{
    return s->per_year == 12 ? 12 : SEGMENT_STEPS;
}

static bool is_segment(const struct work *w, size_t from, size_t to)
{
    return to >= from + segment_length(w->model.series) &&
           w->before.known[to] - w->before.known[from] >= SEGMENT_STEPS &&
           cases_in(w, from, to) >= w->options.segment_least;
}

/* At step c the hinge still is zero: cases there say nothing of the slope on either side. */
static bool is_place(const struct work *w, size_t c)
{
    const struct time_series *s = w->model.series;

    return (s->per_year != 12 || time_series_place(s, c) % 3 == 0) && is_segment(w, w->from, c) &&
           is_segment(w, c, w->to) && cases_in(w, w->from, c) > 0 && cases_in(w, c + 1, w->to) > 0;
}

static void work_free(struct work *w)
{
    joinpoint_bounds_delete(w->bounds);
    joinpoint_model_free(&w->model);
    free(w->before.cases);
    free(w->before.known);
    free(w->at);
    free(w->set);
    free(w->trial.mu);
}

static void sums_fill(struct work *w)
{
    const struct time_series *s = w->model.series;

    w->from = w->model.step[0];
    w->to = w->model.step[w->model.n - 1] + 1;
    for (size_t i = 0; i < s->n; i++) {
        bool known = trend_is_known(s, i);
        w->before.cases[i + 1] = w->before.cases[i] + (known ? s->count[i] : 0);
        w->before.known[i + 1] = w->before.known[i] + known;
    }
}

static bool work_init(struct work *w)
{
    const struct time_series *s = w->model.series;

    w->before.cases = calloc(s->n + 1, sizeof *w->before.cases);
    w->before.known = calloc(s->n + 1, sizeof *w->before.known);
    w->at = malloc(s->n * sizeof *w->at);
    w->trial.mu = malloc((JOINPOINTS_MOST + 2) * w->model.n * sizeof *w->trial.mu);
    if (!w->before.cases || !w->before.known || !w->at || !w->trial.mu)
        return false;
    for (size_t k = 0; k <= JOINPOINTS_MOST; k++)
        w->best[k].mu = w->trial.mu + (k + 1) * w->model.n;
    sums_fill(w);
    for (size_t c = w->from + 1; c < w->to; c++)
        if (is_place(w, c))
            w->at[w->places++] = c;
    return true;
}

/* All sets of `count` places into w->set; returns how many. */
static size_t sets_list(struct work *w, size_t count)
{
    size_t n = 0;

    for (size_t i = 0; i < w->places; i++)
        for (size_t j = count == 1 ? i : i + 1; j < (count == 1 ? i + 1 : w->places); j++)
            if (count == 1 || is_segment(w, w->at[i], w->at[j]))
                w->set[n++] = (struct joinpoint_set){.i = i, .j = j};
    return n;
}

/* Degrees of freedom that a fit leaves. */
static double freedom_of(const struct work *w, const struct joinpoint_fit *f)
{
    return (double)w->model.n - (double)f->glm.rank;
}

/* Fills best[1], best[2] as far as the series allows; `reached` is the last that is filled. */
static bool places_search(struct work *w, struct joinpoints *j, size_t *reached)
{
    size_t room = w->places * (w->places + 1) / 2;

    if (room == 0 || w->options.most == 0)
        return true;
    w->set = malloc(room * sizeof *w->set);
    w->bounds = joinpoint_bounds_new(&w->model, w->best[0].glm.dropped, w->at, w->places);
    if (!w->set || !w->bounds)
        return false;
    for (size_t k = 1; k <= (size_t)w->options.most; k++) {
        size_t n = sets_list(w, k);
        *(k == 1 ? &j->candidates : &j->pairs) = n;
        if (n == 0 || freedom_of(w, &w->best[k - 1]) <= 1)
            return true;
        if (!joinpoint_search(&w->model, w->bounds, w->at, w->set, n, &w->best[k - 1], &w->trial,
                              &w->best[k]))
            return false;
        *reached = k;
    }
    return true;
}

/* Slope of the segment behind `hinges` of them and its interval: t and the hinges added up. */
static void slope_report(const struct joinpoints *j, size_t base, size_t hinges,
                         struct joinpoint_segment *segment)
{
    const struct glm_fit *f = &j->fit;
    size_t p = base + (size_t)j->count, column[JOINPOINTS_MOST + 1] = {1, base, base + 1};
    double slope = 0, variance = 0;

    for (size_t k = 0; k <= hinges; k++) {
        if (f->dropped[column[k]] || isnan(f->se[column[k]]))
            return;
        slope += f->beta[column[k]];
        for (size_t l = 0; l <= hinges; l++)
            variance += f->covariance[column[k] * p + column[l]];
    }
    double half = TAILS_NORMAL_975 * sqrt(j->phi * variance), high = 100 * expm1(slope + half);
    if (!(high <= TREND_CHANGE_MOST))
        return;
    segment->annual_change_pct = 100 * expm1(slope);
    segment->low = 100 * expm1(slope - half);
    segment->high = high;
}

static void segments_report(const struct work *w, struct joinpoints *j)
{
    for (size_t k = 0; k <= (size_t)j->count; k++) {
        size_t from = k == 0 ? w->from : j->at[k - 1];
        size_t to = k == (size_t)j->count ? w->to : j->at[k];
        j->segment[k] =
            (struct joinpoint_segment){.from = from,
                                       .to = to,
                                       .steps = w->before.known[to] - w->before.known[from],
                                       .total = cases_in(w, from, to),
                                       .annual_change_pct = NAN,
                                       .low = NAN,
                                       .high = NAN};
        slope_report(j, w->model.base, k, &j->segment[k]);
    }
}

static void choice_report(const struct work *w, size_t reached, struct joinpoints *j)
{
    const struct joinpoint_fit *last = &w->best[reached];
    size_t chosen = 0;

    j->phi = fmax(1, last->glm.pearson / freedom_of(w, last));
    for (size_t k = 0; k <= reached; k++) {
        const struct glm_fit *f = &w->best[k].glm;
        j->deviance[k] = f->deviance;
        j->qbic[k] = f->deviance / j->phi + (double)(f->rank + k) * log((double)w->model.n);
        if (j->qbic[k] < j->qbic[chosen])
            chosen = k;
    }
    j->best1 = w->best[1].at[0];
    memcpy(j->best2, w->best[2].at, sizeof j->best2);
    j->count = (int)chosen;
    memcpy(j->at, w->best[chosen].at, chosen * sizeof *j->at);
    j->fit = w->best[chosen].glm;
    j->fits = w->model.fits;
}

static struct joinpoints joinpoints_missing(enum joinpoint_state state)
{
    struct joinpoints j = {.state = state, .phi = NAN};

    for (size_t k = 0; k <= JOINPOINTS_MOST; k++) {
        j.deviance[k] = j.qbic[k] = NAN;
        j.segment[k].annual_change_pct = j.segment[k].low = j.segment[k].high = NAN;
    }
    return j;
}

/* Places, choice and report of a series that is not too short. */
static bool model_choose(struct work *w, struct joinpoints *j)
{
    size_t reached = 0;

    if (!work_init(w) || !joinpoint_regress(&w->model, &w->best[0]))
        return false;
    if (freedom_of(w, &w->best[0]) < 1) {
        *j = joinpoints_missing(JOINPOINT_FEW_STEPS);
        return true;
    }
    if (!places_search(w, j, &reached))
        return false;
    choice_report(w, reached, j);
    segments_report(w, j);
    return true;
}

bool joinpoints_find(const struct time_series *s, struct joinpoint_options options,
                     struct joinpoints *j)
{
    struct work w = {.options = options};
    bool ok = joinpoint_model_init(&w.model, s);
    struct joinpoints found = joinpoints_missing(JOINPOINT_OK);

    if (ok && w.model.n < STEPS_LEAST)
        found.state = JOINPOINT_FEW_STEPS;
    else if (ok && w.model.design.total < INCIDENTS_LEAST)
        found.state = JOINPOINT_FEW_INCIDENTS;
    else if (ok)
        ok = model_choose(&w, &found);
    work_free(&w);
    if (ok)
        *j = found;
    return ok;
}

/* Variance of the log mean of a row; NAN where a coefficient it needs has no finite estimate. */
static double row_variance(const struct joinpoints *j, const double *x, size_t p)
{
    double sum = 0;

    for (size_t k = 0; k < p; k++) {
        if (x[k] != 0 && isnan(j->fit.se[k]))
            return NAN;
        for (size_t l = 0; l < p; l++)
            sum += x[k] * x[l] * j->fit.covariance[k * p + l];
    }
    return sum * j->phi;
}

static double row_eta(const struct joinpoints *j, const double *x, size_t p)
{
    double eta = 0;
    for (size_t k = 0; k < p; k++)
        eta += x[k] * j->fit.beta[k];
    return eta;
}

bool joinpoint_curve(const struct time_series *s, const struct joinpoints *j, double *fitted,
                     double *low, double *high)
{
    struct trend_design d;
    double row[GLM_COLUMNS_MAX];

    if (!trend_design_init(&d, s))
        return false;
    size_t base = d.data.p, p = base + (size_t)j->count;
    for (size_t i = 0; i < s->n; i++) {
        fitted[i] = low[i] = high[i] = NAN;
        if (j->state != JOINPOINT_OK || !(s->exposure[i] > 0))
            continue;
        trend_design_row(&d, s, i, row);
        for (size_t k = base; k < p; k++)
            row[k] = joinpoint_hinge(s, i, j->at[k - base]);
        double half = TAILS_NORMAL_975 * sqrt(row_variance(j, row, p));
        if (isnan(half) && !trend_is_known(s, i))
            continue;
        fitted[i] = s->exposure[i] * exp(row_eta(j, row, p));
        low[i] = fitted[i] * exp(-half);
        high[i] = fitted[i] * exp(half);
    }
    trend_design_free(&d);
    return true;
}
