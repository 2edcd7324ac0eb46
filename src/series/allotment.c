#include "series/allotment.h"

#include <stdlib.h>

#include "series/tally.h"

/* ---- dealing ---- */

size_t allotment_next(const struct heir *heirs, size_t count, int64_t *n)
{
    size_t best = 0;
    double most = -1;
    for (size_t i = 0; i < count; i++) {
        double claim = heirs[i].share / (double)(2 * n[i] + 1);
        if (claim > most) {
            most = claim;
            best = i;
        }
    }
    n[best]++;
    return best;
}

void allotment_deal(const struct heir *heirs, size_t count, int64_t *n, int64_t amount,
                    int64_t *given)
{
    int64_t left = amount;
    for (size_t i = 0; i < count; i++) { /* the bulk at once, the rest one by one */
        double whole = amount > 1000 ? heirs[i].share * (double)(amount - 1000) : 0;
        given[i] = (int64_t)whole;
        n[i] += given[i];
        left -= given[i];
    }
    for (; left > 0; left--)
        given[allotment_next(heirs, count, n)]++;
}

/* ---- cases ---- */

struct allotted {
    size_t unit; /* directory index */
    size_t root;
    bool is_case;
    day on;
    int64_t id;
    size_t heir;
};

struct allotment {
    const struct scope *scope;
    struct allotted *items; /* by id */
    size_t count, cap;
    bool ok;
    struct err *e;
};

static size_t root_of(const struct directory *d, size_t set)
{
    if (set >= d->set_count || !d->sets[set].count || d->sets[set].categories[0] == NO_ENTRY)
        return NO_ENTRY;
    return d->categories[d->sets[set].categories[0]].root;
}

static void take_case(void *context, const struct case_row *row)
{
    struct allotment *a = context;
    const struct directory *d = a->scope->directory;
    size_t unit = directory_unit_by_id(d, row->unit);
    void *items = a->items;
    if (!a->ok || unit == NO_ENTRY || a->scope->lineage->units[unit].fate != FATE_SHARED)
        return;
    a->ok = array_grow(&items, &a->cap, a->count + 1, sizeof *a->items, a->e);
    a->items = items;
    if (a->ok)
        a->items[a->count++] =
            (struct allotted){unit, root_of(d, row->set), tally_is_case(row), row->on, row->id, 0};
}

static int in_turn(const void *p, const void *q)
{
    const struct allotted *x = p, *y = q;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    if (x->is_case != y->is_case)
        return x->is_case ? -1 : 1;
    if (x->on != y->on)
        return x->on < y->on ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static int by_id(const void *p, const void *q)
{
    const struct allotted *x = p, *y = q;
    return (x->id > y->id) - (x->id < y->id);
}

static bool is_same_turn(const struct allotted *x, const struct allotted *y)
{
    return x->unit == y->unit && x->root == y->root && x->is_case == y->is_case;
}

static bool deal_all(struct allotment *a, struct err *e)
{
    size_t most = 0;
    for (size_t i = 0; i < a->count; i++) {
        size_t heirs = a->scope->lineage->units[a->items[i].unit].heir_count;
        most = heirs > most ? heirs : most;
    }
    int64_t *n = malloc((most + 1) * sizeof *n);
    if (!n)
        return err_memory(e);
    for (size_t i = 0; i < a->count; i++) {
        struct allotted *x = &a->items[i];
        const struct lineage_unit *line = &a->scope->lineage->units[x->unit];
        for (size_t k = 0; (!i || !is_same_turn(x, x - 1)) && k < line->heir_count; k++)
            n[k] = 0;
        x->heir = allotment_next(line->heirs, line->heir_count, n);
    }
    free(n);
    return true;
}

static bool has_shares(const struct scope *scope)
{
    for (size_t i = 0; i < scope->slot_count - scope->unit_count; i++)
        if (scope->parts[i].heir != NO_ENTRY)
            return true;
    return false;
}

bool allotment_new(struct allotment **out, struct store *s, const struct scope *scope,
                   int64_t state, enum basis basis, struct err *e)
{
    *out = NULL;
    if (!has_shares(scope))
        return true;
    struct allotment *a = calloc(1, sizeof *a);
    if (!a)
        return err_memory(e);
    *a = (struct allotment){.scope = scope, .ok = true, .e = e};
    const struct case_query q = {
        .state = state, .basis = basis, .span = {DAY_MIN, DAY_MAX}, .as_of = DAY_NONE, .ids = true};
    bool ok = store_each_case(s, &q, take_case, a, e) && a->ok;
    if (ok && a->count) {
        qsort(a->items, a->count, sizeof *a->items, in_turn);
        ok = deal_all(a, e);
        qsort(a->items, a->count, sizeof *a->items, by_id);
    }
    if (!ok)
        allotment_delete(a);
    else
        *out = a;
    return ok;
}

void allotment_delete(struct allotment *a)
{
    if (a)
        free(a->items);
    free(a);
}

static size_t largest(const struct lineage_unit *line)
{
    size_t best = 0;
    for (size_t i = 1; i < line->heir_count; i++)
        if (line->heirs[i].share > line->heirs[best].share)
            best = i;
    return best;
}

size_t allotment_heir(const struct allotment *a, const struct lineage_unit *line, int64_t id)
{
    const struct allotted key = {.id = id};
    const struct allotted *x =
        a && a->count ? bsearch(&key, a->items, a->count, sizeof *a->items, by_id) : NULL;
    return x ? x->heir : largest(line);
}
