/* template.h: the workbook that is sent to those who report: one row a case, lists to choose from,
 * dates and numbers that are checked while they are typed, heads that cannot be changed, the
 * period, who reports, and a cell that says that there was nothing. What comes back is read by
 * `load`: its heads are aliases of ingest/kind.h, the lines above them those of ingest/returned.h.
 *
 * Sheets: the cases, instructions, and the lists, hidden. No column takes a name or an address.
 * Checked: tests/test_template.c, tests/golden/template through LibreOffice.
 */
#ifndef KEOGIAM_REPORT_TEMPLATE_H
#define KEOGIAM_REPORT_TEMPLATE_H

#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"
#include "ingest/lists.h"

struct template_names {
    const char *const *items;
    size_t count;
};

struct template_axis { /* a root of the categories: a column of its own */
    const char *name;
    struct template_names categories; /* names that load finds, in tree order */
};

enum { TEMPLATE_AXES = 8 }; /* a case has so many categories at most */

struct template_book {
    enum lang lang;
    struct template_names units; /* names that load finds; of one alone: its report */
    const struct template_axis *axes;
    size_t axis_count; /* 1 … TEMPLATE_AXES */
    const struct lists *lists;
    struct span span;   /* of the report */
    const char *period; /* how people call it */
    int64_t created;    /* seconds since 1970: the same input, the same bytes */
};

/* How many rows take cases. */
enum { TEMPLATE_ROWS = 500 };

/* Writes path, whole or not at all. Fails (ERR_FAILED): cannot write, out of memory. */
bool template_write(const char *path, const struct template_book *t, struct err *e);

#endif
