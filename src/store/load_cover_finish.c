/* Coverage at the end of a load: what the office declared, what a counts file speaks for, or what has to be
 * assumed (contract 2): every unit under the parents of the units that appear, the roots that appear, from the
 * first day of the first month's year to the end of the last month. */
#include <stdlib.h>

#include "store/load_private.h"

struct cover_writer {
    struct load *l;
    struct stmt *find, *insert, *end;
    bool changed;
};

static bool writer_open(struct cover_writer *w, struct load *l, struct err *e)
{
    const struct table *t = table_of(KIND_COVERAGE);
    *w = (struct cover_writer){.l = l};
    return table_prepare_find(t, l->s->db, &w->find, e) &&
           table_prepare_insert(t, l->s->db, &w->insert, e) && table_prepare_end(t, l->s->db, &w->end, e);
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

/* Adds a row unless it is there. */
static bool write_row(struct cover_writer *w, size_t unit, size_t category, struct span span, int declared,
                      struct err *e)
{
    const struct table *t = table_of(KIND_COVERAGE);
    const struct directory *d = w->l->q.directory;
    struct table_row r = {.lead = w->l->source, .declared = declared};
    r.slots[COV_UNIT] = whole(d->units[unit].id);
    r.slots[COV_CATEGORY] = whole(d->categories[category].id);
    r.slots[COV_FROM] = whole(span.from);
    r.slots[COV_TO] = whole(span.to);
    table_bind_key(t, w->find, &r);
    enum db_step step = db_step(w->find, e);
    db_reset(w->find);
    if (step != DB_DONE)
        return step == DB_ROW;
    int at = (int)t->count + 2;
    table_bind_row(t, w->insert, &r);
    db_bind_int(w->insert, at + 1, w->l->id);
    db_bind_int(w->insert, at + 2, w->l->id);
    w->l->covered++;
    return db_run(w->insert, e);
}

/* Ends one coverage row of our own source by its key. */
static bool end_row(struct cover_writer *w, const struct cover_row *row, struct err *e)
{
    const struct directory *d = w->l->q.directory;
    struct table_row r = {.lead = w->l->source, .declared = row->declared};
    r.slots[COV_UNIT] = whole(d->units[row->unit].id);
    r.slots[COV_CATEGORY] = whole(d->categories[row->category].id);
    r.slots[COV_FROM] = whole(row->span.from);
    r.slots[COV_TO] = whole(row->span.to);
    table_bind_key(table_of(KIND_COVERAGE), w->find, &r);
    enum db_step step = db_step(w->find, e);
    int64_t rowid = step == DB_ROW ? db_int(w->find, 0) : 0;
    db_reset(w->find);
    if (step != DB_ROW)
        return step == DB_DONE;
    db_bind_int(w->end, 1, w->l->id);
    db_bind_int(w->end, 2, rowid);
    w->l->covered++;
    return db_run(w->end, e);
}

/* What was assumed of days that the office now speaks of itself is assumed no longer; what lies before and
 * after stays. */
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
            (!span_is_empty(before) && !write_row(w, r->unit, r->category, before, COVER_ASSUMED, e)) ||
            (!span_is_empty(after) && !write_row(w, r->unit, r->category, after, COVER_ASSUMED, e)))
            return false;
    }
    return true;
}

bool *load_cover_parents(const struct directory *d, const bool *seen, struct err *e)
{
    bool *parents = calloc(d->unit_count + 1, sizeof *parents);
    if (!parents)
        err_memory(e);
    for (size_t u = 0; parents && u < d->unit_count; u++)
        if (seen[u])
            parents[d->units[u].parent != NO_ENTRY ? d->units[u].parent : u] = true;
    return parents;
}

/* Where every unit under one is marked, the one stands for them: a country's file is assumed of its provinces,
 * not of 700 districts. Children stand behind their parents. */
static bool roll_up(const struct directory *d, bool *marks, struct err *e)
{
    size_t *unmarked = calloc(d->unit_count + 1, sizeof *unmarked);
    size_t *marked = calloc(d->unit_count + 1, sizeof *marked);
    bool ok = (unmarked && marked) || err_memory(e);
    for (size_t u = d->unit_count; ok && u-- > 0;) {
        marks[u] |= marked[u] && !unmarked[u];
        size_t p = d->units[u].parent;
        if (p != NO_ENTRY && !d->units[u].is_unknown) {
            marked[p] += marks[u];
            unmarked[p] += !marks[u];
        }
    }
    for (size_t u = d->unit_count; ok && u-- > 0;)
        if (d->units[u].parent != NO_ENTRY && marks[d->units[u].parent])
            marks[u] = false;
    free(unmarked);
    free(marked);
    return ok;
}

static void mark(bool *marks, const size_t *indices, size_t count)
{
    for (size_t i = 0; i < count; i++)
        marks[indices[i]] = true;
}

static bool write_grid(struct cover_writer *w, const bool *units, const bool *categories,
                       struct span span, int declared, struct err *e)
{
    const struct directory *d = w->l->q.directory;
    for (size_t u = 0; u < d->unit_count; u++)
        for (size_t c = 0; units[u] && c < d->category_count; c++)
            if (categories[c] && !write_row(w, u, c, span, declared, e))
                return false;
    return true;
}

