#include "series/tally.h"

#include <stdlib.h>
#include <string.h>

#include "series/tally_private.h"

const struct spans no_days = {0};

/* ---- cells ---- */

static size_t cell_count(const struct tally *t)
{
    return t->scope->slot_count * t->scope->category_count * t->window_count + 1;
}

static bool alloc_cells(struct tallying *y, struct err *e)
{
    struct tally *t = y->t;
    size_t n = cell_count(t);
    bool amounts = y->q->weighted || y->q->count == COUNT_OFFENDERS || y->q->count == COUNT_VICTIMS;
    bool ok = (t->counts = calloc(n, sizeof *t->counts)) && (t->marks = calloc(n, 1));
    if (ok && amounts)
        ok = (t->sums = calloc(n, sizeof *t->sums)) &&
             (t->squares = calloc(n, sizeof *t->squares)) &&
             (t->blank = calloc(n, sizeof *t->blank));
    if (ok && y->rows)
        ok = (t->absent = calloc(n, sizeof *t->absent)) != NULL;
    return ok || err_memory(e);
}

void tally_add(struct tally *t, size_t at, const struct amount *a)
{
    t->counts[at] += a->n;
    t->marks[at] |= a->marks;
    if (t->absent)
        t->absent[at] += a->absent;
    if (!t->sums)
        return;
    t->sums[at] += a->sum;
    t->squares[at] += a->square;
    t->blank[at] += a->blank;
}

static struct amount cell_amount(const struct tally *t, size_t at)
{
    struct amount a = {.n = t->counts[at], .marks = t->marks[at]};
    if (t->sums) {
        a.sum = t->sums[at];
        a.square = t->squares[at];
        a.blank = t->blank[at];
    }
    return a;
}

/* Without count rows a value is the sum of its parts. Children stand behind their parents: going
 * backwards, each is complete before it is added. */
static void roll_up(struct tally *t)
{
    const struct scope *s = t->scope;
    size_t windows = t->window_count, width = s->category_count * windows;
    for (size_t u = s->slot_count; u-- > 0;)
        for (size_t c = s->category_count; c-- > 0;)
            for (size_t w = 0; s->category_parent[c] != NO_ENTRY && w < windows; w++) {
                struct amount a = cell_amount(t, tally_at(t, u, c, w));
                tally_add(t, tally_at(t, u, s->category_parent[c], w), &a);
            }
    for (size_t u = s->slot_count; u-- > 0;)
        for (size_t i = 0; s->parent[u] != NO_ENTRY && i < width; i++) {
            struct amount a = cell_amount(t, u * width + i);
            tally_add(t, s->parent[u] * width + i, &a);
        }
}

/* ---- cases ---- */

static bool map_units(struct tallying *y, struct err *e)
{
    const struct directory *d = y->scope->directory;
    for (size_t u = 0; u < d->unit_count; u++)
        if (d->units[u].id > y->unit_ids)
            y->unit_ids = d->units[u].id;
    y->unit_of = malloc(((size_t)y->unit_ids + 1) * sizeof *y->unit_of);
    if (!y->unit_of)
        return err_memory(e);
    for (int64_t i = 0; i <= y->unit_ids; i++)
        y->unit_of[i] = NO_ENTRY;
    for (size_t u = 0; u < d->unit_count; u++)
        y->unit_of[d->units[u].id] =
            y->scope->first_part[u] != NO_ENTRY ? y->scope->first_part[u] : y->scope->unit_slot[u];
    return true;
}

static bool map_sets(struct tallying *y, struct err *e)
{
    const struct directory *d = y->scope->directory;
    y->sets = calloc(d->set_count + 1, sizeof *y->sets);
    if (!y->sets)
        return err_memory(e);
    for (size_t i = 0; i < d->set_count; i++)
        for (size_t k = 0; k < d->sets[i].count; k++) {
            size_t c = d->sets[i].categories[k];
            size_t slot = c == NO_ENTRY ? NO_ENTRY : y->scope->category_slot[c];
            if (slot != NO_ENTRY)
                y->sets[i].slots[y->sets[i].count++] = slot;
        }
    return true;
}

