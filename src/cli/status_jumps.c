/* The section on jumps: where another source speaks from some month on, or case rows follow totals,
 * and the level is another one since. */
#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "cli/status_found.h"
#include "stats/jump.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

enum { GAP_MOST = 12 }; /* months of nobody between the two */

struct change {
    struct jump jump;
    uint16_t voice_before, voice_after;
    size_t at; /* the month from which on the other one speaks */
};

struct jumps {
    struct status *st;
    const struct monthly *m;
    struct found_list list;
    struct change *items;
    size_t count, cap;
    double *counts; /* [n] of one place */
    bool *starts;
};

/* Of a place without places below it several voices of one month are no source. */
static bool is_voice(const struct jumps *x, size_t unit, uint16_t voice)
{
    return voice >= VOICE_FIRST || (voice == VOICE_MANY && !x->m->is_leaf[unit]);
}

static struct jump_run run_from(const struct month_cell *cells, size_t n, size_t first)
{
    struct jump_run r = {first, first};
    while (r.last + 1 < n && cells[r.last + 1].voice == cells[first].voice)
        r.last++;
    return r;
}

static bool add_change(struct jumps *x, size_t topic, size_t unit, struct jump_run before,
                       struct jump_run after, struct err *e)
{
    const struct month_cell *cells = monthly_cells(x->m, topic, unit);
    const struct jump_series s = {x->counts, x->starts};
    struct change c = {.voice_before = cells[before.first].voice,
                       .voice_after = cells[after.first].voice,
                       .at = after.first};
    void *items = x->items;
    if (c.voice_before == c.voice_after || after.first - before.last > GAP_MOST ||
        !jump_judge(&s, before, after, &c.jump))
        return true;
    if (!array_grow(&items, &x->cap, x->count + 1, sizeof *x->items, e))
        return false;
    x->items = items;
    x->items[x->count] = c;
    return found_add(&x->list, (struct found){unit, topic, c.jump.p_value, NAN, x->count++}, e);
}

static bool look_at_unit(struct jumps *x, size_t topic, size_t unit, struct err *e)
{
    const struct month_cell *cells = monthly_cells(x->m, topic, unit);
    struct jump_run before = {0};
    bool any = false, ok = true;
    for (size_t i = 0; i < x->m->n; i++) {
        x->counts[i] = cells[i].count;
        x->starts[i] = !cells[i].continues;
    }
    for (size_t i = 0; ok && i < x->m->n; i++) {
        struct jump_run run = run_from(cells, x->m->n, i);
        i = run.last;
        if (!is_voice(x, unit, cells[i].voice))
            continue;
        ok = !any || add_change(x, topic, unit, before, run, e);
        before = run;
        any = true;
    }
    return ok;
}

/* A district's jump is its communes' again: each level is a family of its own. */
static bool look_at_level(struct jumps *x, size_t topic, size_t depth, bool *any, struct err *e)
{
    const struct directory *d = x->m->directory;
    size_t from = x->list.count;
    bool ok = true;
    *any = false;
    for (size_t u = 0; ok && u < d->unit_count; u++) {
        if (d->units[u].depth != depth)
            continue;
        *any = true;
        ok = d->units[u].is_unknown || look_at_unit(x, topic, u, e);
    }
    return ok && found_judge(&x->list, from, e);
}

static bool look_at_topic(struct jumps *x, size_t topic, struct err *e)
{
    bool any = true, ok = true;
    for (size_t depth = 0; ok && any; depth++)
        ok = look_at_level(x, topic, depth, &any, e);
    return ok;
}

/* ---- rows ---- */

static const char *span_text(const struct jumps *x, struct result *t, struct jump_run r)
{
    char from[11], to[11];
    day_text(x->m->months[r.first].from, from);
    day_text(x->m->months[r.last].to, to);
    return arena_format(&t->arena, "%s..%s", from, to);
}

/* "12 in 24 months → 40 in 24 months" */
static const char *counts_text(struct result *t, const struct jump *j)
{
    struct buf before = {0}, after = {0};
    num_add_count(&before, (int64_t)j->count_before, t->lang);
    num_add_count(&after, (int64_t)j->count_after, t->lang);
    const char *text =
        before.failed || after.failed
            ? NULL
            : arena_format(&t->arena, tr(t->lang, "%s in %zu months → %s in %zu months"),
                           buf_text(&before), j->before.last - j->before.first + 1,
                           buf_text(&after), j->after.last - j->after.first + 1);
    buf_free(&before);
    buf_free(&after);
    return text;
}

static void fill_jump(const struct jumps *x, struct result *t, const struct change *c,
                      struct cell *row)
{
    const struct jump *j = &c->jump;
    bool people = x->st->for_people;
    row[4] = cell_text(people ? found_voice(x->st, t, c->voice_before)
                              : monthly_source(x->m, c->voice_before));
    row[5] = cell_text(people ? found_voice(x->st, t, c->voice_after)
                              : monthly_source(x->m, c->voice_after));
    row[6] = cell_text(monthly_is_counts(c->voice_before) ? N_("totals") : N_("case_rows"));
    row[7] = cell_text(monthly_is_counts(c->voice_after) ? N_("totals") : N_("case_rows"));
    row[8] = cell_text(span_text(x, t, j->before));
    row[9] = cell_text(span_text(x, t, j->after));
    row[10] = cell_int((int64_t)j->count_before);
    row[11] = cell_int((int64_t)j->count_after);
    row[12] = cell_text(people ? counts_text(t, j) : NULL);
    row[13] = cell_real(j->ratio);
    row[14] = cell_real(j->low);
    row[15] = cell_real(j->high);
    row[16] = cell_real(j->phi);
    row[17] = cell_text(j->other_season ? N_("other_season") : NULL);
}

