/* Coverage while a load runs: what each row speaks of, and whether another source speaks of it already. */
#include <stdlib.h>
#include <string.h>

#include "store/load_private.h"

static bool id_maps(struct load *l, struct err *e)
{
    const struct directory *d = l->q.directory;
    for (size_t u = 0; u < d->unit_count; u++)
        if (d->units[u].id > l->unit_ids)
            l->unit_ids = d->units[u].id;
    for (size_t c = 0; c < d->category_count; c++)
        if (d->categories[c].id > l->category_ids)
            l->category_ids = d->categories[c].id;
    l->unit_known = calloc((size_t)l->unit_ids + 1, sizeof *l->unit_known);
    l->category_known = calloc((size_t)l->category_ids + 1, sizeof *l->category_known);
    l->unit_at = calloc((size_t)l->unit_ids + 1, sizeof *l->unit_at);
    if (!l->unit_known || !l->category_known || !l->unit_at)
        return err_memory(e);
    for (size_t u = 0; u < d->unit_count; u++) {
        l->unit_known[d->units[u].id] = true;
        l->unit_at[d->units[u].id] = u;
    }
    for (size_t c = 0; c < d->category_count; c++)
        l->category_known[d->categories[c].id] = true;
    return true;
}

/* Where another source's coverage is only assumed, it speaks for the units in which it has cases. */
static bool load_speaks(struct load *l, struct err *e)
{
    size_t units = l->q.directory->unit_count;
    l->speaks = calloc(l->cover.source_count * units + 1, sizeof *l->speaks);
    struct stmt *ask = NULL;
    if (!l->speaks)
        return err_memory(e);
    if (!db_prepare(l->s->db,
                    "SELECT s.name, i.unit FROM (SELECT DISTINCT source, unit FROM incident"
                    " WHERE load_to IS NULL) i JOIN source s ON s.id = i.source",
                    &ask, e))
        return false;
    enum db_step step;
    while ((step = db_step(ask, e)) == DB_ROW) {
        size_t source = cover_source(&l->cover, db_text(ask, 0));
        int64_t unit = db_int(ask, 1);
        if (source != NO_ENTRY && unit <= l->unit_ids && l->unit_known[unit])
            l->speaks[source * units + l->unit_at[unit]] = true;
    }
    db_finalize(ask);
    return step == DB_DONE;
}

static void widen(struct span *s, struct span by)
{
    s->from = by.from < s->from ? by.from : s->from;
    s->to = by.to > s->to ? by.to : s->to;
}

/* By root: from the first to the last day that our own source has declared, for whatever units. */
static bool own_declared(struct load *l, struct err *e)
{
    const struct directory *d = l->q.directory;
    l->own_declared = calloc(d->category_count + 1, sizeof *l->own_declared);
    if (!l->own_declared)
        return err_memory(e);
    for (size_t c = 0; c < d->category_count; c++)
        l->own_declared[c] = (struct span){DAY_MAX, DAY_MIN};
    for (size_t i = 0; i < l->cover.count; i++) {
        const struct cover_row *r = &l->cover.rows[i];
        if (r->source == l->own_source && r->declared == COVER_DECLARED)
            widen(&l->own_declared[d->categories[r->category].root], r->span);
    }
    return true;
}

static bool tracks(const struct load *l)
{
    return l->t->kind == KIND_INCIDENTS || l->t->kind == KIND_COUNTS || l->t->kind == KIND_COVERAGE;
}

bool load_cover_begin(struct load *l, struct err *e)
{
    const struct directory *d = l->q.directory;
    l->seen = l->open = (struct span){DAY_MAX, DAY_MIN};
    if (!id_maps(l, e))
        return false;
    if (!tracks(l))
        return true;
    l->seen_units = calloc(d->unit_count + 1, sizeof(bool));
    l->open_units = calloc(d->unit_count + 1, sizeof(bool));
    l->seen_roots = calloc(d->category_count + 1, sizeof(bool));
    l->open_roots = calloc(d->category_count + 1, sizeof(bool));
    l->spoken_first = malloc((d->unit_count + 1) * sizeof *l->spoken_first);
    if (!l->seen_units || !l->open_units || !l->seen_roots || !l->open_roots || !l->spoken_first)
        return err_memory(e);
    for (size_t u = 0; u < d->unit_count; u++)
        l->spoken_first[u] = NO_ENTRY;
    if (!cover_load(&l->cover, l->s, STATE_NOW, d, e))
        return false;
    l->own_source = cover_source(&l->cover, buf_text(&l->source_name));
    l->others_speak = l->cover.source_count > (l->own_source != NO_ENTRY);
    return own_declared(l, e) && (!l->others_speak || load_speaks(l, e));
}

void load_cover_free(struct load *l)
{
    cover_free(&l->cover);
    free(l->unit_known);
    free(l->category_known);
    free(l->unit_at);
    free(l->seen_units);
    free(l->seen_roots);
    free(l->open_units);
    free(l->open_roots);
    free(l->speaks);
    free(l->own_declared);
    free(l->spoken);
    free(l->spoken_first);
}

/* What a row claims: a unit, a category, days. */
struct claim {
    const struct load *l;
    size_t unit, category;
    struct span span;
    bool own_declared; /* found: our own declared coverage has all the days */
    bool own_speaks;   /* found: our own declared coverage speaks of these days for other units */
    size_t other;      /* found: the other source that speaks of them, NO_ENTRY */
};

