/* One series out of a set. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "series/series_set.h"

/* ---- states ---- */

/* Where a unit that takes no part is counted: behind the steps of those that do. */
static size_t window_of(const struct series_set *s, size_t unit, size_t step)
{
    return s->parts[unit] ? step : s->n + step;
}

/* A kind that is not recorded on all days of a step has no count there. */
static bool is_recorded(const struct series_set *s, size_t category, size_t step)
{
    struct span valid = s->scope.directory->categories[s->scope.categories[category]].valid;
    struct span days = s->days[step].items[0];
    return valid.from <= days.from && valid.to >= days.to;
}

static enum step_state state_of(const struct series_set *s, size_t unit, size_t category,
                                size_t step, unsigned char marks)
{
    size_t at = unit * s->n + step;
    if (marks & (TALLY_UNKNOWN | TALLY_COARSE) || !is_recorded(s, category, step))
        return STEP_UNKNOWN;
    if (tally_possible(&s->tally, tally_at(&s->tally, unit, category, window_of(s, unit, step))) ||
        scope_is_bounded(&s->scope, unit, s->days[step].items[0]))
        return STEP_BOUNDED;
    if (spans_contain(&s->known.counts[unit], s->days[step].items[0]))
        return STEP_KNOWN;
    if (s->due[at] && s->full[at] == s->due[at])
        return STEP_KNOWN;
    return s->some[at] ? STEP_PARTIAL : STEP_UNKNOWN;
}

static void take_step(const struct series_set *s, size_t unit, size_t category, size_t step,
                      struct series *x)
{
    const struct tally *t = &s->tally;
    size_t at = tally_at(t, unit, category, window_of(s, unit, step));
    enum step_state state = state_of(s, unit, category, step, t->marks[at]);
    x->state[step] = (unsigned char)state;
    x->recorded[step] = state == STEP_UNKNOWN ? NAN : (double)t->counts[at];
    x->count[step] = state == STEP_KNOWN ? (double)t->counts[at] : NAN;
    x->marks |= t->marks[at];
    x->absent += t->absent ? t->absent[at] : 0;
}

/* ---- exposure ---- */

/* Of a total, the people of those that take part; where one's are not known, its own. */
static double people_of(struct series_set *s, size_t unit, size_t step)
{
    double sum = 0;
    for (size_t u = unit; !s->scope.is_leaf[unit] && u < s->scope.unit_count; u++)
        if (s->scope.is_leaf[u] && s->parts[u] && s->due[u * s->n + step] &&
            !s->scope.directory->units[s->scope.units[u]].is_unknown &&
            scope_is_under(&s->scope, unit, u))
            sum += population_person_years(&s->population, u, &s->days[step]);
    if (s->scope.is_leaf[unit] || isnan(sum) || sum <= 0)
        sum = population_person_years(&s->population, unit, &s->days[step]);
    return sum;
}

static double exposure_of(struct series_set *s, size_t unit, size_t step)
{
    struct span valid = s->scope.life[unit];
    int64_t days = span_days(span_intersect(s->days[step].items[0], valid));
    if (s->q->per == PER_POPULATION)
        return people_of(s, unit, step);
    return s->q->per == PER_DAYS ? (double)days : (double)(days > 0);
}

static void take_exposure(struct series_set *s, size_t unit, size_t step, struct series *x)
{
    double exposure = exposure_of(s, unit, step);
    bool known = exposure > 0 && isfinite(exposure);
    x->exposure[step] = known ? exposure : 1;
    if (known || x->state[step] == STEP_UNKNOWN)
        return;
    x->no_exposure = true;
    x->state[step] = STEP_UNKNOWN;
    x->count[step] = x->recorded[step] = NAN;
}

/* ---- events ---- */

static size_t step_at(const struct series_set *s, day on)
{
    size_t i = 0;
    while (i < s->n && s->days[i].items[0].to < on)
        i++;
    return i;
}

static struct span all_days(const struct series_set *s)
{
    return (struct span){s->days[0].items[0].from, s->days[s->n - 1].items[0].to};
}

static void exclude(const struct series_set *s, size_t unit, struct series *x)
{
    const struct event *event;
    size_t i = 0;
    while ((event = events_next(s->events, s->scope.units[unit], all_days(s), &i))) {
        size_t step = step_at(s, event->on);
        if (event->action != EVENT_EXCLUDE || x->state[step] != STEP_KNOWN)
            continue;
        x->state[step] = STEP_EXCLUDED;
        x->count[step] = NAN;
    }
}

bool series_level_steps(const struct series_set *s, size_t unit, const struct series *x,
                        struct series_step **items, size_t *count, struct err *e)
{
    const struct event *event;
    size_t i = 0;
    *count = 0;
    *items = malloc((s->events->count + 1) * sizeof **items);
    if (!*items)
        return err_memory(e);
    while ((event = events_next(s->events, s->scope.units[unit], all_days(s), &i))) {
        size_t step = step_at(s, event->on);
        struct span days = s->days[step].items[0];
        double share = (double)(days.to - event->on + 1) / (double)span_days(days);
        bool first = step == x->offset && share >= 1;
        if (event->action == EVENT_STEP && step >= x->offset && step < x->offset + x->n && !first)
            (*items)[(*count)++] = (struct series_step){step - x->offset, share};
    }
    return true;
}

