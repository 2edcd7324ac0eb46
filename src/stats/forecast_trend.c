/* forecast_trend.c: the regression of `trend`, learnt step by step: a dynamic generalised linear
 * model whose parameters do not move (West, Harrison & Migon 1985). Before each step the linear
 * predictor has mean f and variance q; the rate is taken as Gamma with shape 1/q and mean exp(f),
 * learns from the count as a level does, and what it learnt goes back to the parameters. Thus every
 * step of the past is foretold from the steps before it in one pass. */
#include <math.h>
#include <string.h>

#include "stats/forecast_private.h"

/* Variances beforehand: of the log level, of its change a year, of harmonics and of events. */
static const double LEVEL_PRIOR = 1, SLOPE_PRIOR = 0.0625, PAIR_PRIOR = 0.04, STEP_PRIOR = 0.25;
static const double NOISE_PRIOR = 0.2, NOISE_LEAST = 0.001, NOISE_MOST = 2;
static const double NOISE_PRIOR_YEARS = 2;
static const double TWO_PI = 6.283185307179586477;
static const double LOG_MOST = 40; /* a log rate above has left all data behind */

static double step_column(const struct level_step *k, size_t i)
{
    return i < k->at ? 0 : i == k->at ? k->share : 1;
}

static void row_of(const struct forecast_trend *t, size_t i, double *x)
{
    const double *wave = t->wave[(t->first + (int64_t)i) % t->per_year];
    size_t j = 0;

    x[j++] = 1;
    x[j++] = (double)i / t->per_year;
    for (size_t k = 0; k < 2 * t->pairs; k++)
        x[j++] = wave[k];
    for (size_t k = 0; k < t->steps; k++)
        x[j++] = step_column(&t->step[k], i);
}

static void waves(struct forecast_trend *t)
{
    for (int place = 0; place < t->per_year; place++)
        for (size_t pair = 0; pair < t->pairs; pair++) {
            double turn = TWO_PI * (double)(pair + 1) * place / t->per_year;
            t->wave[place][2 * pair] = cos(turn);
            t->wave[place][2 * pair + 1] = sin(turn);
        }
}

static double column_prior(const struct forecast_trend *t, size_t j)
{
    if (j < 2)
        return j == 0 ? LEVEL_PRIOR : SLOPE_PRIOR;
    return j < 2 + 2 * t->pairs ? PAIR_PRIOR : STEP_PRIOR;
}

static void shape_of(const struct time_series *s, struct forecast_trend *t)
{
    size_t years = s->n / (size_t)s->per_year;
    size_t skip = s->step_count > FORECAST_TREND_STEPS ? s->step_count - FORECAST_TREND_STEPS : 0;

    memset(t, 0, sizeof *t);
    t->first = s->first;
    t->per_year = s->per_year;
    t->pairs = years < 3 ? 0 : s->per_year == 12 ? 2 : s->per_year == 4 ? 1 : 0;
    waves(t);
    for (size_t k = skip; k < s->step_count; k++)
        t->step[t->steps++] = s->steps[k];
    t->columns = 2 + 2 * t->pairs + t->steps;
}

static void start(const struct time_series *s, struct forecast_trend *t)
{
    double count = 0.5, exposure = 0;
    int known = 0;

    shape_of(s, t);
    for (size_t i = 0; i < s->n && known < s->per_year; i++) {
        if (isnan(s->count[i]))
            continue;
        count += s->count[i];
        exposure += s->exposure[i];
        known++;
    }
    t->noise = NOISE_PRIOR;
    t->mean[0] = exposure > 0 ? log(count / exposure) : 0;
    for (size_t j = 0; j < t->columns; j++)
        t->cov[j][j] = column_prior(t, j);
}

struct predictor {
    double x[FORECAST_TREND_COLUMNS], cov_x[FORECAST_TREND_COLUMNS];
    double mean, variance;
};

