/* spans.h: sets of days as ascending, disjoint, non-touching spans.
 *
 * Periods, coverage and what two periods have in common are all such sets. Zero is the empty set.
 * Functions that take memory fail on lack of it and leave what they were to change in a state that
 * spans_free accepts. An `out` is zero before the call and must not be one of the arguments.
 * Checked: tests/test_spans.c, against sets kept day by day.
 */
#ifndef KEOGIAM_SERIES_SPANS_H
#define KEOGIAM_SERIES_SPANS_H

#include "base/buf.h"
#include "base/date.h"

struct spans {
    struct span *items;
    size_t count, cap;
};

void spans_free(struct spans *s); /* accepts zero */

/* s = s ∪ by; spans that overlap or touch become one. */
bool spans_add(struct spans *s, struct span by, struct err *e);
bool spans_add_all(struct spans *s, const struct spans *by, struct err *e);
/* s = the days of s that a lacks. */
bool spans_subtract(struct spans *s, const struct spans *a, struct err *e);

/* out = a ∩ b. */
bool spans_intersect(struct spans *out, const struct spans *a, const struct spans *b,
                     struct err *e);
bool spans_clip(struct spans *out, const struct spans *a, struct span by, struct err *e);
/* out = the same days `years` later, span by span as span_shift_years has it (29 February). */
bool spans_shift_years(struct spans *out, const struct spans *a, int years, struct err *e);
/* out = the days of `all` that a lacks. */
bool spans_missing(struct spans *out, const struct spans *a, struct span all, struct err *e);

static inline bool spans_has(const struct spans *s, day d)
{
    for (size_t i = 0; i < s->count; i++)
        if (span_has(s->items[i], d))
            return true;
    return false;
}
bool spans_contain(const struct spans *s, struct span by); /* every day of it */
bool spans_touch(const struct spans *s, struct span by);   /* some day of it */
bool spans_equal(const struct spans *a, const struct spans *b);
int64_t spans_days(const struct spans *s);
day spans_end(const struct spans *s); /* DAY_NONE when empty */

#endif
