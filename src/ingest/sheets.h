/* sheets.h: the sheets of a workbook between being looked at and being read. Internal to sheets.c,
 * which chooses them, and sheet_parts.c, which makes their layouts. */
#ifndef KEOGIAM_INGEST_SHEETS_H
#define KEOGIAM_INGEST_SHEETS_H

#include "ingest/head_find.h"
#include "ingest/ingest_state.h"

/* A sheet that was looked at. */
struct candidate {
    size_t sheet;
    struct preview preview;
    struct found_head head;
    struct returned returned; /* what the lines above the head say */
    bool chosen;
};

struct choosing {
    struct ingest *in;
    const struct ingest_options *o;
    struct xlsx *x;
    struct candidate *items;
    size_t count;
};

/* Makes the parts of c->in from the candidates that were chosen. Fails as ingest_open. */
bool sheets_open_chosen(struct choosing *c, struct err *e);

#endif
