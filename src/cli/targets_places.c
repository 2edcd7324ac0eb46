/* What `targets` asks of the data: for which units, which comparisons, which flows of reports. */
#include <stdlib.h>

#include "cli/targets_private.h"

/* ---- units asked for ---- */

/* On boundaries that changed: of their day. */
static bool is_top(const struct targets_table *t, size_t u)
{
    const struct unit *unit = &t->s->directory.units[u];
    const struct span day_of = {t->lineage->on, t->lineage->on};
    return unit->parent == NO_ENTRY && !unit->is_unknown &&
           t->lineage->units[u].fate == FATE_STAYS &&
           !span_is_empty(span_intersect(unit->valid, t->lineage->any ? day_of : t->period.span));
}

static bool plan_has_root(const struct plan *p, const struct directory *d, size_t category)
{
    for (size_t i = 0; i < p->count; i++) {
        size_t c = p->targets[i].category;
        if (c != NO_ENTRY && d->categories[c].root == d->categories[category].root)
            return true;
    }
    return false;
}

/* Some office under it speaks of what the plan is about. */
static bool has_data(const struct targets_table *t, size_t top)
{
    const struct directory *d = &t->s->directory;
    const struct cover *c = &t->s->cover;
    for (size_t i = 0; i < c->count; i++)
        if (directory_unit_contains(d, top, c->rows[i].unit) &&
            plan_has_root(&t->plan, d, c->rows[i].category))
            return true;
    return false;
}

static size_t list_tops(struct targets_table *t, bool with_data)
{
    const struct directory *d = &t->s->directory;
    t->top_count = 0;
    for (size_t u = 0; u < d->unit_count; u++)
        if (is_top(t, u) && (!with_data || has_data(t, u)))
            t->tops[t->top_count++] = u;
    return t->top_count;
}

static bool find_tops(struct targets_table *t, struct err *e)
{
    if (!session_lineage(t->s, t->period.span.to, &t->lineage, e) ||
        !session_units(t->s, OPT_UNIT, t->lineage->on, &t->tops, &t->top_count, e))
        return false;
    t->tops_given = t->top_count > 0;
    if (t->tops_given)
        return true;
    free(t->tops);
    t->tops = malloc((t->s->directory.unit_count + 1) * sizeof *t->tops);
    if (!t->tops)
        return err_memory(e);
    return list_tops(t, true) || list_tops(t, false) ||
           err_set(e, ERR_INPUT, "%s: no unit is valid in %s: load units with 'keogiam load'",
                   t->s->request->place, t->period.label);
}

/* A target of one unit is judged there, and in the units under it that were asked for. */
static size_t unit_of(const struct targets_table *t, const struct target *target, size_t i)
{
    const struct directory *d = &t->s->directory;
    if (target->unit == NO_ENTRY)
        return t->tops[i];
    if (!t->tops_given)
        return i == 0 ? target->unit : NO_ENTRY;
    if (directory_unit_contains(d, t->tops[i], target->unit))
        return target->unit;
    return directory_unit_contains(d, target->unit, t->tops[i]) ? t->tops[i] : NO_ENTRY;
}

/* ---- places ---- */

static void free_place(struct targets_place *p)
{
    if (!p)
        return;
    scope_free(&p->scope);
    free(p->rows);
    free(p);
}

static bool fill_place(const struct targets_table *t, size_t top, struct targets_place *p,
                       struct err *e)
{
    const struct directory *d = &t->s->directory;
    day gone = d->units[top].valid.to;
    day at = t->lineage->any ? t->lineage->on : t->period.span.to;
    p->top = top;
    return scope_init(&p->scope, d, t->lineage, &p->top, 1, NULL, 0, e) &&
           scope_rows(&p->scope, arg(t->s->request, OPT_LEVEL), gone < at ? gone : at, &p->rows,
                      &p->row_count, e);
}

static const struct targets_place *find_place(const struct targets_table *t, size_t top)
{
    for (size_t i = 0; i < t->place_count; i++)
        if (t->places[i]->top == top)
            return t->places[i];
    return NULL;
}

static bool need_place(struct targets_table *t, size_t top, struct err *e)
{
    void *places = t->places;
    if (find_place(t, top))
        return true;
    if (!array_grow(&places, &t->place_cap, t->place_count + 1, sizeof(struct targets_place *), e))
        return false;
    t->places = places;
    struct targets_place *p = calloc(1, sizeof *p);
    if (!p)
        return err_memory(e);
    t->places[t->place_count++] = p;
    return fill_place(t, top, p, e);
}

const struct targets_place *targets_place_of(const struct targets_table *t,
                                             const struct target *target, size_t i)
{
    size_t unit = unit_of(t, target, i);
    return unit == NO_ENTRY ? NULL : find_place(t, unit);
}

/* ---- comparisons ---- */

struct targets_set *targets_set_of(const struct targets_table *t, const struct targets_place *place,
                                   size_t category)
{
    if (category == NO_ENTRY)
        return NULL;
    size_t root = t->s->directory.categories[category].root;
    for (size_t i = 0; i < t->set_count; i++)
        if (t->sets[i]->place == place && t->sets[i]->root == root)
            return t->sets[i];
    return NULL;
}

static void free_set(struct targets_set *set)
{
    if (set && set->is_forecast)
        forecasting_free(&set->forecasting);
    if (set)
        compare_free(&set->compare);
    free(set);
}

