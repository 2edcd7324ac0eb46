/* layout.h: a file's head mapped onto a kind: which field fills which slot. Internal to ingest/.
 *
 * A layout is made once, at ingest_open, and only read afterwards.
 */
#ifndef KEOGIAM_INGEST_LAYOUT_H
#define KEOGIAM_INGEST_LAYOUT_H

#include "ingest/ingest.h"

/* Where a cell's value goes; slots are below ROW_SLOTS. */
#define CELL_PARENT ROW_SLOTS /* the category's parent, for the look-up only */

/* Columns of several values may be numbered: so many beside the first. */
#define CELL_MORE 8

/* A column of the file, or a constant, that is read for every row. */
struct layout_cell {
    size_t slot;                      /* or CELL_PARENT */
    const struct kind_column *column; /* NULL for CELL_PARENT */
    size_t field;                     /* NO_ENTRY: constant */
    const char *constant;             /* of a field: what a blank one stands for; or "" */
    size_t constant_bytes;
    size_t more[CELL_MORE], more_count; /* fields whose items are added to this one's */
    const char *head;                   /* as written in the file; a constant's name */
};

/* A column of a wide counts file. */
struct layout_period {
    size_t field;
    struct span span;
    const char *head;
};

struct layout {
    const struct kind *kind;
    struct layout_cell
        *cells; /* in the order in which they must be read: days before what hangs on them */
    size_t cell_count;
    size_t first_placed; /* from this cell on: units and categories, looked up on the row's day */
    struct layout_period *periods; /* wide counts; else none */
    size_t period_count;
    size_t head_count; /* fields that every record must have */
    bool makes_ids;
    size_t number_field; /* running numbers, for ids that are made; NO_ENTRY */
    day valid_on; /* --const valid_on: the day for units of rows without a date; or DAY_NONE */
    bool has_slot[ROW_SLOTS];
    struct arena arena;
};

/* Where a head comes from. */
struct layout_source {
    const char *name; /* for messages */
    const struct record *head;
    bool is_geojson;
};

struct known_heads; /* match.h */

/* Chooses the kind and maps the head. Warnings go to *warnings. Fails as ingest_open. */
bool layout_make(struct layout *p, const struct ingest_options *o, struct known_heads *known,
                 const struct layout_source *from, struct buf *warnings, struct err *e);
/* Rows that name no unit are of this one. False: out of memory. */
bool layout_fill_blank_units(struct layout *p, const char *unit);
void layout_free(struct layout *p); /* accepts zero */

#endif
