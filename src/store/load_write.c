/* One row against what is there: new, the same, an update, or refused. */
#include <string.h>

#include "ingest/rows.h"
#include "store/load_private.h"

static bool same_value(const struct value *a, const struct value *b)
{
    if (a->type != b->type)
        return false;
    switch (a->type) {
    case VALUE_NONE:
        return true;
    case VALUE_INT:
        return a->as.i == b->as.i;
    case VALUE_REAL:
        return a->as.x >= b->as.x && a->as.x <= b->as.x;
    case VALUE_TEXT:
        return !strcmp(a->as.s, b->as.s);
    }
    return false;
}

bool load_same(const struct load *l, const struct table_row *a, const struct table_row *b)
{
    for (size_t i = 0; i < l->t->count; i++)
        if (!same_value(&a->slots[i], &b->slots[i]))
            return false;
    return true;
}

void load_merge(const struct load *l, const struct table_row *old, uint64_t slots, struct table_row *row)
{
    bool patch = l->q.kind->id == KIND_OUTCOMES; /* a blank there changes nothing either */
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

static bool touch(struct load *l, int64_t rowid, struct err *e)
{
    if (!l->touch)
        return true;
    db_bind_int(l->touch, 1, rowid);
    return db_run(l->touch, e);
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

/* What the merged row of an update must still satisfy (dates in order, an outcome with its date …). */
static bool merged_row_holds(struct load *l, const struct table_row *row, size_t line, bool *holds,
                             struct err *e)
{
    *holds = true;
    if (l->t->kind != KIND_INCIDENTS)
        return true;
    struct row check = {.line = line};
    memcpy(check.slots, row->slots, sizeof check.slots);
    const char *column = "", *reason = NULL;
    *holds = rows_check(KIND_INCIDENTS, &check, e->lang, &column, &reason);
    return *holds || load_reject(l, line, column, reason, e);
}

static bool replace_version(struct load *l, int64_t rowid, const struct table_row *merged, size_t line,
                            struct err *e)
{
    if (!l->q.update && !l->q.replace && l->q.kind->id != KIND_OUTCOMES)
        return load_reject(l, line, l->t->columns[0].name,
                           tr(e->lang, "is there already with other values: load with --update to replace them"),
                           e);
    bool holds;
    if (!merged_row_holds(l, merged, line, &holds, e) || !holds)
        return holds ? false : e->code == ERR_NONE;
    l->changed++;
    return load_end_row(l, rowid, e) && load_insert_row(l, merged, l->id, e) &&
           touch(l, db_last_id(l->s->db), e);
}

static bool add_new(struct load *l, const struct table_row *row, size_t line, struct err *e)
{
    if (l->q.kind->id == KIND_OUTCOMES)
        return load_reject(l, line, "case_id",
                           tr(e->lang, "no such case in this source: load the case first, or name --source"),
                           e);
    l->added++;
    return load_insert_row(l, row, l->id, e) && touch(l, db_last_id(l->s->db), e);
}

bool load_write(struct load *l, const struct table_row *row, size_t line, uint64_t slots, struct err *e)
{
    table_bind_key(l->t, l->find, row);
    enum db_step step = db_step(l->find, e);
    if (step == DB_ERROR)
        return false;
    if (step == DB_DONE) {
        db_reset(l->find);
        return add_new(l, row, line, e);
    }
    struct table_row old, merged = *row;
    int64_t rowid = db_int(l->find, 0);
    bool ours = db_int(l->find, 1) == l->id;
    table_read_row(l->t, l->find, 2, &old);
    load_merge(l, &old, slots, &merged);
    bool same = load_same(l, &old, &merged), kept = same || keep_texts(l, &merged, e);
    db_reset(l->find);
    if (!kept)
        return false;
    if (ours)
        return load_reject(l, line, l->t->columns[0].name,
                           tr(e->lang, "stands in this file twice: keep one of the rows"), e);
    if (!same)
        return replace_version(l, rowid, &merged, line, e);
    l->unchanged++;
    return touch(l, rowid, e);
}
