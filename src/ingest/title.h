/* title.h: the unit and the period that the words around a table name: its title, its tab, its
 * file. Internal to ingest/. */
#ifndef KEOGIAM_INGEST_TITLE_H
#define KEOGIAM_INGEST_TITLE_H

#include "base/buf.h"
#include "base/date.h"
#include "ingest/directory.h"

struct title_scope {
    const struct directory *d;
    struct calendar calendar;
    day today;     /* for units named alike */
    size_t within; /* unit, NO_ENTRY: all */
    bool leaf;     /* a unit that has others under it is not meant */
};

/* The texts name exactly one unit: appended as they write it. Of several the one that the word for
 * its kind stands before goes first ("xã Láng Biển"), and what lies above another is only said
 * with it. */
bool title_unit(const struct title_scope *s, const char *const *texts, size_t count,
                struct buf *name);

/* The texts name exactly one period: appended by its label, or as first..last day where they say
 * "từ ngày … đến ngày …". */
bool title_period(const struct title_scope *s, const char *const *texts, size_t count,
                  struct buf *label);

#endif
