/* preview.h: the first rows of a sheet, merged cells spread over their columns, to find its head
 * and read its title. Internal to ingest/. */
#ifndef KEOGIAM_INGEST_PREVIEW_H
#define KEOGIAM_INGEST_PREVIEW_H

#include "ingest/xlsx.h"

#define PREVIEW_ROWS 40

struct preview_row {
    size_t line;
    size_t count;        /* of cells, up to the last that holds something itself */
    const char **cells;  /* "" where blank */
    const char **spread; /* the same, with what a merged cell says in all its columns */
    bool has_group;      /* a cell is merged over several columns */
};

struct preview {
    size_t row_count, columns;
    struct preview_row rows[PREVIEW_ROWS]; /* those that hold something */
    struct arena arena;
};

bool preview_read(struct preview *p, struct xlsx *x, size_t sheet, struct err *e);
void preview_free(struct preview *p); /* accepts zero */

#endif