/* ---- the series ---- */

static bool alloc_series(struct series *x, size_t n, struct err *e)
{
    *x = (struct series){0};
    x->count = malloc((n + 1) * sizeof *x->count);
    x->recorded = malloc((n + 1) * sizeof *x->recorded);
    x->exposure = malloc((n + 1) * sizeof *x->exposure);
    x->state = malloc(n + 1);
    if (x->count && x->recorded && x->exposure && x->state)
        return true;
    series_free(x);
    return err_memory(e);
}

void series_trim(const struct series_set *s, struct series *x)
{
    size_t from = 0, to = x->n;
    while (from < to && isnan(x->count[from]))
        from++;
    while (to > from && isnan(x->count[to - 1]))
        to--;
    x->offset += from;
    x->n = to - from;
    x->first = s->first + (int64_t)x->offset;
    memmove(x->count, x->count + from, x->n * sizeof *x->count);
    memmove(x->recorded, x->recorded + from, x->n * sizeof *x->recorded);
    memmove(x->exposure, x->exposure + from, x->n * sizeof *x->exposure);
    memmove(x->state, x->state + from, x->n);
}

static void count_known(struct series *x)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->state[i] == STEP_KNOWN) {
            x->known++;
            x->total += (int64_t)x->count[i];
        }
}

static bool exists(const struct series_set *s, size_t u)
{
    bool any = false;
    for (size_t i = 0; !any && i < s->n; i++)
        any = s->due[u * s->n + i] > 0;
    return any && s->scope.is_leaf[u] && !s->scope.directory->units[s->scope.units[u]].is_unknown;
}

static void count_units(const struct series_set *s, size_t unit, struct series *x)
{
    for (size_t u = unit; !s->scope.is_leaf[unit] && u < s->scope.unit_count; u++)
        if (exists(s, u) && scope_is_under(&s->scope, unit, u)) {
            x->units++;
            x->units_compared += s->parts[u];
        }
}

bool series_take(struct series_set *s, size_t unit, size_t category, struct series *x,
                 struct err *e)
{
    if (!alloc_series(x, s->n, e))
        return false;
    for (size_t i = 0; i < s->n; i++) {
        take_step(s, unit, category, i, x);
        take_exposure(s, unit, i, x);
    }
    exclude(s, unit, x);
    x->n = s->n;
    x->first = s->first;
    count_known(x);
    x->undated = s->undated.counts[tally_at(&s->undated, unit, category, 0)];
    count_units(s, unit, x);
    return true;
}

void series_free(struct series *x)
{
    free(x->count);
    free(x->recorded);
    free(x->exposure);
    free(x->state);
    *x = (struct series){0};
}

/* ---- the note ---- */

static void add_units(struct buf *b, const struct series_set *s, size_t unit,
                      const struct series *x)
{
    size_t named = 0;
    if (x->units_compared >= x->units)
        return;
    buf_addf(b, "compared_units=%zu/%zu;", x->units_compared, x->units);
    for (size_t u = unit; u < s->scope.unit_count; u++)
        if (exists(s, u) && !s->parts[u] && scope_is_under(&s->scope, unit, u))
            notes_name(b, "left_out", s->scope.directory->units[s->scope.units[u]].code, &named);
    notes_names_end(b, named);
}

void series_note(struct buf *b, const struct series_set *s, size_t unit, size_t category,
                 const struct series *x)
{
    size_t states[STEP_STATES] = {0};
    for (size_t i = 0; i < x->n; i++)
        states[x->state[i]]++;
    add_units(b, s, unit, x);
    notes_some(b, "steps_partial", (int64_t)states[STEP_PARTIAL]);
    notes_some(b, "steps_unknown", (int64_t)states[STEP_UNKNOWN]);
    notes_some(b, "steps_bounded", (int64_t)states[STEP_BOUNDED]);
    notes_some(b, "steps_excluded", (int64_t)states[STEP_EXCLUDED]);
    notes_some(b, "undated", x->undated);
    notes_some(b, "absent_zero", x->absent);
    notes_flag(b, "coarse", x->marks & TALLY_COARSE);
    notes_flag(b, "stated", x->marks & TALLY_STATED);
    notes_flag(b, "negative_rest", x->marks & TALLY_NEGATIVE);
    notes_flag(b, "assumed", s->scope.is_leaf[unit] ? s->known.assumed[unit] : s->assumed);
    notes_flag(b, "exposure_unknown", x->no_exposure);
    if (s->population.is_proxy)
        buf_addf(b, "population_proxy=%s;", s->population.column);
    notes_flag(b, "population_held", s->population.held);
    notes_boundaries(b, &s->scope, unit, all_days(s).from);
    notes_kinds(b, &s->scope, category, all_days(s));
}
