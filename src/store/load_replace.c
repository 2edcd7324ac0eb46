/* --replace: the file is the whole truth for its coverage. What the coverage has and the file does
 * not name is withdrawn: its version ends with this load, and `undo` brings it back. So is one case
 * that is named. */
#include <stdlib.h>

#include "store/load_private.h"

bool load_replace_begin(struct load *l, struct err *e)
{
    return db_exec(l->s->db,
                   "CREATE TEMP TABLE IF NOT EXISTS place(id INTEGER PRIMARY KEY);"
                   "CREATE TEMP TABLE IF NOT EXISTS kind_of_act(id INTEGER PRIMARY KEY);"
                   "CREATE TEMP TABLE IF NOT EXISTS gone(id INTEGER PRIMARY KEY);"
                   "DELETE FROM place; DELETE FROM kind_of_act; DELETE FROM gone",
                   e);
}

/* The coverage's units and roots, marked by index. */
struct reach {
    bool *units, *roots;
    struct span span;
};

/* Where no row appears, a claim is of every root. */
static bool is_in_reach(const struct load *l, size_t root)
{
    return span_is_empty(l->seen) ? l->q.directory->categories[root].parent == NO_ENTRY
                                  : l->seen_roots[root];
}

/* Cases that a file lacks may be of days before its first one; a counts file speaks of the days
 * that its rows name. */
static struct span reach_days(const struct load *l)
{
    if (l->q.claim)
        return l->q.claim->span;
    return l->t->kind == KIND_COUNTS ? l->seen : load_assumed_span(l, l->seen);
}

static bool reach_find(struct load *l, struct reach *r, struct err *e)
{
    const struct directory *d = l->q.directory;
    const struct coverage_claim *claim = l->q.claim;
    r->span = reach_days(l);
    r->units = claim && claim->unit_count ? calloc(d->unit_count + 1, sizeof *r->units)
                                          : load_assumed_units(d, l->seen_units, e);
    r->roots = calloc(d->category_count + 1, sizeof *r->roots);
    if (!r->units || !r->roots)
        return err_memory(e);
    for (size_t i = 0; claim && i < claim->unit_count; i++)
        r->units[claim->units[i]] = true;
    for (size_t i = 0; claim && i < claim->category_count; i++)
        r->roots[claim->categories[i]] = true;
    for (size_t c = 0; c < d->category_count && !(claim && claim->category_count); c++)
        r->roots[c] = is_in_reach(l, c);
    return true;
}

static bool under_marked_unit(const struct directory *d, const bool *marks, size_t unit)
{
    for (; unit != NO_ENTRY; unit = d->units[unit].parent)
        if (marks[unit])
            return true;
    return false;
}

static bool under_marked_category(const struct directory *d, const bool *marks, size_t category)
{
    for (; category != NO_ENTRY; category = d->categories[category].parent)
        if (marks[category])
            return true;
    return false;
}

static bool add_id(struct stmt *add, int64_t id, struct err *e)
{
    db_bind_int(add, 1, id);
    return db_run(add, e);
}

/* Cases name category sets, counts categories: kind_of_act holds the ids of whichever it is. */
static bool add_kinds(const struct load *l, const struct reach *r, struct stmt *add, struct err *e)
{
    const struct directory *d = l->q.directory;
    bool ok = true;
    if (l->t->kind == KIND_COUNTS) {
        for (size_t c = 0; ok && c < d->category_count; c++)
            ok = !under_marked_category(d, r->roots, c) || add_id(add, d->categories[c].id, e);
        return ok;
    }
    for (size_t s = 0; ok && s < d->set_count; s++)
        for (size_t i = 0; ok && i < d->sets[s].count; i++)
            if (under_marked_category(d, r->roots, d->sets[s].categories[i])) {
                ok = add_id(add, (int64_t)s + 1, e);
                break;
            }
    return ok;
}

static bool reach_store(struct load *l, const struct reach *r, struct err *e)
{
    const struct directory *d = l->q.directory;
    struct stmt *place = NULL, *kind = NULL;
    bool ok = db_prepare(l->s->db, "INSERT INTO place VALUES (?1)", &place, e) &&
              db_prepare(l->s->db, "INSERT INTO kind_of_act VALUES (?1)", &kind, e);
    for (size_t u = 0; ok && u < d->unit_count; u++)
        ok = !under_marked_unit(d, r->units, u) || add_id(place, d->units[u].id, e);
    ok = ok && add_kinds(l, r, kind, e);
    db_finalize(place);
    db_finalize(kind);
    return ok;
}

static const char *const sql_candidate_cases =
    "SELECT id FROM incident WHERE +load_to IS NULL AND +source = ?1 AND load_from < ?2"
    " AND coalesce(received_on, occurred_on, prosecuted_on) BETWEEN ?3 AND ?4"
    " AND unit IN (SELECT id FROM place) AND category_set IN (SELECT id FROM kind_of_act) AND ?5 = "
    "?5";
static const char *const sql_candidate_counts =
    "SELECT rowid FROM count_row WHERE +load_to IS NULL AND +source = ?1 AND load_from < ?2"
    " AND day_from >= ?3 AND day_to <= ?4 AND (?5 >> basis) & 1"
    " AND unit IN (SELECT id FROM place) AND category IN (SELECT id FROM kind_of_act)";

