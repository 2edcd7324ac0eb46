#include "cli/report_facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/benchmarks_table.h"
#include "cli/groups.h"
#include "cli/report_audience.h"
#include "cli/report_private.h"
#include "cli/targets_table.h"
#include "cli/yoy_table.h"
#include "series/plan.h"

/* ---- asking the commands ---- */

struct question question_of(struct session *s)
{
    struct question x = {.s = s, .asked = s->request, .q = *s->request};
    return x;
}

void question_ask(struct question *x, enum option_id id, const char *value)
{
    x->q.args.values[id] = value;
}

struct session *question_begin(struct question *x)
{
    x->s->request = &x->q;
    return x->s;
}

bool question_end(struct question *x, bool ok)
{
    x->s->request = x->asked;
    return ok;
}

bool question_or_none(struct result *r, bool ok, struct err *e)
{
    if (ok)
        return true;
    if (e->code != ERR_INPUT && e->code != ERR_USAGE)
        return false;
    r->row_count = 0;
    err_clear(e);
    return true;
}

/* ---- the whole ---- */

bool question_body(struct question *x, const struct period *period, struct arena *arena,
                   const char **unit, struct err *e)
{
    static const struct yoy_options whole = {0};
    struct result r = {0};
    bool ok = question_end(x, yoy_build(question_begin(x), &whole, &r, e));
    const char *first = ok && r.row_count ? r.cells[YOY_UNIT].as.s : "";
    for (size_t i = 0; ok && i < r.row_count; i++)
        if (strcmp(r.cells[i * r.column_count + YOY_UNIT].as.s, first))
            ok = err_set(e, ERR_USAGE,
                         "report: there are several bodies (%s, %s …): name one with --unit", first,
                         r.cells[i * r.column_count + YOY_UNIT].as.s);
    bool known = false;
    for (size_t i = 0; ok && i < r.row_count; i++)
        known |= r.cells[i * r.column_count + YOY_COUNT].type == CELL_INT;
    if (ok && !known)
        ok = err_set(e, ERR_INPUT, "report: nothing is known of the period %s: load its cases",
                     period->label);
    if (ok)
        *unit = arena_text(arena, first);
    if (ok && !*unit)
        ok = err_memory(e);
    result_free(&r);
    return ok;
}

size_t question_unit(const struct session *s, const char *body)
{
    size_t group = groups_find(&s->directory, body, strlen(body));
    return group != NO_ENTRY
               ? group
               : directory_unit_by_code(&s->directory, body, boundaries_asked(s->boundaries));
}

static bool read_body(struct facts *f, struct session *s, struct err *e)
{
    size_t unit = question_unit(s, f->unit);
    f->unit_name = f->unit;
    f->level = "";
    if (unit == NO_ENTRY)
        return true;
    f->unit_name = arena_text(&f->arena, s->directory.units[unit].name);
    f->level = arena_text(&f->arena, s->directory.units[unit].level);
    return (f->unit_name && f->level) || err_memory(e);
}

static bool read_periods(struct facts *f, struct session *s, struct err *e)
{
    int year, month;
    if (!session_period(s, &f->period, e))
        return false;
    f->before = period_years_before(&f->period, s->calendar, 1);
    calendar_locate(s->calendar, f->period.span.to, &year, &month);
    snprintf(f->year.label, sizeof f->year.label, "%d", year);
    f->year.span = calendar_year(s->calendar, year);
    f->is_year = f->period.span.from == f->year.span.from && f->period.span.to == f->year.span.to;
    cover_end(&s->cover, f->period.span.to);
    boundaries_keep(s->boundaries, f->period.span.to);
    return true;
}

/* The earliest data end among the roots. */
static void read_data_end(struct facts *f, const struct result *total)
{
    day to;
    bool impossible;
    for (size_t i = 0; i < total->prov_count; i++) {
        const char *value = total->provs[i].value;
        if (!strcmp(total->provs[i].key, "data_end") &&
            day_parse(value, strlen(value), &to, &impossible))
            f->data_end = f->data_end == DAY_NONE || to < f->data_end ? to : f->data_end;
    }
    f->is_running = f->data_end != DAY_NONE && f->data_end < f->period.span.to;
}

static bool read_targets(struct question x, struct facts *f, struct err *e)
{
    return question_or_none(
        &f->targets, question_end(&x, targets_build(question_begin(&x), false, &f->targets, e)), e);
}

static bool read_data_ends(struct question x, struct facts *f, struct err *e)
{
    static const struct yoy_options whole = {0};
    struct result r = {0};
    bool ok = question_end(&x, yoy_build(question_begin(&x), &whole, &r, e));
    if (ok)
        read_data_end(f, &r);
    result_free(&r);
    return ok;
}

