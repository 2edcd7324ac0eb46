/* Taking a load back. An undo is a load of its own: it ends the versions that the load made and makes those
 * it had ended valid again, as new versions that keep their maker (made_by). Thus every earlier state can
 * still be asked for, and an undo can itself be undone. */
#include "store/store_private.h"

struct undo {
    int64_t target, id; /* the load taken back; the undo's own number */
    int64_t ended, reopened;
};

/* The one number that a query with ?1 = n, ?2 = m gives; 0 for null. */
static bool ask(struct store *s, struct buf *sql, int64_t n, int64_t m, int64_t *out, struct err *e)
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

/* A load that ended or replaced a version of n's and still stands; 0: none. */
static bool blocked_by_versions(struct store *s, const struct table *t, int64_t n, int64_t *by, struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql,
             "SELECT min(x.load_to) FROM %s x JOIN load l ON l.id = x.load_to WHERE (x.made_by = ?1 OR"
             " x.load_from = ?1) AND x.load_to > ?1 AND l.action = 'load' AND l.undone_by IS NULL",
             t->name);
    return ask(s, &sql, n, 0, by, e);
}

/* The ids of units or categories that would be unknown without n. */
static void add_only_known_by(struct buf *sql, const char *what)
{
    buf_addf(sql,
             "(SELECT v.%s FROM %s_version v WHERE v.load_to IS NULL AND v.made_by = ?1"
             " AND NOT EXISTS (SELECT 1 FROM %s_version w WHERE w.%s = v.%s AND w.load_to = ?1))",
             what, what, what, what, what);
}

/* The load of a current row that names a unit or category which only n makes known; 0: none. */
static bool blocked_by_reference(struct store *s, const struct table *t, const struct table_column *c,
                                 int64_t n, int64_t *by, struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql, "SELECT min(x.made_by) FROM %s x WHERE x.load_to IS NULL AND x.made_by <> ?1 AND x.%s IN ",
             t->name, c->name);
    add_only_known_by(&sql, c->is_unit ? "unit" : "category");
    return ask(s, &sql, n, 0, by, e);
}

/* Cases name categories through their set. */
static bool blocked_by_case_category(struct store *s, int64_t n, int64_t *by, struct err *e)
{
    struct buf sql = {0};
    buf_adds(&sql, "SELECT min(x.made_by) FROM incident x WHERE x.load_to IS NULL AND x.made_by <> ?1"
                   " AND x.category_set IN (SELECT category_set FROM category_set_member"
                   " WHERE category IN ");
    add_only_known_by(&sql, "category");
    buf_adds(&sql, ")");
    return ask(s, &sql, n, 0, by, e);
}

/* Units and categories name their parents by code. */
static bool blocked_by_parent(struct store *s, const char *what, int64_t n, int64_t *by, struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql,
             "SELECT min(x.made_by) FROM %s_version x WHERE x.load_to IS NULL AND x.made_by <> ?1"
             " AND x.parent IN (SELECT p.code FROM %s p WHERE p.id IN ",
             what, what);
    add_only_known_by(&sql, what);
    buf_adds(&sql, ")");
    return ask(s, &sql, n, 0, by, e);
}

static bool blocked_in_table(struct store *s, const struct table *t, int64_t n, int64_t *by, struct err *e)
{
    if (!blocked_by_versions(s, t, n, by, e))
        return false;
    for (size_t c = 0; c < t->count && !*by; c++)
        if ((t->columns[c].is_unit || t->columns[c].is_category) &&
            !blocked_by_reference(s, t, &t->columns[c], n, by, e))
            return false;
    return true;
}

static bool blocked(struct store *s, int64_t n, int64_t *by, struct err *e)
{
    *by = 0;
    for (size_t i = 0; i < table_count && !*by; i++)
        if (!blocked_in_table(s, &tables[i], n, by, e))
            return false;
    return (*by || blocked_by_parent(s, "unit", n, by, e)) &&
           (*by || blocked_by_parent(s, "category", n, by, e)) &&
           (*by || blocked_by_case_category(s, n, by, e));
}

