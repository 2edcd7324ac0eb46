#include "series/scope.h"

#include <stdlib.h>
#include <string.h>

#include "series/scope_private.h"

static bool alloc_slots(struct scope *s, struct err *e)
{
    size_t nu = s->directory->unit_count + 1, nc = s->directory->category_count + 1;
    s->units = malloc(nu * sizeof *s->units);
    s->unit_slot = malloc(nu * sizeof *s->unit_slot);
    s->parent = malloc(nu * sizeof *s->parent);
    s->first_part = malloc(nu * sizeof *s->first_part);
    s->life = malloc(nu * sizeof *s->life);
    s->categories = malloc(nc * sizeof *s->categories);
    s->category_slot = malloc(nc * sizeof *s->category_slot);
    s->category_parent = malloc(nc * sizeof *s->category_parent);
    s->is_leaf = malloc(nu * sizeof *s->is_leaf);
    if (s->units && s->unit_slot && s->parent && s->categories && s->category_slot &&
        s->category_parent && s->is_leaf && s->first_part && s->life)
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

/* Heirs that a message names. */
enum { NAMED_MAX = 10 };

static bool stays(const struct scope *s, size_t unit)
{
    return !s->lineage || s->lineage->units[unit].fate == FATE_STAYS;
}

/* ---- groups ---- */

static void add_slot(struct scope *s, size_t unit, size_t above)
{
    s->unit_slot[unit] = s->unit_count;
    s->units[s->unit_count] = unit;
    s->parent[s->unit_count] = above;
    s->life[s->unit_count] = s->directory->units[unit].valid;
    s->is_leaf[s->unit_count++] = true;
    if (above != NO_ENTRY)
        s->is_leaf[above] = false;
}

/* Is it the member, or of what became of it? */
static bool is_of_member(const struct scope *s, size_t member, size_t unit)
{
    const struct lineage_unit *line = s->lineage ? &s->lineage->units[member] : NULL;
    bool heir = member == unit;
    for (size_t i = 0; line && !heir && i < line->heir_count; i++)
        heir = line->heirs[i].unit == unit;
    return heir;
}

/* The slot of the group asked for that has the unit; NO_ENTRY. */
static size_t group_of(const struct scope *s, const size_t *tops, size_t top_count, size_t unit)
{
    for (size_t i = 0; i < top_count; i++) {
        const struct unit_group *g = directory_group(s->directory, tops[i]);
        for (size_t k = 0; g && k < g->count; k++)
            if (is_of_member(s, g->members[k], unit))
                return s->unit_slot[tops[i]];
    }
    return NO_ENTRY;
}

/* Groups stand before everything else: their members are under them. */
static void take_groups(struct scope *s, const size_t *tops, size_t top_count)
{
    for (size_t i = 0; i < top_count; i++)
        if (s->directory->units[tops[i]].is_group)
            add_slot(s, tops[i], NO_ENTRY);
}

/* Parents stand before their children in the directory, so one pass finds every subtree. A unit
 * that stays while the one above it went is a top of its own. */
static void take_units(struct scope *s, const size_t *tops, size_t top_count)
{
    const struct directory *d = s->directory;
    bool groups = false;
    for (size_t u = 0; u < d->unit_count; u++)
        s->unit_slot[u] = s->first_part[u] = NO_ENTRY;
    take_groups(s, tops, top_count);
    groups = s->unit_count > 0;
    for (size_t u = 0; u < d->unit_count; u++) {
        size_t p = d->units[u].parent, above = p == NO_ENTRY ? NO_ENTRY : s->unit_slot[p];
        bool top = top_count ? is_listed(tops, top_count, u) : p == NO_ENTRY || !stays(s, p);
        if (groups && above == NO_ENTRY)
            above = group_of(s, tops, top_count, u);
        if ((top || above != NO_ENTRY) && stays(s, u) && !d->units[u].is_group)
            add_slot(s, u, above);
    }
    s->slot_count = s->unit_count;
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

/* A unit that was asked for must exist on the boundaries that were asked for. */
static bool check_tops(const struct scope *s, const size_t *tops, size_t top_count, struct err *e)
{
    for (size_t i = 0; i < top_count; i++) {
        const struct unit *u = &s->directory->units[tops[i]];
        const struct lineage_unit *line = s->lineage ? &s->lineage->units[tops[i]] : NULL;
        char on[11], last[11];
        if (stays(s, tops[i]))
            continue;
        struct buf heirs = {0};
        for (size_t k = 0; k < line->heir_count && k <= NAMED_MAX; k++)
            buf_addf(&heirs, "%s%s", k ? "," : "",
                     k < NAMED_MAX ? s->directory->units[line->heirs[k].unit].code : "…");
        day_text(s->lineage->on, on);
        day_text(u->valid.to < s->lineage->on ? u->valid.to : u->valid.from, last);
        err_set(e, ERR_INPUT,
                "--unit %s: %s does not exist on the boundaries of %s: ask for %s, or for "
                "--units-as-of %s",
                u->code, u->name, on, buf_text(&heirs), last);
        buf_free(&heirs);
        return false;
    }
    return true;
}

static bool check_groups(const struct scope *s, const size_t *tops, size_t top_count, struct err *e)
{
    for (size_t i = 0; i < top_count; i++) {
        const struct unit *u = &s->directory->units[tops[i]];
        if (u->is_group && s->is_leaf[s->unit_slot[tops[i]]])
            return err_set(e, ERR_INPUT,
                           "--unit %s: another unit asked for has all of its units: ask for one of "
                           "the two",
                           u->code);
    }
    return true;
}

bool scope_init(struct scope *s, const struct directory *d, const struct lineage *lineage,
                const size_t *tops, size_t top_count, const size_t *roots, size_t root_count,
                struct err *e)
{
    *s = (struct scope){.directory = d, .lineage = lineage && lineage->any ? lineage : NULL};
    bool ok = check_tops(s, tops, top_count, e) && alloc_slots(s, e);
    if (ok) {
        take_units(s, tops, top_count);
        take_categories(s, roots, root_count);
        ok = check_groups(s, tops, top_count, e) && (!s->lineage || scope_take_parts(s, e));
    }
    if (!ok)
        scope_free(s);
    return ok;
}

void scope_free(struct scope *s)
{
    for (size_t i = 0; s->parts && i < s->slot_count - s->unit_count; i++)
        free(s->parts[i].targets);
    free(s->parts);
    free(s->made_of);
    free(s->made_of_starts);
    free(s->first_part);
    free(s->life);
    free(s->units);
    free(s->unit_slot);
    free(s->parent);
    free(s->categories);
    free(s->category_slot);
    free(s->category_parent);
    free(s->is_leaf);
    *s = (struct scope){0};
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
        if (wanted && !unit->is_unknown && !span_is_empty(span_intersect(s->life[u], days)))
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
