/* reader_xlsx.c: the rows of a table in a sheet as records. */
#include <stdlib.h>
#include <string.h>

#include "ingest/kind.h"
#include "ingest/reader_formats.h"
#include "ingest/xlsx.h"

bool table_open(struct table_records *t, struct xlsx *x, const struct sheet_table *table,
                struct err *e)
{
    size_t n = table->columns;
    *t = (struct table_records){.table = *table, .x = x};
    t->fields = calloc(n + 1, sizeof *t->fields);
    t->faults = calloc(n + 1, sizeof *t->faults);
    t->last = calloc(n + 1, sizeof *t->last);
    if (!t->fields || !t->faults || !t->last)
        return err_memory(e);
    return xlsx_rows_open(&t->rows, x, table->sheet, e);
}

void table_close(struct table_records *t)
{
    for (size_t i = 0; t->last && i < t->table.columns; i++)
        buf_free(&t->last[i].text);
    xlsx_rows_close(t->rows);
    free(t->fields);
    free(t->faults);
    free(t->last);
    *t = (struct table_records){0};
}

/* Puts the cells where they belong; *any: one of the table's columns holds something. */
static void place_cells(struct table_records *t, const struct xlsx_row *row, bool *any)
{
    for (size_t i = 0; i < t->table.columns; i++) {
        t->fields[i] = (struct field){"", 0};
        t->faults[i] = CELL_GOOD;
    }
    *any = false;
    for (size_t i = 0; i < row->count; i++) {
        const struct xlsx_cell *c = &row->cells[i];
        size_t at = c->column - t->table.first_column;
        if (c->column < t->table.first_column || at >= t->table.columns)
            continue;
        t->fields[at] = c->text;
        t->faults[at] = c->fault;
        *any = true;
    }
}

/* A blank cell takes the text above it where both are one merged cell. What is merged is only asked
 * where there is a blank. */
static bool fill(struct table_records *t, size_t column, size_t line, struct err *e)
{
    const struct last_text *l = &t->last[column];
    const struct xlsx_merge *m;
    if (!l->line)
        return true;
    if (!xlsx_merge_at(t->x, t->table.sheet, l->line, t->table.first_column + column, &m, e))
        return false;
    if (m && m->last_line >= line)
        t->fields[column] = (struct field){buf_text(&l->text), l->text.len};
    return true;
}

static bool fill_all(struct table_records *t, size_t line, struct err *e)
{
    for (size_t i = 0; t->table.fills && i < t->table.columns; i++) {
        struct last_text *l = &t->last[i];
        if (!t->table.fills[i] || t->faults[i])
            continue;
        if (!t->fields[i].n) {
            if (!fill(t, i, line, e))
                return false;
            continue;
        }
        buf_clear(&l->text);
        buf_add(&l->text, t->fields[i].text, t->fields[i].n);
        l->line = line;
        if (l->text.failed)
            return err_memory(e);
    }
    return true;
}

bool table_next(struct table_records *t, struct record *rec, bool *more, struct err *e)
{
    struct xlsx_row row;
    bool any = false;
    while (!any) {
        if (!xlsx_rows_next(t->rows, &row, more, e))
            return false;
        if (!*more)
            return true;
        if (row.line < t->table.first_line)
            continue;
        place_cells(t, &row, &any);
    }
    if (!fill_all(t, row.line, e))
        return false;
    *rec = (struct record){.line = line_in_sheet(t->table.sheet, row.line),
                           .count = t->table.columns,
                           .fields = t->fields,
                           .faults = t->faults,
                           .first_column = t->table.first_column};
    return true;
}
