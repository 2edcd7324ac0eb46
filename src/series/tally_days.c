/* Which windows a day lies in. */
#include <stdlib.h>

#include "series/tally_private.h"

static struct span reach_of(const struct tallying *y, const struct window *w)
{
    struct span reach = {DAY_MAX, DAY_MIN};
    size_t n = w->by_unit ? y->scope->unit_count : 1;
    for (size_t u = 0; u < n; u++) {
        const struct spans *s = w->by_unit ? &w->by_unit[u] : w->days;
        if (s->count && s->items[0].from < reach.from)
            reach.from = s->items[0].from;
        if (s->count && spans_end(s) > reach.to)
            reach.to = spans_end(s);
    }
    return reach;
}

struct span windows_reach(const struct tallying *y)
{
    struct span all = {DAY_MAX, DAY_MIN};
    for (size_t w = 0; w < y->t->window_count; w++) {
        all.from = y->reach[w].from < all.from ? y->reach[w].from : all.from;
        all.to = y->reach[w].to > all.to ? y->reach[w].to : all.to;
    }
    return all;
}

/* Day by day: how many windows have it, then which. */
static void fill(struct tallying *y, struct day_windows *d)
{
    size_t days = (size_t)span_days(d->days);
    for (size_t w = 0; w < y->t->window_count; w++)
        for (day on = y->reach[w].from; on <= y->reach[w].to; on++)
            d->windows[d->starts[on - d->days.from]++] = w;
    for (size_t i = days; i > 0; i--) /* each start has moved to its end, the next one's start */
        d->starts[i] = d->starts[i - 1];
    d->starts[0] = 0;
}

static bool list(struct tallying *y, struct day_windows *d, struct err *e)
{
    size_t days = (size_t)span_days(d->days), total = 0;
    d->starts = calloc(days + 2, sizeof *d->starts);
    if (!d->starts)
        return err_memory(e);
    for (size_t w = 0; w < y->t->window_count; w++)
        for (day on = y->reach[w].from; on <= y->reach[w].to; on++)
            d->starts[on - d->days.from]++;
    for (size_t i = 0; i < days; i++) {
        size_t count = d->starts[i];
        d->starts[i] = total;
        total += count;
    }
    d->windows = malloc((total + 1) * sizeof *d->windows);
    if (!d->windows)
        return err_memory(e);
    fill(y, d);
    return true;
}

bool tally_index_days(struct tallying *y, struct err *e)
{
    y->reach = calloc(y->t->window_count + 1, sizeof *y->reach);
    if (!y->reach)
        return err_memory(e);
    for (size_t w = 0; w < y->t->window_count; w++)
        y->reach[w] = reach_of(y, &y->windows[w]);
    y->by_day.days = windows_reach(y);
    return span_is_empty(y->by_day.days) || list(y, &y->by_day, e);
}

void tally_index_free(struct tallying *y)
{
    free(y->reach);
    free(y->by_day.starts);
    free(y->by_day.windows);
}
