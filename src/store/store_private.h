/* store_private.h: what the files of store/ share. */
#ifndef KEOGIAM_STORE_STORE_PRIVATE_H
#define KEOGIAM_STORE_STORE_PRIVATE_H

#include "store/db.h"
#include "store/store.h"
#include "store/table.h"

struct store {
    struct db *db;
    int64_t seen; /* the newest load when the present's directory was last read; -1: never */
};

/* As store_directory, in whatever transaction is open. */
bool store_read_directory(struct store *s, int64_t state, struct directory *d, struct err *e);

/* The indexes of the tables with versions hold current rows only (load_to IS NULL). A query that
 * has to look at all of them anyway says "+load_to IS NULL": no index is used then, which would
 * fetch row by row. */

/* "load_to IS NULL" for the present, else a condition on ?at (the state's number, to be bound
 * there). */
void state_condition(struct buf *sql, int64_t state, const char *table, int at);
void state_bind(struct stmt *s, int64_t state, int at);

/* A current unit or category that no top one leads to. */
struct lost {
    int64_t rowid;
    const char *code, *parent; /* until the next */
    int64_t load_from, made_by;
    bool parent_there,
        parent_then; /* an entry of the parent's code is there; and in some of these days */
};
bool tree_each_lost(struct store *s, bool units,
                    bool (*fn)(void *context, const struct lost *lost, struct err *e),
                    void *context, struct err *e);

/* A current succession that does not hold:
 * - its new unit is not valid on its day, or its old one still is (cases would be in both), or all
 *   units of the old one's code ended before the day before;
 * - the successors of one old unit on one day have shares that do not sum to 1, or only some have
 *   one. A sole one may have none: it is whole.
 * Thus each leads to a later time, and there are no circles. */
struct broken {
    int64_t rowid, load_from, made_by;
    const char *old_unit, *new_unit; /* codes; until the next, as `reason` */
    day on;
    const char *column, *reason; /* what is wrong, in e->lang's language */
};
bool succession_each_broken(struct store *s,
                            bool (*fn)(void *context, const struct broken *b, struct err *e),
                            void *context, struct err *e);
/* "LEAD: the succession …" as an error. Always false. */
bool succession_fail(const struct broken *b, const char *lead, struct err *e);

/* Runs work inside BEGIN IMMEDIATE … COMMIT; rolled back where it fails. */
bool store_transaction(struct store *s, bool (*work)(struct store *s, void *context, struct err *e),
                       void *context, struct err *e);

/* Adds the load's row; *id is its number. */
struct load_entry {
    const char *action, *kind, *file;
    int64_t source; /* 0: none */
    int64_t undoes; /* 0: none */
};
bool load_entry_add(struct store *s, const struct load_entry *entry, int64_t *id, struct err *e);
bool load_entry_count(struct store *s, int64_t id, int64_t added, int64_t changed, int64_t ended,
                      int64_t rejected, struct err *e);

#endif