static bool run_with(struct store *s, struct buf *sql, int64_t target, int64_t id, struct err *e)
{
    struct stmt *q = NULL;
    bool ok = sql->failed ? err_memory(e) : db_prepare(s->db, sql->data, &q, e);
    buf_free(sql);
    if (!ok)
        return false;
    db_bind_int(q, 1, target);
    db_bind_int(q, 2, id);
    ok = db_run(q, e);
    db_finalize(q);
    return ok;
}

static bool count_rows(struct store *s, const struct undo *u, const struct table *t, const char *condition,
                       int64_t *total, struct err *e)
{
    struct buf sql = {0};
    int64_t n = 0;
    buf_addf(&sql, "SELECT count(*) FROM %s WHERE %s", t->name, condition);
    if (!ask(s, &sql, u->target, u->id, &n, e))
        return false;
    *total += n;
    return true;
}

static bool undo_table(struct store *s, struct undo *u, const struct table *t, struct err *e)
{
    static const char *const made = "(made_by = ?1 OR load_from = ?1) AND load_to IS NULL AND ?2 = ?2";
    static const char *const ended = "load_to = ?1 AND ?2 = ?2";
    struct buf end = {0}, reopen = {0};
    if (!count_rows(s, u, t, made, &u->ended, e) || !count_rows(s, u, t, ended, &u->reopened, e))
        return false;
    buf_addf(&end, "UPDATE %s SET load_to = ?2 WHERE (made_by = ?1 OR load_from = ?1) AND load_to IS NULL",
             t->name);
    buf_addf(&reopen, "INSERT INTO %s(", t->name);
    table_add_columns(t, &reopen);
    buf_adds(&reopen, ", made_by, load_from) SELECT ");
    table_add_columns(t, &reopen);
    buf_addf(&reopen, ", made_by, ?2 FROM %s WHERE load_to = ?1", t->name);
    if (run_with(s, &end, u->target, u->id, e))
        return run_with(s, &reopen, u->target, u->id, e);
    buf_free(&reopen);
    return false;
}

/* The load a later undo had taken back stands again when that undo is undone. */
static bool mark(struct store *s, const struct undo *u, struct err *e)
{
    struct buf done = {0}, again = {0};
    buf_adds(&done, "UPDATE load SET undone_by = ?2 WHERE id = ?1");
    buf_adds(&again, "UPDATE load SET undone_by = NULL WHERE undone_by = ?1 AND id <> ?2");
    if (run_with(s, &done, u->target, u->id, e))
        return run_with(s, &again, u->target, u->id, e);
    buf_free(&again);
    return false;
}

static bool choose(struct store *s, int64_t *target, struct err *e)
{
    bool named = *target != 0;
    struct buf sql = {0};
    buf_adds(&sql, named ? "SELECT id FROM load WHERE id = ?1 AND undone_by IS NULL AND ?2 = ?2"
                         : "SELECT max(id) FROM load WHERE action = 'load' AND undone_by IS NULL"
                           " AND file NOT LIKE 'built-in %'"
                           " AND ?1 = ?1 AND ?2 = ?2");
    int64_t wanted = *target;
    if (!ask(s, &sql, wanted, 0, target, e))
        return false;
    if (*target)
        return true;
    return named ? err_set(e, ERR_INPUT, "load %lld: is not there or was taken back already: see 'keogiam status'",
                           (long long)wanted)
                 : err_set(e, ERR_INPUT, "there is no load to take back: see 'keogiam status'");
}

static bool undo_work(struct store *s, void *context, struct err *e)
{
    struct undo *u = context;
    int64_t by = 0;
    if (!choose(s, &u->target, e) || !blocked(s, u->target, &by, e))
        return false;
    if (by)
        return err_set(e, ERR_INPUT, "load %lld: load %lld rests on its rows: take that one back first",
                       (long long)u->target, (long long)by);
    struct load_entry entry = {"undo", "undo", "", 0, u->target};
    bool ok = load_entry_add(s, &entry, &u->id, e);
    for (size_t i = 0; ok && i < table_count; i++)
        ok = undo_table(s, u, &tables[i], e);
    return ok && mark(s, u, e) && load_entry_count(s, u->id, u->reopened, 0, u->ended, 0, e);
}

bool store_undo(struct store *s, int64_t load, int64_t *undone, int64_t *undo, struct err *e)
{
    struct undo u = {.target = load};
    if (!store_transaction(s, undo_work, &u, e))
        return false;
    *undone = u.target;
    *undo = u.id;
    return true;
}
