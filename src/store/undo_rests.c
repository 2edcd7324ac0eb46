/* Which later load rests on the rows of one that is to be taken back? */
#include "store/undo_private.h"

/* A load that still stands and ended a version which n made or brought back; an undo, if it ended
 * one that n brought back. */
static bool by_versions(struct store *s, const struct table *t, int64_t n, int64_t *by,
                        struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql,
             "SELECT min(x.load_to) FROM %s x JOIN load l ON l.id = x.load_to"
             " WHERE (x.load_from = ?1 OR (x.made_by = ?1 AND l.action = 'load'))"
             " AND x.load_to > ?1 AND l.undone_by IS NULL AND ?2 = ?2",
             t->name);
    return undo_ask(s, &sql, n, 0, by, e);
}

/* A load that stands and has the same rows. */
static bool by_agreement(struct store *s, int64_t n, int64_t *by, struct err *e)
{
    struct buf sql = {0};
    buf_adds(&sql, "SELECT min(r.load) FROM load_rests r JOIN load l ON l.id = r.load"
                   " WHERE r.on_load = ?1 AND l.undone_by IS NULL AND ?2 = ?2");
    return undo_ask(s, &sql, n, 0, by, e);
}

/* The load or undo from which a row stands whose key n had ended, and which would come back. */
static bool by_key(struct store *s, const struct table *t, int64_t n, int64_t *by, struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql,
             "SELECT min(c.load_from) FROM %s o JOIN %s c ON c.load_to IS NULL"
             " AND c.made_by <> ?1 AND c.load_from <> ?1",
             t->name, t->name);
    if (t->lead == LEAD_SOURCE)
        buf_adds(&sql, " AND c.source = o.source");
    for (size_t i = 0; i < t->count; i++)
        if (t->columns[i].is_key)
            buf_addf(&sql, " AND c.%s IS o.%s", t->columns[i].name, t->columns[i].name);
    if (t->has_declared)
        buf_adds(&sql, " AND c.declared = o.declared");
    buf_adds(&sql, " WHERE o.load_to = ?1 AND o.load_from < ?1 AND ?2 = ?2");
    return undo_ask(s, &sql, n, 0, by, e);
}

/* The ids of units or categories that would be unknown without n. */
static void add_only_known_by(struct buf *sql, const char *what)
{
    buf_addf(sql,
             "(SELECT v.%s FROM %s_version v WHERE v.load_to IS NULL AND v.made_by = ?1"
             " AND NOT EXISTS (SELECT 1 FROM %s_version w WHERE w.%s = v.%s AND w.load_to = ?1))",
             what, what, what, what, what);
}

/* The load of a current row that names a unit or category which only n makes known. */
static bool by_reference(struct store *s, const struct table *t, const struct table_column *c,
                         int64_t n, int64_t *by, struct err *e)
{
    struct buf sql = {0};
    buf_addf(
        &sql,
        "SELECT min(x.made_by) FROM %s x WHERE +x.load_to IS NULL AND x.made_by <> ?1 AND ?2 = ?2"
        " AND x.%s IN ",
        t->name, c->name);
    add_only_known_by(&sql, c->is_unit ? "unit" : "category");
    return undo_ask(s, &sql, n, 0, by, e);
}

/* Cases name categories through their set. */
static bool by_case_category(struct store *s, int64_t n, int64_t *by, struct err *e)
{
    struct buf sql = {0};
    buf_adds(&sql,
             "SELECT min(x.made_by) FROM incident x WHERE +x.load_to IS NULL AND x.made_by <> ?1"
             " AND ?2 = ?2 AND x.category_set IN (SELECT category_set FROM category_set_member"
             " WHERE category IN ");
    add_only_known_by(&sql, "category");
    buf_adds(&sql, ")");
    return undo_ask(s, &sql, n, 0, by, e);
}

static bool in_table(struct store *s, const struct table *t, int64_t n, int64_t *by, struct err *e)
{
    if (!by_versions(s, t, n, by, e) || (!*by && !by_key(s, t, n, by, e)))
        return false;
    for (size_t c = 0; c < t->count && !*by; c++)
        if ((t->columns[c].is_unit || t->columns[c].is_category) &&
            !by_reference(s, t, &t->columns[c], n, by, e))
            return false;
    return true;
}

bool undo_blocker(struct store *s, int64_t target, int64_t *by, struct err *e)
{
    *by = 0;
    if (!by_agreement(s, target, by, e))
        return false;
    for (size_t i = 0; i < table_count && !*by; i++)
        if (!in_table(s, &tables[i], target, by, e))
            return false;
    return *by || by_case_category(s, target, by, e);
}
