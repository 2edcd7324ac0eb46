/* The SQLite engine: one file, journal mode DELETE, mode 0600. The only place that knows sqlite3_*.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/db.h"
#include "store/sqlite/schema.h"
#include "sys/sys.h"

struct sqlite_db {
    struct db base;
    sqlite3 *handle;
    char *place;
};

struct sqlite_stmt {
    struct stmt base;
    sqlite3_stmt *handle;
};

enum { busy_milliseconds = 3000 };

static sqlite3 *handle_of(struct db *db)
{
    return ((struct sqlite_db *)db)->handle;
}

static sqlite3_stmt *statement_of(struct stmt *s)
{
    return ((struct sqlite_stmt *)s)->handle;
}

static bool fail(struct sqlite_db *db, int code, struct err *e)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(e, ERR_FAILED,
                       "%s: another program is using the database: try again when it has ended",
                       db->place);
    case SQLITE_FULL:
        return err_set(e, ERR_FAILED, "%s: the disk is full, nothing was changed: free some space",
                       db->place);
    case SQLITE_READONLY:
        if (sqlite3_extended_errcode(db->handle) == SQLITE_READONLY_ROLLBACK)
            return err_set(e, ERR_FAILED,
                           "%s: a load was broken off in it: open it once where it can be written",
                           db->place);
        return err_set(e, ERR_FAILED,
                       "%s: the database is read-only: change its permissions or copy it",
                       db->place);
    case SQLITE_IOERR:
        return err_set(e, ERR_FAILED,
                       "%s: the disk does not read or write, nothing was changed: check the disk",
                       db->place);
    case SQLITE_CANTOPEN:
        return err_set(e, ERR_FAILED, "%s: cannot be opened: check the folder and the permissions",
                       db->place);
    case SQLITE_NOTADB:
        return err_set(
            e, ERR_INPUT,
            "%s: is not a keogiam database: make one with 'keogiam init' or give another with --db",
            db->place);
    case SQLITE_CORRUPT:
        return err_set(e, ERR_FAILED, "%s: the database is damaged: restore it from a copy",
                       db->place);
    case SQLITE_NOMEM:
        return err_memory(e);
    default:
        return err_set(e, ERR_FAILED, "%s: the database said '%s': run 'keogiam status'", db->place,
                       sqlite3_errmsg(db->handle));
    }
}

static bool sqlite_exec(struct db *db, const char *sql, struct err *e)
{
    int code = sqlite3_exec(handle_of(db), sql, NULL, NULL, NULL);
    return code == SQLITE_OK || fail((struct sqlite_db *)db, code, e);
}

static void sqlite_close(struct db *db)
{
    struct sqlite_db *d = (struct sqlite_db *)db;
    sqlite3_close(d->handle);
    free(d->place);
    free(d);
}

/* Locks wait, the journal is deleted (one file remains), references are checked, and views written
 * by others in the file cannot run functions with side effects. */
