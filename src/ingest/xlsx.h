/* xlsx.h: a workbook (ECMA-376 spreadsheetml, .xlsx) as sheets, rows and cells of text. Internal to
 * ingest/, but for the names of sheets and their parts.
 *
 * Rows stream: memory grows with the shared strings alone, which are bounded. Cells are where their
 * references put them; numbers are the text that a person sees, as far as a table needs: whole ones
 * without a fraction, at most 15 digits, dates as 2024-05-03, months as 2024-05, percentages as 3%,
 * codes with the zeros that their format adds. What was never calculated or is an error says so.
 * Source: ECMA-376 part 1, 18.2–18.8; built-in formats 18.8.30.
 */
#ifndef KEOGIAM_INGEST_XLSX_H
#define KEOGIAM_INGEST_XLSX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "ingest/reader.h"

#define XLSX_COLUMNS_MAX ((size_t)16384)
#define XLSX_ROWS_MAX ((size_t)1048576)
#define XLSX_STRINGS_MAX ((size_t)256 << 20) /* bytes of all shared strings */

/* How a number shows; NUMBER_PADDED + n: with zeros in front, n digits. */
enum number_format {
    NUMBER_PLAIN,
    NUMBER_PERCENT,
    NUMBER_DATE,
    NUMBER_MONTH,
    NUMBER_YEAR,
    NUMBER_TIME,
    NUMBER_PADDED
};

/* A block of cells that shows as one; lines from 1, columns from 0, ends included. */
struct xlsx_merge {
    size_t line, column, last_line, last_column;
};

struct xlsx_sheet {
    const char *name, *part;
    bool is_hidden;
    bool has_merges; /* they were read */
    struct xlsx_merge *merges;
    size_t merge_count;
};

struct xlsx {
    struct office *office;
    const char *path;
    struct xlsx_sheet *sheets; /* as the tabs stand */
    size_t sheet_count, sheet_cap;
    bool from_1904;
    unsigned char *formats; /* enum number_format, by cell style */
    size_t format_count, format_cap;
    struct field *strings;
    size_t string_count, string_cap;
    struct arena arena;
};

/* Opens it and reads all but the rows. Fails (ERR_INPUT, naming the path): as office_open, a
 * package of another kind, no sheets, too many strings. */
bool xlsx_open(struct xlsx **x, const char *path, struct err *e);
void xlsx_close(struct xlsx *x); /* accepts NULL */

/* ---- rows (xlsx_rows.c) ---- */

struct xlsx_cell {
    size_t column; /* from 0 */
    enum cell_fault fault;
    struct field text; /* "" where it is at fault */
};

struct xlsx_row {
    size_t line; /* from 1 */
    size_t count;
    struct xlsx_cell *cells; /* those that hold something, in the order of the file */
};

struct xlsx_rows;

/* Until they are closed nothing else of the workbook's package is read: a thread may read ahead. */
bool xlsx_rows_open(struct xlsx_rows **r, struct xlsx *x, size_t sheet, struct err *e);
void xlsx_rows_close(struct xlsx_rows *r); /* accepts NULL */

/* The next row that has cells, until the next call; *more = false at the end. Fails as
 * office_part_next, and: lines that do not ascend, references that are none. */
bool xlsx_rows_next(struct xlsx_rows *r, struct xlsx_row *row, bool *more, struct err *e);

/* ---- xlsx_merges.c ---- */
/* All of a sheet by line, then column, read when they are first asked for; the workbook keeps them.
 * Rows may be open meanwhile. */
bool xlsx_merges(struct xlsx *x, size_t sheet, const struct xlsx_merge **merges, size_t *count,
                 struct err *e);

/* The one that begins there; NULL. */
bool xlsx_merge_at(struct xlsx *x, size_t sheet, size_t line, size_t column,
                   const struct xlsx_merge **merge, struct err *e);

/* ---- parts of the whole ---- */

/* The column of "AB12" (27) and its line, 0 where it has none; false: no reference. */
bool xlsx_reference(const char *text, size_t *column, size_t *line);

/* ---- xlsx_formats.c ---- */
unsigned char xlsx_format_class(const char *code);
bool xlsx_read_formats(struct xlsx *x, const char *part, struct err *e);
/* Appends a number as it shows; text that is no number as it is. */
void xlsx_add_number(const struct xlsx *x, const char *text, size_t n, unsigned char format,
                     struct buf *out);

/* ---- xlsx_strings.c ---- */
bool xlsx_read_strings(struct xlsx *x, const char *part, struct err *e);

#endif
