#include "store/db.h"

bool db_open(struct db **db, const char *place, enum db_mode mode, struct err *e)
{
    return db_sqlite.open(db, place, mode, e);
}

void db_close(struct db *db)
{
    if (db)
        db->engine->close(db);
}

bool db_exec(struct db *db, const char *sql, struct err *e)
{
    return db->engine->exec(db, sql, e);
}

bool db_prepare(struct db *db, const char *sql, struct stmt **s, struct err *e)
{
    return db->engine->prepare(db, sql, s, e);
}

void db_finalize(struct stmt *s)
{
    if (s)
        s->db->engine->finalize(s);
}

void db_reset(struct stmt *s)
{
    s->db->engine->reset(s);
}

void db_bind_int(struct stmt *s, int at, int64_t v)
{
    s->db->engine->bind_int(s, at, v);
}

void db_bind_real(struct stmt *s, int at, double v)
{
    s->db->engine->bind_real(s, at, v);
}

void db_bind_text(struct stmt *s, int at, const char *v)
{
    s->db->engine->bind_text(s, at, v);
}

enum db_step db_step(struct stmt *s, struct err *e)
{
    return s->db->engine->step(s, e);
}

bool db_is_null(struct stmt *s, int column)
{
    return s->db->engine->is_null(s, column);
}

int64_t db_int(struct stmt *s, int column)
{
    return s->db->engine->get_int(s, column);
}

double db_real(struct stmt *s, int column)
{
    return s->db->engine->get_real(s, column);
}

const char *db_text(struct stmt *s, int column)
{
    return s->db->engine->get_text(s, column);
}

int64_t db_last_id(struct db *db)
{
    return db->engine->last_id(db);
}

bool db_defer_references(struct db *db, bool on, struct err *e)
{
    return db->engine->defer_references(db, on, e);
}

bool db_each_block(struct db *db, db_block_fn fn, void *context, struct err *e)
{
    return db->engine->each_block(db, fn, context, e);
}

bool db_check(struct db *db, struct err *e)
{
    return db->engine->check(db, e);
}

bool db_hold(struct db *db, struct err *e)
{
    return db->engine->hold(db, e);
}

bool db_run(struct stmt *s, struct err *e)
{
    enum db_step step = db_step(s, e);
    db_reset(s);
    if (step == DB_CONFLICT)
        return err_set(e, ERR_FAILED,
                       "the database refused a row that breaks its rules: run 'keogiam status'");
    return step != DB_ERROR;
}

bool db_ask_int(struct db *db, const char *sql, int64_t missing, int64_t *out, struct err *e)
{
    struct stmt *s = NULL;
    if (!db_prepare(db, sql, &s, e))
        return false;
    enum db_step step = db_step(s, e);
    *out = step == DB_ROW && !db_is_null(s, 0) ? db_int(s, 0) : missing;
    db_finalize(s);
    return step != DB_ERROR;
}
