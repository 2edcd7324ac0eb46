#include "store/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_private.h"
#include "sys/sys.h"

void state_condition(struct buf *sql, int64_t state, const char *table, int at)
{
    if (state == STATE_NOW)
        buf_addf(sql, "%s.load_to IS NULL", table);
    else
        buf_addf(sql, "(%s.load_from <= ?%d AND (%s.load_to IS NULL OR %s.load_to > ?%d))", table,
                 at, table, table, at);
}

void state_bind(struct stmt *s, int64_t state, int at)
{
    if (state != STATE_NOW)
        db_bind_int(s, at, state);
}

bool store_transaction(struct store *s, bool (*work)(struct store *s, void *context, struct err *e),
                       void *context, struct err *e)
{
    if (!db_exec(s->db, "BEGIN IMMEDIATE", e))
        return false;
    if (work(s, context, e) && db_exec(s->db, "COMMIT", e))
        return true;
    db_exec(s->db, "ROLLBACK", NULL);
    return false;
}

static bool add_list(struct stmt *insert, const struct lists *lists, const char *name,
                     struct err *e)
{
    size_t count = 0;
    const struct list_item *items = lists_items(lists, name, &count);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        db_bind_text(insert, 1, name);
        db_bind_int(insert, 2, (int64_t)i);
        db_bind_text(insert, 3, items[i].code);
        db_bind_text(insert, 4, items[i].name_vi);
        db_bind_text(insert, 5, items[i].name_en);
        ok = db_run(insert, e);
    }
    return ok;
}

static bool add_lists(struct store *s, void *context, struct err *e)
{
    const struct lists *lists = context;
    struct stmt *insert = NULL;
    bool ok = db_prepare(s->db, "INSERT INTO list_item VALUES (?1, ?2, ?3, ?4, ?5)", &insert, e);
    for (size_t i = 0; ok && i < lists_count(lists); i++)
        ok = add_list(insert, lists, lists_name(lists, i), e);
    db_finalize(insert);
    return ok;
}

bool store_create(const char *place, const struct lists *lists, struct err *e)
{
    struct store s = {0};
    if (!db_open(&s.db, place, DB_CREATE, e))
        return false;
    bool ok = store_transaction(&s, add_lists, (void *)lists, e);
    db_close(s.db);
    if (!ok)
        sys_remove(place);
    return ok;
}

bool store_open(struct store **out, const char *place, enum store_mode mode, struct err *e)
{
    struct store *s = calloc(1, sizeof *s);
    if (!s)
        return err_memory(e);
    s->seen = -1;
    if (!db_open(&s->db, place, mode == STORE_READ ? DB_READ : DB_WRITE, e) ||
        (mode == STORE_READ && !db_exec(s->db, "BEGIN", e))) {
        store_close(s);
        return false;
    }
    *out = s;
    return true;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    db_close(s->db);
    free(s);
}

bool store_config_get(struct store *s, const char *key, struct buf *value, bool *found,
                      struct err *e)
{
    struct stmt *ask = NULL;
    if (!db_prepare(s->db, "SELECT value FROM config WHERE key = ?1", &ask, e))
        return false;
    db_bind_text(ask, 1, key);
    enum db_step step = db_step(ask, e);
    *found = step == DB_ROW;
    buf_clear(value);
    if (*found)
        buf_adds(value, db_text(ask, 0));
    db_finalize(ask);
    return step != DB_ERROR;
}

bool store_config_set(struct store *s, const char *key, const char *value, struct err *e)
{
    struct stmt *set = NULL;
    if (!db_prepare(s->db,
                    "INSERT INTO config VALUES (?1, ?2) "
                    "ON CONFLICT(key) DO UPDATE SET value = excluded.value",
                    &set, e))
        return false;
    db_bind_text(set, 1, key);
    db_bind_text(set, 2, value);
    bool ok = db_run(set, e);
    db_finalize(set);
    return ok;
}

bool store_audit(struct store *s, const char *action, const char *detail, struct err *e)
{
    struct stmt *add = NULL;
    if (!db_prepare(s->db, "INSERT INTO audit(at, who, action, detail) VALUES (?1, ?2, ?3, ?4)",
                    &add, e))
        return false;
    db_bind_int(add, 1, sys_now());
    db_bind_text(add, 2, sys_user_name());
    db_bind_text(add, 3, action);
    db_bind_text(add, 4, detail);
    bool ok = db_run(add, e);
    db_finalize(add);
    return ok;
}

bool store_last_audit(struct store *s, const char *action, struct buf *detail, int64_t *at,
                      struct err *e)
{
    struct stmt *ask = NULL;
    *at = 0;
    if (!db_prepare(s->db,
                    "SELECT at, detail FROM audit WHERE action = ?1 ORDER BY id DESC LIMIT 1", &ask,
                    e))
        return false;
    db_bind_text(ask, 1, action);
    enum db_step step = db_step(ask, e);
    if (step == DB_ROW) {
        *at = db_int(ask, 0);
        buf_adds(detail, db_text(ask, 1));
    }
    db_finalize(ask);
    return step != DB_ERROR && (!detail->failed || err_memory(e));
}

bool store_each_audit(struct store *s, const char *action, store_audit_fn fn, void *context,
                      struct err *e)
{
    struct stmt *ask = NULL;
    if (!db_prepare(s->db, "SELECT at, who, detail FROM audit WHERE action = ?1 ORDER BY id", &ask,
                    e))
        return false;
    db_bind_text(ask, 1, action);
    enum db_step step = DB_DONE;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        struct audit_line line = {db_int(ask, 0), db_text(ask, 1), db_text(ask, 2)};
        ok = fn(context, &line, e);
    }
    db_finalize(ask);
    return ok && step == DB_DONE;
}

