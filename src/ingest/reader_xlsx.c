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
    *t = (struct table_records){.table = *table};
    t->fields = calloc(n + 1, sizeof *t->fields);
    t->faults = calloc(n + 1, sizeof *t->faults);
    t->carried = calloc(n + 1, sizeof *t->carried);
    if (!t->fields || !t->faults || !t->carried)
        return err_memory(e);
    return xlsx_merges(x, table->sheet, &t->merges, &t->merge_count, e) &&
           xlsx_rows_open(&t->rows, x, table->sheet, e);
}

void table_close(struct table_records *t)
{
    for (size_t i = 0; t->carried && i < t->table.columns; i++)
        buf_free(&t->carried[i].text);
    xlsx_rows_close(t->rows);
    free(t->fields);
    free(t->faults);
    free(t->carried);
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

/* Merges that begin on this line, or on one before that has no cells at all. */
static bool start_carrying(struct table_records *t, size_t line, struct err *e)
{
    for (; t->next_merge < t->merge_count && t->merges[t->next_merge].line <= line;
         t->next_merge++) {
        const struct xlsx_merge *m = &t->merges[t->next_merge];
        size_t at = m->column - t->table.first_column;
        if (m->column < t->table.first_column || at >= t->table.columns || m->line != line ||
            m->last_line <= line || !t->table.fills || !t->table.fills[at])
            continue;
        struct carried *c = &t->carried[at];
        buf_clear(&c->text);
        buf_add(&c->text, t->fields[at].text, t->fields[at].n);
        if (c->text.failed)
            return err_memory(e);
        c->last_line = m->last_line;
    }
    return true;
}

static void carry(struct table_records *t, size_t line)
{
    for (size_t i = 0; i < t->table.columns; i++)
        if (t->carried[i].last_line >= line && !t->fields[i].n && !t->faults[i])
            t->fields[i] = (struct field){buf_text(&t->carried[i].text), t->carried[i].text.len};
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
        if (!start_carrying(t, row.line, e))
            return false;
    }
    carry(t, row.line);
    *rec = (struct record){.line = line_in_sheet(t->table.sheet, row.line),
                           .count = t->table.columns,
                           .fields = t->fields,
                           .faults = t->faults,
                           .first_column = t->table.first_column};
    return true;
}
