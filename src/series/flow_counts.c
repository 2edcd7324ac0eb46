/* Flows from counts rows: what an office that keeps its case rows sends up. A row states the total
 * of its whole subtree, in units and in categories. */
#include <stdlib.h>

#include "series/flow_private.h"
#include "series/tiling.h"

enum amount {
    AMOUNT_ACCEPTED,
    AMOUNT_CARRIED,
    AMOUNT_TRANSFERRED,
    AMOUNT_RESOLVED,
    AMOUNT_OVERDUE,
    AMOUNT_SOLVED,
    AMOUNT_CASES,
    AMOUNT_VICTIMS,
    AMOUNT_SUPPORTED,
    AMOUNT_SUSPENDED,
    AMOUNTS
};
static const int amount_slots[AMOUNTS] = {
    [AMOUNT_ACCEPTED] = CNT_ACCEPTED,
    [AMOUNT_CARRIED] = CNT_CARRIED_OVER,
    [AMOUNT_TRANSFERRED] = CNT_TRANSFERRED,
    [AMOUNT_RESOLVED] = CNT_RESOLVED,
    [AMOUNT_OVERDUE] = CNT_OVERDUE,
    [AMOUNT_SOLVED] = CNT_SOLVED,
    [AMOUNT_CASES] = CNT_COUNT,
    [AMOUNT_VICTIMS] = CNT_VICTIMS,
    [AMOUNT_SUPPORTED] = CNT_SUPPORTED,
    [AMOUNT_SUSPENDED] = CNT_SUSPENDED,
};

/* -1: not given. */
struct amounts {
    int64_t of[AMOUNTS];
};

struct tally_row {
    size_t unit, category; /* directory indices */
    struct span span;
    struct amounts amounts;
};

struct tally_rows {
    const struct directory *directory;
    struct tally_row *rows; /* by unit, category */
    size_t count, cap;
    struct span *spans; /* room for the rows' spans */
};

/* ---- reading ---- */

static bool add_row(void *context, const struct row *row, const struct row_info *info,
                    struct err *e)
{
    struct tally_rows *t = context;
    const struct value *v = row->slots;
    void *rows = t->rows;
    (void)info;
    struct tally_row x = {
        .unit = directory_unit_by_id(t->directory, v[CNT_UNIT].as.i),
        .category = directory_category_by_id(t->directory, v[CNT_CATEGORY].as.i),
        .span = {(day)v[CNT_FROM].as.i, (day)v[CNT_TO].as.i},
    };
    bool received = v[CNT_BASIS].type != VALUE_INT || v[CNT_BASIS].as.i == BASIS_RECEIVED;
    if (x.unit == NO_ENTRY || x.category == NO_ENTRY || !received)
        return true;
    for (size_t i = 0; i < AMOUNTS; i++) {
        const struct value *a = &v[amount_slots[i]];
        x.amounts.of[i] = a->type == VALUE_INT ? a->as.i : -1;
    }
    if (!array_grow(&rows, &t->cap, t->count + 1, sizeof *t->rows, e))
        return false;
    t->rows = rows;
    t->rows[t->count++] = x;
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct tally_row *x = a, *y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return (x->category > y->category) - (x->category < y->category);
}

/* ---- rows of one place, added up ---- */

static void add_amount(int64_t *sum, int64_t n)
{
    *sum = *sum < 0 || n < 0 ? -1 : *sum + n;
}

/* What was carried over is so at the first row's start, what is overdue at the last one's end. */
static void add_up(const struct tally_row *rows, const struct tiling *t, struct amounts *sum)
{
    *sum = rows[t->chosen[0]].amounts;
    for (size_t k = 1; k < t->count; k++)
        for (size_t i = 0; i < AMOUNTS; i++)
            if (i != AMOUNT_CARRIED && i != AMOUNT_OVERDUE)
                add_amount(&sum->of[i], rows[t->chosen[k]].amounts.of[i]);
    sum->of[AMOUNT_OVERDUE] = rows[t->chosen[t->count - 1]].amounts.of[AMOUNT_OVERDUE];
}

static bool sum_place(const struct tally_rows *t, size_t first, size_t end, struct span span,
                      struct amounts *sum, bool *found, struct err *e)
{
    struct tiling tiling;
    for (size_t i = first; i < end; i++)
        t->spans[i - first] = t->rows[i].span;
    if (!tiling_init(&tiling, t->spans, end - first, span, e))
        return false;
    *found = tiling.is_whole;
    if (tiling.is_whole)
        add_up(&t->rows[first], &tiling, sum);
    tiling_free(&tiling);
    return true;
}

/* ---- one unit: its categories ---- */

struct place {
    const struct tally_rows *t;
    size_t first, end; /* the unit's rows */
    struct span span;
};

static bool own_amounts(const struct place *p, size_t category, struct amounts *sum, bool *found,
                        struct err *e)
{
    size_t first = p->first;
    while (first < p->end && p->t->rows[first].category != category)
        first++;
    size_t end = first;
    while (end < p->end && p->t->rows[end].category == category)
        end++;
    *found = false;
    return first == end || sum_place(p->t, first, end, p->span, sum, found, e);
}

static bool place_amounts(const struct place *p, size_t category, struct amounts *sum, bool *found,
                          struct err *e);

