/* Flows over the store: one pass over the cases answers every query. */
#include <stdlib.h>
#include <string.h>

#include "series/flow_private.h"

struct pass {
    struct flowing *queries;
    size_t count;
    const struct directory *directory;
};

/* ---- what the queries need to know ---- */

static bool alloc_query(struct flowing *x, struct err *e)
{
    size_t units = x->q->scope->unit_count + 1, sets = x->q->scope->directory->set_count + 1;
    return ((x->of_span = calloc(units, sizeof *x->of_span)) &&
            (x->of_rest = calloc(units, sizeof *x->of_rest)) &&
            (x->set_place = calloc(sets, sizeof *x->set_place)) &&
            (x->covered = calloc(units, sizeof *x->covered)) &&
            (x->has_cases = calloc(units, sizeof *x->has_cases)) &&
            (x->stated = calloc(units, sizeof *x->stated))) ||
           err_memory(e);
}

static void place_sets(struct flowing *x)
{
    const struct directory *d = x->q->scope->directory;
    size_t root = d->categories[x->q->category].root;
    for (size_t s = 0; s < d->set_count; s++)
        for (size_t i = 0; i < d->sets[s].count; i++) {
            size_t c = d->sets[s].categories[i];
            if (directory_category_contains(d, x->q->category, c))
                x->set_place[s] = SET_IN_CATEGORY;
            else if (d->categories[c].root == root && !x->set_place[s])
                x->set_place[s] = SET_IN_ROOT;
        }
}

struct covering {
    struct span span;
    bool found;
};

static bool see_cover(void *context, const struct cover_row *row)
{
    struct covering *c = context;
    c->found = row->declared != COVER_COUNTS && !span_is_empty(span_intersect(row->span, c->span));
    return !c->found;
}

static bool is_covered(const struct flowing *x, size_t slot)
{
    struct covering c = {.span = x->q->span};
    cover_each(x->q->cover, x->q->scope->units[slot], x->q->category, see_cover, &c);
    return c.found;
}

/* Children stand behind their parents. An unknown place is known when the units beside it are. */
static void find_covered(struct flowing *x)
{
    const struct scope *s = x->q->scope;
    for (size_t u = s->unit_count; u-- > 0;) {
        const size_t *parts;
        size_t n = scope_parts(s, u, &parts);
        x->covered[u] |= is_covered(x, u);
        for (size_t i = 0; !x->covered[u] && i < n; i++)
            x->covered[u] = is_covered(x, parts[i]);
        if (x->covered[u] && s->parent[u] != NO_ENTRY)
            x->covered[s->parent[u]] = true;
    }
    for (size_t u = 0; u < s->unit_count; u++)
        if (s->directory->units[s->units[u]].is_unknown && s->parent[u] != NO_ENTRY)
            x->covered[u] |= x->covered[s->parent[u]];
}

/* ---- cases ---- */

static day day_or_none(const struct value *v)
{
    return v->type == VALUE_INT ? (day)v->as.i : DAY_NONE;
}

static int64_t amount_or_blank(const struct value *v)
{
    return v->type == VALUE_INT ? v->as.i : -1;
}

/* Victims "of the root" (contract 2): children under XHTE. */
static struct flow_report read_report(const struct flowing *x, const struct value *v)
{
    const struct directory *d = x->q->scope->directory;
    const char *root = d->categories[d->categories[x->q->category].root].code;
    return (struct flow_report){
        .received_on = day_or_none(&v[INC_RECEIVED_ON]),
        .resolved_on = day_or_none(&v[INC_RESOLVED_ON]),
        .solved_on = day_or_none(&v[INC_SOLVED_ON]),
        .outcome = v[INC_OUTCOME].type == VALUE_INT ? (int)v[INC_OUTCOME].as.i : OUTCOME_NONE,
        .victims = amount_or_blank(&v[strcmp(root, "XHTE") ? INC_VICTIMS : INC_VICTIMS_U16]),
        .supported = amount_or_blank(&v[INC_VICTIMS_SUPPORTED]),
    };
}

static unsigned carried_by(const struct flow_report *r)
{
    unsigned bits = 0;
    bits |= r->outcome != OUTCOME_NONE ? FLOW_NO_OUTCOMES : 0;
    bits |= r->solved_on != DAY_NONE ? FLOW_NO_SOLVED : 0;
    bits |= r->victims >= 0 ? FLOW_NO_VICTIMS : 0;
    bits |= r->supported >= 0 ? FLOW_NO_SUPPORT : 0;
    return bits;
}

static void add_undated(struct flowing *x, size_t slot, const struct value *v)
{
    day on = day_or_none(&v[INC_OCCURRED_ON]);
    if (on == DAY_NONE)
        on = day_or_none(&v[INC_PROSECUTED_ON]);
    x->of_span[slot].undated += span_has(x->q->span, on);
}

static void add_to_query(struct flowing *x, size_t unit, const struct value *v)
{
    size_t slot = scope_place(x->q->scope, unit);
    unsigned char place = x->set_place[v[INC_CATEGORY].as.i];
    if (slot == NO_ENTRY || place == SET_ELSEWHERE)
        return;
    struct flow_report report = read_report(x, v);
    x->has_cases[slot] = true;
    x->carries |= carried_by(&report);
    flow_report_as_of(&report, x->q->as_of);
    if (place != SET_IN_CATEGORY)
        return;
    if (report.received_on == DAY_NONE) {
        add_undated(x, slot, v);
        return;
    }
    if (x->q->as_of != DAY_NONE && report.received_on > x->q->as_of)
        return;
    flow_add(&x->of_span[slot], x->q->span, &report);
    flow_add(&x->of_rest[slot], x->q->rest, &report);
}

