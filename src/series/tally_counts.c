/* Count rows in a tally. A row states the total of its whole subtree; a window uses the rows that lie inside
 * it, the longest first, so that a year's total is not added to its months. */
#include <stdlib.h>

#include "series/tally_private.h"

/* Rows of one unit x category, as they come in key order (source, unit, category, days). */
struct group {
    struct tallying *y;
    size_t unit, category; /* slot; directory index */
    struct row *rows;
    size_t count, cap;
};

static int longest_first(const void *a, const void *b)
{
    const struct value *x = ((const struct row *)a)->slots, *y = ((const struct row *)b)->slots;
    int64_t dx = x[CNT_TO].as.i - x[CNT_FROM].as.i, dy = y[CNT_TO].as.i - y[CNT_FROM].as.i;
    if (dx != dy)
        return dx > dy ? -1 : 1;
    return (x[CNT_FROM].as.i > y[CNT_FROM].as.i) - (x[CNT_FROM].as.i < y[CNT_FROM].as.i);
}

static struct span row_span(const struct row *r)
{
    return (struct span){(day)r->slots[CNT_FROM].as.i, (day)r->slots[CNT_TO].as.i};
}

static const struct value *counted(const struct tallying *y, const struct row *r)
{
    static const int slot[] = {CNT_COUNT, CNT_ACCEPTED, CNT_OFFENDERS, CNT_VICTIMS};
    return &r->slots[slot[y->q->count]];
}

/* Takes one row into one window, unless a longer row took some of its days. Rows of categories outside the
 * scope only tell what there is beside it. */
static bool take_row(struct group *g, const struct row *r, size_t w, struct spans *taken, struct err *e)
{
    struct tallying *y = g->y;
    struct span span = row_span(r);
    const struct spans *days = window_days(&y->windows[w], g->unit);
    size_t slot = y->t->scope->category_slot[g->category];
    if (spans_touch(taken, span) || !spans_touch(days, span))
        return true;
    bool inside = spans_contain(days, span);
    y->present[tally_present_at(y, g->unit, g->category, w)] |= inside ? PRESENT_ROWS : PRESENT_COARSE;
    if (slot == NO_ENTRY)
        return spans_add(taken, span, e);
    size_t at = tally_at(y->t, g->unit, slot, w);
    if (!inside) {
        y->t->marks[at] |= TALLY_COARSE;
        return true;
    }
    const struct value *v = counted(y, r);
    if (v->type == VALUE_NONE)
        y->empty[at] = 1;
    else
        y->stated[at] += v->as.i;
    y->t->marks[at] |= y->empty[at] ? TALLY_UNKNOWN : 0;
    y->filled[at] += (int32_t)span_days(span);
    y->t->counts_rows++;
    return spans_add(taken, span, e);
}

static bool settle_group(struct group *g, struct err *e)
{
    qsort(g->rows, g->count, sizeof *g->rows, longest_first);
    bool ok = true;
    for (size_t w = 0; ok && w < g->y->t->window_count; w++) {
        struct spans taken = {0};
        for (size_t i = 0; ok && i < g->count; i++)
            ok = take_row(g, &g->rows[i], w, &taken, e);
        /* a coarse row matters only where finer ones leave days open */
        size_t slot = g->y->t->scope->category_slot[g->category];
        size_t at = slot == NO_ENTRY ? 0 : tally_at(g->y->t, g->unit, slot, w);
        if (slot != NO_ENTRY && g->y->filled[at] >= spans_days(window_days(&g->y->windows[w], g->unit)))
            g->y->t->marks[at] &= (unsigned char)~TALLY_COARSE;
        spans_free(&taken);
    }
    g->count = 0;
    return ok;
}

static bool add_count_row(void *context, const struct row *row, const struct row_info *info, struct err *e)
{
    (void)info;
    struct group *g = context;
    const struct scope *s = g->y->t->scope;
    int64_t id = row->slots[CNT_UNIT].as.i;
    size_t unit = id <= g->y->unit_ids ? g->y->unit_of[id] : NO_ENTRY;
    size_t category = directory_category_by_id(s->directory, row->slots[CNT_CATEGORY].as.i);
    if (unit == NO_ENTRY || category == NO_ENTRY || row->slots[CNT_BASIS].as.i != (int64_t)g->y->q->basis)
        return true;
    if (g->count && (unit != g->unit || category != g->category) && !settle_group(g, e))
        return false;
    void *rows = g->rows;
    if (!array_grow(&rows, &g->cap, g->count + 1, sizeof *g->rows, e))
        return false;
    g->rows = rows;
    g->unit = unit;
    g->category = category;
    g->rows[g->count++] = *row;
    return true;
}

