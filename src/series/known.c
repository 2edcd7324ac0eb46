/* What is known of each unit of a scope, on which days. */
#include <stdlib.h>

#include "series/scope_private.h"

/* ---- what files say ---- */

struct gather {
    struct known *k;
    size_t unit, slot;
    struct span within; /* days outside it are passed over */
    struct err *e;
    bool ok;
};

static bool gather_row(void *context, const struct cover_row *row)
{
    struct gather *g = context;
    bool counts = row->declared == COVER_COUNTS;
    struct span days = span_intersect(row->span, g->within);
    if (span_is_empty(days))
        return true;
    if (counts && row->unit != g->unit)
        return true; /* a counts file's total says nothing of the parts */
    struct spans *part = counts ? g->k->counts : g->k->cases;
    g->ok = spans_add(&g->k->spans[g->slot], days, g->e) && spans_add(&part[g->slot], days, g->e);
    g->k->assumed[g->slot] |= row->declared == COVER_ASSUMED;
    return g->ok;
}

static void free_all(struct spans *items, size_t count)
{
    for (size_t u = 0; items && u < count; u++)
        spans_free(&items[u]);
    free(items);
}

static bool is_unknown(const struct scope *s, size_t slot)
{
    return s->directory->units[s->units[slot]].is_unknown;
}

/* An unknown place that was asked for by itself: the units beside it are not in the scope. */
static bool look_beside(struct known *k, const struct scope *s, const struct cover *c,
                        size_t category, size_t slot, struct err *e)
{
    const struct directory *d = s->directory;
    size_t parent = d->units[s->units[slot]].parent;
    struct gather g = {k, NO_ENTRY, slot, {DAY_MIN, DAY_MAX}, e, true};
    for (size_t u = 0; g.ok && parent != NO_ENTRY && u < d->unit_count; u++) {
        g.unit = u;
        if (u != s->units[slot] && directory_unit_contains(d, parent, u))
            cover_each(c, u, category, gather_row, &g);
    }
    spans_free(&k->counts[slot]); /* those files speak of other units */
    return g.ok && spans_add_all(&k->cases[slot], &k->spans[slot], e);
}

/* Nobody reports for a place that is not known: it is known when the units beside it are, or those
 * under them. reach: by unit, what is known anywhere in its subtree. */
static bool know_unknown_places(struct known *k, const struct scope *s, const struct cover *c,
                                size_t category, struct err *e)
{
    struct spans *reach = calloc(s->unit_count + 1, sizeof *reach);
    bool ok = reach || err_memory(e);
    for (size_t u = s->unit_count; ok && u-- > 0;) {
        size_t p = s->parent[u];
        if (p == NO_ENTRY || is_unknown(s, u))
            continue;
        ok = spans_add_all(&reach[p], &reach[u], e) && spans_add_all(&reach[p], &k->spans[u], e);
    }
    for (size_t u = 0; ok && u < s->unit_count; u++)
        if (is_unknown(s, u) && (!k->spans[u].count || s->lineage))
            ok = s->parent[u] == NO_ENTRY
                     ? look_beside(k, s, c, category, u, e)
                     : spans_add_all(&k->spans[u], &reach[s->parent[u]], e) &&
                           spans_add_all(&k->cases[u], &reach[s->parent[u]], e);
    free_all(reach, s->unit_count);
    return ok;
}

/* ---- units with parts ---- */

/* What a unit is made of: itself and its parts, each in its time. */
struct mixture {
    struct known *k;
    const struct scope *s;
    struct spans *unknown; /* by unit slot: days on which something that it is made of is not */
    struct err *e;
};

/* Days of a slot's own time on which it is not known. */
static bool add_unknown(struct mixture *m, size_t slot, size_t unit)
{
    struct spans missing = {0};
    struct span valid = m->s->directory->units[m->s->units[slot]].valid;
    bool ok = spans_missing(&missing, &m->k->spans[slot], valid, m->e) &&
              spans_add_all(&m->unknown[unit], &missing, m->e);
    spans_free(&missing);
    return ok;
}

/* Before that day it had areas of which nothing is loaded. */
static bool add_missing(struct mixture *m, size_t unit)
{
    day before = m->s->lineage->units[m->s->units[unit]].missing_before;
    return before == DAY_NONE ||
           spans_add(&m->unknown[unit], (struct span){DAY_MIN, before - 1}, m->e);
}

/* What is unknown of each part, before anything that is known is added. */
static bool gather_unknown(struct mixture *m, size_t unit)
{
    const size_t *parts;
    size_t n = scope_parts(m->s, unit, &parts);
    bool ok = add_unknown(m, unit, unit) && add_missing(m, unit);
    for (size_t i = 0; ok && i < n; i++)
        ok = add_unknown(m, parts[i], unit);
    return ok;
}

static bool mix(struct mixture *m, size_t unit)
{
    const size_t *parts;
    size_t n = scope_parts(m->s, unit, &parts);
    bool ok = gather_unknown(m, unit);
    for (size_t i = 0; ok && i < n; i++) {
        ok = spans_add_all(&m->k->spans[unit], &m->k->spans[parts[i]], m->e);
        m->k->assumed[unit] |= m->k->assumed[parts[i]];
    }
    return ok && spans_subtract(&m->k->spans[unit], &m->unknown[unit], m->e);
}

static bool is_mixed(const struct scope *s, size_t unit)
{
    const size_t *parts;
    return scope_parts(s, unit, &parts) ||
           s->lineage->units[s->units[unit]].missing_before != DAY_NONE;
}

/* A unit is known on the days on which everything is that it is made of then. */
static bool know_mixed(struct known *k, const struct scope *s, struct err *e)
{
    struct mixture m = {k, s, calloc(s->unit_count + 1, sizeof *m.unknown), e};
    bool ok = m.unknown || err_memory(e);
    for (size_t u = 0; ok && u < s->unit_count; u++)
        ok = !is_mixed(s, u) || mix(&m, u);
    free_all(m.unknown, s->unit_count);
    return ok;
}

/* ---- the whole ---- */

/* Of boundaries that changed, each unit speaks for its own time only. */
static bool gather_all(struct known *k, const struct scope *s, const struct cover *c,
                       size_t category, struct err *e)
{
    bool ok = true;
    for (size_t slot = 0; ok && slot < s->slot_count; slot++) {
        struct gather g = {k, s->units[slot], slot, {DAY_MIN, DAY_MAX}, e, true};
        if (s->lineage)
            g.within = s->directory->units[s->units[slot]].valid;
        cover_each(c, s->units[slot], category, gather_row, &g);
        ok = g.ok;
    }
    return ok;
}

bool known_init(struct known *k, const struct scope *s, const struct cover *c, size_t category,
                struct err *e)
{
    *k = (struct known){.slot_count = s->slot_count};
    k->spans = calloc(s->slot_count + 1, sizeof *k->spans);
    k->cases = calloc(s->slot_count + 1, sizeof *k->cases);
    k->counts = calloc(s->slot_count + 1, sizeof *k->counts);
    k->assumed = calloc(s->slot_count + 1, sizeof *k->assumed);
    bool ok = (k->spans && k->cases && k->counts && k->assumed) || err_memory(e);
    ok = ok && gather_all(k, s, c, category, e) && (!s->lineage || know_mixed(k, s, e)) &&
         know_unknown_places(k, s, c, category, e);
    if (!ok)
        known_free(k);
    return ok;
}

void known_free(struct known *k)
{
    free_all(k->spans, k->slot_count);
    free_all(k->cases, k->slot_count);
    free_all(k->counts, k->slot_count);
    free(k->assumed);
    *k = (struct known){0};
}
