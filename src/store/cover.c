#include "store/cover.h"

#include <stdlib.h>
#include <string.h>

size_t cover_source(const struct cover *c, const char *name)
{
    for (size_t i = 0; i < c->source_count; i++)
        if (!strcmp(c->sources[i], name))
            return i;
    return NO_ENTRY;
}

static bool source_index(struct cover *c, const char *name, size_t *index, struct err *e)
{
    *index = cover_source(c, name);
    if (*index != NO_ENTRY)
        return true;
    void *sources = c->sources;
    if (!array_grow(&sources, &c->source_cap, c->source_count + 1, sizeof *c->sources, e))
        return false;
    c->sources = sources;
    *index = c->source_count;
    c->sources[c->source_count] = arena_text(&c->arena, name);
    return c->sources[c->source_count++] ? true : err_memory(e);
}

static bool add_row(void *context, const struct row *row, const struct row_info *info,
                    struct err *e)
{
    struct cover *c = context;
    void *rows = c->rows;
    if (!array_grow(&rows, &c->cap, c->count + 1, sizeof *c->rows, e))
        return false;
    c->rows = rows;
    const struct value *v = row->slots;
    struct cover_row r = {
        .unit = directory_unit_by_id(c->directory, v[COV_UNIT].as.i),
        .category = directory_category_by_id(c->directory, v[COV_CATEGORY].as.i),
        .span = {(day)v[COV_FROM].as.i, (day)v[COV_TO].as.i},
        .declared = info->declared,
        .total = v[COV_TOTAL].type == VALUE_INT ? v[COV_TOTAL].as.i : -1,
    };
    if (r.unit == NO_ENTRY || r.category == NO_ENTRY)
        return true; /* an area or category that this state no longer has */
    if (!source_index(c, info->source, &r.source, e))
        return false;
    r.next = c->first[r.unit];
    c->first[r.unit] = c->count;
    c->rows[c->count++] = r;
    return true;
}

bool cover_load(struct cover *c, struct store *s, int64_t state, const struct directory *d,
                struct err *e)
{
    *c = (struct cover){.directory = d};
    c->first = malloc((d->unit_count + 1) * sizeof *c->first);
    if (!c->first)
        return err_memory(e);
    for (size_t u = 0; u < d->unit_count; u++)
        c->first[u] = NO_ENTRY;
    if (store_each_row(s, state, KIND_COVERAGE, add_row, c, e))
        return true;
    cover_free(c);
    return false;
}

void cover_free(struct cover *c)
{
    free(c->rows);
    free(c->first);
    free(c->sources);
    arena_free(&c->arena);
    *c = (struct cover){0};
}

void cover_each(const struct cover *c, size_t unit, size_t category, cover_fn fn, void *context)
{
    for (size_t u = unit; u != NO_ENTRY; u = c->directory->units[u].parent)
        for (size_t i = c->first[u]; i != NO_ENTRY; i = c->rows[i].next)
            if (directory_category_contains(c->directory, c->rows[i].category, category) &&
                !fn(context, &c->rows[i]))
                return;
}

void cover_end(struct cover *c, day last)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->rows[i].span.to > last)
            c->rows[i].span.to = last;
}
