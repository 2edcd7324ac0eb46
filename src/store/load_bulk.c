/* Loading many cases: rows go in with the indexes away; uniqueness is checked once, by building the index.
 * Building it on 10^6 random ids costs a tenth of keeping it live. Only where that finds a clash are the
 * clashing pairs looked up and judged one by one, as load_write would have. */
#include <stdio.h>
#include <stdlib.h>

#include "store/load_private.h"

static const char *const drop_indexes = "DROP INDEX incident_key; DROP INDEX incident_received";
static const char *const make_received =
    "CREATE INDEX incident_received ON incident(received_on, unit, category_set, outcome)"
    " WHERE load_to IS NULL";
static const char *const make_key =
    "CREATE UNIQUE INDEX incident_key ON incident(source, case_id) WHERE load_to IS NULL";

bool load_bulk_begin(struct load *l, struct err *e)
{
    return db_exec(l->s->db, drop_indexes, e);
}

bool load_bulk_row(struct load *l, const struct table_row *row, size_t line, struct err *e)
{
    size_t ordinal = (size_t)l->inserted++;
    const struct line_step *last = l->line_count ? &l->lines[l->line_count - 1] : NULL;
    if (!last || last->line + (ordinal - last->ordinal) != line) {
        void *lines = l->lines;
        if (!array_grow(&lines, &l->line_cap, l->line_count + 1, sizeof *l->lines, e))
            return false;
        l->lines = lines;
        l->lines[l->line_count++] = (struct line_step){ordinal, line};
    }
    l->added++;
    return load_insert_row(l, row, l->id, e);
}

static size_t line_of(const struct load *l, int64_t rowid)
{
    size_t ordinal = (size_t)(rowid - l->first_new), low = 0, high = l->line_count;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (l->lines[mid].ordinal <= ordinal)
            low = mid;
        else
            high = mid;
    }
    return l->lines[low].line + (ordinal - l->lines[low].ordinal);
}

struct clash {
    int64_t older, newer;
};

/* An index that bears duplicates finds them, and serves load_write until they are settled. */
static bool find_clashes(struct load *l, struct clash **clashes, size_t *count, struct err *e)
{
    struct stmt *ask = NULL;
    size_t cap = 0;
    if (!db_exec(l->s->db, "CREATE INDEX incident_clash ON incident(source, case_id) WHERE load_to IS NULL",
                 e) ||
        !db_prepare(l->s->db,
                    "SELECT max(o.id), n.id FROM incident n JOIN incident o ON o.source = n.source"
                    " AND o.case_id = n.case_id AND o.id < n.id AND o.load_to IS NULL"
                    " WHERE n.load_to IS NULL AND n.id >= ?1 GROUP BY n.id ORDER BY n.id",
                    &ask, e))
        return false;
    db_bind_int(ask, 1, l->first_new);
    enum db_step step;
    void *items = NULL;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        ok = array_grow(&items, &cap, *count + 1, sizeof **clashes, e);
        *clashes = items;
        if (ok)
            (*clashes)[(*count)++] = (struct clash){db_int(ask, 0), db_int(ask, 1)};
    }
    db_finalize(ask);
    return ok && step == DB_DONE;
}

/* Takes the newer row out again and writes it the usual way. */
static bool settle_clash(struct load *l, const struct clash *c, struct stmt *get, struct stmt *take_out,
                         struct err *e)
{
    struct table_row row;
    char case_id[64]; /* at most 40, the only text of a case */
    db_bind_int(get, 1, c->newer);
    if (db_step(get, e) != DB_ROW)
        return false;
    table_read_row(l->t, get, 0, &row);
    snprintf(case_id, sizeof case_id, "%s", row.slots[INC_CASE_ID].as.s);
    row.slots[INC_CASE_ID].as.s = case_id;
    db_reset(get);
    db_bind_int(take_out, 1, c->newer);
    if (!db_run(take_out, e))
        return false;
    l->added--;
    return load_write(l, &row, line_of(l, c->newer), l->q.slots, e);
}

static bool settle_clashes(struct load *l, struct err *e)
{
    struct clash *clashes = NULL;
    size_t count = 0;
    struct stmt *get = NULL, *take_out = NULL;
    struct buf sql = {0};
    buf_adds(&sql, "SELECT ");
    table_add_columns(l->t, &sql);
    buf_adds(&sql, " FROM incident WHERE id = ?1");
    bool ok = find_clashes(l, &clashes, &count, e) && db_prepare(l->s->db, buf_text(&sql), &get, e) &&
              db_prepare(l->s->db, "DELETE FROM incident WHERE id = ?1", &take_out, e);
    for (size_t i = 0; ok && i < count; i++)
        ok = settle_clash(l, &clashes[i], get, take_out, e);
    buf_free(&sql);
    free(clashes);
    db_finalize(get);
    db_finalize(take_out);
    return ok && db_exec(l->s->db, "DROP INDEX incident_clash", e);
}

static bool make_key_index(struct load *l, bool *clash, struct err *e)
{
    struct stmt *make = NULL;
    if (!db_prepare(l->s->db, make_key, &make, e))
        return false;
    enum db_step step = db_step(make, e);
    *clash = step == DB_CONFLICT;
    db_finalize(make);
    return step != DB_ERROR;
}

bool load_bulk_finish(struct load *l, struct err *e)
{
    bool clash = false;
    if (!make_key_index(l, &clash, e))
        return false;
    if (clash && (!settle_clashes(l, e) || !make_key_index(l, &clash, e)))
        return false;
    if (clash)
        return err_set(e, ERR_FAILED, "the database refused a row that breaks its rules: run 'keogiam status'");
    return db_exec(l->s->db, make_received, e);
}
