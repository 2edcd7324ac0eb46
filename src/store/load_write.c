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
bool load_merged_holds(struct load *l, const struct table_row *row, size_t line, bool *holds,
                       struct err *e)
{
    struct row check = {.line = line};
    memcpy(check.slots, row->slots, sizeof check.slots);
    const char *column = "", *reason = NULL;
    *holds = rows_check(l->t->kind, &check, e->lang, &column, &reason);
    return *holds || load_reject(l, line, column, reason, e);
}

/* What the file calls the row. */
static const char *key_column(const struct load *l)
{
    return l->q.kind->columns[l->q.kind->id == KIND_ALIASES ? ALS_SPELLING : 0].name;
}

/* The way out: one row corrected, or the office's file sent anew as a whole. */
bool load_reject_other_values(struct load *l, size_t line, struct err *e)
{
    const char *reason =
        load_takes_replace(l->q.kind)
            ? tr(e->lang, "is there already with other values: load with --update to replace them, "
                          "or with --replace where the file is the whole truth")
            : tr(e->lang, "is there already with other values: load with --update to replace them");
    return load_reject(l, line, key_column(l), reason, e);
}

static bool replace_version(struct load *l, int64_t rowid, const struct table_row *merged,
                            size_t line, struct err *e)
{
    bool holds = true;
    if (!l->q.update && !l->q.replace && l->q.kind->id != KIND_OUTCOMES)
        return load_reject_other_values(l, line, e);
    if (!load_merged_holds(l, merged, line, &holds, e))
        return false;
    if (!holds)
        return true;
    l->changed++;
    if (!load_end_row(l, rowid, e) || !load_insert_row(l, merged, l->id, e))
        return false;
    return load_axes_note(l, db_last_id(l->s->db), line, merged, e) &&
           load_note_written(l, line, rowid, e);
}

static bool add_new(struct load *l, const struct table_row *row, size_t line, struct err *e)
{
    if (l->q.kind->id == KIND_OUTCOMES)
        return load_reject(
            l, line, "case_id",
            tr(e->lang, "no such case in this source: load the case first, or name --source"), e);
    l->added++;
    return load_insert_row(l, row, l->id, e) &&
           load_axes_note(l, db_last_id(l->s->db), line, row, e) &&
           load_note_written(l, line, 0, e);
}

bool load_agree(struct load *l, const struct load_met *met, struct err *e)
{
    l->unchanged++;
    return id_set_add(&l->agreed, met->made_by, e) && id_set_add(&l->agreed, met->load_from, e);
}

/* A row that is there: as it is in the file, or not. `merged`: the old values where the file says
 * nothing. */
static bool meet(struct load *l, const struct load_met *met, const struct table_row *merged,
                 struct err *e)
{
    bool twice = met->made_by == l->id || id_set_has(&l->named, met->rowid),
         same = table_same_row(l->t, &met->old, merged);
    if (twice && same && l->q.kind->id == KIND_ALIASES)
        return true; /* Tr. Xuân and TR XUÂN */
    if (twice)
        return load_reject(l, met->line, key_column(l),
                           tr(e->lang, "stands in this file twice: keep one of the rows"), e);
    if (!id_set_add(&l->named, met->rowid, e))
        return false;
    if (!same)
        return replace_version(l, met->rowid, merged, met->line, e);
    return load_agree(l, met, e) && load_axes_note(l, met->rowid, met->line, merged, e);
}

/* The version that the statement found. Its texts are kept where another's may be needed. */
static bool read_met(struct load *l, struct load_met *met, struct err *e)
{
    met->rowid = db_int(l->find, 0);
    met->made_by = db_int(l->find, 1);
    met->load_from = db_int(l->find, 2);
    table_read_row(l->t, l->find, 3, &met->old);
    bool kept = keep_texts(l, &met->old, e);
    db_reset(l->find);
    return kept;
}

static bool meet_case(struct load *l, const struct load_met *met, uint64_t slots, struct err *e)
{
    struct table_row merged = *met->row;
    bool done = false;
    if (l->q.kind->id == KIND_INCIDENTS && !l->q.alone && !load_axes_meet(l, met, &done, e))
        return false;
    merge(l, &met->old, slots, &merged);
    return done || meet(l, met, &merged, e);
}

bool load_write(struct load *l, const struct table_row *row, size_t line, uint64_t slots,
                struct err *e)
{
    table_bind_key(l->t, l->find, row);
    enum db_step step = db_step(l->find, e);
    if (step == DB_ROW) {
        struct load_met met = {.row = row, .line = line};
        bool ok = read_met(l, &met, e) && meet_case(l, &met, slots, e);
        arena_free(&l->texts);
        return ok;
    }
    db_reset(l->find);
    return step == DB_DONE && add_new(l, row, line, e);
}
