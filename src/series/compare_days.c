/* Who is compared, on which days. */
#include <stdlib.h>

#include "series/compare_private.h"

day compare_end(const struct compare *c, size_t u)
{
    const struct spans *k = &c->known.spans[u];
    day end = DAY_NONE;
    for (size_t i = 0; i < k->count; i++) {
        struct span in = span_intersect(k->items[i], c->q->period.span);
        end = span_is_empty(in) ? end : in.to;
    }
    return end;
}

static bool knows_now(const struct compare *c, size_t u)
{
    return spans_touch(&c->known.spans[u], c->q->period.span);
}

/* In every one of the periods before. */
static bool knows_before(const struct compare *c, size_t u)
{
    bool all = c->q->before_count > 0;
    for (size_t i = 0; all && i < c->q->before_count; i++)
        all = spans_touch(&c->known.spans[u], c->q->before[i].span);
    return all;
}

/* ---- the data end ---- */

/* A leaf that exists in the period, up to `latest`. */
static bool is_due(const struct compare *c, size_t u, day latest)
{
    const struct unit *unit = &c->scope.directory->units[c->scope.units[u]];
    struct span days = c->q->period.span;
    if (latest != DAY_NONE && latest < days.to)
        days.to = latest;
    return c->scope.is_leaf[u] && !unit->is_unknown &&
           !span_is_empty(span_intersect(c->scope.life[u], days));
}

static day latest_end(const struct compare *c)
{
    day latest = DAY_NONE;
    for (size_t u = 0; u < c->scope.unit_count; u++) {
        day end = compare_end(c, u);
        latest = end > latest ? end : latest;
    }
    return latest;
}

/* The last day by which a unit could have reported. */
static day could_reach(const struct compare *c, size_t u, day latest)
{
    day to = c->scope.life[u].to;
    return to < latest ? to : latest;
}

static int by_day(const void *a, const void *b)
{
    day x = *(const day *)a, y = *(const day *)b;
    return (x > y) - (x < y);
}

/* The day that most units have reached, of those that still exist on `latest`: the upper median, so
 * that of two the later one counts. */
static bool usual_end(const struct compare *c, day latest, day *usual, struct err *e)
{
    day *ends = malloc((c->scope.unit_count + 1) * sizeof *ends);
    size_t n = 0;
    if (!ends)
        return err_memory(e);
    for (size_t u = 0; u < c->scope.unit_count; u++) {
        day end = compare_end(c, u);
        if (is_due(c, u, latest) && end != DAY_NONE && could_reach(c, u, latest) == latest)
            ends[n++] = end;
    }
    if (n)
        qsort(ends, n, sizeof *ends, by_day);
    *usual = n ? ends[n / 2] : latest;
    free(ends);
    return true;
}

static bool find_data_end(struct compare *c, struct err *e)
{
    day latest = latest_end(c), usual = latest;
    c->data_end = latest;
    for (size_t u = 0; u < c->scope.unit_count; u++)
        c->sums[u].units = is_due(c, u, latest);
    if (latest == DAY_NONE)
        return true;
    if (!usual_end(c, latest, &usual, e))
        return false;
    for (size_t u = 0; u < c->scope.unit_count; u++) {
        day end = compare_end(c, u), reach = could_reach(c, u, usual);
        if (!c->sums[u].units)
            continue;
        c->lagging[u] = end == DAY_NONE || end < reach - COMPARE_LAG_DAYS;
        c->lagging_any |= c->lagging[u];
        if (!c->lagging[u] && could_reach(c, u, latest) == latest && end < c->data_end)
            c->data_end = end;
    }
    c->running = c->data_end < c->q->period.span.to;
    return true;
}

/* ---- the days of one unit ---- */

static int years_between(const struct compare *c, size_t i)
{
    return date_from_day(c->q->period.span.to).year - date_from_day(c->q->before[i].span.to).year;
}

static bool is_same_span(const struct compare *c)
{
    for (size_t i = 0; i < c->q->before_count; i++) {
        struct span s = span_shift_years(c->q->before[i].span, years_between(c, i));
        if (s.from != c->q->period.span.from || s.to != c->q->period.span.to)
            return false;
    }
    return true;
}

