/* export cells: the lines, in the order of units, categories, days. */
#include "cli/export_cells.h"

#include <stdlib.h>
#include <string.h>

#include "cli/cover_part.h"

/* A fact in one of the lines that it counts in. */
struct entry {
    size_t line, fact;
};

/* The lines made from cases: some units x some categories, by slot. */
struct lines {
    struct cells *c;
    size_t *units, *categories;
    size_t unit_count, category_count;
    size_t *unit_line, *category_line; /* slot -> place in the two above, NO_ENTRY */
    size_t *same;                      /* unit slot -> the next of its code, round to itself */
    struct cover cover;                /* what is known by cases */
    struct known *known;               /* by place in categories */
    struct entry *entries;             /* by line */
    size_t entry_count, entry_cap;
    struct cell_piece *pieces; /* of the line at hand */
    size_t piece_count, piece_cap;
    size_t entry_at, stated_at; /* the first not yet written */
    int64_t outside;            /* cases on days that nobody speaks for */
};

/* ---- which lines there are ---- */

static bool alloc_lines(struct lines *l, struct err *e)
{
    size_t nu = l->c->x->scope.unit_count + 1, nc = l->c->x->scope.category_count + 1;
    l->units = malloc(nu * sizeof *l->units);
    l->unit_line = malloc(nu * sizeof *l->unit_line);
    l->categories = malloc(nc * sizeof *l->categories);
    l->category_line = malloc(nc * sizeof *l->category_line);
    l->known = calloc(nc, sizeof *l->known);
    l->same = malloc(nu * sizeof *l->same);
    return (l->same && l->units && l->unit_line && l->categories && l->category_line && l->known) ||
           err_memory(e);
}

static void choose_lines(struct lines *l)
{
    const struct cells *c = l->c;
    const struct scope *s = &c->x->scope;
    for (size_t u = 0; u < s->unit_count; u++) {
        bool has = s->is_leaf[u] || c->named_units[u];
        l->unit_line[u] = has ? l->unit_count : NO_ENTRY;
        l->units[l->unit_count] = u;
        l->unit_count += has;
    }
    for (size_t k = 0; k < s->category_count; k++) {
        bool has =
            !s->directory->categories[s->categories[k]].has_children || c->named_categories[k];
        l->category_line[k] = has ? l->category_count : NO_ENTRY;
        l->categories[l->category_count] = k;
        l->category_count += has;
    }
}

struct coded {
    const char *code;
    size_t slot;
};

static int by_code(const void *a, const void *b)
{
    const struct coded *x = a, *y = b;
    int order = strcmp(x->code, y->code);
    return order ? order : (x->slot > y->slot) - (x->slot < y->slot);
}

/* A code that outlived a reform names one place after the other: in a file it is one. */
static bool find_same(struct lines *l, struct err *e)
{
    const struct scope *s = &l->c->x->scope;
    struct coded *coded = malloc((s->unit_count + 1) * sizeof *coded);
    if (!coded)
        return err_memory(e);
    for (size_t u = 0; u < s->unit_count; u++)
        coded[u] = (struct coded){s->directory->units[s->units[u]].code, u};
    qsort(coded, s->unit_count, sizeof *coded, by_code);
    for (size_t i = 0, first = 0; i < s->unit_count; i++) {
        bool last = i + 1 == s->unit_count || strcmp(coded[i].code, coded[i + 1].code);
        l->same[coded[i].slot] = coded[last ? first : i + 1].slot;
        first = last ? i + 1 : first;
    }
    free(coded);
    return true;
}

static bool find_known(struct lines *l, struct err *e)
{
    const struct export *x = l->c->x;
    bool ok = cover_part_init(&l->cover, &x->session.cover, COVER_COUNTS, x->source, e);
    for (size_t k = 0; ok && k < l->category_count; k++)
        ok = known_init(&l->known[k], &x->scope, &l->cover, x->scope.categories[l->categories[k]],
                        e);
    return ok;
}

static bool add_entry(struct lines *l, size_t unit_line, size_t category_line, size_t fact,
                      struct err *e)
{
    void *entries = l->entries;
    if (!array_grow(&entries, &l->entry_cap, l->entry_count + 1, sizeof *l->entries, e))
        return false;
    l->entries = entries;
    l->entries[l->entry_count++] =
        (struct entry){unit_line * l->category_count + category_line, fact};
    return true;
}

