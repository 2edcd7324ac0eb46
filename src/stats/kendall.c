/* kendall.c: see kendall.h. */
#include "stats/kendall.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "stats/tails.h"

/* What the seasons add up to. */
struct sums {
    double s, var, most; /* most: tau's denominator */
    double *slope;       /* of all pairs so far */
    size_t slopes;
};

/* One season: m values and their years, in order. A value that meets e equal ones before it makes
 * e tied pairs, and t of a kind bring t(t - 1)(2t + 5) = the sum of 6 e (e + 2). */
static void season_add(struct sums *sums, const double *y, const double *year, size_t m)
{
    double n = (double)m, pairs = n * (n - 1) / 2, tied = 0, corrected = n * (n - 1) * (2 * n + 5);

    for (size_t j = 1; j < m; j++) {
        int sign = 0, equal = 0;
        for (size_t i = 0; i < j; i++) {
            double rise = y[j] - y[i];
            sign += (rise > 0) - (rise < 0);
            equal += rise == 0;
            sums->slope[sums->slopes++] = rise / (year[j] - year[i]);
        }
        sums->s += sign;
        tied += equal;
        corrected -= 6.0 * equal * (equal + 2.0);
    }
    sums->var += corrected / 18;
    sums->most += sqrt(pairs - tied) * sqrt(pairs);
}

/* R sort(x)[rank], the rank clipped to 1 ... n. */
static double slope_of_rank(const struct sums *sums, double rank)
{
    double last = (double)sums->slopes;
    size_t at = (size_t)fmin(fmax(rank, 1), last) - 1;
    return gsl_stats_select(sums->slope, 1, sums->slopes, at);
}

static void sen_of(struct kendall *k, const struct sums *sums)
{
    double n = (double)sums->slopes, c = TAILS_NORMAL_975 * sqrt(sums->var);

    if (sums->slopes == 0)
        return;
    k->sen = slope_of_rank(sums, floor((n + 1) / 2));
    if (sums->slopes % 2 == 0)
        k->sen = (k->sen + slope_of_rank(sums, n / 2 + 1)) / 2;
    k->sen_low = slope_of_rank(sums, nearbyint((n - c) / 2));
    k->sen_high = slope_of_rank(sums, nearbyint((n + c) / 2 + 1));
    k->sen_is_ties = k->sen_low == 0 && k->sen_high == 0;
}

static struct kendall kendall_of(const struct sums *sums)
{
    struct kendall k = {
        .tau = NAN, .s = sums->s, .p = 1, .sen = NAN, .sen_low = NAN, .sen_high = NAN};

    k.var = sums->var;
    if (sums->most > 0)
        k.tau = sums->s / sums->most;
    if (sums->var > 0)
        k.p = erfc(fmax(0, fabs(sums->s) - 1) / sqrt(2 * sums->var));
    sen_of(&k, sums);
    return k;
}

/* The known values of one season, a place in the year; returns how many. */
static size_t season_read(const struct time_series *s, int place, double *y, double *year)
{
    size_t m = 0, step = (size_t)s->per_year;
    size_t from = (size_t)((place - time_series_place(s, 0) + s->per_year) % s->per_year);

    for (size_t i = from; i < s->n; i += step) {
        if (isnan(s->count[i]))
            continue;
        y[m] = s->count[i];
        year[m++] = (double)time_series_year(s, i);
    }
    return m;
}

/* Totals of complete years; returns how many. An unknown step makes a total unknown. */
static size_t years_read(const struct time_series *s, double *y, double *year)
{
    size_t m = 0, step = (size_t)s->per_year;
    size_t from = (size_t)((s->per_year - time_series_place(s, 0)) % s->per_year);

    for (size_t i = from; i + step <= s->n; i += step) {
        double total = 0;
        for (size_t j = i; j < i + step; j++)
            total += s->count[j];
        if (isnan(total))
            continue;
        y[m] = total;
        year[m++] = (double)time_series_year(s, i);
    }
    return m;
}

static struct kendall kendall_missing(void)
{
    return (struct kendall){NAN, NAN, NAN, NAN, NAN, NAN, NAN, false};
}

bool kendall_trend(const struct time_series *s, struct kendall_trend *k)
{
    size_t seasons = (size_t)s->per_year, years = s->n / seasons + 1; /* most values a season */
    double *y = malloc((2 * years + seasons * years * (years - 1) / 2) * sizeof *y);
    if (!y)
        return false;
    double *year = y + years, *slope = year + years;
    struct sums seasonal = {.slope = slope}, annual = {.slope = slope};

    for (int place = 0; place < s->per_year; place++)
        season_add(&seasonal, y, year, season_read(s, place, y, year));
    k->seasonal = kendall_of(&seasonal);
    k->annual_n = years_read(s, y, year);
    season_add(&annual, y, year, k->annual_n);
    k->annual = k->annual_n < 3 ? kendall_missing() : kendall_of(&annual);
    free(y);
    return true;
}
