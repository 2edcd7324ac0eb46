#include "base/result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void result_init(struct result *r, const char *command, const struct column *columns,
                 size_t column_count, enum lang lang)
{
    *r = (struct result){
        .command = command, .columns = columns, .column_count = column_count, .lang = lang};
}

void result_free(struct result *r)
{
    free(r->cells);
    free(r->footers);
    free(r->provs);
    arena_free(&r->arena);
    *r = (struct result){0};
}

struct cell *result_add_row(struct result *r, struct err *e)
{
    void *cells = r->cells;
    if (!array_grow(&cells, &r->row_cap, r->row_count + 1, r->column_count * sizeof *r->cells, e))
        return NULL;
    r->cells = cells;
    struct cell *row = r->cells + r->row_count++ * r->column_count;
    for (size_t i = 0; i < r->column_count; i++)
        row[i] = (struct cell){.type = CELL_EMPTY};
    return row;
}

bool result_add_columns(struct result *r, const struct column *columns, size_t count, struct err *e)
{
    size_t had = r->column_count, wide = had + count;
    struct column *all = arena_alloc(&r->arena, wide * sizeof *all);
    struct cell *cells = calloc(r->row_count * wide + 1, sizeof *cells);
    if (!all || !cells) {
        free(cells);
        return err_memory(e);
    }
    memcpy(all, r->columns, had * sizeof *all);
    memcpy(all + had, columns, count * sizeof *all);
    for (size_t i = 0; i < r->row_count; i++)
        memcpy(cells + i * wide, r->cells + i * had, had * sizeof *cells);
    free(r->cells);
    r->cells = cells;
    r->row_cap = r->row_count;
    r->columns = all;
    r->column_count = wide;
    return true;
}

bool result_has(const struct result *r, size_t column)
{
    bool any = false;
    for (size_t i = 0; i < r->row_count; i++)
        any |= r->cells[i * r->column_count + column].type != CELL_EMPTY;
    return any;
}

size_t result_column(const struct result *r, const char *name)
{
    size_t i = 0;
    while (i < r->column_count && strcmp(r->columns[i].name, name))
        i++;
    return i;
}

const struct cell *result_cell(const struct result *r, size_t row, const char *column)
{
    static const struct cell empty;
    size_t i = result_column(r, column);
    return i < r->column_count ? &r->cells[row * r->column_count + i] : &empty;
}

bool result_add_footer(struct result *r, struct err *e, const char *text)
{
    void *footers = r->footers;
    if (!array_grow(&footers, &r->footer_cap, r->footer_count + 1, sizeof *r->footers, e))
        return false;
    r->footers = footers;
    const char *copy = arena_text(&r->arena, text);
    if (!copy)
        return err_memory(e);
    r->footers[r->footer_count++] = copy;
    return true;
}

bool result_add_prov(struct result *r, const char *key, const char *label, const char *value,
                     const char *shown, struct err *e)
{
    void *provs = r->provs;
    if (!array_grow(&provs, &r->prov_cap, r->prov_count + 1, sizeof *r->provs, e))
        return false;
    r->provs = provs;
    struct prov p = {key, label, arena_text(&r->arena, value),
                     shown ? arena_text(&r->arena, shown) : NULL};
    if (!p.value || (shown && !p.shown))
        return err_memory(e);
    r->provs[r->prov_count++] = p;
    return true;
}

struct cell cell_real(double x)
{
    return isfinite(x) ? (struct cell){CELL_REAL, {.x = x}} : (struct cell){.type = CELL_EMPTY};
}

struct cell cell_text(const char *s)
{
    return s && *s ? (struct cell){CELL_TEXT, {.s = s}} : (struct cell){.type = CELL_EMPTY};
}

/* The code at the start or behind a semicolon. */
static char *find_code(char *note, const char *code)
{
    size_t n = strlen(code);
    for (char *hit = note; (hit = strstr(hit, code)); hit++)
        if (hit[n] == '=' && (hit == note || hit[-1] == ';'))
            return hit;
    return NULL;
}

bool result_drop_note(struct result *r, const char *code)
{
    size_t column = result_column(r, "note");
    bool ok = true;
    for (size_t i = 0; column < r->column_count && i < r->row_count; i++) {
        struct cell *cell = &r->cells[i * r->column_count + column];
        char *text = cell->type == CELL_TEXT ? arena_text(&r->arena, cell->as.s) : NULL;
        char *hit = text ? find_code(text, code) : NULL;
        ok &= text || cell->type != CELL_TEXT;
        if (hit) {
            const char *rest = hit + strcspn(hit, ";");
            rest += *rest == ';';
            memmove(hit, rest, strlen(rest) + 1);
        }
        if (hit || !text)
            *cell = cell_text(text);
    }
    return ok;
}
