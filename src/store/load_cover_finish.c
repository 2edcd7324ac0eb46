/* Coverage at the end of a load: what the office declared, what a counts file speaks for, or what
 * has to be assumed (load_assume.c). */
#include <stdlib.h>

#include "store/load_private.h"

static bool writer_open(struct cover_writer *w, struct load *l, struct err *e)
{
    const struct table *t = table_of(KIND_COVERAGE);
    *w = (struct cover_writer){.l = l};
    return table_prepare_find(t, l->s->db, &w->find, e) &&
           table_prepare_insert(t, l->s->db, &w->insert, e) &&
           table_prepare_end(t, l->s->db, &w->end, e);
}

static void writer_close(struct cover_writer *w)
{
    db_finalize(w->find);
    db_finalize(w->insert);
    db_finalize(w->end);
}

static struct value whole(int64_t i)
{
    return (struct value){VALUE_INT, {.i = i}};
}

static struct table_row row_of(const struct cover_writer *w, size_t unit, size_t category,
                               struct span span, int declared)
{
    const struct directory *d = w->l->q.directory;
    struct table_row r = {.lead = w->l->source, .declared = declared};
    r.slots[COV_UNIT] = whole(d->units[unit].id);
    r.slots[COV_CATEGORY] = whole(d->categories[category].id);
    r.slots[COV_FROM] = whole(span.from);
    r.slots[COV_TO] = whole(span.to);
    return r;
}

/* *rowid: that of the current row of that key, 0 where there is none. */
static bool find_row(struct cover_writer *w, const struct table_row *r, int64_t *rowid,
                     struct err *e)
{
    table_bind_key(table_of(KIND_COVERAGE), w->find, r);
    enum db_step step = db_step(w->find, e);
    *rowid = step == DB_ROW ? db_int(w->find, 0) : 0;
    db_reset(w->find);
    return step == DB_ROW || step == DB_DONE;
}

bool cover_write(struct cover_writer *w, size_t unit, size_t category, struct span span,
                 int declared, struct err *e)
{
    const struct table *t = table_of(KIND_COVERAGE);
    struct table_row r = row_of(w, unit, category, span, declared);
    int64_t rowid;
    if (!find_row(w, &r, &rowid, e))
        return false;
    if (rowid)
        return true;
    int at = (int)t->count + 2;
    table_bind_row(t, w->insert, &r);
    db_bind_int(w->insert, at + 1, w->l->id);
    db_bind_int(w->insert, at + 2, w->l->id);
    w->l->covered++;
    return db_run(w->insert, e);
}

/* Ends a coverage row of our own source. */
static bool end_row(struct cover_writer *w, const struct cover_row *row, struct err *e)
{
    struct table_row r = row_of(w, row->unit, row->category, row->span, row->declared);
    int64_t rowid;
    if (!find_row(w, &r, &rowid, e))
        return false;
    if (!rowid)
        return true;
    db_bind_int(w->end, 1, w->l->id);
    db_bind_int(w->end, 2, rowid);
    w->l->covered++;
    return db_run(w->end, e);
}

/* What was assumed of days that the office now speaks of itself is assumed no longer; what lies
 * before and after stays. */
static bool supersede_assumed(struct cover_writer *w, size_t root, struct span by, struct err *e)
{
    struct load *l = w->l;
    for (size_t i = 0; i < l->cover.count; i++) {
        const struct cover_row *r = &l->cover.rows[i];
        if (r->source != l->own_source || r->declared != COVER_ASSUMED ||
            l->q.directory->categories[r->category].root != root ||
            span_is_empty(span_intersect(r->span, by)))
            continue;
        struct span before = {r->span.from, by.from - 1}, after = {by.to + 1, r->span.to};
        if (!end_row(w, r, e) ||
            (!span_is_empty(before) &&
             !cover_write(w, r->unit, r->category, before, COVER_ASSUMED, e)) ||
            (!span_is_empty(after) &&
             !cover_write(w, r->unit, r->category, after, COVER_ASSUMED, e)))
            return false;
    }
    return true;
}

/* ---- --covers A..B [--for …] [--of …] ---- */

struct grid {
    bool *units, *categories; /* by index */
    struct span span;
};

static void mark(bool *marks, const size_t *indices, size_t count)
{
    for (size_t i = 0; i < count; i++)
        marks[indices[i]] = true;
}

static bool grid_init(struct grid *g, const struct load *l, struct err *e)
{
    const struct directory *d = l->q.directory;
    const struct coverage_claim *claim = l->q.claim;
    g->span = claim->span;
    g->units = claim->unit_count ? calloc(d->unit_count + 1, sizeof *g->units)
                                 : load_assumed_units(d, l->seen_units, e);
    g->categories = calloc(d->category_count + 1, sizeof *g->categories);
    if (!g->units || !g->categories)
        return err_memory(e);
    mark(g->units, claim->units, claim->unit_count);
    mark(g->categories, claim->categories, claim->category_count);
    for (size_t c = 0; !claim->category_count && c < d->category_count; c++)
        g->categories[c] = l->seen_roots[c];
    return true;
}

