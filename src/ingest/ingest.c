#include "ingest/ingest.h"

#include <stdlib.h>

#include "ingest/file_day.h"
#include "ingest/ingest_state.h"

/* The head of a file that is one table is its first record. */
static bool open_table(struct ingest *in, const struct ingest_options *o, struct err *e)
{
    struct record head;
    bool more = false;
    const char *file = reader_name(in->reader);
    struct layout_source from = {file, &head, reader_is_geojson(in->reader)};
    in->parts = calloc(1, sizeof *in->parts);
    if (!in->parts)
        return err_memory(e);
    in->part_count = 1;
    in->parts->place = file;
    if (o->sheet)
        return err_set(
            e, ERR_INPUT,
            "%s: --sheet %s: the file is no workbook and has no sheets: leave --sheet out", file,
            o->sheet);
    if (!reader_next(in->reader, &head, &more, e))
        return false;
    if (!more)
        return err_set(e, ERR_INPUT,
                       "%s: has no head row: write the names of the columns above the rows", file);
    struct layout *layout = &in->parts->layout;
    return layout_make(layout, o, &in->known, &from, &in->warnings, e) &&
           file_day_find(layout, o, in->directory, &in->warnings, e);
}

static bool open_parts(struct ingest *in, const struct ingest_options *o, const struct lists *lists,
                       struct err *e)
{
    bool ok = reader_workbook(in->reader) ? sheets_open(in, o, e) : open_table(in, o, e);
    for (size_t i = 0; ok && i < in->part_count; i++) {
        const struct part *p = &in->parts[i];
        ok = i ? checker_turn(&in->checker, &p->layout, p->place, e)
               : checker_init(&in->checker, &p->layout, o, p->place, in->directory, lists, e);
    }
    return ok;
}

bool ingest_open(struct ingest **out, const struct ingest_options *o, struct directory *d,
                 const struct lists *lists, struct err *e)
{
    struct ingest *in = calloc(1, sizeof *in);
    if (!in)
        return err_memory(e);
    in->directory = d;
    in->lang = e ? e->lang : LANG_EN;
    if (reader_open(&in->reader, &o->input, e) && open_parts(in, o, lists, e)) {
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
    for (size_t i = 0; i < in->part_count; i++)
        layout_free(&in->parts[i].layout);
    free(in->parts);
    known_heads_free(&in->known);
    reader_close(in->reader);
    buf_free(&in->warnings);
    free(in->sheet_slots);
    returned_free(&in->returned);
    arena_free(&in->arena);
    free(in->set_numbers);
    free(in);
}

enum kind_id ingest_kind(const struct ingest *in)
{
    return in->parts->layout.kind->id;
}

bool ingest_has_slot(const struct ingest *in, size_t slot)
{
    bool has = false;
    for (size_t i = 0; slot < ROW_SLOTS && i < in->part_count; i++)
        has = has || in->parts[i].layout.has_slot[slot];
    return has;
}

const uint64_t *ingest_sheet_slots(const struct ingest *in)
{
    return in->sheet_slots;
}

bool ingest_take_returned(struct ingest *in, struct part *p, struct returned *r, struct err *e)
{
    if (!r->is_template || p->layout.kind->id != KIND_INCIDENTS)
        return true;
    if (!layout_fill_blank_units(&p->layout, buf_text(&r->unit)))
        return err_memory(e);
    if (!in->returned.is_template) {
        in->returned = *r;
        *r = (struct returned){0};
    }
    return true;
}

const struct returned *ingest_returned(const struct ingest *in)
{
    return in->returned.is_template ? &in->returned : NULL;
}

void ingest_place(const struct ingest *in, size_t line, struct buf *place)
{
    size_t sheet = line_sheet(line);
    buf_adds(place, reader_name(in->reader));
    if (sheet && in->sheet_names)
        buf_addf(place, "[%s]", in->sheet_names[sheet - 1]);
    buf_addf(place, ":%zu", line_number(line));
}

const struct buf *ingest_warnings(const struct ingest *in)
{
    return &in->warnings;
}

size_t ingest_rows_read(const struct ingest *in)
{
    return in->rows_read;
}