static bool look_at(void *context, const struct cover_row *row)
{
    struct claim *c = context;
    if (span_is_empty(span_intersect(row->span, c->span)))
        return true;
    if (row->source == c->l->own_source) {
        c->own_declared |= row->declared == COVER_DECLARED && row->span.from <= c->span.from &&
                           row->span.to >= c->span.to;
        return true;
    }
    bool same_level = row->declared != COVER_COUNTS || row->unit == c->unit;
    size_t at = row->source * c->l->q.directory->unit_count + c->unit;
    if (same_level && (row->declared != COVER_ASSUMED || c->l->speaks[at]))
        c->other = row->source;
    return c->other == NO_ENTRY;
}

/* Does our own source declare, for any unit, days that contain these? Then the row lies outside what the
 * office says it knows, and nothing is assumed from it. */
static bool declared_elsewhere(const struct load *l, size_t root, struct span span)
{
    return l->own_declared[root].from <= span.from && l->own_declared[root].to >= span.to;
}

static bool reject_conflict(struct load *l, const struct claim *c, size_t line, const char *column,
                            struct err *e)
{
    struct buf reason = {0};
    buf_adds(&reason, tr(e->lang, "another source already speaks of these days here: "));
    buf_adds(&reason, l->cover.sources[c->other]);
    bool ok = reason.failed ? err_memory(e) : load_reject(l, line, column, reason.data, e);
    buf_free(&reason);
    return ok;
}

/* Notes the claim in seen_ and open_; rejects it where another source speaks. */
static bool take_claim(struct load *l, struct claim *c, size_t line, const char *column, bool *accepted,
                       struct err *e)
{
    if (l->cover.count)
        cover_each(&l->cover, c->unit, c->category, look_at, c);
    *accepted = c->other == NO_ENTRY;
    if (!*accepted)
        return reject_conflict(l, c, line, column, e);
    size_t root = l->q.directory->categories[c->category].root;
    l->seen_units[c->unit] = true;
    l->seen_roots[root] = true;
    widen(&l->seen, c->span);
    if (c->own_declared)
        return true;
    if (l->own_source != NO_ENTRY && declared_elsewhere(l, root, c->span)) {
        l->outside++;
        return true;
    }
    l->open_units[c->unit] = true;
    l->open_roots[root] = true;
    widen(&l->open, c->span);
    return true;
}

static day case_day(const struct row *row)
{
    const struct value *v = row->slots;
    for (int i = INC_RECEIVED_ON; i <= INC_PROSECUTED_ON; i++)
        if (v[i].type == VALUE_INT)
            return (day)v[i].as.i;
    return DAY_NONE;
}

static bool case_row_claims(struct load *l, const struct row *row, bool *accepted, struct err *e)
{
    day on = case_day(row);
    if (l->q.kind->id == KIND_OUTCOMES || on == DAY_NONE)
        return true;
    const struct category_set *set = &l->q.directory->sets[row->slots[INC_CATEGORY].as.i];
    for (size_t i = 0; *accepted && i < set->count; i++) {
        struct claim c = {.l = l,
                          .unit = l->unit_at[row->slots[INC_UNIT].as.i],
                          .category = set->categories[i],
                          .span = {on, on},
                          .other = NO_ENTRY};
        if (!take_claim(l, &c, row->line, "unit", accepted, e))
            return false;
    }
    return true;
}

/* Joins the span to what the unit and root already have, where they touch. */
bool load_cover_speak(struct load *l, size_t unit, size_t root, struct span span, struct err *e)
{
    for (size_t i = l->spoken_first[unit]; i != NO_ENTRY; i = l->spoken[i].next) {
        struct spoken *s = &l->spoken[i];
        if (s->root != root || span.from > s->span.to + 1 || span.to < s->span.from - 1)
            continue;
        widen(&s->span, span);
        return true;
    }
    void *spoken = l->spoken;
    if (!array_grow(&spoken, &l->spoken_cap, l->spoken_count + 1, sizeof *l->spoken, e))
        return false;
    l->spoken = spoken;
    l->spoken[l->spoken_count] = (struct spoken){unit, root, span, l->spoken_first[unit]};
    l->spoken_first[unit] = l->spoken_count++;
    return true;
}

static bool count_row_claims(struct load *l, const struct row *row, bool *accepted, struct err *e)
{
    const struct value *v = row->slots;
    struct claim c = {.l = l,
                      .unit = l->unit_at[v[CNT_UNIT].as.i],
                      .category = directory_category_by_id(l->q.directory, v[CNT_CATEGORY].as.i),
                      .span = {(day)v[CNT_FROM].as.i, (day)v[CNT_TO].as.i},
                      .other = NO_ENTRY};
    if (!take_claim(l, &c, row->line, "unit", accepted, e) || !*accepted)
        return !*accepted && e->code == ERR_NONE;
    if (v[CNT_COUNT].type == VALUE_NONE) {
        l->unknown_cells++;
        return true;
    }
    return load_cover_speak(l, c.unit, l->q.directory->categories[c.category].root, c.span, e);
}

static bool coverage_row_claims(struct load *l, const struct row *row, bool *accepted, struct err *e)
{
    const struct value *v = row->slots;
    struct claim c = {.l = l,
                      .unit = l->unit_at[v[COV_UNIT].as.i],
                      .category = directory_category_by_id(l->q.directory, v[COV_CATEGORY].as.i),
                      .span = {(day)v[COV_FROM].as.i, (day)v[COV_TO].as.i},
                      .other = NO_ENTRY};
    return take_claim(l, &c, row->line, "unit", accepted, e);
}

bool load_cover_row(struct load *l, const struct row *row, bool *accepted, struct err *e)
{
    *accepted = true;
    if (l->t->kind == KIND_COVERAGE)
        return coverage_row_claims(l, row, accepted, e);
    if (l->t->kind == KIND_INCIDENTS)
        return case_row_claims(l, row, accepted, e);
    if (l->t->kind == KIND_COUNTS)
        return count_row_claims(l, row, accepted, e);
    return true;
}
