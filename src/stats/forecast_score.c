/* forecast_score.c: which stretches of the past are foretold, and how that is scored. */
#include <math.h>

#include "stats/forecast_private.h"

/* Tuned by hand on London's series, where they matter little: windows begin every quarter and
 * overlap by half, so that their scores are worth about half their number (TEMPER); a window of
 * five years ago counts 0.9^20 = 0.12 (FADE). */
static const double TEMPER = 0.4;
static const double FADE = 0.9;
static const double LEAST_MEAN = 1e-6; /* or a case where none is expected would decide for ever */

static size_t window_length(int per_year)
{
    return per_year == 12 ? 6 : per_year == 4 ? 2 : 1;
}

static struct forecast_window window_at(const struct time_series *s,
                                        const struct forecast_season *z, size_t at, size_t length)
{
    struct forecast_window w = {.at = at, .length = length, .total = 0};
    double exposure[FORECAST_HORIZON];

    for (size_t i = 0; i < length; i++) {
        bool known = !isnan(s->count[at + i]);
        exposure[i] = known ? s->exposure[at + i] : 0;
        w.total += known ? s->count[at + i] : 0;
    }
    w.span = forecast_span_of(z, exposure, time_series_place(s, at), s->per_year, length);
    return w;
}

void forecast_windows_of(const struct time_series *s, const struct forecast_season *z,
                         struct forecast_windows *w)
{
    size_t length = window_length(s->per_year), stride = s->per_year == 12 ? 3 : 1;
    size_t first = 2 * (size_t)s->per_year; /* two years are there to learn from */

    w->count = 0;
    if (s->n < first + length)
        return;
    size_t count = (s->n - length - first) / stride + 1;
    if (count > FORECAST_WINDOWS)
        count = FORECAST_WINDOWS;
    for (size_t k = count; k-- > 0;) {
        struct forecast_window window = window_at(s, z, s->n - length - k * stride, length);
        if (window.span.expected > 0)
            w->window[w->count++] = window;
    }
}

/* log Gamma(x), x > 0, to 1e-10: Stirling's series, behind a shift where x is small. A third of the
 * time of gsl's, which would be most of a forecast's time. */
static double log_gamma(double x)
{
    double shifted = 0;
    if (x < 8) {
        double product = x;
        for (x += 1; x < 8; x += 1)
            product *= x;
        shifted = log(product);
    }
    double v = 1 / (x * x);
    return (x - 0.5) * log(x) - x + 0.91893853320467274 +
           (1.0 / 12 - v * (1.0 / 360 - v * (1.0 / 1260 - v / 1680))) / x - shifted;
}

/* Log density of the negative binomial with this mean and relative variance beyond Poisson, less
 * log(total!), which is the same for all candidates. */
static double log_density(double total, double mean, double variance)
{
    double size = 1 / variance;
    return log_gamma(total + size) - log_gamma(size) - size * log1p(mean * variance) +
           total * log(mean / (size + mean));
}

double forecast_score_add(double score, double total, double mean, double variance)
{
    return FADE * score + log_density(total, fmax(mean, LEAST_MEAN), variance);
}

void forecast_weights(const double *score, const double *prior, double *weight, size_t n)
{
    double best = -INFINITY, sum = 0;

    for (size_t i = 0; i < n; i++)
        if (prior[i] > 0)
            best = fmax(best, score[i]);
    for (size_t i = 0; i < n; i++) {
        weight[i] = prior[i] > 0 ? prior[i] * exp(TEMPER * (score[i] - best)) : 0;
        sum += weight[i];
    }
    for (size_t i = 0; i < n; i++)
        weight[i] /= sum;
}
