/* farrington.c: see farrington.h for the model. */
#include "risk/farrington.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "risk/alert_bound.h"
#include "risk/farrington_fit.h"
#include "stats/tails.h"

enum { YEAR = 12, RECENT = 4, RECENT_INCIDENTS = 5 };

/* Level of the season `back` months before the month judged; 0 is its own (level 4). */
static int level_of(size_t back)
{
    static const int level[YEAR] = {0, 0, 3, 3, 3, 2, 2, 2, 1, 1, 1, 0};
    return level[back % YEAR];
}

static size_t years_before(size_t i)
{
    return i / YEAR < FARRINGTON_YEARS_MOST ? i / YEAR : FARRINGTON_YEARS_MOST;
}

/* The neighbour of the first year's month may be before the series begins. */
static size_t months_back(size_t i)
{
    size_t back = years_before(i) * YEAR + 1;
    return back < i ? back : i;
}

static void baseline_rows(const double *count, size_t i, struct farrington_rows *r)
{
    size_t n = 0, most = months_back(i);

    for (int g = 0; g < FIT_LEVELS; g++) {
        r->start[g] = n;
        for (size_t back = most; back > FARRINGTON_LEFT_OUT; back--) {
            if (level_of(back) != g || isnan(count[i - back]))
                continue;
            r->time[n] = FIT_TIME_NOW - (int)back;
            r->count[n++] = count[i - back];
        }
    }
    r->start[FIT_LEVELS] = n;
}

static double rows_mean(const struct farrington_rows *r, double *largest)
{
    size_t n = r->start[FIT_LEVELS];
    double sum = 0;

    *largest = 0;
    for (size_t i = 0; i < n; i++) {
        sum += r->count[i];
        *largest = fmax(*largest, r->count[i]);
    }
    return n ? sum / (double)n : NAN;
}

double farrington_baseline_mean(const double *count, size_t i)
{
    struct farrington_rows r;
    double largest;

    baseline_rows(count, i, &r);
    return rows_mean(&r, &largest);
}

/* Incidents of the three months before; RECENT_INCIDENTS less these must come in the one judged. */
static double recent_before(const double *count, size_t i)
{
    double sum = 0;

    for (size_t back = 1; back < RECENT && back <= i; back++)
        sum += isnan(count[i - back]) ? 0 : count[i - back];
    return sum;
}

/* P(Y >= least), the uncertainty of the fit allowed for: the mean's goes into the variance, that of
 * an estimated phi makes the normal tail one of Student's. */
static double attained_level(double least, const struct farrington_fit *fit)
{
    double phi = fit->phi * (1 + fit->now * fit->variance);
    double tail = tails_count_upper(least, fit->now, phi);

    if (fit->phi <= 1 || !(tail > DBL_MIN && tail < 1))
        return tail;
    return gsl_cdf_tdist_Q(gsl_cdf_ugaussian_Qinv(tail), fit->freedom);
}

static void set_bound(double y, const struct farrington_fit *fit, double upper,
                      struct farrington *f)
{
    f->expected = fit->now;
    f->upper = upper;
    f->score = upper > fit->now ? (y - fit->now) / (upper - fit->now) : NAN;
    f->p_value = tails_count_upper(y, fit->now, fit->phi);
    f->alarm = y > upper;
}

static void judge_count(double y, double recent, const struct farrington_fit *fit,
                        struct farrington *f)
{
    double least = RECENT_INCIDENTS - recent; /* a count that is judged at all */
    bool has_season = fit->now > 0;           /* not NAN */

    f->state = y < least    ? FARRINGTON_FEW_RECENT
               : has_season ? FARRINGTON_OK
                            : FARRINGTON_NO_SEASON;
    if (!has_season)
        return;
    double upper = alert_bound(fit->now, fit->phi, FARRINGTON_ALPHA);
    f->level = attained_level(fmax(least, upper + 1), fit);
    if (f->state == FARRINGTON_OK)
        set_bound(y, fit, upper, f);
}

void farrington_judge(const double *count, size_t i, struct farrington *f)
{
    struct farrington_rows r;
    double largest;

    baseline_rows(count, i, &r);
    *f = (struct farrington){.years = (int)years_before(i),
                             .months = r.start[FIT_LEVELS],
                             .mean = rows_mean(&r, &largest),
                             .expected = NAN,
                             .upper = NAN,
                             .score = NAN,
                             .p_value = NAN,
                             .phi = NAN};
    f->state = isnan(count[i]) ? FARRINGTON_UNKNOWN : FARRINGTON_SHORT;
    if (isnan(count[i]) || f->years < FARRINGTON_YEARS_MIN || f->months < FARRINGTON_MONTHS_MIN)
        return;
    struct farrington_fit fit = farrington_fit_robust(&r, farrington_has_slope(&r));
    if (fit.trend && fit.now > largest)
        fit = farrington_fit_robust(&r, false);
    f->phi = fit.phi;
    f->trend_kept = fit.trend;
    judge_count(count[i], recent_before(count, i), &fit, f);
}
