/* returned.h: what the lines above the table of a filled-in template say: who reports, for which
 * days, and whether there was nothing to report. The template is written by report/template.h with
 * the same labels.
 */
#ifndef KEOGIAM_INGEST_RETURNED_H
#define KEOGIAM_INGEST_RETURNED_H

#include "base/buf.h"
#include "base/date.h"
#include "base/lang.h"
#include "ingest/preview.h"

enum returned_label { RETURNED_UNIT, RETURNED_PERIOD, RETURNED_NIL, RETURNED_LABELS };

/* "Đơn vị báo cáo": how a line begins; the value stands behind its colon or in a cell further
 * right. */
const char *returned_label(enum returned_label label, enum lang lang);

struct returned {
    bool is_template;      /* the lines of the period, with its days, and of the tick were there */
    struct span span;      /* of the report */
    struct buf unit;       /* as written; "" where none is chosen */
    bool is_nil, nil_seen; /* ticked; the line was there */
};
void returned_free(struct returned *r); /* accepts zero */

/* Looks at a sheet's first rows, those above its head. False: out of memory. */
bool returned_look(struct returned *r, const struct preview *p, size_t rows);

#endif
