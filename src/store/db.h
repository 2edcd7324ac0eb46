/* db.h: the engine behind the store: statements, bound values, rows. The store's SQL is written
 * once against this; an engine (sqlite/ today) implements struct db_engine and its own schema.
 *
 * Every statement is prepared and every value bound. Parameters are ?1, ?2, …; columns count from
 * 0.
 */
#ifndef KEOGIAM_STORE_DB_H
#define KEOGIAM_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum db_mode { DB_CREATE, DB_WRITE, DB_READ };
enum db_step {
    DB_ROW,
    DB_DONE,
    DB_CONFLICT,
    DB_ERROR
}; /* CONFLICT: a uniqueness or foreign key rule */

struct db;
struct stmt;
typedef bool (*db_block_fn)(void *context, const void *bytes, size_t n, struct err *e);

struct db_engine {
    bool (*open)(struct db **db, const char *place, enum db_mode mode, struct err *e);
    void (*close)(struct db *db);
    bool (*exec)(struct db *db, const char *sql, struct err *e);
    bool (*prepare)(struct db *db, const char *sql, struct stmt **s, struct err *e);
    void (*finalize)(struct stmt *s);
    void (*reset)(struct stmt *s); /* also clears the bindings */
    void (*bind_int)(struct stmt *s, int at, int64_t v);
    void (*bind_real)(struct stmt *s, int at, double v);
    void (*bind_text)(struct stmt *s, int at,
                      const char *v); /* must live until reset; NULL: null */
    enum db_step (*step)(struct stmt *s, struct err *e);
    bool (*is_null)(struct stmt *s, int column);
    int64_t (*get_int)(struct stmt *s, int column);
    double (*get_real)(struct stmt *s, int column);
    const char *(*get_text)(struct stmt *s,
                            int column); /* "" for null; valid until the next step */
    int64_t (*last_id)(struct db *db);
    /* Before a load that rewrites much: checks of references are left to the caller until it ends.
     * Called outside a transaction. */
    bool (*defer_references)(struct db *db, bool on, struct err *e);
    /* What the database is kept in, all bytes in their order, as of one instant: readers go on,
     * writers wait. */
    bool (*each_block)(struct db *db, db_block_fn fn, void *context, struct err *e);
    /* Does all of it hang together? Fails (ERR_FAILED): it is damaged. Reads everything. */
    bool (*check)(struct db *db, struct err *e);
    /* Until it is closed nobody else reads or writes. */
    bool (*hold)(struct db *db, struct err *e);
};

extern const struct db_engine db_sqlite;

struct db {
    const struct db_engine *engine;
};
struct stmt {
    struct db *db;
};

/* Opens (or, DB_CREATE, makes) the database at place. Fails: ERR_INPUT no database of ours,
 * ERR_FAILED missing, locked, unreadable, exists already. */
bool db_open(struct db **db, const char *place, enum db_mode mode, struct err *e);
void db_close(struct db *db); /* accepts NULL */

bool db_exec(struct db *db, const char *sql, struct err *e);
bool db_prepare(struct db *db, const char *sql, struct stmt **s, struct err *e);
void db_finalize(struct stmt *s); /* accepts NULL */
void db_reset(struct stmt *s);
void db_bind_int(struct stmt *s, int at, int64_t v);
void db_bind_real(struct stmt *s, int at, double v);
void db_bind_text(struct stmt *s, int at, const char *v);
enum db_step db_step(struct stmt *s, struct err *e);
bool db_is_null(struct stmt *s, int column);
int64_t db_int(struct stmt *s, int column);
double db_real(struct stmt *s, int column);
const char *db_text(struct stmt *s, int column);
int64_t db_last_id(struct db *db);
bool db_defer_references(struct db *db, bool on, struct err *e);
bool db_each_block(struct db *db, db_block_fn fn, void *context, struct err *e);
bool db_check(struct db *db, struct err *e);
bool db_hold(struct db *db, struct err *e);

/* Steps a statement that gives no rows and resets it. A conflict is an error here. */
bool db_run(struct stmt *s, struct err *e);
/* The one whole number that a query gives; `missing` where it gives none. */
bool db_ask_int(struct db *db, const char *sql, int64_t missing, int64_t *out, struct err *e);

#endif
