#include "series/disagree.h"

#include <stdlib.h>
#include <string.h>

#include "series/spans.h"
#include "series/tiling.h"

/* What the rows below a row add up to. */
struct parts {
    int64_t sum;
    size_t count;
    const char *source; /* of the first */
    bool several, unknown;
};

struct finding {
    struct disagreements *l;
    const struct disagree_scene *scene;
    const struct stated *rows;
    size_t *first_child, *next;   /* by unit */
    struct parts *places, *kinds; /* by row */
};

bool disagree_add(struct disagreements *l, struct disagreement d, struct err *e)
{
    void *items = l->items;
    if (!array_grow(&items, &l->cap, l->count + 1, sizeof *l->items, e))
        return false;
    l->items = items;
    l->items[l->count++] = d;
    return true;
}

void disagree_free(struct disagreements *l)
{
    free(l->items);
    *l = (struct disagreements){0};
}

static bool note(struct finding *f, enum disagree_kind kind, const struct stated_row *r,
                 int64_t other, const char *other_source, struct err *e)
{
    return disagree_add(f->l,
                        (struct disagreement){.kind = kind,
                                              .unit = r->unit,
                                              .category = r->category,
                                              .days = r->days,
                                              .basis = r->basis,
                                              .stated = r->n,
                                              .other = other,
                                              .source = r->source,
                                              .other_source = other_source,
                                              .indicator = r->indicator},
                        e);
}

/* ---- against cases ---- */

struct speaking {
    const struct disagree_scene *scene;
    struct spans days;
    const char *source;
    bool ok;
    struct err *e;
};

static bool hear(void *context, const struct cover_row *row)
{
    struct speaking *s = context;
    const char *source = s->scene->cover->sources[row->source];
    if (row->declared == COVER_COUNTS || !stated_is_speaker(s->scene->rows, source))
        return true;
    s->source = source;
    s->ok = spans_add(&s->days, row->span, s->e);
    return s->ok;
}

/* Case files speak for the unit on all days on which it exists. */
static bool is_spoken_of(const struct disagree_scene *scene, size_t unit, size_t category,
                         struct span days, bool *spoken, const char **source, struct err *e)
{
    struct span need = span_intersect(days, scene->cover->directory->units[unit].valid);
    struct speaking s = {.scene = scene, .source = *source, .ok = true, .e = e};
    cover_each(scene->cover, unit, category, hear, &s);
    *spoken = span_is_empty(need) || spans_contain(&s.days, need);
    *source = s.source;
    spans_free(&s.days);
    return s.ok;
}

bool disagree_is_covered(const struct disagree_scene *scene, size_t unit, size_t category,
                         struct span days, bool *covered, const char **source, struct err *e)
{
    const struct directory *d = scene->cover->directory;
    *source = NULL;
    bool ok = is_spoken_of(scene, unit, category, days, covered, source, e);
    if (!ok || *covered || scene->monthly->is_leaf[unit])
        return ok;
    *covered = true;
    for (size_t u = unit + 1; ok && *covered && u < d->unit_count; u++)
        if (scene->monthly->is_leaf[u] && !d->units[u].is_unknown &&
            directory_unit_contains(d, unit, u))
            ok = is_spoken_of(scene, u, category, days, covered, source, e);
    return ok;
}

static bool look_at_cases(struct finding *f, const struct stated_row *r, enum disagree_kind kind,
                          struct err *e)
{
    const char *speaks = NULL;
    bool covered = r->found > r->n;
    if (r->found == r->n || (!covered && !disagree_is_covered(f->scene, r->unit, r->category,
                                                              r->days, &covered, &speaks, e)))
        return r->found == r->n;
    if (r->found)
        speaks = r->found_several ? NULL : r->found_from;
    return !covered || note(f, kind, r, r->found, speaks, e);
}

/* ---- against rows below ---- */

static void add_part(struct parts *p, const struct stated_row *r)
{
    if (!p->count++)
        p->source = r->source;
    p->several |= strcmp(p->source, r->source) != 0;
    p->unknown |= r->n < 0;
    p->sum += r->n < 0 ? 0 : r->n;
}

