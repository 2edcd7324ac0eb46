#include "ingest/directory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/directory_index.h"

void directory_init(struct directory *d)
{
    *d = (struct directory){0};
}

void directory_free(struct directory *d)
{
    free(d->units);
    free(d->categories);
    free(d->groups);
    free(d->aliases);
    directory_index_free(d->index);
    arena_free(&d->arena);
    *d = (struct directory){0};
}

/* ---- adding ---- */

static bool copy_text(struct directory *d, const char **text, struct err *e)
{
    *text = arena_text(&d->arena, *text ? *text : "");
    return *text ? true : err_memory(e);
}

bool directory_add_unit(struct directory *d, const struct unit *u, struct err *e)
{
    struct unit copy = *u;
    void *units = d->units;
    if (!copy_text(d, &copy.code, e) || !copy_text(d, &copy.name, e) ||
        !copy_text(d, &copy.level, e) || !copy_text(d, &copy.parent_code, e) ||
        !array_grow(&units, &d->unit_cap, d->unit_count + 1, sizeof *d->units, e))
        return false;
    copy.parent = NO_ENTRY;
    copy.depth = 0;
    d->units = units;
    d->units[d->unit_count++] = copy;
    return true;
}

bool directory_add_category(struct directory *d, const struct category *c, struct err *e)
{
    struct category copy = *c;
    void *categories = d->categories;
    if (!copy_text(d, &copy.code, e) || !copy_text(d, &copy.name, e) ||
        !copy_text(d, &copy.parent_code, e) || !copy_text(d, &copy.aliases, e) ||
        !copy_text(d, &copy.articles, e) ||
        !array_grow(&categories, &d->category_cap, d->category_count + 1, sizeof *d->categories, e))
        return false;
    copy.parent = NO_ENTRY;
    copy.depth = 0;
    copy.has_children = false;
    d->categories = categories;
    d->categories[d->category_count++] = copy;
    return true;
}

bool directory_add_alias(struct directory *d, const struct alias *a, struct err *e)
{
    struct alias copy = *a;
    void *aliases = d->aliases;
    if (!copy_text(d, &copy.spelling, e) || !copy_text(d, &copy.code, e) ||
        !array_grow(&aliases, &d->alias_cap, d->alias_count + 1, sizeof *d->aliases, e))
        return false;
    d->aliases = aliases;
    d->aliases[d->alias_count++] = copy;
    return true;
}

bool directory_add_group(struct directory *d, const char *code, const char *name,
                         const size_t *members, size_t count, struct err *e)
{
    struct unit u = {.code = code,
                     .name = name,
                     .level = "group",
                     .valid = {DAY_MIN, DAY_MAX},
                     .lat = NAN,
                     .lon = NAN,
                     .area_km2 = NAN,
                     .is_group = true};
    struct unit_group g = {d->unit_count, arena_alloc(&d->arena, count * sizeof *members), count};
    void *groups = d->groups;
    if (!g.members)
        return err_memory(e);
    if (!array_grow(&groups, &d->group_cap, d->group_count + 1, sizeof *d->groups, e))
        return false;
    d->groups = groups;
    memcpy(g.members, members, count * sizeof *members);
    d->groups[d->group_count] = g;
    if (!directory_add_unit(d, &u, e))
        return false;
    d->group_count++;
    return true;
}

const struct unit_group *directory_group(const struct directory *d, size_t unit)
{
    for (size_t i = 0; i < d->group_count; i++)
        if (d->groups[i].unit == unit)
            return &d->groups[i];
    return NULL;
}

/* ---- linking ---- */

/* Every parent before its children, brothers in the order they were added: order[place] = entry.
 * Returns how many entries hang on a root; the others are in a cycle. `work` has 2n places. */
static size_t tree_order(const size_t *parents, size_t n, size_t *work, size_t *order)
{
    size_t *next_brother = work, *first_child = work + n, root = NO_ENTRY, count = 0;
    for (size_t i = 0; i < n; i++)
        first_child[i] = NO_ENTRY;
    for (size_t i = n; i-- > 0;) { /* backwards, so that lists come out in order */
        size_t *list = parents[i] == NO_ENTRY ? &root : &first_child[parents[i]];
        next_brother[i] = *list;
        *list = i;
    }
    for (size_t at = root; at != NO_ENTRY;) {
        order[count++] = at;
        if (first_child[at] != NO_ENTRY) {
            at = first_child[at];
            continue;
        }
        while (at != NO_ENTRY && next_brother[at] == NO_ENTRY)
            at = parents[at];
        if (at != NO_ENTRY)
            at = next_brother[at];
    }
    return count;
}