static void grid_free(struct grid *g)
{
    free(g->units);
    free(g->categories);
}

static bool write_cell(struct cover_writer *w, size_t unit, size_t category, struct span span,
                       struct err *e)
{
    const struct load *l = w->l;
    size_t rival = load_cover_rival(l, unit, category, span);
    if (rival != NO_ENTRY)
        return err_set(e, ERR_INPUT,
                       "%s: --covers: source %s already speaks of these days in %s: name your own "
                       "units with --for",
                       l->q.file, l->cover.sources[rival], l->q.directory->units[unit].code);
    return cover_write(w, unit, category, span, COVER_DECLARED, e);
}

static bool write_grid(struct cover_writer *w, const struct grid *g, struct err *e)
{
    const struct directory *d = w->l->q.directory;
    for (size_t u = 0; u < d->unit_count; u++)
        for (size_t c = 0; g->units[u] && c < d->category_count; c++)
            if (g->categories[c] && !write_cell(w, u, c, g->span, e))
                return false;
    return true;
}

static bool declare(struct cover_writer *w, struct err *e)
{
    const struct directory *d = w->l->q.directory;
    struct grid g = {0};
    bool ok = grid_init(&g, w->l, e);
    for (size_t c = 0; ok && c < d->category_count; c++)
        ok = !g.categories[c] || supersede_assumed(w, d->categories[c].root, g.span, e);
    ok = ok && write_grid(w, &g, e);
    grid_free(&g);
    return ok;
}

/* ---- what a counts file speaks for ---- */

/* Is this row what one of the spans says? */
static bool is_spoken(const struct load *l, const struct cover_row *row)
{
    for (size_t i = l->spoken_first[row->unit]; i != NO_ENTRY; i = l->spoken[i].next) {
        const struct spoken *s = &l->spoken[i];
        if (s->root == row->category && s->span.from == row->span.from &&
            s->span.to == row->span.to)
            return true;
    }
    return false;
}

/* After a withdrawal the spans are those of all rows that stand; others end. */
static bool end_unspoken(struct cover_writer *w, struct err *e)
{
    struct load *l = w->l;
    bool ok = true;
    for (size_t i = 0; ok && i < l->cover.count; i++) {
        const struct cover_row *row = &l->cover.rows[i];
        if (row->source == l->own_source && row->declared == COVER_COUNTS && !is_spoken(l, row))
            ok = end_row(w, row, e);
    }
    return ok;
}

/* Do our counts already speak for the unit's days? */
static bool speaks_already(const struct load *l, size_t unit, const struct spoken *s)
{
    const struct cover *c = &l->cover;
    for (size_t i = c->first[unit]; i != NO_ENTRY; i = c->rows[i].next)
        if (c->rows[i].source == l->own_source && c->rows[i].declared == COVER_COUNTS &&
            c->rows[i].category == s->root && c->rows[i].span.from <= s->span.from &&
            c->rows[i].span.to >= s->span.to)
            return true;
    return false;
}

static bool speak_for(struct cover_writer *w, struct err *e)
{
    struct load *l = w->l;
    bool ok = !l->withdrawn || end_unspoken(w, e);
    for (size_t u = 0; ok && u < l->q.directory->unit_count; u++)
        for (size_t i = l->spoken_first[u]; ok && i != NO_ENTRY; i = l->spoken[i].next)
            if (l->withdrawn || !speaks_already(l, u, &l->spoken[i]))
                ok = cover_write(w, u, l->spoken[i].root, l->spoken[i].span, COVER_COUNTS, e);
    return ok;
}

/* ---- all together ---- */

/* A coverage file speaks for its own roots from its first day to its last. */
static bool supersede_all(struct cover_writer *w, struct err *e)
{
    struct load *l = w->l;
    bool ok = true;
    for (size_t c = 0; ok && c < l->q.directory->category_count; c++)
        ok = !l->seen_roots[c] || supersede_assumed(w, c, l->seen, e);
    return ok;
}

static void warn_outside(const struct load *l, struct load_summary *summary, enum lang lang)
{
    if (l->outside)
        buf_addf(&summary->warnings,
                 tr(lang,
                    "%s: %lld rows lie outside the declared coverage and count only as recorded\n"),
                 l->q.file, (long long)l->outside);
}

static bool write_all(struct cover_writer *w, struct load_summary *summary, struct err *e)
{
    const struct load *l = w->l;
    switch (l->q.kind->id) {
    case KIND_COVERAGE:
        return l->q.alone || supersede_all(w, e);
    case KIND_COUNTS:
        return speak_for(w, e) && (!l->q.claim || declare(w, e));
    case KIND_INCIDENTS:
        if (l->q.alone)
            return true;
        warn_outside(l, summary, e->lang);
        return l->q.claim ? declare(w, e) : load_assume(w, summary, e);
    default:
        return true;
    }
}

bool load_cover_finish(struct load *l, struct load_summary *summary, struct err *e)
{
    struct cover_writer w;
    if (!l->seen_units)
        return true;
    bool ok = writer_open(&w, l, e) && write_all(&w, summary, e);
    writer_close(&w);
    return ok;
}
