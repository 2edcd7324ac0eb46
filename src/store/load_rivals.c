/* Two sources that speak of the same days, places and acts would count them twice: who else speaks?
 * What another source declared speaks for all of it; what is assumed of one, where it has cases;
 * what one states in counts, for its unit alone (a total of another level stands beside the rows
 * below it). */
#include <stdlib.h>

#include "store/load_private.h"

/* Marks a unit in which a source has cases, and those above it. */
static void mark_speaking(struct load *l, size_t source, size_t unit)
{
    const struct directory *d = l->q.directory;
    unsigned char *units = l->speaks + source * d->unit_count;
    units[unit] |= SPEAKS_HERE;
    for (size_t u = unit; u != NO_ENTRY && !(units[u] & SPEAKS_BELOW); u = d->units[u].parent)
        units[u] |= SPEAKS_BELOW;
}

/* Where another source's coverage is only assumed, it speaks for the units in which it has cases.
 */
bool load_rivals_begin(struct load *l, struct err *e)
{
    l->speaks = calloc(l->cover.source_count * l->q.directory->unit_count + 1, sizeof *l->speaks);
    struct stmt *ask = NULL;
    if (!l->speaks)
        return err_memory(e);
    if (!db_prepare(l->s->db,
                    "SELECT s.name, i.unit FROM (SELECT DISTINCT source, unit FROM incident"
                    " WHERE +load_to IS NULL) i JOIN source s ON s.id = i.source",
                    &ask, e))
        return false;
    enum db_step step;
    while ((step = db_step(ask, e)) == DB_ROW) {
        size_t source = cover_source(&l->cover, db_text(ask, 0));
        int64_t unit = db_int(ask, 1);
        if (source != NO_ENTRY && unit <= l->unit_ids && l->unit_known[unit])
            mark_speaking(l, source, l->unit_at[unit]);
    }
    db_finalize(ask);
    return step == DB_DONE &&
           db_prepare(
               l->s->db,
               "SELECT 1 FROM count_row WHERE load_to IS NULL AND source = (SELECT id FROM source"
               " WHERE name = ?1) AND unit = ?2 AND category = ?3 AND day_from <= ?5 AND day_to >= "
               "?4"
               " AND (?6 IS NULL OR basis = ?6) LIMIT 1",
               &l->stated, e);
}

/* Has the source a counts row of the claim's unit and days, of the same category (a case: or one
 * above it) and basis? What it states of other categories is another matter. */
static bool is_stated(struct claim *c, size_t source)
{
    const struct directory *d = c->l->q.directory;
    struct stmt *ask = c->l->stated;
    bool is_count = c->l->t->kind == KIND_COUNTS, found = false;
    for (size_t k = c->category; k != NO_ENTRY && c->ok && !found; k = d->categories[k].parent) {
        db_bind_text(ask, 1, c->l->cover.sources[source]);
        db_bind_int(ask, 2, d->units[c->unit].id);
        db_bind_int(ask, 3, d->categories[k].id);
        db_bind_int(ask, 4, c->span.from);
        db_bind_int(ask, 5, c->span.to);
        if (c->basis.type == VALUE_INT)
            db_bind_int(ask, 6, c->basis.as.i);
        enum db_step step = db_step(ask, c->e);
        db_reset(ask);
        found = step == DB_ROW;
        c->ok = step != DB_ERROR;
        if (is_count)
            break;
    }
    return found;
}

/* Does another source's coverage row, of the claim's unit or one above it, stand against the claim?
 */
static bool stands_against(struct claim *c, const struct cover_row *row)
{
    size_t units = c->l->q.directory->unit_count;
    if (row->declared == COVER_DECLARED)
        return true;
    if (row->declared == COVER_ASSUMED)
        return c->l->speaks[row->source * units + c->unit] & SPEAKS_HERE;
    return row->unit == c->unit &&
           is_stated(c, row->source); /* a total of another level stands beside */
}

static bool look_at(void *context, const struct cover_row *row)
{
    struct claim *c = context;
    if (span_is_empty(span_intersect(row->span, c->span)))
        return true;
    if (row->source == c->l->own_source)
        c->own_declared |= row->declared == COVER_DECLARED && row->span.from <= c->span.from &&
                           row->span.to >= c->span.to;
    else if (stands_against(c, row))
        c->other = row->source;
    return c->other == NO_ENTRY && c->ok;
}

bool load_claim_look(struct claim *c)
{
    c->other = NO_ENTRY;
    c->ok = true;
    if (c->l->cover.count)
        cover_each(&c->l->cover, c->unit, c->category, look_at, c);
    return c->ok;
}

static bool related(const struct directory *d, size_t a, size_t b)
{
    return directory_category_contains(d, a, b) || directory_category_contains(d, b, a);
}

/* What is declared of a subtree stands against whoever speaks inside it. */
static bool is_rival(const struct load *l, size_t unit, const struct cover_row *row)
{
    const struct directory *d = l->q.directory;
    const unsigned char *speaks = l->speaks + row->source * d->unit_count;
    bool above = directory_unit_contains(d, row->unit, unit),
         below = directory_unit_contains(d, unit, row->unit);
    if (row->declared == COVER_COUNTS)
        return row->unit == unit;
    if (row->declared == COVER_DECLARED)
        return above || below;
    return (above && (speaks[unit] & SPEAKS_BELOW)) ||
           (below && (speaks[row->unit] & SPEAKS_BELOW));
}

size_t load_cover_rival(const struct load *l, size_t unit, size_t category, struct span span)
{
    for (size_t i = 0; l->others_speak && i < l->cover.count; i++) {
        const struct cover_row *row = &l->cover.rows[i];
        if (row->source != l->own_source && !span_is_empty(span_intersect(row->span, span)) &&
            related(l->q.directory, row->category, category) && is_rival(l, unit, row))
            return row->source;
    }
    return NO_ENTRY;
}
