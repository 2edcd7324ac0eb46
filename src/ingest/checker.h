/* checker.h: records become checked rows. Internal to ingest/; runs in the reading thread, and
 * changes nothing that it shares with another. */
#ifndef KEOGIAM_INGEST_CHECKER_H
#define KEOGIAM_INGEST_CHECKER_H

#include "ingest/batch.h"
#include "ingest/case_hash.h"
#include "ingest/category_set.h"
#include "ingest/cell_cache.h"
#include "ingest/layout.h"
#include "ingest/made_ids.h"
#include "ingest/totals.h"

struct suggestions;

struct checker {
    const struct layout *layout;
    const struct directory *directory;
    const struct lists *lists;
    const char *file; /* for warnings */
    enum lang lang;
    day today;
    struct calendar calendar; /* of periods in rows that name none */
    size_t within_unit, within_category;
    bool has_hash;
    struct case_hash hash;

    struct cell_cache caches[ROW_SLOTS + 1]; /* one a slot, and the parent's */
    struct set_table sets;                   /* of this file; the directory numbers them anew */
    struct totals totals;
    struct made_ids made;
    struct suggestions *suggest; /* rows are only looked through for spellings; NULL: not so */
    struct buf why, nfc;
    struct buf joined; /* of a cell that has several fields */
    size_t refused;    /* rows so far */

    /* of the row in hand */
    struct calendar row_calendar;
    day at;        /* for units and categories */
    size_t parent; /* categories are looked up inside it */

    /* of the sheet in hand (checker_axis.c) */
    const char *axis_of; /* its name, as `file` */
    size_t axis;         /* the root that it is called after, NO_ENTRY */
    bool axis_said;
    struct buf said; /* lines of warnings for the end */
};

/* --within, --hash-ids and the constants are checked here. Fails as ingest_open. */
bool checker_init(struct checker *c, const struct layout *layout, const struct ingest_options *o,
                  const char *file, const struct directory *d, const struct lists *lists,
                  struct err *e);
void checker_free(struct checker *c); /* accepts zero */

/* Goes on with another table of the same file and kind: its constants are checked, its totals are
 * its own. Fails as checker_init. */
bool checker_turn(struct checker *c, const struct layout *layout, const char *file, struct err *e);

/* Checks one record; its rows, or why it is refused, go to the outlet. False: out of memory (in
 * *e), or the outlet said stop (*e unchanged). */
bool checker_record(struct checker *c, const struct record *rec, struct outlet *out, struct err *e);

/* Nothing of the row before is left. */
void checker_start_row(struct checker *c);

/* ---- checker_totals.c ---- */

bool record_is_total_cell(const struct record *rec, size_t field);
/* False for a cell that is at fault: there is something in it. */
bool record_is_blank_cell(const struct record *rec, size_t field);

/* The first cell, or the one of a case id, place or category, says that the row is a total. A row
 * that has a case id of its own is a case. */
bool checker_is_total(const struct checker *c, const struct record *rec);

/* Compares what a total states with the rows so far; warnings go into the batch. */
bool checker_compare_total(struct checker *c, const struct record *rec, struct batch *b,
                           struct err *e);

/* ---- cell_parse.c ---- */

/* Parses a cell that is no case id, name or code: value NONE where it is blank; the reason, if
 * there is one, stands in c->why. */
void cell_parse(struct checker *c, const struct layout_cell *pc, const char *text, size_t n,
                struct cell_value *cell);

/* The last day that a date may have: what has happened cannot lie in the future, what is planned or
 * enacted can (DAY_NONE). */
day cell_date_limit(const struct checker *c, const struct kind_column *column);

/* The day on which a unit is looked up: an old unit is one until the day before the row's. */
day cell_unit_day(const struct checker *c, const struct kind_column *column);

/* ---- cells.c ---- */

/* A cell that cannot be taken. */
struct bad_cell {
    const struct layout_cell *cell;
    const char *reason; /* until the next cell is read */
    const char *text;
    size_t n;
};

/* Reads the cells [first, last) of the layout into the row; texts go into the arena. */
bool cell_read_range(struct checker *c, const struct record *rec, size_t first, size_t last,
                     struct arena *texts, struct row *row, struct bad_cell *bad);

/* A count cell that is no column of the layout: one of a wide file. */
bool cell_read_count(struct checker *c, const struct field *f, struct value *out,
                     const char **reason);

/* ---- checker_axis.c ---- */

/* The root that the sheet is called after. */
void checker_find_axis(struct checker *c);
/* As directory_find_category for the row in hand; the reason goes to c->why. */
bool checker_find_category(struct checker *c, const char *text, size_t n, size_t *found);

/* ---- checker_ids.c ---- */

/* Gives the row of a sheet that only numbers its rows its id. False: it cannot have one, the reason
 * stands in c->why. */
bool checker_make_id(struct checker *c, const struct record *rec, struct row *row,
                     struct arena *texts);
/* What is to be said at the end: how ids were made, by which axis names were read. */
void checker_say(const struct checker *c, struct buf *warnings);

/* ---- alias_rows.c ---- */

/* Puts the spelling's key, the code and its root into a row of aliases. False: *column cannot be
 * taken, the reason stands in c->why. */
bool alias_row_read(struct checker *c, struct row *row, struct arena *texts, const char **column);

/* ---- cells.c ---- */

/* The day on which the row's units are looked up; DAY_NONE where it has none. */
day cell_row_day(const struct checker *c, const struct row *row);

#endif
