#include "stats/jump.h"

#include <math.h>
#include <stdint.h>

#include "stats/comparison.h"

static size_t months_of(struct jump_run r)
{
    return r.last - r.first + 1;
}

/* ---- which months ---- */

/* The run `by` whole years earlier or later, the least that brings it inside `whole`. */
static bool shift_into(struct jump_run run, struct jump_run whole, int direction,
                       struct jump_run *out)
{
    size_t n = months_of(run);
    for (size_t by = 12; by <= 12 * JUMP_YEARS_MOST; by += 12) {
        if (direction < 0 && run.first < by)
            return false;
        out->first = direction < 0 ? run.first - by : run.first + by;
        out->last = out->first + n - 1;
        if (out->first >= whole.first && out->last <= whole.last)
            return true;
    }
    return false;
}

/* Whole years on both sides that lie next to each other but for months of nobody between. */
static bool choose_years(struct jump_run before, struct jump_run after, struct jump *j)
{
    size_t n = months_of(before) < months_of(after) ? months_of(before) : months_of(after);
    n = n / 12 < JUMP_YEARS_MOST ? n / 12 * 12 : 12 * JUMP_YEARS_MOST;
    j->before = (struct jump_run){before.last + 1 - n, before.last};
    j->after = (struct jump_run){after.first, after.first + n - 1};
    return n > 0;
}

static void choose_next(struct jump_run before, struct jump_run after, struct jump *j)
{
    size_t n = months_of(before) < months_of(after) ? months_of(before) : months_of(after);
    n = n > 12 ? 12 : n;
    j->before = (struct jump_run){before.last + 1 - n, before.last};
    j->after = (struct jump_run){after.first, after.first + n - 1};
    j->other_season = true;
}

/* Rows of several months that stick out of the choice are taken whole. */
static bool widen_to_rows(const struct jump_series *s, struct jump_run whole, struct jump_run *r)
{
    struct jump_run was = *r;
    while (r->first > whole.first && !s->starts[r->first])
        r->first--;
    while (r->last < whole.last && !s->starts[r->last + 1])
        r->last++;
    return r->first != was.first || r->last != was.last;
}

static void choose(const struct jump_series *s, struct jump_run before, struct jump_run after,
                   struct jump *j)
{
    bool found = choose_years(before, after, j);
    j->before = found ? j->before : before;
    j->after = found ? j->after : after;
    if (!found && months_of(after) < 12 && months_of(after) <= months_of(before))
        found = shift_into(after, before, -1, &j->before);
    else if (!found)
        found = shift_into(before, after, +1, &j->after);
    if (!found)
        choose_next(before, after, j);
    bool wider = widen_to_rows(s, before, &j->before);
    wider |= widen_to_rows(s, after, &j->after);
    j->other_season |= wider && (months_of(j->before) % 12 || months_of(j->after) % 12);
}

/* ---- the comparison ---- */

static double sum_of(const struct jump_series *s, struct jump_run r)
{
    double sum = 0;
    for (size_t i = r.first; i <= r.last; i++)
        sum += s->count[i];
    return sum;
}

static double pearson(const struct jump_series *s, struct jump_run r, double mean)
{
    double sum = 0;
    for (size_t i = r.first; mean > 0 && i <= r.last; i++)
        sum += (s->count[i] - mean) * (s->count[i] - mean) / mean;
    return sum;
}

static bool is_monthly(const struct jump_series *s, struct jump_run r)
{
    for (size_t i = r.first; i <= r.last; i++)
        if (!s->starts[i])
            return false;
    return months_of(r) >= 12;
}

static double dispersion(const struct jump_series *s, const struct jump *j)
{
    double n0 = (double)months_of(j->before), n1 = (double)months_of(j->after);
    if (!is_monthly(s, j->before) || !is_monthly(s, j->after))
        return 1;
    return fmax(1, (pearson(s, j->before, j->count_before / n0) +
                    pearson(s, j->after, j->count_after / n1)) /
                       (n0 + n1 - 2));
}

static void compare(const struct jump_series *s, struct jump *j)
{
    double n0 = (double)months_of(j->before), n1 = (double)months_of(j->after);
    j->count_before = sum_of(s, j->before);
    j->count_after = sum_of(s, j->after);
    j->phi = dispersion(s, j);
    struct comparison_interval i =
        comparison_overdispersed(j->count_before, n0, j->count_after, n1, j->phi);
    j->ratio = 1 - i.reduction_pct / 100;
    j->low = 1 - i.ci_high / 100;
    j->high = 1 - i.ci_low / 100;
    j->p_value = comparison_exact((int64_t)llround(j->count_before / j->phi), n0,
                                  (int64_t)llround(j->count_after / j->phi), n1, NAN)
                     .p_value;
}

bool jump_judge(const struct jump_series *s, struct jump_run before, struct jump_run after,
                struct jump *j)
{
    *j = (struct jump){.phi = 1};
    if (months_of(before) < JUMP_MONTHS_LEAST || months_of(after) < JUMP_MONTHS_LEAST)
        return false;
    choose(s, before, after, j);
    compare(s, j);
    return true;
}