bool load_entry_add(struct store *s, const struct load_entry *entry, int64_t *id, struct err *e)
{
    struct stmt *add = NULL;
    if (!db_prepare(
            s->db,
            "INSERT INTO load(action, kind, source, file, at, added, changed, ended, rejected,"
            " undoes) VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0, 0, ?6)",
            &add, e))
        return false;
    db_bind_text(add, 1, entry->action);
    db_bind_text(add, 2, entry->kind);
    if (entry->source)
        db_bind_int(add, 3, entry->source);
    db_bind_text(add, 4, entry->file);
    db_bind_int(add, 5, sys_now());
    if (entry->undoes)
        db_bind_int(add, 6, entry->undoes);
    bool ok = db_run(add, e);
    *id = db_last_id(s->db);
    db_finalize(add);
    return ok;
}

bool load_entry_count(struct store *s, int64_t id, int64_t added, int64_t changed, int64_t ended,
                      int64_t rejected, struct err *e)
{
    struct stmt *set = NULL;
    if (!db_prepare(
            s->db,
            "UPDATE load SET added = ?2, changed = ?3, ended = ?4, rejected = ?5 WHERE id = ?1",
            &set, e))
        return false;
    db_bind_int(set, 1, id);
    db_bind_int(set, 2, added);
    db_bind_int(set, 3, changed);
    db_bind_int(set, 4, ended);
    db_bind_int(set, 5, rejected);
    bool ok = db_run(set, e);
    db_finalize(set);
    return ok;
}

bool store_last_load(struct store *s, int64_t *load, struct err *e)
{
    return db_ask_int(s->db, "SELECT max(id) FROM load", 0, load, e);
}

bool store_each_load(struct store *s, store_load_fn fn, void *context, struct err *e)
{
    struct stmt *ask = NULL;
    if (!db_prepare(
            s->db,
            "SELECT l.id, l.at, l.added, l.changed, l.ended, l.rejected, ifnull(l.undoes, 0),"
            " ifnull(l.undone_by, 0), l.action, l.kind, ifnull(s.name, ''), l.file"
            " FROM load l LEFT JOIN source s ON s.id = l.source ORDER BY l.id",
            &ask, e))
        return false;
    enum db_step step;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        struct load_info info = {db_int(ask, 0),  db_int(ask, 1),   db_int(ask, 2),
                                 db_int(ask, 3),  db_int(ask, 4),   db_int(ask, 5),
                                 db_int(ask, 6),  db_int(ask, 7),   db_text(ask, 8),
                                 db_text(ask, 9), db_text(ask, 10), db_text(ask, 11)};
        ok = fn(context, &info, e);
    }
    db_finalize(ask);
    return ok && step == DB_DONE;
}

/* Looks one table through for a simulated row of that state. */
static bool table_is_synthetic(struct store *s, int64_t state, const char *table, int64_t *found,
                               struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql, "SELECT 1 FROM %s WHERE synthetic = 1 AND ", table);
    state_condition(&sql, state, table, 1);
    buf_adds(&sql, " LIMIT 1");
    struct stmt *ask = NULL;
    bool ok = sql.failed ? err_memory(e) : db_prepare(s->db, sql.data, &ask, e);
    buf_free(&sql);
    if (!ok)
        return false;
    state_bind(ask, state, 1);
    enum db_step step = db_step(ask, e);
    *found = step == DB_ROW;
    db_finalize(ask);
    return step != DB_ERROR;
}

bool store_is_synthetic(struct store *s, int64_t state, bool *synthetic, struct err *e)
{
    int64_t cases = 0, counts = 0;
    if (!table_is_synthetic(s, state, "incident", &cases, e) ||
        !table_is_synthetic(s, state, "count_row", &counts, e))
        return false;
    *synthetic = cases || counts;
    return true;
}

static bool take_calendar(struct stmt *ask, struct count_calendars *out)
{
    struct calendar c;
    if (!calendar_parse(db_text(ask, 0), &c))
        return true;
    out->calendars[out->count] = c;
    buf_adds(&out->sources[out->count], db_text(ask, 1));
    return !out->sources[out->count++].failed;
}

bool store_count_calendars(struct store *s, int64_t state, struct count_calendars *out,
                           struct err *e)
{
    struct buf sql = {0};
    struct stmt *ask = NULL;
    *out = (struct count_calendars){0};
    buf_adds(&sql, "SELECT calendar, min(name) FROM count_row JOIN source ON source.id = source"
                   " WHERE calendar IS NOT NULL AND ");
    state_condition(&sql, state, "count_row", 1);
    buf_adds(&sql, " GROUP BY calendar ORDER BY calendar");
    bool ok = sql.failed ? err_memory(e) : db_prepare(s->db, sql.data, &ask, e);
    buf_free(&sql);
    if (!ok)
        return false;
    state_bind(ask, state, 1);
    enum db_step step = DB_DONE;
    while (out->count < 2 && (step = db_step(ask, e)) == DB_ROW)
        ok = take_calendar(ask, out) || err_memory(e);
    db_finalize(ask);
    return ok && step != DB_ERROR;
}

void count_calendars_free(struct count_calendars *c)
{
    buf_free(&c->sources[0]);
    buf_free(&c->sources[1]);
}
