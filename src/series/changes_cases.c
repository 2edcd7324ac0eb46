/* Case by case: in which cells it was, in which it is, and the reason for each difference. */
#include "series/changes_private.h"

int change_sign(enum change_kind kind)
{
    static const int signs[CHANGE_KINDS] = {
        [CHANGE_ADDED] = 1,
        [CHANGE_LATE] = 1,
        [CHANGE_RECLASSIFIED_IN] = 1,
        [CHANGE_MOVED_IN] = 1,
        [CHANGE_REDATED_IN] = 1,
        [CHANGE_REINSTATED] = 1,
        [CHANGE_RECLASSIFIED_OUT] = -1,
        [CHANGE_MOVED_OUT] = -1,
        [CHANGE_REDATED_OUT] = -1,
        [CHANGE_WITHDRAWN] = -1,
    };
    return signs[kind];
}

static const int basis_slot[BASIS_TOTAL] = {INC_RECEIVED_ON, INC_OCCURRED_ON, INC_PROSECUTED_ON};

/* ---- where a case is counted ---- */

/* The places (indices of c->units, c->categories) whose subtrees hold a case, and its period. */
struct standing {
    size_t units[DEPTH_MAX], categories[DEPTH_MAX];
    size_t unit_count, category_count, period;
    bool counts; /* it is a case, inside the question, in a period */
};

static size_t period_of(const struct changes *c, day on)
{
    size_t p = 0;
    while (p < c->q->period_count && !span_has(c->q->periods[p].span, on))
        p++;
    return p < c->q->period_count ? p : NO_ENTRY;
}

static size_t unit_slot(const struct changes *c, int side, int64_t id)
{
    size_t unit = directory_unit_by_id(c->q->states[side].directory, id);
    return unit == NO_ENTRY ? NO_ENTRY : c->scopes[side].unit_slot[unit];
}

/* The case's category below the root; NO_ENTRY. */
static size_t category_slot(const struct changes *c, int side, int64_t set)
{
    const struct category_set *s = &c->q->states[side].directory->sets[set];
    for (size_t i = 0; i < s->count; i++) {
        size_t category = s->categories[i];
        if (category != NO_ENTRY && c->scopes[side].category_slot[category] != NO_ENTRY)
            return c->scopes[side].category_slot[category];
    }
    return NO_ENTRY;
}

static bool is_case(const struct row *row)
{
    const struct value *v = &row->slots[INC_OUTCOME];
    struct case_row x = {.outcome = v->type == VALUE_INT ? (int)v->as.i : OUTCOME_NONE};
    return tally_is_case(&x);
}

static void stand(const struct changes *c, int side, const struct row *row, struct standing *s)
{
    *s = (struct standing){.period = NO_ENTRY};
    if (!row || !c->has[side])
        return;
    const struct scope *scope = &c->scopes[side];
    const struct value *on = &row->slots[basis_slot[c->q->basis]];
    size_t unit = unit_slot(c, side, row->slots[INC_UNIT].as.i);
    size_t category = category_slot(c, side, row->slots[INC_CATEGORY].as.i);
    s->unit_count = changes_climb(scope->parent, c->unit_place[side], unit, s->units);
    s->category_count =
        changes_climb(scope->category_parent, c->category_place[side], category, s->categories);
    if (on->type == VALUE_INT)
        s->period = period_of(c, (day)on->as.i);
    s->counts = s->unit_count && s->category_count && s->period != NO_ENTRY && is_case(row);
}

static bool is_one_of(const size_t *items, size_t count, size_t item)
{
    for (size_t i = 0; i < count; i++)
        if (items[i] == item)
            return true;
    return false;
}

/* ---- why ---- */

struct pass {
    struct changes *c;
    const struct store_change *change;
    struct standing sides[2];
    enum change_kind fresh; /* what a new case is: added, late, reinstated */
};

/* The first reason for which the cell (unit, category) of one state is not of the other: what
 * stands in `there` is the other state's. */
static enum change_kind reason(const struct standing *there, size_t unit, size_t category, bool in)
{
    if (!is_one_of(there->units, there->unit_count, unit))
        return in ? CHANGE_MOVED_IN : CHANGE_MOVED_OUT;
    if (!is_one_of(there->categories, there->category_count, category))
        return in ? CHANGE_RECLASSIFIED_IN : CHANGE_RECLASSIFIED_OUT;
    return in ? CHANGE_REDATED_IN : CHANGE_REDATED_OUT;
}

static bool in_cell(const struct standing *s, size_t unit, size_t category, size_t period)
{
    return s->counts && s->period == period && is_one_of(s->units, s->unit_count, unit) &&
           is_one_of(s->categories, s->category_count, category);
}

static bool same_value(const struct row *a, const struct row *b, size_t slot)
{
    const struct value *x = &a->slots[slot], *y = &b->slots[slot];
    return x->type == y->type && (x->type != VALUE_INT || x->as.i == y->as.i);
}

static bool outcome_changed(const struct store_change *c)
{
    return !same_value(c->then, c->now, INC_OUTCOME) ||
           !same_value(c->then, c->now, INC_RESOLVED_ON) ||
           !same_value(c->then, c->now, INC_SOLVED_ON);
}

