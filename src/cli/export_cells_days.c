/* The days on which cells are made from cases. */
#include <string.h>

#include "cli/export_cells.h"

struct stated_days {
    const struct export *x;
    size_t unit; /* directory index */
    struct spans *days;
    struct err *e;
    bool ok;
};

static bool drop_stated(void *context, const struct cover_row *row)
{
    struct stated_days *s = context;
    struct spans stated = {0};
    const char *source = s->x->session.cover.sources[row->source];
    if (row->declared != COVER_COUNTS || row->unit != s->unit ||
        (s->x->source && strcmp(s->x->source, source)))
        return true;
    s->ok = spans_add(&stated, row->span, s->e) && spans_subtract(s->days, &stated, s->e);
    spans_free(&stated);
    return s->ok;
}

/* Of an unknown place, those beside it. */
static bool has_cases(const struct cells *c, size_t unit, size_t category)
{
    const struct scope *s = &c->x->scope;
    size_t parent = s->parent[unit];
    if (!s->directory->units[s->units[unit]].is_unknown || parent == NO_ENTRY)
        return cells_has_cases(c, unit, category);
    for (size_t u = parent; u < s->unit_count; u++)
        if (scope_is_under(s, parent, u) && cells_has_cases(c, u, category))
            return true;
    return false;
}

bool cells_days(const struct cells *c, size_t unit, size_t category, const struct spans *known,
                struct spans *days, struct err *e)
{
    const struct export *x = c->x;
    const struct unit *u = &x->scope.directory->units[x->scope.units[unit]];
    struct stated_days s = {x, x->scope.units[unit], days, e, true};
    bool alone = c->stated_count && !has_cases(c, unit, category);
    if ((alone && u->is_unknown) || !spans_add_all(days, known, e))
        return alone && u->is_unknown;
    if (alone)
        cover_each(&x->session.cover, s.unit, x->scope.categories[category], drop_stated, &s);
    return s.ok;
}
