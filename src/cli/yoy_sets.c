/* What is compared, before any row is chosen: the sets of `yoy`, which `forecast` takes too. */
#include <stdlib.h>

#include "cli/yoy_private.h"

static void start_set(struct yoy_sets *all, size_t first, struct yoy_set *set)
{
    *set = (struct yoy_set){.s = all->s,
                            .o = all->o,
                            .query = &all->q,
                            .q = all->q.compare,
                            .plan = &all->plan,
                            .events = &all->events};
    set->q.categories = &all->q.places.categories[first];
    set->q.category_count = places_group(all->s, &all->q.places, first);
    set->compare.q = &set->q;
}

/* Sets are counted together, in one pass over the cases. */
static bool count_sets(struct yoy_sets *all, struct err *e)
{
    struct session *s = all->s;
    size_t categories = all->q.places.category_count, i = 0;
    all->items = calloc(categories + 1, sizeof *all->items);
    struct compare **compares = malloc((categories + 1) * sizeof(struct compare *));
    bool ok = (all->items && compares) || err_memory(e);
    for (; ok && i < categories; i += all->items[all->count++].q.category_count) {
        start_set(all, i, &all->items[all->count]);
        compares[all->count] = &all->items[all->count].compare;
    }
    ok = ok && compare_init_all(compares, all->count, s->store, &s->directory, &s->cover, e);
    free(compares);
    return ok;
}

/* Facts of the provenance gathered over the sets: the earliest data end, any assumption. */
static void gather_facts(const struct yoy_set *set, struct session_facts *f)
{
    const struct compare *c = &set->compare;
    if (c->data_end != DAY_NONE && (f->data_end == DAY_NONE || c->data_end < f->data_end))
        f->data_end = c->data_end;
    f->assumed |= c->assumed;
    if (*c->population_column)
        f->population = c->population_column;
}

bool yoy_sets_init(struct yoy_sets *all, struct session *s, const struct yoy_options *o,
                   struct err *e)
{
    *all = (struct yoy_sets){.s = s, .o = o};
    if (!yoy_query_read(s, &all->q, e))
        return false;
    const struct compare_query *c = &all->q.compare;
    all->facts = (struct session_facts){.basis = c->tally.basis,
                                        .count = c->tally.count,
                                        .period = &c->period,
                                        .before = c->before,
                                        .before_count = c->before_count,
                                        .data_end = DAY_NONE};
    if (!plan_read(&all->plan, s->store, s->state, &s->directory, arg(s->request, OPT_PLAN),
                   &c->period, e) ||
        !events_read(&all->events, s->store, s->state, &s->directory, e) || !count_sets(all, e))
        return false;
    for (size_t i = 0; i < all->count; i++) {
        gather_facts(&all->items[i], &all->facts);
        coarse_look(&all->coarse, &all->items[i].compare.tally);
    }
    return true;
}

static void free_set(struct yoy_set *set)
{
    for (size_t i = 0; set->rows && i < set->count; i++)
        free(set->rows[i].rest);
    compare_free(&set->compare);
    free(set->rows);
    free(set->order);
}

void yoy_sets_free(struct yoy_sets *all)
{
    for (size_t i = 0; i < all->count; i++)
        free_set(&all->items[i]);
    free(all->items);
    events_free(&all->events);
    plan_free(&all->plan);
    yoy_query_free(&all->q);
    coarse_free(&all->coarse);
    *all = (struct yoy_sets){0};
}
