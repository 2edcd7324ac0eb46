#include "ingest/preview.h"

#include <string.h>

void preview_free(struct preview *p)
{
    arena_free(&p->arena);
    *p = (struct preview){0};
}

static bool keep_row(struct preview *p, const struct xlsx_row *row)
{
    struct preview_row *kept = &p->rows[p->row_count];
    *kept = (struct preview_row){.line = row->line};
    for (size_t i = 0; i < row->count; i++)
        if (row->cells[i].column >= kept->count)
            kept->count = row->cells[i].column + 1;
    kept->cells = arena_alloc(&p->arena, (kept->count + 1) * sizeof *kept->cells);
    if (!kept->cells)
        return false;
    for (size_t i = 0; i < kept->count; i++)
        kept->cells[i] = "";
    for (size_t i = 0; i < row->count; i++) {
        const struct xlsx_cell *c = &row->cells[i];
        kept->cells[c->column] = arena_copy(&p->arena, c->text.text, c->text.n);
        if (!kept->cells[c->column])
            return false;
    }
    p->columns = kept->count > p->columns ? kept->count : p->columns;
    p->row_count++;
    return true;
}

static bool read_rows(struct preview *p, struct xlsx *x, size_t sheet, struct err *e)
{
    struct xlsx_rows *rows;
    struct xlsx_row row;
    bool more = true, ok = xlsx_rows_open(&rows, x, sheet, e);
    while (ok && more && p->row_count < PREVIEW_ROWS) {
        ok = xlsx_rows_next(rows, &row, &more, e);
        if (ok && more)
            ok = keep_row(p, &row) || err_memory(e);
    }
    xlsx_rows_close(rows);
    return ok;
}

/* Every row as wide as the widest. */
static bool prepare_spread(struct preview *p)
{
    for (size_t i = 0; i < p->row_count; i++) {
        struct preview_row *r = &p->rows[i];
        r->spread = arena_alloc(&p->arena, (p->columns + 1) * sizeof *r->spread);
        if (!r->spread)
            return false;
        for (size_t c = 0; c < p->columns; c++)
            r->spread[c] = c < r->count ? r->cells[c] : "";
    }
    return true;
}

static void spread(struct preview *p, const struct xlsx_merge *m)
{
    for (size_t i = 0; i < p->row_count; i++) {
        struct preview_row *r = &p->rows[i];
        if (r->line != m->line || m->column >= p->columns)
            continue;
        for (size_t c = m->column + 1; c <= m->last_column && c < p->columns; c++) {
            r->spread[c] = r->spread[m->column];
            r->has_group = true;
        }
    }
}

/* A table that begins with a head of one row: nothing in it is merged that matters here. */
static bool is_plain(const struct preview *p)
{
    const struct preview_row *first = &p->rows[0];
    size_t filled = 0;
    while (filled < first->count && *first->cells[filled])
        filled++;
    return p->row_count == 0 || (filled > 1 && filled == p->columns);
}

static bool spread_all(struct preview *p, struct xlsx *x, size_t sheet, struct err *e)
{
    const struct xlsx_merge *merges;
    size_t count;
    if (is_plain(p))
        return true;
    if (!xlsx_merges(x, sheet, &merges, &count, e))
        return false;
    for (size_t i = 0; i < count; i++)
        spread(p, &merges[i]);
    return true;
}

bool preview_read(struct preview *p, struct xlsx *x, size_t sheet, struct err *e)
{
    *p = (struct preview){0};
    if (read_rows(p, x, sheet, e) && (prepare_spread(p) || err_memory(e)) &&
        spread_all(p, x, sheet, e))
        return true;
    preview_free(p);
    return false;
}
