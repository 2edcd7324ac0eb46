/* reader.h: a file as records of text with line numbers, whatever its format.
 *
 * CSV through libcsv, streaming: memory does not grow with the file. UTF-8 (BOM or not), UTF-16
 * with BOM, Windows-1258 (no BOM, bytes that are not UTF-8) through iconv; `,` `;` tab or `|`,
 * found from the first lines; RFC 4180 quotes with newlines inside; LF, CRLF. GeoJSON
 * FeatureCollections come as records too: the first is {"unit", "geometry"}, then one a feature:
 * its code property and its geometry as JSON text. Fields handed on are valid UTF-8, not yet
 * normalised, outer white space kept. Workbooks (.xlsx) are opened here; which of their sheets are
 * read, and where in them the tables stand, is found in sheets.h.
 */
#ifndef KEOGIAM_INGEST_READER_H
#define KEOGIAM_INGEST_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct field {
    const char *text; /* NUL-terminated, valid until the next reader_next */
    size_t n;
};

/* Why a cell of a workbook has no text. */
enum cell_fault { CELL_GOOD, CELL_ERROR /* #REF! */, CELL_UNCALCULATED /* formula, no result */ };

struct record {
    size_t line; /* of its first byte, 1-based, in the file (skipped rows counted); see kind.h */
    size_t count;
    const struct field *fields;
    const enum cell_fault *faults; /* of a sheet, one a field; NULL: none */
    size_t first_column;           /* of a sheet, from 0 */
};

struct reader_options {
    const char *path;   /* "-": standard input */
    const char *memory; /* or these bytes, path being the name for messages */
    size_t memory_bytes;
    size_t skip_rows; /* records to pass over before the head */
};

struct reader;

/* Longest record taken: anything longer is an error that names its line. */
#define READER_RECORD_MAX ((size_t)4 << 20)

/* Fails (ERR_INPUT): missing, a folder, unreadable, empty, binary (NUL bytes, control characters),
 * an old .xls or encrypted Office file (named, with the way out), a workbook that is damaged or
 * comes through standard input. */
bool reader_open(struct reader **r, const struct reader_options *o, struct err *e);
void reader_close(struct reader *r); /* accepts NULL */

/* The next record in *rec; *more = false at the end. Blank lines are passed over.
 * Fails (ERR_INPUT, "FILE:LINE: …"): broken quote, NUL byte, bytes that are no text, record too
 * long. */
bool reader_next(struct reader *r, struct record *rec, bool *more, struct err *e);

/* ---- workbooks ---- */

struct xlsx;

/* Where a table stands in a workbook; lines from 1, columns from 0. */
struct sheet_table {
    size_t sheet;      /* index */
    size_t first_line; /* of its rows, below the head */
    size_t first_column, columns;
    const bool *fills; /* of each column: a merged cell's text goes for all its lines; NULL: none */
};

/* The workbook; NULL for any other file, which reader_next reads at once. */
struct xlsx *reader_workbook(const struct reader *r);
/* From now on reader_next gives the rows of this table, below the head; table->fills must live as
 * long. Lines carry the sheet's number (kind.h). Fails as reader_next. */
bool reader_take_table(struct reader *r, const struct sheet_table *table, struct err *e);

const char *reader_name(const struct reader *r); /* for messages */
char reader_delimiter(const struct reader *r);   /* ',' for GeoJSON */
bool reader_is_geojson(const struct reader *r);

#endif
