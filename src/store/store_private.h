/* store_private.h: what the files of store/ share. */
#ifndef KEOGIAM_STORE_STORE_PRIVATE_H
#define KEOGIAM_STORE_STORE_PRIVATE_H

#include "store/db.h"
#include "store/store.h"
#include "store/table.h"

struct store {
    struct db *db;
    struct buf place;
};

/* "load_to IS NULL" for the present, else a condition on ?at (the state's number, to be bound there). */
void state_condition(struct buf *sql, int64_t state, const char *table, int at);
void state_bind(struct stmt *s, int64_t state, int at);

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
