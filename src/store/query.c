/* Reading rows back: the directory, any kind's table, and cases the fast way. */
#include <math.h>
#include <string.h>

#include "store/store.h"
#include "store/store_private.h"

/* A row as it is stored, with its source's name ("" where the table has none). */
struct stored_row {
    struct table_row row;
    const char *source;
    int64_t made_by;
};
typedef bool (*stored_row_fn)(void *context, const struct stored_row *row, struct err *e);

/* ---- the directory ---- */

static double real_or_nan(const struct value *v)
{
    return v->type == VALUE_REAL ? v->as.x : NAN;
}

static const char *text_or_empty(const struct value *v)
{
    return v->type == VALUE_TEXT ? v->as.s : "";
}

static bool add_unit(void *context, const struct stored_row *r, struct err *e)
{
    const struct value *v = r->row.slots;
    const char *code = text_or_empty(&v[UNIT_CODE]);
    size_t n = strlen(code);
    struct unit u = {
        .id = r->row.lead,
        .code = code,
        .name = text_or_empty(&v[UNIT_NAME]),
        .level = text_or_empty(&v[UNIT_LEVEL]),
        .parent_code = text_or_empty(&v[UNIT_PARENT]),
        .valid = {(day)v[UNIT_VALID_FROM].as.i, (day)v[UNIT_VALID_TO].as.i},
        .lat = real_or_nan(&v[UNIT_LAT]),
        .lon = real_or_nan(&v[UNIT_LON]),
        .area_km2 = real_or_nan(&v[UNIT_AREA_KM2]),
        .is_unknown = n > 2 && code[n - 2] == '/' && code[n - 1] == '?',
    };
    return directory_add_unit(context, &u, e);
}

static bool add_category(void *context, const struct stored_row *r, struct err *e)
{
    const struct value *v = r->row.slots;
    struct category c = {
        .id = r->row.lead,
        .code = text_or_empty(&v[CAT_CODE]),
        .name = text_or_empty(&v[CAT_NAME]),
        .parent_code = text_or_empty(&v[CAT_PARENT]),
        .aliases = text_or_empty(&v[CAT_ALIASES]),
        .articles = text_or_empty(&v[CAT_ARTICLES]),
        .valid = {v[CAT_VALID_FROM].type == VALUE_INT ? (day)v[CAT_VALID_FROM].as.i : DAY_MIN,
                  v[CAT_VALID_TO].type == VALUE_INT ? (day)v[CAT_VALID_TO].as.i : DAY_MAX},
        .weight = v[CAT_WEIGHT].type == VALUE_REAL ? v[CAT_WEIGHT].as.x : 1,
    };
    return directory_add_category(context, &c, e);
}

static bool add_alias(void *context, const struct stored_row *r, struct err *e)
{
    const struct value *v = r->row.slots;
    struct alias a = {(int)v[ALS_KIND].as.i, text_or_empty(&v[ALS_SPELLING]),
                      text_or_empty(&v[ALS_CODE])};
    return directory_add_alias(context, &a, e);
}

/* SELECT made_by, declared-or-0, source name, columns … of a table as of a state. */
static bool prepare_table(struct store *s, int64_t state, const struct table *t, struct stmt **ask,
                          struct err *e)
{
    struct buf sql = {0};
    buf_adds(&sql, "SELECT t.made_by, ");
    buf_adds(&sql,
             t->lead == LEAD_SOURCE ? "(SELECT name FROM source WHERE id = t.source), " : "'', ");
    table_add_columns(t, &sql);
    buf_addf(&sql, " FROM %s t WHERE ", t->name);
    state_condition(&sql, state, "t", 1);
    const char *comma = " ORDER BY ";
    if (t->lead == LEAD_SOURCE) {
        buf_adds(&sql, " ORDER BY source");
        comma = ", ";
    }
    for (size_t i = 0; i < t->count; i++)
        if (t->columns[i].is_key) {
            buf_addf(&sql, "%s%s", comma, t->columns[i].name);
            comma = ", ";
        }
    bool ok = sql.failed ? err_memory(e) : db_prepare(s->db, sql.data, ask, e);
    buf_free(&sql);
    if (ok)
        state_bind(*ask, state, 1);
    return ok;
}

