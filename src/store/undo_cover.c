/* Later loads may rest on what a load made the database assume: a second file of the same months
 * adds no coverage of its own. Taking the first back would leave its rows in no coverage at all.
 * What an office declared it may take back as it likes. */
#include "store/undo_private.h"

bool cover_then_read(struct cover_then *c, struct store *s, struct err *e)
{
    return store_read_directory(s, STATE_NOW, &c->directory, e) &&
           cover_load(&c->cover, s, STATE_NOW, &c->directory, e);
}

void cover_then_free(struct cover_then *c)
{
    cover_free(&c->cover);
    directory_free(&c->directory);
}

/* A row that some coverage should speak for. */
struct resting {
    const char *source;
    int64_t unit, category, made_by;
    struct span span;
    bool is_count;
};

struct looking {
    size_t source;
    struct span span;
    bool is_count;
    bool assumed, declared; /* found */
};

static bool look_at(void *context, const struct cover_row *row)
{
    struct looking *k = context;
    if (row->source == k->source && (row->declared == COVER_COUNTS) == k->is_count &&
        row->span.from <= k->span.from && row->span.to >= k->span.to) {
        k->declared |= row->declared == COVER_DECLARED;
        k->assumed |= row->declared != COVER_DECLARED;
    }
    return true;
}

static struct looking look(const struct cover_then *c, const struct resting *r)
{
    struct looking k = {
        .source = cover_source(&c->cover, r->source), .span = r->span, .is_count = r->is_count};
    size_t unit = directory_unit_by_id(&c->directory, r->unit);
    size_t category = directory_category_by_id(&c->directory, r->category);
    if (k.source != NO_ENTRY && unit != NO_ENTRY && category != NO_ENTRY)
        cover_each(&c->cover, unit, category, look_at, &k);
    return k;
}

/* Only what was assumed covered the row, and nothing does now. */
static bool is_uncovered(const struct cover_then *before, const struct cover_then *after,
                         const struct resting *r)
{
    struct looking then = look(before, r);
    if (!then.assumed || then.declared)
        return false;
    struct looking now = look(after, r);
    return !now.assumed && !now.declared;
}

static const char *const sql_rows =
    "SELECT s.name, i.unit, m.category, i.made_by, "
    "coalesce(i.received_on, i.occurred_on, i.prosecuted_on),"
    " coalesce(i.received_on, i.occurred_on, i.prosecuted_on), 0 "
    "FROM incident i JOIN source s ON s.id = i.source"
    " JOIN category_set_member m ON m.category_set = "
    "i.category_set WHERE +i.load_to IS NULL AND i.made_by > ?1"
    " UNION ALL SELECT s.name, r.unit, r.category, r.made_by, "
    "r.day_from, r.day_to, 1 FROM count_row r"
    " JOIN source s ON s.id = r.source WHERE +r.load_to IS NULL AND "
    "r.made_by > ?1 AND r.count IS NOT NULL";

bool undo_find_uncovered(struct store *s, struct undo *u, const struct cover_then *before,
                         struct err *e)
{
    struct cover_then after = {0};
    struct stmt *ask = NULL;
    bool ok = cover_then_read(&after, s, e) && db_prepare(s->db, sql_rows, &ask, e);
    if (ok)
        db_bind_int(ask, 1, u->target);
    enum db_step step = DB_DONE;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        struct resting r = {db_text(ask, 0),
                            db_int(ask, 1),
                            db_int(ask, 2),
                            db_int(ask, 3),
                            {(day)db_int(ask, 4), (day)db_int(ask, 5)},
                            db_int(ask, 6) != 0};
        if (is_uncovered(before, &after, &r))
            ok = id_set_add(&u->blockers, r.made_by, e);
    }
    db_finalize(ask);
    cover_then_free(&after);
    return ok && step == DB_DONE;
}
