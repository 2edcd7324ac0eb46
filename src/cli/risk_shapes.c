#include "cli/risk_shapes.h"

#include <stdlib.h>
#include <string.h>

#include "cli/risk_table.h"

static day period_end(const struct session *s, const struct result *risk)
{
    struct period p;
    const char *label = risk->row_count ? risk->cells[RSK_PERIOD].as.s : "";
    return period_parse(label, strlen(label), s->calendar, &p) ? p.span.to : DAY_NONE;
}

static void add_shape(struct risk_shapes *x, size_t unit, const char *code)
{
    const struct geometry *g = &x->outlines.items[unit];
    struct map_shape *shape = &x->items[x->map.count++];
    *shape = (struct map_shape){.unit = code,
                                .ring_count = g->ring_count,
                                .ring_sizes = g->ring_sizes,
                                .lon_lat = g->lon_lat};
    unit_place(&x->scope, &x->outlines, unit, &shape->lat, &shape->lon);
}

bool risk_shapes_read(struct risk_shapes *x, struct session *s, const struct result *risk,
                      struct err *e)
{
    const struct lineage *boundaries = boundaries_last(s->boundaries);
    day at = boundaries ? boundaries->on : period_end(s, risk);
    *x = (struct risk_shapes){0};
    x->items = calloc(risk->row_count + 1, sizeof *x->items);
    x->map.items = x->items;
    if (!x->items || !scope_init(&x->scope, &s->directory, NULL, NULL, 0, NULL, 0, e) ||
        !outlines_read(&x->outlines, s->store, s->state, &x->scope, e))
        return x->items ? false : err_memory(e);
    for (size_t i = 0; i < risk->row_count; i++) {
        const char *code = risk->cells[i * risk->column_count + RSK_UNIT].as.s;
        size_t unit = directory_unit_by_code(&s->directory, code, at);
        if (unit != NO_ENTRY)
            add_shape(x, x->scope.unit_slot[unit], code);
    }
    return true;
}

void risk_shapes_free(struct risk_shapes *x)
{
    free(x->items);
    outlines_free(&x->outlines);
    scope_free(&x->scope);
    *x = (struct risk_shapes){0};
}
