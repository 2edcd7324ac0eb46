/* A load from begin to commit. Everything happens in one transaction: killed at any instant, the database
 * is as before or as after. */
#include <stdlib.h>
#include <string.h>

#include "store/load_private.h"

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The sole top unit that has units under it, or the sole unit without a parent. */
static const char *sole_top_code(const struct directory *d)
{
    const char *found = NULL;
    for (size_t u = 0; u < d->unit_count; u++) {
        size_t p = d->units[u].parent;
        if (p == NO_ENTRY || d->units[p].parent != NO_ENTRY || d->units[u].is_unknown)
            continue;
        if (found && strcmp(found, d->units[p].code))
            return NULL;
        found = d->units[p].code;
    }
    return found;
}

static bool find_source(struct load *l, struct err *e)
{
    const char *name = l->q.source ? l->q.source : sole_top_code(l->q.directory);
    buf_adds(&l->source_name, name ? name : base_name(l->q.file));
    struct stmt *add = NULL;
    bool ok = db_prepare(l->s->db, "INSERT INTO source(name) VALUES (?1) ON CONFLICT DO NOTHING", &add, e);
    if (ok) {
        db_bind_text(add, 1, buf_text(&l->source_name));
        ok = db_run(add, e);
    }
    db_finalize(add);
    struct stmt *ask = NULL;
    if (!ok || !db_prepare(l->s->db, "SELECT id FROM source WHERE name = ?1", &ask, e))
        return false;
    db_bind_text(ask, 1, buf_text(&l->source_name));
    ok = db_step(ask, e) == DB_ROW;
    l->source = ok ? db_int(ask, 0) : 0;
    db_finalize(ask);
    return ok;
}

static bool prepare(struct load *l, struct err *e)
{
    struct db *db = l->s->db;
    if (l->t->lead == LEAD_SOURCE && !find_source(l, e))
        return false;
    struct load_entry entry = {"load", l->q.kind->name, base_name(l->q.file), l->source, 0};
    return load_entry_add(l->s, &entry, &l->id, e) && table_prepare_find(l->t, db, &l->find, e) &&
           table_prepare_insert(l->t, db, &l->insert, e) && table_prepare_end(l->t, db, &l->end, e) &&
           load_cover_begin(l, e) && (!l->q.replace || load_replace_begin(l, e)) &&
           (!l->bulk || load_bulk_begin(l, e));
}

/* Many rows onto few: checking keys once at the end is faster than keeping a live index on random ids. */
static bool wants_bulk(const struct load_request *q, int64_t present)
{
    return q->kind->id == KIND_INCIDENTS && !q->replace && q->expected_rows > 20000 &&
           q->expected_rows > present / 8;
}