static void add_to_row_above(struct finding *f, size_t i)
{
    const struct directory *d = f->rows->directory;
    const struct stated_row *r = &f->rows->rows[i];
    struct stated_row above = *r;
    size_t at;
    above.unit = d->units[r->unit].parent;
    if (above.unit != NO_ENTRY && (at = stated_find(f->rows, &above)) != NO_ENTRY)
        add_part(&f->places[at], r);
    above = *r;
    above.category = d->categories[r->category].parent;
    if (above.category != NO_ENTRY && (at = stated_find(f->rows, &above)) != NO_ENTRY)
        add_part(&f->kinds[at], r);
}

static size_t places_due(const struct finding *f, const struct stated_row *r)
{
    const struct directory *d = f->rows->directory;
    size_t due = 0;
    for (size_t u = f->first_child[r->unit]; u != NO_ENTRY; u = f->next[u])
        due += !span_is_empty(span_intersect(d->units[u].valid, r->days));
    return due;
}

static size_t kinds_due(const struct finding *f, const struct stated_row *r)
{
    const struct directory *d = f->rows->directory;
    size_t due = 0;
    for (size_t c = r->category + 1; c < d->category_count; c++)
        due += d->categories[c].parent == r->category &&
               !span_is_empty(span_intersect(d->categories[c].valid, r->days));
    return due;
}

static bool look_at_parts(struct finding *f, enum disagree_kind kind, const struct stated_row *r,
                          const struct parts *p, struct err *e)
{
    if (!p->count || p->sum == r->n)
        return true;
    bool whole =
        !p->unknown && p->count >= (kind == DISAGREE_PLACES ? places_due(f, r) : kinds_due(f, r));
    if (p->sum < r->n && !whole)
        return true;
    return note(f, kind, r, p->sum, p->several ? NULL : p->source, e);
}

/* ---- against shorter rows ---- */

static bool is_within(const struct stated_row *r, const struct stated_row *part)
{
    return part->kind == STATED_COUNTS && part->n >= 0 && part->category == r->category &&
           part->basis == r->basis && part->days.from >= r->days.from &&
           part->days.to <= r->days.to && span_days(part->days) < span_days(r->days);
}

static bool look_at_spans(struct finding *f, const struct stated_row *r, struct err *e)
{
    const struct stated *rows = f->rows;
    size_t first = rows->first[r->unit], n = rows->first[r->unit + 1] - first, count = 0;
    struct span *spans = malloc((n + 1) * sizeof *spans);
    size_t *of = malloc((n + 1) * sizeof *of);
    struct tiling t = {0};
    struct parts p = {0};
    bool ok = (spans && of) || err_memory(e);
    for (size_t i = first; ok && i < first + n; i++)
        if (is_within(r, &rows->rows[i])) {
            spans[count] = rows->rows[i].days;
            of[count++] = i;
        }
    ok = ok && tiling_init(&t, spans, count, r->days, e);
    for (size_t i = 0; ok && i < t.count; i++)
        add_part(&p, &rows->rows[of[t.chosen[i]]]);
    if (ok && p.count && (p.sum > r->n || (t.is_whole && p.sum != r->n)))
        ok = note(f, DISAGREE_PARTS, r, p.sum, p.several ? NULL : p.source, e);
    tiling_free(&t);
    free(spans);
    free(of);
    return ok;
}

/* ---- what is assumed ---- */

/* The cases of whole months in the span, where they are counted one by one. */
static int64_t cases_of(const struct monthly *m, size_t topic, size_t unit, struct span days)
{
    const struct month_cell *cells = monthly_cells(m, topic, unit);
    int64_t sum = 0;
    for (size_t i = 0; i < m->n; i++)
        if (m->months[i].from >= days.from && m->months[i].to <= days.to &&
            !monthly_is_counts(cells[i].voice))
            sum += cells[i].count;
    return sum;
}

/* Places in which others have cases and the source has none. */
static void add_elsewhere(const struct finding *f, const struct cover_row *row, size_t unit,
                          struct parts *p)
{
    const struct monthly *m = f->scene->monthly;
    size_t first = m->speaking[unit];
    if (!m->is_leaf[unit] || first == NO_ENTRY || monthly_has_cases(m, unit, row->source) ||
        !directory_unit_contains(m->directory, row->unit, unit))
        return;
    int64_t cases = cases_of(m, m->topic_of[row->category], unit, row->span);
    const char *source = m->cover->sources[m->speakers[first].source];
    if (!cases)
        return;
    if (!p->count++)
        p->source = source;
    p->several |= strcmp(p->source, source) != 0 || m->speakers[first].next != NO_ENTRY;
    p->sum += cases;
}

