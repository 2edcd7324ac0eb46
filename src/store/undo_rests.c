/* Which later load rests on the rows of one that is to be taken back? */
#include "store/undo_private.h"

/* Adds what a query with ?1 = target gives, a load a row. Frees sql. */
static bool collect(struct store *s, struct buf *sql, struct undo *u, struct err *e)
{
    struct stmt *q = NULL;
    bool ok = sql->failed ? err_memory(e) : db_prepare(s->db, sql->data, &q, e);
    buf_free(sql);
    if (!ok)
        return false;
    db_bind_int(q, 1, u->target);
    enum db_step step = DB_DONE;
    while (ok && (step = db_step(q, e)) == DB_ROW)
        ok = id_set_add(&u->blockers, db_int(q, 0), e);
    db_finalize(q);
    return ok && step == DB_DONE;
}

/* Loads that still stand and ended a version which the target made or brought back; undos, if
 * they ended one that it brought back. */
static bool by_versions(struct store *s, const struct table *t, struct undo *u, struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql,
             "SELECT DISTINCT x.load_to FROM %s x JOIN load l ON l.id = x.load_to"
             " WHERE (x.load_from = ?1 OR (x.made_by = ?1 AND l.action = 'load'))"
             " AND x.load_to > ?1 AND l.undone_by IS NULL",
             t->name);
    return collect(s, &sql, u, e);
}

/* Loads that stand and have the same rows. */
static bool by_agreement(struct store *s, struct undo *u, struct err *e)
{
    struct buf sql = {0};
    buf_adds(&sql, "SELECT r.load FROM load_rests r JOIN load l ON l.id = r.load"
                   " WHERE r.on_load = ?1 AND l.undone_by IS NULL");
    return collect(s, &sql, u, e);
}

/* From where rows stand whose key the target had ended, and which would come back. */
static bool by_key(struct store *s, const struct table *t, struct undo *u, struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql,
             "SELECT DISTINCT c.load_from FROM %s o JOIN %s c ON c.load_to IS NULL"
             " AND c.made_by <> ?1 AND c.load_from <> ?1",
             t->name, t->name);
    if (t->lead == LEAD_SOURCE)
        buf_adds(&sql, " AND c.source = o.source");
    for (size_t i = 0; i < t->count; i++)
        if (t->columns[i].is_key)
            buf_addf(&sql, " AND c.%s IS o.%s", t->columns[i].name, t->columns[i].name);
    if (t->has_declared)
        buf_adds(&sql, " AND c.declared = o.declared");
    buf_adds(&sql, " WHERE o.load_to = ?1 AND o.load_from < ?1");
    return collect(s, &sql, u, e);
}

/* The ids of units or categories that would be unknown without the target. */
static void add_only_known_by(struct buf *sql, const char *what)
{
    buf_addf(sql,
             "(SELECT v.%s FROM %s_version v WHERE v.load_to IS NULL AND v.made_by = ?1"
             " AND v.%s NOT IN (SELECT w.%s FROM %s_version w WHERE w.load_to = ?1))",
             what, what, what, what, what);
}

/* Loads of current rows that name a unit or category which only the target makes known. */
static bool by_reference(struct store *s, const struct table *t, const struct table_column *c,
                         struct undo *u, struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql,
             "SELECT DISTINCT x.made_by FROM %s x WHERE +x.load_to IS NULL AND x.made_by <> ?1"
             " AND x.%s IN ",
             t->name, c->name);
    add_only_known_by(&sql, c->is_unit ? "unit" : "category");
    return collect(s, &sql, u, e);
}

/* Cases name categories through their set. */
static bool by_case_category(struct store *s, struct undo *u, struct err *e)
{
    struct buf sql = {0};
    buf_adds(&sql, "SELECT DISTINCT x.made_by FROM incident x WHERE +x.load_to IS NULL"
                   " AND x.made_by <> ?1 AND x.category_set IN"
                   " (SELECT category_set FROM category_set_member WHERE category IN ");
    add_only_known_by(&sql, "category");
    buf_adds(&sql, ")");
    return collect(s, &sql, u, e);
}

/* Successions name the unit before them by its code, and may be older than it. */
static bool by_old_unit(struct store *s, struct undo *u, struct err *e)
{
    struct buf sql = {0};
    buf_adds(&sql, "SELECT DISTINCT x.made_by FROM succession x JOIN unit_version o"
                   " ON o.load_to IS NULL AND o.code = x.old_unit AND x.day > o.valid_from"
                   " AND x.day - 1 <= o.valid_to WHERE x.load_to IS NULL AND x.made_by > ?1"
                   " AND o.unit IN ");
    add_only_known_by(&sql, "unit");
    return collect(s, &sql, u, e);
}

static bool in_table(struct store *s, const struct table *t, struct undo *u, struct err *e)
{
    if (!by_versions(s, t, u, e) || !by_key(s, t, u, e))
        return false;
    for (size_t c = 0; c < t->count; c++)
        if ((t->columns[c].is_unit || t->columns[c].is_category) &&
            !by_reference(s, t, &t->columns[c], u, e))
            return false;
    return true;
}

bool undo_find_blockers(struct store *s, struct undo *u, struct err *e)
{
    for (size_t i = 0; i < table_count; i++)
        if (!in_table(s, &tables[i], u, e))
            return false;
    return by_agreement(s, u, e) && by_case_category(s, u, e) && by_old_unit(s, u, e);
}