/* Offenders and victims "of the root" (contract 2): children as victims on XHTE, as offenders on
 * U18. */
static int64_t number_of(const struct tallying *y, const struct case_row *row, size_t category)
{
    const struct directory *d = y->scope->directory;
    const char *root = d->categories[d->categories[category].root].code;
    if (y->q->count == COUNT_OFFENDERS)
        return strcmp(root, "U18") ? row->offenders : row->offenders_u18;
    return strcmp(root, "XHTE") ? row->victims : row->victims_u16;
}

static struct amount case_amount(const struct tallying *y, const struct case_row *row, size_t slot)
{
    size_t category = y->scope->categories[slot];
    if (!y->t->sums)
        return (struct amount){.n = 1};
    int64_t n = y->q->weighted ? 1 : number_of(y, row, category);
    if (n < 0)
        return (struct amount){.blank = 1};
    double w = y->q->weighted ? y->scope->directory->categories[category].weight : (double)n;
    return (struct amount){.n = n, .sum = w, .square = w * w};
}

bool tally_in_time(const struct received_by *limits, size_t count, day on, day received)
{
    for (size_t i = 0; i < count; i++)
        if (span_has(limits[i].days, on) && received > limits[i].by)
            return false;
    return true;
}

static bool is_in_window(const struct tallying *y, size_t window, size_t slot,
                         const struct case_row *row)
{
    const struct window *w = &y->windows[window];
    return spans_has(window_days(y, window, slot), row->on) &&
           tally_in_time(w->limits, w->limit_count, row->on, row->received);
}

static void add_to_windows(struct tallying *y, const struct case_row *row, size_t unit, size_t slot)
{
    struct tally *t = y->t;
    const struct day_windows *by_day = &y->by_day;
    size_t first = tally_at(t, unit, slot, 0), at = (size_t)(row->on - by_day->days.from);
    struct amount a = case_amount(y, row, slot);
    if (!span_has(by_day->days, row->on))
        return;
    for (size_t i = by_day->starts[at]; i < by_day->starts[at + 1]; i++) {
        size_t w = by_day->windows[i];
        if (!is_in_window(y, w, unit, row))
            continue;
        if (y->rows)
            tally_put(y, unit, slot, w, (struct span){row->on, row->on}, &a);
        else if (t->sums)
            tally_add(t, first + w, &a);
        else
            t->counts[first + w]++;
    }
}

/* A case is a report unless it proved unfounded or is another office's (contract 2). */
bool tally_is_case(const struct case_row *row)
{
    return row->outcome != OUTCOME_UNFOUNDED && row->outcome != OUTCOME_TRANSFERRED;
}

struct pass {
    struct tallying *jobs;
    size_t count;
    size_t set_count;
    bool reports;
};

/* Where a case is counted: of a unit with shares, the part that its turn gives it to. */
static size_t slot_of(const struct tallying *y, const struct case_row *row)
{
    size_t slot = row->unit <= y->unit_ids ? y->unit_of[row->unit] : NO_ENTRY;
    if (slot == NO_ENTRY || slot < y->scope->unit_count ||
        y->scope->parts[slot - y->scope->unit_count].heir == NO_ENTRY)
        return slot;
    const struct scope_part *part = &y->scope->parts[slot - y->scope->unit_count];
    const struct lineage_unit *line = part->line;
    size_t heir = allotment_heir(y->shares, line, row->id);
    for (; slot < y->scope->slot_count && part->line == line; slot++, part++)
        if (part->heir == heir)
            return slot;
    return NO_ENTRY; /* of an heir outside the scope */
}

static void add_case(void *context, const struct case_row *row)
{
    struct pass *p = context;
    if (row->set >= p->set_count || (!p->reports && !tally_is_case(row)))
        return;
    for (struct tallying *y = p->jobs; y < p->jobs + p->count; y++) {
        const struct set_slots *set = &y->sets[row->set];
        size_t unit = set->count ? slot_of(y, row) : NO_ENTRY;
        for (size_t i = 0; unit != NO_ENTRY && i < set->count; i++)
            add_to_windows(y, row, unit, set->slots[i]);
    }
}

