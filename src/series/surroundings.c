#include "series/surroundings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Slots of the kinds, in the order of their columns. */
enum { NBR_UNIT, NBR_NEIGHBOUR };
enum { BND_UNIT, BND_GEOMETRY };
enum { CVR_UNIT, CVR_YEAR, CVR_NAME, CVR_VALUE };

static size_t slot_of(const struct scope *scope, const struct value *id)
{
    size_t unit = directory_unit_by_id(scope->directory, id->as.i);
    return unit == NO_ENTRY ? NO_ENTRY : scope->unit_slot[unit];
}

/* ---- neighbours ---- */

struct touching_reading {
    struct touching *t;
    const struct scope *scope;
};

static bool add_pair(void *context, const struct row *row, const struct row_info *info,
                     struct err *e)
{
    struct touching_reading *r = context;
    size_t a = slot_of(r->scope, &row->slots[NBR_UNIT]);
    size_t b = slot_of(r->scope, &row->slots[NBR_NEIGHBOUR]);
    void *items = r->t->items;
    (void)info;
    if (a == NO_ENTRY || b == NO_ENTRY)
        return true;
    if (!array_grow(&items, &r->t->cap, r->t->count + 1, sizeof *r->t->items, e))
        return false;
    r->t->items = items;
    r->t->items[r->t->count++] = (struct touching_pair){a, b};
    return true;
}

bool touching_read(struct touching *t, struct store *s, int64_t state, const struct scope *scope,
                   struct err *e)
{
    *t = (struct touching){0};
    struct touching_reading r = {t, scope};
    return store_each_row(s, state, KIND_NEIGHBOURS, add_pair, &r, e);
}

void touching_free(struct touching *t)
{
    free(t->items);
    *t = (struct touching){0};
}

/* ---- outlines ---- */

struct outline_reading {
    struct outlines *o;
    const struct scope *scope;
};

static bool add_outline(void *context, const struct row *row, const struct row_info *info,
                        struct err *e)
{
    struct outline_reading *r = context;
    size_t unit = slot_of(r->scope, &row->slots[BND_UNIT]);
    (void)info;
    if (unit == NO_ENTRY)
        return true;
    geometry_free(&r->o->items[unit]);
    bool ok = geometry_read(&r->o->items[unit], row->slots[BND_GEOMETRY].as.s, e);
    r->o->count += ok && r->o->items[unit].ring_count > 0;
    return ok;
}

bool outlines_read(struct outlines *o, struct store *s, int64_t state, const struct scope *scope,
                   struct err *e)
{
    *o = (struct outlines){.items = calloc(scope->unit_count + 1, sizeof *o->items),
                           .unit_count = scope->unit_count};
    struct outline_reading r = {o, scope};
    return (o->items || err_memory(e)) &&
           store_each_row(s, state, KIND_BOUNDARIES, add_outline, &r, e);
}

void outlines_free(struct outlines *o)
{
    for (size_t u = 0; o->items && u < o->unit_count; u++)
        geometry_free(&o->items[u]);
    free(o->items);
    *o = (struct outlines){0};
}

void unit_place(const struct scope *scope, const struct outlines *o, size_t unit, double *lat,
                double *lon)
{
    const struct unit *u = &scope->directory->units[scope->units[unit]];
    *lat = u->lat;
    *lon = u->lon;
    if ((isnan(u->lat) || isnan(u->lon)) && o && !geometry_middle(&o->items[unit], lon, lat))
        *lat = *lon = NAN;
}

bool unit_places(struct store *s, int64_t state, const struct scope *scope, const size_t *units,
                 size_t n, double *lat, double *lon, struct err *e)
{
    struct outlines o = {0};
    bool missing = false;
    for (size_t i = 0; i < n; i++) {
        unit_place(scope, NULL, units[i], &lat[i], &lon[i]);
        missing |= isnan(lat[i]) || isnan(lon[i]);
    }
    if (!missing)
        return true;
    bool ok = outlines_read(&o, s, state, scope, e);
    for (size_t i = 0; ok && i < n; i++)
        unit_place(scope, &o, units[i], &lat[i], &lon[i]);
    outlines_free(&o);
    return ok;
}

/* ---- covariates ---- */

struct covariate_reading {
    const struct scope *scope;
    const char *name;
    int year;
    double *values;
    int *years; /* of the value that stands there */
    bool found;
};

/* Nearer than the one that stands: years up to the one asked for before later ones. */
static bool is_better(int year, int stands, int asked)
{
    bool before = year <= asked, stands_before = stands <= asked;
    if (before != stands_before)
        return before;
    return before ? year > stands : year < stands;
}

static bool add_value(void *context, const struct row *row, const struct row_info *info,
                      struct err *e)
{
    struct covariate_reading *r = context;
    size_t unit = slot_of(r->scope, &row->slots[CVR_UNIT]);
    const struct value *v = &row->slots[CVR_VALUE];
    int year = (int)row->slots[CVR_YEAR].as.i;
    (void)info;
    (void)e;
    if (strcmp(row->slots[CVR_NAME].as.s, r->name))
        return true;
    r->found = true;
    if (unit == NO_ENTRY || (!isnan(r->values[unit]) && !is_better(year, r->years[unit], r->year)))
        return true;
    r->values[unit] = v->type == VALUE_INT ? (double)v->as.i : v->as.x;
    r->years[unit] = year;
    return true;
}

bool covariate_read(struct store *s, int64_t state, const struct scope *scope, const char *name,
                    int year, double **values, bool *found, struct err *e)
{
    size_t n = scope->unit_count + 1;
    struct covariate_reading r = {.scope = scope,
                                  .name = name,
                                  .year = year,
                                  .values = malloc(n * sizeof *r.values),
                                  .years = calloc(n, sizeof *r.years)};
    bool ok = (r.values && r.years) || err_memory(e);
    for (size_t u = 0; ok && u < n; u++)
        r.values[u] = NAN;
    ok = ok && store_each_row(s, state, KIND_COVARIATES, add_value, &r, e);
    free(r.years);
    *values = r.values;
    *found = r.found;
    return ok;
}

struct covariate_listing {
    struct arena *arena;
    const char **names;
    size_t count, cap;
};

static bool add_name(void *context, const struct row *row, const struct row_info *info,
                     struct err *e)
{
    struct covariate_listing *l = context;
    const char *name = row->slots[CVR_NAME].as.s;
    void *names = l->names;
    size_t at = 0;
    (void)info;
    while (at < l->count && strcmp(l->names[at], name) < 0)
        at++;
    if (at < l->count && !strcmp(l->names[at], name))
        return true;
    if (!array_grow(&names, &l->cap, l->count + 1, sizeof *l->names, e))
        return false;
    l->names = names;
    memmove(&l->names[at + 1], &l->names[at], (l->count - at) * sizeof *l->names);
    l->names[at] = arena_text(l->arena, name);
    l->count++;
    return l->names[at] || err_memory(e);
}

/* The list itself goes to the arena too, so that nobody has to free it. */
bool covariate_names(struct store *s, int64_t state, struct arena *arena, const char ***names,
                     size_t *count, struct err *e)
{
    struct covariate_listing l = {.arena = arena};
    bool ok = store_each_row(s, state, KIND_COVARIATES, add_name, &l, e);
    *count = ok ? l.count : 0;
    *names = arena_alloc(arena, (*count + 1) * sizeof **names);
    ok = ok && (*names || err_memory(e));
    if (ok && *count)
        memcpy(*names, l.names, *count * sizeof **names);
    free(l.names);
    return ok;
}
