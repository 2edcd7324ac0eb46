/* Coverage while a load runs: what each row speaks of, and whether another source speaks of it
 * already. */
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

static void widen(struct span *s, struct span by)
{
    s->from = by.from < s->from ? by.from : s->from;
    s->to = by.to > s->to ? by.to : s->to;
}

/* By root: from the first to the last day that our own source has declared, for whatever units. A
 * nil return is of its own unit: of the others nothing was said. */
static bool own_declared(struct load *l, struct err *e)
{
    const struct directory *d = l->q.directory;
    struct stmt *ask = NULL;
    l->own_declared = calloc(d->category_count + 1, sizeof *l->own_declared);
    if (!l->own_declared)
        return err_memory(e);
    for (size_t c = 0; c < d->category_count; c++)
        l->own_declared[c] = (struct span){DAY_MAX, DAY_MIN};
    if (!db_prepare(l->s->db,
                    "SELECT c.category, c.day_from, c.day_to FROM coverage c JOIN load m"
                    " ON m.id = c.made_by WHERE c.load_to IS NULL AND c.source = ?1"
                    " AND c.declared = ?2 AND m.file <> ?3",
                    &ask, e))
        return false;
    db_bind_int(ask, 1, l->source);
    db_bind_int(ask, 2, COVER_DECLARED);
    db_bind_text(ask, 3, LOAD_NIL);
    enum db_step step;
    while ((step = db_step(ask, e)) == DB_ROW) {
        size_t c = directory_category_by_id(d, db_int(ask, 0));
        widen(&l->own_declared[d->categories[c].root],
              (struct span){(day)db_int(ask, 1), (day)db_int(ask, 2)});
    }
    db_finalize(ask);
    return step == DB_DONE;
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
    return own_declared(l, e) && (!l->others_speak || load_rivals_begin(l, e));
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
    db_finalize(l->stated);
    free(l->own_declared);
    free(l->spoken);
    free(l->spoken_first);
}

static bool reject_conflict(struct load *l, size_t other, size_t line, struct err *e)
{
    struct buf reason = {0};
    buf_addf(
        &reason,
        tr(e->lang, "source %s already speaks of these days here: name that --source, or undo it"),
        l->cover.sources[other]);
    bool ok = reason.failed ? err_memory(e) : load_reject(l, line, "unit", reason.data, e);
    buf_free(&reason);
    return ok;
}

/* ---- what the file speaks of ---- */

static bool under_one(const struct directory *d, const size_t *units, size_t count, size_t unit)
{
    bool found = !count;
    for (size_t i = 0; !found && i < count; i++)
        found = directory_unit_contains(d, units[i], unit);
    return found;
}

static bool of_one(const struct directory *d, const size_t *categories, size_t count,
                   size_t category)
{
    bool found = !count;
    for (size_t i = 0; !found && i < count; i++)
        found = directory_category_contains(d, categories[i], category);
    return found;
}

/* Inside what --covers says; where it names no units or categories it is of all that appear. */
static bool is_claimed(const struct claim *c)
{
    const struct coverage_claim *q = c->l->q.claim;
    return q->span.from <= c->span.from && q->span.to >= c->span.to &&
           under_one(c->l->q.directory, q->units, q->unit_count, c->unit) &&
           of_one(c->l->q.directory, q->categories, q->category_count, c->category);
}

/* Does our own source declare, for any unit, days that contain these? Then the row lies outside
 * what the office says it knows, and nothing is assumed from it. */
static bool declared_elsewhere(const struct load *l, size_t root, struct span span)
{
    return l->own_declared[root].from <= span.from && l->own_declared[root].to >= span.to;
}

/* Notes the claim in seen_ and open_; true if it lies outside what is declared. */
static bool note_claim(const struct claim *c)
{
    struct load *l = c->l;
    size_t root = l->q.directory->categories[c->category].root;
    l->seen_units[c->unit] = true;
    l->seen_roots[root] = true;
    widen(&l->seen, c->span);
    if (c->own_declared)
        return false;
    if (l->q.claim)
        return !is_claimed(c);
    if (declared_elsewhere(l, root, c->span))
        return true;
    l->open_units[c->unit] = true;
    l->open_roots[root] = true;
    widen(&l->open, c->span);
    return false;
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
    struct claim claims[CATEGORY_SET_MAX];
    bool outside = false;
    for (size_t i = 0; i < set->count; i++) {
        claims[i] = (struct claim){.l = l,
                                   .unit = l->unit_at[row->slots[INC_UNIT].as.i],
                                   .category = set->categories[i],
                                   .span = {on, on},
                                   .e = e};
        if (!load_claim_look(&claims[i]))
            return false;
        *accepted = claims[i].other == NO_ENTRY;
        if (!*accepted)
            return reject_conflict(l, claims[i].other, row->line, e);
    }
    for (size_t i = 0; i < set->count; i++)
        outside |= note_claim(&claims[i]);
    l->outside += outside;
    return true;
}

static bool touches(struct span a, struct span b)
{
    return a.from <= b.to + 1 && a.to >= b.from - 1;
}

/* The spans of one unit and root never touch: a new one swallows those that it touches. */
bool load_cover_speak(struct load *l, size_t unit, size_t root, struct span span, struct err *e)
{
    struct spoken *home = NULL;
    for (size_t *at = &l->spoken_first[unit]; *at != NO_ENTRY;) {
        struct spoken *s = &l->spoken[*at];
        bool joins = s->root == root && touches(s->span, span);
        if (joins && home) {
            widen(&home->span, s->span);
            *at = s->next;
            continue;
        }
        if (joins) {
            widen(&s->span, span);
            home = s;
        }
        at = &s->next;
    }
    if (home)
        return true;
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
                      .basis = v[CNT_BASIS],
                      .e = e};
    if (!load_claim_look(&c))
        return false;
    *accepted = c.other == NO_ENTRY;
    if (!*accepted)
        return reject_conflict(l, c.other, row->line, e);
    note_claim(&c);
    l->bases |= 1U << v[CNT_BASIS].as.i;
    return v[CNT_COUNT].type == VALUE_NONE ||
           load_cover_speak(l, c.unit, l->q.directory->categories[c.category].root, c.span, e);
}

static bool coverage_row_claims(struct load *l, const struct row *row, bool *accepted,
                                struct err *e)
{
    const struct value *v = row->slots;
    struct claim c = {.l = l,
                      .unit = l->unit_at[v[COV_UNIT].as.i],
                      .category = directory_category_by_id(l->q.directory, v[COV_CATEGORY].as.i),
                      .span = {(day)v[COV_FROM].as.i, (day)v[COV_TO].as.i}};
    size_t rival = load_cover_rival(l, c.unit, c.category, c.span);
    *accepted = rival == NO_ENTRY;
    if (!*accepted)
        return reject_conflict(l, rival, row->line, e);
    note_claim(&c);
    return true;
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