static bool look_at_assumed(struct finding *f, const struct cover_row *row, struct err *e)
{
    const struct monthly *m = f->scene->monthly;
    struct parts p = {0};
    if (row->declared != COVER_ASSUMED || m->cover->source_count < 2 || !m->n)
        return true;
    for (size_t u = row->unit; u < m->directory->unit_count; u++)
        add_elsewhere(f, row, u, &p);
    return !p.count ||
           disagree_add(f->l,
                        (struct disagreement){.kind = DISAGREE_ASSUMED,
                                              .unit = row->unit,
                                              .category = row->category,
                                              .days = row->span,
                                              .basis = BASIS_RECEIVED,
                                              .other = p.sum,
                                              .source = m->cover->sources[row->source],
                                              .other_source = p.several ? NULL : p.source},
                        e);
}

/* ---- all ---- */

static bool link_children(struct finding *f, struct err *e)
{
    const struct directory *d = f->rows->directory;
    f->first_child = malloc((d->unit_count + 1) * sizeof *f->first_child);
    f->next = malloc((d->unit_count + 1) * sizeof *f->next);
    f->places = calloc(f->rows->count + 1, sizeof *f->places);
    f->kinds = calloc(f->rows->count + 1, sizeof *f->kinds);
    if (!f->first_child || !f->next || !f->places || !f->kinds)
        return err_memory(e);
    for (size_t u = 0; u < d->unit_count; u++) {
        size_t p = d->units[u].parent;
        f->first_child[u] = NO_ENTRY; /* parents stand before their children */
        if (p == NO_ENTRY || d->units[u].is_unknown)
            continue;
        f->next[u] = f->first_child[p];
        f->first_child[p] = u;
    }
    return true;
}

static bool look_at_row(struct finding *f, size_t i, struct err *e)
{
    const struct stated_row *r = &f->rows->rows[i];
    if (r->n < 0)
        return true;
    if (r->kind == STATED_INDICATOR)
        return look_at_cases(f, r, r->is_denominator ? DISAGREE_DENOMINATOR : DISAGREE_NUMERATOR,
                             e);
    if (r->kind == STATED_TOTAL)
        return r->found == r->n || !stated_is_speaker(f->rows, r->source) ||
               note(f, DISAGREE_REPORTS, r, r->found, r->source, e);
    return look_at_cases(f, r, DISAGREE_CASES, e) &&
           look_at_parts(f, DISAGREE_PLACES, r, &f->places[i], e) &&
           look_at_parts(f, DISAGREE_KINDS, r, &f->kinds[i], e) &&
           (span_days(r->days) <= 31 || look_at_spans(f, r, e));
}

static int by_kind(const void *a, const void *b)
{
    const struct disagreement *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->days.from != y->days.from)
        return x->days.from < y->days.from ? -1 : 1;
    if (x->days.to != y->days.to)
        return x->days.to < y->days.to ? -1 : 1;
    return (x->category > y->category) - (x->category < y->category);
}

bool disagree_find(struct disagreements *l, const struct disagree_scene *scene, struct err *e)
{
    const struct stated *rows = scene->rows;
    struct finding f = {.l = l, .scene = scene, .rows = rows};
    bool ok = link_children(&f, e);
    for (size_t i = 0; ok && i < scene->cover->count; i++)
        ok = look_at_assumed(&f, &scene->cover->rows[i], e);
    for (size_t i = 0; ok && i < rows->count; i++)
        if (rows->rows[i].kind == STATED_COUNTS)
            add_to_row_above(&f, i);
    for (size_t i = 0; ok && i < rows->count; i++)
        ok = look_at_row(&f, i, e);
    if (ok && l->count)
        qsort(l->items, l->count, sizeof *l->items, by_kind);
    free(f.first_child);
    free(f.next);
    free(f.places);
    free(f.kinds);
    return ok;
}
