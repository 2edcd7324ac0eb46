/* A load from begin to commit. Everything happens in one transaction: killed at any instant, the
 * database is as before or as after. */
#include <stdlib.h>
#include <string.h>

#include "store/load_private.h"

static void load_free(struct load *l)
{
    db_finalize(l->find);
    db_finalize(l->insert);
    db_finalize(l->end);
    db_finalize(l->identity_find);
    db_finalize(l->identity_add);
    db_finalize(l->case_get);
    db_finalize(l->case_delete);
    load_cover_free(l);
    load_axes_free(l);
    buf_free(&l->source_name);
    arena_free(&l->texts);
    free(l->lines);
    free(l->written);
    id_set_free(&l->named);
    id_set_free(&l->agreed);
    if (l->bulk)
        db_defer_references(l->s->db, false, NULL);
    free(l);
}

static bool prepare_identity(struct load *l, struct err *e)
{
    static const char *const find[] = {
        [LEAD_UNIT] = "SELECT id FROM unit WHERE code = ?1 AND valid_from = ?2",
        [LEAD_CATEGORY] = "SELECT id FROM category WHERE code = ?1"};
    static const char *const add[] = {[LEAD_UNIT] =
                                          "INSERT INTO unit(code, valid_from) VALUES (?1, ?2)",
                                      [LEAD_CATEGORY] = "INSERT INTO category(code) VALUES (?1)"};
    enum table_lead lead = l->t->lead;
    return (lead != LEAD_UNIT && lead != LEAD_CATEGORY) ||
           (db_prepare(l->s->db, find[lead], &l->identity_find, e) &&
            db_prepare(l->s->db, add[lead], &l->identity_add, e));
}

static bool prepare(struct load *l, struct err *e)
{
    struct db *db = l->s->db;
    if (l->t->lead == LEAD_SOURCE && !load_find_source(l, e))
        return false;
    struct load_entry entry = {"load", l->q.kind->name, load_file_name(l), l->source, 0};
    return load_entry_add(l->s, &entry, &l->id, e) && table_prepare_find(l->t, db, &l->find, e) &&
           table_prepare_insert(l->t, db, &l->insert, e) &&
           table_prepare_end(l->t, db, &l->end, e) && prepare_identity(l, e) &&
           (l->t->kind != KIND_INCIDENTS || load_case_prepare(l, e)) && load_cover_begin(l, e) &&
           (!l->q.replace || load_replace_begin(l, e)) && (!l->bulk || load_bulk_begin(l, e));
}

/* What the file's rows were looked up in is what the database has: nobody loaded anything in
 * between. */
static bool is_unchanged(struct load *l, struct err *e)
{
    int64_t last = 0;
    if (!store_last_load(l->s, &last, e))
        return false;
    return last == l->s->seen ||
           err_set(e, ERR_FAILED,
                   "%s: another program changed the database meanwhile: load it again", l->q.file);
}

/* Many rows onto few: checking keys once at the end is faster than keeping a live index on random
 * ids. */
static bool wants_bulk(const struct load_request *q, int64_t present)
{
    return q->kind->id == KIND_INCIDENTS && !q->replace && q->expected_rows > 20000 &&
           q->expected_rows > present / 8;
}

bool load_takes_replace(const struct kind *kind)
{
    return kind->id == KIND_INCIDENTS || kind->id == KIND_COUNTS;
}

static bool check_request(const struct load_request *q, struct err *e)
{
    return !q->replace || load_takes_replace(q->kind) ||
           err_set(e, ERR_USAGE,
                   "--replace: is for incidents and counts: load a correction with --update");
}

/* References of a bulk load are checked against the directory, row by row, by load_row. */
static bool begin(struct load *l, struct err *e)
{
    int64_t present = 0;
    if (!db_ask_int(l->s->db, "SELECT max(id) FROM incident", 0, &present, e))
        return false;
    l->bulk = wants_bulk(&l->q, present);
    return (!l->bulk || db_defer_references(l->s->db, true, e)) &&
           db_exec(l->s->db, "BEGIN IMMEDIATE", e);
}

static bool first_number(struct load *l, struct err *e)
{
    int64_t present = 0;
    bool ok = db_ask_int(l->s->db, "SELECT max(id) FROM incident", 0, &present, e);
    l->first_new = present + 1;
    return ok;
}

bool load_begin(struct store *s, const struct load_request *q, struct load **out, struct err *e)
{
    if (!check_request(q, e))
        return false;
    struct load *l = calloc(1, sizeof *l);
    if (!l)
        return err_memory(e);
    l->s = s;
    l->q = *q;
    l->t = table_of(q->kind->id);
    if (!begin(l, e)) {
        load_free(l);
        return false;
    }
    if (!is_unchanged(l, e) || !first_number(l, e) || !prepare(l, e)) {
        load_abort(l);
        return false;
    }
    *out = l;
    return true;
}

