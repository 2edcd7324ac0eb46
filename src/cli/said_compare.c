#include "cli/said_compare.h"

#include <stdlib.h>
#include <string.h>

/* ---- one line ---- */

/* The side that has no such figure has its names alone. */
static struct issued_figure empty_like(const struct issued_figure *f)
{
    struct issued_figure none = *f;
    none.has_count = none.has_base = false;
    none.count = none.base = 0;
    none.verdict = "";
    return none;
}

struct holding {
    struct said_report *x;
    const struct issued_report *r;
    const struct period *period;
};

static bool add_line(void *context, const struct issued_figure *then,
                     const struct issued_figure *now, struct err *e)
{
    const struct holding *h = context;
    struct said_lines *l = &h->x->lines;
    void *items = l->items;
    if (!array_grow(&items, &l->cap, l->count + 1, sizeof *l->items, e))
        return false;
    l->items = items;
    struct said_line *line = &l->items[l->count++];
    *line = (struct said_line){.which = SAID_PERIOD,
                               .number = h->r->number,
                               .unit = h->r->unit,
                               .on = (day)(h->r->at / 86400),
                               .period = *h->period,
                               .then = then ? *then : empty_like(now),
                               .now = now ? *now : empty_like(then)};
    return said_keep(line, &l->arena) || err_memory(e);
}

/* ---- the whole ---- */

/* False where it cannot be had: then the state lacks what the report was of. */
static bool read_figures(struct diff_states *d, const struct request *asked,
                         const struct issued_report *r, const int64_t states[2],
                         struct figures *now, struct err *e)
{
    struct request asking = *asked;
    asking.args = (struct args){0};
    figures_ask(&asking, r);
    return diff_open(d, &asking, states, e) &&
           figures_read(&d->sessions[NOW], figures_are_judged(r), now, e);
}

static bool compare(struct diff_states *d, const struct request *asked,
                    const struct issued_report *r, const int64_t states[2], struct said_report *x,
                    struct err *e)
{
    struct figures now = {0};
    bool ok = read_figures(d, asked, r, states, &now, e);
    struct holding h = {x, r, &now.period};
    x->unknown = !ok && (e->code == ERR_INPUT || e->code == ERR_USAGE);
    if (x->unknown)
        err_clear(e);
    if (ok)
        x->data_end = now.data_end;
    ok = ok &&
         figures_each_changed(r->figures, r->figure_count, &now, add_line, &h, &x->compared, e) &&
         (!x->lines.count || said_read_reasons(d, r, &now.period, &x->lines, e));
    figures_free(&now);
    return ok || x->unknown;
}

static bool read_now(const struct request *asked, int64_t *now, struct err *e)
{
    struct store *s = NULL;
    if (*now != STATE_NOW)
        return true;
    bool ok = store_open(&s, asked->place, STORE_READ, e) && store_last_load(s, now, e);
    store_close(s);
    return ok;
}

bool said_compare(const struct request *asked, const struct issued_report *r, int64_t now,
                  struct said_report *x, struct err *e)
{
    struct diff_states d = {0};
    *x = (struct said_report){.data_end = r->data_end};
    if (!read_now(asked, &now, e))
        return false;
    x->compared = r->figure_count;
    if (now == r->state)
        return true;
    const int64_t states[2] = {r->state, now};
    bool ok = compare(&d, asked, r, states, x, e);
    diff_close(&d);
    return ok;
}

void said_report_free(struct said_report *x)
{
    free(x->lines.items);
    arena_free(&x->lines.arena);
    *x = (struct said_report){0};
}