static bool configure(struct sqlite_db *d, enum db_mode mode, struct err *e)
{
    bool read_only = sqlite3_db_readonly(d->handle, "main") == 1;
    sqlite3_busy_timeout(d->handle, busy_milliseconds);
    sqlite3_db_config(d->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (read_only && mode != DB_READ)
        return fail(d, SQLITE_READONLY, e);
    return sqlite_exec(&d->base,
                       "PRAGMA foreign_keys = ON; PRAGMA cache_size = -24000;"
                       "PRAGMA temp_store = FILE; PRAGMA threads = 1",
                       e) &&
           (mode == DB_READ || sqlite_exec(&d->base, "PRAGMA journal_mode = DELETE", e)) &&
           schema_prepare(&d->base, d->place, mode == DB_CREATE, read_only, e) &&
           (mode != DB_READ || sqlite_exec(&d->base, "PRAGMA query_only = ON", e));
}

static bool check_place(const char *place, enum db_mode mode, struct err *e)
{
    enum sys_kind kind = sys_path_kind(place);
    if (mode == DB_CREATE)
        return sys_create_private(place, e);
    if (kind == SYS_MISSING)
        return err_set(e, ERR_FAILED, "%s: no such database: make one with 'keogiam init'", place);
    if (kind != SYS_FILE)
        return err_set(e, ERR_FAILED, "%s: is not a database file: give another file with --db",
                       place);
    return true;
}

static bool sqlite_open(struct db **out, const char *place, enum db_mode mode, struct err *e)
{
    if (!check_place(place, mode, e))
        return false;
    struct sqlite_db *d = calloc(1, sizeof *d);
    size_t n = strlen(place) + 1;
    if (!d || !(d->place = malloc(n))) {
        free(d);
        return err_memory(e);
    }
    memcpy(d->place, place, n);
    d->base.engine = &db_sqlite;
    /* For reading too: what a killed load left half done has to be rolled back first. A file that
     * may not be written is opened for reading only. */
    int code =
        sqlite3_open_v2(place, &d->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    bool ok = code == SQLITE_OK ? configure(d, mode, e) : fail(d, code, e);
    if (!ok) {
        sqlite_close(&d->base);
        if (mode == DB_CREATE)
            sys_remove(place);
        return false;
    }
    *out = &d->base;
    return true;
}

static bool sqlite_prepare(struct db *db, const char *sql, struct stmt **out, struct err *e)
{
    struct sqlite_stmt *s = calloc(1, sizeof *s);
    if (!s)
        return err_memory(e);
    s->base.db = db;
    int code =
        sqlite3_prepare_v3(handle_of(db), sql, -1, SQLITE_PREPARE_PERSISTENT, &s->handle, NULL);
    if (code != SQLITE_OK) {
        free(s);
        return fail((struct sqlite_db *)db, code, e);
    }
    *out = &s->base;
    return true;
}

static void sqlite_finalize(struct stmt *s)
{
    sqlite3_finalize(statement_of(s));
    free(s);
}

static void sqlite_reset(struct stmt *s)
{
    sqlite3_reset(statement_of(s));
    sqlite3_clear_bindings(statement_of(s));
}

static void sqlite_bind_int(struct stmt *s, int at, int64_t v)
{
    sqlite3_bind_int64(statement_of(s), at, v);
}

static void sqlite_bind_real(struct stmt *s, int at, double v)
{
    sqlite3_bind_double(statement_of(s), at, v);
}

static void sqlite_bind_text(struct stmt *s, int at, const char *v)
{
    sqlite3_bind_text(statement_of(s), at, v, -1, SQLITE_STATIC);
}

static enum db_step sqlite_step(struct stmt *s, struct err *e)
{
    int code = sqlite3_step(statement_of(s));
    if (code == SQLITE_ROW)
        return DB_ROW;
    if (code == SQLITE_DONE)
        return DB_DONE;
    if ((code & 0xff) == SQLITE_CONSTRAINT)
        return DB_CONFLICT;
    fail((struct sqlite_db *)s->db, code, e);
    return DB_ERROR;
}

static bool sqlite_is_null(struct stmt *s, int column)
{
    return sqlite3_column_type(statement_of(s), column) == SQLITE_NULL;
}

static int64_t sqlite_get_int(struct stmt *s, int column)
{
    return sqlite3_column_int64(statement_of(s), column);
}

static double sqlite_get_real(struct stmt *s, int column)
{
    return sqlite3_column_double(statement_of(s), column);
}

static const char *sqlite_get_text(struct stmt *s, int column)
{
    const unsigned char *text = sqlite3_column_text(statement_of(s), column);
    return text ? (const char *)text : "";
}

static int64_t sqlite_last_id(struct db *db)
{
    return sqlite3_last_insert_rowid(handle_of(db));
}

static bool sqlite_defer_references(struct db *db, bool on, struct err *e)
{
    return sqlite_exec(db, on ? "PRAGMA foreign_keys = OFF" : "PRAGMA foreign_keys = ON", e);
}

/* ---- the whole file ---- */

static bool read_blocks(struct sqlite_db *d, db_block_fn fn, void *context, struct err *e)
{
    unsigned char block[16384];
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;
    int code = sqlite3_file_control(d->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code == SQLITE_OK)
        code = file->pMethods->xFileSize(file, &size);
    for (sqlite3_int64 at = 0, n; code == SQLITE_OK && at < size; at += n) {
        n = size - at < (int)sizeof block ? size - at : (int)sizeof block;
        code = file->pMethods->xRead(file, block, (int)n, at);
        if (code == SQLITE_OK && !fn(context, block, (size_t)n, e))
            return false;
    }
    return code == SQLITE_OK || fail(d, code, e);
}

/* Another program may have chosen to keep what is newest in a file beside this one. */
static bool is_one_file(struct sqlite_db *d, struct err *e)
{
    struct stmt *ask = NULL;
    if (!sqlite_prepare(&d->base, "PRAGMA journal_mode", &ask, e))
        return false;
    bool one = sqlite_step(ask, e) == DB_ROW && strcmp(sqlite_get_text(ask, 0), "wal") != 0;
    sqlite_finalize(ask);
    return one || err_set(e, ERR_FAILED,
                          "%s: another program keeps a part of it in a second file: open it once "
                          "where it can be written",
                          d->place);
}

/* While a lock for reading is held the file stays as it is (sqlite.org/backup.html: lock, copy,
 * release). It is read through the engine's own handle: closing another one of the same file would
 * give the lock up. So no second readable copy ever lies on a disk. */
static bool sqlite_each_block(struct db *db, db_block_fn fn, void *context, struct err *e)
{
    struct sqlite_db *d = (struct sqlite_db *)db;
    if (!sqlite_exec(db, "SAVEPOINT blocks", e))
        return false;
    bool ok = sqlite_exec(db, "SELECT count(*) FROM sqlite_schema", e) && is_one_file(d, e) &&
              read_blocks(d, fn, context, e);
    sqlite3_exec(d->handle, "RELEASE blocks", NULL, NULL, NULL);
    return ok;
}

/* True where the pragma gives the row `fine`, or, NULL, none at all. */
static bool finds_nothing(struct sqlite_db *d, const char *pragma, const char *fine, struct err *e)
{
    struct stmt *ask = NULL;
    if (!sqlite_prepare(&d->base, pragma, &ask, e))
        return false;
    enum db_step step = sqlite_step(ask, e);
    bool ok = fine ? step == DB_ROW && !strcmp(sqlite_get_text(ask, 0), fine) : step == DB_DONE;
    sqlite_finalize(ask);
    return ok || fail(d, SQLITE_CORRUPT, e);
}

static bool sqlite_check(struct db *db, struct err *e)
{
    struct sqlite_db *d = (struct sqlite_db *)db;
    return finds_nothing(d, "PRAGMA integrity_check(1)", "ok", e) &&
           finds_nothing(d, "PRAGMA foreign_key_check", NULL, e);
}

static bool sqlite_hold(struct db *db, struct err *e)
{
    return sqlite_exec(db, "BEGIN EXCLUSIVE", e);
}

const struct db_engine db_sqlite = {
    .open = sqlite_open,
    .close = sqlite_close,
    .exec = sqlite_exec,
    .prepare = sqlite_prepare,
    .finalize = sqlite_finalize,
    .reset = sqlite_reset,
    .bind_int = sqlite_bind_int,
    .bind_real = sqlite_bind_real,
    .bind_text = sqlite_bind_text,
    .step = sqlite_step,
    .is_null = sqlite_is_null,
    .get_int = sqlite_get_int,
    .get_real = sqlite_get_real,
    .get_text = sqlite_get_text,
    .last_id = sqlite_last_id,
    .defer_references = sqlite_defer_references,
    .each_block = sqlite_each_block,
    .check = sqlite_check,
    .hold = sqlite_hold,
};
