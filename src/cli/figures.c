#include "cli/figures.h"

#include <stdlib.h>
#include <string.h>

#include "cli/targets_table.h"
#include "cli/yoy_table.h"
#include "report/fact_cells.h"
#include "series/plan.h"

/* ---- one figure ---- */

static bool take_text(struct figures *f, const char **text, const struct cell *from)
{
    *text = arena_text(&f->arena, from->type == CELL_TEXT ? from->as.s : "");
    return *text;
}

/* Columns of a table that make a figure; count and base have their own ways. */
struct shape {
    size_t key, category, name, verdict;
};

static bool add(struct figures *f, const char *figure, const struct shape *s,
                const struct cell *row, struct issued_figure *made, struct err *e)
{
    static const struct cell none = {0};
    void *items = f->items;
    if (!array_grow(&items, &f->cap, f->count + 1, sizeof *f->items, e))
        return false;
    f->items = items;
    made->figure = figure;
    bool kept =
        take_text(f, &made->key, &row[s->key]) &&
        take_text(f, &made->category, s->category == SIZE_MAX ? &none : &row[s->category]) &&
        take_text(f, &made->name, &row[s->name]) &&
        take_text(f, &made->verdict, s->verdict == SIZE_MAX ? &none : &row[s->verdict]);
    f->items[f->count++] = *made;
    return kept || err_memory(e);
}

static void take_number(const struct cell *c, bool *has, int64_t *n)
{
    *has = c->type == CELL_INT;
    *n = *has ? c->as.i : 0;
}

/* ---- counts ---- */

/* As reports say a root first: what is recorded, on the common base or not; of a period that runs
 * the whole of the period before is no base. */
static void take_recorded(const struct figures *f, size_t row, struct issued_figure *made)
{
    bool runs = f->data_end != DAY_NONE && f->data_end < f->period.span.to;
    if (made->has_count)
        made->count = fact_recorded(&f->counts, row);
    if (made->has_base && !runs)
        made->base = fact_recorded_before(&f->counts, row);
}

/* 0: a root; 1: right under one; else 2. */
static int depth_of(const struct session *s, const struct cell *category)
{
    const struct directory *d = &s->directory;
    size_t c =
        category->type == CELL_TEXT ? directory_category_by_code(d, category->as.s) : NO_ENTRY;
    if (c == NO_ENTRY)
        return 2;
    size_t parent = d->categories[c].parent;
    return parent == NO_ENTRY ? 0 : d->categories[parent].parent == NO_ENTRY ? 1 : 2;
}

static bool add_counts(const struct session *s, bool judged, struct figures *f, int depth,
                       struct err *e)
{
    struct shape shape = {YOY_CATEGORY, YOY_CATEGORY, YOY_CATEGORY_NAME,
                          judged && depth == 0 ? YOY_VERDICT : SIZE_MAX};
    bool ok = true;
    for (size_t i = 0; ok && i < f->counts.row_count; i++) {
        const struct cell *row = &f->counts.cells[i * f->counts.column_count];
        struct issued_figure made = {0};
        if (depth_of(s, &row[YOY_CATEGORY]) != depth)
            continue;
        take_number(&row[YOY_COUNT], &made.has_count, &made.count);
        take_number(&row[YOY_COUNT_BEFORE], &made.has_base, &made.base);
        if (depth == 0)
            take_recorded(f, i, &made);
        ok = add(f, depth == 0 ? N_("total") : N_("kind"), &shape, row, &made, e);
    }
    return ok;
}

/* The earliest among the roots. */
static void read_data_end(struct figures *f)
{
    day to;
    bool impossible;
    for (size_t i = 0; i < f->counts.prov_count; i++) {
        const struct prov *p = &f->counts.provs[i];
        if (!strcmp(p->key, "data_end") && day_parse(p->value, strlen(p->value), &to, &impossible))
            f->data_end = f->data_end == DAY_NONE || to < f->data_end ? to : f->data_end;
    }
}

/* ---- targets ---- */

/* The code of the category that a reduction counts the cases of. */
static const char *reduced(const struct session *s, const struct plan *plan, const char *indicator)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct target *t = &plan->targets[i];
        if (!strcmp(t->indicator, indicator) && t->kind == TARGET_REDUCTION &&
            t->category != NO_ENTRY)
            return s->directory.categories[t->category].code;
    }
    return "";
}

