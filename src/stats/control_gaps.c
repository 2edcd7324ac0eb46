/* control_gaps.c: days between cases as spacings of uniform points; see control.h. */
#include <math.h>

#include "stats/control_private.h"
#include "stats/tails.h"

#define RECENT_DAYS 365

static const size_t sums[] = {2, 3, 5, 8};
#define SUMS (sizeof sums / sizeof sums[0])

/* A segment: cases from ... to - 1 on the clock from start to end. */
struct stretch {
    const struct control_gaps_input *in;
    struct control_gap *gaps;
    size_t from, to;
    double start, end;
};

/* P(k neighbouring spacings together <= days), P(>= days). */
static double share_of(const struct stretch *s, double days)
{
    return fmin(1, fmax(0, days / (s->end - s->start)));
}

static double sum_lower(const struct stretch *s, size_t k, double days)
{
    double share = share_of(s, days), rest = (double)(s->to - s->from - k + 1);
    return tails_beta_lower((double)k, rest, share, 1 - share);
}

static double sum_upper(const struct stretch *s, size_t k, double days)
{
    double share = share_of(s, days), rest = (double)(s->to - s->from - k + 1);
    return tails_beta_lower(rest, (double)k, 1 - share, share);
}

/* Quantile of one spacing whose upper tail is `upper`: (1 - x)^n = upper. */
static double spacing(const struct stretch *s, double upper)
{
    return (s->end - s->start) * -expm1(log(upper) / (double)(s->to - s->from));
}

static void set_limits(const struct stretch *s)
{
    double lower = spacing(s, 1 - CONTROL_TAIL);
    for (size_t i = s->from; i < s->to; i++) {
        struct control_gap *gap = &s->gaps[i];
        gap->gap = i > s->from ? s->in->at[i] - s->in->at[i - 1] : NAN;
        gap->centre = spacing(s, 0.5);
        gap->upper = spacing(s, CONTROL_TAIL);
        gap->lower = lower >= 1 ? lower : NAN;
    }
}

/* ---- signals ---- */

/* A gap that is too long by itself says why the sums that hold it are. */
static bool has_long(const struct stretch *s, size_t i, size_t k, const struct control_open *open)
{
    for (size_t j = i - k + 1; j <= i; j++)
        if ((j < s->to ? s->gaps[j].signals : open->signals) & CONTROL_LONG)
            return true;
    return false;
}

/* How many of the gaps that end with case i (i = to: with the open one) are too short or too long
 * together; 0 for none. Of the sums that are, the least likely. */
static size_t sum_signal(const struct stretch *s, size_t i, bool is_short,
                         const struct control_open *open)
{
    double until = i < s->to ? s->in->at[i] : s->end, least = CONTROL_TAIL / SUMS;
    size_t found = 0;
    for (size_t j = 0; j < SUMS && i >= s->from + sums[j]; j++) {
        size_t k = sums[j];
        double days = until - s->in->at[i - k];
        double tail = is_short ? sum_lower(s, k, days + 1) : sum_upper(s, k, fmax(0, days - 1));
        if (tail > least || (!is_short && has_long(s, i, k, open)))
            continue;
        least = tail;
        found = k;
    }
    return found;
}

/* Ones that overlap are one signal. `from`: the case behind which its first gap begins. */
static void mark_sums(const struct stretch *s, bool is_short, struct control_verdict *v,
                      struct control_open *open)
{
    enum control_signal signal = is_short ? CONTROL_CLOSE : CONTROL_APART;
    size_t from = 0, to = 0;
    bool is_open = false;
    for (size_t i = s->from + 1; i <= s->to - is_short; i++) {
        size_t k = sum_signal(s, i, is_short, open);
        if (k == 0)
            continue;
        if (is_open && i - k > to)
            control_note(v, signal, from, to);
        from = is_open && i - k <= to ? (from < i - k ? from : i - k) : i - k;
        to = i;
        is_open = true;
        for (size_t j = i - k + 1; j <= i && j < s->to; j++)
            s->gaps[j].signals |= signal;
        if (i == s->to)
            open->signals |= signal;
    }
    if (is_open)
        control_note(v, signal, from, to);
}

static void mark_long(const struct stretch *s, struct control_verdict *v, struct control_open *open)
{
    for (size_t i = s->from + 1; i < s->to; i++) {
        if (!(s->gaps[i].gap > s->gaps[i].upper))
            continue;
        s->gaps[i].signals |= CONTROL_LONG;
        control_note(v, CONTROL_LONG, i - 1, i);
    }
    if (!(open->prob <= CONTROL_TAIL))
        return;
    open->signals |= CONTROL_LONG;
    control_note(v, CONTROL_LONG, s->to - 1, s->to);
}

/* ---- segments ---- */

static struct stretch next_stretch(const struct control_gaps_input *in, struct control_gap *gaps,
                                   size_t from, double start)
{
    struct stretch s = {in, gaps, from, from, start, in->end};
    for (size_t i = in->rebase_count; i-- > 0;)
        if (in->rebase[i] > start && in->rebase[i] < s.end)
            s.end = in->rebase[i];
    while (s.to < in->n && (in->at[s.to] < s.end || s.end >= in->end))
        s.to++;
    return s;
}

static struct control_verdict verdict_init(const struct stretch *s, size_t segment)
{
    struct control_verdict v = {.segments = segment + 1,
                                .from = s->from,
                                .to = s->to,
                                .n = s->to - s->from,
                                .total = (double)(s->to - s->from),
                                .exposure = s->end - s->start,
                                .centre = NAN,
                                .lower = NAN,
                                .upper = NAN};
    return v;
}

static void judge_stretch(const struct stretch *s, struct control_verdict *v,
                          struct control_open *open)
{
    *open = (struct control_open){s->end - s->start, NAN, 0};
    if (s->to == s->from || !(s->end > s->start))
        return;
    set_limits(s);
    open->gap = s->end - s->in->at[s->to - 1];
    open->prob = sum_upper(s, 1, open->gap);
    mark_long(s, v, open);
    mark_sums(s, true, v, open);
    mark_sums(s, false, v, open);
    v->centre = s->gaps[s->from].centre;
    v->lower = s->gaps[s->from].lower;
    v->upper = s->gaps[s->from].upper;
}

/* A signal whose last case is the last one, or that ended in the last year. */
static bool is_recent(const struct control_gaps_input *in, const struct control_verdict *v)
{
    if (!v->signal)
        return false;
    return v->signal_to + 1 >= v->to || in->at[v->signal_to] > in->end - RECENT_DAYS;
}

struct control_verdict control_gaps(const struct control_gaps_input *in, struct control_gap *gaps,
                                    struct control_open *open)
{
    struct stretch s = {.end = in->start};
    struct control_verdict v;
    size_t segment = 0;
    do {
        s = next_stretch(in, gaps, s.to, s.end);
        for (size_t i = s.from; i < s.to; i++)
            gaps[i] = (struct control_gap){NAN, NAN, NAN, NAN, segment, 0};
        v = verdict_init(&s, segment++);
        judge_stretch(&s, &v, open);
    } while (s.end < in->end);
    control_judge(&v, v.n >= CONTROL_CASES_MIN, is_recent(in, &v), 1, in->target);
    return v;
}
