/* head_find.h: where in a sheet the head of a table stands: which of the first rows, and how many
 * of them, name the columns of a kind. Internal to ingest/.
 *
 * Titles stand above it and are passed over. A head may have up to three rows ("Nạn nhân" over
 * "Số | Dưới 16 tuổi"), and a row of numbers under it ((1) (2) (3)). A table of cases may lack its
 * unit, one of counts its unit or period, where the title, the tab or the file's name gives it.
 */
#ifndef KEOGIAM_INGEST_HEAD_FIND_H
#define KEOGIAM_INGEST_HEAD_FIND_H

#include "ingest/match.h"
#include "ingest/preview.h"

struct found_head {
    size_t row, rows; /* in the preview; rows 0: there is no row that could be one */
    const struct kind *kind;
    bool fits;
    long score;
    bool lacks_unit, lacks_period; /* it fits if they come from elsewhere */
    size_t first_line;             /* of the rows below it */
    size_t first_column;
    struct record head; /* fields joined by HEAD_JOIN */
};

/* The best head of the sheet; texts go into the arena. */
bool head_find(struct found_head *found, const struct preview *p, const struct ingest_options *o,
               struct known_heads *known, struct arena *a, struct err *e);

#endif
