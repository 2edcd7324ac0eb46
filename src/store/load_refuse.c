/* Rows whose faults show only when all are there: they are refused with their line, and taken out
 * again as if they had never been in. */
#include "store/load_private.h"

bool load_note_written(struct load *l, size_t line, int64_t replaced, struct err *e)
{
    void *rows = l->written;
    if (l->t->lead != LEAD_UNIT && l->t->lead != LEAD_CATEGORY && l->t->kind != KIND_SUCCESSIONS)
        return true;
    if (!array_grow(&rows, &l->written_cap, l->written_count + 1, sizeof *l->written, e))
        return false;
    l->written = rows;
    l->written[l->written_count++] = (struct written){db_last_id(l->s->db), replaced, line, false};
    return true;
}

/* The rowids of one load ascend. */
static struct written *find_written(struct load *l, int64_t rowid)
{
    size_t low = 0, high = l->written_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (l->written[mid].rowid < rowid)
            low = mid + 1;
        else
            high = mid;
    }
    return low < l->written_count && l->written[low].rowid == rowid ? &l->written[low] : NULL;
}

bool load_refuse(struct load *l, int64_t rowid, const char *column, const char *reason,
                 struct err *e)
{
    struct written *w = find_written(l, rowid);
    if (!w || w->refused)
        return true;
    w->refused = true;
    return load_reject(l, w->line, column, reason, e);
}

/* The version that the row had ended stands as before. */
static bool take_out(struct load *l, const struct written *w, struct stmt *gone, struct stmt *again,
                     struct err *e)
{
    l->changed -= w->replaced != 0;
    l->added -= !w->replaced;
    db_bind_int(gone, 1, w->rowid);
    db_bind_int(again, 1, w->replaced);
    return db_run(gone, e) && db_run(again, e);
}

/* A statement on the load's table. */
static bool prepare(struct load *l, const char *verb, const char *rest, struct stmt **s,
                    struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql, "%s %s %s", verb, l->t->name, rest);
    bool ok = sql.failed ? err_memory(e) : db_prepare(l->s->db, sql.data, s, e);
    buf_free(&sql);
    return ok;
}

bool load_take_out_refused(struct load *l, bool *any, struct err *e)
{
    struct stmt *gone = NULL, *again = NULL;
    size_t kept = 0;
    bool ok = prepare(l, "DELETE FROM", "WHERE rowid = ?1", &gone, e) &&
              prepare(l, "UPDATE", "SET load_to = NULL WHERE rowid = ?1", &again, e);
    for (size_t i = 0; ok && i < l->written_count; i++) {
        if (l->written[i].refused)
            ok = take_out(l, &l->written[i], gone, again, e);
        else
            l->written[kept++] = l->written[i];
    }
    *any = kept < l->written_count;
    l->written_count = kept;
    db_finalize(gone);
    db_finalize(again);
    return ok;
}
