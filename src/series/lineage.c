#include "series/lineage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/kind_tables.h"
#include "series/lineage_private.h"

/* A row of `successions`. older: NO_ENTRY where it is not among the units (then `code` says which).
 */
struct edge {
    size_t older, newer;
    day on;
    double share;
    const char *code;
};

struct tracing {
    struct lineage *l;
    struct edge *edges; /* by older, then by newer */
    size_t count, cap;
    size_t *by_newer; /* the same edges by newer */
    double *weights;  /* by directory index, for guesses; NULL: none */
};

/* ---- reading ---- */

static bool add_edge(void *context, const struct row *row, const struct row_info *info,
                     struct err *e)
{
    struct tracing *t = context;
    const struct value *v = row->slots;
    const struct directory *d = t->l->directory;
    void *edges = t->edges;
    (void)info;
    struct edge edge = {.newer = directory_unit_by_id(d, v[SUC_NEW_UNIT].as.i),
                        .on = (day)v[SUC_ON].as.i,
                        .share = v[SUC_SHARE].type == VALUE_REAL ? v[SUC_SHARE].as.x : NAN};
    if (edge.newer == NO_ENTRY)
        return true; /* of a unit that this state does not know */
    edge.older = directory_unit_by_code(d, v[SUC_OLD_UNIT].as.s, edge.on - 1);
    if (edge.older == edge.newer)
        return true; /* it goes on as it is */
    edge.code = arena_text(&t->l->arena, v[SUC_OLD_UNIT].as.s);
    if (!edge.code)
        return err_memory(e);
    if (!array_grow(&edges, &t->cap, t->count + 1, sizeof *t->edges, e))
        return false;
    t->edges = edges;
    t->edges[t->count++] = edge;
    return true;
}

static int by_older(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;
    if (x->older != y->older)
        return x->older < y->older ? -1 : 1;
    if (x->on != y->on)
        return x->on < y->on ? -1 : 1;
    return (x->newer > y->newer) - (x->newer < y->newer);
}

/* Starts of each unit's edges in by_newer, by counting. */
static bool index_newer(struct tracing *t, size_t *starts, struct err *e)
{
    size_t units = t->l->directory->unit_count;
    t->by_newer = malloc((t->count + 1) * sizeof *t->by_newer);
    if (!t->by_newer)
        return err_memory(e);
    for (size_t i = 0; i < t->count; i++)
        starts[t->edges[i].newer + 1]++;
    for (size_t u = 0; u < units; u++)
        starts[u + 1] += starts[u];
    for (size_t i = 0; i < t->count; i++)
        t->by_newer[starts[t->edges[i].newer]++] = i;
    for (size_t u = units; u > 0; u--)
        starts[u] = starts[u - 1];
    starts[0] = 0;
    return true;
}

/* ---- weights of a guess ---- */

static bool take_population(void *context, const struct row *row, const struct row_info *info,
                            struct err *e)
{
    struct tracing *t = context;
    const struct value *v = row->slots;
    size_t unit = directory_unit_by_id(t->l->directory, v[POP_UNIT].as.i);
    (void)info;
    (void)e;
    if (unit != NO_ENTRY && v[POP_POPULATION].type == VALUE_INT)
        t->weights[unit] = (double)v[POP_POPULATION].as.i; /* rows come by year: the last stays */
    return true;
}

static bool read_weights(struct tracing *t, struct store *s, int64_t state, struct err *e)
{
    const struct directory *d = t->l->directory;
    if (t->l->split == SPLIT_NONE)
        return true;
    t->weights = malloc((d->unit_count + 1) * sizeof *t->weights);
    if (!t->weights)
        return err_memory(e);
    for (size_t u = 0; u < d->unit_count; u++)
        t->weights[u] = t->l->split == SPLIT_AREA    ? d->units[u].area_km2
                        : t->l->split == SPLIT_EQUAL ? 1
                                                     : NAN;
    return t->l->split != SPLIT_POPULATION ||
           store_each_row(s, state, KIND_POPULATION, take_population, t, e);
}

/* The edges of one unit on one day: alone, all of it; else what is loaded, else the guess. */
static void settle_shares(struct tracing *t, struct edge *x, size_t n)
{
    double sum = 0;
    bool given = true;
    for (size_t i = 0; i < n; i++)
        given &= isfinite(x[i].share);
    if (n == 1)
        x->share = 1;
    if (n == 1 || given || !t->weights)
        return;
    for (size_t i = 0; i < n; i++)
        sum += t->weights[x[i].newer] > 0 ? t->weights[x[i].newer] : NAN;
    for (size_t i = 0; i < n && isfinite(sum); i++)
        x[i].share = t->weights[x[i].newer] / sum;
    t->l->guessed |= isfinite(sum);
}

