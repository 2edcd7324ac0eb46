/* spans.h: sets of days as ascending, disjoint, non-touching spans. */
#ifndef KEOGIAM_SERIES_SPANS_H
#define KEOGIAM_SERIES_SPANS_H

#include "base/buf.h"
#include "base/date.h"

struct spans {
    struct span *items;
    size_t count, cap;
};

void spans_free(struct spans *s); /* accepts zero */
bool spans_add(struct spans *s, struct span by, struct err *e);           /* union with one span */
bool spans_copy(struct spans *out, const struct spans *s, struct err *e); /* out: zero before */
/* out (zero before) = a ∩ b. */
bool spans_intersect(struct spans *out, const struct spans *a, const struct spans *b, struct err *e);
bool spans_clip(struct spans *out, const struct spans *a, struct span by, struct err *e);
/* out (zero before) = the same days `years` later. */
bool spans_shift_years(struct spans *out, const struct spans *a, int years, struct err *e);
/* out (zero before) = the days of `all` that a lacks. */
bool spans_missing(struct spans *out, const struct spans *a, struct span all, struct err *e);

bool spans_has(const struct spans *s, day d);
bool spans_contain(const struct spans *s, struct span by); /* every day of it */
bool spans_touch(const struct spans *s, struct span by);   /* some day of it */
bool spans_equal(const struct spans *a, const struct spans *b);
int64_t spans_days(const struct spans *s);
day spans_end(const struct spans *s); /* DAY_NONE when empty */

#endif