/* --covers A..B [--for …] [--of …] */
static bool declare(struct cover_writer *w, const struct coverage_claim *claim, struct err *e)
{
    struct load *l = w->l;
    const struct directory *d = l->q.directory;
    bool *units = claim->unit_count ? calloc(d->unit_count + 1, sizeof *units)
                                    : load_cover_parents(d, l->seen_units, e);
    bool *categories = calloc(d->category_count + 1, sizeof *categories);
    bool ok = (units && categories) || err_memory(e);
    if (ok) {
        mark(units, claim->units, claim->unit_count);
        mark(categories, claim->categories, claim->category_count);
        for (size_t c = 0; !claim->category_count && c < d->category_count; c++)
            categories[c] = l->seen_roots[c];
    }
    for (size_t c = 0; ok && c < d->category_count; c++)
        ok = !categories[c] || supersede_assumed(w, d->categories[c].root, claim->span, e);
    ok = ok && write_grid(w, units, categories, claim->span, COVER_DECLARED, e);
    free(units);
    free(categories);
    return ok;
}

struct span load_cover_assumed(const struct load *l, struct span rows)
{
    int year, month;
    calendar_locate(l->q.calendar, rows.from, &year, &month);
    struct span s = {calendar_year(l->q.calendar, year).from, 0};
    calendar_locate(l->q.calendar, rows.to, &year, &month);
    s.to = calendar_month(l->q.calendar, year, month).to;
    return s;
}

/* "--covers A..B --for U,… --of C,…": what would declare the same. */
static void covers_line(const struct load *l, const bool *parents, struct span span, struct buf *line)
{
    const struct directory *d = l->q.directory;
    char from[11], to[11];
    day_text(span.from, from);
    day_text(span.to, to);
    buf_addf(line, "--covers %s..%s --for ", from, to);
    const char *comma = "";
    for (size_t u = 0; u < d->unit_count; u++)
        if (parents[u]) {
            buf_addf(line, "%s%s", comma, d->units[u].code);
            comma = ",";
        }
    buf_adds(line, " --of ");
    comma = "";
    for (size_t c = 0; c < d->category_count; c++)
        if (l->open_roots[c]) {
            buf_addf(line, "%s%s", comma, d->categories[c].code);
            comma = ",";
        }
}

struct contained {
    struct span span;
    size_t source;
    bool yes;
};

static bool look_contained(void *context, const struct cover_row *row)
{
    struct contained *c = context;
    c->yes = row->source == c->source && row->span.from <= c->span.from && row->span.to >= c->span.to;
    return !c->yes;
}

static bool is_covered(const struct load *l, size_t unit, size_t category, struct span span)
{
    struct contained c = {span, l->own_source, false};
    if (l->own_source != NO_ENTRY)
        cover_each(&l->cover, unit, category, look_contained, &c);
    return c.yes;
}

static bool assume(struct cover_writer *w, struct load_summary *summary, struct err *e)
{
    struct load *l = w->l;
    const struct directory *d = l->q.directory;
    bool *parents = load_cover_parents(d, l->open_units, e), ok = parents && roll_up(d, parents, e);
    struct span whole_span = load_cover_assumed(l, l->open);
    for (size_t c = 0; ok && c < d->category_count; c++) {
        struct span span = whole_span;
        if (!l->open_roots[c])
            continue;
        if (l->own_declared[c].to >= span.from && l->own_declared[c].to < l->open.from)
            span.from = l->own_declared[c].to + 1; /* earlier days: the office has spoken of them */
        for (size_t u = 0; ok && u < d->unit_count; u++)
            if (parents[u] && !is_covered(l, u, c, span))
                ok = write_row(w, u, c, span, COVER_ASSUMED, e);
    }
    if (ok)
        covers_line(l, parents, whole_span, &summary->covers);
    free(parents);
    return ok;
}

/* After a replacement the spans are those of all rows that stand, so the old ones end first. */
static bool end_counts(struct cover_writer *w, struct err *e)
{
    struct load *l = w->l;
    bool ok = true;
    for (size_t i = 0; ok && i < l->cover.count; i++)
        if (l->cover.rows[i].source == l->own_source && l->cover.rows[i].declared == COVER_COUNTS)
            ok = end_row(w, &l->cover.rows[i], e);
    return ok;
}

static bool speak_for(struct cover_writer *w, struct err *e)
{
    struct load *l = w->l;
    bool ok = !l->withdrawn || end_counts(w, e);
    for (size_t i = 0; ok && i < l->spoken_count; i++) {
        const struct spoken *s = &l->spoken[i];
        if (l->withdrawn || !is_covered(l, s->unit, s->root, s->span))
            ok = write_row(w, s->unit, s->root, s->span, COVER_COUNTS, e);
    }
    return ok;
}

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
                 tr(lang, "%s: %lld rows lie outside the declared coverage and count only as recorded\n"),
                 l->q.file, (long long)l->outside);
}

bool load_cover_finish(struct load *l, struct load_summary *summary, struct err *e)
{
    if (!l->seen_units)
        return true;
    struct cover_writer w;
    bool ok = writer_open(&w, l, e);
    bool any_open = !span_is_empty(l->open);
    if (ok && l->t->kind == KIND_COVERAGE)
        ok = supersede_all(&w, e);
    else if (ok && l->t->kind == KIND_COUNTS)
        ok = speak_for(&w, e);
    else if (ok && l->q.claim)
        ok = declare(&w, l->q.claim, e);
    else if (ok && any_open)
        ok = assume(&w, summary, e);
    if (l->t->kind == KIND_INCIDENTS && !l->q.claim)
        warn_outside(l, summary, e->lang);
    writer_close(&w);
    return ok;
}
