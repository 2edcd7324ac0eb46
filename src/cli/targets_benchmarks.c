/* Published figures of others beside the plan's reductions. */
#include <stdlib.h>

#include "cli/benchmarks_table.h"
#include "cli/targets_private.h"

/* What is supposed is not put beside what others counted; what runs is no count of the period. */
static struct benchmark_own own_of(const struct judged *j)
{
    const struct compared *k = &j->compared;
    bool known = k->has_now && k->known && !k->possible && !j->running && !j->supposed;
    return (struct benchmark_own){.category = j->target->category,
                                  .has_count = known,
                                  .incomplete = k->units_compared < k->units,
                                  .count = known ? k->recorded : 0};
}

static void gather(const struct targets_table *t, struct benchmark_own *own,
                   struct benchmarks_ask *ask)
{
    bool several = false;
    ask->unit = NO_ENTRY;
    for (size_t i = 0; i < t->head_count; i++) {
        const struct judged *j = &t->heads[i];
        if (j->target->kind != TARGET_REDUCTION || !j->set)
            continue;
        several |= ask->unit != NO_ENTRY && ask->unit != j->place->top;
        ask->unit = j->place->top;
        own[ask->own_count++] = own_of(j);
    }
    if (several)
        ask->unit = NO_ENTRY;
}

bool targets_add_benchmarks(const struct targets_table *t, struct err *e)
{
    struct benchmarks all;
    struct benchmarks_ask ask = {.s = t->s, .all = &all, .period = &t->period};
    struct benchmark_own *own = calloc(t->head_count + 1, sizeof *own);
    bool ok = benchmarks_read(&all, t->s->store, t->s->state, &t->s->directory, e) &&
              (own || err_memory(e));
    if (ok && all.count) {
        gather(t, own, &ask);
        ask.own = own;
        ok = benchmarks_say(&ask, t->r, e);
    }
    benchmarks_free(&all);
    free(own);
    return ok;
}
