/* alert.c: see alert.h for the rules. */
#include "risk/alert.h"

#include <math.h>

#include "base/lang.h"
#include "risk/ears.h"
#include "risk/farrington.h"

enum { BACK_MOST = 61 }; /* months that a baseline may reach back */

const char *alert_method_token(enum alert_method m)
{
    static const char *const tokens[] = {
        "",        N_("farrington"), N_("ears_c2"), N_("poisson_3"), N_("poisson_12"),
        N_("gap"), N_("cusum")};
    return tokens[m];
}

/* The first month on the level of month i: a step mostly in its first month begins with it. */
static size_t level_start(const struct time_series *s, size_t i)
{
    size_t start = 0;

    for (size_t k = 0; k < s->step_count; k++) {
        size_t at = s->steps[k].at + (s->steps[k].share < 0.5);
        if (at <= i && at > start)
            start = at;
    }
    return start;
}

static bool has_gaps(const double *count, size_t i)
{
    for (size_t back = 1; back <= BACK_MOST && back <= i; back++)
        if (isnan(count[i - back]))
            return true;
    return false;
}

static double short_mean(const double *count, size_t i)
{
    double sum = 0, n = 0;

    for (size_t j = 0; j + EARS_LAG < i; j++) {
        sum += isnan(count[j]) ? 0 : count[j];
        n += !isnan(count[j]);
    }
    return n > 0 ? sum / n : NAN;
}

/* Of what decides the method: the nearest known past that there is, or the prior. */
static double deciding_mean(const double *count, size_t i, struct rare_prior prior)
{
    double mean = i >= ALERT_MONTHS_MIN ? farrington_baseline_mean(count, i) : NAN;

    if (isnan(mean))
        mean = short_mean(count, i);
    return isnan(mean) && prior.rate > 0 ? prior.shape / prior.rate : mean;
}

static void judge_ears(const double *count, size_t i, struct alert *a)
{
    struct ears e;

    ears_judge(count, i, EARS_STANDARD, &e);
    if (e.state == EARS_SHORT)
        a->flags |= ALERT_FEW_MONTHS;
    if (e.state != EARS_OK)
        return;
    a->method = ALERT_EARS;
    a->expected = e.expected;
    a->upper = e.upper;
    a->score = e.score;
    a->p_value = e.p_value;
    a->level = e.level;
    a->alarm = e.alarm;
}

static void judge_farrington(const double *count, size_t i, struct alert *a)
{
    struct farrington f;

    farrington_judge(count, i, &f);
    if (f.state == FARRINGTON_NO_SEASON)
        a->flags |= ALERT_NO_SEASON;
    if (f.state == FARRINGTON_NO_SEASON || f.state == FARRINGTON_SHORT) {
        judge_ears(count, i, a);
        return;
    }
    if (f.state == FARRINGTON_FEW_RECENT)
        a->flags |= ALERT_FEW_RECENT;
    else if (!f.trend_kept)
        a->flags |= ALERT_NO_TREND;
    a->method = ALERT_FARRINGTON;
    a->expected = f.expected;
    a->upper = f.upper;
    a->score = f.score;
    a->p_value = f.p_value;
    a->level = f.level;
    a->alarm = f.alarm;
}

static void judge_rare(const double *count, size_t i, struct rare_prior prior, struct alert *a)
{
    static const enum alert_method method[RARE_TESTS] = {ALERT_RARE_3, ALERT_RARE_12, ALERT_GAP,
                                                         ALERT_CUSUM};
    struct rare r;

    rare_judge(count, i, prior, &r);
    if (r.state == RARE_SHORT)
        a->flags |= ALERT_FEW_MONTHS;
    if (r.state != RARE_OK)
        return;
    if (r.ongoing)
        a->flags |= ALERT_ONGOING;
    a->method = method[r.least];
    a->expected = r.expected;
    a->upper = r.upper;
    a->score = r.score;
    a->p_value = r.p_value;
    a->level = r.level;
    a->alarm = r.alarm;
}

void alert_month(const struct time_series *s, size_t i, struct rare_prior prior, struct alert *a)
{
    size_t start = level_start(s, i), before = i - start;
    const double *count = s->count + start;

    *a = (struct alert){.count = count[before],
                        .mean = deciding_mean(count, before, prior),
                        .expected = NAN,
                        .upper = NAN,
                        .score = NAN,
                        .p_value = NAN};
    a->flags = (start > 0 ? ALERT_REBASED : 0) | (has_gaps(count, before) ? ALERT_GAPS : 0);
    if (isnan(a->count))
        a->flags |= ALERT_UNKNOWN;
    else if (!(a->mean >= ALERT_MEAN_MIN))
        judge_rare(count, before, prior, a);
    else if (before >= ALERT_MONTHS_MIN)
        judge_farrington(count, before, a);
    else
        judge_ears(count, before, a);
}

void alert_months(const struct time_series *s, size_t last, struct rare_prior prior,
                  struct alert *a)
{
    for (size_t j = 0; j < last; j++)
        alert_month(s, s->n - last + j, prior, &a[j]);
}

double alert_false_alarms(const struct alert *a, size_t n)
{
    double sum = 0;

    for (size_t j = 0; j < n; j++)
        sum += isnan(a[j].level) ? 0 : a[j].level;
    return sum;
}
