#include "series/tally.h"

#include <stdlib.h>
#include <string.h>

#include "series/tally_private.h"

static size_t cell_count(const struct tally *t)
{
    return t->scope->unit_count * t->scope->category_count * t->window_count + 1;
}

static bool alloc_cells(struct tallying *y, struct err *e)
{
    struct tally *t = y->t;
    size_t n = cell_count(t);
    bool amounts = y->q->weighted || y->q->count == COUNT_OFFENDERS || y->q->count == COUNT_VICTIMS;
    bool ok = (t->counts = calloc(n, sizeof *t->counts)) && (t->marks = calloc(n, 1));
    if (ok && amounts)
        ok = (t->sums = calloc(n, sizeof *t->sums)) && (t->squares = calloc(n, sizeof *t->squares)) &&
             (t->blank = calloc(n, sizeof *t->blank));
    if (ok && y->has_counts)
        ok = (t->parts = calloc(n, sizeof *t->parts)) && (t->absent = calloc(n, sizeof *t->absent)) &&
             (y->stated = calloc(n, sizeof *y->stated)) && (y->filled = calloc(n, sizeof *y->filled)) &&
             (y->empty = calloc(n, 1)) &&
             (y->present = calloc(t->scope->unit_count * t->scope->directory->category_count *
                                          t->window_count + 1, 1));
    return ok || err_memory(e);
}

static bool map_units(struct tallying *y, struct err *e)
{
    const struct scope *s = y->t->scope;
    for (size_t u = 0; u < s->directory->unit_count; u++)
        if (s->directory->units[u].id > y->unit_ids)
            y->unit_ids = s->directory->units[u].id;
    y->unit_of = malloc(((size_t)y->unit_ids + 1) * sizeof *y->unit_of);
    if (!y->unit_of)
        return err_memory(e);
    for (int64_t i = 0; i <= y->unit_ids; i++)
        y->unit_of[i] = NO_ENTRY;
    for (size_t u = 0; u < s->directory->unit_count; u++)
        y->unit_of[s->directory->units[u].id] = s->unit_slot[u];
    return true;
}

/* Offenders and victims "of the root" (contract 2): children as victims on XHTE, as offenders on U18. */
static int64_t amount_of(const struct tallying *y, const struct case_row *row, size_t category)
{
    const struct directory *d = y->t->scope->directory;
    const char *root = d->categories[d->categories[category].root].code;
    if (y->q->count == COUNT_OFFENDERS)
        return strcmp(root, "U18") ? row->offenders : row->offenders_u18;
    return strcmp(root, "XHTE") ? row->victims : row->victims_u16;
}

static void add_amount(struct tallying *y, const struct case_row *row, size_t category, size_t at)
{
    struct tally *t = y->t;
    int64_t n = y->q->weighted ? 1 : amount_of(y, row, category);
    double w = y->q->weighted ? t->scope->directory->categories[category].weight : (double)n;
    if (n < 0) {
        t->blank[at]++;
        return;
    }
    t->counts[at] += n;
    t->sums[at] += w;
    t->squares[at] += w * w;
}

static void add_to_windows(struct tallying *y, const struct case_row *row, size_t unit, size_t category)
{
    struct tally *t = y->t;
    size_t first = tally_at(t, unit, t->scope->category_slot[category], 0);
    for (size_t w = 0; w < t->window_count; w++) {
        if (!spans_has(window_days(&y->windows[w], unit), row->on))
            continue;
        if (t->sums)
            add_amount(y, row, category, first + w);
        else
            t->counts[first + w]++;
    }
}

/* A case is a report unless it proved unfounded or is another office's (contract 2). */
static bool counts_as_case(const struct case_row *row)
{
    return row->outcome != OUTCOME_UNFOUNDED && row->outcome != OUTCOME_TRANSFERRED;
}

static void add_case(void *context, const struct case_row *row)
{
    struct tallying *y = context;
    const struct scope *s = y->t->scope;
    size_t unit = row->unit <= y->unit_ids ? y->unit_of[row->unit] : NO_ENTRY;
    if (unit == NO_ENTRY || row->set >= s->directory->set_count ||
        (y->q->count != COUNT_REPORTS && !counts_as_case(row)))
        return;
    const struct category_set *set = &s->directory->sets[row->set];
    for (size_t i = 0; i < set->count; i++)
        if (s->category_slot[set->categories[i]] != NO_ENTRY)
            add_to_windows(y, row, unit, set->categories[i]);
}

/* From the first to the last day that any window has. */
static struct span windows_reach(const struct tallying *y)
{
    struct span all = {DAY_MAX, DAY_MIN};
    for (size_t w = 0; w < y->t->window_count; w++) {
        size_t n = y->windows[w].by_unit ? y->t->scope->unit_count : 1;
        for (size_t u = 0; u < n; u++) {
            const struct spans *s = window_days(&y->windows[w], u);
            if (s->count && s->items[0].from < all.from)
                all.from = s->items[0].from;
            if (s->count && spans_end(s) > all.to)
                all.to = spans_end(s);
        }
    }
    return all;
}

static bool read_cases(struct tallying *y, struct store *s, struct err *e)
{
    struct case_query q = {.state = y->q->state,
                           .basis = y->q->basis,
                           .span = windows_reach(y),
                           .as_of = y->q->as_of,
                           .amounts = y->q->count == COUNT_OFFENDERS || y->q->count == COUNT_VICTIMS};
    if (span_is_empty(q.span))
        return true;
    return y->q->undated ? store_each_undated(s, &q, add_case, y, e)
                         : store_each_case(s, &q, add_case, y, e);
}

static bool any_counts(const struct known *known)
{
    for (size_t u = 0; known && u < known->unit_count; u++)
        if (known->counts[u].count)
            return true;
    return false;
}

bool tally_init(struct tally *t, struct store *s, const struct scope *scope, const struct tally_query *q,
                const struct window *windows, size_t window_count, const struct known *known,
                struct err *e)
{
    *t = (struct tally){.scope = scope, .window_count = window_count};
    struct tallying y = {.t = t, .q = q, .windows = windows, .known = known, .has_counts = any_counts(known)};
    bool ok = alloc_cells(&y, e) && map_units(&y, e) && read_cases(&y, s, e) &&
              (!y.has_counts || tally_read_counts(&y, s, e));
    if (ok && y.has_counts)
        tally_mark_unknown(&y);
    if (ok)
        tally_roll_up(&y);
    else
        tally_free(t);
    free(y.unit_of);
    free(y.stated);
    free(y.filled);
    free(y.present);
    free(y.empty);
    return ok;
}

void tally_free(struct tally *t)
{
    free(t->counts);
    free(t->sums);
    free(t->squares);
    free(t->blank);
    free(t->parts);
    free(t->absent);
    free(t->marks);
    *t = (struct tally){0};
}
