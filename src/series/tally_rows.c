/* Count rows of a tally: reading those of the scope's roots, and choosing which of them a window
 * uses: the known before the empty, the longest first, so that a year's total is not added to its
 * months. */
#include <stdlib.h>
#include <string.h>

#include "series/tally_private.h"

/* ---- reading ---- */

struct reading {
    struct tallying *jobs;
    size_t count;
    struct buf source; /* of the rows that come now … */
    bool seen, usable; /* … some touch a job; some can be used */
    int64_t *dealt; /* of the unit and category dealt out last: what each heir has; what it got */
    size_t dealt_cap, dealt_unit, dealt_category;
};

static const struct value *counted(const struct tally_query *q, const struct row *r)
{
    static const int slot[] = {CNT_COUNT, CNT_ACCEPTED, CNT_OFFENDERS, CNT_VICTIMS};
    return &r->slots[slot[q->count]];
}

static bool keep_row(struct tallying *y, const struct count_row *row, struct err *e)
{
    struct count_rows *r = y->rows;
    void *items = r->items;
    if (!array_grow(&items, &r->cap, r->count + 1, sizeof *r->items, e))
        return false;
    r->items = items;
    r->items[r->count] = *row;
    const char *last = r->count ? r->items[r->count - 1].source : NULL;
    bool same = last && !strcmp(last, row->source);
    r->items[r->count].source = same ? last : arena_text(&r->arena, row->source);
    return r->items[r->count++].source || err_memory(e);
}

/* A row of a unit with shares is dealt out like cases, one after another in the order of their
 * days. */
static bool keep_shares(struct reading *r, struct tallying *y, const struct count_row *row,
                        struct err *e)
{
    const struct scope *s = y->scope;
    const struct lineage_unit *line = s->parts[row->unit - s->unit_count].line;
    size_t n = line->heir_count;
    void *grown = r->dealt;
    if (!array_grow(&grown, &r->dealt_cap, 2 * n, sizeof *r->dealt, e))
        return false;
    int64_t *dealt = r->dealt = grown;
    bool ok = true;
    bool anew = r->dealt_unit != row->unit || r->dealt_category != row->category;
    for (size_t i = 0; anew && i < n; i++)
        dealt[i] = 0;
    r->dealt_unit = row->unit;
    r->dealt_category = row->category;
    allotment_deal(line->heirs, n, dealt, row->n, &dealt[n]);
    for (size_t slot = row->unit;
         ok && slot < s->slot_count && s->parts[slot - s->unit_count].line == line; slot++) {
        struct count_row part = *row;
        part.unit = slot;
        part.n = dealt[n + s->parts[slot - s->unit_count].heir];
        ok = keep_row(y, &part, e);
    }
    return ok;
}

static bool has_shares(const struct tallying *y, size_t slot)
{
    const struct scope *s = y->scope;
    return slot >= s->unit_count && s->parts[slot - s->unit_count].heir != NO_ENTRY;
}

/* Sets the unit's slot; false where the job does not look at the row. */
static bool is_of_job(const struct tallying *y, const struct row *row, struct count_row *out)
{
    int64_t id = row->slots[CNT_UNIT].as.i;
    if (!y->rows || id > y->unit_ids || y->unit_of[id] == NO_ENTRY)
        return false;
    out->unit = y->unit_of[id];
    return y->rows->is_root[y->scope->directory->categories[out->category].root] &&
           !span_is_empty(span_intersect(out->days, y->rows->reach));
}

/* As of a day, cases that speak for the same days stand in for a total stated later. */
static bool is_told_by_cases(const struct tallying *y, const struct count_row *row)
{
    struct span days = span_intersect(row->days, (struct span){DAY_MIN, y->q->as_of});
    return y->q->as_of != DAY_NONE &&
           (span_is_empty(days) || spans_contain(&y->known->cases[row->unit], days));
}

