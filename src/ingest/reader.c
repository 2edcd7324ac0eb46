#include "ingest/reader.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/reader_formats.h"
#include "ingest/xlsx.h"

struct reader {
    char *name;
    struct decoder decoder;
    bool is_geojson;
    struct csv_records csv;
    struct geojson geojson;
    struct xlsx *workbook;
    struct table_records table;
    struct record first; /* read by reader_open, which so knows that there is one */
    bool has_first;
};

/* A copy of the path, or what standard input is called. */
static char *name_copy(const struct reader_options *o, struct err *e)
{
    const char *name = o->path;
    if (!o->memory && !strcmp(name, "-"))
        name = tr(e ? e->lang : LANG_EN, "standard input");
    size_t bytes = strlen(name) + 1;
    char *copy = malloc(bytes);
    if (!copy)
        err_memory(e);
    return copy ? memcpy(copy, name, bytes) : NULL;
}

static bool fail_empty(const struct reader *r, size_t skip_rows, struct err *e)
{
    if (skip_rows > 0 && r->decoder.head.len > 0)
        return err_set(e, ERR_INPUT,
                       "%s: nothing is left after the %zu rows passed over: pass over fewer",
                       r->name, skip_rows);
    return err_set(e, ERR_INPUT, "%s: the file is empty: it needs a head row and rows of data",
                   r->name);
}

static bool reader_open_csv(struct reader *r, size_t skip_rows, struct err *e)
{
    return records_open(&r->csv, &r->decoder, skip_rows, e) &&
           records_next(&r->csv, &r->first, &r->has_first, e) &&
           (r->has_first || fail_empty(r, skip_rows, e));
}

/* Zip packages are read from their end: they must be files. */
static bool reader_open_workbook(struct reader *r, const struct reader_options *o, struct err *e)
{
    if (o->memory || !strcmp(o->path, "-"))
        return err_set(e, ERR_INPUT,
                       "%s: a workbook cannot be read from here: save it as a file and give its "
                       "name",
                       r->name);
    return xlsx_open(&r->workbook, o->path, e);
}

static bool reader_start(struct reader *r, const struct reader_options *o, size_t chunk,
                         struct err *e)
{
    const char *text;
    size_t n;
    r->name = name_copy(o, e);
    if (!r->name || !decoder_open(&r->decoder, o, r->name, chunk, e))
        return false;
    if (r->decoder.is_zip)
        return reader_open_workbook(r, o, e);
    if (!decoder_peek(&r->decoder, &text, &n, e))
        return false;
    r->is_geojson = sniff_is_json(text, n);
    if (!r->is_geojson)
        return reader_open_csv(r, o->skip_rows, e);
    geojson_init(&r->geojson, &r->decoder);
    return true;
}

bool reader_open_chunked(struct reader **r, const struct reader_options *o, size_t chunk,
                         struct err *e)
{
    struct reader *made = calloc(1, sizeof *made);
    if (!made)
        return err_memory(e);
    if (!reader_start(made, o, chunk, e)) {
        reader_close(made);
        return false;
    }
    *r = made;
    return true;
}

bool reader_open(struct reader **r, const struct reader_options *o, struct err *e)
{
    return reader_open_chunked(r, o, DECODER_CHUNK, e);
}

void reader_close(struct reader *r)
{
    if (!r)
        return;
    records_close(&r->csv);
    geojson_free(&r->geojson);
    table_close(&r->table);
    xlsx_close(r->workbook);
    decoder_close(&r->decoder);
    free(r->name);
    free(r);
}

bool reader_next(struct reader *r, struct record *rec, bool *more, struct err *e)
{
    if (r->workbook)
        return table_next(&r->table, rec, more, e);
    if (r->is_geojson)
        return geojson_next(&r->geojson, rec, more, e);
    if (!r->has_first)
        return records_next(&r->csv, rec, more, e);
    *rec = r->first;
    r->has_first = false;
    *more = true;
    return true;
}

struct xlsx *reader_workbook(const struct reader *r)
{
    return r->workbook;
}

bool reader_take_table(struct reader *r, const struct sheet_table *table, struct err *e)
{
    table_close(&r->table);
    return table_open(&r->table, r->workbook, table, e);
}

const char *reader_name(const struct reader *r)
{
    return r->name;
}

char reader_delimiter(const struct reader *r)
{
    return r->is_geojson ? ',' : r->csv.delimiter;
}

bool reader_is_geojson(const struct reader *r)
{
    return r->is_geojson;
}
