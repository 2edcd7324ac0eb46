#include "ingest/directory_index.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/kind.h"

/* ---- name tables ---- */

void name_table_free(struct name_table *t)
{
    free(t->keys);
    *t = (struct name_table){0};
}

bool name_table_add(struct name_table *t, const char *key, size_t entry, name_type type,
                    struct err *e)
{
    void *keys = t->keys;
    if (!array_grow(&keys, &t->cap, t->count + 1, sizeof *t->keys, e))
        return false;
    t->keys = keys;
    t->keys[t->count++] = (struct name_key){key, entry, type};
    return true;
}

static int compare_keys(const void *a, const void *b)
{
    const struct name_key *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

void name_table_sort(struct name_table *t)
{
    if (t->count)
        qsort(t->keys, t->count, sizeof *t->keys, compare_keys);
}

size_t name_table_find(const struct name_table *t, const char *key, size_t *first)
{
    size_t low = 0, high = t->count, count = 0;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (strcmp(t->keys[mid].key, key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    *first = low;
    while (low + count < t->count && !strcmp(t->keys[low + count].key, key))
        count++;
    return count;
}

/* ---- ids ---- */

static size_t id_slot_at(const struct id_table *t, int64_t id)
{
    uint64_t hash = (uint64_t)id * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 32) & (t->slot_count - 1);
    while (t->slots[at].entry != NO_ENTRY && t->slots[at].id != id)
        at = (at + 1) & (t->slot_count - 1);
    return at;
}

bool id_table_build(struct id_table *t, size_t count, int64_t (*id_of)(const void *, size_t),
                    const void *items, struct err *e)
{
    struct id_table made = {.slot_count = 16};
    while (made.slot_count < 2 * count)
        made.slot_count *= 2;
    made.slots = malloc(made.slot_count * sizeof *made.slots);
    if (!made.slots)
        return err_memory(e);
    for (size_t i = 0; i < made.slot_count; i++)
        made.slots[i].entry = NO_ENTRY;
    for (size_t i = 0; i < count; i++) {
        int64_t id = id_of(items, i);
        made.slots[id_slot_at(&made, id)] = (struct id_slot){id, i};
    }
    free(t->slots);
    *t = made;
    return true;
}

size_t id_table_find(const struct id_table *t, int64_t id)
{
    return t->slot_count ? t->slots[id_slot_at(t, id)].entry : NO_ENTRY;
}

/* ---- days on which answers change ---- */

static int compare_days(const void *a, const void *b)
{
    day x = *(const day *)a, y = *(const day *)b;
    return (x > y) - (x < y);
}

bool breaks_build(struct name_index *x, const struct span *spans, size_t count, struct err *e)
{
    day *breaks = malloc((2 * count + 1) * sizeof *breaks);
    size_t made = 0, kept = 0;
    if (!breaks)
        return err_memory(e);
    for (size_t i = 0; i < count; i++) {
        breaks[made++] = spans[i].from;
        if (spans[i].to < DAY_MAX)
            breaks[made++] = spans[i].to + 1;
    }
    if (made)
        qsort(breaks, made, sizeof *breaks, compare_days);
    for (size_t i = 0; i < made; i++)
        if (!kept || breaks[i] != breaks[kept - 1])
            breaks[kept++] = breaks[i];
    free(x->breaks);
    x->breaks = breaks;
    x->break_count = kept;
    return true;
}

uint32_t name_index_era(const struct name_index *x, day at)
{
    size_t low = 0, high = x->break_count;
    if (at == DAY_NONE)
        return UINT32_MAX;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (x->breaks[mid] <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return (uint32_t)low;
}

/* ---- the directory's index ---- */

static void name_index_free(struct name_index *x)
{
    name_table_free(&x->codes);
    for (size_t s = 0; s < NAME_STAGES; s++) {
        name_table_free(&x->names[s]);
        name_table_free(&x->aliases[s]);
    }
    free(x->ids.slots);
    free(x->breaks);
}

void directory_index_free(struct directory_index *index)
{
    if (!index)
        return;
    name_index_free(&index->units);
    name_index_free(&index->categories);
    set_table_free(&index->sets);
    arena_free(&index->arena);
    free(index);
}

bool directory_index_need(struct directory *d, struct err *e)
{
    if (!d->index)
        d->index = calloc(1, sizeof *d->index);
    return d->index ? true : err_memory(e);
}

static int64_t unit_id(const void *units, size_t i)
{
    return ((const struct unit *)units)[i].id;
}

static int64_t category_id(const void *categories, size_t i)
{
    return ((const struct category *)categories)[i].id;
}

static bool index_units(struct directory *d, struct span *spans, struct err *e)
{
    struct name_index *x = &d->index->units;
    x->codes.count = 0;
    for (size_t i = 0; i < d->unit_count; i++) {
        spans[i] = d->units[i].valid;
        if (!name_table_add(&x->codes, d->units[i].code, i, 0, e))
            return false;
    }
    name_table_sort(&x->codes);
    return breaks_build(x, spans, d->unit_count, e) &&
           id_table_build(&x->ids, d->unit_count, unit_id, d->units, e);
}

static bool index_categories(struct directory *d, struct span *spans, struct err *e)
{
    struct name_index *x = &d->index->categories;
    x->codes.count = 0;
    for (size_t i = 0; i < d->category_count; i++) {
        spans[i] = d->categories[i].valid;
        if (!name_table_add(&x->codes, d->categories[i].code, i, 0, e))
            return false;
    }
    name_table_sort(&x->codes);
    return breaks_build(x, spans, d->category_count, e) &&
           id_table_build(&x->ids, d->category_count, category_id, d->categories, e);
}

bool directory_index_build(struct directory *d, struct err *e)
{
    size_t most = d->unit_count > d->category_count ? d->unit_count : d->category_count;
    struct span *spans = malloc((most + 1) * sizeof *spans);
    if (!spans)
        return err_memory(e);
    bool ok =
        directory_index_need(d, e) && index_units(d, spans, e) && index_categories(d, spans, e);
    free(spans);
    return ok;
}

/* ---- names ---- */

static bool add_form(struct directory_index *index, struct name_table *t, const char *key,
                     size_t entry, name_type type, struct err *e)
{
    if (!*key)
        return true;
    const char *kept = arena_text(&index->arena, key);
    return kept ? name_table_add(t, kept, entry, type, e) : err_memory(e);
}

/* A name goes in as it is and, where it begins with the kind of its area, also without that. */
static bool add_name(struct directory_index *index, struct name_table *names, const char *text,
                     size_t n, size_t entry, bool with_type, struct err *e)
{
    struct name_forms f = {0};
    bool ok = name_forms_read(&f, text, n, with_type) || err_memory(e);
    for (size_t s = 0; ok && s < NAME_STAGES; s++) {
        ok = add_form(index, &names[s], f.full[s], entry, 0, e);
        if (ok && f.type)
            ok = add_form(index, &names[s], f.base[s], entry, f.type, e);
    }
    name_forms_free(&f);
    return ok;
}

static bool add_category_names(struct directory_index *index, const struct category *c,
                               size_t entry, struct err *e)
{
    struct name_table *names = index->categories.names;
    bool ok = add_name(index, names, c->code, strlen(c->code), entry, false, e) &&
              add_name(index, names, c->name, strlen(c->name), entry, false, e);
    for (const char *alias = c->aliases; ok && *alias;) {
        size_t n = strcspn(alias, ";");
        ok = add_name(index, names, alias, n, entry, false, e);
        alias += n + (alias[n] == ';');
    }
    return ok;
}

/* An alias names all that has its code, of which the row's day chooses; nothing, where that is not
 * there. */
static bool add_alias(struct directory_index *index, const struct alias *a, struct err *e)
{
    if (a->kind != ALIAS_UNIT && a->kind != ALIAS_CATEGORY)
        return true;
    bool unit = a->kind == ALIAS_UNIT, ok = true;
    struct name_index *x = unit ? &index->units : &index->categories;
    size_t first, count = name_table_find(&x->codes, a->code, &first);
    for (size_t i = first; ok && i < first + count; i++)
        ok = add_name(index, x->aliases, a->spelling, strlen(a->spelling), x->codes.keys[i].entry,
                      unit, e);
    return ok;
}

static void each_table(struct directory_index *index, void (*fn)(struct name_table *t))
{
    struct name_index *const sides[] = {&index->units, &index->categories};
    for (size_t i = 0; i < 2; i++)
        for (size_t s = 0; s < NAME_STAGES; s++) {
            fn(&sides[i]->names[s]);
            fn(&sides[i]->aliases[s]);
        }
}

static void empty(struct name_table *t)
{
    t->count = 0;
}

bool directory_prepare_names(const struct directory *d, struct err *e)
{
    struct directory_index *index = d->index;
    if (!index || index->has_names)
        return true;
    bool ok = true;
    each_table(index, empty);
    for (size_t i = 0; ok && i < d->unit_count; i++)
        if (!d->units[i].is_unknown)
            ok = add_name(index, index->units.names, d->units[i].name, strlen(d->units[i].name), i,
                          true, e);
    for (size_t i = 0; ok && i < d->category_count; i++)
        ok = add_category_names(index, &d->categories[i], i, e);
    for (size_t i = 0; ok && i < d->alias_count; i++)
        ok = add_alias(index, &d->aliases[i], e);
    if (ok)
        each_table(index, name_table_sort);
    index->has_names = ok;
    return ok;
}