/* Keeps in `now` the days whose counterpart in before[i] is known too. */
static bool keep_common(const struct compare *c, size_t u, size_t i, struct spans *now,
                        struct err *e)
{
    struct spans then = {0}, moved = {0}, both = {0};
    bool ok = spans_clip(&then, &c->known.spans[u], c->q->before[i].span, e) &&
              spans_shift_years(&moved, &then, years_between(c, i), e) &&
              spans_intersect(&both, now, &moved, e);
    spans_free(&then);
    spans_free(&moved);
    spans_free(now);
    *now = both;
    return ok;
}

static bool add_shifted(struct spans *to, const struct spans *days, int years, struct err *e)
{
    struct spans moved = {0};
    bool ok = spans_shift_years(&moved, days, years, e) && spans_add_all(to, &moved, e);
    spans_free(&moved);
    return ok;
}

static bool add_known_before(const struct compare *c, size_t u, struct spans *before, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < c->q->before_count; i++) {
        struct spans then = {0};
        ok = spans_clip(&then, &c->known.spans[u], c->q->before[i].span, e) &&
             spans_add_all(before, &then, e);
        spans_free(&then);
    }
    return ok;
}

/* What both periods know, day by day of the year; of unlike spans, what each knows. */
static bool common_days(const struct compare *c, size_t u, struct spans *now, struct spans *before,
                        struct err *e)
{
    struct span period = c->q->period.span;
    bool ok = true;
    if (!c->lagging[u] && c->data_end != DAY_NONE && c->data_end < period.to)
        period.to = c->data_end;
    ok = spans_clip(now, &c->known.spans[u], period, e);
    if (!c->same_span)
        return ok && add_known_before(c, u, before, e);
    for (size_t i = 0; ok && i < c->q->before_count; i++)
        ok = keep_common(c, u, i, now, e);
    for (size_t i = 0; ok && i < c->q->before_count; i++)
        ok = add_shifted(before, now, -years_between(c, i), e);
    return ok;
}

/* A unit without days in common shows what is known of each period. */
static bool own_days(struct compare *c, size_t u, struct err *e)
{
    spans_free(&c->now[u]);
    spans_free(&c->before[u]);
    if (knows_now(c, u))
        return spans_clip(&c->now[u], &c->known.spans[u], c->q->period.span, e);
    return !knows_before(c, u) || add_known_before(c, u, &c->before[u], e);
}

/* ---- by when it was received ---- */

/* Of the units compared that still exist then. */
static day last_received(const struct compare *c)
{
    day latest = DAY_NONE, last;
    for (size_t u = 0; u < c->scope.unit_count; u++)
        if (c->compared[u] && c->scope.is_leaf[u] && spans_end(&c->known.spans[u]) > latest)
            latest = spans_end(&c->known.spans[u]);
    last = latest;
    for (size_t u = 0; u < c->scope.unit_count; u++) {
        day end = spans_end(&c->known.spans[u]);
        if (c->compared[u] && c->scope.is_leaf[u] && could_reach(c, u, latest) == latest &&
            end < last)
            last = end;
    }
    return last;
}

/* As many days behind the period before as behind this one. */
static day same_day(const struct compare *c, size_t i, day last)
{
    if (c->same_span)
        return day_shift_years(last, -years_between(c, i));
    return c->q->before[i].span.to + (last - c->q->period.span.to);
}

/* Days behind the limit itself are no less known: they stand in no comparison. */
static void add_limit(struct compare *c, struct span days, day by)
{
    days.to = days.to < by ? days.to : by;
    c->limits[c->limit_count++] = (struct received_by){days, by};
}

static void choose_limits(struct compare *c)
{
    day last = c->received_to != DAY_NONE ? c->received_to : c->q->tally.as_of;
    if (c->q->tally.as_of == DAY_NONE)
        return;
    add_limit(c, c->q->period.span, last);
    for (size_t i = 0; i < c->q->before_count; i++)
        add_limit(c, c->q->before[i].span, same_day(c, i, last));
}

bool compare_choose_days(struct compare *c, struct err *e)
{
    bool ok = find_data_end(c, e);
    c->same_span = is_same_span(c);
    for (size_t u = 0; ok && u < c->scope.unit_count; u++) {
        ok = common_days(c, u, &c->now[u], &c->before[u], e);
        bool common = c->now[u].count && c->before[u].count && knows_before(c, u);
        c->compared[u] = common && !c->lagging[u];
        ok = ok && (common || own_days(c, u, e));
    }
    c->received_to = last_received(c);
    choose_limits(c);
    return ok;
}
