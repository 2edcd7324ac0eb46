/* Cases by their ids: one case as it stands, and every id that a case has or had. */
#include "store/store_private.h"

/* ---- one case ---- */

static bool hand_case(struct stmt *find, const struct table *t, const char *source, store_row_fn fn,
                      void *context, struct err *e)
{
    struct table_row found;
    struct row row = {0};
    const struct row_info info = {.source = source, .made_by = db_int(find, 1)};
    table_read_row(t, find, 3, &found);
    for (size_t i = 0; i < t->count; i++)
        row.slots[i] = found.slots[i];
    row.slots[INC_CATEGORY].as.i--; /* set id -> index */
    return fn(context, &row, &info, e);
}

static bool find_in_source(struct stmt *find, const struct table *t, struct stmt *source,
                           const char *case_id, store_row_fn fn, void *context, struct err *e)
{
    struct table_row key = {.lead = db_int(source, 0)};
    key.slots[INC_CASE_ID] = (struct value){VALUE_TEXT, {.s = case_id}};
    table_bind_key(t, find, &key);
    enum db_step step = db_step(find, e);
    bool ok = step == DB_DONE ||
              (step == DB_ROW && hand_case(find, t, db_text(source, 1), fn, context, e));
    db_reset(find);
    return ok;
}

bool store_find_case(struct store *s, const char *case_id, store_row_fn fn, void *context,
                     struct err *e)
{
    const struct table *t = table_of(KIND_INCIDENTS);
    struct stmt *sources = NULL, *find = NULL;
    bool ok = db_prepare(s->db, "SELECT id, name FROM source ORDER BY name", &sources, e) &&
              table_prepare_find(t, s->db, &find, e);
    enum db_step step = DB_DONE;
    while (ok && (step = db_step(sources, e)) == DB_ROW)
        ok = find_in_source(find, t, sources, case_id, fn, context, e);
    db_finalize(sources);
    db_finalize(find);
    return ok && step == DB_DONE;
}

/* ---- all ids ---- */

static struct case_name name_of(struct stmt *ask)
{
    return (struct case_name){.source = db_text(ask, 0),
                              .case_id = db_text(ask, 1),
                              .unit = db_int(ask, 2),
                              .set = (size_t)db_int(ask, 3) - 1,
                              .received = db_is_null(ask, 4) ? DAY_NONE : (day)db_int(ask, 4),
                              .on = (day)db_int(ask, 5),
                              .victims = db_is_null(ask, 6) ? -1 : db_int(ask, 6),
                              .ended_by = db_is_null(ask, 7) ? 0 : db_int(ask, 7)};
}

bool store_each_case_name(struct store *s, store_name_fn fn, void *context, struct err *e)
{
    struct stmt *ask = NULL;
    /* The CROSS JOIN keeps the order of the table: no index is walked. */
    if (!db_prepare(s->db,
                    "SELECT s.name, i.case_id, i.unit, i.category_set, i.received_on,"
                    " coalesce(i.received_on, i.occurred_on, i.prosecuted_on), i.victims,"
                    " i.load_to"
                    " FROM incident i CROSS JOIN source s ON s.id = i.source ORDER BY i.id",
                    &ask, e))
        return false;
    enum db_step step = DB_DONE;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        struct case_name name = name_of(ask);
        ok = fn(context, &name, e);
    }
    db_finalize(ask);
    return ok && step == DB_DONE;
}