/* In the lines of a category and those above it. */
static bool place_in_unit(struct lines *l, size_t unit, size_t fact, struct err *e)
{
    const struct scope *s = &l->c->x->scope;
    bool ok = true;
    if (l->unit_line[unit] == NO_ENTRY)
        return true;
    for (size_t k = l->c->facts[fact].category; ok && k != NO_ENTRY; k = s->category_parent[k])
        ok = l->category_line[k] == NO_ENTRY ||
             add_entry(l, l->unit_line[unit], l->category_line[k], fact, e);
    return ok;
}

/* A fact counts in its own line, in those above it, and in those of the same codes: a report that
 * was open when the old place ended is carried over to the new one. */
static bool place_fact(struct lines *l, size_t fact, struct err *e)
{
    bool ok = true;
    for (size_t u = l->c->facts[fact].unit; ok && u != NO_ENTRY; u = l->c->x->scope.parent[u]) {
        size_t v = u;
        do
            ok = place_in_unit(l, v, fact, e);
        while (ok && (v = l->same[v]) != u);
    }
    return ok;
}

static int by_line(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return (x->line > y->line) - (x->line < y->line);
}

static bool lines_init(struct lines *l, struct cells *c, struct err *e)
{
    *l = (struct lines){.c = c};
    if (!alloc_lines(l, e))
        return false;
    choose_lines(l);
    bool ok = find_same(l, e) && find_known(l, e);
    for (size_t i = 0; ok && i < c->fact_count; i++)
        ok = place_fact(l, i, e);
    if (ok && l->entry_count)
        qsort(l->entries, l->entry_count, sizeof *l->entries, by_line);
    return ok;
}

static void lines_free(struct lines *l)
{
    for (size_t k = 0; l->known && k < l->category_count; k++)
        known_free(&l->known[k]);
    cover_part_free(&l->cover);
    free(l->units);
    free(l->unit_line);
    free(l->categories);
    free(l->category_line);
    free(l->known);
    free(l->same);
    free(l->entries);
    free(l->pieces);
}

/* ---- writing ---- */

/* calendar: 12-15 where months are named after their end. */
static bool write_row(struct export *x, const struct stated_row *r, struct err *e)
{
    static const char *const bases[] = {"received", "occurred", "prosecuted"};
    const struct directory *d = x->scope.directory;
    char label[32];
    export_period(r->span, r->calendar, label);
    sheet_text(&x->sheet, d->units[x->scope.units[r->unit]].code);
    sheet_text(&x->sheet, d->categories[x->scope.categories[r->category]].code);
    sheet_text(&x->sheet, label);
    sheet_amount(&x->sheet, r->numbers[NUMBER_COUNT]);
    sheet_text(&x->sheet, bases[r->basis]);
    sheet_text(&x->sheet, calendar_name(r->calendar));
    for (int i = NUMBER_OFFENDERS; i < NUMBER_TOTAL; i++)
        sheet_amount(&x->sheet, r->numbers[i]);
    sheet_int(&x->sheet, r->synthetic);
    sheet_text(&x->sheet, buf_text(&x->office));
    return sheet_end_row(&x->sheet, e);
}

/* Count rows before the place (unit, category, days): NULL days: all before the line. */
static bool write_stated(struct lines *l, size_t unit, size_t category, const struct span *days,
                         struct err *e)
{
    struct cells *c = l->c;
    bool ok = true;
    for (; ok && l->stated_at < c->stated_count; l->stated_at++) {
        const struct stated_row *r = &c->stated[l->stated_at];
        bool same = r->unit == unit && r->category == category;
        bool before =
            r->unit < unit || (r->unit == unit && r->category < category) ||
            (same && days && cells_compare_days(r->span, r->basis, *days, c->x->basis) < 0);
        if (!before)
            break;
        ok = write_row(c->x, r, e);
    }
    return ok;
}

/* A count row with the same key states it already. */
static bool is_stated(const struct lines *l, size_t unit, size_t category, struct span days)
{
    const struct cells *c = l->c;
    const struct stated_row *r = &c->stated[l->stated_at];
    return l->stated_at < c->stated_count && r->unit == unit && r->category == category &&
           !cells_compare_days(r->span, r->basis, days, c->x->basis);
}

static bool is_zero(const struct cell_piece *p)
{
    for (int i = 0; i < NUMBER_TOTAL; i++)
        if (p->numbers[i])
            return false;
    return true;
}

/* Days on which the place did not exist need no row, unless something is recorded of it then and no
 * other place has taken over its code. */
static bool is_needed(const struct lines *l, size_t unit, const struct cell_piece *p)
{
    const struct directory *d = l->c->x->scope.directory;
    size_t index = l->c->x->scope.units[unit];
    size_t then = directory_unit_by_code(d, d->units[index].code, p->span.from);
    return p->expected || ((then == NO_ENTRY || then == index) && !is_zero(p));
}

