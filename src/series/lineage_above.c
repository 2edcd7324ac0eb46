/* What was above units that all went elsewhere. */
#include <math.h>
#include <stdlib.h>

#include "series/lineage_private.h"

static bool inherit(struct lineage *l, size_t from, size_t to, struct err *e)
{
    const struct lineage_unit *x = &l->units[from];
    struct lineage_unit *y = &l->units[to];
    struct heir *all = arena_alloc(&l->arena, (x->heir_count + y->heir_count + 1) * sizeof *all);
    size_t n = 0, i = 0, j = 0;
    if (!all)
        return err_memory(e);
    while (i < x->heir_count || j < y->heir_count) {
        bool left =
            j == y->heir_count || (i < x->heir_count && x->heirs[i].unit <= y->heirs[j].unit);
        size_t unit = left ? x->heirs[i].unit : y->heirs[j].unit;
        while (i < x->heir_count && x->heirs[i].unit == unit)
            i++;
        while (j < y->heir_count && y->heirs[j].unit == unit)
            j++;
        all[n++] = (struct heir){unit, NAN};
    }
    y->heirs = all;
    y->heir_count = n;
    return true;
}

/* A district of which every commune went elsewhere, and the unknown place in it. Children stand
 * behind their parents. */
bool lineage_find_above(struct lineage *l, struct err *e)
{
    const struct directory *d = l->directory;
    size_t *staying = calloc(d->unit_count + 1, sizeof *staying);
    bool ok = staying || err_memory(e);
    for (size_t u = d->unit_count; ok && u-- > 0;) {
        const struct unit *unit = &d->units[u];
        struct lineage_unit *x = &l->units[u];
        bool above =
            x->fate == FATE_STAYS && x->heir_count && !staying[u] && !span_has(unit->valid, l->on);
        if (above)
            x->fate = FATE_ABOVE;
        else if (x->fate == FATE_STAYS)
            x->heir_count = 0;
        if (unit->parent == NO_ENTRY || unit->is_unknown)
            continue;
        staying[unit->parent] += x->fate == FATE_STAYS;
        if (x->fate != FATE_STAYS && l->units[unit->parent].fate == FATE_STAYS)
            ok = inherit(l, u, unit->parent, e);
    }
    for (size_t u = 0; ok && u < d->unit_count; u++)
        if (d->units[u].is_unknown && d->units[u].parent != NO_ENTRY &&
            l->units[d->units[u].parent].fate == FATE_ABOVE)
            l->units[u] = l->units[d->units[u].parent];
    free(staying);
    return ok;
}