bool tally_read_counts(struct tallying *y, struct store *s, struct err *e)
{
    struct group g = {.y = y};
    bool ok = store_each_row(s, y->q->state, KIND_COUNTS, add_count_row, &g, e) &&
              (!g.count || settle_group(&g, e));
    free(g.rows);
    return ok;
}

/* ---- rolling up ---- */

/* Days of a window on which a counts file is expected to have a row of the category: those it speaks for,
 * within the category's validity. */
static int64_t expected_days(const struct tallying *y, size_t unit, size_t category, size_t w)
{
    const struct scope *s = y->t->scope;
    const struct spans *days = window_days(&y->windows[w], unit), *said = &y->known->counts[unit];
    struct span valid = s->directory->categories[s->categories[category]].valid;
    int64_t n = 0;
    for (size_t i = 0; i < days->count; i++)
        for (size_t j = 0; j < said->count; j++)
            n += span_days(span_intersect(span_intersect(days->items[i], said->items[j]), valid));
    return n;
}

static bool is_leaf_category(const struct scope *s, size_t category)
{
    return !s->directory->categories[s->categories[category]].has_children;
}

/* The rows taken fill every day of the unit's window. */
static bool fills(const struct tallying *y, size_t unit, size_t at, size_t w)
{
    return y->filled[at] && y->filled[at] >= spans_days(window_days(&y->windows[w], unit));
}

/* A unit x category x window: parts are in counts; decides between them and what is stated. */
static void settle_cell(struct tallying *y, size_t unit, size_t category, size_t w)
{
    struct tally *t = y->t;
    size_t at = tally_at(t, unit, category, w);
    bool leaf = is_leaf_category(t->scope, category);
    t->parts[at] = t->counts[at];
    if (leaf && !(t->marks[at] & (TALLY_UNKNOWN | TALLY_COARSE)) && y->known->counts[unit].count &&
        y->filled[at] < expected_days(y, unit, category, w))
        t->absent[at]++;
    if (!y->filled[at])
        return;
    bool full = fills(y, unit, at, w);
    if (!full && (!leaf || t->counts[at]))
        return;
    if (full && !y->empty[at]) /* what is unknown below a stated total matters no more */
        t->marks[at] &= (unsigned char)~(TALLY_UNKNOWN | TALLY_COARSE);
    t->marks[at] |= full && !leaf ? TALLY_STATED : 0;
    t->marks[at] |= t->counts[at] > y->stated[at] ? TALLY_NEGATIVE : 0;
    t->counts[at] = y->stated[at];
}

static void add_cell(struct tally *t, size_t into, size_t from)
{
    t->counts[into] += t->counts[from];
    t->marks[into] |= t->marks[from] & (TALLY_UNKNOWN | TALLY_COARSE);
    if (t->sums) {
        t->sums[into] += t->sums[from];
        t->squares[into] += t->squares[from];
        t->blank[into] += t->blank[from];
    }
    if (t->absent)
        t->absent[into] += t->absent[from];
}

static void settle(struct tallying *y, size_t unit, size_t category)
{
    struct tally *t = y->t;
    for (size_t w = 0; y->has_counts && w < t->window_count; w++)
        settle_cell(y, unit, category, w);
}

static void roll_categories(struct tallying *y, size_t unit)
{
    struct tally *t = y->t;
    for (size_t c = t->scope->category_count; c-- > 0;) {
        settle(y, unit, c);
        size_t p = t->scope->category_parent[c];
        for (size_t w = 0; p != NO_ENTRY && w < t->window_count; w++)
            add_cell(t, tally_at(t, unit, p, w), tally_at(t, unit, c, w));
    }
}

/* Children stand behind their parents: going backwards, a unit's own value is complete before it is added to
 * its parent's. A parent with a stated total of its own keeps it. */
void tally_roll_up(struct tallying *y)
{
    struct tally *t = y->t;
    for (size_t u = t->scope->unit_count; u-- > 0;)
        roll_categories(y, u);
    for (size_t u = t->scope->unit_count; u-- > 0;) {
        size_t p = t->scope->parent[u];
        for (size_t c = 0; p != NO_ENTRY && c < t->scope->category_count; c++)
            for (size_t w = 0; w < t->window_count; w++) {
                size_t into = tally_at(t, p, c, w);
                if (!y->has_counts || !fills(y, p, into, w))
                    add_cell(t, into, tally_at(t, u, c, w));
                else
                    t->parts[into] += t->counts[tally_at(t, u, c, w)];
            }
    }
}