static bool note_change(struct pass *p, size_t cell, enum change_kind kind, struct err *e)
{
    struct changes *c = p->c;
    void *listed = c->listed;
    c->numbers[cell * CHANGE_KINDS + kind]++;
    if (!c->q->list_cases)
        return true;
    const struct row *row = p->change->now ? p->change->now : p->change->then;
    const char *id = arena_text(&c->ids, row->slots[INC_CASE_ID].as.s);
    if (!id)
        return err_memory(e);
    if (!array_grow(&listed, &c->listed_cap, c->listed_count + 1, sizeof *c->listed, e))
        return false;
    c->listed = listed;
    c->listed[c->listed_count++] = (struct listed_case){cell, kind, id};
    return true;
}

static bool judge_then(struct pass *p, size_t unit, size_t category, struct err *e)
{
    const struct standing *then = &p->sides[THEN], *now = &p->sides[NOW];
    size_t cell = changes_cell(p->c, unit, category, then->period);
    if (in_cell(now, unit, category, then->period))
        return !outcome_changed(p->change) || note_change(p, cell, CHANGE_OUTCOME, e);
    bool gone = !p->change->now || !is_case(p->change->now);
    return note_change(p, cell, gone ? CHANGE_WITHDRAWN : reason(now, unit, category, false), e);
}

static bool judge_now(struct pass *p, size_t unit, size_t category, struct err *e)
{
    const struct standing *then = &p->sides[THEN], *now = &p->sides[NOW];
    size_t cell = changes_cell(p->c, unit, category, now->period);
    if (in_cell(then, unit, category, now->period))
        return true;
    enum change_kind kind = !p->change->then            ? p->fresh
                            : !is_case(p->change->then) ? CHANGE_REINSTATED
                                                        : reason(then, unit, category, true);
    return note_change(p, cell, kind, e);
}

static bool judge(struct pass *p, int side, struct err *e)
{
    const struct standing *s = &p->sides[side];
    bool ok = true;
    for (size_t u = 0; s->counts && ok && u < s->unit_count; u++)
        for (size_t k = 0; ok && k < s->category_count; k++)
            ok = side == THEN ? judge_then(p, s->units[u], s->categories[k], e)
                              : judge_now(p, s->units[u], s->categories[k], e);
    return ok;
}

/* Had the earlier state the case's day as reported? */
static bool is_late(const struct changes *c, const struct row *row)
{
    const struct value *on = &row->slots[basis_slot[c->q->basis]];
    size_t slot = c->has[THEN] ? unit_slot(c, THEN, row->slots[INC_UNIT].as.i) : NO_ENTRY;
    return slot != NO_ENTRY && on->type == VALUE_INT &&
           spans_has(&c->known[THEN].spans[slot], (day)on->as.i);
}

static bool take_case(void *context, const struct store_change *change, struct err *e)
{
    struct pass *p = context;
    p->change = change;
    stand(p->c, THEN, change->then, &p->sides[THEN]);
    stand(p->c, NOW, change->now, &p->sides[NOW]);
    p->fresh = CHANGE_ADDED;
    if (change->was_before)
        p->fresh = CHANGE_REINSTATED;
    else if (change->now && is_late(p->c, change->now))
        p->fresh = CHANGE_LATE;
    return judge(p, THEN, e) && judge(p, NOW, e);
}

/* ---- count rows ---- */

static void note_count(struct changes *c, int side, const struct row *row, enum change_kind kind)
{
    const struct scope *scope = &c->scopes[side];
    const struct directory *d = c->q->states[side].directory;
    size_t units[DEPTH_MAX], categories[DEPTH_MAX];
    size_t category = directory_category_by_id(d, row->slots[CNT_CATEGORY].as.i);
    struct span days = {(day)row->slots[CNT_FROM].as.i, (day)row->slots[CNT_TO].as.i};
    if (category == NO_ENTRY || row->slots[CNT_BASIS].as.i != (int64_t)c->q->basis)
        return;
    size_t nu = changes_climb(scope->parent, c->unit_place[side],
                              unit_slot(c, side, row->slots[CNT_UNIT].as.i), units);
    size_t nc = changes_climb(scope->category_parent, c->category_place[side],
                              scope->category_slot[category], categories);
    for (size_t i = 0; i < nu * nc * c->q->period_count; i++) {
        size_t p = i % c->q->period_count, k = i / c->q->period_count;
        if (!span_is_empty(span_intersect(days, c->q->periods[p].span)))
            c->numbers[changes_cell(c, units[k / nc], categories[k % nc], p) * CHANGE_KINDS +
                       kind]++;
    }
}

static bool take_count(void *context, const struct store_change *change, struct err *e)
{
    const struct pass *p = context;
    (void)e;
    int side = change->now ? NOW : THEN;
    if (p->c->has[side])
        note_count(p->c, side, change->now ? change->now : change->then,
                   !change->now    ? CHANGE_COUNTS_WITHDRAWN
                   : !change->then ? CHANGE_COUNTS_ADDED
                                   : CHANGE_COUNTS_CHANGED);
    return true;
}

/* ---- both ---- */

bool changes_read(struct changes *c, struct store *s, struct err *e)
{
    struct pass p = {.c = c};
    int64_t then = c->q->states[THEN].state, now = c->q->states[NOW].state;
    return store_each_change(s, then, now, KIND_INCIDENTS, take_case, &p, e) &&
           store_each_change(s, then, now, KIND_COUNTS, take_count, &p, e);
}