/* Calls fn for the rows of a table as of a state, one after another. */
static bool each_stored_row(struct store *s, int64_t state, const struct table *t, stored_row_fn fn,
                            void *context, struct err *e)
{
    struct stmt *ask = NULL;
    if (!prepare_table(s, state, t, &ask, e))
        return false;
    enum db_step step = DB_DONE;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        struct stored_row r = {.source = db_text(ask, 1), .made_by = db_int(ask, 0)};
        table_read_row(t, ask, 2, &r.row);
        ok = fn(context, &r, e);
    }
    db_finalize(ask);
    return ok && step == DB_DONE;
}

/* Sets keep their numbers for good: id = index + 1, also of sets whose categories this state lacks.
 */
static bool add_sets(struct store *s, struct directory *d, struct err *e)
{
    struct stmt *ask = NULL;
    if (!db_prepare(s->db,
                    "SELECT category_set, category FROM category_set_member ORDER BY category_set, "
                    "category",
                    &ask, e))
        return false;
    enum db_step step = db_step(ask, e);
    bool ok = true;
    while (ok && step == DB_ROW) {
        size_t members[CATEGORY_SET_MAX], count = 0;
        int64_t id = db_int(ask, 0);
        for (; step == DB_ROW && db_int(ask, 0) == id; step = db_step(ask, e))
            if (count < CATEGORY_SET_MAX)
                members[count++] = directory_category_by_id(d, db_int(ask, 1));
        while (ok && (int64_t)d->set_count < id - 1)
            ok = directory_add_set(d, NULL, 0, e);
        ok = ok && directory_add_set(d, members, count, e);
    }
    db_finalize(ask);
    return ok && step == DB_DONE;
}

bool store_read_directory(struct store *s, int64_t state, struct directory *d, struct err *e)
{
    directory_init(d);
    if (each_stored_row(s, state, table_of(KIND_UNITS), add_unit, d, e) &&
        each_stored_row(s, state, table_of(KIND_CATEGORIES), add_category, d, e) &&
        each_stored_row(s, state, table_of(KIND_ALIASES), add_alias, d, e) &&
        directory_finish(d, e) && add_sets(s, d, e))
        return true;
    directory_free(d);
    return false;
}

/* Everything as of one instant, though another program may write. */
bool store_directory(struct store *s, int64_t state, struct directory *d, struct err *e)
{
    int64_t seen = 0;
    if (!db_exec(s->db, "SAVEPOINT directory", e))
        return false;
    bool ok = store_last_load(s, &seen, e) && store_read_directory(s, state, d, e);
    db_exec(s->db, "RELEASE directory", NULL);
    if (ok && state == STATE_NOW)
        s->seen = seen;
    return ok;
}

/* ---- any kind ---- */

struct handing_on {
    const struct table *t;
    store_row_fn fn;
    void *context;
};

static bool hand_on(void *context, const struct stored_row *r, struct err *e)
{
    const struct handing_on *h = context;
    struct row row = {0};
    for (size_t i = 0; i < h->t->count; i++)
        row.slots[i] = r->row.slots[i];
    if (h->t->kind == KIND_INCIDENTS)
        row.slots[INC_CATEGORY].as.i--; /* set id -> index */
    struct row_info info = {r->source, r->row.declared, r->made_by};
    return h->fn(h->context, &row, &info, e);
}

bool store_each_row(struct store *s, int64_t state, enum kind_id kind, store_row_fn fn,
                    void *context, struct err *e)
{
    struct handing_on h = {table_of(kind), fn, context};
    return each_stored_row(s, state, h.t, hand_on, &h, e);
}

