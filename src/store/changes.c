/* What is not the same in two states, row by row: the versions that only one of them sees, matched
 * by their keys. */
#include "store/store_private.h"

/* Versions in the order of their keys, one after another. */
struct stream {
    const struct table *t;
    struct stmt *ask;
    struct table_row row;
    bool has;
};

static bool stream_next(struct stream *m, struct err *e)
{
    enum db_step step = db_step(m->ask, e);
    m->has = step == DB_ROW;
    if (m->has)
        table_read_row(m->t, m->ask, 1, &m->row);
    return step == DB_ROW || step == DB_DONE;
}

static void add_order(const struct table *t, struct buf *sql)
{
    buf_adds(sql, " ORDER BY t.source");
    for (size_t i = 0; i < t->count; i++)
        if (t->columns[i].is_key)
            buf_addf(sql, ", t.%s", t->columns[i].name);
}

/* ?1, ?2: states. */
static bool stream_open(struct stream *m, struct store *s, const struct table *t,
                        const char *condition, const int64_t states[2], struct err *e)
{
    struct buf sql = {0};
    *m = (struct stream){.t = t};
    buf_adds(&sql, "SELECT (SELECT name FROM source WHERE id = t.source), ");
    table_add_columns(t, &sql);
    buf_addf(&sql, " FROM %s t WHERE %s", t->name, condition);
    add_order(t, &sql);
    bool ok = sql.failed ? err_memory(e) : db_prepare(s->db, sql.data, &m->ask, e);
    buf_free(&sql);
    if (!ok)
        return false;
    db_bind_int(m->ask, 1, states[0]);
    db_bind_int(m->ask, 2, states[1]);
    return stream_next(m, e);
}

struct matching {
    struct stream then, now, ended; /* ended: before the earlier state */
    store_change_fn fn;
    void *context;
};

/* 0: they are of one key; else which comes first. */
static int compare_heads(const struct stream *a, const struct stream *b)
{
    if (!a->has || !b->has)
        return (int)b->has - (int)a->has;
    return table_compare_keys(a->t, &a->row, &b->row);
}

static bool skip_to(struct stream *m, const struct stream *to, bool *found, struct err *e)
{
    bool ok = true;
    while (ok && m->has && compare_heads(m, to) < 0)
        ok = stream_next(m, e);
    *found = m->has && !compare_heads(m, to);
    return ok;
}

static void fill_row(const struct stream *m, struct row *row)
{
    *row = (struct row){0};
    for (size_t i = 0; i < m->t->count; i++)
        row->slots[i] = m->row.slots[i];
    if (m->t->kind == KIND_INCIDENTS)
        row->slots[INC_CATEGORY].as.i--; /* set id -> index */
}

static bool hand_on(struct matching *m, bool has_then, bool has_now, struct err *e)
{
    struct row then, now;
    struct store_change c = {.source = db_text((has_then ? m->then : m->now).ask, 0)};
    if (has_then && has_now && table_same_row(m->then.t, &m->then.row, &m->now.row))
        return true;
    if (!has_then && !skip_to(&m->ended, &m->now, &c.was_before, e))
        return false;
    if (has_then) {
        fill_row(&m->then, &then);
        c.then = &then;
    }
    if (has_now) {
        fill_row(&m->now, &now);
        c.now = &now;
    }
    return m->fn(m->context, &c, e);
}

static bool match(struct matching *m, struct err *e)
{
    bool ok = true;
    while (ok && (m->then.has || m->now.has)) {
        int order = compare_heads(&m->then, &m->now);
        ok = hand_on(m, order <= 0, order >= 0, e) && (order > 0 || stream_next(&m->then, e)) &&
             (order < 0 || stream_next(&m->now, e));
    }
    return ok;
}

#define SEEN(at) "(t.load_from <= " at " AND (t.load_to IS NULL OR t.load_to > " at "))"

bool store_each_change(struct store *s, int64_t then, int64_t now, enum kind_id kind,
                       store_change_fn fn, void *context, struct err *e)
{
    const int64_t states[2] = {then, now};
    const struct table *t = table_of(kind);
    struct matching m = {.fn = fn, .context = context};
    bool ok = stream_open(&m.then, s, t, SEEN("?1") " AND NOT " SEEN("?2"), states, e) &&
              stream_open(&m.now, s, t, SEEN("?2") " AND NOT " SEEN("?1"), states, e) &&
              stream_open(&m.ended, s, t, "t.load_to <= ?1 AND ?2 = ?2", states, e) && match(&m, e);
    db_finalize(m.then.ask);
    db_finalize(m.now.ask);
    db_finalize(m.ended.ask);
    return ok;
}
