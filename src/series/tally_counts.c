/* What count rows say of values. A row stands for its whole subtree on its days: whatever lies
 * below it, rows or cases, is added up to it and no further. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "series/tally_private.h"

/* Does the cell's own row stand for these days? */
static bool is_said(const struct tallying *y, size_t unit, size_t slot, size_t window,
                    struct span days)
{
    const struct said *said = tally_said(y, unit, y->scope->categories[slot], window);
    return said && spans_contain(&said->days, days);
}

/* Up the categories from `category` to under `stop`, in one unit; returns where a row stands. */
static size_t put_in_unit(struct tallying *y, size_t unit, size_t category, size_t stop,
                          size_t window, struct span days, const struct amount *a)
{
    size_t c = category;
    while (c != stop && !is_said(y, unit, c, window, days)) {
        tally_add(y->t, tally_at(y->t, unit, c, window), a);
        c = y->scope->category_parent[c];
    }
    return c;
}

void tally_put(struct tallying *y, size_t unit, size_t category, size_t window, struct span days,
               const struct amount *a)
{
    size_t stop = NO_ENTRY;
    for (size_t u = unit; u != NO_ENTRY && stop != category; u = y->scope->parent[u])
        stop = put_in_unit(y, u, category, stop, window, days, a);
}

/* A row's own value: first into its own cell, where it stands for itself. */
static void put_row(struct tallying *y, const struct count_row *row, size_t window)
{
    size_t slot = y->scope->category_slot[row->category], unit = row->unit;
    if (slot == NO_ENTRY)
        return;
    const struct category *category = &y->scope->directory->categories[row->category];
    double w = y->q->weighted ? category->weight : 1;
    struct amount a = {.n = row->n,
                       .sum = w * (double)row->n,
                       .square = y->q->weighted ? w * w * (double)row->n : NAN};
    tally_add(y->t, tally_at(y->t, unit, slot, window), &a);
    size_t above = y->scope->category_parent[slot], parent = y->scope->parent[unit];
    size_t stop =
        above == NO_ENTRY ? NO_ENTRY : put_in_unit(y, unit, above, NO_ENTRY, window, row->days, &a);
    for (; parent != NO_ENTRY && stop != slot; parent = y->scope->parent[parent])
        stop = put_in_unit(y, parent, slot, stop, window, row->days, &a);
}

/* ---- what is not known ---- */

static bool is_below(const struct directory *d, size_t above, size_t category)
{
    return above != category && directory_category_contains(d, above, category);
}

/* Takes from `days` those on which a unit has rows of categories below `above`. */
static bool take_rows_below(const struct tallying *y, size_t unit, size_t above, size_t window,
                            struct spans *days, struct err *e)
{
    const struct directory *d = y->scope->directory;
    for (size_t c = above + 1; days->count && c < d->category_count; c++) {
        const struct said *said = is_below(d, above, c) ? tally_said(y, unit, c, window) : NULL;
        if (said && !spans_subtract(days, &said->days, e))
            return false;
    }
    return true;
}

/* Takes from `days` those that others than count rows of the unit make known. */
static bool take_known(const struct tallying *y, size_t unit, struct spans *days, struct err *e)
{
    return spans_subtract(days, &y->known->cases[unit], e) &&
           spans_subtract(days, &y->rows->below[unit], e);
}

/* Keeps the first row that sticks out, to be named. */
static bool keep_coarse(struct tallying *y, const struct row_use *use, struct err *e)
{
    const struct count_row *row = &y->rows->items[use->row];
    struct tally_coarse *c = &y->t->coarse;
    size_t n = strlen(row->source) + 1;
    if (c->source && c->window <= use->window)
        return true;
    free(c->source);
    if (!(c->source = malloc(n)))
        return err_memory(e);
    memcpy(c->source, row->source, n);
    c->days = row->days;
    c->window = use->window;
    return true;
}

static void put_marks(struct tallying *y, size_t unit, size_t slot, size_t window,
                      const struct spans *days, const struct amount *a)
{
    for (size_t i = 0; i < days->count; i++)
        tally_put(y, unit, slot, window, days->items[i], a);
}