/* ---- cases ---- */

static const char *const basis_columns[BASIS_TOTAL] = {"received_on", "occurred_on",
                                                       "prosecuted_on"};

/* What a case must be. The covering index incident_received serves the usual question: received,
 * now, no amounts. On another basis every page is read once: the + keeps the engine from walking an
 * index, which reads it many times. */
static void add_conditions(struct buf *sql, const struct case_query *q, bool dated,
                           const char *placed)
{
    bool received = q->basis == BASIS_RECEIVED, as_of = q->as_of != DAY_NONE;
    state_condition(sql, q->state, received || q->state != STATE_NOW ? "incident" : "+incident", 1);
    buf_addf(sql, " AND %s BETWEEN ?2 AND ?3", placed);
    if (dated) {
        buf_adds(sql, as_of ? " AND +received_on <= ?4" : "");
        return;
    }
    buf_addf(sql, " AND (%s IS NULL", basis_columns[q->basis]);
    buf_adds(sql, as_of && !received ? " OR received_on IS NULL)" : ")");
    buf_adds(sql, as_of ? " AND (+received_on <= ?4 OR received_on IS NULL)" : "");
}

/* The day that decides is the day of receipt. */
static bool is_receipt(const struct case_query *q, bool dated)
{
    return dated && q->basis == BASIS_RECEIVED;
}

static bool prepare_cases(struct store *s, const struct case_query *q, bool dated,
                          struct stmt **ask, struct err *e)
{
    struct buf sql = {0};
    const char *placed =
        dated ? basis_columns[q->basis] : "coalesce(received_on, occurred_on, prosecuted_on)";
    /* A million rows: no column is read that nobody asks for. */
    buf_addf(&sql, "SELECT %s, unit, category_set, %s, outcome, %s", q->ids ? "id" : "0", placed,
             is_receipt(q, dated) ? "NULL" : "received_on");
    if (q->amounts)
        buf_adds(&sql, ", victims, victims_u16, offenders, offenders_u18");
    buf_adds(&sql, " FROM incident WHERE ");
    add_conditions(&sql, q, dated, placed);
    bool ok = sql.failed ? err_memory(e) : db_prepare(s->db, sql.data, ask, e);
    buf_free(&sql);
    if (!ok)
        return false;
    state_bind(*ask, q->state, 1);
    db_bind_int(*ask, 2, q->span.from);
    db_bind_int(*ask, 3, q->span.to);
    if (q->as_of != DAY_NONE)
        db_bind_int(*ask, 4, q->as_of);
    return true;
}

static int64_t int_or(struct stmt *s, int column, int64_t missing)
{
    return db_is_null(s, column) ? missing : db_int(s, column);
}

static day day_or_none(struct stmt *s, int column)
{
    return db_is_null(s, column) ? DAY_NONE : (day)db_int(s, column);
}

static bool each_case(struct store *s, const struct case_query *q, bool dated, store_case_fn fn,
                      void *context, struct err *e)
{
    struct stmt *ask = NULL;
    if (!prepare_cases(s, q, dated, &ask, e))
        return false;
    enum db_step step;
    while ((step = db_step(ask, e)) == DB_ROW) {
        struct case_row row = {.id = db_int(ask, 0),
                               .unit = db_int(ask, 1),
                               .set = (size_t)db_int(ask, 2) - 1,
                               .on = (day)db_int(ask, 3),
                               .outcome = (int)int_or(ask, 4, OUTCOME_NONE),
                               .victims = -1,
                               .victims_u16 = -1,
                               .offenders = -1,
                               .offenders_u18 = -1};
        row.received = is_receipt(q, dated) ? row.on : day_or_none(ask, 5);
        if (q->amounts) {
            row.victims = int_or(ask, 6, -1);
            row.victims_u16 = int_or(ask, 7, -1);
            row.offenders = int_or(ask, 8, -1);
            row.offenders_u18 = int_or(ask, 9, -1);
        }
        fn(context, &row);
    }
    db_finalize(ask);
    return step == DB_DONE;
}

