/* ingest_state.h: an open file on its way in. Internal to ingest/. */
#ifndef KEOGIAM_INGEST_INGEST_STATE_H
#define KEOGIAM_INGEST_INGEST_STATE_H

#include "ingest/checker.h"
#include "ingest/match.h"
#include "ingest/returned.h"

/* A table of the file: its only one, or one of a workbook. */
struct part {
    const char *place; /* for messages: FILE, FILE[SHEET] */
    struct layout layout;
    struct sheet_table table; /* of a workbook */
};

struct ingest {
    struct reader *reader;
    struct known_heads known;
    struct part *parts;
    size_t part_count;
    struct checker checker; /* the reading thread's during ingest_run */
    struct directory *directory;
    enum lang lang;
    const char **sheet_names; /* of a workbook, all */
    uint64_t *sheet_slots;    /* by line_sheet */
    struct returned returned; /* of a template filled in */
    struct arena arena;

    /* the caller's thread's */
    struct buf warnings;
    size_t rows_read;
    size_t *set_numbers; /* the file's category sets, as the directory numbers them */
    size_t set_count, set_cap;
};

/* Finds the tables of a workbook and makes their layouts. Fails as ingest_open. (sheets.c) */
bool sheets_open(struct ingest *in, const struct ingest_options *o, struct err *e);

/* A table that is a template filled in: who reports is the unit of rows that name none, and the
 * first one speaks for the file; *r is then zero. (ingest.c) */
bool ingest_take_returned(struct ingest *in, struct part *p, struct returned *r, struct err *e);

#endif