static void settle_all(struct tracing *t)
{
    for (size_t i = 0, n; i < t->count; i += n) {
        n = 1;
        while (i + n < t->count && t->edges[i + n].older == t->edges[i].older &&
               t->edges[i + n].on == t->edges[i].on)
            n++;
        if (t->edges[i].older != NO_ENTRY)
            settle_shares(t, &t->edges[i], n);
    }
}

/* ---- following a unit ---- */

/* What a unit comes to, as it is found. */
struct finding {
    struct tracing *t;
    const size_t *older_starts, *newer_starts; /* by directory index */
    struct heir *heirs;
    size_t count, cap;
    bool leaves;
    struct err *e;
};

static bool exists(const struct finding *f, size_t unit)
{
    return span_has(f->t->l->directory->units[unit].valid, f->t->l->on);
}

static bool add_heir(struct finding *f, size_t unit, double share)
{
    void *heirs = f->heirs;
    for (size_t i = 0; i < f->count; i++)
        if (f->heirs[i].unit == unit) {
            f->heirs[i].share += share;
            return true;
        }
    if (!array_grow(&heirs, &f->cap, f->count + 1, sizeof *f->heirs, f->e))
        return false;
    f->heirs = heirs;
    f->heirs[f->count++] = (struct heir){unit, share};
    return true;
}

/* The last day up to `on`, behind `after`, on which the unit was succeeded; DAY_NONE. */
static day last_reform(const struct finding *f, size_t unit, day after)
{
    day last = DAY_NONE;
    for (size_t i = f->older_starts[unit]; i < f->older_starts[unit + 1]; i++) {
        day on = f->t->edges[i].on;
        if (on > after && on <= f->t->l->on && on > last)
            last = on;
    }
    return last;
}

/* Days rise along the way, so it ends. */
static bool follow_forward(struct finding *f, size_t unit, double share, day after)
{
    day on = last_reform(f, unit, after);
    bool ok = true;
    if (exists(f, unit) || on == DAY_NONE)
        return add_heir(f, unit, share);
    for (size_t i = f->older_starts[unit]; ok && i < f->older_starts[unit + 1]; i++)
        if (f->t->edges[i].on == on)
            ok = follow_forward(f, f->t->edges[i].newer, share * f->t->edges[i].share, on);
    return ok;
}

/* The first day behind `on` and before `before` on which the unit came about. */
static day first_reform(const struct finding *f, size_t unit, day before)
{
    day first = DAY_NONE;
    for (size_t i = f->newer_starts[unit]; i < f->newer_starts[unit + 1]; i++) {
        day on = f->t->edges[f->t->by_newer[i]].on;
        if (on > f->t->l->on && on < before && (first == DAY_NONE || on > first))
            first = on;
    }
    return first;
}

/* How much of a unit each predecessor holds is not loaded: it may be guessed by the predecessors'
 * own weights. */
static double part_of(const struct finding *f, const struct edge *edge, double all)
{
    const double *weights = f->t->weights;
    return weights && all > 0 ? edge->share * weights[edge->older] / all : NAN;
}

static bool follow_backward(struct finding *f, size_t unit, double share, day before)
{
    const struct tracing *t = f->t;
    day on = first_reform(f, unit, before);
    double all = 0;
    size_t n = 0;
    bool ok = true;
    if (exists(f, unit) || on == DAY_NONE)
        return add_heir(f, unit, share);
    for (size_t i = f->newer_starts[unit]; i < f->newer_starts[unit + 1]; i++) {
        const struct edge *edge = &t->edges[t->by_newer[i]];
        if (edge->on != on)
            continue;
        n++;
        f->leaves |= edge->older == NO_ENTRY;
        all += edge->older == NO_ENTRY || !t->weights ? NAN : edge->share * t->weights[edge->older];
    }
    for (size_t i = f->newer_starts[unit]; ok && i < f->newer_starts[unit + 1]; i++) {
        const struct edge *edge = &t->edges[t->by_newer[i]];
        double part = n == 1 ? 1 : part_of(f, edge, all);
        if (edge->on == on && edge->older != NO_ENTRY)
            ok = follow_backward(f, edge->older, share * part, on);
    }
    t->l->guessed |= n > 1 && isfinite(all);
    return ok;
}