static bool known(const bool *known_ids, int64_t count, const struct value *v)
{
    return v->type == VALUE_NONE || (v->as.i > 0 && v->as.i <= count && known_ids[v->as.i]);
}

/* Every unit and category that a row names is one that the database has. */
static bool references_hold(const struct load *l, const struct row *row)
{
    for (size_t i = 0; i < l->t->count; i++) {
        const struct table_column *c = &l->t->columns[i];
        if (c->is_unit && !known(l->unit_known, l->unit_ids, &row->slots[i]))
            return false;
        if (c->is_category && !known(l->category_known, l->category_ids, &row->slots[i]))
            return false;
    }
    return l->t->kind != KIND_INCIDENTS || row->slots[INC_CATEGORY].type == VALUE_NONE ||
           (size_t)row->slots[INC_CATEGORY].as.i < l->q.directory->set_count;
}

bool load_identity(struct load *l, const struct value *slots, int64_t *id, struct err *e)
{
    struct stmt *const tries[] = {l->identity_find, l->identity_add};
    *id = 0;
    for (int i = 0; i < 2 && !*id; i++) {
        db_bind_text(tries[i], 1, slots[0].as.s);
        if (l->t->lead == LEAD_UNIT)
            db_bind_int(tries[i], 2, slots[UNIT_VALID_FROM].as.i);
        enum db_step step = db_step(tries[i], e);
        if (step == DB_ROW)
            *id = db_int(tries[i], 0);
        else if (step == DB_DONE && i == 1)
            *id = db_last_id(l->s->db);
        db_reset(tries[i]);
        if (step == DB_ERROR)
            return false;
    }
    return *id || err_set(e, ERR_FAILED, "the database refused a new code: run 'keogiam status'");
}

static bool lead_value(struct load *l, const struct row *row, int64_t *lead, struct err *e)
{
    *lead = l->source;
    return l->t->lead == LEAD_SOURCE || l->t->lead == LEAD_NONE ||
           load_identity(l, row->slots, lead, e);
}

uint64_t load_slots(const struct load *l, size_t line)
{
    return l->q.sheet_slots ? l->q.sheet_slots[line_sheet(line)] : l->q.slots;
}

static bool take_row(struct load *l, const struct row *row, struct err *e)
{
    bool accepted = true;
    if (!load_cover_row(l, row, &accepted, e))
        return false;
    if (!accepted)
        return true;
    struct table_row r = {.declared = COVER_DECLARED};
    memcpy(r.slots, row->slots, sizeof r.slots);
    if (!lead_value(l, row, &r.lead, e))
        return false;
    if (l->t->kind == KIND_INCIDENTS && r.slots[INC_CATEGORY].type == VALUE_INT)
        r.slots[INC_CATEGORY].as.i++; /* index -> set id */
    return l->bulk ? load_bulk_row(l, &r, row->line, e)
                   : load_write(l, &r, row->line, load_slots(l, row->line), e);
}

/* Coverage without a category is of every root: one row each, refused all together. */
static bool take_every_root(struct load *l, const struct row *row, struct err *e)
{
    const struct directory *d = l->q.directory;
    const struct value *total = &row->slots[COV_TOTAL];
    size_t roots = 0, refused = l->q.rejects->total;
    for (size_t c = 0; c < d->category_count; c++)
        roots += d->categories[c].parent == NO_ENTRY;
    if (roots > 1 && total->type == VALUE_INT && total->as.i > 0)
        return load_reject(
            l, row->line, "total",
            tr(e->lang, "a total needs its category: what is in one root may be in another too"),
            e);
    struct row each = *row;
    bool ok = true;
    for (size_t c = 0; ok && c < d->category_count && l->q.rejects->total == refused; c++) {
        each.slots[COV_CATEGORY] = (struct value){VALUE_INT, {.i = d->categories[c].id}};
        ok = d->categories[c].parent != NO_ENTRY || take_row(l, &each, e);
    }
    return ok;
}

/* A count row of whole months whose file does not say by which calendar goes by the load's. */
static bool take_counts(struct load *l, const struct row *row, struct err *e)
{
    struct span days = {(day)row->slots[CNT_FROM].as.i, (day)row->slots[CNT_TO].as.i};
    struct calendar calendar;
    struct row named = *row;
    if (row->slots[CNT_CALENDAR].type == VALUE_NONE && calendar_from_span(days, &calendar) &&
        calendar_is_same(calendar, l->q.calendar))
        named.slots[CNT_CALENDAR] = (struct value){VALUE_TEXT, {.s = calendar_name(calendar)}};
    return take_row(l, &named, e);
}

