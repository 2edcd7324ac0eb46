#include "cli/report_facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "cli/alert_table.h"
#include "cli/coverage_table.h"
#include "cli/forecast_table.h"
#include "cli/report_audience.h"
#include "cli/risk_table.h"
#include "cli/targets_table.h"
#include "cli/trend_table.h"
#include "cli/yoy_table.h"
#include "series/plan.h"

/* ---- asking the commands ---- */

/* A command's table as if it had been called with further options. */
struct question {
    struct session *s;
    const struct request *asked;
    struct request q;
};

static struct question question_of(struct session *s)
{
    struct question x = {.s = s, .asked = s->request, .q = *s->request};
    return x;
}

static void ask(struct question *x, enum option_id id, const char *value)
{
    x->q.args.values[id] = value;
}

/* The session's request is a pointer to a struct on the caller's stack: set before each build, and
 * put back behind it. */
static struct session *begin(struct question *x)
{
    x->s->request = &x->q;
    return x->s;
}

static bool end(struct question *x, bool ok)
{
    x->s->request = x->asked;
    return ok;
}

/* The months that models may see end with the period. */
struct bounds {
    char to[32], from[32]; /* "2024-06"; first month of the last quarter */
    char pool[32];         /* of places: three years to the period's end */
};

static void bounds_of(struct bounds *b, const struct session *s, const struct period *p)
{
    int year, month;
    char from[11], to[11];
    calendar_locate(s->calendar, p->span.to, &year, &month);
    snprintf(b->to, sizeof b->to, "%04d-%02d", year, month);
    int first = year * 12 + month - 1 - 2;
    snprintf(b->from, sizeof b->from, "%04d-%02d", first / 12, first % 12 + 1);
    struct span last = span_shift_years((struct span){p->span.to + 1, p->span.to + 1}, -3);
    day_text(last.from, from);
    day_text(p->span.to, to);
    snprintf(b->pool, sizeof b->pool, "%s..%s", from, to);
}

/* ---- one root ---- */

/* What a table cannot give is no failure of the report: it has no rows then. */
static bool or_none(struct result *r, bool ok, struct err *e)
{
    if (ok)
        return true;
    if (e->code != ERR_INPUT && e->code != ERR_USAGE)
        return false;
    r->row_count = 0;
    err_clear(e);
    return true;
}

static bool read_comparisons(struct question x, struct facts_root *r, struct err *e)
{
    static const struct yoy_options whole = {0}, units = {.by_unit = true},
                                    kinds = {.by_category = true};
    bool ok = end(&x, yoy_build(begin(&x), &whole, &r->total, e)) &&
              end(&x, yoy_build(begin(&x), &units, &r->units, e)) &&
              end(&x, yoy_build(begin(&x), &kinds, &r->kinds, e));
    ask(&x, OPT_COUNT, "offenders");
    ok = ok && or_none(&r->offenders, end(&x, yoy_build(begin(&x), &kinds, &r->offenders, e)), e);
    ask(&x, OPT_COUNT, "victims");
    ok = ok && or_none(&r->victims, end(&x, yoy_build(begin(&x), &kinds, &r->victims, e)), e);
    ask(&x, OPT_COUNT, NULL);
    ask(&x, OPT_AGAINST, "mean3");
    return ok && end(&x, yoy_build(begin(&x), &whole, &r->mean, e));
}

/* What is recorded stands in the note where it is more than what is compared. */
static int64_t recorded_of(const struct result *r)
{
    const struct cell *count = result_cell(r, 0, "count"), *note = result_cell(r, 0, "note");
    const char *hit = note->type == CELL_TEXT ? strstr(note->as.s, "recorded=") : NULL;
    if (hit && (hit == note->as.s || hit[-1] == ';'))
        return strtoll(hit + strlen("recorded="), NULL, 10);
    return count->as.i;
}