static bool take_targets(const struct session *s, const struct plan *plan, const struct result *r,
                         struct figures *f, struct err *e)
{
    static const struct shape shape = {TGC_INDICATOR, SIZE_MAX, TGC_NAME, TGC_VERDICT};
    bool ok = true;
    for (size_t i = 0; ok && i < r->row_count; i++) {
        const struct cell *row = &r->cells[i * r->column_count];
        struct issued_figure made = {0};
        take_number(&row[TGC_NUMERATOR], &made.has_count, &made.count);
        take_number(&row[TGC_DENOMINATOR], &made.has_base, &made.base);
        ok = add(f, N_("target"), &shape, row, &made, e);
        struct issued_figure *kept = &f->items[f->count - ok];
        if (ok)
            kept->category = arena_text(&f->arena, reduced(s, plan, kept->key));
        ok = ok && (kept->category || err_memory(e));
    }
    return ok;
}

/* No plan of that year is no failure: then nothing was judged. */
static bool add_targets(struct session *s, struct figures *f, struct err *e)
{
    struct result r = {0};
    struct plan plan = {0};
    bool ok = targets_build(s, false, &r, e);
    if (ok)
        ok = plan_read(&plan, s->store, s->state, &s->directory, arg(s->request, OPT_PLAN),
                       &f->period, e) &&
             take_targets(s, &plan, &r, f, e);
    else if ((ok = e->code == ERR_INPUT || e->code == ERR_USAGE))
        err_clear(e);
    plan_free(&plan);
    result_free(&r);
    return ok;
}

/* ---- all ---- */

bool figures_read(struct session *s, bool judged, struct figures *f, struct err *e)
{
    static const struct yoy_options kinds = {.by_category = true};
    *f = (struct figures){.data_end = DAY_NONE};
    if (!session_period(s, &f->period, e))
        return false;
    cover_end(&s->cover, f->period.span.to);
    if (!yoy_build(s, &kinds, &f->counts, e))
        return false;
    read_data_end(f);
    return add_counts(s, judged, f, 0, e) && add_counts(s, judged, f, 1, e) &&
           (!judged || add_targets(s, f, e));
}

void figures_free(struct figures *f)
{
    free(f->items);
    result_free(&f->counts);
    arena_free(&f->arena);
    *f = (struct figures){0};
}

/* ---- two of them ---- */

bool figures_are_judged(const struct issued_report *r)
{
    for (size_t i = 0; i < r->figure_count; i++)
        if (!strcmp(r->figures[i].figure, "target"))
            return true;
    return false;
}

static const struct issued_figure *find(const struct issued_figure *items, size_t count,
                                        const struct issued_figure *like)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(items[i].figure, like->figure) && !strcmp(items[i].key, like->key))
            return &items[i];
    return NULL;
}

static bool is_same(const struct issued_figure *a, const struct issued_figure *b)
{
    return b && a->has_count == b->has_count && a->has_base == b->has_base &&
           a->count == b->count && a->base == b->base && !strcmp(a->verdict, b->verdict);
}

bool figures_each_changed(const struct issued_figure *then, size_t then_count,
                          const struct figures *now, figures_pair_fn fn, void *context,
                          size_t *compared, struct err *e)
{
    bool ok = true;
    *compared = then_count;
    for (size_t i = 0; ok && i < then_count; i++) {
        const struct issued_figure *same = find(now->items, now->count, &then[i]);
        ok = is_same(&then[i], same) || fn(context, &then[i], same, e);
    }
    for (size_t i = 0; ok && i < now->count; i++) {
        if (find(then, then_count, &now->items[i]))
            continue;
        ++*compared;
        ok = fn(context, NULL, &now->items[i], e);
    }
    return ok;
}

void figures_ask(struct request *q, const struct issued_report *r)
{
    char last[11];
    day_text(r->span.to, last);
    const struct {
        enum option_id id;
        const char *value;
    } asked[] = {{OPT_PERIOD, r->period},
                 {OPT_UNIT, r->unit},
                 {OPT_PLAN, r->plan},
                 {OPT_BASIS, r->basis},
                 {OPT_CALENDAR, r->calendar},
                 {OPT_AS_OF, r->as_of},
                 {OPT_SPLIT, r->split},
                 {OPT_UNITS_AS_OF, strcmp(r->units_as_of, last) ? r->units_as_of : ""}};
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        q->args.values[asked[i].id] = *asked[i].value ? asked[i].value : NULL;
}
