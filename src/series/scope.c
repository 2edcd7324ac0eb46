#include "series/scope.h"

#include <stdlib.h>
#include <string.h>

static bool alloc_slots(struct scope *s, struct err *e)
{
    size_t nu = s->directory->unit_count + 1, nc = s->directory->category_count + 1;
    s->units = malloc(nu * sizeof *s->units);
    s->unit_slot = malloc(nu * sizeof *s->unit_slot);
    s->parent = malloc(nu * sizeof *s->parent);
    s->categories = malloc(nc * sizeof *s->categories);
    s->category_slot = malloc(nc * sizeof *s->category_slot);
    s->category_parent = malloc(nc * sizeof *s->category_parent);
    s->is_leaf = malloc(nu * sizeof *s->is_leaf);
    if (s->units && s->unit_slot && s->parent && s->categories && s->category_slot &&
        s->category_parent && s->is_leaf)
        return true;
    return err_memory(e);
}

static bool is_listed(const size_t *items, size_t count, size_t item)
{
    for (size_t i = 0; i < count; i++)
        if (items[i] == item)
            return true;
    return false;
}

/* Parents stand before their children in the directory, so one pass finds every subtree. */
static void take_units(struct scope *s, const size_t *tops, size_t top_count)
{
    const struct directory *d = s->directory;
    for (size_t u = 0; u < d->unit_count; u++) {
        size_t p = d->units[u].parent, above = p == NO_ENTRY ? NO_ENTRY : s->unit_slot[p];
        bool top = top_count ? is_listed(tops, top_count, u) : p == NO_ENTRY;
        s->unit_slot[u] = NO_ENTRY;
        if (!top && above == NO_ENTRY)
            continue;
        s->unit_slot[u] = s->unit_count;
        s->units[s->unit_count] = u;
        s->parent[s->unit_count] = above;
        s->is_leaf[s->unit_count++] = true;
        if (above != NO_ENTRY)
            s->is_leaf[above] = false;
    }
}

static void take_categories(struct scope *s, const size_t *roots, size_t root_count)
{
    const struct directory *d = s->directory;
    for (size_t c = 0; c < d->category_count; c++) {
        size_t p = d->categories[c].parent, above = p == NO_ENTRY ? NO_ENTRY : s->category_slot[p];
        bool top = root_count ? is_listed(roots, root_count, c) : p == NO_ENTRY;
        s->category_slot[c] = NO_ENTRY;
        if (!top && above == NO_ENTRY)
            continue;
        s->category_slot[c] = s->category_count;
        s->categories[s->category_count] = c;
        s->category_parent[s->category_count++] = above;
    }
}

bool scope_init(struct scope *s, const struct directory *d, const size_t *tops, size_t top_count,
                const size_t *roots, size_t root_count, struct err *e)
{
    *s = (struct scope){.directory = d};
    if (!alloc_slots(s, e)) {
        scope_free(s);
        return false;
    }
    take_units(s, tops, top_count);
    take_categories(s, roots, root_count);
    return true;
}

void scope_free(struct scope *s)
{
    free(s->units);
    free(s->unit_slot);
    free(s->parent);
    free(s->categories);
    free(s->category_slot);
    free(s->category_parent);
    free(s->is_leaf);
    *s = (struct scope){0};
}

/* ---- what is known ---- */

struct gather {
    struct known *k;
    size_t unit, slot;
    struct err *e;
    bool ok;
};

static bool gather_row(void *context, const struct cover_row *row)
{
    struct gather *g = context;
    bool counts = row->declared == COVER_COUNTS;
    if (counts && row->unit != g->unit)
        return true; /* a counts file's total says nothing of the parts */
    struct spans *part = counts ? g->k->counts : g->k->cases;
    g->ok = spans_add(&g->k->spans[g->slot], row->span, g->e) &&
            spans_add(&part[g->slot], row->span, g->e);
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
    struct gather g = {k, NO_ENTRY, slot, e, true};
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
        if (is_unknown(s, u) && !k->spans[u].count)
            ok = s->parent[u] == NO_ENTRY
                     ? look_beside(k, s, c, category, u, e)
                     : spans_add_all(&k->spans[u], &reach[s->parent[u]], e) &&
                           spans_add_all(&k->cases[u], &reach[s->parent[u]], e);
    free_all(reach, s->unit_count);
    return ok;
}

bool known_init(struct known *k, const struct scope *s, const struct cover *c, size_t category,
                struct err *e)
{
    *k = (struct known){.unit_count = s->unit_count};
    k->spans = calloc(s->unit_count + 1, sizeof *k->spans);
    k->cases = calloc(s->unit_count + 1, sizeof *k->cases);
    k->counts = calloc(s->unit_count + 1, sizeof *k->counts);
    k->assumed = calloc(s->unit_count + 1, sizeof *k->assumed);
    bool ok = (k->spans && k->cases && k->counts && k->assumed) || err_memory(e);
    for (size_t u = 0; ok && u < s->unit_count; u++) {
        struct gather g = {k, s->units[u], u, e, true};
        cover_each(c, s->units[u], category, gather_row, &g);
        ok = g.ok;
    }
    ok = ok && know_unknown_places(k, s, c, category, e);
    if (!ok)
        known_free(k);
    return ok;
}

void known_free(struct known *k)
{
    free_all(k->spans, k->unit_count);
    free_all(k->cases, k->unit_count);
    free_all(k->counts, k->unit_count);
    free(k->assumed);
    *k = (struct known){0};
}

/* ---- rows ---- */

bool scope_rows_in(const struct scope *s, const char *level, struct span days, size_t **rows,
                   size_t *count, struct err *e)
{
    *count = 0;
    *rows = malloc((s->unit_count + 1) * sizeof **rows);
    if (!*rows)
        return err_memory(e);
    for (size_t u = 0; u < s->unit_count; u++) {
        const struct unit *unit = &s->directory->units[s->units[u]];
        bool wanted = level ? !strcmp(unit->level, level) : s->is_leaf[u];
        if (wanted && !unit->is_unknown && !span_is_empty(span_intersect(unit->valid, days)))
            (*rows)[(*count)++] = u;
    }
    return true;
}

bool scope_rows(const struct scope *s, const char *level, day at, size_t **rows, size_t *count,
                struct err *e)
{
    return scope_rows_in(s, level, (struct span){at, at}, rows, count, e);
}

bool scope_is_under(const struct scope *s, size_t top, size_t u)
{
    while (u != NO_ENTRY && u != top)
        u = s->parent[u];
    return u == top;
}

bool scope_expects(const struct scope *s, const bool *knows, size_t unit)
{
    size_t parent = s->parent[unit];
    return knows[unit] || (parent != NO_ENTRY && knows[parent]);
}
