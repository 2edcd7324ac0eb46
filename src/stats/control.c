/* control.c: limits, segments and verdicts; see control.h for the definitions. */
#include "stats/control.h"

#include <math.h>

#include "stats/control_private.h"
#include "stats/tails.h"

/* ---- tails and limits ---- */

/* Is k past the limit: too high to be inside, or high enough to be the lower limit? */
static bool is_past(double k, double mean, double phi, bool is_upper)
{
    return is_upper ? tails_count_upper(k, mean, phi) <= CONTROL_TAIL
                    : tails_count_lower(k, mean, phi) > CONTROL_TAIL;
}

/* The least whole k >= 0 that is past. */
static double least_past(double mean, double phi, bool is_upper)
{
    double step = ceil(4 * sqrt(phi * mean)) + 1, high = floor(mean) + 1;
    double low = fmax(-1, high - step);
    while (!is_past(high, mean, phi, is_upper) && high < 1e15) {
        low = high;
        high += step;
        step *= 2;
    }
    while (low >= 0 && is_past(low, mean, phi, is_upper))
        low = fmax(-1, low - step);
    while (high - low > 1) {
        double middle = low + floor((high - low) / 2);
        if (is_past(middle, mean, phi, is_upper))
            high = middle;
        else
            low = middle;
    }
    return high;
}

void control_limits(double mean, double phi, double *lower, double *upper)
{
    *lower = *upper = NAN;
    if (!(mean >= 0 && mean < 1e15))
        return;
    phi = phi > 1 ? phi : 1;
    *lower = least_past(mean, phi, false);
    *upper = least_past(mean, phi, true) - 1;
}

/* ---- words ---- */

void control_add_signals(struct buf *b, unsigned signals)
{
    static const char *const tokens[] = {"above",       "below",       "run_above", "run_below",
                                         "outer_above", "outer_below", "rising",    "falling",
                                         "close",       "long",        "apart"};
    bool is_first = true;
    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
        if (!(signals & 1U << i))
            continue;
        buf_adds(b, is_first ? "" : ",");
        buf_adds(b, tokens[i]);
        is_first = false;
    }
}

const char *control_variation_token(enum control_variation v)
{
    static const char *const tokens[] = {"too_few", "common", "earlier", "improving", "worsening"};
    return tokens[v];
}

const char *control_assurance_token(enum control_assurance a)
{
    static const char *const tokens[] = {"", "meets", "unsure", "fails"};
    return tokens[a];
}

/* ---- the verdict ---- */

void control_note(struct control_verdict *v, enum control_signal signal, size_t from, size_t to)
{
    v->signals++;
    if (v->signal && to <= v->signal_to)
        return;
    v->signal = signal;
    v->signal_from = from;
    v->signal_to = to;
}

/* NB with mean m and variance ratio r = phi (1 + e/E); r > 1 since e > 0. */
static double within(const struct control_verdict *v, double phi, struct control_target target)
{
    double share = target.exposure / v->exposure;
    if (!(target.count >= 0 && target.count < 9e15 && share > 0 && isfinite(share)))
        return NAN;
    double mean = (v->total + 0.5) * share, excess = phi * (1 + share) - 1;
    return tails_nb_lower((int64_t)floor(target.count), mean / excess, 1 / (excess + 1),
                          excess / (excess + 1));
}

static enum control_variation variation_of(const struct control_verdict *v, bool is_recent)
{
    static const unsigned worse =
        CONTROL_ABOVE | CONTROL_RUN_ABOVE | CONTROL_OUTER_ABOVE | CONTROL_RISING | CONTROL_CLOSE;
    if (!v->signal)
        return CONTROL_COMMON;
    if (!is_recent)
        return CONTROL_EARLIER;
    return v->signal & worse ? CONTROL_WORSENING : CONTROL_IMPROVING;
}

void control_judge(struct control_verdict *v, bool is_enough, bool is_recent, double phi,
                   struct control_target target)
{
    v->variation = is_enough ? variation_of(v, is_recent) : CONTROL_TOO_FEW;
    v->prob_within = within(v, phi, target);
    v->assurance = CONTROL_NO_TARGET;
    if (!is_enough || isnan(v->prob_within))
        return;
    v->assurance = v->prob_within >= 0.9   ? CONTROL_MEETS
                   : v->prob_within <= 0.1 ? CONTROL_FAILS
                                           : CONTROL_UNSURE;
}

/* ---- segments of a series ---- */

/* Where the segment that holds step i ends: the next beginning of one behind i. */
static size_t segment_end(const struct time_series *s, size_t i)
{
    size_t end = s->n;
    for (size_t j = 0; j < s->step_count; j++) {
        size_t at = s->steps[j].at + (s->steps[j].share < 0.5);
        end = at > i && at < end ? at : end;
    }
    return end;
}

/* A month has one of few lengths: the limits of one like it are taken over. */
static void set_limits(const struct control_span *span, size_t i)
{
    struct control_point *point = &span->points[i];
    for (size_t j = i; j > span->from && i - j < 12; j--) {
        if (span->points[j - 1].centre != point->centre)
            continue;
        point->lower = span->points[j - 1].lower;
        point->upper = span->points[j - 1].upper;
        return;
    }
    control_limits(point->centre, span->phi, &point->lower, &point->upper);
}

/* Sums, centre and limits. */
static void fill_segment(const struct control_span *span, struct control_verdict *v)
{
    const struct time_series *s = span->series;
    for (size_t i = span->from; i < span->to; i++) {
        if (isnan(s->count[i]))
            continue;
        v->n++;
        v->total += s->count[i];
        v->exposure += s->exposure[i];
    }
    for (size_t i = span->from; i < span->to; i++) {
        struct control_point *point = &span->points[i];
        *point = (struct control_point){NAN, NAN, NAN, v->segments, 0};
        if (v->n == 0)
            continue;
        point->centre = v->total * (s->exposure[i] / v->exposure);
        set_limits(span, i);
    }
}

/* The last signal ended with one of the last year's steps; the year ends with what is known. */
static bool is_recent(const struct time_series *s, const struct control_verdict *v)
{
    size_t last = v->to;
    while (last > v->from && isnan(s->count[last - 1]))
        last--;
    return v->signal && v->signal_to + (size_t)s->per_year >= last;
}

struct control_verdict control_counts(const struct time_series *s, double phi,
                                      struct control_target target, struct control_point *points)
{
    struct control_verdict v = {.centre = NAN, .lower = NAN, .upper = NAN};
    struct control_span span = {s, points, 0, 0, phi > 1 ? phi : 1};
    size_t segment = 0;
    for (size_t from = 0; from < s->n; from = span.to) {
        span.from = from;
        span.to = segment_end(s, from);
        v = (struct control_verdict){.segments = segment++, .from = from, .to = span.to};
        fill_segment(&span, &v);
        control_apply_rules(&span, &v);
        v.centre = points[span.to - 1].centre;
        v.lower = points[span.to - 1].lower;
        v.upper = points[span.to - 1].upper;
    }
    v.segments = segment;
    control_judge(&v, v.n >= CONTROL_POINTS_MIN && v.total >= CONTROL_CASES_MIN, is_recent(s, &v),
                  span.phi, target);
    return v;
}
