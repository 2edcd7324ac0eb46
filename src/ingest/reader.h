/* reader.h: a file as records of text with line numbers, whatever its format.
 *
 * CSV through libcsv, streaming: memory does not grow with the file. UTF-8 (BOM or not), UTF-16
 * with BOM, Windows-1258 (no BOM, bytes that are not UTF-8) through iconv; `,` `;` tab or `|`,
 * found from the first lines; RFC 4180 quotes with newlines inside; LF, CRLF. GeoJSON
 * FeatureCollections come as records too: the first is {"unit", "geometry"}, then one a feature:
 * its code property and its geometry as JSON text. Fields handed on are valid UTF-8, not yet
 * normalised, outer white space kept.
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

struct record {
    size_t line; /* of its first byte, 1-based, in the file (skipped rows counted) */
    size_t count;
    const struct field *fields;
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
 * an old .xls or encrypted Office file (named, with the way out), .xlsx (not read yet: save as
 * CSV). */
bool reader_open(struct reader **r, const struct reader_options *o, struct err *e);
void reader_close(struct reader *r); /* accepts NULL */

/* The next record in *rec; *more = false at the end. Blank lines are passed over.
 * Fails (ERR_INPUT, "FILE:LINE: …"): broken quote, NUL byte, bytes that are no text, record too
 * long. */
bool reader_next(struct reader *r, struct record *rec, bool *more, struct err *e);

const char *reader_name(const struct reader *r); /* for messages */
char reader_delimiter(const struct reader *r);   /* ',' for GeoJSON */
bool reader_is_geojson(const struct reader *r);

#endif