/* With another basis than the receipt, what was carried over and closed does not belong to the row.
 */
static void fill_row(const struct lines *l, const struct cell_piece *p, struct stated_row *r)
{
    const struct export *x = l->c->x;
    r->span = p->span;
    r->basis = x->basis;
    r->calendar = x->session.calendar;
    r->synthetic = x->session.synthetic;
    memcpy(r->numbers, p->numbers, sizeof r->numbers);
    if (x->basis != BASIS_RECEIVED) {
        for (int i = NUMBER_CARRIED_OVER; i <= NUMBER_OVERDUE; i++)
            r->numbers[i] = -1;
        r->numbers[NUMBER_SUSPENDED] = -1;
    }
    if (!cells_tell_support(l->c, r->category))
        r->numbers[NUMBER_SUPPORTED] = -1;
}

static bool write_pieces(struct lines *l, size_t unit, size_t category, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < l->piece_count; i++) {
        const struct cell_piece *p = &l->pieces[i];
        struct stated_row r = {.unit = unit, .category = category};
        if (!is_needed(l, unit, p))
            continue;
        fill_row(l, p, &r);
        ok = write_stated(l, unit, category, &p->span, e) &&
             (is_stated(l, unit, category, p->span) || write_row(l->c->x, &r, e));
    }
    return ok;
}

static void add_entries(struct lines *l, size_t line, size_t unit, size_t category)
{
    const struct export *x = l->c->x;
    for (; l->entry_at < l->entry_count && l->entries[l->entry_at].line == line; l->entry_at++) {
        const struct case_fact *f = &l->c->facts[l->entries[l->entry_at].fact];
        bool placed = cell_add(l->pieces, l->piece_count, f, x->basis == BASIS_RECEIVED);
        l->outside += !placed && f->is_first && f->is_case && f->unit == unit &&
                      f->category == category && f->on != DAY_NONE && span_has(x->span, f->on);
    }
}

static bool write_line(struct lines *l, size_t unit_line, size_t category_line, struct err *e)
{
    const struct export *x = l->c->x;
    size_t unit = l->units[unit_line], category = l->categories[category_line];
    const struct directory *d = x->scope.directory;
    struct span valid = span_intersect(d->units[x->scope.units[unit]].valid,
                                       d->categories[x->scope.categories[category]].valid);
    struct spans days = {0};
    bool ok = cells_days(l->c, unit, category, &l->known[category_line].spans[unit], &days, e) &&
              cell_pieces(&days, x->span, x->session.calendar, valid, &l->pieces, &l->piece_count,
                          &l->piece_cap, e);
    spans_free(&days);
    if (!ok)
        return false;
    add_entries(l, unit_line * l->category_count + category_line, unit, category);
    return write_stated(l, unit, category, NULL, e) && write_pieces(l, unit, category, e);
}

static bool write_head(struct export *x, struct err *e)
{
    static const char *const heads[] = {
        "unit",      "category", "period",    "count",        "basis",       "calendar",
        "offenders", "victims",  "accepted",  "carried_over", "transferred", "resolved",
        "overdue",   "solved",   "supported", "suspended",    "synthetic",   "source"};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        sheet_text(&x->sheet, heads[i]);
    return sheet_end_row(&x->sheet, e);
}

static bool write_lines(struct lines *l, struct err *e)
{
    bool ok = write_head(l->c->x, e);
    for (size_t u = 0; ok && u < l->unit_count; u++)
        for (size_t k = 0; ok && k < l->category_count; k++)
            ok = write_line(l, u, k, e);
    return ok && write_stated(l, NO_ENTRY, 0, NULL, e);
}

static void add_notices(const struct lines *l)
{
    struct export *x = l->c->x;
    enum lang lang = x->session.lang;
    if (l->outside)
        buf_addf(&x->notices,
                 tr(lang, "%lld cases on days that the coverage does not hold are left out\n"),
                 (long long)l->outside);
    if (l->c->undated)
        buf_addf(&x->notices,
                 tr(lang, "%lld cases without a date on this basis are in no month and left out\n"),
                 (long long)l->c->undated);
}

bool export_cells(struct export *x, struct err *e)
{
    struct cells c = {0};
    struct lines l = {0};
    bool ok = cells_read(&c, x, e) && lines_init(&l, &c, e) && write_lines(&l, e);
    if (ok)
        add_notices(&l);
    lines_free(&l);
    cells_free(&c);
    return ok;
}
