/* --show-cases: which cases are behind a number. For tables of a district's size: every case is
 * tried on every row. */
#include <stdlib.h>

#include "cli/yoy_private.h"

struct listing {
    const struct yoy_set *set;
    struct buf *now, *before; /* one a row, in the order of the table */
};

static bool counts_as(const struct yoy_set *set, const struct row *row)
{
    const struct value *outcome = &row->slots[INC_OUTCOME];
    bool gone = outcome->type == VALUE_INT &&
                (outcome->as.i == OUTCOME_UNFOUNDED || outcome->as.i == OUTCOME_TRANSFERRED);
    return set->q.tally.count == COUNT_REPORTS || !gone;
}

static bool in_category(const struct yoy_set *set, const struct yoy_row *row, int64_t case_set)
{
    const struct directory *d = &set->s->directory;
    const struct category_set *c = &d->sets[case_set];
    size_t category = set->compare.scope.categories[row->category];
    for (size_t i = 0; i < c->count; i++)
        if (row->is_rest ? category == c->categories[i]
                         : c->categories[i] != NO_ENTRY &&
                               directory_category_contains(d, category, c->categories[i]))
            return true;
    return false;
}

static void list_id(struct buf *list, const char *id)
{
    buf_addf(list, "%s%s", list->len ? " " : "", id);
}

/* The row counts the units that are compared; where none is, their own days. */
static bool row_counts(const struct compare *c, const struct yoy_row *row, size_t slot)
{
    bool compared = c->compared[row->unit] || c->sums[row->unit].compared > 0;
    return c->compared[slot] == compared && scope_is_under(&c->scope, row->unit, slot);
}

static bool take_case(void *context, const struct row *row, const struct row_info *info,
                      struct err *e)
{
    (void)info;
    (void)e;
    struct listing *l = context;
    const struct compare *c = &l->set->compare;
    const struct value *slots = row->slots;
    const struct value *date = &slots[INC_RECEIVED_ON + (int)l->set->q.tally.basis];
    size_t unit = directory_unit_by_id(&l->set->s->directory, slots[INC_UNIT].as.i);
    size_t slot = unit == NO_ENTRY ? NO_ENTRY : scope_place(&c->scope, unit);
    if (slot == NO_ENTRY || date->type != VALUE_INT || !counts_as(l->set, row))
        return true;
    const struct value *received = &slots[INC_RECEIVED_ON];
    bool has_received = received->type == VALUE_INT;
    if (c->limit_count && (!has_received || !tally_in_time(c->limits, c->limit_count,
                                                           (day)date->as.i, (day)received->as.i)))
        return true;
    bool now = spans_has(&c->now[slot], (day)date->as.i);
    bool before = spans_has(&c->before[slot], (day)date->as.i);
    for (size_t i = 0; (now || before) && i < l->set->count; i++) {
        const struct yoy_row *x = yoy_row_at(l->set, i);
        if (row_counts(c, x, slot) && in_category(l->set, x, slots[INC_CATEGORY].as.i))
            list_id(now ? &l->now[i] : &l->before[i], slots[INC_CASE_ID].as.s);
    }
    return true;
}

static bool write_lists(const struct listing *l, struct result *r, size_t first, struct err *e)
{
    for (size_t i = 0; i < l->set->count; i++) {
        struct cell *out = &r->cells[(first + i) * r->column_count];
        const char *now = arena_text(&r->arena, buf_text(&l->now[i]));
        const char *before = arena_text(&r->arena, buf_text(&l->before[i]));
        if (!now || !before || l->now[i].failed || l->before[i].failed)
            return err_memory(e);
        out[YOY_CASES] = cell_text(now);
        out[YOY_CASES_BEFORE] = cell_text(before);
    }
    return true;
}

static void free_lists(struct buf *lists, size_t count)
{
    for (size_t i = 0; lists && i < count; i++)
        buf_free(&lists[i]);
    free(lists);
}

bool yoy_add_cases(const struct yoy_set *set, struct result *r, size_t first, struct err *e)
{
    struct listing l = {.set = set,
                        .now = calloc(set->count + 1, sizeof *l.now),
                        .before = calloc(set->count + 1, sizeof *l.before)};
    bool ok = l.now && l.before ? store_each_row(set->s->store, set->s->state, KIND_INCIDENTS,
                                                 take_case, &l, e) &&
                                      write_lists(&l, r, first, e)
                                : err_memory(e);
    free_lists(l.now, set->count);
    free_lists(l.before, set->count);
    return ok;
}
