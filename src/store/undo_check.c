/* After an undo: the units and categories that are left must hang together, and rows that came back
 * must find theirs. */
#include <stdio.h>

#include "store/undo_private.h"

static bool note_lost(void *context, const struct lost *lost, struct err *e)
{
    struct undo *u = context;
    return id_set_add(&u->blockers, lost->made_by, e);
}

/* Units or categories that no version makes known now, and when the last one went. */
static void add_gone(struct buf *sql, const char *what)
{
    buf_addf(sql,
             "(SELECT %s AS id, max(load_to) AS at FROM %s_version GROUP BY %s"
             " HAVING sum(load_to IS NULL) = 0)",
             what, what, what);
}

/* The undo that took away units or categories which rows that came back name; 0: none. */
static bool gone_by(struct store *s, const struct table *t, const struct table_column *column,
                    const struct undo *u, int64_t *by, struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql, "SELECT min(gone.at) FROM %s x JOIN ", t->name);
    add_gone(&sql, column->is_unit ? "unit" : "category");
    buf_addf(&sql,
             " gone ON gone.id = x.%s WHERE +x.load_to IS NULL AND x.load_from = ?1 AND ?2 = ?2",
             column->name);
    return undo_ask(s, &sql, u->id, 0, by, e);
}

/* The same of the categories of cases. */
static bool gone_by_set(struct store *s, const struct undo *u, int64_t *by, struct err *e)
{
    struct buf sql = {0};
    buf_adds(&sql, "SELECT min(gone.at) FROM incident x JOIN category_set_member m"
                   " ON m.category_set = x.category_set JOIN ");
    add_gone(&sql, "category");
    buf_adds(&sql, " gone ON gone.id = m.category WHERE +x.load_to IS NULL AND x.load_from = ?1"
                   " AND ?2 = ?2");
    return undo_ask(s, &sql, u->id, 0, by, e);
}

static bool find_gone(struct store *s, const struct table *t, const struct undo *u, int64_t *by,
                      struct err *e)
{
    for (size_t c = 0; c < t->count && !*by; c++)
        if ((t->columns[c].is_unit || t->columns[c].is_category) &&
            !gone_by(s, t, &t->columns[c], u, by, e))
            return false;
    return *by || t->kind != KIND_INCIDENTS || gone_by_set(s, u, by, e);
}

static bool references_hold(struct store *s, const struct undo *u, struct err *e)
{
    int64_t by = 0;
    for (size_t i = 0; i < table_count && !by; i++)
        if (!find_gone(s, &tables[i], u, &by, e))
            return false;
    return !by || err_set(e, ERR_INPUT,
                          "load %lld: units or categories of its rows went with load %lld: take "
                          "that one back first",
                          (long long)u->target, (long long)by);
}

/* A succession that came back must fit the units as they are; any other stands in the way. */
static bool note_broken(void *context, const struct broken *b, struct err *e)
{
    struct undo *u = context;
    char lead[32];
    if (b->load_from != u->id)
        return id_set_add(&u->blockers, b->made_by, e);
    snprintf(lead, sizeof lead, "load %lld", (long long)u->target);
    return succession_fail(b, lead, e);
}

bool undo_check(struct store *s, struct undo *u, struct err *e)
{
    struct directory d;
    if (u->reopened && !references_hold(s, u, e))
        return false;
    if (!succession_each_broken(s, note_broken, u, e))
        return false;
    if (!u->ended_units && !u->reopened)
        return true;
    if (!tree_each_lost(s, true, note_lost, u, e) || !tree_each_lost(s, false, note_lost, u, e) ||
        !undo_is_free(u, e) || !store_read_directory(s, STATE_NOW, &d, e))
        return false;
    directory_free(&d);
    return true;
}
