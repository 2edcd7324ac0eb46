/* sheet_parse.h: a piece of a sheet's XML becomes a chunk of rows. Internal to ingest/.
 *
 * A piece ends anywhere: the row that it cuts goes on in the next chunk. A chunk belongs to one
 * thread at a time (xlsx_rows.c).
 */
#ifndef KEOGIAM_INGEST_SHEET_PARSE_H
#define KEOGIAM_INGEST_SHEET_PARSE_H

#include "ingest/xlsx.h"
#include "ingest/xml_lex.h"

/* A cell of a chunk: its text is shared, or bytes of the chunk's text. */
struct chunk_cell {
    struct xlsx_cell cell;
    size_t at; /* of its text; only where cell.text.text is NULL */
};

struct chunk_row {
    size_t line, first, count; /* cells */
};

struct chunk {
    struct buf text;
    struct chunk_cell *cells;
    size_t count, cap;
    struct chunk_row *rows; /* whole ones */
    size_t row_count, row_cap;
    bool is_last;
};
void chunk_free(struct chunk *c); /* accepts zero */

enum cell_type { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT, TYPE_BOOL, TYPE_ERROR, TYPE_DATE };

struct sheet_parser {
    struct xlsx *x;
    struct office_stream *stream;
    struct xml_lexer lexer;
    const char *sheet;
    struct err fault;   /* of a handler */
    struct chunk *into; /* what is being filled */
    struct chunk rest;  /* the row that the last piece cut */
    struct buf shown;

    /* of the row and the cell that are being read */
    bool in_row;
    size_t line, first, last_line, column, value_at;
    enum cell_type type;
    unsigned char format;
    bool in_text, in_reading, has_value, has_formula;
};

bool sheet_parser_open(struct sheet_parser *p, struct xlsx *x, size_t sheet, struct err *e);
void sheet_parser_close(struct sheet_parser *p); /* accepts zero */

/* Replaces the chunk by the next rows, none perhaps. Fails as xlsx_rows_next. */
bool sheet_parser_fill(struct sheet_parser *p, struct chunk *c, struct err *e);

#endif
