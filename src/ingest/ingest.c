#include "ingest/ingest.h"

#include <stdlib.h>

#include "ingest/file_day.h"
#include "ingest/ingest_state.h"

static bool open_layout(struct ingest *in, const struct ingest_options *o,
                        const struct lists *lists, struct err *e)
{
    struct record head;
    bool more = false;
    const char *file = reader_name(in->reader);
    if (!reader_next(in->reader, &head, &more, e))
        return false;
    if (!more)
        return err_set(e, ERR_INPUT,
                       "%s: has no head row: write the names of the columns above the rows", file);
    return layout_make(&in->layout, o, file, &head, reader_is_geojson(in->reader), &in->warnings,
                       e) &&
           file_day_find(&in->layout, o, in->directory, &in->warnings, e) &&
           checker_init(&in->checker, &in->layout, o, file, in->directory, lists, e);
}

bool ingest_open(struct ingest **out, const struct ingest_options *o, struct directory *d,
                 const struct lists *lists, struct err *e)
{
    struct ingest *in = calloc(1, sizeof *in);
    if (!in)
        return err_memory(e);
    in->directory = d;
    in->lang = e ? e->lang : LANG_EN;
    if (reader_open(&in->reader, &o->input, e) && open_layout(in, o, lists, e)) {
        *out = in;
        return true;
    }
    ingest_close(in);
    return false;
}

void ingest_close(struct ingest *in)
{
    if (!in)
        return;
    checker_free(&in->checker);
    layout_free(&in->layout);
    reader_close(in->reader);
    buf_free(&in->warnings);
    free(in->set_numbers);
    free(in);
}

enum kind_id ingest_kind(const struct ingest *in)
{
    return in->layout.kind->id;
}

bool ingest_has_slot(const struct ingest *in, size_t slot)
{
    return slot < ROW_SLOTS && in->layout.has_slot[slot];
}

const struct buf *ingest_warnings(const struct ingest *in)
{
    return &in->warnings;
}

size_t ingest_rows_read(const struct ingest *in)
{
    return in->rows_read;
}
