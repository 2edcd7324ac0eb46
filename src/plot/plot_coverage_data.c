/* From the months of a result to units and what they have reported. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "plot/cells.h"
#include "plot/coverage.h"

static enum coverage_state state_of(const char *token)
{
    if (!strcmp(token, "known"))
        return COVERAGE_KNOWN;
    return strcmp(token, "partial") ? COVERAGE_UNKNOWN : COVERAGE_PARTIAL;
}

static struct coverage_unit *add_unit(struct coverage *c, size_t row)
{
    struct coverage_unit *u = &c->units[c->count];
    *u = (struct coverage_unit){.code = cells_text(c->result, row, "unit"),
                                .name = cells_text(c->result, row, "unit_name"),
                                .reached = COVERAGE_NEVER};
    if (!*u->name)
        u->name = u->code;
    u->tiles = arena_alloc(&c->arena, c->months * sizeof *u->tiles);
    if (!u->tiles)
        return NULL;
    c->count++;
    return u;
}

/* Rows of a unit stand together. */
static bool read_rows(struct coverage *c)
{
    const struct result *r = c->result;
    struct coverage_unit *u = NULL;
    for (size_t i = 0; i < r->row_count; i++) {
        int index = c->first;
        if (!u || strcmp(u->code, cells_text(r, i, "unit")) != 0)
            u = add_unit(c, i);
        if (!u)
            return false;
        cells_read_month(cells_text(r, i, "month"), &index);
        struct coverage_tile *tile = &u->tiles[index - c->first];
        tile->state = state_of(cells_text(r, i, "state"));
        tile->count = tile->state == COVERAGE_UNKNOWN ? NAN : cells_number(r, i, "count");
        if (tile->state == COVERAGE_KNOWN && index - c->first > u->reached)
            u->reached = index - c->first;
        c->last = u->reached > c->last ? u->reached : c->last;
    }
    return true;
}

static void judge_unit(struct coverage *c, struct coverage_unit *u)
{
    for (int i = 0; i <= c->last; i++) {
        u->asked += u->tiles[i].state != COVERAGE_NONE;
        u->known += u->tiles[i].state == COVERAGE_KNOWN;
    }
    u->is_late = c->last == COVERAGE_NEVER ||
                 (u->reached < c->last && u->tiles[c->last].state != COVERAGE_NONE);
    u->has_gap = u->is_late || u->known < u->asked;
    c->complete += !u->has_gap;
    c->late += u->is_late;
    c->gaps += u->has_gap && !u->is_late;
}

bool coverage_read(struct coverage *c, const struct result *r, struct err *e)
{
    *c = (struct coverage){.result = r, .counted = words_counted(r), .last = COVERAGE_NEVER};
    if (!months_range(r, &c->first, &c->months, e))
        return false;
    c->units = malloc(r->row_count * sizeof *c->units);
    c->drawn = malloc(r->row_count * sizeof *c->drawn);
    if (!c->units || !c->drawn || !read_rows(c))
        return err_memory(e);
    for (size_t i = 0; i < c->count; i++)
        judge_unit(c, &c->units[i]);
    return true;
}

void coverage_free(struct coverage *c)
{
    free(c->units);
    free(c->drawn);
    months_free(&c->span);
    draw_page_free(&c->page);
    arena_free(&c->arena);
    *c = (struct coverage){0};
}
