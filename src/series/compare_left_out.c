/* Days that a unit was to know, but that are not compared. */
#include <stdlib.h>

#include "series/compare_private.h"

/* The days of a period that the unit was to know, but that are not compared. */
static bool add_missing(const struct compare *c, size_t unit, struct span period, bool is_now,
                        struct spans *out, struct err *e)
{
    const struct spans *days = is_now ? &c->now[unit] : &c->before[unit];
    struct span valid = c->scope.life[unit];
    struct spans missing = {0};
    if (is_now && c->data_end < period.to)
        period.to = c->data_end;
    bool ok = spans_missing(&missing, days, span_intersect(period, valid), e) &&
              spans_add_all(out, &missing, e);
    spans_free(&missing);
    return ok;
}

bool compare_left_out(const struct compare *c, size_t unit, struct spans *out, struct err *e)
{
    if (!compare_asks(c, unit) || !c->compared[unit])
        return true;
    bool ok = add_missing(c, unit, c->q->period.span, true, out, e);
    for (size_t i = 0; ok && !c->same_span && i < c->q->before_count; i++)
        ok = add_missing(c, unit, c->q->before[i].span, false, out, e);
    return ok;
}

bool compare_mark_partly(struct compare *c, struct err *e)
{
    c->partly = calloc(c->scope.unit_count + 1, sizeof *c->partly);
    if (!c->partly)
        return err_memory(e);
    for (size_t u = 0; u < c->scope.unit_count; u++) {
        struct spans days = {0};
        if (!compare_left_out(c, u, &days, e))
            return false;
        c->partly[u] = days.count > 0;
        c->any_partly |= c->partly[u];
        spans_free(&days);
    }
    return true;
}
