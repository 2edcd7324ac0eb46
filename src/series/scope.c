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
    size_t unit, slot; /* directory index and slot of the unit looked at */
    struct err *e;
    bool ok;
};

static bool gather_row(void *context, const struct cover_row *row)
{
    struct gather *g = context;
    if (row->declared == COVER_COUNTS && row->unit != g->unit)
        return true; /* a counts file's total says nothing of the parts */
    struct spans *part = row->declared == COVER_COUNTS ? g->k->counts : g->k->cases;
    g->ok = spans_add(&g->k->spans[g->slot], row->span, g->e) &&
            spans_add(&part[g->slot], row->span, g->e);
    g->k->assumed[g->slot] |= row->declared == COVER_ASSUMED;
    return g->ok;
}

/* Nobody reports for a place that is not known: it is known when the units beside it are. */
static bool known_of_unknown(struct known *k, const struct scope *s, size_t slot, struct err *e)
{
    bool ok = true;
    for (size_t v = 0; ok && v < s->unit_count; v++)
        if (v != slot && s->parent[v] == s->parent[slot] && s->parent[v] != NO_ENTRY)
            for (size_t i = 0; ok && i < k->spans[v].count; i++)
                ok = spans_add(&k->spans[slot], k->spans[v].items[i], e);
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
    for (size_t u = 0; ok && u < s->unit_count; u++)
        if (s->directory->units[s->units[u]].is_unknown && !k->spans[u].count)
            ok = known_of_unknown(k, s, u, e);
    if (!ok)
        known_free(k);
    return ok;
}

void known_free(struct known *k)
{
    for (size_t u = 0; u < k->unit_count; u++) {
        if (k->spans)
            spans_free(&k->spans[u]);
        if (k->cases)
            spans_free(&k->cases[u]);
        if (k->counts)
            spans_free(&k->counts[u]);
    }
    free(k->spans);
    free(k->cases);
    free(k->counts);
    free(k->assumed);
    *k = (struct known){0};
}

bool scope_rows(const struct scope *s, const char *level, day at, size_t **rows, size_t *count,
                struct err *e)
{
    *count = 0;
    *rows = malloc((s->unit_count + 1) * sizeof **rows);
    if (!*rows)
        return err_memory(e);
    for (size_t u = 0; u < s->unit_count; u++) {
        const struct unit *unit = &s->directory->units[s->units[u]];
        bool wanted = level ? !strcmp(unit->level, level) : s->is_leaf[u];
        if (wanted && !unit->is_unknown && span_has(unit->valid, at))
            (*rows)[(*count)++] = u;
    }
    return true;
}
