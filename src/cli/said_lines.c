#include "cli/said_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- which report speaks of what ---- */

struct stated {
    struct span span;
    const char *figure, *key;
};

struct gathering {
    const struct session *s;
    const struct issued_list *list;
    struct period period, before;
    int64_t now;
    struct stated *stated; /* by later reports */
    size_t count, cap;
    struct said_lines *out;
};

static bool is_span(struct span a, struct span b)
{
    return a.from == b.from && a.to == b.to;
}

/* false: it is none of those asked about. */
static bool which_of(const struct gathering *g, struct span span, enum said_which *which)
{
    *which = SAID_PERIOD;
    if (is_span(span, g->period.span))
        return true;
    *which = SAID_BEFORE;
    if (is_span(span, g->before.span))
        return true;
    *which = SAID_PART;
    return span.from >= g->period.span.from && span.to <= g->period.span.to;
}

static struct period own_period(const struct issued_report *r)
{
    struct period p = {.span = r->span};
    snprintf(p.label, sizeof p.label, "%s", r->period);
    return p;
}

/* What it gave as the same period: of one that ran, only the same days were. */
static bool has_whole_base(const struct issued_report *r)
{
    return r->data_end != DAY_NONE && r->data_end >= r->span.to;
}

/* Takes the statement, unless a later report made one. */
static bool state(struct gathering *g, struct span span, const struct issued_figure *f, bool *taken,
                  struct err *e)
{
    *taken = false;
    for (size_t i = 0; i < g->count; i++)
        if (is_span(g->stated[i].span, span) && !strcmp(g->stated[i].figure, f->figure) &&
            !strcmp(g->stated[i].key, f->key))
            return true;
    void *stated = g->stated;
    if (!array_grow(&stated, &g->cap, g->count + 1, sizeof *g->stated, e))
        return false;
    g->stated = stated;
    g->stated[g->count++] = (struct stated){span, f->figure, f->key};
    *taken = true;
    return true;
}

/* ---- lines ---- */

static const struct said_line *line_of(const struct said_lines *l, const struct issued_figure *f)
{
    for (size_t i = 0; i < l->count; i++)
        if (!strcmp(l->items[i].then.figure, f->figure) && !strcmp(l->items[i].then.key, f->key))
            return &l->items[i];
    return NULL;
}

static bool keep_line(struct gathering *g, const struct said_line *line, struct err *e)
{
    struct said_lines *l = g->out;
    void *items = l->items;
    if (!array_grow(&items, &l->cap, l->count + 1, sizeof *l->items, e))
        return false;
    l->items = items;
    l->items[l->count] = *line;
    return said_keep(&l->items[l->count++], &l->arena) || err_memory(e);
}

/* The base as a count of its own period. */
static struct said_line of_base(const struct said_line *from, const struct period *before)
{
    struct said_line line = *from;
    struct issued_figure *sides[] = {&line.then, &line.now};
    for (int i = 0; i < 2; i++) {
        sides[i]->has_count = sides[i]->has_base;
        sides[i]->count = sides[i]->base;
        sides[i]->has_base = false;
        sides[i]->base = 0;
        sides[i]->verdict = "";
    }
    line.why = from->why_before;
    line.period = *before;
    return line;
}

static bool differs(const struct said_line *l)
{
    bool is_target = !strcmp(l->then.figure, "target");
    if (l->then.has_count != l->now.has_count || l->then.count != l->now.count)
        return true;
    return is_target && (l->then.base != l->now.base || strcmp(l->then.verdict, l->now.verdict));
}

/* One figure of a report as a statement on the days of `span`. */
static bool add_statement(struct gathering *g, const struct issued_figure *f,
                          const struct said_line *line, const struct period *of, struct err *e)
{
    enum said_which which;
    bool taken = false;
    if (!which_of(g, of->span, &which))
        return true;
    if (!state(g, of->span, f, &taken, e))
        return false;
    if (!taken || !line || !differs(line))
        return true;
    struct said_line made = *line;
    made.which = which;
    made.period = *of;
    return keep_line(g, &made, e);
}

static bool add_figure(struct gathering *g, const struct issued_report *r,
                       const struct issued_figure *f, const struct said_line *line, struct err *e)
{
    struct period own = own_period(r), before = period_years_before(&own, g->s->calendar, 1);
    if (!add_statement(g, f, line, &own, e))
        return false;
    if (!strcmp(f->figure, "target") || !f->has_base || !has_whole_base(r))
        return true;
    struct said_line base;
    if (line)
        base = of_base(line, &before);
    return add_statement(g, f, line ? &base : NULL, &before, e);
}

static bool add_report(struct gathering *g, const struct issued_report *r, struct err *e)
{
    struct said_report said;
    bool ok = said_compare(g->s->request, r, g->now, &said, e);
    for (size_t i = 0; ok && i < r->figure_count; i++)
        ok = add_figure(g, r, &r->figures[i], line_of(&said.lines, &r->figures[i]), e);
    said_report_free(&said);
    return ok;
}

/* ---- all ---- */

static bool is_relevant(const struct gathering *g, const struct issued_report *r, const char *unit,
                        const char *basis)
{
    enum said_which which;
    struct span before = span_shift_years(r->span, -1);
    return !strcmp(r->unit, unit) && !strcmp(r->basis, basis) && !*r->as_of && r->state <= g->now &&
           (which_of(g, r->span, &which) || which_of(g, before, &which));
}

static int by_which(const void *a, const void *b)
{
    const struct said_line *x = a, *y = b;
    if (x->which != y->which)
        return x->which < y->which ? -1 : 1;
    if (x->period.span.from != y->period.span.from)
        return x->period.span.from < y->period.span.from ? -1 : 1;
    int order = strcmp(y->then.figure, x->then.figure);
    return order ? order : strcmp(x->then.key, y->then.key);
}

bool said_lines_read(const struct session *s, const struct issued_list *list, const char *unit,
                     const struct period *period, struct said_lines *out, struct err *e)
{
    const char *basis = arg(s->request, OPT_BASIS);
    struct gathering g = {.s = s, .list = list, .period = *period, .now = s->state, .out = out};
    g.before = period_years_before(period, s->calendar, 1);
    size_t first = out->count;
    bool ok = g.now != STATE_NOW || store_last_load(s->store, &g.now, e);
    for (size_t i = list->count; ok && i-- > 0;)
        if (is_relevant(&g, &list->items[i], unit, basis ? basis : "received"))
            ok = add_report(&g, &list->items[i], e);
    if (ok && out->count > first)
        qsort(&out->items[first], out->count - first, sizeof *out->items, by_which);
    free(g.stated);
    return ok;
}

void said_lines_free(struct said_lines *l)
{
    free(l->items);
    arena_free(&l->arena);
    *l = (struct said_lines){0};
}
