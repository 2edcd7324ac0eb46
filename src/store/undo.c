/* Taking a load back. An undo is a load of its own: it ends the versions that the load made and
 * makes those it had ended valid again, as new versions that keep their maker (made_by). Thus every
 * earlier state can still be asked for, and an undo can itself be undone. */
#include <stdio.h>

#include "store/indexes.h"
#include "store/undo_private.h"

bool undo_ask(struct store *s, struct buf *sql, int64_t n, int64_t m, int64_t *out, struct err *e)
{
    struct stmt *q = NULL;
    bool ok = sql->failed ? err_memory(e) : db_prepare(s->db, sql->data, &q, e);
    buf_free(sql);
    if (!ok)
        return false;
    db_bind_int(q, 1, n);
    db_bind_int(q, 2, m);
    enum db_step step = db_step(q, e);
    *out = step == DB_ROW && !db_is_null(q, 0) ? db_int(q, 0) : 0;
    db_finalize(q);
    return step != DB_ERROR;
}

static bool run_with(struct store *s, struct buf *sql, const struct undo *u, struct err *e)
{
    struct stmt *q = NULL;
    bool ok = sql->failed ? err_memory(e) : db_prepare(s->db, sql->data, &q, e);
    buf_free(sql);
    if (!ok)
        return false;
    db_bind_int(q, 1, u->target);
    db_bind_int(q, 2, u->id);
    ok = db_run(q, e);
    db_finalize(q);
    return ok;
}

static const char made[] = "(made_by = ?1 OR load_from = ?1) AND +load_to IS NULL AND ?2 = ?2";
/* A row that the load itself had made and ended does not come back. */
static const char ended[] = "load_to = ?1 AND load_from < ?1 AND ?2 = ?2";

static bool count_rows(struct store *s, const struct undo *u, const struct table *t,
                       const char *condition, int64_t *n, struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql, "SELECT count(*) FROM %s WHERE %s", t->name, condition);
    return undo_ask(s, &sql, u->target, u->id, n, e);
}

static bool end_rows(struct store *s, struct undo *u, const struct table *t, struct err *e)
{
    struct buf sql = {0};
    int64_t n = 0, guessed = 0;
    if (!count_rows(s, u, t, made, &n, e))
        return false;
    if (!n)
        return true;
    if (t->has_declared) {
        buf_addf(&sql, "SELECT count(*) FROM %s WHERE %s AND declared <> %d", t->name, made,
                 COVER_DECLARED);
        if (!undo_ask(s, &sql, u->target, u->id, &guessed, e))
            return false;
    }
    u->ended += n;
    u->ended_coverage |= guessed > 0;
    u->ended_units |= t->lead == LEAD_UNIT || t->lead == LEAD_CATEGORY;
    buf_addf(&sql, "UPDATE %s SET load_to = ?2 WHERE %s", t->name, made);
    return run_with(s, &sql, u, e);
}

static bool reopen_rows(struct store *s, struct undo *u, const struct table *t, struct err *e)
{
    struct buf sql = {0};
    int64_t n = 0;
    if (!count_rows(s, u, t, ended, &n, e))
        return false;
    if (!n)
        return true;
    u->reopened += n;
    buf_addf(&sql, "INSERT INTO %s(", t->name);
    table_add_columns(t, &sql);
    buf_adds(&sql, ", made_by, load_from) SELECT ");
    table_add_columns(t, &sql);
    buf_addf(&sql, ", made_by, ?2 FROM %s WHERE %s", t->name, ended);
    return run_with(s, &sql, u, e);
}

static bool mark_one(struct stmt *set, struct stmt *undos, struct err *e)
{
    db_bind_int(set, 1, db_int(undos, 0));
    db_bind_int(set, 2, db_int(undos, 1));
    return db_run(set, e);
}

/* Who is taken back by an undo that stands? From the newest on, since only later ones undo an undo:
 * what it had taken back stands again. */
static bool mark(struct store *s, struct err *e)
{
    struct stmt *undos = NULL, *set = NULL;
    bool ok =
        db_exec(s->db, "UPDATE load SET undone_by = NULL WHERE undone_by IS NOT NULL", e) &&
        db_prepare(s->db, "SELECT id, undoes FROM load WHERE action = 'undo' ORDER BY id DESC",
                   &undos, e) &&
        db_prepare(s->db,
                   "UPDATE load SET undone_by = ?1 WHERE id = ?2"
                   " AND (SELECT undone_by FROM load WHERE id = ?1) IS NULL",
                   &set, e);
    enum db_step step = DB_DONE;
    while (ok && (step = db_step(undos, e)) == DB_ROW)
        ok = mark_one(set, undos, e);
    db_finalize(undos);
    db_finalize(set);
    return ok && step == DB_DONE;
}