/* Of the rows in reach that were there before, those that the file did not name. */
static bool find_gone(struct load *l, struct span span, struct err *e)
{
    struct stmt *find = NULL, *add = NULL;
    bool counts = l->t->kind == KIND_COUNTS;
    bool ok = db_prepare(l->s->db, counts ? sql_candidate_counts : sql_candidate_cases, &find, e) &&
              db_prepare(l->s->db, "INSERT INTO gone VALUES (?1)", &add, e);
    if (ok) {
        db_bind_int(find, 1, l->source);
        db_bind_int(find, 2, l->id);
        db_bind_int(find, 3, span.from);
        db_bind_int(find, 4, span.to);
        db_bind_int(find, 5, l->bases ? l->bases : ~0U);
    }
    enum db_step step = DB_DONE;
    while (ok && (step = db_step(find, e)) == DB_ROW) {
        if (id_set_has(&l->named, db_int(find, 0)))
            continue;
        l->withdrawn++;
        ok = add_id(add, db_int(find, 0), e);
    }
    db_finalize(find);
    db_finalize(add);
    return ok && step == DB_DONE;
}

static bool end_gone(struct load *l, struct err *e)
{
    struct buf sql = {0};
    struct stmt *end = NULL;
    buf_addf(&sql, "UPDATE %s SET load_to = ?1 WHERE rowid IN (SELECT id FROM gone)", l->t->name);
    bool ok = sql.failed ? err_memory(e) : db_prepare(l->s->db, sql.data, &end, e);
    buf_free(&sql);
    if (!ok)
        return false;
    db_bind_int(end, 1, l->id);
    ok = db_run(end, e);
    db_finalize(end);
    return ok;
}

/* The rows that stand after the replacement say what the source speaks for. */
static bool speak_again(struct load *l, struct err *e)
{
    const struct directory *d = l->q.directory;
    struct stmt *ask = NULL;
    l->spoken_count = 0;
    for (size_t u = 0; u < d->unit_count; u++)
        l->spoken_first[u] = NO_ENTRY;
    if (!db_prepare(l->s->db,
                    "SELECT unit, category, day_from, day_to FROM count_row WHERE load_to IS NULL"
                    " AND source = ?1 AND count IS NOT NULL ORDER BY unit, day_from",
                    &ask, e))
        return false;
    db_bind_int(ask, 1, l->source);
    enum db_step step = DB_DONE;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        size_t category = directory_category_by_id(d, db_int(ask, 1));
        struct span span = {(day)db_int(ask, 2), (day)db_int(ask, 3)};
        ok = load_cover_speak(l, l->unit_at[db_int(ask, 0)], d->categories[category].root, span, e);
    }
    db_finalize(ask);
    return ok && step == DB_DONE;
}

bool load_replace_finish(struct load *l, struct err *e)
{
    struct reach r = {0};
    if (span_is_empty(l->seen) && !l->q.claim)
        return true; /* an empty file without --covers speaks of nothing */
    bool ok = reach_find(l, &r, e) && load_axes_finish(l, r.roots, e) && reach_store(l, &r, e) &&
              find_gone(l, r.span, e) && end_gone(l, e) &&
              (l->t->kind != KIND_COUNTS || !l->withdrawn || speak_again(l, e));
    free(r.units);
    free(r.roots);
    return ok;
}

bool load_withdraw(struct load *l, const char *case_id, bool *found, struct err *e)
{
    struct table_row key = {.lead = l->source}, ended;
    key.slots[INC_CASE_ID] = (struct value){VALUE_TEXT, {.s = case_id}};
    table_bind_key(l->t, l->find, &key);
    enum db_step step = db_step(l->find, e);
    int64_t rowid = 0;
    *found = step == DB_ROW;
    if (*found) {
        rowid = db_int(l->find, 0);
        table_read_row(l->t, l->find, 3, &ended);
        l->seen_units[l->unit_at[ended.slots[INC_UNIT].as.i]] = true;
        l->withdrawn++;
    }
    db_reset(l->find);
    return *found ? load_end_row(l, rowid, e) : step == DB_DONE;
}

static const char *const sql_gone_cases =
    "SELECT case_id FROM incident WHERE id IN (SELECT id FROM gone)"
    " ORDER BY 1";
static const char *const sql_gone_counts =
    "SELECT u.code, c.code, r.day_from, r.day_to FROM count_row r JOIN gone ON gone.id = r.rowid"
    " JOIN unit u ON u.id = r.unit JOIN category c ON c.id = r.category ORDER BY 1, 2, 3, 4";

/* "30037 XHTE 2024-01-01..2024-01-31" */
static void name_count(struct stmt *row, struct buf *name)
{
    char from[11], to[11];
    day_text((day)db_int(row, 2), from);
    day_text((day)db_int(row, 3), to);
    buf_clear(name);
    buf_addf(name, "%s %s %s..%s", db_text(row, 0), db_text(row, 1), from, to);
}

bool load_each_withdrawn(struct load *l, load_withdrawn_fn fn, void *context, struct err *e)
{
    struct stmt *ask = NULL;
    struct buf name = {0};
    bool counts = l->t->kind == KIND_COUNTS;
    if (!l->q.replace)
        return true;
    if (!db_prepare(l->s->db, counts ? sql_gone_counts : sql_gone_cases, &ask, e))
        return false;
    enum db_step step = DB_DONE;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        if (counts)
            name_count(ask, &name);
        ok = name.failed ? err_memory(e)
                         : fn(context, counts ? buf_text(&name) : db_text(ask, 0), e);
    }
    db_finalize(ask);
    buf_free(&name);
    return ok && step == DB_DONE;
}
