/* load_private.h: one load in progress, shared by the files load*.c. */
#ifndef KEOGIAM_STORE_LOAD_PRIVATE_H
#define KEOGIAM_STORE_LOAD_PRIVATE_H

#include "store/cover.h"
#include "store/id_set.h"
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

/* A row of a file that is judged as a whole: units, categories, successions. */
struct written {
    int64_t rowid, replaced; /* the version that it ended, 0: none */
    size_t line;
    bool refused;
};

/* What the file has said of a case so far. */
struct named_case {
    int64_t rowid;   /* of the case's current version */
    size_t line;     /* of the file's last row of it */
    size_t set;      /* all categories that the file gives it */
    uint64_t filled; /* bit i: a row of the file fills slot i */
    bool kept;       /* it has a root of which the file has not spoken yet */
};
struct named_cases {
    struct named_case *items;
    size_t count, cap;
    size_t *slots; /* hash table of places + 1; 0: free */
    size_t slot_count;
};

/* How a source with assumed coverage speaks: it has cases in the unit itself, in its subtree. */
enum { SPEAKS_HERE = 1, SPEAKS_BELOW = 2 };

struct load {
    struct store *s;
    struct load_request q;
    const struct table *t;
    struct stmt *find, *insert, *end;
    struct stmt *identity_find, *identity_add; /* units, categories */
    struct stmt *case_get, *case_delete;       /* incidents, by id */
    struct buf source_name;
    int64_t id, source;
    int64_t read, added, changed, unchanged, withdrawn, covered;
    int64_t joined;           /* cases that got a further axis */
    struct id_set named;      /* rows that were there and that the file named */
    struct id_set agreed;     /* loads that gave rows which the file has too */
    struct named_cases cases; /* incidents, but for rows of a bulk load */
    struct arena texts;
    struct written *written;
    size_t written_count, written_cap;

    /* bulk: keys are checked once at the end, the indexes being away */
    bool bulk;
    int64_t first_new; /* rowid of the first row of this load */
    struct line_step *lines;
    size_t line_count, line_cap;
    int64_t inserted; /* rows put in, in order: rowid = first_new + ordinal */

    /* coverage (load_cover.c) */
    struct cover cover;
    size_t own_source;                 /* index in cover.sources, NO_ENTRY */
    bool others_speak;                 /* another source has coverage or counts */
    unsigned char *speaks;             /* others' assumed coverage: [source][unit], SPEAKS_… */
    struct stmt *stated;               /* asks whether a source has a counts row */
    bool *unit_known, *category_known; /* by id: what references may point to */
    int64_t unit_ids, category_ids;
    size_t *unit_at;               /* by id: directory index */
    bool *seen_units, *seen_roots; /* by directory index: appear in the file */
    bool *open_units, *open_roots; /* appear in rows outside what is declared */
    struct span seen, open;        /* days of all rows; of rows outside what is declared */
    int64_t outside; /* rows outside the declared coverage of days that it speaks of */
    struct span
        *own_declared; /* by root: all days that our own source has declared for some unit */
    struct spoken *spoken;
    size_t *spoken_first; /* by unit */
    size_t spoken_count, spoken_cap;
    unsigned bases; /* counts: bit b: the file has rows of basis b */
};

/* ---- load_source.c ---- */
/* The source's name and row: --source, else the default (store.h). */
bool load_find_source(struct load *l, struct err *e);
const char *load_file_name(const struct load *l); /* without its folder, or the entry */

/* ---- load.c ---- */
bool load_takes_replace(const struct kind *kind); /* cases and counts */
/* The slots that the row's table has. */
uint64_t load_slots(const struct load *l, size_t line);
/* The lasting number of a unit (code, valid_from) or category (code), made if new. */
bool load_identity(struct load *l, const struct value *slots, int64_t *id, struct err *e);

/* ---- load_write.c: one row against what is there ---- */
/* Inserts, updates or leaves a row; a refused one goes to the rejects (and is no error). */
bool load_write(struct load *l, const struct table_row *row, size_t line, uint64_t slots,
                struct err *e);
bool load_reject(struct load *l, size_t line, const char *column, const char *reason,
                 struct err *e);
bool load_end_row(struct load *l, int64_t rowid, struct err *e);
bool load_insert_row(struct load *l, const struct table_row *row, int64_t made_by, struct err *e);
/* The steps of load_write, for rows that load_axes.c joins. */
struct load_met {
    const struct table_row *row; /* of the file */
    size_t line;
    int64_t rowid, made_by, load_from; /* of the current version */
    struct table_row old;              /* its values; its texts are gone */
};
bool load_agree(struct load *l, const struct load_met *met, struct err *e);
bool load_reject_other_values(struct load *l, size_t line, struct err *e);
/* *holds false: rejected. */
bool load_merged_holds(struct load *l, const struct table_row *row, size_t line, bool *holds,
                       struct err *e);

