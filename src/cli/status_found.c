#include "cli/status_found.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "stats/multiple.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

bool found_add(struct found_list *l, struct found f, struct err *e)
{
    void *items = l->items;
    if (!array_grow(&items, &l->cap, l->count + 1, sizeof *l->items, e))
        return false;
    l->items = items;
    l->items[l->count++] = f;
    return true;
}

bool found_judge(struct found_list *l, size_t from, struct err *e)
{
    size_t n = l->count - from, kept = from;
    double *p = calloc(n + 1, sizeof *p);
    if (!p)
        return err_memory(e);
    for (size_t i = 0; i < n; i++) {
        p[i] = l->items[from + i].p;
        l->tested += !isnan(p[i]);
        l->low += p[i] <= FOUND_P;
    }
    bool ok = multiple_bh(p, n, p) || err_memory(e);
    for (size_t i = 0; ok && i < n; i++) {
        struct found f = l->items[from + i];
        f.q = p[i];
        if (f.q <= FOUND_Q)
            l->items[kept++] = f;
    }
    l->count = kept;
    free(p);
    return ok;
}

static int by_p(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    if (x->topic != y->topic)
        return x->topic < y->topic ? -1 : 1;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

void found_choose(struct found_list *l, const struct status *st)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->count; i++)
        if (status_is_asked(st, l->items[i].unit, st->facts.monthly.topics[l->items[i].topic]))
            l->items[kept++] = l->items[i];
    l->count = kept;
    if (l->count)
        qsort(l->items, l->count, sizeof *l->items, by_p);
}

void found_free(struct found_list *l)
{
    free(l->items);
    *l = (struct found_list){0};
}

/* ---- what was tested ---- */

static bool tell_people(struct result *t, enum found_what what, const struct found_list *l,
                        struct err *e)
{
    struct buf tested = {0}, low = {0}, chance = {0}, line = {0};
    num_add_count(&tested, (int64_t)l->tested, t->lang);
    num_add_count(&low, (int64_t)l->low, t->lang);
    num_add_human(&chance, FOUND_P * (double)l->tested, 1, t->lang);
    buf_addf(&line,
             what == FOUND_NO_CASES
                 ? tr(t->lang, "No case for long: %s places and categories tested, %s with p up to "
                               "0.05; by chance at most %s.")
             : what == FOUND_NO_REPORTS
                 ? tr(t->lang, "Stopped reporting: %s places and categories tested, %s with p up "
                               "to 0.05; by chance at most %s.")
                 : tr(t->lang, "Changes of source: %s tested, %s with p up to 0.05; by chance at "
                               "most %s."),
             buf_text(&tested), buf_text(&low), buf_text(&chance));
    bool ok = !(tested.failed || low.failed || chance.failed || line.failed) || err_memory(e);
    ok = ok && result_add_footer(t, e, arena_text(&t->arena, buf_text(&line)));
    buf_free(&tested);
    buf_free(&low);
    buf_free(&chance);
    buf_free(&line);
    return ok;
}

static bool tell_machines(struct status *st, enum found_what what, const struct found_list *l,
                          struct err *e)
{
    static const char *const items[] = {"no_cases", "no_reports", "jump"};
    static const struct column columns[] = {
        {"item", "", COLUMN_TOKEN, 0},   {"value", "", COLUMN_COUNT, 0},
        {"low_p", "", COLUMN_COUNT, 0},  {"by_chance", "", COLUMN_REAL, 1},
        {"listed", "", COLUMN_COUNT, 0},
    };
    struct result *t = status_section(st, "tested", "", columns, COUNT(columns));
    struct cell *row = result_add_row(t, e);
    if (!row)
        return false;
    row[0] = cell_text(items[what]);
    row[1] = cell_int((int64_t)l->tested);
    row[2] = cell_int((int64_t)l->low);
    row[3] = cell_real(FOUND_P * (double)l->tested);
    row[4] = cell_int((int64_t)l->count);
    return true;
}

bool found_tell(struct status *st, struct result *t, enum found_what what,
                const struct found_list *l, struct err *e)
{
    return st->for_people ? tell_people(t, what, l, e) : tell_machines(st, what, l, e);
}

bool found_tell_rest(struct status *st, struct result *t, size_t left_out, struct err *e)
{
    if (!left_out)
        return true;
    const char *text = arena_format(
        &t->arena, tr(st->session.lang, "… and %zu more: all of them with --wide or --format csv"),
        left_out);
    return text ? result_add_footer(t, e, text) : err_memory(e);
}

const char *found_voice(const struct status *st, struct result *t, uint16_t voice)
{
    const char *source = monthly_source(&st->facts.monthly, voice);
    if (!source)
        return tr(t->lang, "several sources");
    return arena_format(&t->arena,
                        monthly_is_counts(voice) ? tr(t->lang, "%s, totals")
                                                 : tr(t->lang, "%s, case rows"),
                        source);
}