/* Children stand behind their parents in the directory. */
static bool child_amounts(const struct place *p, size_t category, struct amounts *sum, bool *found,
                          struct err *e)
{
    const struct directory *d = p->t->directory;
    for (size_t c = category + 1; c < d->category_count; c++) {
        struct amounts part;
        bool has = false;
        if (d->categories[c].parent != category)
            continue;
        if (!place_amounts(p, c, &part, &has, e))
            return false;
        for (size_t i = 0; has && *found && i < AMOUNTS; i++)
            add_amount(&sum->of[i], part.of[i]);
        if (has && !*found)
            *sum = part;
        *found |= has;
    }
    return true;
}

/* The category's own rows, else the sum of the categories right under it that have any. */
static bool place_amounts(const struct place *p, size_t category, struct amounts *sum, bool *found,
                          struct err *e)
{
    return own_amounts(p, category, sum, found, e) &&
           (*found || child_amounts(p, category, sum, found, e));
}

/* ---- as a flow ---- */

static int64_t or_zero(int64_t n)
{
    return n < 0 ? 0 : n;
}

static unsigned lacking(const struct amounts *a)
{
    const int64_t *of = a->of;
    unsigned bits = of[AMOUNT_SUPPORTED] < 0 ? FLOW_NO_SUPPORT : 0;
    bits |= of[AMOUNT_ACCEPTED] < 0 || of[AMOUNT_RESOLVED] < 0 ? FLOW_NO_OUTCOMES : 0;
    bits |= of[AMOUNT_CARRIED] < 0 ? FLOW_NO_CARRIED : 0;
    bits |= of[AMOUNT_TRANSFERRED] < 0 ? FLOW_NO_MOVED : 0;
    bits |= of[AMOUNT_SOLVED] < 0 || of[AMOUNT_CASES] < 0 ? FLOW_NO_SOLVED : 0;
    bits |= of[AMOUNT_VICTIMS] < 0 ? FLOW_NO_VICTIMS : 0;
    bits |= of[AMOUNT_SUSPENDED] < 0 ? FLOW_NO_SUSPENDED : 0;
    return bits;
}

/* A tally does not tell open reports by their age beyond what is overdue, nor, where it does not
 * say so, suspended ones from open ones. */
static void set_flow(const struct amounts *a, struct flow *f)
{
    const int64_t *of = a->of;
    *f = (struct flow){
        .carried_over = or_zero(of[AMOUNT_CARRIED]),
        .accepted = or_zero(of[AMOUNT_ACCEPTED]),
        .resolved = or_zero(of[AMOUNT_RESOLVED]),
        .suspended = or_zero(of[AMOUNT_SUSPENDED]),
        .transferred = or_zero(of[AMOUNT_TRANSFERRED]),
        .overdue = or_zero(of[AMOUNT_OVERDUE]),
        .cases = or_zero(of[AMOUNT_CASES]),
        .solved = or_zero(of[AMOUNT_SOLVED]),
        .victims = or_zero(of[AMOUNT_VICTIMS]),
        .supported = or_zero(of[AMOUNT_SUPPORTED]),
        .lacks = lacking(a),
        .sources = FLOW_COUNTS,
    };
    int64_t open = flow_to_resolve(f) - f->resolved - f->suspended;
    f->open_in_time = open > f->overdue ? open - f->overdue : 0;
    f->unsolved_open = f->cases > f->solved ? f->cases - f->solved : 0;
}

static bool state_unit(struct flowing *x, struct place *p, size_t slot, struct err *e)
{
    struct amounts sum;
    bool found = false;
    p->span = x->q->span;
    if (!place_amounts(p, x->q->category, &sum, &found, e))
        return false;
    if (!found)
        return true;
    set_flow(&sum, &x->of_span[slot]);
    x->stated[slot] = true;
    p->span = x->q->rest;
    if (span_is_empty(p->span))
        return true;
    if (!place_amounts(p, x->q->category, &sum, &found, e))
        return false;
    if (found)
        set_flow(&sum, &x->of_rest[slot]);
    return true;
}

static bool state_query(struct flowing *x, const struct tally_rows *t, struct err *e)
{
    bool ok = true;
    for (size_t i = 0, next; ok && i < t->count; i = next) {
        size_t unit = t->rows[i].unit, slot = x->q->scope->unit_slot[unit];
        next = i + 1;
        while (next < t->count && t->rows[next].unit == unit)
            next++;
        struct place p = {t, i, next, x->q->span};
        if (slot != NO_ENTRY && !x->has_cases[slot])
            ok = state_unit(x, &p, slot, e);
    }
    return ok;
}

bool flow_read_counts(struct flowing *queries, size_t count, struct store *s, int64_t state,
                      struct err *e)
{
    struct tally_rows t = {.directory = queries[0].q->scope->directory};
    bool ok = store_each_row(s, state, KIND_COUNTS, add_row, &t, e);
    if (ok && t.count) {
        qsort(t.rows, t.count, sizeof *t.rows, by_place);
        t.spans = malloc(t.count * sizeof *t.spans);
        ok = t.spans || err_memory(e);
        for (size_t i = 0; ok && i < count; i++)
            ok = state_query(&queries[i], &t, e);
    }
    free(t.rows);
    free(t.spans);
    return ok;
}