/* x'beta for the x that is in p. */
static void predict(const struct forecast_trend *t, struct predictor *p)
{
    p->mean = 0;
    p->variance = 0;
    for (size_t i = 0; i < t->columns; i++) {
        double sum = 0;
        for (size_t j = 0; j < t->columns; j++)
            sum += t->cov[i][j] * p->x[j];
        p->cov_x[i] = sum;
        p->mean += p->x[i] * t->mean[i];
        p->variance += p->x[i] * sum;
    }
}

void forecast_trend_total(const struct forecast_trend *t, size_t from, const double *exposure,
                          size_t n, double *mean, double *variance)
{
    struct predictor sum = {.mean = 0};
    double x[FORECAST_TREND_COLUMNS], noise = 0, total = 0;

    for (size_t i = 0; i < n; i++) {
        double log_rate = 0;
        row_of(t, from + i, x);
        for (size_t j = 0; j < t->columns; j++)
            log_rate += x[j] * t->mean[j];
        double expected = exposure[i] * exp(fmin(log_rate, LOG_MOST));
        for (size_t j = 0; j < t->columns; j++)
            sum.x[j] += expected * x[j];
        noise += expected * expected;
        total += expected;
    }
    for (size_t j = 0; j < t->columns; j++)
        sum.x[j] /= total;
    predict(t, &sum);
    *mean = total;
    *variance = fmax(sum.variance, 0) + t->noise * noise / (total * total);
}

/* Sums for the noise: the squared errors beyond Poisson and the parameters' doubt. */
struct noise_sums {
    double excess, square, steps;
};

static void noise_learn(struct noise_sums *n, double count, double mean, double variance,
                        struct forecast_trend *t)
{
    double error = count - mean, square = mean * mean;
    n->excess += error * error - mean - square * variance;
    n->square += square;
    n->steps++;
    double prior = NOISE_PRIOR_YEARS * t->per_year * n->square / n->steps;
    double noise = (n->excess + NOISE_PRIOR * prior) / (n->square + prior);
    t->noise = fmin(NOISE_MOST, fmax(NOISE_LEAST, noise));
}

static void learn(struct forecast_trend *t, const struct predictor *p, double count, double mean)
{
    double told = 1 / (1 + mean * t->noise), shape = 1 / p->variance;
    double shift = log((shape + told * count) / (shape + told * mean)) / p->variance;
    double shrink = (1 - shape / (shape + told * count)) / p->variance;

    for (size_t i = 0; i < t->columns; i++) {
        t->mean[i] += p->cov_x[i] * shift;
        for (size_t j = 0; j < t->columns; j++)
            t->cov[i][j] -= p->cov_x[i] * p->cov_x[j] * shrink;
    }
}

static double score_of(const struct time_series *s, const struct forecast_window *w,
                       const struct forecast_trend *t, double score)
{
    double exposure[FORECAST_HORIZON], mean, variance;

    for (size_t i = 0; i < w->length; i++)
        exposure[i] = isnan(s->count[w->at + i]) ? 0 : s->exposure[w->at + i];
    forecast_trend_total(t, w->at, exposure, w->length, &mean, &variance);
    return forecast_score_add(score, w->total, mean, variance);
}

double forecast_trend_run(const struct time_series *s, const struct forecast_windows *w,
                          struct forecast_trend *t)
{
    const struct forecast_window *next = w->window, *end = next + w->count;
    struct noise_sums noise = {0, 0, 0};
    struct predictor p;
    double score = 0;

    start(s, t);
    for (size_t i = 0; i < s->n; i++) {
        if (next < end && next->at == i)
            score = score_of(s, next++, t, score);
        if (isnan(s->count[i]))
            continue;
        row_of(t, i, p.x);
        predict(t, &p);
        double mean = s->exposure[i] * exp(fmin(p.mean, LOG_MOST));
        noise_learn(&noise, s->count[i], mean, p.variance, t);
        if (p.variance > 0)
            learn(t, &p, s->count[i], mean);
    }
    return score;
}
