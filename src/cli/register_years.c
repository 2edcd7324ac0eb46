/* What each of the three years before came to, by the code that judges targets. */
#include <math.h>

#include "cli/register_private.h"

const struct period *register_period(const struct register_table *x, size_t year)
{
    return &x->tables[year].period;
}

/* Some unit that is asked to report does not reach the end of the year, or of its life. */
static bool is_short(const struct judged *j, struct span year)
{
    const struct compare *c = &j->set->compare;
    for (size_t u = 0; u < c->scope.unit_count; u++) {
        day end = span_intersect(c->scope.life[u], year).to;
        day known = compare_end(c, u);
        if (scope_is_under(&c->scope, j->slot, u) && compare_asks(c, u) &&
            (known == DAY_NONE || known < end))
            return true;
    }
    return false;
}

static enum year_state state_of(const struct judged *j, struct span year)
{
    if (j->indicator)
        return j->indicator->is_whole ? YEAR_FULL : YEAR_INCOMPLETE;
    if (j->running)
        return YEAR_RUNNING;
    return j->set && is_short(j, year) ? YEAR_INCOMPLETE : YEAR_FULL;
}

/* All that is recorded, also of units that cannot be compared: the next year is signed for by
 * everybody. */
static bool take_cases(const struct judged *j, struct register_year *y)
{
    const struct compared *k = &j->compared;
    if (!j->set || j->indicator || !k->has_now || !k->known || k->possible)
        return false;
    y->count = k->recorded;
    y->has_rest = j->has_rest;
    y->rest = j->rest;
    return true;
}

static void take_year(const struct judged *j, struct span year, struct register_year *y)
{
    *y = (struct register_year){.state = YEAR_UNKNOWN, .denominator = -1, .to = j->to};
    if (j->target->kind == TARGET_REDUCTION && take_cases(j, y)) {
        y->state = state_of(j, year);
        return;
    }
    if (!j->has_numerator)
        return;
    y->state = state_of(j, year);
    y->count = j->numerator;
    if (j->target->kind == TARGET_RATE && j->has_denominator)
        y->denominator = j->denominator;
}

/* The only place that the target is about. */
static bool find_place(const struct targets_table *t, const struct target *target,
                       const struct targets_place **place, struct err *e)
{
    *place = NULL;
    for (size_t i = 0; i < t->top_count; i++) {
        const struct targets_place *p = targets_place_of(t, target, i);
        if (!p || targets_pass_over(t, target, i))
            continue;
        if (*place)
            return err_set(e, ERR_USAGE,
                           "--propose: there are several units: name one of them with --unit");
        *place = p;
    }
    return true;
}

bool register_years_read(struct register_table *x, size_t i, struct register_row *row, bool *found,
                         struct err *e)
{
    *found = true;
    for (size_t k = REGISTER_YEARS; k-- > 0;) {
        struct targets_table *t = &x->tables[k];
        const struct target *target = &t->plan.targets[i];
        const struct targets_place *place;
        struct judged j;
        if (!targets_take_values(t, target, e) || !find_place(t, target, &place, e))
            return false;
        if (k + 1 == REGISTER_YEARS) {
            row->target = target;
            row->place = place;
            *found = place != NULL;
        }
        if (!place)
            continue;
        if (!targets_judge(t, target, place, 0, &j, e))
            return false;
        take_year(&j, t->period.span, &row->years[k]);
    }
    return true;
}

bool register_year_total(const struct register_year *y, int64_t *total)
{
    *total = y->count;
    if (y->state == YEAR_RUNNING && y->has_rest)
        *total += (int64_t)llround(predictive_mean(&y->rest));
    return y->state != YEAR_UNKNOWN && (y->state != YEAR_RUNNING || y->has_rest);
}
