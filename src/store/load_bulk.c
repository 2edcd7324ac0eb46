/* Loading many cases: rows go in with the indexes away; uniqueness is checked once, by building the
 * index. Only where that finds a
 * clash are the clashing pairs looked up and judged one by one, as load_write would have. */
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

size_t load_bulk_line(const struct load *l, int64_t rowid)
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
    struct stmt *find;
    int64_t clashes[CLASHES], count;
};

/* An index that bears duplicates finds them, and serves load_write until they are settled. */
static bool settling_init(struct settling *s, struct load *l, struct err *e)
{
    s->l = l;
    return db_exec(l->s->db,
                   "CREATE INDEX incident_clash ON incident(source, case_id) WHERE load_to IS NULL",
                   e) &&
           db_prepare(
               l->s->db,
               "SELECT n.id FROM incident n WHERE n.load_to IS NULL AND n.id > ?1 AND n.id < ?2"
               " AND EXISTS (SELECT 1 FROM incident o WHERE o.source = n.source"
               "  AND o.case_id = n.case_id AND o.load_to IS NULL"
               "  AND (o.id < n.id OR o.id >= ?2)) ORDER BY n.id LIMIT ?3",
               &s->find, e);
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
    char case_id[CASE_ID_BYTES];
    if (!load_read_case(l, id, &row, case_id, e) || !load_delete_case(l, id, e))
        return false;
    l->added--;
    size_t line = load_bulk_line(l, id);
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
    db_finalize(s->find);
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
