/* reader_formats.h: what is behind a reader: CSV, GeoJSON, and which of them it is; sheets.
 * For the files reader*.c and their test only.
 */
#ifndef KEOGIAM_INGEST_READER_FORMATS_H
#define KEOGIAM_INGEST_READER_FORMATS_H

#include <csv.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "ingest/reader.h"
#include "ingest/reader_decode.h"

/* ---- what the first lines say (reader_sniff.c); text is the beginning of a file ---- */

bool sniff_is_json(const char *text, size_t n);

/* True if the first line is Excel's "sep=;": *delimiter is its character. */
bool sniff_separator_line(const char *text, size_t n, char *delimiter);

/* `,` `;` tab or `|`: of the first 20 records after skip_rows, the one that splits most of them
 * into the same number of fields, more than one; of equals the one with more fields; ',' where none
 * splits. */
char sniff_delimiter(const char *text, size_t n, size_t skip_rows);

/* ---- CSV (reader_csv.c) ---- */

#define RECORD_COLUMNS_MAX ((size_t)16384) /* as many as a sheet has */

enum record_fault { FAULT_NONE, FAULT_MEMORY, FAULT_COLUMNS };

struct csv_records {
    struct decoder *decoder; /* the caller's */
    struct csv_parser parser;
    char delimiter;
    char *text, *end;      /* decoded, not yet parsed */
    char *lf, *cr, *quote; /* the next of each at or after text; end where there is none */
    bool after_cr;         /* the text before ended with CR: an LF now belongs to it */
    size_t line;           /* of text */
    size_t record_line;    /* of the record's first byte */
    size_t field_line;     /* of the first byte of the field that is being read */
    size_t record_bytes;   /* handed to libcsv of the record that is being read */
    struct buf bytes;      /* libcsv's fields, each with its NUL */
    struct field *fields;  /* RECORD_COLUMNS_MAX */
    size_t count;
    bool complete;
    enum record_fault fault;
};

/* Finds the delimiter and passes over a "sep=" line and skip_rows records, blank lines counted.
 * Fails: as reader_next. records_close either way. */
bool records_open(struct csv_records *c, struct decoder *d, size_t skip_rows, struct err *e);
void records_close(struct csv_records *c); /* accepts zero */

/* The next record that is not blank (no field holds more than spaces and tabs). As reader_next. */
bool records_next(struct csv_records *c, struct record *rec, bool *more, struct err *e);

/* ---- GeoJSON (reader_geojson.c) ---- */

struct geojson {
    struct decoder *decoder; /* the caller's */
    char *text;
    size_t left;
    struct place at;
    bool after_cr;
    struct buf frame;   /* the file without its features: 0 stands for each */
    struct buf feature; /* text of the feature that is being read */
    size_t depth;       /* brackets open */
    bool in_string, escaped;
    bool in_features, in_feature;
    struct place feature_at; /* where the last feature began */
    size_t count;            /* features so far */
    bool head_given;
    const char *property; /* of the unit's code, found in the first feature; "" for its own id */
    char *unit, *geometry;
    struct field fields[2];
};

void geojson_init(struct geojson *g, struct decoder *d);
void geojson_free(struct geojson *g); /* accepts zero */

/* As reader_next: {"unit", "geometry"}, then one a feature. */
bool geojson_next(struct geojson *g, struct record *rec, bool *more, struct err *e);

/* ---- tables of a workbook (reader_xlsx.c) ---- */

/* The last text of a column, which goes for the lines below it too if its cell is merged. */
struct last_text {
    struct buf text;
    size_t line; /* 0: none yet */
};

struct table_records {
    struct sheet_table table;
    struct xlsx *x;
    struct xlsx_rows *rows;
    struct field *fields;
    enum cell_fault *faults;
    struct last_text *last; /* of the columns that are filled down */
};

/* table_close either way. */
bool table_open(struct table_records *t, struct xlsx *x, const struct sheet_table *table,
                struct err *e);
void table_close(struct table_records *t); /* accepts zero */
bool table_next(struct table_records *t, struct record *rec, bool *more, struct err *e);

/* ---- the whole (reader.c) ---- */

/* reader_open with another chunk than DECODER_CHUNK, so that tests can cut a small file anywhere.
 */
bool reader_open_chunked(struct reader **r, const struct reader_options *o, size_t chunk,
                         struct err *e);

#endif