static bool read_year(struct question x, const struct period *p, struct facts_year *year,
                      struct arena *arena, struct err *e)
{
    static const struct yoy_options whole = {0};
    struct result r = {0};
    ask(&x, OPT_PERIOD, p->label);
    bool ok = or_none(&r, end(&x, yoy_build(begin(&x), &whole, &r, e)), e);
    *year = (struct facts_year){.label = arena_text(arena, p->label)};
    if (ok && r.row_count && result_cell(&r, 0, "count")->type == CELL_INT) {
        const struct cell *note = result_cell(&r, 0, "note");
        year->known = true;
        year->whole = note->type != CELL_TEXT || !strstr(note->as.s, "lagging=");
        year->count = recorded_of(&r);
    }
    result_free(&r);
    return ok && (year->label || err_memory(e));
}

static bool read_years(struct question x, struct facts *f, struct facts_root *r, struct err *e)
{
    for (int back = FACTS_YEARS - 1; back >= 0; back--) {
        struct period p = period_years_before(&f->period, x.s->calendar, back);
        struct facts_year *year = &r->years[r->year_count];
        if (!read_year(x, &p, year, &f->arena, e))
            return false;
        year->whole &= back > 0 || !f->is_running;
        r->year_count += year->known || r->year_count > 0;
    }
    return true;
}

static bool read_places(struct question x, struct facts_root *r, struct risk_shapes *shapes,
                        const struct bounds *b, struct err *e)
{
    ask(&x, OPT_PERIOD, b->pool);
    bool ok = or_none(&r->risk, end(&x, risk_build_funnel(begin(&x), &r->risk, &r->limits, e)), e);
    ok = ok && risk_shapes_read(shapes, x.s, &r->risk, e);
    if (ok && shapes->map.count)
        r->shapes = &shapes->map;
    return ok;
}

static bool read_series(struct question x, struct facts_root *r, const struct bounds *b,
                        struct err *e)
{
    ask(&x, OPT_PERIOD, NULL);
    ask(&x, OPT_TO, b->to);
    bool ok =
        or_none(&r->months, end(&x, trend_build_months(begin(&x), &r->months, &r->trend, e)), e) &&
        or_none(&r->states, end(&x, coverage_build(begin(&x), &r->states, e)), e);
    ask(&x, OPT_FROM, b->from);
    return ok && or_none(&r->alerts, end(&x, alert_build(begin(&x), &r->alerts, e)), e);
}

/* Of the whole reporting year, where it is not over yet. */
static bool read_outlook(struct question x, const struct facts *f, struct facts_root *r,
                         const struct bounds *b, struct err *e)
{
    if (f->is_year && !f->is_running)
        return true;
    ask(&x, OPT_PERIOD, f->year.label);
    ask(&x, OPT_TO, b->to);
    return or_none(&r->path, end(&x, forecast_build_months(begin(&x), &r->path, &r->forecast, e)),
                   e);
}

/* "Xâm hại trẻ em (bị hại dưới 16 tuổi)" in the middle of a sentence: "xâm hại trẻ em". */
static const char *noun_of(const char *name, struct arena *arena)
{
    utf8proc_int32_t first = 0;
    utf8proc_uint8_t bytes[4];
    size_t n = strcspn(name, "(");
    while (n && name[n - 1] == ' ')
        n--;
    utf8proc_ssize_t used =
        utf8proc_iterate((const utf8proc_uint8_t *)name, (utf8proc_ssize_t)n, &first);
    if (used <= 0)
        return arena_text(arena, name);
    utf8proc_ssize_t made = utf8proc_encode_char(utf8proc_tolower(first), bytes);
    return arena_format(arena, "%.*s%.*s", (int)made, (const char *)bytes, (int)(n - (size_t)used),
                        name + used);
}

