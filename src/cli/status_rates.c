#include "cli/status_rates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/rate_parts.h"
#include "series/plan.h"

/* ---- reading ---- */

struct year_plan {
    int year;
    struct plan plan;
};

struct reading {
    struct status_rates *r;
    struct stated *rows;
    const struct session *s;
    struct year_plan *plans;
    size_t plan_count, plan_cap;
};

static const struct plan *plan_of(struct reading *x, int year, struct err *e)
{
    struct period p = {.span = calendar_year(x->s->calendar, year)};
    for (size_t i = 0; i < x->plan_count; i++)
        if (x->plans[i].year == year)
            return &x->plans[i].plan;
    void *plans = x->plans;
    if (!array_grow(&plans, &x->plan_cap, x->plan_count + 1, sizeof *x->plans, e))
        return NULL;
    x->plans = plans;
    struct year_plan *made = &x->plans[x->plan_count];
    *made = (struct year_plan){.year = year};
    snprintf(p.label, sizeof p.label, "%04d", year);
    if (!plan_read(&made->plan, x->s->store, x->s->state, &x->s->directory, NULL, &p, e))
        return NULL;
    x->plan_count++;
    return &made->plan;
}

static bool add_cases(struct reading *x, const struct target *t, const struct status_rate *row,
                      struct err *e)
{
    struct stated_row r = {.unit = row->unit,
                           .category = t->category,
                           .days = row->days,
                           .basis = BASIS_RECEIVED,
                           .kind = STATED_INDICATOR,
                           .indicator = row->indicator,
                           .source = row->source,
                           .n = row->numerator};
    if (!stated_add(x->rows, r, e) || row->denominator < 0)
        return row->denominator < 0;
    r.days = span_shift_years(row->days, -1);
    r.n = row->denominator;
    r.is_denominator = true;
    return stated_add(x->rows, r, e);
}

static bool add_rate(struct reading *x, const struct target *t, const struct status_rate *row,
                     struct err *e)
{
    struct status_rates *r = x->r;
    void *items = r->items;
    if (!array_grow(&items, &r->cap, r->count + 1, sizeof *r->items, e))
        return false;
    r->items = items;
    r->items[r->count] = *row;
    r->items[r->count].category = t->category;
    r->items[r->count].part = t->numerator;
    r->items[r->count++].whole = row->denominator < 0 ? -1 : t->denominator;
    return true;
}

static bool is_of_cases(const struct target *t, const struct status_rate *row)
{
    return t->category != NO_ENTRY && (t->unit == NO_ENTRY || t->unit == row->unit) &&
           t->numerator != RATE_INDICATOR && t->denominator != RATE_INDICATOR &&
           t->kind != TARGET_COUNT;
}

static bool add_row(void *context, const struct row *row, const struct row_info *info,
                    struct err *e)
{
    struct reading *x = context;
    const struct value *v = row->slots;
    struct status_rate r = {.unit = directory_unit_by_id(&x->s->directory, v[IND_UNIT].as.i),
                            .days = {(day)v[IND_FROM].as.i, (day)v[IND_TO].as.i},
                            .numerator = v[IND_NUMERATOR].as.i,
                            .denominator =
                                v[IND_DENOMINATOR].type == VALUE_INT ? v[IND_DENOMINATOR].as.i : -1,
                            .indicator = arena_text(&x->r->arena, v[IND_INDICATOR].as.s),
                            .source = arena_text(&x->r->arena, info->source)};
    int year, month;
    if (!r.indicator || !r.source)
        return err_memory(e);
    calendar_locate(x->s->calendar, r.days.to, &year, &month);
    const struct plan *plan = plan_of(x, year, e);
    bool ok = plan != NULL;
    for (size_t i = 0; ok && r.unit != NO_ENTRY && i < plan->count; i++) {
        const struct target *t = &plan->targets[i];
        if (!strcmp(t->indicator, r.indicator) && is_of_cases(t, &r))
            ok = t->kind == TARGET_REDUCTION ? add_cases(x, t, &r, e) : add_rate(x, t, &r, e);
    }
    return ok;
}