/* In the order of the plan's indicators; what the plan does not name comes behind. */
static bool order_roots(const struct facts *f, struct session *s, size_t *roots, struct err *e)
{
    struct plan plan = {0};
    size_t sorted = 0;
    bool ok = plan_read(&plan, s->store, s->state, &s->directory, arg(s->request, OPT_PLAN),
                        &f->period, e);
    for (size_t t = 0; ok && t < plan.count; t++) {
        size_t category = plan.targets[t].category, i = sorted;
        while (i < f->root_count &&
               (category == NO_ENTRY || roots[i] != s->directory.categories[category].root))
            i++;
        if (i == f->root_count)
            continue;
        size_t found = roots[i];
        memmove(&roots[sorted + 1], &roots[sorted], (i - sorted) * sizeof *roots);
        roots[sorted++] = found;
    }
    plan_free(&plan);
    return ok;
}

static bool read_roots(struct report_facts *x, struct question q, struct err *e)
{
    struct facts *f = &x->facts;
    size_t *roots = NULL;
    bool ok = session_roots(q.s, &roots, &f->root_count, e) && order_roots(f, q.s, roots, e);
    f->roots = ok ? calloc(f->root_count + 1, sizeof *f->roots) : NULL;
    x->shapes = ok ? calloc(f->root_count + 1, sizeof *x->shapes) : NULL;
    if (ok && (!f->roots || !x->shapes)) {
        f->root_count = 0;
        ok = err_memory(e);
    }
    for (size_t i = 0; ok && i < f->root_count; i++)
        ok = report_root_read(x, q, roots[i], i, e);
    free(roots);
    return ok;
}

/* Of every kind of act of the roots, which their tables by category have. */
static bool read_benchmarks(struct facts *f, struct session *s, struct err *e)
{
    struct benchmarks all;
    bool ok = benchmarks_read(&all, s->store, s->state, &s->directory, e);
    struct benchmarks_ask ask = {.s = s, .all = &all, .period = &f->period};
    benchmarks_begin(&f->benchmarks, s->lang);
    for (size_t i = 0; ok && all.count && i < f->root_count; i++) {
        struct benchmark_own *own = NULL;
        ok = benchmarks_own_of_yoy(s, &f->roots[i].kinds, f->is_running, &own, &ask.own_count,
                                   &ask.unit, e);
        ask.own = own;
        ok = ok && benchmarks_add(&ask, &f->benchmarks, e);
        free(own);
    }
    benchmarks_free(&all);
    return ok;
}

static bool begin(struct report_facts *x, struct session *s, struct err *e)
{
    *x = (struct report_facts){
        .facts = {.lang = s->lang, .synthetic = s->synthetic, .data_end = DAY_NONE}};
    return read_periods(&x->facts, s, e);
}

static bool read_said(struct report_facts *x, struct session *s, struct err *e)
{
    struct issued_list list;
    struct facts *f = &x->facts;
    if (s->as_of != DAY_NONE)
        return true;
    bool ok = issued_read(s->store, &list, e) &&
              said_lines_read(s, &list, f->unit, &f->period, &x->said, e);
    issued_free(&list);
    f->said = &x->said;
    return ok;
}

bool report_facts_frame(struct report_facts *x, struct session *s, const char *unit, struct err *e)
{
    if (!begin(x, s, e))
        return false;
    x->facts.unit = arena_text(&x->facts.arena, unit);
    return x->facts.unit ? read_body(&x->facts, s, e) : err_memory(e);
}

bool report_facts_read(struct report_facts *x, struct session *s, struct err *e)
{
    struct facts *f = &x->facts;
    if (!begin(x, s, e))
        return false;
    struct question q = question_of(s);
    question_ask(&q, OPT_PERIOD, f->period.label);
    if (!question_body(&q, &f->period, &f->arena, &f->unit, e) || !read_body(f, s, e))
        return false;
    question_ask(&q, OPT_UNIT, f->unit);
    return read_data_ends(q, f, e) && read_targets(q, f, e) && read_roots(x, q, e) &&
           read_benchmarks(f, s, e) && read_said(x, s, e) && report_audience(f, s, e);
}

static void root_free(struct facts_root *r)
{
    struct result *all[] = {&r->total,   &r->mean,     &r->units,  &r->kinds,  &r->offenders,
                            &r->victims, &r->risk,     &r->limits, &r->months, &r->trend,
                            &r->alerts,  &r->forecast, &r->path,   &r->states};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        result_free(all[i]);
}

void report_facts_free(struct report_facts *x)
{
    struct facts *f = &x->facts;
    for (size_t i = 0; i < f->root_count; i++) {
        if (x->shapes)
            risk_shapes_free(&x->shapes[i]);
        root_free(&f->roots[i]);
    }
    free(x->shapes);
    free(f->roots);
    result_free(&f->targets);
    said_lines_free(&x->said);
    result_free(&f->benchmarks);
    arena_free(&f->arena);
    *x = (struct report_facts){0};
}