/* An entry that no root leads to. */
static size_t lost_entry(const size_t *order, size_t count, size_t n, size_t *work)
{
    for (size_t i = 0; i < n; i++)
        work[i] = 0;
    for (size_t i = 0; i < count; i++)
        work[order[i]] = 1;
    size_t lost = 0;
    while (lost < n && work[lost])
        lost++;
    return lost;
}

struct linking {
    size_t *parents, *order, *work; /* n, n, 2n places */
};

static bool linking_init(struct linking *k, size_t n, struct err *e)
{
    k->parents = calloc(4 * n + 1, sizeof *k->parents);
    if (!k->parents)
        return err_memory(e);
    k->order = k->parents + n;
    k->work = k->order + n;
    return true;
}

/* The entry of that code whose days the child shares: at the child's first day if it can be, else
 * the one that shares most days; NO_ENTRY where none shares any. */
static size_t parent_unit(const struct directory *d, const struct unit *child, size_t first,
                          size_t count)
{
    const struct name_key *keys = d->index->units.codes.keys;
    size_t best = NO_ENTRY;
    int64_t most = 0;
    for (size_t i = first; i < first + count; i++) {
        const struct unit *u = &d->units[keys[i].entry];
        int64_t shared = span_days(span_intersect(u->valid, child->valid));
        if (span_has(u->valid, child->valid.from) && shared)
            return keys[i].entry;
        if (shared > most) {
            most = shared;
            best = keys[i].entry;
        }
    }
    return best;
}

static bool find_parent_units(const struct directory *d, size_t *parents, struct err *e)
{
    for (size_t i = 0; i < d->unit_count; i++) {
        const struct unit *u = &d->units[i];
        size_t first, count = name_table_find(&d->index->units.codes, u->parent_code, &first);
        if (*u->parent_code && !count)
            return err_set(e, ERR_INPUT,
                           "unit %s: its parent %s is not there: add the parent to the units file",
                           u->code, u->parent_code);
        parents[i] = *u->parent_code ? parent_unit(d, u, first, count) : NO_ENTRY;
    }
    return true;
}

static bool find_parent_categories(const struct directory *d, size_t *parents, struct err *e)
{
    for (size_t i = 0; i < d->category_count; i++) {
        const struct category *c = &d->categories[i];
        size_t first, count = name_table_find(&d->index->categories.codes, c->parent_code, &first);
        if (*c->parent_code && !count)
            return err_set(
                e, ERR_INPUT,
                "category %s: its parent %s is not there: add the parent to the categories file",
                c->code, c->parent_code);
        parents[i] = *c->parent_code ? d->index->categories.codes.keys[first].entry : NO_ENTRY;
    }
    return true;
}

/* New places of the entries, from the order. */
static void invert(const size_t *order, size_t n, size_t *place)
{
    for (size_t i = 0; i < n; i++)
        place[order[i]] = i;
}

static bool link_units(struct directory *d, struct linking *k, struct err *e)
{
    size_t n = d->unit_count;
    if (!find_parent_units(d, k->parents, e))
        return false;
    size_t count = tree_order(k->parents, n, k->work, k->order);
    if (count < n)
        return err_set(e, ERR_INPUT, "unit %s is above itself: correct `parent` in the units file",
                       d->units[lost_entry(k->order, count, n, k->work)].code);
    struct unit *sorted = malloc((n + 1) * sizeof *sorted);
    if (!sorted)
        return err_memory(e);
    invert(k->order, n, k->work);
    for (size_t i = 0; i < n; i++) {
        sorted[i] = d->units[k->order[i]];
        size_t parent = k->parents[k->order[i]];
        sorted[i].parent = parent == NO_ENTRY ? NO_ENTRY : k->work[parent];
        sorted[i].depth = parent == NO_ENTRY ? 0 : sorted[sorted[i].parent].depth + 1;
    }
    free(d->units);
    d->units = sorted;
    d->unit_cap = n + 1;
    return true;
}

