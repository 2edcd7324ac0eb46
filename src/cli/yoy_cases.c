/* --show-cases: which cases are behind a number. For tables of a district's size: every case is tried on every
 * row. */
#include <stdlib.h>

#include "cli/yoy_private.h"

struct listing {
    const struct yoy_set *set;
    struct buf *now, *before; /* one a row */
};

static bool counts_as(const struct yoy_set *set, const struct row *row)
{
    const struct value *outcome = &row->slots[INC_OUTCOME];
    bool gone = outcome->type == VALUE_INT &&
                (outcome->as.i == OUTCOME_UNFOUNDED || outcome->as.i == OUTCOME_TRANSFERRED);
    return set->q.tally.count == COUNT_REPORTS || !gone;
}

static bool in_category(const struct yoy_set *set, size_t category, const struct row *row)
{
    const struct directory *d = &set->s->directory;
    const struct category_set *c = &d->sets[row->slots[INC_CATEGORY].as.i];
    for (size_t i = 0; i < c->count; i++)
        if (directory_category_contains(d, set->compare.scope.categories[category], c->categories[i]))
            return true;
    return false;
}

static bool in_periods(const struct yoy_set *set, day on)
{
    for (size_t i = 0; i < set->q.before_count; i++)
        if (span_has(set->q.before[i].span, on))
            return true;
    return false;
}

static void list_id(struct buf *list, const char *id)
{
    buf_addf(list, "%s%s", list->len ? " " : "", id);
}

/* A unit that is compared shows the days compared; one that is not, its whole period. */
static void list_case(struct listing *l, size_t i, size_t slot, day on, const char *id)
{
    const struct compare *c = &l->set->compare;
    bool compared = c->now[slot].count > 0;
    if (compared ? spans_has(&c->now[slot], on) : span_has(l->set->q.period.span, on))
        list_id(&l->now[i], id);
    if (compared ? spans_has(&c->before[slot], on) : in_periods(l->set, on))
        list_id(&l->before[i], id);
}

static bool take_case(void *context, const struct row *row, const struct row_info *info, struct err *e)
{
    (void)info;
    (void)e;
    struct listing *l = context;
    const struct yoy_set *set = l->set;
    const struct value *date = &row->slots[INC_RECEIVED_ON + (int)set->q.tally.basis];
    size_t unit = directory_unit_by_id(&set->s->directory, row->slots[INC_UNIT].as.i);
    size_t slot = unit == NO_ENTRY ? NO_ENTRY : set->compare.scope.unit_slot[unit];
    if (slot == NO_ENTRY || date->type != VALUE_INT || !counts_as(set, row))
        return true;
    for (size_t i = 0; i < set->count; i++) {
        size_t top = set->compare.scope.units[set->rows[i].unit];
        if (directory_unit_contains(&set->s->directory, top, unit) &&
            in_category(set, set->rows[i].category, row))
            list_case(l, i, slot, (day)date->as.i, row->slots[INC_CASE_ID].as.s);
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

bool yoy_add_cases(const struct yoy_set *set, struct result *r, size_t first, struct err *e)
{
    struct listing l = {.set = set,
                        .now = calloc(set->count + 1, sizeof *l.now),
                        .before = calloc(set->count + 1, sizeof *l.before)};
    bool ok = l.now && l.before ? store_each_row(set->s->store, set->s->state, KIND_INCIDENTS, take_case, &l, e) &&
                                      write_lists(&l, r, first, e)
                                : err_memory(e);
    for (size_t i = 0; i < set->count; i++) {
        if (l.now)
            buf_free(&l.now[i]);
        if (l.before)
            buf_free(&l.before[i]);
    }
    free(l.now);
    free(l.before);
    return ok;
}
