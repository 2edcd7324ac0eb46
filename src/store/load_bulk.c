/* Loading many cases: rows go in with the indexes away; uniqueness is checked once, by building the
 * index. Only where that finds a
 * clash are the clashing pairs looked up and judged one by one, as load_write would have. */
#include <stdio.h>
#include <stdlib.h>

#include "store/indexes.h"
#include "store/load_private.h"

bool load_bulk_begin(struct load *l, struct err *e)
{
    return indexes_drop(l->s->db, e);
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

enum { CLASHES = 4096 };

/* Clashing rows on their way out, a handful at a time: the file may be all there already. */
struct settling {
    struct load *l;
    struct stmt *find, *get, *take_out;
    int64_t clashes[CLASHES], count;
};

/* An index that bears duplicates finds them, and serves load_write until they are settled. */
static bool settling_init(struct settling *s, struct load *l, struct err *e)
{
    struct buf get = {0};
    s->l = l;
    buf_adds(&get, "SELECT ");
    table_add_columns(l->t, &get);
    buf_adds(&get, " FROM incident WHERE id = ?1");
    bool ok =
        db_exec(l->s->db,
                "CREATE INDEX incident_clash ON incident(source, case_id) WHERE load_to IS NULL",
                e) &&
        (get.failed ? err_memory(e) : db_prepare(l->s->db, get.data, &s->get, e)) &&
        db_prepare(l->s->db, "DELETE FROM incident WHERE id = ?1", &s->take_out, e) &&
        db_prepare(l->s->db,
                   "SELECT n.id FROM incident n WHERE n.load_to IS NULL AND n.id > ?1 AND n.id < ?2"
                   " AND EXISTS (SELECT 1 FROM incident o WHERE o.source = n.source"
                   "  AND o.case_id = n.case_id AND o.load_to IS NULL"
                   "  AND (o.id < n.id OR o.id >= ?2)) ORDER BY n.id LIMIT ?3",
                   &s->find, e);
    buf_free(&get);
    return ok;
}

static void settling_free(struct settling *s)
{
    db_finalize(s->find);
    db_finalize(s->get);
    db_finalize(s->take_out);
}

/* The next rows of the file behind `last` whose key stands before them, or behind the file's rows
 * as an update of one that did. */
static bool find_clashes(struct settling *s, int64_t last, struct err *e)
{
    s->count = 0;
    db_bind_int(s->find, 1, last);
    db_bind_int(s->find, 2, s->l->first_new + s->l->inserted);
    db_bind_int(s->find, 3, CLASHES);
    enum db_step step;
    while ((step = db_step(s->find, e)) == DB_ROW)
        s->clashes[s->count++] = db_int(s->find, 0);
    db_reset(s->find);
    return step == DB_DONE;
}

/* Takes the row out again and writes it the usual way. */
static bool settle(struct settling *s, int64_t id, struct err *e)
{
    struct load *l = s->l;
    struct table_row row;
    char case_id[64]; /* at most 40, the only text of a case */
    db_bind_int(s->get, 1, id);
    if (db_step(s->get, e) != DB_ROW)
        return false;
    table_read_row(l->t, s->get, 0, &row);
    snprintf(case_id, sizeof case_id, "%s", row.slots[INC_CASE_ID].as.s);
    row.slots[INC_CASE_ID].as.s = case_id;
    db_reset(s->get);
    db_bind_int(s->take_out, 1, id);
    if (!db_run(s->take_out, e))
        return false;
    l->added--;
    size_t line = line_of(l, id);
    return load_write(l, &row, line, load_slots(l, line), e);
}

static bool settle_all(struct load *l, struct err *e)
{
    struct settling *s = calloc(1, sizeof *s);
    int64_t last = l->first_new - 1;
    if (!s)
        return err_memory(e);
    bool ok = settling_init(s, l, e) && find_clashes(s, last, e);
    while (ok && s->count) {
        for (int64_t i = 0; ok && i < s->count; i++)
            ok = settle(s, last = s->clashes[i], e);
        ok = ok && find_clashes(s, last, e);
    }
    settling_free(s);
    free(s);
    return ok && db_exec(l->s->db, "DROP INDEX incident_clash", e);
}

bool load_bulk_finish(struct load *l, struct err *e)
{
    bool clash = false;
    if (!indexes_make_key(l->s->db, &clash, e))
        return false;
    if (clash && (!settle_all(l, e) || !indexes_make_key(l->s->db, &clash, e)))
        return false;
    if (clash)
        return err_set(e, ERR_FAILED,
                       "the database refused a row that breaks its rules: run 'keogiam status'");
    return indexes_make_rest(l->s->db, e);
}
