/* A coverage row may state how many reports it holds (a nil return says 0). Wherever both are
 * there, the statement is compared with the cases: a difference is shown, never repaired. */
#include <stdlib.h>

#include "store/load_private.h"

enum { LINES_MAX = 20 }; /* of warnings; the rest are numbered */

struct totals {
    struct load *l;
    struct cover cover;
    size_t source;  /* ours */
    int64_t *found; /* by coverage row: reports of its days and subtrees */
    day on;         /* of the case being counted */
    bool any_case;
};

static bool is_stated(const struct totals *t, const struct cover_row *row)
{
    return row->source == t->source && row->total >= 0;
}

static bool any_stated(const struct totals *t)
{
    for (size_t i = 0; i < t->cover.count; i++)
        if (is_stated(t, &t->cover.rows[i]))
            return true;
    return false;
}

static bool add_to(void *context, const struct cover_row *row)
{
    struct totals *t = context;
    if (is_stated(t, row) && span_has(row->span, t->on))
        t->found[row - t->cover.rows]++;
    return true;
}

static void add_case(struct totals *t, size_t unit, size_t set)
{
    const struct category_set *s = &t->l->q.directory->sets[set];
    for (size_t i = 0; i < s->count; i++)
        cover_each(&t->cover, unit, s->categories[i], add_to, t);
}

static bool count_cases(struct totals *t, struct err *e)
{
    struct load *l = t->l;
    struct stmt *ask = NULL;
    if (!db_prepare(l->s->db,
                    "SELECT unit, category_set, received_on FROM incident"
                    " WHERE +load_to IS NULL AND +source = ?1 AND received_on IS NOT NULL",
                    &ask, e))
        return false;
    db_bind_int(ask, 1, l->source);
    enum db_step step;
    while ((step = db_step(ask, e)) == DB_ROW) {
        t->any_case = true;
        t->on = (day)db_int(ask, 2);
        add_case(t, l->unit_at[db_int(ask, 0)], (size_t)db_int(ask, 1) - 1);
    }
    db_finalize(ask);
    return step == DB_DONE;
}

static void warn(const struct totals *t, const struct cover_row *row, long long found,
                 struct buf *warnings, enum lang lang)
{
    const struct directory *d = t->l->q.directory;
    char from[11], to[11];
    day_text(row->span.from, from);
    day_text(row->span.to, to);
    buf_addf(
        warnings,
        tr(lang, "%s: unit %s, %s, %s to %s: the coverage states %lld reports, %lld are loaded\n"),
        t->l->q.file, d->units[row->unit].code, d->categories[row->category].code, from, to,
        (long long)row->total, found);
}

/* Rows of their own change what is stated of their units alone. */
static bool is_touched(const struct load *l, const struct cover_row *row)
{
    const struct directory *d = l->q.directory;
    for (size_t u = 0; l->q.alone && u < d->unit_count; u++)
        if (l->seen_units[u] && directory_unit_contains(d, row->unit, u))
            return true;
    return !l->q.alone;
}

static void compare(const struct totals *t, struct buf *warnings, enum lang lang)
{
    long long lines = 0;
    for (size_t i = 0; i < t->cover.count; i++) {
        const struct cover_row *row = &t->cover.rows[i];
        if (is_stated(t, row) && row->total != t->found[i] && is_touched(t->l, row) &&
            lines++ < LINES_MAX)
            warn(t, row, (long long)t->found[i], warnings, lang);
    }
    if (lines > LINES_MAX)
        buf_addf(warnings, tr(lang, "%s: %lld further stated totals differ\n"), t->l->q.file,
                 lines - LINES_MAX);
}

bool load_totals_check(struct load *l, struct load_summary *summary, struct err *e)
{
    struct totals t = {.l = l};
    if (l->t->kind != KIND_COVERAGE && l->t->kind != KIND_INCIDENTS)
        return true;
    if (!cover_load(&t.cover, l->s, STATE_NOW, l->q.directory, e))
        return false;
    t.source = cover_source(&t.cover, buf_text(&l->source_name));
    bool ok = true;
    if (t.source != NO_ENTRY && any_stated(&t)) {
        t.found = calloc(t.cover.count, sizeof *t.found);
        ok = t.found ? count_cases(&t, e) : err_memory(e);
    }
    if (ok && t.any_case)
        compare(&t, &summary->warnings, e->lang);
    free(t.found);
    cover_free(&t.cover);
    return ok;
}
