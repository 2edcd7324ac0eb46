#include "cli/series_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/coarse.h"

/* ---- options ---- */

bool series_reach(const struct session *s, struct span *reach, struct err *e)
{
    const char *from = arg(s->request, OPT_FROM), *to = arg(s->request, OPT_TO);
    return session_month(s, OPT_FROM, false, &reach->from, e) &&
           session_month(s, OPT_TO, true, &reach->to, e) &&
           (!span_is_empty(*reach) ||
            err_set(e, ERR_USAGE, "--from %s --to %s: ends before it begins", from ? from : "…",
                    to ? to : "…"));
}

static bool read_reach(const struct session *s, struct series_ask *a, struct err *e)
{
    struct period p;
    a->reach = (struct span){DAY_MIN, DAY_MAX};
    if (arg(s->request, OPT_PERIOD)) {
        if (!session_period(s, &p, e))
            return false;
        a->reach = p.span;
    }
    return series_reach(s, &a->reach, e);
}

static bool read_choices(const struct session *s, struct series_ask *a, struct err *e)
{
    static const int steps[] = {12, 4, 1};
    int every = -1, per = PER_DAYS;
    if (!session_choice(s->request, OPT_EVERY, -1, &every, e) ||
        !session_choice(s->request, OPT_PER, PER_DAYS, &per, e))
        return false;
    a->per_year = every < 0 ? 0 : steps[every];
    a->per = (enum per)per;
    return true;
}

bool series_ask_read(struct session *s, bool by, struct series_ask *a, struct err *e)
{
    *a = (struct series_ask){0};
    return (!by || places_by(s->request, &a->by_unit, &a->by_category, e)) && read_reach(s, a, e) &&
           read_choices(s, a, e) &&
           places_read(s, a->reach.to == DAY_MAX ? DAY_NONE : a->reach.to, &a->places, e) &&
           events_read(&a->events, s->store, s->state, &s->directory, e);
}

void series_ask_free(struct series_ask *a)
{
    events_free(&a->events);
    places_free(&a->places);
    *a = (struct series_ask){0};
}

/* ---- the set ---- */

static bool read_set(struct series_group *g, struct session *s, int per_year, struct err *e)
{
    g->q.per_year = per_year;
    return series_set_init(&g->set, s->store, &s->directory, &s->cover, &g->ask->events, &g->q, e);
}

/* A unit's step of one of the categories asked for is known, be it as zero. */
static bool is_told(const struct series_set *set, size_t unit, size_t step)
{
    const struct scope *scope = &set->scope;
    size_t at = unit * set->n + step, window = set->parts[unit] ? step : set->n + step;
    bool told = false;
    if (!set->due[at] || set->full[at] < set->due[at] ||
        scope->directory->units[scope->units[unit]].is_unknown)
        return false;
    for (size_t c = 0; c < set->q->category_count; c++) {
        size_t category = scope->category_slot[set->q->categories[c]];
        told |= !(set->tally.marks[tally_at(&set->tally, unit, category, window)] &
                  (TALLY_COARSE | TALLY_UNKNOWN));
    }
    return told;
}

/* No step can be told because the rows are coarser than the steps. */
static bool is_too_fine(const struct series_set *set)
{
    const struct tally *t = &set->tally;
    size_t units = set->scope.unit_count;
    size_t cells = units * set->scope.category_count * t->window_count;
    bool coarse = false;
    for (size_t i = 0; i < cells; i++) {
        coarse |= t->marks[i] & TALLY_COARSE;
        if (t->counts[i] && !(t->marks[i] & (TALLY_COARSE | TALLY_UNKNOWN)))
            return false;
    }
    for (size_t i = 0; coarse && i < units * set->n; i++)
        if (is_told(set, i / set->n, i % set->n))
            return false;
    return coarse;
}

static bool find_set(struct series_group *g, struct session *s, struct err *e)
{
    static const int steps[] = {12, 4, 1};
    int asked = g->ask->per_year;
    bool ok = read_set(g, s, asked ? asked : steps[0], e);
    for (size_t i = 1; ok && !asked && i < 3 && is_too_fine(&g->set); i++) {
        series_set_free(&g->set);
        ok = read_set(g, s, steps[i], e);
    }
    return ok;
}

/* ---- rows ---- */

static struct span reach_of(const struct series_set *set)
{
    return (struct span){set->days[0].items[0].from, set->days[set->n - 1].items[0].to};
}

static void look_for_counts(const struct series_set *set, bool *counts)
{
    size_t width = set->scope.category_count * set->tally.window_count;
    for (size_t u = 0; u < set->scope.unit_count; u++)
        for (size_t i = 0; i < width && !counts[u]; i++)
            counts[u] = set->tally.counts[u * width + i] > 0;
}

static bool choose_rows(struct series_group *g, const struct table_query *q, struct err *e)
{
    if (!table_rows(q, &g->rows, &g->count, e))
        return false;
    g->ranks = malloc((g->count + 1) * sizeof *g->ranks);
    if (!g->ranks)
        return err_memory(e);
    for (size_t i = 0; i < g->count; i++)
        g->ranks[i] = table_row_rank(q, &g->rows[i]);
    return true;
}