/* ---- load_case.c: single rows of incidents, by id ---- */
bool load_case_prepare(struct load *l, struct err *e);
#define CASE_ID_BYTES 64 /* at most 40 and a NUL, the only text of a case */
bool load_read_case(struct load *l, int64_t id, struct table_row *row, char case_id[CASE_ID_BYTES],
                    struct err *e);
bool load_delete_case(struct load *l, int64_t id, struct err *e);
/* The name of the file of a load, appended. */
bool load_file_of(struct store *s, int64_t load, struct buf *file, struct err *e);

/* ---- load_axes.c: one case on two axes ---- */
/* *done: the row was joined to its case, agreed with it, or was refused; else it goes the usual
 * way. */
bool load_axes_meet(struct load *l, const struct load_met *met, bool *done, struct err *e);
/* The row is now the case's version `rowid`. Only incidents are noted. */
bool load_axes_note(struct load *l, int64_t rowid, size_t line, const struct table_row *row,
                    struct err *e);
/* The file speaks of these roots (by index): a case that it gives no category of one loses it by an
 * update; else its row is refused. */
bool load_axes_finish(struct load *l, const bool *roots, struct err *e);
void load_axes_free(struct load *l);
/* The file's line that a row of incidents came from; 0: none. */
size_t load_axes_line(const struct load *l, int64_t rowid);
size_t load_row_set(const struct table_row *row);      /* index of a case's category set */
uint64_t load_row_filled(const struct table_row *row); /* bit i: slot i has a value */

/* ---- load_bulk.c ---- */
bool load_bulk_begin(struct load *l, struct err *e);
bool load_bulk_row(struct load *l, const struct table_row *row, size_t line, struct err *e);
bool load_bulk_finish(struct load *l, struct err *e);
size_t load_bulk_line(const struct load *l, int64_t rowid); /* of a row that it put in */

/* ---- load_refuse.c: rows that are judged when all are there ---- */
/* Notes the row just written and the version that it ended (0: none). */
bool load_note_written(struct load *l, size_t line, int64_t replaced, struct err *e);
/* Rejects a row of this load, once; any other is left. */
bool load_refuse(struct load *l, int64_t rowid, const char *column, const char *reason,
                 struct err *e);
/* The database as if the refused rows had not been in the file. *any: there were some. */
bool load_take_out_refused(struct load *l, bool *any, struct err *e);

/* ---- load_tree.c: units and categories hang together ---- */
bool load_tree_finish(struct load *l, struct err *e);

/* ---- load_rivals.c: what other sources speak of ---- */
/* What a row claims: a unit, a category, days. */
struct claim {
    struct load *l;
    size_t unit, category;
    struct span span;
    struct value basis; /* counts rows; NONE: any */
    bool own_declared;  /* found: our own declared coverage has all the days */
    size_t other;       /* found: the other source that speaks of them, NO_ENTRY */
    struct err *e;
    bool ok;
};

bool load_rivals_begin(struct load *l, struct err *e); /* only where others speak */
bool load_claim_look(struct claim *c);
/* The other source that speaks of a declared span already, in the unit or under it; NO_ENTRY: none.
 */
size_t load_cover_rival(const struct load *l, size_t unit, size_t category, struct span span);

/* ---- load_cover.c: what each row speaks of ---- */
bool load_cover_begin(struct load *l, struct err *e);
void load_cover_free(struct load *l);
/* Notes what the row speaks of; false in *accepted when another source speaks for it (rejected). */
bool load_cover_row(struct load *l, const struct row *row, bool *accepted, struct err *e);
/* Notes that a counts row speaks of a unit (index), a root and days. */
bool load_cover_speak(struct load *l, size_t unit, size_t root, struct span span, struct err *e);

/* ---- load_cover_finish.c, load_assume.c: coverage rows at the end ---- */
struct cover_writer {
    struct load *l;
    struct stmt *find, *insert, *end;
};
/* Adds a row of our own source unless it is there. */
bool cover_write(struct cover_writer *w, size_t unit, size_t category, struct span span,
                 int declared, struct err *e);
bool load_cover_finish(struct load *l, struct load_summary *summary, struct err *e);
bool load_assume(struct cover_writer *w, struct load_summary *summary, struct err *e);
/* The days that rows on these days would be assumed to cover. */
struct span load_assumed_span(const struct load *l, struct span rows);
/* By index: the parents of the units marked (a unit without one stands for itself), each for those
 * under it that are all marked. NULL: out of memory. */
bool *load_assumed_units(const struct directory *d, const bool *seen, struct err *e);

/* ---- load_replace.c ---- */
bool load_replace_begin(struct load *l, struct err *e);
/* Withdraws what the file's coverage has and the file lacks. */
bool load_replace_finish(struct load *l, struct err *e);

/* ---- load_succession.c: successions add up and fit their units ---- */
/* After a load of successions or units. Warnings: old units that are not among the units. */
bool load_succession_finish(struct load *l, struct load_summary *summary, struct err *e);

/* ---- load_totals.c ---- */
/* Stated totals of coverage rows against the reports that are there: lines of warning. */
bool load_totals_check(struct load *l, struct load_summary *summary, struct err *e);

#endif
