/* trend_design.c: see trend_design.h. */
#include "stats/trend_design.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SEASON_YEARS = 3 };

bool trend_is_known(const struct time_series *s, size_t i)
{
    return s->count[i] >= 0 && s->exposure[i] > 0 && isfinite(s->count[i]) &&
           isfinite(s->exposure[i]);
}

static double level_of(const struct level_step *step, size_t i)
{
    if (i == step->at)
        return step->share;
    return i > step->at ? 1 : 0;
}

/* Counts what is known: rows, total, mean time. */
static void design_measure(struct trend_design *d, const struct time_series *s)
{
    double sum = 0;

    for (size_t i = 0; i < s->n; i++) {
        if (!trend_is_known(s, i))
            continue;
        d->data.n++;
        d->total += s->count[i];
        sum += (double)i;
    }
    if (d->data.n)
        d->centre = sum / (double)d->data.n;
    d->steps = s->step_count < TREND_STEPS_MAX ? s->step_count : TREND_STEPS_MAX;
}

/* cos, sin of 2 pi m/12 and 4 pi m/12, m = 1..12, and of 2 pi q/4 with cos pi q, q = 1..4: the
 * highest frequency, half the steps of a year, has no sine. */
#define H 0.86602540378443864676 /* sqrt(3)/2 */
static const double MONTHS[12][TREND_SEASON_MAX] = {
    {H, .5, .5, H},   {.5, H, -.5, H},   {0, 1, -1, 0},    {-.5, H, -.5, -H},
    {-H, .5, .5, -H}, {-1, 0, 1, 0},     {-H, -.5, .5, H}, {-.5, -H, -.5, H},
    {0, -1, -1, 0},   {.5, -H, -.5, -H}, {H, -.5, .5, -H}, {1, 0, 1, 0}};
static const double QUARTERS[4][TREND_SEASON_MAX] = {
    {0, 1, -1}, {-1, 0, 1}, {0, -1, -1}, {1, 0, 1}};
#undef H

static void design_season(struct trend_design *d, int per_year)
{
    if (per_year < 4 || d->data.n < (size_t)(SEASON_YEARS * per_year))
        return;
    d->season = per_year == 4 ? 3 : 4;
    d->wave = per_year == 4 ? QUARTERS : MONTHS;
}

void trend_design_row(const struct trend_design *d, const struct time_series *s, size_t i,
                      double *x)
{
    *x++ = 1;
    *x++ = ((double)i - d->centre) / s->per_year;
    for (size_t j = 0; j < d->steps; j++)
        *x++ = level_of(&s->steps[j], i);
    if (d->season)
        memcpy(x, d->wave[time_series_place(s, i)], d->season * sizeof *x);
}

static void design_fill(struct trend_design *d, const struct time_series *s)
{
    double *y = d->memory, *offset = y + d->data.n, *x = offset + d->data.n;
    double row[GLM_COLUMNS_MAX];
    size_t at = 0;

    for (size_t i = 0; i < s->n; i++) {
        if (!trend_is_known(s, i))
            continue;
        y[at] = s->count[i];
        offset[at] = log(s->exposure[i]);
        trend_design_row(d, s, i, row);
        for (size_t j = 0; j < d->data.p; j++)
            x[j * d->data.n + at] = row[j];
        at++;
    }
    d->data.y = y;
    d->data.offset = offset;
    d->data.x = x;
}

bool trend_design_init(struct trend_design *d, const struct time_series *s)
{
    memset(d, 0, sizeof *d);
    design_measure(d, s);
    design_season(d, s->per_year);
    d->data.p = 2 + d->steps + d->season;
    d->memory = malloc((d->data.n + 1) * (2 + d->data.p) * sizeof *d->memory);
    if (!d->memory)
        return false;
    design_fill(d, s);
    return true;
}

void trend_design_free(struct trend_design *d)
{
    free(d->memory);
    memset(d, 0, sizeof *d);
}