/* A source that gives counts only cannot answer every question. */
static bool check_source(const struct reading *r, struct err *e)
{
    const struct tally_query *q = r->jobs[0].q;
    if (!r->seen || r->usable)
        return true;
    if (q->as_of != DAY_NONE)
        return err_set(e, ERR_INPUT,
                       "source %s has only counts here, which do not say when each report came in: "
                       "leave out --as-of, or choose other units with --unit",
                       buf_text(&r->source));
    if (q->count != COUNT_CASES)
        return err_set(e, ERR_INPUT,
                       "source %s has only counts of cases here: count cases, or choose other "
                       "units with --unit",
                       buf_text(&r->source));
    return err_set(e, ERR_INPUT,
                   "source %s has only counts by another date here: choose another --basis, or "
                   "other units with --unit",
                   buf_text(&r->source));
}

static bool next_source(struct reading *r, const char *source, struct err *e)
{
    if (!strcmp(buf_text(&r->source), source))
        return true;
    bool ok = check_source(r, e);
    buf_clear(&r->source);
    buf_adds(&r->source, source);
    r->seen = r->usable = false;
    return ok && (!r->source.failed || err_memory(e));
}

static bool add_row(void *context, const struct row *row, const struct row_info *info,
                    struct err *e)
{
    struct reading *r = context;
    const struct tally_query *q = r->jobs[0].q;
    const struct directory *d = r->jobs[0].scope->directory;
    const struct value *v = counted(q, row);
    struct count_row out = {.category = directory_category_by_id(d, row->slots[CNT_CATEGORY].as.i),
                            .days = {(day)row->slots[CNT_FROM].as.i, (day)row->slots[CNT_TO].as.i},
                            .n = v->type == VALUE_INT ? v->as.i : 0,
                            .known = v->type == VALUE_INT,
                            .source = info->source};
    if (out.category == NO_ENTRY)
        return true;
    if (!next_source(r, info->source, e))
        return false;
    for (size_t i = 0; i < r->count; i++) {
        if (!is_of_job(&r->jobs[i], row, &out) || is_told_by_cases(&r->jobs[i], &out))
            continue;
        r->seen = true;
        if (q->as_of != DAY_NONE || row->slots[CNT_BASIS].as.i != (int64_t)q->basis)
            continue;
        r->usable |= q->count == COUNT_CASES || out.known;
        if (!(has_shares(&r->jobs[i], out.unit) ? keep_shares(r, &r->jobs[i], &out, e)
                                                : keep_row(&r->jobs[i], &out, e)))
            return false;
    }
    return true;
}

static bool begin_rows(struct tallying *y, struct err *e)
{
    const struct directory *d = y->scope->directory;
    y->rows->reach = windows_reach(y);
    y->rows->is_root = calloc(d->category_count + 1, sizeof(bool));
    if (!y->rows->is_root)
        return err_memory(e);
    for (size_t c = 0; c < y->scope->category_count; c++)
        y->rows->is_root[d->categories[y->scope->categories[c]].root] = true;
    return true;
}

/* ---- choosing ---- */

static int in_order_of_use(const void *a, const void *b)
{
    const struct count_row *x = a, *y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->category != y->category)
        return x->category < y->category ? -1 : 1;
    if (x->known != y->known)
        return x->known ? -1 : 1;
    int64_t dx = span_days(x->days), dy = span_days(y->days);
    if (dx != dy)
        return dx > dy ? -1 : 1;
    return (x->days.from > y->days.from) - (x->days.from < y->days.from);
}

static bool note_use(struct count_rows *r, size_t row, size_t window, unsigned char mark,
                     struct err *e)
{
    void *uses = r->uses;
    if (!array_grow(&uses, &r->use_cap, r->use_count + 1, sizeof *r->uses, e))
        return false;
    r->uses = uses;
    r->uses[r->use_count++] = (struct row_use){row, window, mark};
    return true;
}

static struct said *said_of(struct tallying *y, size_t unit, size_t category, struct err *e)
{
    size_t at = unit * y->scope->directory->category_count + category;
    struct said **place = &y->rows->said[at];
    if (!*place && !(*place = calloc(y->t->window_count + 1, sizeof **place)))
        err_memory(e);
    return *place;
}

