#include "series/report_delays.h"

#include <stdlib.h>

struct pass {
    const struct directory *directory;
    struct scope scope; /* everything */
    struct span **days; /* by root: [unit slot] from the first to the last day in hand; NULL */
    bool reports;
    report_delay_fn fn;
    void *context;
};

static struct span reach_of(const struct spans *s)
{
    struct span none = {DAY_MAX, DAY_MIN};
    return s->count ? (struct span){s->items[0].from, spans_end(s)} : none;
}

static bool look_at_root(struct pass *p, const struct cover *c, size_t root, struct err *e)
{
    struct known known;
    if (!known_init(&known, &p->scope, c, root, e))
        return false;
    p->days[root] = malloc((p->scope.unit_count + 1) * sizeof *p->days[root]);
    for (size_t u = 0; p->days[root] && u < p->scope.unit_count; u++)
        p->days[root][u] = reach_of(&known.cases[u]);
    known_free(&known);
    return p->days[root] || err_memory(e);
}

static bool look_at_roots(struct pass *p, const struct cover *c, struct err *e)
{
    const struct directory *d = p->directory;
    bool ok = true;
    for (size_t i = 0; ok && i < c->count; i++) {
        size_t root = d->categories[c->rows[i].category].root;
        if (!p->days[root])
            ok = look_at_root(p, c, root, e);
    }
    return ok;
}

static bool add_root(struct pass *p, const struct case_dates *c, size_t slot, size_t root,
                     struct err *e)
{
    if (!p->days[root])
        return true;
    struct span days = p->days[root][slot];
    struct report_delay r = {.root = root,
                             .delay = (int64_t)c->received - c->occurred,
                             .age = (int64_t)days.to - c->occurred,
                             .is_old = c->occurred < days.from};
    return span_is_empty(days) || r.delay < 0 || r.delay > r.age || p->fn(p->context, &r, e);
}

static bool is_counted(const struct pass *p, const struct case_dates *c)
{
    return p->reports || (c->outcome != OUTCOME_UNFOUNDED && c->outcome != OUTCOME_TRANSFERRED);
}

static bool add_dates(void *context, const struct case_dates *c, struct err *e)
{
    struct pass *p = context;
    const struct directory *d = p->directory;
    size_t unit = directory_unit_by_id(d, c->unit);
    if (unit == NO_ENTRY || c->received == DAY_NONE || c->occurred == DAY_NONE ||
        c->set >= d->set_count || !is_counted(p, c))
        return true;
    const struct category_set *set = &d->sets[c->set];
    bool ok = true;
    for (size_t i = 0; ok && i < set->count; i++)
        ok = set->categories[i] == NO_ENTRY ||
             add_root(p, c, p->scope.unit_slot[unit], d->categories[set->categories[i]].root, e);
    return ok;
}

bool report_delays_each(struct store *s, const struct directory *d, const struct cover *c,
                        const struct tally_query *q, report_delay_fn fn, void *context,
                        struct err *e)
{
    struct pass p = {.directory = d,
                     .days = calloc(d->category_count + 1, sizeof *p.days),
                     .reports = q->count == COUNT_REPORTS,
                     .fn = fn,
                     .context = context};
    bool ok = (p.days || err_memory(e)) && scope_init(&p.scope, d, NULL, NULL, 0, NULL, 0, e) &&
              look_at_roots(&p, c, e) && store_each_dates(s, q->state, add_dates, &p, e);
    for (size_t k = 0; p.days && k < d->category_count; k++)
        free(p.days[k]);
    free(p.days);
    scope_free(&p.scope);
    return ok;
}
