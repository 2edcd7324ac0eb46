#include "series/spans.h"

#include <stdlib.h>

void spans_free(struct spans *s)
{
    free(s->items);
    *s = (struct spans){0};
}

static bool append(struct spans *s, struct span by, struct err *e)
{
    void *items = s->items;
    if (!array_grow(&items, &s->cap, s->count + 1, sizeof *s->items, e))
        return false;
    s->items = items;
    s->items[s->count++] = by;
    return true;
}

bool spans_add(struct spans *s, struct span by, struct err *e)
{
    if (span_is_empty(by))
        return true;
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < s->count; i++) {
        struct span x = s->items[i];
        if (x.to + 1 < by.from || x.from - 1 > by.to) {
            s->items[kept++] = x;
            at += x.from < by.from;
        } else {
            by.from = x.from < by.from ? x.from : by.from;
            by.to = x.to > by.to ? x.to : by.to;
        }
    }
    s->count = kept;
    if (!append(s, by, e))
        return false;
    for (size_t i = s->count - 1; i > at; i--)
        s->items[i] = s->items[i - 1];
    s->items[at] = by;
    return true;
}

bool spans_add_all(struct spans *s, const struct spans *by, struct err *e)
{
    for (size_t i = 0; i < by->count; i++)
        if (!spans_add(s, by->items[i], e))
            return false;
    return true;
}

bool spans_clip(struct spans *out, const struct spans *a, struct span by, struct err *e)
{
    for (size_t i = 0; i < a->count; i++) {
        struct span x = span_intersect(a->items[i], by);
        if (!span_is_empty(x) && !append(out, x, e))
            return false;
    }
    return true;
}

bool spans_intersect(struct spans *out, const struct spans *a, const struct spans *b, struct err *e)
{
    for (size_t i = 0; i < a->count; i++)
        if (!spans_clip(out, b, a->items[i], e))
            return false;
    return true;
}

bool spans_shift_years(struct spans *out, const struct spans *a, int years, struct err *e)
{
    for (size_t i = 0; i < a->count; i++)
        if (!spans_add(out, span_shift_years(a->items[i], years), e))
            return false;
    return true;
}

bool spans_missing(struct spans *out, const struct spans *a, struct span all, struct err *e)
{
    for (size_t i = 0; i < a->count && !span_is_empty(all); i++) {
        struct span before = {all.from, a->items[i].from - 1};
        if (before.to > all.to)
            before.to = all.to;
        if (!span_is_empty(before) && !append(out, before, e))
            return false;
        if (a->items[i].to >= all.from)
            all.from = a->items[i].to + 1;
    }
    return span_is_empty(all) || append(out, all, e);
}

bool spans_subtract(struct spans *s, const struct spans *a, struct err *e)
{
    struct spans left = {0};
    for (size_t i = 0; i < s->count; i++)
        if (!spans_missing(&left, a, s->items[i], e)) {
            spans_free(&left);
            return false;
        }
    spans_free(s);
    *s = left;
    return true;
}

bool spans_contain(const struct spans *s, struct span by)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->items[i].from <= by.from && s->items[i].to >= by.to)
            return true;
    return false;
}

bool spans_touch(const struct spans *s, struct span by)
{
    for (size_t i = 0; i < s->count; i++)
        if (!span_is_empty(span_intersect(s->items[i], by)))
            return true;
    return false;
}

bool spans_equal(const struct spans *a, const struct spans *b)
{
    bool equal = a->count == b->count;
    for (size_t i = 0; equal && i < a->count; i++)
        equal = a->items[i].from == b->items[i].from && a->items[i].to == b->items[i].to;
    return equal;
}

int64_t spans_days(const struct spans *s)
{
    int64_t days = 0;
    for (size_t i = 0; i < s->count; i++)
        days += span_days(s->items[i]);
    return days;
}

day spans_end(const struct spans *s)
{
    return s->count ? s->items[s->count - 1].to : DAY_NONE;
}