/* A row that is written empty or sticks out: its days are unknown where nothing else tells. */
static bool put_unusable(struct tallying *y, const struct row_use *use, struct err *e)
{
    const struct count_row *row = &y->rows->items[use->row];
    size_t slot = y->scope->category_slot[row->category];
    const struct said *said = tally_said(y, row->unit, row->category, use->window);
    struct amount a = {.marks = use->mark};
    struct spans days = {0};
    bool coarse = use->mark == TALLY_COARSE;
    if (slot == NO_ENTRY)
        return !coarse || keep_coarse(y, use, e);
    bool ok = spans_clip(&days, window_days(y, use->window, row->unit), row->days, e) &&
              (!said || spans_subtract(&days, &said->days, e)) &&
              take_known(y, row->unit, &days, e) &&
              take_rows_below(y, row->unit, row->category, use->window, &days, e) &&
              (!coarse || !days.count || keep_coarse(y, use, e));
    if (ok)
        put_marks(y, row->unit, slot, use->window, &days, &a);
    spans_free(&days);
    return ok;
}

/* ---- what no row says ---- */

/* A leaf of a unit in a window: the days on which it was to have a row and has none. */
struct gap {
    size_t unit, slot, window;
    struct spans days;
};

static bool find_gap(const struct tallying *y, struct gap *g, struct err *e)
{
    size_t category = y->scope->categories[g->slot];
    const struct said *said = tally_said(y, g->unit, category, g->window);
    const struct spans *days = window_days(y, g->window, g->unit);
    struct span valid = y->scope->directory->categories[category].valid;
    for (size_t i = 0; i < y->known->counts[g->unit].count; i++) {
        struct span due = span_intersect(y->known->counts[g->unit].items[i], valid);
        for (size_t j = 0; j < days->count; j++) {
            struct span x = span_intersect(days->items[j], due);
            if (!(said && spans_contain(&said->days, x)) && !spans_add(&g->days, x, e))
                return false;
        }
    }
    if (!g->days.count)
        return true;
    return (!said || spans_subtract(&g->days, &said->days, e)) &&
           take_known(y, g->unit, &g->days, e);
}

/* Takes the days on which a row stands for the category above: 0 there is 0 here, any other number
 * leaves the part unknown. */
static bool take_stated(const struct tallying *y, const struct gap *g, size_t above,
                        struct spans *open, struct spans *unknown, struct err *e)
{
    const struct said *said = tally_said(y, g->unit, above, g->window);
    struct spans stated = {0};
    if (!said)
        return true;
    bool ok = spans_intersect(&stated, open, &said->days, e) &&
              spans_subtract(&stated, &said->zero, e) && spans_add_all(unknown, &stated, e) &&
              spans_subtract(open, &said->days, e);
    spans_free(&stated);
    return ok;
}

/* The part of a gap that is unknown: climbing up, the days on which no sibling, nor a sibling of
 * what is above, has a row. On the rest the absent row is zero. */
static bool find_unknown(const struct tallying *y, const struct gap *g, struct spans *unknown,
                         struct err *e)
{
    const struct directory *d = y->scope->directory;
    size_t above = d->categories[y->scope->categories[g->slot]].parent;
    struct spans open = {0};
    bool ok = spans_add_all(&open, &g->days, e);
    for (; ok && open.count && above != NO_ENTRY; above = d->categories[above].parent)
        ok = take_rows_below(y, g->unit, above, g->window, &open, e) &&
             take_stated(y, g, above, &open, unknown, e);
    ok = ok && spans_add_all(unknown, &open, e);
    spans_free(&open);
    return ok;
}

/* Why a part is not known: its days lie in a row that sticks out, its own or one above it. */
static unsigned char gap_mark(const struct tallying *y, const struct gap *g)
{
    const struct category *categories = y->scope->directory->categories;
    for (size_t c = y->scope->categories[g->slot]; c != NO_ENTRY; c = categories[c].parent)
        if (tally_is_coarse(y, g->unit, c, g->window))
            return TALLY_COARSE;
    return TALLY_UNKNOWN;
}

static bool fill_gap(struct tallying *y, struct gap *g, struct err *e)
{
    const struct amount zero = {.absent = 1}, not_known = {.marks = gap_mark(y, g)};
    struct spans unknown = {0};
    bool ok = find_unknown(y, g, &unknown, e) && spans_subtract(&g->days, &unknown, e);
    if (ok) {
        put_marks(y, g->unit, g->slot, g->window, &unknown, &not_known);
        if (g->days.count)
            tally_put(y, g->unit, g->slot, g->window, g->days.items[0], &zero);
    }
    spans_free(&unknown);
    return ok;
}

static bool is_leaf_unit(const struct scope *s, size_t slot)
{
    return slot >= s->unit_count || s->is_leaf[slot];
}