static bool link_categories(struct directory *d, struct linking *k, struct err *e)
{
    size_t n = d->category_count;
    if (!find_parent_categories(d, k->parents, e))
        return false;
    size_t count = tree_order(k->parents, n, k->work, k->order);
    if (count < n)
        return err_set(e, ERR_INPUT,
                       "category %s is above itself: correct `parent` in the categories file",
                       d->categories[lost_entry(k->order, count, n, k->work)].code);
    struct category *sorted = malloc((n + 1) * sizeof *sorted);
    if (!sorted)
        return err_memory(e);
    invert(k->order, n, k->work);
    for (size_t i = 0; i < n; i++) {
        struct category *c = &sorted[i];
        size_t parent = k->parents[k->order[i]];
        *c = d->categories[k->order[i]];
        c->parent = parent == NO_ENTRY ? NO_ENTRY : k->work[parent];
        c->root = parent == NO_ENTRY ? i : sorted[c->parent].root;
        c->depth = parent == NO_ENTRY ? 0 : sorted[c->parent].depth + 1;
        c->has_children = false;
        if (parent != NO_ENTRY)
            sorted[c->parent].has_children = true;
    }
    free(d->categories);
    d->categories = sorted;
    d->category_cap = n + 1;
    return true;
}

bool directory_finish(struct directory *d, struct err *e)
{
    size_t most = d->unit_count > d->category_count ? d->unit_count : d->category_count;
    struct linking k = {0};
    if (!directory_index_build(d, e) || !linking_init(&k, most, e))
        return false;
    bool ok = link_units(d, &k, e) && link_categories(d, &k, e) && directory_index_build(d, e);
    free(k.parents);
    return ok;
}

/* ---- asking ---- */

size_t directory_unit_by_id(const struct directory *d, int64_t id)
{
    return d->index ? id_table_find(&d->index->units.ids, id) : NO_ENTRY;
}

size_t directory_category_by_id(const struct directory *d, int64_t id)
{
    return d->index ? id_table_find(&d->index->categories.ids, id) : NO_ENTRY;
}

size_t directory_same_unit(const struct directory *d, const struct unit *u)
{
    if (!u->is_group)
        return directory_unit_by_id(d, u->id);
    for (size_t i = 0; i < d->group_count; i++)
        if (!strcmp(d->units[d->groups[i].unit].code, u->code))
            return d->groups[i].unit;
    return NO_ENTRY;
}

/* Valid on `at`; DAY_NONE: the latest. */
size_t directory_unit_by_code(const struct directory *d, const char *code, day at)
{
    size_t first, found = NO_ENTRY;
    if (!d->index)
        return NO_ENTRY;
    size_t count = name_table_find(&d->index->units.codes, code, &first);
    for (size_t i = first; i < first + count; i++) {
        size_t entry = d->index->units.codes.keys[i].entry;
        const struct unit *u = &d->units[entry];
        if (at != DAY_NONE && !span_has(u->valid, at))
            continue;
        if (found == NO_ENTRY || u->valid.from > d->units[found].valid.from)
            found = entry;
    }
    return found;
}

size_t directory_category_by_code(const struct directory *d, const char *code)
{
    size_t first;
    return d->index && name_table_find(&d->index->categories.codes, code, &first)
               ? d->index->categories.codes.keys[first].entry
               : NO_ENTRY;
}

bool directory_unit_contains(const struct directory *d, size_t a, size_t b)
{
    while (b != NO_ENTRY && b != a)
        b = d->units[b].parent;
    return b != NO_ENTRY;
}

bool directory_category_contains(const struct directory *d, size_t a, size_t b)
{
    while (b != NO_ENTRY && b != a)
        b = d->categories[b].parent;
    return b != NO_ENTRY;
}

static bool show_sets(struct directory *d)
{
    d->sets = d->index->sets.sets;
    d->set_count = d->index->sets.count;
    d->set_cap = d->index->sets.cap;
    return true;
}

bool directory_set(struct directory *d, const size_t *categories, size_t count, size_t *set,
                   struct err *e)
{
    struct category_set made;
    return directory_index_need(d, e) && category_set_make(d, categories, count, &made, e) &&
           set_table_number(&d->index->sets, &made, set, e) && show_sets(d);
}

bool directory_add_set(struct directory *d, const size_t *categories, size_t count, struct err *e)
{
    struct category_set set = {0};
    for (size_t i = 0; i < count && set.count < CATEGORY_SET_MAX; i++)
        if (categories[i] != NO_ENTRY)
            category_set_put(&set, categories[i]);
    return directory_index_need(d, e) &&
           set_table_append(&d->index->sets, &set, set.count == count, e) && show_sets(d);
}
