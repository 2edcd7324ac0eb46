/* control_rules.c: the rules of control.h over the known points of one segment. */
#include <math.h>

#include "stats/control_private.h"
#include "stats/tails.h"

#define RUN_POINTS 8
#define RUN_TOSSES 7
#define TREND_POINTS 6
#define OUTER_TAIL 0.02275013194817920720 /* R: pnorm(-2) */

static bool is_known(const struct control_span *s, size_t i)
{
    return !isnan(s->series->count[i]);
}

/* ---- beyond the limits ---- */

static void mark_beyond(const struct control_span *s, struct control_verdict *v)
{
    for (size_t i = s->from; i < s->to; i++) {
        double x = s->series->count[i]; /* NAN is beyond nothing */
        struct control_point *point = &s->points[i];
        enum control_signal signal = x > point->upper ? CONTROL_ABOVE : CONTROL_BELOW;
        if (!(x > point->upper || x < point->lower))
            continue;
        point->signals |= signal;
        control_note(v, signal, i, i);
    }
}

/* ---- runs ---- */

/* 1 above the centre, -1 below, 0 on it. */
static int side_of(const struct control_span *s, size_t i)
{
    double centre = s->points[i].centre, off = s->series->count[i] - centre;
    if (fabs(off) <= 1e-9 * centre)
        return 0;
    return off > 0 ? 1 : -1;
}

/* log P(on this side | not on the centre). */
static double side_chance(const struct control_span *s, size_t i, int side)
{
    double centre = s->points[i].centre, whole = round(centre);
    bool is_whole = fabs(whole - centre) <= 1e-9 * centre;
    double below = tails_count_lower(is_whole ? whole - 1 : floor(centre), centre, s->phi);
    double above = tails_count_upper(is_whole ? whole + 1 : floor(centre) + 1, centre, s->phi);
    return log((side > 0 ? above : below) / (above + below));
}

struct run {
    int side;
    size_t from, to, points; /* to: its last point */
    double chance;           /* log */
};

static void end_run(const struct control_span *s, const struct run *r, struct control_verdict *v)
{
    enum control_signal signal = r->side > 0 ? CONTROL_RUN_ABOVE : CONTROL_RUN_BELOW;
    if (r->points < RUN_POINTS || r->chance > -RUN_TOSSES * log(2))
        return;
    for (size_t i = r->from; i <= r->to; i++)
        if (is_known(s, i) && side_of(s, i) == r->side)
            s->points[i].signals |= signal;
    control_note(v, signal, r->from, r->to);
}

static void mark_runs(const struct control_span *s, struct control_verdict *v)
{
    struct run r = {0};
    for (size_t i = s->from; i < s->to; i++) {
        int side = is_known(s, i) ? side_of(s, i) : 0;
        if (side == 0)
            continue;
        if (side != r.side) {
            end_run(s, &r, v);
            r = (struct run){.side = side, .from = i};
        }
        r.to = i;
        r.points++;
        r.chance += side_chance(s, i, side);
    }
    end_run(s, &r, v);
}

/* ---- two of three in the outer third ---- */

static int outer_side(const struct control_span *s, size_t i)
{
    double x = s->series->count[i], centre = s->points[i].centre;
    if (tails_count_upper(x, centre, s->phi) <= OUTER_TAIL)
        return 1;
    return tails_count_lower(x, centre, s->phi) <= OUTER_TAIL ? -1 : 0;
}

/* Pairs that share a point, or stand within three, are one signal. */
static void mark_outer_side(const struct control_span *s, int side, struct control_verdict *v)
{
    enum control_signal signal = side > 0 ? CONTROL_OUTER_ABOVE : CONTROL_OUTER_BELOW;
    size_t last = 0, since = 3; /* the last outer point, and how many points ago it was */
    size_t from = 0, to = 0;
    bool is_open = false;
    for (size_t i = s->from; i < s->to; i++) {
        since += is_known(s, i);
        if (!is_known(s, i) || outer_side(s, i) != side)
            continue;
        if (since <= 2) {
            s->points[last].signals |= signal;
            s->points[i].signals |= signal;
            from = is_open ? from : last;
            to = i;
            is_open = true;
        } else if (is_open) {
            control_note(v, signal, from, to);
            is_open = false;
        }
        last = i;
        since = 0;
    }
    if (is_open)
        control_note(v, signal, from, to);
}

/* ---- trends ---- */

/* The direction from one point to the next: in count and in rate, so that neither the lengths of
 * months nor the rounding of counts makes one. */
static int direction(const struct control_span *s, size_t a, size_t b)
{
    double step = s->series->count[b] - s->series->count[a];
    double rate_step =
        s->series->count[b] * s->series->exposure[a] - s->series->count[a] * s->series->exposure[b];
    if (step > 0 && rate_step > 0)
        return 1;
    return step < 0 && rate_step < 0 ? -1 : 0;
}

static void end_trend(const struct control_span *s, const struct run *r, struct control_verdict *v)
{
    enum control_signal signal = r->side > 0 ? CONTROL_RISING : CONTROL_FALLING;
    if (r->side == 0 || r->points < TREND_POINTS)
        return;
    for (size_t i = r->from; i <= r->to; i++)
        if (is_known(s, i))
            s->points[i].signals |= signal;
    control_note(v, signal, r->from, r->to);
}

static void mark_trends(const struct control_span *s, struct control_verdict *v)
{
    struct run r = {0};
    for (size_t i = s->from; i < s->to; i++) {
        if (!is_known(s, i))
            continue;
        int side = r.points ? direction(s, r.to, i) : 0;
        if (r.points == 0 || side != r.side) {
            end_trend(s, &r, v);
            bool has_before = r.points > 0 && side != 0;
            r = (struct run){.side = side, .from = has_before ? r.to : i, .points = has_before};
        }
        r.to = i;
        r.points++;
    }
    end_trend(s, &r, v);
}

/* In the order in which they explain a point that two of them mark: control_note keeps the first.
 */
void control_apply_rules(const struct control_span *s, struct control_verdict *v)
{
    mark_beyond(s, v);
    mark_runs(s, v);
    mark_outer_side(s, 1, v);
    mark_outer_side(s, -1, v);
    mark_trends(s, v);
}