static bool is_leaf_category(const struct scope *s, size_t slot)
{
    return !s->directory->categories[s->categories[slot]].has_children;
}

static bool fill_gaps(struct tallying *y, size_t unit, struct err *e)
{
    bool ok = true;
    for (size_t c = 0; ok && c < y->scope->category_count; c++)
        for (size_t w = 0; ok && is_leaf_category(y->scope, c) && w < y->t->window_count; w++) {
            struct gap g = {unit, c, w, {0}};
            ok = find_gap(y, &g, e) && (!g.days.count || fill_gap(y, &g, e));
            spans_free(&g.days);
        }
    return ok;
}

bool tally_put_rows(struct tallying *y, struct err *e)
{
    const struct count_rows *r = y->rows;
    bool ok = true;
    for (size_t i = 0; ok && i < r->use_count; i++)
        if (r->uses[i].mark)
            ok = put_unusable(y, &r->uses[i], e);
        else
            put_row(y, &r->items[r->uses[i].row], r->uses[i].window);
    for (size_t u = 0; ok && u < y->scope->slot_count; u++)
        ok = !y->known->counts[u].count || fill_gaps(y, u, e);
    return ok;
}

/* ---- what can be said in the end ---- */

static int64_t parts_by_category(const struct tallying *y, size_t unit, size_t slot, size_t window)
{
    int64_t sum = 0;
    for (size_t c = slot + 1; c < y->scope->category_count; c++)
        if (y->scope->category_parent[c] == slot)
            sum += y->t->counts[tally_at(y->t, unit, c, window)];
    return sum;
}

/* What the units under each unit add up to; cells as in the tally, to be freed. */
static int64_t *parts_by_unit(const struct tallying *y, struct err *e)
{
    const struct tally *t = y->t;
    size_t width = y->scope->category_count * t->window_count;
    int64_t *parts = calloc(y->scope->slot_count * width + 1, sizeof *parts);
    if (!parts)
        err_memory(e);
    for (size_t u = 0; parts && u < y->scope->slot_count; u++)
        for (size_t i = 0; y->scope->parent[u] != NO_ENTRY && i < width; i++)
            parts[y->scope->parent[u] * width + i] += t->counts[u * width + i];
    return parts;
}

static bool touches(const struct spans *a, const struct spans *b)
{
    for (size_t i = 0; i < b->count; i++)
        if (spans_touch(a, b->items[i]))
            return true;
    return false;
}

/* Something is known of what lies below the cell. */
static bool has_parts(const struct tallying *y, size_t unit, size_t slot, size_t window,
                      const struct spans *days)
{
    const struct directory *d = y->scope->directory;
    size_t above = y->scope->categories[slot];
    if (touches(&y->rows->below[unit], days) || parts_by_category(y, unit, slot, window) > 0)
        return true;
    for (size_t c = above + 1; c < d->category_count; c++)
        if (is_below(d, above, c) && tally_said(y, unit, c, window))
            return true;
    return touches(&y->known->cases[unit], days) &&
           !(is_leaf_category(y->scope, slot) && is_leaf_unit(y->scope, unit));
}

/* Rows of its own fill the window, and there are parts beside them. */
static bool is_stated(const struct tallying *y, size_t unit, size_t slot, size_t window)
{
    const struct said *said = tally_said(y, unit, y->scope->categories[slot], window);
    const struct spans *days = window_days(y, window, unit);
    bool all = said && days->count;
    for (size_t i = 0; all && i < days->count; i++)
        all = spans_contain(&said->days, days->items[i]);
    return all && has_parts(y, unit, slot, window, days);
}

static void judge_cell(struct tallying *y, size_t unit, size_t slot, size_t window,
                       const int64_t *below)
{
    size_t at = tally_at(y->t, unit, slot, window);
    if (!is_stated(y, unit, slot, window))
        return;
    bool over =
        parts_by_category(y, unit, slot, window) > y->t->counts[at] || below[at] > y->t->counts[at];
    y->t->marks[at] |= TALLY_STATED | (over ? TALLY_NEGATIVE : 0);
}

bool tally_judge_rows(struct tallying *y, struct err *e)
{
    int64_t *below = parts_by_unit(y, e);
    if (!below)
        return false;
    for (size_t u = 0; u < y->scope->slot_count; u++)
        for (size_t c = 0; c < y->scope->category_count; c++)
            for (size_t w = 0; w < y->t->window_count; w++)
                judge_cell(y, u, c, w, below);
    free(below);
    return true;
}
