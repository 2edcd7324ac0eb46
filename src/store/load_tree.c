/* Units and categories hang together, or the database could not be read again: a code is valid once
 * on any day, every parent is there in some of its child's days, nothing stands above itself. Rows
 * of the file that break this are refused with their line and taken out again; where rows that were
 * there before would break, the file fails. */
#include <stdlib.h>

#include "store/load_private.h"

/* The current units that share a day with another unit of their code: the later one. */
static const char *const sql_twice =
    "SELECT v.rowid, v.code, v.valid_from, o.valid_from, o.valid_to FROM unit_version v JOIN "
    "unit_version o"
    " ON o.code = v.code AND o.load_to IS NULL AND o.rowid <> v.rowid"
    " AND o.valid_from <= v.valid_to AND o.valid_to >= v.valid_from"
    " WHERE v.load_to IS NULL AND v.load_from = ?1 AND (o.load_from < ?1 OR o.rowid < v.rowid)"
    " GROUP BY v.rowid ORDER BY v.rowid";

/* What no top unit leads to, parent by parent: no such parent, one of other days, a circle, or
 * under such. */
static const char *const sql_lost_units =
    "WITH RECURSIVE held(code, valid_from, valid_to) AS ("
    " SELECT code, valid_from, valid_to FROM unit_version WHERE load_to IS NULL AND parent IS NULL "
    "UNION"
    " SELECT v.code, v.valid_from, v.valid_to FROM held h JOIN unit_version v ON v.load_to IS NULL"
    "  AND v.parent = h.code AND v.valid_from <= h.valid_to AND v.valid_to >= h.valid_from)"
    " SELECT v.rowid, v.code, v.parent, v.load_from,"
    " (SELECT count(*) FROM unit_version p WHERE p.load_to IS NULL AND p.code = v.parent),"
    " (SELECT count(*) FROM unit_version p WHERE p.load_to IS NULL AND p.code = v.parent"
    "  AND p.valid_from <= v.valid_to AND p.valid_to >= v.valid_from), v.made_by"
    " FROM unit_version v WHERE v.load_to IS NULL"
    " AND (v.code, v.valid_from) NOT IN (SELECT code, valid_from FROM held) ORDER BY v.rowid";
static const char *const sql_lost_categories =
    "WITH RECURSIVE held(code) AS ("
    " SELECT code FROM category_version WHERE load_to IS NULL AND parent IS NULL UNION"
    " SELECT v.code FROM held h JOIN category_version v ON v.load_to IS NULL AND v.parent = h.code)"
    " SELECT v.rowid, v.code, v.parent, v.load_from,"
    " (SELECT count(*) FROM category_version p WHERE p.load_to IS NULL AND p.code = v.parent), 1, "
    "v.made_by"
    " FROM category_version v WHERE v.load_to IS NULL AND v.code NOT IN (SELECT code FROM held)"
    " ORDER BY v.rowid";

bool tree_each_lost(struct store *s, bool units,
                    bool (*fn)(void *context, const struct lost *lost, struct err *e),
                    void *context, struct err *e)
{
    struct stmt *ask = NULL;
    if (!db_prepare(s->db, units ? sql_lost_units : sql_lost_categories, &ask, e))
        return false;
    enum db_step step = DB_DONE;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        struct lost lost = {db_int(ask, 0), db_text(ask, 1),    db_text(ask, 2),   db_int(ask, 3),
                            db_int(ask, 6), db_int(ask, 4) > 0, db_int(ask, 5) > 0};
        ok = fn(context, &lost, e);
    }
    db_finalize(ask);
    return ok && step == DB_DONE;
}

/* ---- refusing ---- */

static bool refuse_twice(struct load *l, struct err *e)
{
    struct stmt *ask = NULL;
    if (l->t->lead != LEAD_UNIT)
        return true;
    if (!db_prepare(l->s->db, sql_twice, &ask, e))
        return false;
    db_bind_int(ask, 1, l->id);
    enum db_step step = DB_DONE;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        struct buf reason = {0};
        char from[11], to[11];
        day_text((day)db_int(ask, 3), from);
        day_text((day)db_int(ask, 4), to);
        buf_addf(
            &reason,
            tr(e->lang, "the code is valid from %s to %s already: end that one first (valid_to)"),
            from, to);
        ok = reason.failed ? err_memory(e)
                           : load_refuse(l, db_int(ask, 0), "valid_from", reason.data, e);
        buf_free(&reason);
    }
    db_finalize(ask);
    return ok && step == DB_DONE;
}

static bool refuse_lost(void *context, const struct lost *lost, struct err *e)
{
    struct load *l = context;
    struct buf reason = {0};
    if (lost->load_from != l->id)
        return true;
    if (!lost->parent_there)
        buf_addf(&reason, tr(e->lang, "there is no %s: load the parent before or in the same file"),
                 lost->parent);
    else if (!lost->parent_then)
        buf_addf(&reason,
                 tr(e->lang, "%s is not valid in these days: correct valid_from or valid_to"),
                 lost->parent);
    else
        buf_addf(&reason, tr(e->lang, "%s was refused, or stands below this one itself"),
                 lost->parent);
    bool ok = reason.failed ? err_memory(e) : load_refuse(l, lost->rowid, "parent", reason.data, e);
    buf_free(&reason);
    return ok;
}

