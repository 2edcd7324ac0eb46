#include "cli/table_rows.h"

#include <stdlib.h>
#include <string.h>

struct building {
    const struct table_query *q;
    struct table_row *rows;
    size_t count, cap;
};

static bool add_row(struct building *b, const struct table_row *row, struct err *e)
{
    void *rows = b->rows;
    if (!array_grow(&rows, &b->cap, b->count + 1, sizeof *b->rows, e))
        return false;
    b->rows = rows;
    b->rows[b->count++] = *row;
    return true;
}

/* ---- categories ---- */

static bool is_selected(const struct table_query *q, size_t slot)
{
    for (size_t i = 0; i < q->category_count; i++)
        if (q->categories[i] == q->scope->categories[slot])
            return true;
    return false;
}

/* A category whose parts stand in the table beside it. */
static bool has_parts_shown(const struct table_query *q, size_t slot)
{
    const struct directory *d = q->scope->directory;
    size_t category = q->scope->categories[slot];
    if (q->by_category)
        return d->categories[category].has_children;
    for (size_t i = 0; i < q->category_count; i++)
        if (q->categories[i] != category &&
            directory_category_contains(d, category, q->categories[i]))
            return true;
    return false;
}

/* The rows of one unit: the selected categories, with their subtrees in a table by category. */
static bool add_unit(struct building *b, size_t unit, bool is_total, bool in_family, struct err *e)
{
    const struct table_query *q = b->q;
    bool ok = true;
    for (size_t c = 0; ok && c < q->scope->category_count; c++) {
        struct table_row row = {unit, c, is_total, in_family && !has_parts_shown(q, c)};
        if (q->by_category ? q->expected[c] : is_selected(q, c))
            ok = add_row(b, &row, e);
    }
    return ok;
}

/* ---- units ---- */

/* The units that were asked for, else every top of which something is known; by slot. */
static bool is_head(const struct table_query *q, size_t unit)
{
    for (size_t i = 0; i < q->top_count; i++)
        if (q->scope->unit_slot[q->tops[i]] == unit)
            return true;
    return !q->top_count && q->scope->parent[unit] == NO_ENTRY && q->knows[unit];
}

static bool has_head_below(const struct table_query *q, size_t unit)
{
    for (size_t u = unit + 1; q->top_count && u < q->scope->unit_count; u++)
        if (is_head(q, u) && scope_is_under(q->scope, unit, u))
            return true;
    return false;
}

/* Units asked for are compared with each other where they are several and none is part of another.
 */
static bool add_heads(struct building *b, struct err *e)
{
    const struct table_query *q = b->q;
    size_t heads = 0;
    bool ok = true;
    for (size_t u = 0; u < q->scope->unit_count; u++)
        heads += is_head(q, u);
    for (size_t u = 0; ok && u < q->scope->unit_count; u++)
        if (is_head(q, u))
            ok = add_unit(b, u, false,
                          (heads > 1 || q->by_category || q->category_count > 1) &&
                              (heads == 1 || !has_head_below(q, u)),
                          e);
    return ok;
}

/* Unknown places of which something is recorded, unless a row above has them in it already. */
static bool add_unknown_places(struct building *b, const bool *shown, struct err *e)
{
    const struct scope *scope = b->q->scope;
    bool ok = true;
    for (size_t u = 0; ok && u < scope->unit_count; u++) {
        size_t above = scope->parent[u];
        if (!scope->directory->units[scope->units[u]].is_unknown)
            continue;
        while (above != NO_ENTRY && !shown[above])
            above = scope->parent[above];
        if (above == NO_ENTRY && (b->q->has_counts[u] || is_head(b->q, u)) && !shown[u])
            ok = add_unit(b, u, false, false, e);
    }
    return ok;
}

static bool add_units(struct building *b, const size_t *units, size_t count, bool *shown,
                      struct err *e)
{
    const struct table_query *q = b->q;
    bool ok = true;
    for (size_t i = 0; i < count; i++)
        shown[units[i]] = scope_expects(q->scope, q->knows, units[i]) || is_head(q, units[i]);
    for (size_t u = 0; ok && u < q->scope->unit_count; u++)
        if (is_head(q, u) && !q->scope->is_leaf[u] && !shown[u])
            ok = add_unit(b, u, true, false, e);
    for (size_t i = 0; ok && i < count; i++)
        if (shown[units[i]])
            ok = add_unit(b, units[i], false, true, e);
    return ok && add_unknown_places(b, shown, e);
}

static bool level_exists(const struct directory *d, const char *level)
{
    for (size_t u = 0; u < d->unit_count; u++)
        if (!strcmp(d->units[u].level, level))
            return true;
    return false;
}

static bool add_all_units(struct building *b, const char *level, struct err *e)
{
    const struct scope *scope = b->q->scope;
    size_t *units = NULL, count = 0;
    bool *shown = calloc(scope->unit_count + 1, sizeof *shown);
    bool ok = shown ? scope_rows_in(scope, level, b->q->days, &units, &count, e) &&
                          add_units(b, units, count, shown, e)
                    : err_memory(e);
    free(units);
    free(shown);
    return ok;
}

bool table_rows(const struct table_query *q, struct table_row **rows, size_t *count, struct err *e)
{
    struct building b = {.q = q};
    const char *level = arg(q->s->request, OPT_LEVEL);
    bool ok =
        !level || level_exists(q->scope->directory, level) ||
        err_set(e, ERR_USAGE, "--level %s: no unit has it: see the column `level` of units", level);
    ok = ok && (q->by_unit ? add_all_units(&b, level, e) : add_heads(&b, e));
    if (!ok) {
        free(b.rows);
        b = (struct building){0};
    }
    *rows = b.rows;
    *count = b.count;
    return ok;
}

int table_row_rank(const struct table_query *q, const struct table_row *row)
{
    const struct scope *scope = q->scope;
    bool top = scope->category_parent[row->category] == NO_ENTRY;
    if (row->is_total)
        return top ? 0 : 1;
    if (scope->directory->units[scope->units[row->unit]].is_unknown && q->by_unit)
        return 4;
    return q->by_category && !q->by_unit && top ? 0 : 3;
}

bool *table_knows(const struct scope *scope, const struct known *known, struct err *e)
{
    bool *knows = calloc(scope->unit_count + 1, sizeof *knows);
    if (!knows) {
        err_memory(e);
        return NULL;
    }
    for (size_t u = scope->unit_count; u-- > 0;) {
        knows[u] |= known->spans[u].count > 0;
        if (scope->parent[u] != NO_ENTRY)
            knows[scope->parent[u]] |= knows[u];
    }
    return knows;
}