static bool choose(struct store *s, int64_t *target, struct err *e)
{
    bool named = *target != 0;
    struct buf sql = {0};
    buf_adds(&sql, named ? "SELECT id FROM load WHERE id = ?1 AND undone_by IS NULL AND ?2 = ?2"
                         : "SELECT max(id) FROM load WHERE action = 'load' AND undone_by IS NULL"
                           " AND file NOT LIKE 'built-in %' AND ?1 = ?1 AND ?2 = ?2");
    int64_t wanted = *target;
    if (!undo_ask(s, &sql, wanted, 0, target, e))
        return false;
    if (*target)
        return true;
    return named
               ? err_set(e, ERR_INPUT,
                         "load %lld: is not there or was taken back already: see 'keogiam status'",
                         (long long)wanted)
               : err_set(e, ERR_INPUT, "there is no load to take back: see 'keogiam status'");
}

/* "9, 7, 4": the newest has to go first. */
static size_t list_blockers(const struct undo *u, struct buf *list, int64_t *one)
{
    size_t count = 0;
    for (int64_t load = 8 * (int64_t)u->blockers.bytes; load-- > 0;)
        if (id_set_has(&u->blockers, load)) {
            buf_addf(list, "%s%lld", count++ ? ", " : "", (long long)load);
            *one = load;
        }
    return count;
}

bool undo_is_free(const struct undo *u, struct err *e)
{
    struct buf list = {0};
    int64_t one = 0;
    size_t count = list_blockers(u, &list, &one);
    if (list.failed)
        err_memory(e);
    else if (count == 1)
        err_set(e, ERR_INPUT, "load %lld: load %lld rests on its rows: take that one back first",
                (long long)u->target, (long long)one);
    else if (count)
        err_set(e, ERR_INPUT,
                "load %lld: loads %s rest on its rows: take them back first, in this order",
                (long long)u->target, list.data);
    buf_free(&list);
    return !count;
}

static bool note(struct store *s, const struct undo *u, struct err *e)
{
    char detail[64];
    snprintf(detail, sizeof detail, "load=%lld state=%lld", (long long)u->target, (long long)u->id);
    return mark(s, e) && load_entry_count(s, u->id, u->reopened, 0, u->ended, 0, e) &&
           store_audit(s, "undo", detail, e);
}

static bool change_table(struct store *s, struct undo *u, const struct table *t, struct err *e)
{
    return end_rows(s, u, t, e) && reopen_rows(s, u, t, e);
}

/* Cases by the ten thousand change without their indexes. */
static bool change_cases(struct store *s, struct undo *u, const struct table *t, struct err *e)
{
    enum { FEW = 50000 };
    int64_t made_count = 0, ended_count = 0;
    bool clash = false;
    if (!count_rows(s, u, t, made, &made_count, e) || !count_rows(s, u, t, ended, &ended_count, e))
        return false;
    if (made_count + ended_count < FEW)
        return change_table(s, u, t, e);
    if (!indexes_drop(s->db, e) || !change_table(s, u, t, e) || !indexes_make_key(s->db, &clash, e))
        return false;
    return clash ? err_set(e, ERR_FAILED,
                           "the database refused a row that breaks its rules: run 'keogiam status'")
                 : indexes_make_rest(s->db, e);
}

static bool take_back(struct store *s, struct undo *u, struct err *e)
{
    struct load_entry entry = {"undo", "undo", "", 0, u->target};
    bool ok = load_entry_add(s, &entry, &u->id, e);
    for (size_t i = 0; ok && i < table_count; i++)
        ok = tables[i].kind == KIND_INCIDENTS ? change_cases(s, u, &tables[i], e)
                                              : change_table(s, u, &tables[i], e);
    return ok;
}

/* The coverage as it was is read before, for what the undo might leave without any. */
static bool undo_work(struct store *s, void *context, struct err *e)
{
    struct undo *u = context;
    struct cover_then before = {0};
    if (!choose(s, &u->target, e) || !undo_find_blockers(s, u, e) || !undo_is_free(u, e))
        return false;
    bool ok = cover_then_read(&before, s, e) && take_back(s, u, e) && undo_check(s, u, e) &&
              (!u->ended_coverage || undo_find_uncovered(s, u, &before, e));
    cover_then_free(&before);
    return ok && undo_is_free(u, e) && note(s, u, e);
}

bool store_undo(struct store *s, int64_t load, int64_t *undone, int64_t *undo, struct err *e)
{
    struct undo u = {.target = load};
    bool ok = store_transaction(s, undo_work, &u, e);
    id_set_free(&u.blockers);
    if (!ok)
        return false;
    *undone = u.target;
    *undo = u.id;
    return true;
}
