/* load_private.h: one load in progress, shared by the files load*.c. */
#ifndef KEOGIAM_STORE_LOAD_PRIVATE_H
#define KEOGIAM_STORE_LOAD_PRIVATE_H

#include "store/cover.h"
#include "store/store_private.h"

/* Where the file's line leaves step with the ordinal of the rows taken: line = ordinal + shift from
 * `ordinal` on. Blank lines, rejects and quoted newlines add an entry; a clean file has one. */
struct line_step {
    size_t ordinal, line;
};

/* What the rows of a counts file speak for: merged spans a unit and root. */
struct spoken {
    size_t unit, root;
    struct span span;
    size_t next; /* of the same unit, NO_ENTRY at the end */
};

struct load {
    struct store *s;
    struct load_request q;
    const struct table *t;
    struct stmt *find, *insert, *end;
    struct stmt *touch; /* --replace: remembers the rows that the file names */
    struct buf source_name;
    int64_t id, source;
    int64_t read, added, changed, unchanged, withdrawn, covered;
    struct arena texts;

    /* bulk: keys are checked once at the end, the indexes being away */
    bool bulk;
    int64_t first_new; /* rowid of the first row of this load */
    struct line_step *lines;
    size_t line_count, line_cap;
    int64_t inserted; /* rows put in, in order: rowid = first_new + ordinal */

    /* coverage (load_cover.c) */
    struct cover cover;
    size_t own_source; /* index in cover.sources, NO_ENTRY */
    bool others_speak; /* another source has coverage or counts */
    bool *unit_known, *category_known; /* by id: what references may point to */
    int64_t unit_ids, category_ids;
    size_t *unit_at; /* by id: directory index */
    bool *seen_units, *seen_roots; /* by directory index: appear in the file */
    bool *open_units, *open_roots; /* appear in rows outside what is declared */
    bool *speaks;                  /* others' assumed coverage: [source][unit] has cases */
    struct span seen, open;        /* days of all rows; of rows outside what is declared */
    int64_t outside;               /* rows outside the declared coverage of days that it speaks of */
    struct span *own_declared;     /* by root: all days that our own source has declared for some unit */
    struct spoken *spoken;
    size_t *spoken_first; /* by unit */
    size_t spoken_count, spoken_cap;
    int64_t unknown_cells;
};

/* ---- load_write.c: one row against what is there ---- */
/* Inserts, updates or leaves a row; a refused one goes to the rejects (and is no error). */
bool load_write(struct load *l, const struct table_row *row, size_t line, uint64_t slots, struct err *e);
bool load_reject(struct load *l, size_t line, const char *column, const char *reason, struct err *e);
/* What the file leaves out is kept from the old version. */
void load_merge(const struct load *l, const struct table_row *old, uint64_t slots, struct table_row *row);
bool load_same(const struct load *l, const struct table_row *a, const struct table_row *b);
bool load_end_row(struct load *l, int64_t rowid, struct err *e);
bool load_insert_row(struct load *l, const struct table_row *row, int64_t made_by, struct err *e);

/* ---- load_bulk.c ---- */
bool load_bulk_begin(struct load *l, struct err *e);
bool load_bulk_row(struct load *l, const struct table_row *row, size_t line, struct err *e);
bool load_bulk_finish(struct load *l, struct err *e);

/* ---- load_cover.c, load_cover_finish.c ---- */
bool load_cover_begin(struct load *l, struct err *e);
void load_cover_free(struct load *l);
/* Notes what the row speaks of; false in *accepted when another source speaks for it (rejected). */
bool load_cover_row(struct load *l, const struct row *row, bool *accepted, struct err *e);
bool load_cover_finish(struct load *l, struct load_summary *summary, struct err *e);
/* Notes that a counts row speaks of a unit (index), a root and days. */
bool load_cover_speak(struct load *l, size_t unit, size_t root, struct span span, struct err *e);
struct span load_cover_assumed(const struct load *l, struct span rows);
/* By index: the parents of the units marked (a unit without one stands for itself). NULL: out of memory. */
bool *load_cover_parents(const struct directory *d, const bool *seen, struct err *e);

/* ---- load_replace.c ---- */
bool load_replace_begin(struct load *l, struct err *e);
/* Withdraws what the file's coverage has and the file lacks. */
bool load_replace_finish(struct load *l, struct err *e);

/* ---- load_totals.c ---- */
/* Stated totals of coverage rows against the reports that are there: lines of warning. */
bool load_totals_check(struct load *l, struct load_summary *summary, struct err *e);

#endif
