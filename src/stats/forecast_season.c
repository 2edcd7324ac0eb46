/* forecast_season.c: seasonal indices, and what they make of an exposure. See forecast.h. */
#include <math.h>

#include "stats/forecast_private.h"

/* Tuned by hand on London's series: from 5 to 15 years and from 0 to 0.01 all scores are alike. */
static const int SEASON_YEARS = 10;
static const double YEAR_NOISE = 0.005; /* variance of an index from year to year, beyond Poisson */

struct forecast_season forecast_season_even(void)
{
    struct forecast_season z;
    for (int j = 0; j < FORECAST_PLACES; j++) {
        z.index[j] = 1;
        z.doubt[j] = 0;
    }
    return z;
}

/* Rate about step i: over a year centred on it, its two ends by half; near the ends of the stretch
 * the first or last such year. At least two years are there. */
static double year_rate(const struct time_series *s, size_t from, size_t i)
{
    size_t year = (size_t)s->per_year, half = year / 2;
    size_t begin = i >= from + half ? i - half : from;
    double count = 0, exposure = 0;

    if (begin + year >= s->n)
        begin = s->n - 1 - year;
    for (size_t t = begin; t <= begin + year; t++) {
        double w = t == begin || t == begin + year ? 0.5 : 1;
        if (isnan(s->count[t]))
            continue;
        count += w * s->count[t];
        exposure += w * s->exposure[t];
    }
    return exposure > 0 ? count / exposure : 0;
}

struct place {
    double count, expected, years; /* expected without a season */
};

static void place_sums(const struct time_series *s, struct place *place)
{
    size_t most = (size_t)(SEASON_YEARS * s->per_year);
    size_t from = s->n > most ? s->n - most : 0;

    for (int j = 0; j < s->per_year; j++)
        place[j] = (struct place){0, 0, 0};
    for (size_t t = from; t < s->n; t++) {
        struct place *p = &place[time_series_place(s, t)];
        if (isnan(s->count[t]))
            continue;
        p->count += s->count[t];
        p->expected += s->exposure[t] * year_rate(s, from, t);
        p->years++;
    }
}

static double place_variance(const struct place *p)
{
    return 1 / (p->count + 0.5) + YEAR_NOISE / p->years;
}

/* What the log ratios scatter beyond their own noise: the variance of the true ones. */
static double true_variance(const struct place *place, const double *log_ratio, int per_year)
{
    double excess = 0;
    for (int j = 0; j < per_year; j++)
        excess += log_ratio[j] * log_ratio[j] - place_variance(&place[j]);
    return fmax(0, excess / (per_year - 1));
}

static void scale_to_mean_1(struct forecast_season *z, int per_year)
{
    double sum = 0;
    for (int j = 0; j < per_year; j++)
        sum += z->index[j];
    for (int j = 0; j < per_year; j++)
        z->index[j] *= per_year / sum;
}

void forecast_season_fit(const struct time_series *s, const struct forecast_season *centre,
                         struct forecast_season *z)
{
    struct place place[FORECAST_PLACES];
    double log_ratio[FORECAST_PLACES];

    *z = *centre;
    if (s->per_year < 2 || s->n < 2 * (size_t)s->per_year)
        return;
    place_sums(s, place);
    for (int j = 0; j < s->per_year; j++) {
        if (place[j].years < 1)
            return;
        log_ratio[j] = log((place[j].count + 0.5) / (place[j].expected * centre->index[j] + 0.5));
    }
    double between = true_variance(place, log_ratio, s->per_year);
    for (int j = 0; j < s->per_year; j++) {
        double own = place_variance(&place[j]), keep = between / (between + own);
        z->index[j] *= exp(keep * log_ratio[j]);
        z->doubt[j] = keep * own + (1 - keep) * (1 - keep) * centre->doubt[j];
    }
    scale_to_mean_1(z, s->per_year);
}

struct forecast_span forecast_span_of(const struct forecast_season *z, const double *exposure,
                                      int place, int per_year, size_t n)
{
    struct forecast_span p = {0, 0, 0, 0};
    double rest = 0;

    for (size_t i = n; i-- > 0;) {
        int j = (place + (int)i) % per_year;
        double e = exposure[i] * z->index[j];
        rest += e;
        p.noise += e * e;
        p.drift += rest * rest;
        p.season += e * e * z->doubt[j];
    }
    p.expected = rest;
    if (rest > 0) {
        p.noise /= rest * rest;
        p.drift /= rest * rest;
        p.season /= rest * rest;
    }
    return p;
}