bool status_rates_read(struct status_rates *r, struct stated *rows, const struct session *s,
                       struct err *e)
{
    *r = (struct status_rates){0};
    struct reading x = {.r = r, .rows = rows, .s = s};
    bool ok = store_each_row(s->store, s->state, KIND_INDICATORS, add_row, &x, e);
    for (size_t i = 0; i < x.plan_count; i++)
        plan_free(&x.plans[i].plan);
    free(x.plans);
    return ok;
}

void status_rates_free(struct status_rates *r)
{
    free(r->items);
    arena_free(&r->arena);
    *r = (struct status_rates){0};
}

/* ---- judging ---- */

struct judging {
    const struct status_rates *r;
    const struct session *s;
    const struct scope *scope;
    const struct disagree_scene *scene;
    struct disagreements *l;
    struct flow_query *queries;
    struct flows *flows;
    size_t count;
    size_t *query_of; /* [rates] */
};

static void choose_queries(struct judging *j)
{
    for (size_t i = 0; i < j->r->count; i++) {
        const struct status_rate *r = &j->r->items[i];
        size_t q = 0;
        while (q < j->count &&
               (j->queries[q].category != r->category || j->queries[q].span.from != r->days.from ||
                j->queries[q].span.to != r->days.to))
            q++;
        if (q == j->count)
            j->queries[j->count++] = (struct flow_query){.as_of = DAY_NONE,
                                                         .scope = j->scope,
                                                         .cover = &j->s->cover,
                                                         .category = r->category,
                                                         .span = r->days,
                                                         .rest = {1, 0}};
        j->query_of[i] = q;
    }
}

/* Fewer than stated where the case rows do not speak of everything is no disagreement. */
static bool note(struct judging *j, const struct status_rate *r, bool whole, int64_t other,
                 struct err *e)
{
    int64_t stated = whole ? r->denominator : r->numerator;
    bool covered;
    const char *source;
    if (!disagree_is_covered(j->scene, r->unit, r->category, r->days, &covered, &source, e))
        return false;
    return stated == other || (other < stated && !covered) ||
           disagree_add(
               j->l,
               (struct disagreement){.kind = whole ? DISAGREE_DENOMINATOR : DISAGREE_NUMERATOR,
                                     .unit = r->unit,
                                     .category = r->category,
                                     .days = r->days,
                                     .basis = BASIS_RECEIVED,
                                     .stated = stated,
                                     .other = other,
                                     .source = r->source,
                                     .other_source = source,
                                     .indicator = r->indicator},
               e);
}

/* Only flows of case rows: totals of counts rows are another office's word. */
static bool judge_rate(struct judging *j, size_t i, struct err *e)
{
    const struct status_rate *r = &j->r->items[i];
    const struct flow *f = &j->flows[j->query_of[i]].of_span[j->scope->unit_slot[r->unit]];
    unsigned needed = rate_lacks(r->part) | rate_lacks(r->whole);
    if (f->sources != FLOW_CASES || f->lacks & needed)
        return true;
    return note(j, r, false, rate_part(f, r->part), e) &&
           (r->whole < 0 || note(j, r, true, rate_whole(f, r->whole), e));
}

bool status_rates_judge(const struct status_rates *r, const struct session *s,
                        const struct scope *scope, const struct disagree_scene *scene,
                        struct disagreements *l, struct err *e)
{
    struct judging j = {.r = r, .s = s, .scope = scope, .scene = scene, .l = l};
    if (!r->count)
        return true;
    j.queries = calloc(r->count, sizeof *j.queries);
    j.flows = calloc(r->count, sizeof *j.flows);
    j.query_of = calloc(r->count, sizeof *j.query_of);
    bool ok = (j.queries && j.flows && j.query_of) || err_memory(e);
    if (ok) {
        choose_queries(&j);
        ok = flows_read(j.flows, j.queries, j.count, s->store, s->state, e);
        for (size_t i = 0; ok && i < r->count; i++)
            ok = judge_rate(&j, i, e);
        flows_free(j.flows, j.count);
    }
    free(j.queries);
    free(j.flows);
    free(j.query_of);
    return ok;
}
