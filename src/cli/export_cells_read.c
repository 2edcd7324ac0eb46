/* Reading for `export cells`. Memory grows with the cases (48 bytes a case and root), not with the
 * cells. */
#include <stdlib.h>
#include <string.h>

#include "cli/export_cells.h"

static int64_t int_or(const struct value *v, int64_t missing)
{
    return v->type == VALUE_INT ? v->as.i : missing;
}

static day day_or_none(const struct value *v)
{
    return v->type == VALUE_INT ? (day)v->as.i : DAY_NONE;
}

/* ---- cases ---- */

/* The slot of a category's root; of one asked for without it, its own. */
static size_t root_slot(const struct cells *c, size_t category)
{
    const struct scope *s = &c->x->scope;
    while (s->category_parent[category] != NO_ENTRY)
        category = s->category_parent[category];
    return category;
}

static bool add_fact(struct cells *c, const struct case_fact *f, struct err *e)
{
    void *facts = c->facts;
    if (!array_grow(&facts, &c->fact_cap, c->fact_count + 1, sizeof *c->facts, e))
        return false;
    c->facts = facts;
    c->facts[c->fact_count++] = *f;
    c->named_units[f->unit] = true;
    c->named_categories[f->category] = true;
    c->cased[f->unit * c->x->scope.category_count + root_slot(c, f->category)] = true;
    c->tells_support[root_slot(c, f->category)] |= f->supported >= 0;
    return true;
}

static void fill_outcome(const struct value *v, struct case_fact *f)
{
    int64_t outcome = int_or(&v[INC_OUTCOME], OUTCOME_NONE);
    bool over = outcome != OUTCOME_NONE && outcome != OUTCOME_OPEN;
    f->closed = over ? day_or_none(&v[INC_RESOLVED_ON]) : DAY_NONE;
    f->is_case = outcome != OUTCOME_UNFOUNDED && outcome != OUTCOME_TRANSFERRED;
    f->is_transferred = outcome == OUTCOME_TRANSFERRED;
    f->is_suspended = outcome == OUTCOME_SUSPENDED;
    f->is_resolved = over && !f->is_transferred && !f->is_suspended;
    f->is_solved = v[INC_SOLVED_ON].type == VALUE_INT;
}

/* Children are the victims of XHTE and the offenders of U18 (contract 2). */
static void fill_amounts(const struct cells *c, const struct value *v, struct case_fact *f)
{
    const struct directory *d = c->x->scope.directory;
    size_t root = d->categories[c->x->scope.categories[f->category]].root;
    const char *code = d->categories[root].code;
    f->offenders = int_or(&v[strcmp(code, "U18") ? INC_OFFENDERS : INC_OFFENDERS_U18], -1);
    f->victims = int_or(&v[strcmp(code, "XHTE") ? INC_VICTIMS : INC_VICTIMS_U16], -1);
    f->supported = int_or(&v[INC_VICTIMS_SUPPORTED], -1);
}

static bool read_case(void *context, const struct row *row, const struct row_info *info,
                      struct err *e)
{
    static const int basis_slot[BASIS_TOTAL] = {INC_RECEIVED_ON, INC_OCCURRED_ON,
                                                INC_PROSECUTED_ON};
    struct cells *c = context;
    const struct export *x = c->x;
    const struct value *v = row->slots;
    struct case_fact f = {.unit = export_unit(x, v[INC_UNIT].as.i),
                          .on = day_or_none(&v[basis_slot[x->basis]]),
                          .received = day_or_none(&v[INC_RECEIVED_ON]),
                          .is_first = true};
    if (f.unit == NO_ENTRY || (x->source && strcmp(x->source, info->source)))
        return true;
    fill_outcome(v, &f);
    const struct category_set *set = &x->scope.directory->sets[v[INC_CATEGORY].as.i];
    bool ok = true;
    for (size_t i = 0; ok && i < set->count; i++) {
        f.category = x->scope.category_slot[set->categories[i]];
        if (f.category == NO_ENTRY)
            continue;
        c->undated += f.is_first && f.is_case && f.on == DAY_NONE;
        fill_amounts(c, v, &f);
        ok = add_fact(c, &f, e);
        f.is_first = false;
    }
    return ok;
}

/* ---- count rows ---- */