bool store_each_case(struct store *s, const struct case_query *q, store_case_fn fn, void *context,
                     struct err *e)
{
    return each_case(s, q, true, fn, context, e);
}

bool store_each_undated(struct store *s, const struct case_query *q, store_case_fn fn,
                        void *context, struct err *e)
{
    return each_case(s, q, false, fn, context, e);
}

/* ---- the dates of all cases ---- */

/* The + keeps the engine from walking an index in the order of case ids, which reads every page
 * many times. */
static bool prepare_dates(struct store *s, int64_t state, struct stmt **ask, struct err *e)
{
    struct buf sql = {0};
    buf_adds(&sql,
             "SELECT s.name, i.unit, i.category_set, i.outcome, i.received_on, i.occurred_on,"
             " i.prosecuted_on FROM incident i CROSS JOIN source s ON s.id = i.source WHERE ");
    state_condition(&sql, state, state == STATE_NOW ? "+i" : "i", 1);
    bool ok = sql.failed ? err_memory(e) : db_prepare(s->db, sql.data, ask, e);
    buf_free(&sql);
    if (ok)
        state_bind(*ask, state, 1);
    return ok;
}

bool store_each_dates(struct store *s, int64_t state, store_dates_fn fn, void *context,
                      struct err *e)
{
    struct stmt *ask = NULL;
    if (!prepare_dates(s, state, &ask, e))
        return false;
    enum db_step step = DB_DONE;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        struct case_dates c = {.source = db_text(ask, 0),
                               .unit = db_int(ask, 1),
                               .set = (size_t)db_int(ask, 2) - 1,
                               .outcome = (int)int_or(ask, 3, OUTCOME_NONE),
                               .received = day_or_none(ask, 4),
                               .occurred = day_or_none(ask, 5),
                               .prosecuted = day_or_none(ask, 6)};
        ok = fn(context, &c, e);
    }
    db_finalize(ask);
    return ok && step == DB_DONE;
}

/* ---- when cases were entered ---- */

/* Versions that have ended are few: what they say of the first load is looked up. */
static bool prepare_entries(struct store *s, int64_t state, struct stmt **ask, struct err *e)
{
    struct buf sql = {0};
    buf_adds(
        &sql,
        "SELECT CASE WHEN p.load < i.made_by THEN p.load ELSE i.made_by END, i.received_on,"
        " i.outcome FROM incident i LEFT JOIN (SELECT v.source AS source, v.case_id AS case_id,"
        " min(v.made_by) AS load FROM incident v JOIN load l ON l.id = v.made_by WHERE"
        " v.load_to IS NOT NULL AND l.undone_by IS NULL GROUP BY v.source, v.case_id) p"
        " ON p.source = i.source AND p.case_id = i.case_id"
        " WHERE i.received_on IS NOT NULL AND ");
    state_condition(&sql, state, "i", 1);
    bool ok = sql.failed ? err_memory(e) : db_prepare(s->db, sql.data, ask, e);
    buf_free(&sql);
    if (ok)
        state_bind(*ask, state, 1);
    return ok;
}

bool store_each_entry(struct store *s, int64_t state, store_entry_fn fn, void *context,
                      struct err *e)
{
    struct stmt *ask = NULL;
    if (!prepare_entries(s, state, &ask, e))
        return false;
    enum db_step step = DB_DONE;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        struct case_entry c = {.load = db_int(ask, 0),
                               .received = (day)db_int(ask, 1),
                               .outcome = (int)int_or(ask, 2, OUTCOME_NONE)};
        ok = fn(context, &c, e);
    }
    db_finalize(ask);
    return ok && step == DB_DONE;
}