/* The shortest alias that is a phrase: an abbreviation is none for prose. */
static const char *brief_of(const struct category *c, const char *noun, struct arena *arena)
{
    const char *best = NULL;
    size_t least = strlen(noun);
    for (const char *at = c->aliases; *at;) {
        size_t n = strcspn(at, ";"), words = 1;
        for (size_t i = 0; i < n; i++)
            words += at[i] == ' ';
        if (words > 2 && n < least) {
            least = n;
            best = at;
        }
        at += n + (at[n] == ';');
    }
    char *copy = best ? arena_copy(arena, best, least) : NULL;
    return copy ? noun_of(copy, arena) : noun;
}

static bool read_root(struct report_facts *x, struct question q, size_t category, size_t i,
                      const struct bounds *b, struct err *e)
{
    struct facts *f = &x->facts;
    struct facts_root *r = &f->roots[i];
    const struct category *c = &q.s->directory.categories[category];
    r->code = arena_text(&f->arena, c->code);
    r->name = arena_text(&f->arena, *c->name ? c->name : c->code);
    r->noun = r->name ? noun_of(r->name, &f->arena) : NULL;
    r->brief = r->noun ? brief_of(c, r->noun, &f->arena) : NULL;
    if (!r->code || !r->brief)
        return err_memory(e);
    ask(&q, OPT_CATEGORY, r->code);
    return read_comparisons(q, r, e) && read_years(q, f, r, e) &&
           read_places(q, r, &x->shapes[i], b, e) && read_series(q, r, b, e) &&
           read_outlook(q, f, r, b, e);
}

/* ---- the whole ---- */

/* The body that reports: --unit, else the only top unit with data. */
static bool find_body(struct facts *f, struct question *x, struct err *e)
{
    static const struct yoy_options whole = {0};
    struct result r = {0};
    bool ok = end(x, yoy_build(begin(x), &whole, &r, e));
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
                     f->period.label);
    if (ok)
        f->unit = arena_text(&f->arena, first);
    if (ok && !f->unit)
        ok = err_memory(e);
    result_free(&r);
    return ok;
}

static bool read_body(struct facts *f, struct session *s, struct err *e)
{
    size_t unit = directory_unit_by_code(&s->directory, f->unit, f->period.span.to);
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
    return or_none(&f->targets, end(&x, targets_build(begin(&x), false, &f->targets, e)), e);
}

static bool read_data_ends(struct question x, struct facts *f, struct err *e)
{
    static const struct yoy_options whole = {0};
    struct result r = {0};
    bool ok = end(&x, yoy_build(begin(&x), &whole, &r, e));
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
    struct bounds b;
    size_t *roots = NULL;
    bool ok = session_roots(q.s, &roots, &f->root_count, e) && order_roots(f, q.s, roots, e);
    bounds_of(&b, q.s, &f->period);
    f->roots = ok ? calloc(f->root_count + 1, sizeof *f->roots) : NULL;
    x->shapes = ok ? calloc(f->root_count + 1, sizeof *x->shapes) : NULL;
    if (ok && (!f->roots || !x->shapes)) {
        f->root_count = 0;
        ok = err_memory(e);
    }
    for (size_t i = 0; ok && i < f->root_count; i++)
        ok = read_root(x, q, roots[i], i, &b, e);
    free(roots);
    return ok;
}

bool report_facts_read(struct report_facts *x, struct session *s, struct err *e)
{
    *x = (struct report_facts){
        .facts = {.lang = s->lang, .synthetic = s->synthetic, .data_end = DAY_NONE}};
    struct facts *f = &x->facts;
    if (!read_periods(f, s, e))
        return false;
    struct question q = question_of(s);
    ask(&q, OPT_PERIOD, f->period.label);
    if (!find_body(f, &q, e) || !read_body(f, s, e))
        return false;
    ask(&q, OPT_UNIT, f->unit);
    return read_data_ends(q, f, e) && read_targets(q, f, e) && read_roots(x, q, e) &&
           report_audience(f, s, e);
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
    arena_free(&f->arena);
    *x = (struct report_facts){0};
}
