/* typed.h: rows that somebody types in one by one: what add, set, withdraw and nil share.
 *
 * They go the way of a file's rows, through ingest and store, so that the checks are the same, and
 * each call is a load of its own, which `undo` takes back. Two things differ: a bad row is an error
 * that says why (there is no file of rejects), and nothing is assumed from such rows: one case says
 * nothing of other days, one unit's nil return nothing of other units.
 */
#ifndef KEOGIAM_CLI_TYPED_H
#define KEOGIAM_CLI_TYPED_H

#include "cli/session.h"

struct typed_row {
    const struct kind *kind;
    const char *heads[ROW_SLOTS]; /* as somebody called the column, NULL: typed_label */
    const char *cells[ROW_SLOTS]; /* as a file would have them, "" empty; NULL: no such column */
};

/* The column's name for people: its first Vietnamese head, or the contract's name. The buffer is
 * replaced. */
const char *typed_label(const struct kind_column *column, enum lang lang, struct buf *label);

/* Takes COLUMN=VALUE words into the row; texts in the arena. Fails (ERR_USAGE): not of this form,
 * no column of the kind (the nearest is named), a column twice. */
bool typed_assign(struct typed_row *row, const char *const *words, size_t count,
                  struct arena *texts, struct err *e);

/* What ingest says of a row. */
struct typed_reply {
    bool taken;
    struct row row; /* taken: without its texts */
    struct buf why; /* else: "column: reason" */
};
/* Only what can be said of the row itself: the store is not asked. The buffer is replaced. */
bool typed_check(struct session *s, const struct typed_row *row, struct typed_reply *reply,
                 struct err *e);

struct typed_change {
    const char *name; /* one of typed_name's: stands for a file's in `status` and the audit */
    const char *source;
    const struct typed_row *rows;
    size_t row_count;
    const char *withdrawn; /* or: the case that ends */
    bool update;           /* a row that is there with other values is changed */
    uint64_t slots;        /* then: bit i: in slot i; 0: in all that the rows give */
};
struct typed_done {
    int64_t load;        /* 0: nothing changed */
    struct buf warnings; /* lines */
};
/* One load, whole or not at all, with its line in the audit table. *done is to be freed in any
 * case. Fails (ERR_INPUT), saying why: a row is refused by ingest or store. */
bool typed_make(struct session *s, const struct typed_change *c, struct typed_done *done,
                struct err *e);
void typed_done_free(struct typed_done *done);

/* The id as the database has it: with --hash-ids its code. Appends. */
bool typed_case_id(const struct session *s, const char *id, struct buf *code, struct err *e);
/* The command as messages in the session's language call it. */
const char *typed_command(const struct session *s);
/* A load's file as people read it: what was typed has words of its own, in the language. */
const char *typed_name(const char *file, enum lang lang);

/* Opens the session for writing; from there on errors are in the session's language, as is all that
 * such a command says. Fails (ERR_INPUT) where no unit is loaded: there is nothing to type for. */
bool typed_open(struct session *s, const struct request *r, struct err *e);
/* --source, else the default of load. Appends. Fails (ERR_INPUT) where that names none. */
bool typed_source(struct session *s, struct buf *name, struct err *e);

#endif