bool load_row(struct load *l, const struct row *row, struct err *e)
{
    l->read++;
    if (!references_hold(l, row))
        return err_set(e, ERR_FAILED,
                       "%s:%zu: names a unit or category that is not in the database: "
                       "load the units and categories first",
                       l->q.file, line_number(row->line));
    if (l->t->kind == KIND_COVERAGE && row->slots[COV_CATEGORY].type == VALUE_NONE)
        return take_every_root(l, row, e);
    return l->t->kind == KIND_COUNTS ? take_counts(l, row, e) : take_row(l, row, e);
}

static bool member_add(struct stmt *member, size_t set, int64_t category, struct err *e)
{
    db_bind_int(member, 1, (int64_t)set + 1);
    db_bind_int(member, 2, category);
    return db_run(member, e);
}

static bool set_add(struct stmt *add, struct stmt *member, const struct directory *d, size_t set,
                    struct err *e)
{
    struct buf key = {0};
    const struct category_set *c = &d->sets[set];
    for (size_t i = 0; i < c->count; i++)
        buf_addf(&key, "%s%s", i ? ";" : "", d->categories[c->categories[i]].code);
    db_bind_int(add, 1, (int64_t)set + 1);
    db_bind_text(add, 2, buf_text(&key));
    bool ok = key.failed ? err_memory(e) : db_run(add, e);
    buf_free(&key);
    for (size_t i = 0; ok && i < c->count; i++)
        ok = member_add(member, set, d->categories[c->categories[i]].id, e);
    return ok;
}

/* Category sets that the file brought get their rows; their numbers are the directory's. */
static bool sets_save(struct load *l, struct err *e)
{
    int64_t stored = 0;
    struct stmt *add = NULL, *member = NULL;
    bool ok = db_ask_int(l->s->db, "SELECT max(id) FROM category_set", 0, &stored, e) &&
              db_prepare(l->s->db, "INSERT INTO category_set(id, key) VALUES (?1, ?2)", &add, e) &&
              db_prepare(l->s->db, "INSERT INTO category_set_member VALUES (?1, ?2)", &member, e);
    for (size_t set = (size_t)stored; ok && set < l->q.directory->set_count; set++)
        ok = set_add(add, member, l->q.directory, set, e);
    db_finalize(add);
    db_finalize(member);
    return ok;
}

/* Later, none of the loads that the file agrees with can be taken back without it. */
static bool save_agreed(struct load *l, struct err *e)
{
    struct stmt *add = NULL;
    bool ok = db_prepare(l->s->db, "INSERT INTO load_rests VALUES (?1, ?2)", &add, e);
    for (int64_t load = 1; ok && load < l->id; load++) {
        if (!id_set_has(&l->agreed, load))
            continue;
        db_bind_int(add, 1, l->id);
        db_bind_int(add, 2, load);
        ok = db_run(add, e);
    }
    db_finalize(add);
    return ok;
}

static void summarise(const struct load *l, struct load_summary *s)
{
    s->read = l->read;
    s->added = l->added;
    s->changed = l->changed;
    s->unchanged = l->unchanged;
    s->withdrawn = l->withdrawn;
    s->joined = l->joined;
    s->load = l->added || l->changed || l->withdrawn || l->covered ? l->id : 0;
}

bool load_finish(struct load *l, struct load_summary *summary, struct err *e)
{
    *summary = (struct load_summary){0};
    bool ok = (!l->bulk || load_bulk_finish(l, e)) &&
              (l->q.replace ? load_replace_finish(l, e) : load_axes_finish(l, l->seen_roots, e)) &&
              sets_save(l, e) && load_cover_finish(l, summary, e) && load_tree_finish(l, e) &&
              load_succession_finish(l, summary, e) && load_totals_check(l, summary, e) &&
              save_agreed(l, e);
    summarise(l, summary);
    if (ok && (summary->covers.failed || summary->warnings.failed))
        ok = err_memory(e);
    return ok && load_entry_count(l->s, l->id, l->added, l->changed, l->withdrawn,
                                  (int64_t)l->q.rejects->total, e);
}

bool load_commit(struct load *l, struct err *e)
{
    if (!db_exec(l->s->db, "COMMIT", e)) {
        load_abort(l);
        return false;
    }
    load_free(l);
    return true;
}

void load_abort(struct load *l)
{
    if (!l)
        return;
    db_exec(l->s->db, "ROLLBACK", NULL);
    load_free(l);
}

void load_summary_free(struct load_summary *s)
{
    buf_free(&s->covers);
    buf_free(&s->warnings);
}