static void fill_numbers(const struct value *v, int64_t numbers[NUMBER_TOTAL])
{
    static const int slots[NUMBER_TOTAL] = {
        [NUMBER_COUNT] = CNT_COUNT,
        [NUMBER_OFFENDERS] = CNT_OFFENDERS,
        [NUMBER_VICTIMS] = CNT_VICTIMS,
        [NUMBER_ACCEPTED] = CNT_ACCEPTED,
        [NUMBER_CARRIED_OVER] = CNT_CARRIED_OVER,
        [NUMBER_TRANSFERRED] = CNT_TRANSFERRED,
        [NUMBER_RESOLVED] = CNT_RESOLVED,
        [NUMBER_OVERDUE] = CNT_OVERDUE,
        [NUMBER_SOLVED] = CNT_SOLVED,
        [NUMBER_SUPPORTED] = CNT_SUPPORTED,
        [NUMBER_SUSPENDED] = CNT_SUSPENDED,
    };
    for (int i = 0; i < NUMBER_TOTAL; i++)
        numbers[i] = int_or(&v[slots[i]], -1);
}

static bool is_wanted(const struct export *x, const struct stated_row *r, const char *source)
{
    bool other_basis = arg(x->session.request, OPT_BASIS) && r->basis != x->basis;
    return r->unit != NO_ENTRY && r->category != NO_ENTRY && r->span.from >= x->span.from &&
           r->span.to <= x->span.to && !other_basis && (!x->source || !strcmp(x->source, source));
}

static bool read_stated(void *context, const struct row *row, const struct row_info *info,
                        struct err *e)
{
    struct cells *c = context;
    const struct value *v = row->slots;
    struct stated_row r = {.unit = export_unit(c->x, v[CNT_UNIT].as.i),
                           .category = export_category(c->x, v[CNT_CATEGORY].as.i),
                           .span = {(day)v[CNT_FROM].as.i, (day)v[CNT_TO].as.i},
                           .basis = (enum basis)int_or(&v[CNT_BASIS], BASIS_RECEIVED),
                           .calendar = c->x->session.calendar,
                           .synthetic = int_or(&v[CNT_SYNTHETIC], 0) == 1};
    void *stated = c->stated;
    if (!is_wanted(c->x, &r, info->source))
        return true;
    if (!array_grow(&stated, &c->stated_cap, c->stated_count + 1, sizeof r, e))
        return false;
    c->stated = stated;
    if (v[CNT_CALENDAR].type == VALUE_TEXT)
        calendar_parse(v[CNT_CALENDAR].as.s, &r.calendar);
    fill_numbers(v, r.numbers);
    c->stated[c->stated_count++] = r;
    return true;
}

int cells_compare_days(struct span a, enum basis a_basis, struct span b, enum basis b_basis)
{
    if (a.from != b.from)
        return a.from < b.from ? -1 : 1;
    if (a.to != b.to)
        return a.to < b.to ? -1 : 1;
    return ((int)a_basis > (int)b_basis) - ((int)a_basis < (int)b_basis);
}

static int by_key(const void *a, const void *b)
{
    const struct stated_row *x = a, *y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->category != y->category)
        return x->category < y->category ? -1 : 1;
    return cells_compare_days(x->span, x->basis, y->span, y->basis);
}

/* ---- both ---- */

bool cells_read(struct cells *c, struct export *x, struct err *e)
{
    struct store *s = x->session.store;
    c->x = x;
    c->named_units = calloc(x->scope.unit_count + 1, sizeof *c->named_units);
    c->named_categories = calloc(x->scope.category_count + 1, sizeof *c->named_categories);
    c->tells_support = calloc(x->scope.category_count + 1, sizeof *c->tells_support);
    c->cased = calloc(x->scope.unit_count * x->scope.category_count + 1, sizeof *c->cased);
    if (!c->cased || !c->named_units || !c->named_categories || !c->tells_support)
        return err_memory(e);
    if (!store_each_row(s, x->session.state, KIND_INCIDENTS, read_case, c, e) ||
        !store_each_row(s, x->session.state, KIND_COUNTS, read_stated, c, e))
        return false;
    if (c->stated_count)
        qsort(c->stated, c->stated_count, sizeof *c->stated, by_key);
    return true;
}

void cells_free(struct cells *c)
{
    free(c->facts);
    free(c->stated);
    free(c->named_units);
    free(c->named_categories);
    free(c->tells_support);
    free(c->cased);
    *c = (struct cells){0};
}

bool cells_has_cases(const struct cells *c, size_t unit, size_t category)
{
    return c->cased[unit * c->x->scope.category_count + root_slot(c, category)];
}

bool cells_tell_support(const struct cells *c, size_t category)
{
    return c->tells_support[root_slot(c, category)];
}