bool load_begin(struct store *s, const struct load_request *q, struct load **out, struct err *e)
{
    int64_t present = 0;
    if (q->replace && q->kind->id != KIND_INCIDENTS && q->kind->id != KIND_COUNTS)
        return err_set(e, ERR_USAGE, "--replace: is for incidents and counts: load a correction with --update");
    if (!db_ask_int(s->db, "SELECT max(id) FROM incident", 0, &present, e))
        return false;
    struct load *l = calloc(1, sizeof *l);
    if (!l)
        return err_memory(e);
    l->s = s;
    l->q = *q;
    l->t = table_of(q->kind->id);
    l->bulk = wants_bulk(q, present);
    l->first_new = present + 1;
    /* References of a bulk load are checked against the directory, row by row, by load_row. */
    if ((l->bulk && !db_defer_references(s->db, true, e)) || !db_exec(s->db, "BEGIN IMMEDIATE", e)) {
        db_defer_references(s->db, false, NULL);
        free(l);
        return false;
    }
    if (!prepare(l, e)) {
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

static bool identity(struct load *l, const struct row *row, int64_t *id, struct err *e)
{
    bool is_unit = l->t->lead == LEAD_UNIT;
    const char *const sql[2][2] = {
        {"SELECT id FROM category WHERE code = ?1", "INSERT INTO category(code) VALUES (?1)"},
        {"SELECT id FROM unit WHERE code = ?1 AND valid_from = ?2",
         "INSERT INTO unit(code, valid_from) VALUES (?1, ?2)"}};
    for (int attempt = 0; attempt < 2; attempt++) {
        struct stmt *s = NULL;
        if (!db_prepare(l->s->db, sql[is_unit][attempt], &s, e))
            return false;
        db_bind_text(s, 1, row->slots[0].as.s);
        if (is_unit)
            db_bind_int(s, 2, row->slots[UNIT_VALID_FROM].as.i);
        enum db_step step = db_step(s, e);
        *id = step == DB_ROW ? db_int(s, 0) : db_last_id(l->s->db);
        db_finalize(s);
        if (step == DB_ERROR || step == DB_CONFLICT)
            return err_set(e, ERR_FAILED, "the database refused a new code: run 'keogiam status'");
        if (step == DB_ROW || attempt == 1)
            break;
    }
    return true;
}

static bool lead_value(struct load *l, const struct row *row, int64_t *lead, struct err *e)
{
    *lead = l->source;
    return l->t->lead == LEAD_SOURCE || l->t->lead == LEAD_NONE || identity(l, row, lead, e);
}

bool load_row(struct load *l, const struct row *row, struct err *e)
{
    l->read++;
    if (!references_hold(l, row))
        return err_set(e, ERR_FAILED, "%s:%zu: names a unit or category that is not in the database: "
                                      "load the units and categories first", l->q.file, row->line);
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
    return l->bulk ? load_bulk_row(l, &r, row->line, e) : load_write(l, &r, row->line, l->q.slots, e);
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

/* Every unit that is some unit's parent gets "CODE/?": the place unknown under it. */
static bool unknown_places_add(struct load *l, struct err *e)
{
    struct stmt *ask = NULL;
    if (!db_prepare(l->s->db,
                    "SELECT DISTINCT p.code, p.valid_from, p.valid_to FROM unit_version p"
                    " JOIN unit_version c ON c.parent = p.code AND c.load_to IS NULL"
                    " WHERE p.load_to IS NULL AND p.code NOT LIKE '%/?'"
                    " AND NOT EXISTS (SELECT 1 FROM unit_version u WHERE u.load_to IS NULL"
                    "  AND u.code = p.code || '/?' AND u.valid_from = p.valid_from)",
                    &ask, e))
        return false;
    bool ok = true;
    enum db_step step = DB_DONE;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        struct row row = {0};
        char *parent = arena_text(&l->texts, db_text(ask, 0));
        char *code = arena_format(&l->texts, "%s/?", parent ? parent : "");
        row.slots[UNIT_CODE] = (struct value){VALUE_TEXT, {.s = code}};
        row.slots[UNIT_VALID_FROM] = (struct value){VALUE_INT, {.i = db_int(ask, 1)}};
        row.slots[UNIT_VALID_TO] = (struct value){VALUE_INT, {.i = db_int(ask, 2)}};
        row.slots[UNIT_PARENT] = (struct value){VALUE_TEXT, {.s = parent}};
        struct table_row r = {0};
        memcpy(r.slots, row.slots, sizeof r.slots);
        ok = code && parent ? identity(l, &row, &r.lead, e) && load_insert_row(l, &r, l->id, e)
                            : err_memory(e);
    }
    db_finalize(ask);
    return ok && step == DB_DONE;
}

static void summarise(const struct load *l, struct load_summary *s)
{
    s->read = l->read;
    s->added = l->added;
    s->changed = l->changed;
    s->unchanged = l->unchanged;
    s->withdrawn = l->withdrawn;
    s->load = l->added || l->changed || l->withdrawn || l->covered ? l->id : 0;
}

bool load_finish(struct load *l, struct load_summary *summary, struct err *e)
{
    *summary = (struct load_summary){0};
    bool ok = (!l->bulk || load_bulk_finish(l, e)) && sets_save(l, e) &&
              (!l->q.replace || load_replace_finish(l, e)) && load_cover_finish(l, summary, e) &&
              (l->t->lead != LEAD_UNIT || unknown_places_add(l, e)) &&
              load_totals_check(l, summary, e);
    summarise(l, summary);
    return ok && load_entry_count(l->s, l->id, l->added, l->changed, l->withdrawn,
                                  (int64_t)l->q.rejects->total, e);
}

static void load_free(struct load *l)
{
    db_finalize(l->find);
    db_finalize(l->insert);
    db_finalize(l->end);
    db_finalize(l->touch);
    load_cover_free(l);
    buf_free(&l->source_name);
    arena_free(&l->texts);
    free(l->lines);
    if (l->bulk)
        db_defer_references(l->s->db, false, NULL);
    free(l);
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