static bool need_set(struct targets_table *t, const struct targets_place *place, size_t category,
                     struct err *e)
{
    void *sets = t->sets;
    if (category == NO_ENTRY || targets_set_of(t, place, category))
        return true;
    if (!array_grow(&sets, &t->set_cap, t->set_count + 1, sizeof(struct targets_set *), e))
        return false;
    t->sets = sets;
    struct targets_set *set = calloc(1, sizeof *set);
    if (!set)
        return err_memory(e);
    set->place = place;
    set->root = t->s->directory.categories[category].root;
    set->query = (struct compare_query){
        .tally = {.state = t->s->state,
                  .basis = t->basis,
                  .as_of = t->s->as_of,
                  .lineage = t->lineage},
        .calendar = t->s->calendar,
        .period = t->period,
        .before = {t->before},
        .before_count = 1,
        .per = PER_CASES,
        .tops = &place->top,
        .top_count = 1,
        .categories = &set->root,
        .category_count = 1,
    };
    t->sets[t->set_count++] = set;
    return compare_init(&set->compare, t->s->store, &t->s->directory, &t->s->cover, &set->query, e);
}

/* ---- flows ---- */

bool targets_needs_flow(const struct target *target)
{
    return target->category != NO_ENTRY && target->kind != TARGET_REDUCTION &&
           target->numerator >= 0 && target->numerator != RATE_INDICATOR;
}

static size_t find_flow(const struct targets_table *t, const struct targets_place *place,
                        size_t category)
{
    size_t i = 0;
    const struct targets_set *set = targets_set_of(t, place, category);
    while (i < t->flow_count && (!set || t->queries[i].scope != &set->compare.scope ||
                                 t->queries[i].category != category))
        i++;
    return i;
}

const struct flows *targets_flows_of(const struct targets_table *t,
                                     const struct targets_place *place, size_t category)
{
    size_t i = find_flow(t, place, category);
    return i < t->flow_count ? &t->flows[i] : NULL;
}

static bool need_flow(struct targets_table *t, const struct targets_place *place,
                      const struct target *target, struct err *e)
{
    void *queries = t->queries;
    if (!targets_needs_flow(target) || find_flow(t, place, target->category) < t->flow_count)
        return true;
    if (!array_grow(&queries, &t->flow_cap, t->flow_count + 1, sizeof *t->queries, e))
        return false;
    t->queries = queries;
    const struct compare *c = &targets_set_of(t, place, target->category)->compare;
    struct span span = t->period.span, rest = {1, 0};
    if (c->data_end != DAY_NONE && c->running) {
        span.to = c->data_end;
        rest = span_shift_years((struct span){c->data_end + 1, t->period.span.to}, -1);
    }
    t->queries[t->flow_count++] =
        (struct flow_query){&c->scope, &t->s->cover, target->category, span, rest, t->s->as_of};
    return true;
}

/* ---- all ---- */

static bool need_all(struct targets_table *t, const struct target *target, struct err *e)
{
    for (size_t i = 0; i < t->top_count; i++) {
        size_t unit = unit_of(t, target, i);
        if (unit == NO_ENTRY)
            continue;
        if (!need_place(t, unit, e))
            return false;
        const struct targets_place *place = find_place(t, unit);
        if (!need_set(t, place, target->category, e) || !need_flow(t, place, target, e))
            return false;
    }
    return true;
}

/* The months behind the comparisons whose period runs. */
static bool need_forecasts(struct targets_table *t, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < t->set_count; i++) {
        struct targets_set *set = t->sets[i];
        if (!set->compare.running || set->compare.data_end == DAY_NONE)
            continue;
        set->is_forecast = true;
        ok =
            forecasting_init(&set->forecasting, t->s, &t->events, &set->compare, DAY_MIN, false, e);
    }
    return ok;
}

bool targets_gather(struct targets_table *t, struct err *e)
{
    if (!find_tops(t, e))
        return false;
    for (size_t i = 0; i < t->plan.count; i++)
        if (!need_all(t, &t->plan.targets[i], e))
            return false;
    size_t units = t->s->directory.unit_count + 1;
    t->flows = calloc(t->flow_count + 1, sizeof *t->flows);
    t->values = calloc(units, sizeof *t->values);
    t->values_before = calloc(units, sizeof *t->values_before);
    if (!t->flows || !t->values || !t->values_before)
        return err_memory(e);
    if (!need_forecasts(t, e))
        return false;
    return flows_read(t->flows, t->queries, t->flow_count, t->s->store, t->s->state, e);
}

void targets_free(struct targets_table *t)
{
    if (t->flows)
        flows_free(t->flows, t->flow_count);
    for (size_t i = 0; i < t->set_count; i++)
        free_set(t->sets[i]);
    for (size_t i = 0; i < t->place_count; i++)
        free_place(t->places[i]);
    free(t->tops);
    free(t->places);
    free(t->sets);
    free(t->queries);
    free(t->flows);
    free(t->values);
    free(t->values_before);
    free(t->heads);
    nowcasts_free(&t->nowcasts);
    targets_free_supposed(&t->supposed);
    coarse_free(&t->coarse);
    events_free(&t->events);
    indicators_free(&t->indicators);
    plan_free(&t->plan);
    *t = (struct targets_table){0};
}
