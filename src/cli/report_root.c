/* One axis of a report: its tables, its years, its places, what may come. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "cli/alert_table.h"
#include "cli/coverage_table.h"
#include "cli/forecast_table.h"
#include "cli/report_private.h"
#include "cli/risk_table.h"
#include "cli/trend_table.h"
#include "cli/yoy_table.h"

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

static bool read_comparisons(struct question x, struct facts_root *r, struct err *e)
{
    static const struct yoy_options whole = {0}, units = {.by_unit = true},
                                    kinds = {.by_category = true};
    bool ok = question_end(&x, yoy_build(question_begin(&x), &whole, &r->total, e)) &&
              question_end(&x, yoy_build(question_begin(&x), &units, &r->units, e)) &&
              question_end(&x, yoy_build(question_begin(&x), &kinds, &r->kinds, e));
    question_ask(&x, OPT_COUNT, "offenders");
    ok = ok && question_or_none(
                   &r->offenders,
                   question_end(&x, yoy_build(question_begin(&x), &kinds, &r->offenders, e)), e);
    question_ask(&x, OPT_COUNT, "victims");
    ok = ok && question_or_none(
                   &r->victims,
                   question_end(&x, yoy_build(question_begin(&x), &kinds, &r->victims, e)), e);
    question_ask(&x, OPT_COUNT, NULL);
    question_ask(&x, OPT_AGAINST, "mean3");
    return ok && question_end(&x, yoy_build(question_begin(&x), &whole, &r->mean, e));
}

/* What was recorded in the whole of the period before is no base for one that runs. */
static bool drop_whole_before(struct facts_root *r, struct err *e)
{
    struct result *all[] = {&r->total, &r->units, &r->kinds, &r->offenders, &r->victims};
    bool ok = true;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        ok &= result_drop_note(all[i], "recorded_before");
    return ok || err_memory(e);
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
                      struct err *e)
{
    static const struct yoy_options whole = {0};
    struct result r = {0};
    question_ask(&x, OPT_PERIOD, p->label);
    bool ok =
        question_or_none(&r, question_end(&x, yoy_build(question_begin(&x), &whole, &r, e)), e);
    *year = (struct facts_year){0};
    if (ok && r.row_count && result_cell(&r, 0, "count")->type == CELL_INT) {
        const struct cell *note = result_cell(&r, 0, "note");
        year->known = true;
        year->whole = note->type != CELL_TEXT || !strstr(note->as.s, "lagging=");
        year->count = recorded_of(&r);
    }
    result_free(&r);
    return ok;
}

/* Of a period that runs, every year's same days. */
static void set_days(struct period *p, day to)
{
    char from[11], end[11];
    p->span.to = to;
    day_text(p->span.from, from);
    day_text(to, end);
    snprintf(p->label, sizeof p->label, "%s..%s", from, end);
}

static bool read_years(struct question x, struct facts *f, struct facts_root *r, struct err *e)
{
    struct period own = f->period;
    if (f->is_running)
        set_days(&own, f->data_end);
    for (int back = FACTS_YEARS - 1; back >= 0; back--) {
        struct period p = period_years_before(&own, x.s->calendar, back);
        struct facts_year *year = &r->years[r->year_count];
        struct period named = period_years_before(&f->period, x.s->calendar, back);
        if (!read_year(x, &p, year, e))
            return false;
        year->label = arena_text(&f->arena, named.label);
        if (!year->label)
            return err_memory(e);
        r->year_count += year->known || r->year_count > 0;
    }
    return true;
}

static bool read_places(struct question x, struct facts_root *r, struct risk_shapes *shapes,
                        const struct bounds *b, struct err *e)
{
    question_ask(&x, OPT_PERIOD, b->pool);
    bool ok = question_or_none(
        &r->risk, question_end(&x, risk_build_funnel(question_begin(&x), &r->risk, &r->limits, e)),
        e);
    ok = ok && risk_shapes_read(shapes, x.s, &r->risk, e);
    if (ok && shapes->map.count)
        r->shapes = &shapes->map;
    return ok;
}

static bool read_series(struct question x, struct facts_root *r, const struct bounds *b,
                        struct err *e)
{
    question_ask(&x, OPT_PERIOD, NULL);
    question_ask(&x, OPT_TO, b->to);
    bool ok =
        question_or_none(
            &r->months,
            question_end(&x, trend_build_months(question_begin(&x), &r->months, &r->trend, e)),
            e) &&
        question_or_none(&r->states,
                         question_end(&x, coverage_build(question_begin(&x), &r->states, e)), e);
    question_ask(&x, OPT_FROM, b->from);
    return ok &&
           question_or_none(&r->alerts,
                            question_end(&x, alert_build(question_begin(&x), &r->alerts, e)), e);
}

/* Of the whole reporting year, where it is not over yet. */
static bool read_outlook(struct question x, const struct facts *f, struct facts_root *r,
                         const struct bounds *b, struct err *e)
{
    if (f->is_year && !f->is_running)
        return true;
    question_ask(&x, OPT_PERIOD, f->year.label);
    question_ask(&x, OPT_TO, b->to);
    return question_or_none(
        &r->path,
        question_end(&x, forecast_build_months(question_begin(&x), &r->path, &r->forecast, e)), e);
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

bool report_root_read(struct report_facts *x, struct question q, size_t category, size_t i,
                      struct err *e)
{
    struct bounds b;
    struct facts *f = &x->facts;
    struct facts_root *r = &f->roots[i];
    const struct category *c = &q.s->directory.categories[category];
    r->code = arena_text(&f->arena, c->code);
    r->name = arena_text(&f->arena, *c->name ? c->name : c->code);
    r->noun = r->name ? noun_of(r->name, &f->arena) : NULL;
    r->brief = r->noun ? brief_of(c, r->noun, &f->arena) : NULL;
    if (!r->code || !r->brief)
        return err_memory(e);
    bounds_of(&b, q.s, &f->period);
    question_ask(&q, OPT_CATEGORY, r->code);
    return read_comparisons(q, r, e) && (!f->is_running || drop_whole_before(r, e)) &&
           read_years(q, f, r, e) && read_places(q, r, &x->shapes[i], &b, e) &&
           read_series(q, r, &b, e) && read_outlook(q, f, r, &b, e);
}