static bool add_row(void *context, const struct row *row, const struct row_info *info,
                    struct err *e)
{
    struct pass *p = context;
    const struct value *v = row->slots;
    (void)info;
    (void)e;
    size_t unit = directory_unit_by_id(p->directory, v[INC_UNIT].as.i);
    if (unit == NO_ENTRY || v[INC_CATEGORY].as.i < 0 ||
        (size_t)v[INC_CATEGORY].as.i >= p->directory->set_count)
        return true;
    for (size_t i = 0; i < p->count; i++)
        add_to_query(&p->queries[i], unit, v);
    return true;
}

/* ---- units ---- */

static void raise_cases(struct flowing *x)
{
    const struct scope *s = x->q->scope;
    for (size_t u = s->unit_count; u-- > 0;)
        if (x->has_cases[u] && s->parent[u] != NO_ENTRY)
            x->has_cases[s->parent[u]] = true;
}

/* Of what no counts rows state. */
static void mark_cases(struct flowing *x)
{
    const unsigned all = FLOW_NO_OUTCOMES | FLOW_NO_SOLVED | FLOW_NO_VICTIMS | FLOW_NO_SUPPORT;
    const struct scope *s = x->q->scope;
    for (size_t u = 0; u < s->unit_count; u++) {
        struct flow *f = &x->of_span[u];
        bool any = f->accepted || f->carried_over;
        if (x->stated[u] || (!any && !(x->covered[u] && s->is_leaf[u])))
            continue;
        f->sources |= FLOW_CASES;
        f->lacks |= any ? all & ~x->carries : 0;
    }
}

/* A flow that counts rows state stands for the whole of its unit. */
static void roll_up(struct flowing *x)
{
    const struct scope *s = x->q->scope;
    for (size_t u = s->unit_count; u-- > 0;) {
        size_t parent = s->parent[u];
        if (parent == NO_ENTRY || x->stated[parent])
            continue;
        flow_add_flow(&x->of_span[parent], &x->of_span[u]);
        flow_add_flow(&x->of_rest[parent], &x->of_rest[u]);
    }
}

/* What divided units had is known of the units above their heirs, not of the heirs. */
static void mark_divided(struct flowing *x)
{
    const struct scope *s = x->q->scope;
    for (size_t u = 0; u < s->unit_count; u++) {
        const size_t *parts;
        size_t n = scope_parts(s, u, &parts);
        for (size_t i = 0; i < n; i++) {
            struct span valid = s->directory->units[s->units[parts[i]]].valid;
            bool divided =
                s->parent[parts[i]] != u || s->parts[parts[i] - s->unit_count].heir != NO_ENTRY;
            if (divided && !span_is_empty(span_intersect(valid, x->q->span)))
                x->of_span[u].lacks |= FLOW_NO_OUTCOMES | FLOW_NO_SOLVED | FLOW_NO_VICTIMS;
        }
    }
}

/* ---- all queries ---- */

static bool needs_counts(const struct pass *p)
{
    for (size_t i = 0; i < p->count; i++)
        for (size_t u = 0; u < p->queries[i].q->scope->unit_count; u++)
            if (!p->queries[i].has_cases[u])
                return true;
    return false;
}

static bool answer(struct pass *p, struct store *s, int64_t state, struct err *e)
{
    for (size_t i = 0; i < p->count; i++) {
        if (!alloc_query(&p->queries[i], e))
            return false;
        place_sets(&p->queries[i]);
        find_covered(&p->queries[i]);
    }
    if (!store_each_row(s, state, KIND_INCIDENTS, add_row, p, e))
        return false;
    for (size_t i = 0; i < p->count; i++)
        raise_cases(&p->queries[i]);
    if (needs_counts(p) && !flow_read_counts(p->queries, p->count, s, state, e))
        return false;
    for (size_t i = 0; i < p->count; i++) {
        mark_cases(&p->queries[i]);
        roll_up(&p->queries[i]);
    }
    for (size_t i = 0; i < p->count; i++)
        mark_divided(&p->queries[i]);
    return true;
}

bool flows_read(struct flows *flows, const struct flow_query *queries, size_t count,
                struct store *s, int64_t state, struct err *e)
{
    for (size_t i = 0; i < count; i++)
        flows[i] = (struct flows){0};
    if (!count)
        return true;
    struct pass p = {calloc(count, sizeof *p.queries), count, queries[0].scope->directory};
    for (size_t i = 0; p.queries && i < count; i++)
        p.queries[i].q = &queries[i];
    bool ok = p.queries ? answer(&p, s, state, e) : err_memory(e);
    for (size_t i = 0; p.queries && i < count; i++) {
        struct flowing *x = &p.queries[i];
        flows[i] = (struct flows){x->q, x->of_span, x->of_rest};
        free(x->set_place);
        free(x->covered);
        free(x->has_cases);
        free(x->stated);
    }
    free(p.queries);
    if (!ok)
        flows_free(flows, count);
    return ok;
}

void flows_free(struct flows *flows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(flows[i].of_span);
        free(flows[i].of_rest);
        flows[i] = (struct flows){0};
    }
}