static bool read_cases(struct tallying *jobs, size_t count, struct store *s,
                       const struct tally_query *query, struct err *e)
{
    struct pass pass = {jobs, count, jobs[0].scope->directory->set_count,
                        query->count == COUNT_REPORTS};
    struct case_query q = {.state = query->state,
                           .basis = query->basis,
                           .span = {DAY_MAX, DAY_MIN},
                           .as_of = query->as_of,
                           .amounts =
                               query->count == COUNT_OFFENDERS || query->count == COUNT_VICTIMS};
    for (size_t i = 0; i < count; i++) {
        struct span reach = windows_reach(&jobs[i]);
        q.ids |= jobs[i].shares != NULL;
        q.span.from = reach.from < q.span.from ? reach.from : q.span.from;
        q.span.to = reach.to > q.span.to ? reach.to : q.span.to;
    }
    if (span_is_empty(q.span))
        return true;
    return query->undated ? store_each_undated(s, &q, add_case, &pass, e)
                          : store_each_case(s, &q, add_case, &pass, e);
}

/* ---- the whole ---- */

static bool any_counts(const struct known *known)
{
    for (size_t u = 0; known && u < known->slot_count; u++)
        if (known->counts[u].count)
            return true;
    return false;
}

static bool begin(struct tallying *y, const struct tally_job *job, struct store *s,
                  const struct tally_query *q, struct err *e)
{
    *job->t = (struct tally){.scope = job->scope, .window_count = job->window_count};
    *y = (struct tallying){
        .t = job->t, .scope = job->scope, .q = q, .windows = job->windows, .known = job->known};
    if (any_counts(job->known) && !(y->rows = calloc(1, sizeof *y->rows)))
        return err_memory(e);
    return alloc_cells(y, e) && map_units(y, e) && map_sets(y, e) && tally_index_days(y, e) &&
           tally_index_parts(y, e) &&
           (q->undated || allotment_new(&y->shares, s, y->scope, q->state, q->basis, e));
}

static bool finish(struct tallying *y, struct err *e)
{
    if (y->rows && !tally_judge_rows(y, e))
        return false;
    if (!y->rows)
        roll_up(y->t);
    return tally_judge_parts(y, e);
}

bool tally_init_all(const struct tally_job *jobs, size_t count, struct store *s,
                    const struct tally_query *q, struct err *e)
{
    struct tallying *y = calloc(count + 1, sizeof *y);
    bool ok = y || err_memory(e);
    for (size_t i = 0; ok && i < count; i++)
        ok = begin(&y[i], &jobs[i], s, q, e);
    ok = ok && tally_read_rows(y, count, s, e);
    for (size_t i = 0; ok && i < count; i++)
        ok = !y[i].rows || tally_put_rows(&y[i], e);
    ok = ok && (!count || read_cases(y, count, s, q, e));
    for (size_t i = 0; ok && i < count; i++)
        ok = finish(&y[i], e);
    for (size_t i = 0; y && i < count; i++) {
        if (!ok && y[i].t)
            tally_free(y[i].t);
        tally_rows_delete(&y[i]);
        tally_index_parts_free(&y[i]);
        allotment_delete(y[i].shares);
        tally_index_free(&y[i]);
        free(y[i].unit_of);
        free(y[i].sets);
    }
    free(y);
    return ok;
}

bool tally_init(struct tally *t, struct store *s, const struct scope *scope,
                const struct tally_query *q, const struct window *windows, size_t window_count,
                const struct known *known, struct err *e)
{
    const struct tally_job job = {t, scope, windows, window_count, known};
    return tally_init_all(&job, 1, s, q, e);
}

void tally_free(struct tally *t)
{
    free(t->counts);
    free(t->sums);
    free(t->squares);
    free(t->blank);
    free(t->absent);
    free(t->possible);
    free(t->marks);
    free(t->coarse.source);
    *t = (struct tally){0};
}