static int by_unit(const void *a, const void *b)
{
    const struct heir *x = a, *y = b;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

static bool settle_unit(struct finding *f, size_t unit)
{
    struct lineage *l = f->t->l;
    struct lineage_unit *out = &l->units[unit];
    bool shared = true;
    if (f->count == 1 && f->heirs[0].unit == unit)
        return true; /* nothing is known of what became of it */
    out->heirs = arena_alloc(&l->arena, (f->count + 1) * sizeof *out->heirs);
    if (!out->heirs)
        return err_memory(f->e);
    if (f->count)
        qsort(f->heirs, f->count, sizeof *f->heirs, by_unit);
    for (size_t i = 0; i < f->count; i++) {
        out->heirs[i] = f->heirs[i];
        shared &= isfinite(f->heirs[i].share);
    }
    out->heir_count = f->count;
    out->leaves = f->leaves;
    out->fate = f->leaves       ? FATE_DIVIDED
                : f->count == 1 ? FATE_WHOLE
                : shared        ? FATE_SHARED
                                : FATE_DIVIDED;
    l->any = true;
    l->divided |= out->fate == FATE_DIVIDED;
    return true;
}

static bool find_heirs(struct finding *f, size_t unit)
{
    const struct lineage *l = f->t->l;
    struct span valid = l->directory->units[unit].valid;
    f->count = 0;
    f->leaves = false;
    if (span_has(valid, l->on))
        return true;
    return (valid.to < l->on ? follow_forward(f, unit, 1, DAY_MIN)
                             : follow_backward(f, unit, 1, DAY_MAX)) &&
           settle_unit(f, unit);
}

/* ---- what is missing ---- */

static bool note_missing(struct lineage *l, const struct edge *edge, size_t heir, struct err *e)
{
    struct lineage_unit *x = &l->units[heir];
    if (x->missing && strstr(x->missing, edge->code))
        return true;
    x->missing = x->missing ? arena_format(&l->arena, "%s,%s", x->missing, edge->code) : edge->code;
    if (!x->missing)
        return err_memory(e);
    if (x->missing_before == DAY_NONE || edge->on > x->missing_before)
        x->missing_before = edge->on;
    return true;
}

/* What a unit lacks, its heirs lack too. */
static bool find_missing(struct tracing *t, struct err *e)
{
    struct lineage *l = t->l;
    bool ok = true;
    for (size_t i = t->count; ok && i-- > 0 && t->edges[i].older == NO_ENTRY;) {
        const struct edge *edge = &t->edges[i];
        const struct lineage_unit *x = &l->units[edge->newer];
        if (edge->on > l->on)
            continue;
        if (x->fate == FATE_STAYS)
            ok = note_missing(l, edge, edge->newer, e);
        for (size_t k = 0; ok && x->fate != FATE_STAYS && k < x->heir_count; k++)
            ok = note_missing(l, edge, x->heirs[k].unit, e);
    }
    return ok;
}

/* ---- the whole ---- */

static bool trace(struct tracing *t, struct err *e)
{
    size_t units = t->l->directory->unit_count;
    size_t *older = calloc(units + 2, sizeof *older), *newer = calloc(units + 2, sizeof *newer);
    struct finding f = {.t = t, .older_starts = older, .newer_starts = newer, .e = e};
    bool ok = (older && newer) || err_memory(e);
    for (size_t i = 0; ok && i < t->count && t->edges[i].older != NO_ENTRY; i++)
        older[t->edges[i].older + 1]++;
    for (size_t u = 0; ok && u < units; u++)
        older[u + 1] += older[u];
    ok = ok && index_newer(t, newer, e);
    for (size_t u = 0; ok && u < units; u++)
        ok = find_heirs(&f, u);
    free(f.heirs);
    free(older);
    free(newer);
    return ok && lineage_find_above(t->l, e) && find_missing(t, e);
}

bool lineage_init(struct lineage *l, struct store *s, int64_t state, const struct directory *d,
                  day on, enum split split, struct err *e)
{
    *l = (struct lineage){.directory = d, .on = on, .split = split};
    struct tracing t = {.l = l};
    l->units = calloc(d->unit_count + 1, sizeof *l->units);
    bool ok = l->units || err_memory(e);
    for (size_t u = 0; ok && u < d->unit_count; u++)
        l->units[u].missing_before = DAY_NONE;
    ok = ok && store_each_row(s, state, KIND_SUCCESSIONS, add_edge, &t, e);
    if (ok && t.count) {
        qsort(t.edges, t.count, sizeof *t.edges, by_older);
        ok = read_weights(&t, s, state, e);
        if (ok)
            settle_all(&t);
        ok = ok && trace(&t, e);
    }
    free(t.edges);
    free(t.by_newer);
    free(t.weights);
    if (!ok)
        lineage_free(l);
    return ok;
}

void lineage_free(struct lineage *l)
{
    free(l->units);
    arena_free(&l->arena);
    *l = (struct lineage){0};
}
