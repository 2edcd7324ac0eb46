/* case_cells.h: the values of a stored case, as load reads them and as people do. */
#ifndef KEOGIAM_CLI_CASE_CELLS_H
#define KEOGIAM_CLI_CASE_CELLS_H

#include "ingest/directory.h"
#include "ingest/kind.h"
#include "ingest/lists.h"

struct case_cells {
    const struct kind *kind; /* incidents */
    const struct directory *directory;
    const struct list_item *items[INC_SLOTS]; /* of the closed lists; NULL: not of a list */
    size_t item_counts[INC_SLOTS];
};

/* Directory and lists must outlive it. */
void case_cells_init(struct case_cells *c, const struct directory *d, const struct lists *lists);

/* Appends codes and ISO dates; nothing for a blank. */
void case_cell_code(const struct case_cells *c, size_t slot, const struct value *v, struct buf *b);
/* Appends names and dates as in that language; "–" for a blank. */
void case_cell_words(const struct case_cells *c, size_t slot, const struct value *v, enum lang lang,
                     struct buf *b);

/* Appends "TM-2024-0012: Láng Biển, Hiếp dâm (XHTE.TD.HIEPDAM), 03/05/2024". */
void case_cells_line(const struct case_cells *c, const char *case_id, const struct row *row,
                     enum lang lang, struct buf *b);

#endif
