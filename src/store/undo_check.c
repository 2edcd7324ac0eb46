/* After an undo: the units and categories that are left must hang together, and rows that came back must
 * find theirs. */
#include "store/undo_private.h"

static bool refuse_lost(void *context, const struct lost *lost, struct err *e)
{
    return undo_refuse(context, lost->made_by, e);
}

/* What came back names units or categories that another undo has taken away since: which? */
static bool gone_by(struct store *s, const struct table *t, const char *column, const char *what, bool by_set,
                    const struct undo *u, int64_t *by, struct err *e)
{
    struct buf sql = {0};
    const char *member = by_set ? "SELECT category FROM category_set_member m WHERE m.category_set = x." : "x.";
    buf_addf(&sql,
             "SELECT min((SELECT max(g.load_to) FROM %s_version g WHERE g.%s IN (%s%s)"
             "  AND NOT EXISTS (SELECT 1 FROM %s_version h WHERE h.%s = g.%s AND h.load_to IS NULL)))"
             " FROM %s x WHERE x.load_to IS NULL AND x.load_from = ?1 AND ?2 = ?2 AND x.%s IS NOT NULL",
             what, what, member, column, what, what, what, t->name, column);
    return undo_ask(s, &sql, u->id, 0, by, e);
}

static bool find_gone(struct store *s, const struct table *t, const struct undo *u, int64_t *by, struct err *e)
{
    for (size_t c = 0; c < t->count && !*by; c++) {
        const struct table_column *column = &t->columns[c];
        if ((column->is_unit || column->is_category) &&
            !gone_by(s, t, column->name, column->is_unit ? "unit" : "category", false, u, by, e))
            return false;
    }
    return *by || t->kind != KIND_INCIDENTS || gone_by(s, t, "category_set", "category", true, u, by, e);
}

static bool references_hold(struct store *s, const struct undo *u, struct err *e)
{
    int64_t by = 0;
    for (size_t i = 0; i < table_count && !by; i++)
        if (!find_gone(s, &tables[i], u, &by, e))
            return false;
    return !by || err_set(e, ERR_INPUT,
                          "load %lld: units or categories of its rows went with load %lld: take that one back first",
                          (long long)u->target, (long long)by);
}

bool undo_check(struct store *s, const struct undo *u, struct err *e)
{
    struct directory d;
    if (u->reopened && !references_hold(s, u, e))
        return false;
    if (!u->ended_units && !u->reopened)
        return true;
    if (!tree_each_lost(s, true, refuse_lost, (void *)u, e) || !tree_each_lost(s, false, refuse_lost, (void *)u, e) ||
        !store_read_directory(s, STATE_NOW, &d, e))
        return false;
    directory_free(&d);
    return true;
}