/* Uses a row in a window, unless a longer one has taken some of its days. */
static bool use_row(struct tallying *y, size_t i, size_t window, struct said *said, struct err *e)
{
    const struct count_row *row = &y->rows->items[i];
    const struct spans *days = window_days(y, window, row->unit);
    if (!spans_touch(days, row->days) || spans_touch(&said->days, row->days))
        return true;
    if (!spans_contain(days, row->days)) {
        said->coarse = true;
        return note_use(y->rows, i, window, TALLY_COARSE, e);
    }
    if (!row->known)
        return note_use(y->rows, i, window, TALLY_UNKNOWN, e);
    y->t->counts_rows++;
    return spans_add(&said->days, row->days, e) &&
           (row->n || spans_add(&said->zero, row->days, e)) && note_use(y->rows, i, window, 0, e);
}

static bool choose_rows(struct tallying *y, struct err *e)
{
    struct count_rows *r = y->rows;
    r->said = calloc(y->scope->slot_count * y->scope->directory->category_count + 1,
                     sizeof(struct said *));
    if (!r->said)
        return err_memory(e);
    if (r->count)
        qsort(r->items, r->count, sizeof *r->items, in_order_of_use);
    for (size_t i = 0; i < r->count; i++) {
        struct said *said = said_of(y, r->items[i].unit, r->items[i].category, e);
        for (size_t w = 0; said && w < y->t->window_count; w++)
            if (!span_is_empty(span_intersect(y->reach[w], r->items[i].days)) &&
                !use_row(y, i, w, &said[w], e))
                return false;
        if (!said)
            return false;
    }
    return true;
}

/* What is known of the units under one: its own rows need not say it. */
static bool look_below(struct tallying *y, struct err *e)
{
    const struct scope *s = y->scope;
    y->rows->below = calloc(s->slot_count + 1, sizeof *y->rows->below);
    if (!y->rows->below)
        return err_memory(e);
    for (size_t u = s->slot_count; u-- > 0;)
        if (s->parent[u] != NO_ENTRY && !s->directory->units[s->units[u]].is_unknown &&
            (!spans_add_all(&y->rows->below[s->parent[u]], &y->known->spans[u], e) ||
             !spans_add_all(&y->rows->below[s->parent[u]], &y->rows->below[u], e)))
            return false;
    return true;
}

bool tally_read_rows(struct tallying *jobs, size_t count, struct store *s, struct err *e)
{
    struct reading r = {.jobs = jobs, .count = count};
    bool any = false, ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        any |= jobs[i].rows != NULL;
        ok = !jobs[i].rows || begin_rows(&jobs[i], e);
    }
    if (ok && any)
        ok =
            store_each_row(s, jobs[0].q->state, KIND_COUNTS, add_row, &r, e) && check_source(&r, e);
    for (size_t i = 0; ok && i < count; i++)
        ok = !jobs[i].rows || (choose_rows(&jobs[i], e) && look_below(&jobs[i], e));
    buf_free(&r.source);
    free(r.dealt);
    return ok;
}

const struct said *tally_said(const struct tallying *y, size_t unit, size_t category, size_t window)
{
    const struct said *said = y->rows->said[unit * y->scope->directory->category_count + category];
    return said && said[window].days.count ? &said[window] : NULL;
}

bool tally_is_coarse(const struct tallying *y, size_t unit, size_t category, size_t window)
{
    const struct said *said = y->rows->said[unit * y->scope->directory->category_count + category];
    return said && said[window].coarse;
}

static void free_said(struct said *said, size_t windows)
{
    for (size_t w = 0; said && w < windows; w++) {
        spans_free(&said[w].days);
        spans_free(&said[w].zero);
    }
    free(said);
}

void tally_rows_delete(struct tallying *y)
{
    struct count_rows *r = y->rows;
    if (!r)
        return;
    size_t cells = y->scope->slot_count * y->scope->directory->category_count;
    for (size_t i = 0; r->said && i < cells; i++)
        free_said(r->said[i], y->t->window_count);
    for (size_t u = 0; r->below && u < y->scope->slot_count; u++)
        spans_free(&r->below[u]);
    free(r->said);
    free(r->below);
    free(r->items);
    free(r->uses);
    free(r->is_root);
    arena_free(&r->arena);
    free(r);
    y->rows = NULL;
}