/* What is left hung together before this file. */
static bool fail_lost(void *context, const struct lost *lost, struct err *e)
{
    const struct load *l = context;
    return err_set(e, ERR_INPUT,
                   "%s: would leave %s without its parent %s: correct the parent's row", l->q.file,
                   lost->code, lost->parent);
}

/* ---- places unknown ---- */

/* Units with others under them whose "CODE/?" is missing or valid for other days than they are. */
static const char *const sql_unknown_places =
    "SELECT p.code, p.valid_from, p.valid_to, u.rowid FROM unit_version p LEFT JOIN unit_version u"
    " ON u.load_to IS NULL AND u.code = p.code || '/?' AND u.valid_from = p.valid_from"
    " WHERE p.load_to IS NULL AND p.code NOT LIKE '%/?' AND (u.rowid IS NULL OR u.valid_to <> "
    "p.valid_to)"
    " AND EXISTS (SELECT 1 FROM unit_version c WHERE c.load_to IS NULL AND c.parent = p.code"
    "  AND c.valid_from <= p.valid_to AND c.valid_to >= p.valid_from)";

struct unknown_place {
    const char *parent, *code;
    int64_t from, to, old; /* rowid of the version to be replaced, 0: none */
};

static bool write_unknown_place(struct load *l, const struct unknown_place *p, struct err *e)
{
    struct table_row r = {0};
    r.slots[UNIT_CODE] = (struct value){VALUE_TEXT, {.s = p->code}};
    r.slots[UNIT_VALID_FROM] = (struct value){VALUE_INT, {.i = p->from}};
    r.slots[UNIT_VALID_TO] = (struct value){VALUE_INT, {.i = p->to}};
    r.slots[UNIT_PARENT] = (struct value){VALUE_TEXT, {.s = p->parent}};
    return load_identity(l, r.slots, &r.lead, e) && (!p->old || load_end_row(l, p->old, e)) &&
           load_insert_row(l, &r, l->id, e);
}

static bool write_unknown_places(struct load *l, struct err *e)
{
    struct stmt *ask = NULL;
    struct unknown_place *places = NULL;
    void *grown = NULL;
    size_t count = 0, cap = 0;
    if (!db_prepare(l->s->db, sql_unknown_places, &ask, e))
        return false;
    enum db_step step = DB_DONE;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        char *parent = arena_text(&l->texts, db_text(ask, 0));
        char *code = arena_format(&l->texts, "%s/?", parent ? parent : "");
        ok =
            parent && code ? array_grow(&grown, &cap, count + 1, sizeof *places, e) : err_memory(e);
        places = grown;
        if (ok)
            places[count++] = (struct unknown_place){parent, code, db_int(ask, 1), db_int(ask, 2),
                                                     db_int(ask, 3)};
    }
    db_finalize(ask);
    ok = ok && step == DB_DONE;
    for (size_t i = 0; ok && i < count; i++)
        ok = write_unknown_place(l, &places[i], e);
    free(grown);
    return ok;
}

/* ---- all together ---- */

/* True if a case that stands has the set. */
static bool set_is_used(struct load *l, size_t set, bool *used, struct err *e)
{
    struct stmt *ask = NULL;
    if (!db_prepare(l->s->db,
                    "SELECT 1 FROM incident WHERE +load_to IS NULL AND category_set = ?1 LIMIT 1",
                    &ask, e))
        return false;
    db_bind_int(ask, 1, (int64_t)set + 1);
    enum db_step step = db_step(ask, e);
    *used = step == DB_ROW;
    db_finalize(ask);
    return step != DB_ERROR;
}

static bool two_of_one_root(const struct directory *d, const struct category_set *set,
                            const char *codes[2])
{
    for (size_t i = 1; i < set->count; i++)
        for (size_t j = 0; j < i; j++) {
            const struct category *a = &d->categories[set->categories[j]],
                                  *b = &d->categories[set->categories[i]];
            codes[0] = a->code;
            codes[1] = b->code;
            if (a->root == b->root)
                return true;
        }
    return false;
}

/* A case has one category a root: two of one set may not come under one. */
static bool sets_hold(struct load *l, const struct directory *d, struct err *e)
{
    for (size_t s = 0; s < d->set_count; s++) {
        const char *codes[2];
        bool used = false;
        if (!two_of_one_root(d, &d->sets[s], codes))
            continue;
        if (!set_is_used(l, s, &used, e))
            return false;
        if (used)
            return err_set(
                e, ERR_INPUT,
                "%s: %s and %s would come under one root, and cases have both: correct `parent`",
                l->q.file, codes[0], codes[1]);
    }
    return true;
}

static bool can_be_read(struct load *l, struct err *e)
{
    struct directory d;
    if (!store_read_directory(l->s, STATE_NOW, &d, e))
        return false;
    bool ok = sets_hold(l, &d, e);
    directory_free(&d);
    return ok;
}

bool load_tree_finish(struct load *l, struct err *e)
{
    bool units = l->t->lead == LEAD_UNIT, any = false;
    if (!units && l->t->lead != LEAD_CATEGORY)
        return true;
    if (!refuse_twice(l, e) || !load_take_out_refused(l, &any, e))
        return false;
    do {
        if (!tree_each_lost(l->s, units, refuse_lost, l, e) || !load_take_out_refused(l, &any, e))
            return false;
    } while (any);
    return tree_each_lost(l->s, units, fail_lost, l, e) && (!units || write_unknown_places(l, e)) &&
           can_be_read(l, e);
}
