#include "cli/forecasting.h"

#include <stdlib.h>

/* ---- who takes part ---- */

static bool any_compared(const struct compare *c)
{
    bool any = false;
    for (size_t u = 0; u < c->scope.unit_count; u++)
        any |= c->scope.is_leaf[u] && c->compared[u];
    return any;
}

static int by_day(const void *a, const void *b)
{
    day x = *(const day *)a, y = *(const day *)b;
    return (x > y) - (x < y);
}

/* The day that most units have reached: the upper median. */
static bool usual_end(const struct compare *c, day *usual, struct err *e)
{
    day *ends = malloc((c->scope.unit_count + 1) * sizeof *ends);
    size_t n = 0;
    if (!ends)
        return err_memory(e);
    for (size_t u = 0; u < c->scope.unit_count; u++)
        if (c->scope.is_leaf[u] && c->known.spans[u].count)
            ends[n++] = spans_end(&c->known.spans[u]);
    if (n)
        qsort(ends, n, sizeof *ends, by_day);
    *usual = n ? ends[n / 2] : DAY_NONE;
    free(ends);
    return true;
}

/* Those that are compared; where none is (the period lies ahead), those that are not far behind. */
static bool choose_parts(struct forecasting *f, struct err *e)
{
    const struct compare *c = f->compare;
    bool compared = any_compared(c);
    f->parts = calloc(c->scope.unit_count + 1, sizeof *f->parts);
    if (!f->parts)
        return err_memory(e);
    if (!usual_end(c, &f->reached, e))
        return false;
    for (size_t u = 0; u < c->scope.unit_count; u++)
        f->parts[u] = compared ? c->compared[u]
                               : c->known.spans[u].count &&
                                     spans_end(&c->known.spans[u]) >= f->reached - COMPARE_LAG_DAYS;
    return true;
}

/* ---- pools ---- */

static bool is_sister(const struct forecasting *f, size_t u)
{
    const struct scope *s = &f->set.scope;
    return s->is_leaf[u] && f->parts[u] && !s->directory->units[s->units[u]].is_unknown;
}

struct sisters {
    struct series_row *rows;
    const struct time_series **items;
    size_t count;
};

static void sisters_free(struct sisters *x)
{
    for (size_t i = 0; x->rows && i < x->count; i++)
        series_row_free(&x->rows[i]);
    free(x->rows);
    free(x->items);
}

static bool sisters_take(struct sisters *x, struct forecasting *f, size_t category, struct err *e)
{
    size_t units = f->set.scope.unit_count;
    *x = (struct sisters){.rows = calloc(units + 1, sizeof *x->rows),
                          .items = calloc(units + 1, sizeof(struct time_series *))};
    bool ok = (x->rows && x->items) || err_memory(e);
    for (size_t u = 0; ok && u < units; u++) {
        if (!is_sister(f, u))
            continue;
        ok = series_row_take(&f->set, u, category, false, &x->rows[x->count], e);
        x->items[x->count] = &x->rows[x->count].ts;
        x->count++;
    }
    return ok;
}

static bool make_pool(struct forecasting *f, size_t category, struct err *e)
{
    struct sisters x;
    bool ok = sisters_take(&x, f, category, e);
    if (ok && !forecast_pool_init(&f->pools[category], x.items, x.count))
        ok = err_memory(e);
    f->has_pool[category] = ok;
    sisters_free(&x);
    return ok;
}

static bool make_pools(struct forecasting *f, struct err *e)
{
    size_t categories = f->set.scope.category_count;
    f->pools = calloc(categories + 1, sizeof *f->pools);
    f->has_pool = calloc(categories + 1, sizeof *f->has_pool);
    bool ok = (f->pools && f->has_pool) || err_memory(e);
    for (size_t c = 0; ok && c < categories; c++)
        ok = make_pool(f, c, e);
    return ok;
}

/* ---- the whole ---- */

bool forecasting_init(struct forecasting *f, struct session *s, const struct events *events,
                      const struct compare *compare, day first, bool pooled, struct err *e)
{
    const struct compare_query *q = compare->q;
    day last = compare->data_end != DAY_NONE ? compare->data_end : q->period.span.to;
    *f = (struct forecasting){.compare = compare, .pooled = pooled};
    if (!choose_parts(f, e))
        return false;
    f->q = (struct series_query){.tally = q->tally,
                                 .calendar = q->calendar,
                                 .per_year = 12,
                                 .reach = {first, last},
                                 .per = PER_DAYS,
                                 .tops = q->tops,
                                 .top_count = q->top_count,
                                 .categories = q->categories,
                                 .category_count = q->category_count,
                                 .parts = f->parts};
    return series_set_init(&f->set, s->store, &s->directory, &s->cover, events, &f->q, e) &&
           (!pooled || make_pools(f, e));
}

void forecasting_free(struct forecasting *f)
{
    for (size_t c = 0; f->has_pool && c < f->set.scope.category_count; c++)
        if (f->has_pool[c])
            forecast_pool_free(&f->pools[c]);
    free(f->pools);
    free(f->has_pool);
    series_set_free(&f->set);
    free(f->parts);
    *f = (struct forecasting){0};
}

/* ---- one row ---- */

static day counted_to(const struct forecasting *f, size_t unit)
{
    const struct compare *c = f->compare;
    bool alone = c->scope.is_leaf[unit] && !f->parts[unit];
    day end = alone ? compare_end(c, unit) : c->data_end;
    if (end != DAY_NONE)
        return end;
    end = alone && c->known.spans[unit].count ? spans_end(&c->known.spans[unit]) : f->reached;
    return end < c->q->period.span.from ? end : c->q->period.span.from - 1;
}

static struct span month_days(const struct forecasting *f, int64_t number)
{
    return calendar_month(f->q.calendar, (int)(number / 12), (int)(number % 12) + 1);
}

/* The days of the period that are left, by month behind the series. */
static void take_exposure(struct outlook *o, const struct forecasting *f)
{
    struct span left = f->compare->q->period.span;
    int64_t next = o->row.series.first + (int64_t)o->row.series.n;
    left.from = o->observed_to + 1 > left.from ? o->observed_to + 1 : left.from;
    while (o->state == OUTLOOK_OK && month_days(f, next).from <= left.to) {
        if (o->horizon == FORECAST_HORIZON)
            o->state = OUTLOOK_FAR;
        else
            o->exposure[o->horizon++] =
                (double)span_days(span_intersect(month_days(f, next++), left));
    }
}

bool outlook_init(struct outlook *o, struct forecasting *f, size_t unit, size_t category,
                  struct err *e)
{
    *o = (struct outlook){.observed_to = counted_to(f, unit)};
    if (!series_row_take(&f->set, unit, category, false, &o->row, e))
        return false;
    if (o->observed_to >= f->compare->q->period.span.to)
        o->state = OUTLOOK_FINISHED;
    else if (!o->row.series.known)
        o->state = OUTLOOK_UNKNOWN;
    take_exposure(o, f);
    return true;
}

bool outlook_fit(struct outlook *o, const struct forecasting *f, size_t unit, size_t category)
{
    if (o->state != OUTLOOK_OK)
        return true;
    const struct forecast_pool *pool = f->pooled && is_sister(f, unit) ? &f->pools[category] : NULL;
    if (!forecast_fit(&o->model, &o->row.ts, pool))
        return false;
    forecast_total(&o->model, o->exposure, o->horizon, &o->rest);
    return true;
}

void outlook_free(struct outlook *o)
{
    series_row_free(&o->row);
    *o = (struct outlook){0};
}
