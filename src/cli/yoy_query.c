#include "cli/yoy_query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"

/* The same period is a year earlier, of a period of several years as many. */
static int years_of(const struct compare_query *q)
{
    int years = 1;
    while (span_shift_years(q->period.span, -years).to >= q->period.span.from)
        years++;
    return years;
}

/* mean3, mean5: the sum of the same period in the years before, over that many years of exposure.
 */
static bool read_mean(const struct session *s, const char *text, struct compare_query *q)
{
    size_t n = !strcmp(text, "mean3") ? 3 : !strcmp(text, "mean5") ? 5 : 0;
    int years = years_of(q);
    for (size_t i = 0; i < n; i++)
        q->before[i] = period_years_before(&q->period, s->calendar, years * (int)(n - i));
    q->before_count = n;
    return n > 0;
}

static bool read_against(const struct session *s, struct yoy_query *q, struct err *e)
{
    struct compare_query *c = &q->compare;
    const char *text = arg(s->request, OPT_AGAINST);
    c->before[0] = period_years_before(&c->period, s->calendar, years_of(c));
    q->against = text;
    if (text && read_mean(s, text, c))
        return true;
    c->before_count = 1;
    q->against = c->before[0].label;
    q->same_period = true;
    if (!text)
        return true;
    struct span same = c->before[0].span;
    if (!period_parse(text, strlen(text), s->calendar, &c->before[0]))
        return err_set(e, ERR_USAGE,
                       "--against %s: is no period: write 2023, 2023H1, mean3 or mean5", text);
    struct span then = c->before[0].span;
    q->same_period = then.from == same.from && then.to == same.to;
    if (then.to >= c->period.span.from)
        return err_set(e, ERR_USAGE,
                       "--against %s: does not end before the period %s begins: choose an earlier "
                       "one",
                       q->against, c->period.label);
    return true;
}

static bool same_part_of_year(const struct compare_query *q)
{
    const struct span *now = &q->period.span, *then = &q->before[0].span;
    int years = date_from_day(now->to).year - date_from_day(then->to).year;
    struct span moved = span_shift_years(*then, years);
    return moved.from == now->from && moved.to == now->to;
}

static bool read_per(const struct session *s, struct yoy_query *q, struct err *e)
{
    int per;
    if (!session_choice(s->request, OPT_PER, -1, &per, e))
        return false;
    bool same = q->compare.before_count > 1 || same_part_of_year(&q->compare);
    if (per == PER_CASES && !same)
        return err_set(e, ERR_USAGE,
                       "--per cases: %s and %s are different parts of the year: use --per days",
                       q->compare.period.label, q->against);
    q->unequal_spans = per < 0 && !same;
    q->compare.per = per < 0 ? (same ? PER_CASES : PER_DAYS) : (enum per)per;
    return true;
}

static bool read_target(const struct session *s, struct yoy_query *q, struct err *e)
{
    const char *text = arg(s->request, OPT_TARGET);
    q->target_pct = NAN;
    q->target_given = text != NULL;
    if (!text)
        return true;
    return (num_parse_real(text, strlen(text), &q->target_pct) && q->target_pct >= 0 &&
            q->target_pct <= 100) ||
           err_set(e, ERR_USAGE,
                   "--target %s: is no reduction in percent: write a number from 0 to 100", text);
}

static bool read_places(const struct session *s, struct yoy_query *q, struct err *e)
{
    bool ok = places_read(s, q->compare.period.span.to, &q->places, e);
    q->compare.tally = q->places.tally;
    q->compare.calendar = s->calendar;
    q->compare.tops = q->places.tops;
    q->compare.top_count = q->places.top_count;
    return ok;
}

bool yoy_query_read(const struct session *s, struct yoy_query *q, struct err *e)
{
    *q = (struct yoy_query){0};
    if (session_period(s, &q->compare.period, e) && read_against(s, q, e) && read_per(s, q, e) &&
        read_target(s, q, e) && read_places(s, q, e))
        return true;
    yoy_query_free(q);
    return false;
}

void yoy_query_free(struct yoy_query *q)
{
    places_free(&q->places);
    *q = (struct yoy_query){0};
}
