/* One row against what is there: new, the same, an update, or refused. */
#include <string.h>

#include "ingest/rows.h"
#include "store/load_private.h"

/* What the file leaves out is kept from the old version; of outcomes a blank changes nothing
 * either. */
static void merge(const struct load *l, const struct table_row *old, uint64_t slots,
                  struct table_row *row)
{
    bool patch = l->q.kind->id == KIND_OUTCOMES;
    for (size_t i = 0; i < l->t->count; i++)
        if (!(slots >> i & 1) || (patch && row->slots[i].type == VALUE_NONE))
            row->slots[i] = old->slots[i];
}

bool load_reject(struct load *l, size_t line, const char *column, const char *reason, struct err *e)
{
    return rejects_add(l->q.rejects, line, column, reason, NULL, 0, e);
}

bool load_end_row(struct load *l, int64_t rowid, struct err *e)
{
    db_bind_int(l->end, 1, l->id);
    db_bind_int(l->end, 2, rowid);
    return db_run(l->end, e);
}

bool load_insert_row(struct load *l, const struct table_row *row, int64_t made_by, struct err *e)
{
    int at = (int)l->t->count + (l->t->lead != LEAD_NONE) + l->t->has_declared;
    table_bind_row(l->t, l->insert, row);
    db_bind_int(l->insert, at + 1, made_by);
    db_bind_int(l->insert, at + 2, l->id);
    return db_run(l->insert, e);
}

/* A text of the statement is gone at its reset: keep copies of the old version's. */
static bool keep_texts(struct load *l, struct table_row *row, struct err *e)
{
    for (size_t i = 0; i < l->t->count; i++)
        if (row->slots[i].type == VALUE_TEXT) {
            row->slots[i].as.s = arena_text(&l->texts, row->slots[i].as.s);
            if (!row->slots[i].as.s)
                return err_memory(e);
        }
    return true;
}

/* What the merged row of an update must still satisfy (dates in order, an outcome with its date …).
 */
static bool merged_row_holds(struct load *l, const struct table_row *row, size_t line, bool *holds,
                             struct err *e)
{
    struct row check = {.line = line};
    memcpy(check.slots, row->slots, sizeof check.slots);
    const char *column = "", *reason = NULL;
    *holds = rows_check(l->t->kind, &check, e->lang, &column, &reason);
    return *holds || load_reject(l, line, column, reason, e);
}

/* The way out: one row corrected, or the office's file sent anew as a whole. */
static bool reject_other_values(struct load *l, size_t line, struct err *e)
{
    const char *reason =
        load_takes_replace(l->q.kind)
            ? tr(e->lang, "is there already with other values: load with --update to replace them, "
                          "or with --replace where the file is the whole truth")
            : tr(e->lang, "is there already with other values: load with --update to replace them");
    return load_reject(l, line, l->q.kind->columns[0].name, reason, e);
}

static bool replace_version(struct load *l, int64_t rowid, const struct table_row *merged,
                            size_t line, struct err *e)
{
    bool holds = true;
    if (!l->q.update && !l->q.replace && l->q.kind->id != KIND_OUTCOMES)
        return reject_other_values(l, line, e);
    if (!merged_row_holds(l, merged, line, &holds, e))
        return false;
    if (!holds)
        return true;
    l->changed++;
    return load_end_row(l, rowid, e) && load_insert_row(l, merged, l->id, e) &&
           load_note_written(l, line, rowid, e);
}

static bool add_new(struct load *l, const struct table_row *row, size_t line, struct err *e)
{
    if (l->q.kind->id == KIND_OUTCOMES)
        return load_reject(
            l, line, "case_id",
            tr(e->lang, "no such case in this source: load the case first, or name --source"), e);
    l->added++;
    return load_insert_row(l, row, l->id, e) && load_note_written(l, line, 0, e);
}

static bool agree(struct load *l, int64_t made_by, int64_t load_from, struct err *e)
{
    l->unchanged++;
    return id_set_add(&l->agreed, made_by, e) && id_set_add(&l->agreed, load_from, e);
}

/* A row that is there: as it is in the file, or not. */
static bool meet(struct load *l, const struct table_row *row, size_t line, uint64_t slots,
                 struct err *e)
{
    struct table_row old, merged = *row;
    int64_t rowid = db_int(l->find, 0), made_by = db_int(l->find, 1),
            load_from = db_int(l->find, 2);
    bool twice = made_by == l->id || id_set_has(&l->named, rowid);
    table_read_row(l->t, l->find, 3, &old);
    merge(l, &old, slots, &merged);
    bool same = table_same_row(l->t, &old, &merged),
         kept = same || twice || keep_texts(l, &merged, e);
    db_reset(l->find);
    if (!kept)
        return false;
    if (twice && same && l->q.kind->id == KIND_ALIASES)
        return true; /* Tr. Xuân and TR XUÂN */
    if (twice)
        return load_reject(l, line, l->q.kind->columns[0].name,
                           tr(e->lang, "stands in this file twice: keep one of the rows"), e);
    if (!id_set_add(&l->named, rowid, e))
        return false;
    return same ? agree(l, made_by, load_from, e) : replace_version(l, rowid, &merged, line, e);
}

bool load_write(struct load *l, const struct table_row *row, size_t line, uint64_t slots,
                struct err *e)
{
    table_bind_key(l->t, l->find, row);
    enum db_step step = db_step(l->find, e);
    if (step == DB_ROW) {
        bool ok = meet(l, row, line, slots, e);
        arena_free(&l->texts);
        return ok;
    }
    db_reset(l->find);
    return step == DB_DONE && add_new(l, row, line, e);
}