static bool find_rows(struct series_group *g, struct session *s, struct err *e)
{
    const struct scope *scope = &g->set.scope;
    const struct series_ask *a = g->ask;
    bool *knows = table_knows(scope, &g->set.known, e);
    bool *expected = calloc(scope->category_count + 1, sizeof *expected);
    bool *counts = calloc(scope->unit_count + 1, sizeof *counts);
    bool ok = knows && ((expected && counts) || err_memory(e));
    for (size_t c = 0; ok && c < scope->category_count; c++)
        expected[c] = !span_is_empty(
            span_intersect(s->directory.categories[scope->categories[c]].valid, reach_of(&g->set)));
    if (ok)
        look_for_counts(&g->set, counts);
    struct table_query q = {.s = s,
                            .scope = scope,
                            .by_unit = a->by_unit,
                            .by_category = a->by_category,
                            .tops = g->q.tops,
                            .categories = g->q.categories,
                            .top_count = g->q.top_count,
                            .category_count = g->q.category_count,
                            .days = reach_of(&g->set),
                            .expected = expected,
                            .knows = knows,
                            .has_counts = counts};
    ok = ok && choose_rows(g, &q, e);
    free(knows);
    free(expected);
    free(counts);
    return ok;
}

bool series_group_init(struct series_group *g, struct session *s, const struct series_ask *a,
                       size_t first, size_t *next, struct err *e)
{
    size_t count = places_group(s, &a->places, first);
    *next = first + count;
    *g = (struct series_group){.ask = a};
    g->q = (struct series_query){.tally = a->places.tally,
                                 .calendar = s->calendar,
                                 .reach = a->reach,
                                 .per = a->per,
                                 .tops = a->places.tops,
                                 .top_count = a->places.top_count,
                                 .categories = &a->places.categories[first],
                                 .category_count = count};
    return find_set(g, s, e) && find_rows(g, s, e);
}

bool series_group_check(const struct series_group *g, const struct session *s, struct err *e)
{
    struct coarse coarse = {0};
    if (!is_too_fine(&g->set))
        return true;
    coarse_look(&coarse, &g->set.tally);
    coarse_refuse(&coarse, s, true, e);
    coarse_free(&coarse);
    return false;
}

void series_group_free(struct series_group *g)
{
    series_set_free(&g->set);
    free(g->rows);
    free(g->ranks);
    *g = (struct series_group){0};
}

/* ---- one row ---- */

static bool take_steps(const struct series_set *set, size_t unit, struct series_row *x,
                       struct err *e)
{
    struct series_step *items = NULL;
    if (!series_level_steps(set, unit, &x->series, &items, &x->step_count, e))
        return false;
    x->steps = malloc((x->step_count + 1) * sizeof *x->steps);
    for (size_t i = 0; x->steps && i < x->step_count; i++)
        x->steps[i] = (struct level_step){items[i].at, items[i].share};
    free(items);
    return x->steps || err_memory(e);
}

bool series_row_take(struct series_set *set, size_t unit, size_t category, bool trimmed,
                     struct series_row *x, struct err *e)
{
    *x = (struct series_row){0};
    if (!series_take(set, unit, category, &x->series, e))
        return false;
    if (trimmed)
        series_trim(set, &x->series);
    if (!take_steps(set, unit, x, e))
        return false;
    x->ts = (struct time_series){.count = x->series.count,
                                 .exposure = x->series.exposure,
                                 .n = x->series.n,
                                 .first = x->series.first,
                                 .per_year = set->q->per_year,
                                 .steps = x->steps,
                                 .step_count = x->step_count};
    return true;
}

void series_row_free(struct series_row *x)
{
    series_free(&x->series);
    free(x->steps);
    *x = (struct series_row){0};
}

/* ---- what is said of them ---- */

void series_group_facts(const struct series_group *g, struct session_facts *facts)
{
    const struct series_set *set = &g->set;
    facts->basis = set->q->tally.basis;
    facts->count = set->q->tally.count;
    facts->assumed |= set->assumed;
    if (set->population.column && *set->population.column)
        facts->population = set->population.column;
    day end = DAY_NONE;
    for (size_t u = 0; u < set->scope.unit_count; u++) {
        day own = spans_end(&set->known.spans[u]);
        end = own > end ? own : end;
    }
    end = end < reach_of(set).to ? end : reach_of(set).to;
    if (facts->data_end == DAY_NONE || end < facts->data_end)
        facts->data_end = end;
}

const char *series_unit_name(const struct series_group *g, const struct session *s, size_t unit,
                             struct arena *arena)
{
    return session_unit_name(s, g->set.scope.units[unit], reach_of(&g->set).to, arena);
}

const char *series_category_name(const struct series_group *g, size_t category)
{
    const struct scope *scope = &g->set.scope;
    const struct category *c = &scope->directory->categories[scope->categories[category]];
    return *c->name ? c->name : c->code;
}

bool series_group_provenance(const struct session *s, const struct series_group *g, size_t from,
                             size_t to, struct result *r, struct err *e)
{
    const struct series_set *set = &g->set;
    struct period whole = {.span = {set->days[from].items[0].from, set->days[to - 1].items[0].to}};
    struct session_facts facts = {.period = &whole, .data_end = DAY_NONE};
    char first[16], last[16];
    series_label(set, from, first);
    series_label(set, to - 1, last);
    snprintf(whole.label, sizeof whole.label, "%.14s..%.14s", first, last);
    series_group_facts(g, &facts);
    return session_provenance(s, &facts, r, e);
}