static bool add_row(struct jumps *x, struct result *t, const struct found *f, struct err *e)
{
    const struct directory *d = x->m->directory;
    const struct change *c = &x->items[f->at];
    day on = x->m->months[c->at].from;
    struct cell *row = result_add_row(t, e);
    if (!row)
        return false;
    row[0] = cell_text(d->units[f->unit].code);
    row[1] = cell_text(session_unit_name(&x->st->session, f->unit, on, &t->arena));
    row[2] = cell_text(d->categories[x->m->topics[f->topic]].code);
    row[3] = cell_text(status_day(x->st, t, on));
    fill_jump(x, t, c, row);
    row[18] = cell_real(f->p);
    row[19] = cell_real(f->q);
    return true;
}

static struct result *section(struct status *st)
{
    static const struct column columns[] = {
        {"unit", N_("Code"), COLUMN_TEXT, 0},
        {"item", N_("Unit"), COLUMN_TEXT, 0},
        {"category", N_("Category"), COLUMN_TEXT, 0},
        {"from", N_("From"), COLUMN_TEXT, 0},
        {"source_before", N_("Source before"), COLUMN_TEXT, 0},
        {"source_after", N_("Source after"), COLUMN_TEXT, 0},
        {"rows_before", N_("Rows before"), COLUMN_TOKEN, 0},
        {"rows_after", N_("Rows after"), COLUMN_TOKEN, 0},
        {"days_before", N_("Days before"), COLUMN_TEXT, 0},
        {"days_after", N_("Days after"), COLUMN_TEXT, 0},
        {"count_before", N_("Before"), COLUMN_COUNT, 0},
        {"count_after", N_("After"), COLUMN_COUNT, 0},
        {"counts", N_("Cases before → after"), COLUMN_TEXT, 0},
        {"value", N_("Ratio of the rates"), COLUMN_REAL, 2},
        {"ci_low", N_("Low"), COLUMN_REAL, 2},
        {"ci_high", N_("High"), COLUMN_REAL, 2},
        {"phi", N_("Dispersion"), COLUMN_REAL, 2},
        {"season", N_("Season"), COLUMN_TOKEN, 0},
        {"p", N_("p"), COLUMN_P, 0},
        {"q", N_("q"), COLUMN_P, 0},
    };
    static const struct view views[] = {
        {N_("Unit"), VIEW_CELL, "item", NULL, NULL},
        {N_("Category"), VIEW_CELL, "category", NULL, NULL},
        {N_("From"), VIEW_CELL, "from", NULL, NULL},
        {N_("Source before"), VIEW_CELL, "source_before", NULL, NULL},
        {N_("Source after"), VIEW_CELL, "source_after", NULL, NULL},
        {N_("Cases before → after"), VIEW_CELL, "counts", NULL, NULL},
        {N_("Ratio of the rates"), VIEW_ESTIMATE, "value", "ci_low", "ci_high"},
        {N_("Season"), VIEW_CELL, "season", NULL, NULL},
        {N_("q"), VIEW_CELL, "q", NULL, NULL},
    };
    struct result *t = status_section(st, "jump", N_("Jumps where another source begins to speak"),
                                      columns, COUNT(columns));
    status_views(t, views, COUNT(views));
    return t;
}

static bool show(struct jumps *x, struct err *e)
{
    struct result *t = section(x->st);
    size_t left_out = 0;
    bool ok = true;
    found_choose(&x->list, x->st);
    for (size_t i = 0; ok && i < x->list.count; i++) {
        if (found_is_shown(x->st, t->row_count))
            ok = add_row(x, t, &x->list.items[i], e);
        else
            left_out++;
    }
    return ok && found_tell_rest(x->st, t, left_out, e) &&
           found_tell(x->st, t, FOUND_JUMP, &x->list, e) &&
           (!t->row_count ||
            result_add_footer(t, e,
                              tr(t->lang, "A jump may come from the change of source or from what "
                                          "happened: the numbers cannot tell them apart.")));
}

bool status_jumps(struct status *st, struct err *e)
{
    const struct monthly *m = &st->facts.monthly;
    struct jumps x = {.st = st, .m = m};
    if (!m->n)
        return true;
    x.counts = malloc(m->n * sizeof *x.counts);
    x.starts = malloc(m->n * sizeof *x.starts);
    bool ok = (x.counts && x.starts) || err_memory(e);
    for (size_t t = 0; ok && t < m->topic_count; t++)
        ok = look_at_topic(&x, t, e);
    ok = ok && (!x.list.tested || show(&x, e));
    found_free(&x.list);
    free(x.items);
    free(x.counts);
    free(x.starts);
    return ok;
}
