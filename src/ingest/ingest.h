/* ingest.h: a file becomes checked rows and rejects.
 *
 * open finds the kind and maps the head; run streams: one thread reads and checks, the caller's
 * thread takes batches through the sink. A row that reaches the sink is right in itself; what
 * depends on other rows (a case that is there already, coverage, conflicts between sources) is the
 * store's to judge.
 */
#ifndef KEOGIAM_INGEST_INGEST_H
#define KEOGIAM_INGEST_INGEST_H

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "ingest/directory.h"
#include "ingest/kind.h"
#include "ingest/lists.h"
#include "ingest/reader.h"

struct name_value {
    const char *name, *value;
};

struct ingest_options {
    struct reader_options input;
    const char *sheet;             /* of a workbook: its name, "all"; NULL: the one that fits */
    const char *as;                /* kind, or NULL */
    const struct name_value *maps; /* head of the file -> column name or "parent" */
    size_t map_count;
    const struct name_value *consts; /* column -> value for every row */
    size_t const_count;
    const char *within;       /* unit or category in which names are looked up, or NULL */
    const char *hash_key;     /* HMAC key for case ids, or NULL: ids are taken as they are */
    bool make_ids;            /* of cases that have only a running number (made_ids.h) */
    struct calendar calendar; /* of period names */
    day today;                /* dates after it are rejected; DAY_NONE: no check */
};

/* One refused row. value is NULL where it must not be copied (it does not read as a code, date,
 * number). */
struct reject {
    size_t line;
    const char *column; /* name in the file's head, or "" for the row */
    const char *reason;
    const char *value;
};

/* Rejects in order of discovery; grows up to REJECTS_KEPT rows, then only counts. */
#define REJECTS_KEPT 100000
struct rejects {
    struct reject *items;
    size_t count, cap;         /* kept */
    size_t total;              /* all */
    const char *const *sheets; /* of a workbook, by line_sheet - 1: the ingest's; else NULL */
    struct arena arena;
};
void rejects_init(struct rejects *r);
void rejects_free(struct rejects *r);
bool rejects_add(struct rejects *r, size_t line, const char *column, const char *reason,
                 const char *value, size_t value_bytes, struct err *e);
/* FILE.rejects.csv, 0600, whole or not at all: line,column,reason,value, and of a workbook the
 * sheet; sorted by line. */
bool rejects_write(struct rejects *r, const char *path, struct err *e);

/* The column that a head means to the kind, by name or alias; *slot is column_count where it means
 * none, and *near then the name of a column that it is like, NULL where there is none. */
bool ingest_find_column(const struct kind *kind, const char *head, size_t *slot, const char **near,
                        struct err *e);

/* What a case id is turned into under a key (not empty), as in the rows of a file. Appends. Fails:
 * no text; libsodium cannot start. */
bool ingest_hash_id(const char *key, const char *id, struct buf *code, struct err *e);

struct ingest;

/* Of a workbook one sheet is read or, with sheet = "all", every visible one whose head fits, as one
 * file: they must be of one kind. Head rows are found below titles (head_find.h); a unit or period
 * that no column gives is taken from title, tab or file name, with a line in the warnings.
 *
 * Fails (ERR_INPUT): as reader_open; no head that fits a kind (the nearest kind and the missing
 * columns are named); unknown name in --map, --const, --within; a required column missing; a column
 * twice; several sheets that fit, or sheets of several kinds (named). */
bool ingest_open(struct ingest **in, const struct ingest_options *o, struct directory *d,
                 const struct lists *lists, struct err *e);
void ingest_close(struct ingest *in);

enum kind_id ingest_kind(const struct ingest *in);
/* The file, or one of its sheets, has a column (or a const) for slot s: what it leaves out, an
 * update keeps. */
bool ingest_has_slot(const struct ingest *in, size_t slot);
/* Bit i: the sheet has slot i; by line_sheet of a row. NULL: the file has no sheets. */
const uint64_t *ingest_sheet_slots(const struct ingest *in);
/* The file is a template filled in (report/template.h): what its lines say; else NULL. */
struct returned;
const struct returned *ingest_returned(const struct ingest *in);
/* Where a line is, for people: FILE:LINE, FILE[SHEET]:LINE. Appends. */
void ingest_place(const struct ingest *in, size_t line, struct buf *place);
/* Warnings so far in e->lang's language: columns that are not stored, totals that do not add up. */
const struct buf *ingest_warnings(const struct ingest *in);
size_t ingest_rows_read(const struct ingest *in);

struct sink {
    /* Takes one checked row, in file order. False stops the run. */
    bool (*row)(void *context, const struct row *row, struct err *e);
    void *context;
};

/* Streams the whole file. Bad rows go to `rejects`; a file that cannot be read further fails. */
bool ingest_run(struct ingest *in, const struct sink *sink, struct rejects *rejects, struct err *e);

#endif
