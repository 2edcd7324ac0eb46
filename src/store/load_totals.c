/* A coverage row may state how many reports it holds (a nil return says 0). Wherever both are there, the
 * statement is compared with the cases: a difference is shown, never repaired. */
#include "store/load_private.h"

/* Reports of the row's unit subtree, category subtree, source and days. */
static const char *const sql_reports =
    "WITH RECURSIVE place(id, code) AS (SELECT id, code FROM unit WHERE id = ?2 UNION"
    " SELECT v.unit, v.code FROM unit_version v JOIN place p ON v.parent = p.code"
    " WHERE v.load_to IS NULL),"
    " act(id, code) AS (SELECT id, code FROM category WHERE id = ?3 UNION"
    " SELECT v.category, v.code FROM category_version v JOIN act a ON v.parent = a.code"
    " WHERE v.load_to IS NULL)"
    " SELECT count(*) FROM incident WHERE load_to IS NULL AND source = ?1"
    " AND received_on BETWEEN ?4 AND ?5 AND unit IN (SELECT id FROM place)"
    " AND category_set IN (SELECT category_set FROM category_set_member"
    "  WHERE category IN (SELECT id FROM act))";

static const char *const sql_stated =
    "SELECT c.unit, c.category, c.day_from, c.day_to, c.total, u.code, k.code FROM coverage c"
    " JOIN unit u ON u.id = c.unit JOIN category k ON k.id = c.category"
    " WHERE c.load_to IS NULL AND c.source = ?1 AND c.total IS NOT NULL ORDER BY 6, 7, 3";

static bool compare(struct load *l, struct stmt *stated, struct stmt *count, struct load_summary *summary,
                    struct err *e)
{
    db_bind_int(count, 1, l->source);
    for (int i = 0; i < 4; i++)
        db_bind_int(count, i + 2, db_int(stated, i));
    if (db_step(count, e) != DB_ROW)
        return false;
    long long found = db_int(count, 0), total = db_int(stated, 4);
    db_reset(count);
    char from[11], to[11];
    day_text((day)db_int(stated, 2), from);
    day_text((day)db_int(stated, 3), to);
    if (found != total)
        buf_addf(&summary->warnings,
                 tr(e->lang, "%s: unit %s, %s, %s to %s: the coverage states %lld reports, %lld are loaded\n"),
                 l->q.file, db_text(stated, 5), db_text(stated, 6), from, to, total, found);
    return true;
}

static bool has_cases(struct load *l, bool *has, struct err *e)
{
    struct stmt *ask = NULL;
    if (!db_prepare(l->s->db, "SELECT 1 FROM incident WHERE load_to IS NULL AND source = ?1 LIMIT 1", &ask, e))
        return false;
    db_bind_int(ask, 1, l->source);
    enum db_step step = db_step(ask, e);
    *has = step == DB_ROW;
    db_finalize(ask);
    return step != DB_ERROR;
}

bool load_totals_check(struct load *l, struct load_summary *summary, struct err *e)
{
    bool has = false;
    if (l->t->kind != KIND_COVERAGE && l->t->kind != KIND_INCIDENTS)
        return true;
    if (!has_cases(l, &has, e))
        return false;
    if (!has)
        return true;
    struct stmt *stated = NULL, *count = NULL;
    bool ok = db_prepare(l->s->db, sql_stated, &stated, e) && db_prepare(l->s->db, sql_reports, &count, e);
    if (ok)
        db_bind_int(stated, 1, l->source);
    enum db_step step = DB_DONE;
    while (ok && (step = db_step(stated, e)) == DB_ROW)
        ok = compare(l, stated, count, summary, e);
    db_finalize(stated);
    db_finalize(count);
    return ok && step == DB_DONE;
}
