#include "cli/nowcasting.h"

#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "series/notes.h"
#include "series/report_delays.h"

/* ---- delays ---- */

static bool take(void *context, const struct report_delay *r, struct err *e)
{
    struct nowcasting *n = context;
    struct nowcast_root *root = &n->roots[r->root];
    root->old += r->is_old;
    return (delays_add(&root->all, r->age, r->delay, 1) &&
            (r->is_old || delays_add(&root->seen, r->age, r->delay, 1))) ||
           err_memory(e);
}

bool nowcasting_init(struct nowcasting *n, const struct session *s, const struct tally_query *q,
                     struct err *e)
{
    const struct directory *d = &s->directory;
    *n = (struct nowcasting){.count = d->category_count};
    n->roots = calloc(n->count + 1, sizeof *n->roots);
    if (!n->roots)
        return err_memory(e);
    bool ok = report_delays_each(s->store, d, &s->cover, q, take, n, e);
    for (size_t i = 0; ok && i < n->count; i++)
        ok = completeness_fit(&n->roots[i].fit, &n->roots[i].seen, -1) || err_memory(e);
    return ok;
}

static bool take_entry(void *context, int64_t delay, int64_t age, struct err *e)
{
    struct nowcast_root *late = context;
    return delays_add(&late->seen, age, delay, 1) || err_memory(e);
}

bool nowcasting_init_entry(struct nowcasting *n, const struct session *s,
                           const struct tally_query *q, struct err *e)
{
    *n = (struct nowcasting){0};
    if (!entry_steps_read(&n->steps, s->store, q->state, e))
        return false;
    if (!n->steps.count)
        return true;
    n->roots = calloc(1, sizeof *n->roots);
    if (!n->roots)
        return err_memory(e);
    n->count = 1;
    return entry_delays_each(&n->steps, s->store, q->state, q->count == COUNT_REPORTS, take_entry,
                             n->roots, e) &&
           (completeness_fit(&n->roots->fit, &n->roots->seen, -1) || err_memory(e));
}

void nowcasting_free(struct nowcasting *n)
{
    entry_steps_free(&n->steps);
    for (size_t i = 0; n->roots && i < n->count; i++) {
        delays_free(&n->roots[i].all);
        delays_free(&n->roots[i].seen);
        completeness_free(&n->roots[i].fit);
    }
    free(n->roots);
    *n = (struct nowcasting){0};
}

/* ---- one row ---- */

/* The youngest acts first: the last days. */
static size_t list_ages(const struct spans *days, day to, struct ages *ages)
{
    size_t n = 0;
    for (size_t i = days->count; i-- > 0;) {
        struct span s = days->items[i];
        s.to = s.to < to ? s.to : to;
        if (!span_is_empty(s))
            ages[n++] = (struct ages){(int64_t)to - s.to, (int64_t)to - s.from};
    }
    return n;
}

/* Of receipts day by day: days due at the same step are of one age. */
static size_t list_entries(const struct entry_steps *steps, const struct spans *days, day to,
                           struct ages *ages)
{
    size_t n = 0;
    for (size_t i = days->count; i-- > 0;)
        for (day on = days->items[i].to; on >= days->items[i].from; on--) {
            int64_t age = entry_age(steps, on);
            if (on <= to)
                ages[n++] = (struct ages){age, age};
        }
    return n;
}

static struct nowcast nowcast_of(const struct nowcast_root *x, struct seen_share seen,
                                 int64_t count)
{
    struct missing missing = missing_of(count, seen);
    return (struct nowcast){.is_asked = true,
                            .is_told = missing.high >= 0,
                            .seen = seen,
                            .missing = missing,
                            .reports = x->fit.max_delay < 0 ? x->seen.n : x->fit.n,
                            .max_delay = x->fit.max_delay};
}

struct nowcast nowcast_ages(const struct nowcast_root *x, struct ages ages, int64_t count)
{
    return nowcast_of(x, completeness_mean(&x->fit, &ages, 1), count);
}

bool nowcast_days(const struct nowcasting *n, size_t root, const struct spans *days, day to,
                  int64_t count, struct nowcast *out, struct err *e)
{
    *out = (struct nowcast){.seen = {NAN, NAN}, .missing = {NAN, -1, -1, NAN}, .max_delay = -1};
    if (!n->roots || to == DAY_NONE)
        return true;
    bool by_entry = n->steps.count > 0;
    const struct nowcast_root *x = &n->roots[by_entry ? 0 : root];
    size_t most = by_entry ? (size_t)spans_days(days) : days->count;
    struct ages *ages = malloc((most + 1) * sizeof *ages);
    if (!ages)
        return err_memory(e);
    most = by_entry ? list_entries(&n->steps, days, to, ages) : list_ages(days, to, ages);
    *out = nowcast_of(x, completeness_mean(&x->fit, ages, most), count);
    out->steps = n->steps.count;
    free(ages);
    return true;
}

/* A total's days are those of the units compared, which end together. */
bool nowcast_compared(const struct nowcasting *n, const struct compare *c, size_t unit,
                      size_t category, const struct compared *row, struct nowcast *out,
                      struct err *e)
{
    const struct directory *d = c->scope.directory;
    size_t root = d->categories[c->scope.categories[category]].root;
    struct span period = c->q->period.span;
    struct spans whole = {0};
    period.to = c->data_end != DAY_NONE && c->data_end < period.to ? c->data_end : period.to;
    bool leaf = c->scope.is_leaf[unit], known = row->has_now && row->known;
    bool own = leaf && !c->compared[unit];
    day to = own ? spans_end(&c->known.spans[unit]) : c->received_to;
    bool ok =
        spans_add(&whole, period, e) && nowcast_days(n, root, leaf ? &c->now[unit] : &whole,
                                                     known ? to : DAY_NONE, row->count, out, e);
    spans_free(&whole);
    return ok;
}

/* ---- a series ---- */

/* With this share in, a step and those before it are as good as complete. */
static const double COMPLETE = 0.99;

/* The last day that all know who take part; of one that does not, its own. */
static day series_end(const struct series_set *set, size_t unit)
{
    day last = DAY_MAX;
    for (size_t u = 0; u < set->scope.unit_count; u++) {
        bool counted = set->parts[unit] ? set->parts[u] : u == unit;
        day end = spans_end(&set->known.spans[u]);
        if (counted && set->scope.is_leaf[u] && end != DAY_NONE && end < last)
            last = end;
    }
    return last == DAY_MAX ? DAY_NONE : last;
}

static bool is_complete(const struct nowcasting *n, size_t root, const struct spans *step, day to,
                        bool *is, struct err *e)
{
    struct nowcast x;
    bool ok = nowcast_days(n, root, step, to, 0, &x, e);
    *is = !(x.seen.share < COMPLETE);
    return ok;
}

/* Adds a step that may not be complete; *is: it is, and so are all before it. */
static bool take_step(const struct nowcasting *n, size_t root, const struct series_set *set,
                      const struct series *x, size_t i, day to, struct spans *days, int64_t *count,
                      bool *is, struct err *e)
{
    const struct spans *step = &set->days[x->offset + i];
    *is = false;
    if (x->state[i] != STEP_KNOWN)
        return true;
    if (!is_complete(n, root, step, to, is, e))
        return false;
    *count += *is ? 0 : (int64_t)x->count[i];
    return *is || spans_add_all(days, step, e);
}

bool nowcast_series(const struct nowcasting *n, const struct series_set *set, size_t unit,
                    size_t category, const struct series *x, struct nowcast *out, size_t *from,
                    size_t *to, struct err *e)
{
    size_t root = set->scope.directory->categories[set->scope.categories[category]].root;
    day end = series_end(set, unit);
    struct spans days = {0};
    int64_t count = 0;
    bool ok = true, complete = end == DAY_NONE;
    *from = x->n;
    *to = x->n ? x->n - 1 : 0;
    while (ok && !complete && *from > 0) {
        ok = take_step(n, root, set, x, *from - 1, end, &days, &count, &complete, e);
        *from -= !complete;
    }
    ok = ok && nowcast_days(n, root, &days, x->known ? end : DAY_NONE, count, out, e);
    spans_free(&days);
    return ok;
}

/* ---- what is said of it ---- */

bool nowcast_is_said(const struct nowcast *x)
{
    return x->is_told && x->missing.prob_none < 0.5;
}

/* The numbers of a sentence: freed together. */
struct words {
    struct buf about, low, high, reports, days, steps;
};

static void words_free(struct words *w, struct buf *b)
{
    struct buf *all[] = {&w->about, &w->low, &w->high, &w->reports, &w->days, &w->steps};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        b->failed |= all[i]->failed;
        buf_free(all[i]);
    }
}

void nowcast_say(struct buf *b, const char *subject, const struct nowcast *x, enum count_unit count,
                 enum lang lang)
{
    struct words w = {0};
    int64_t mean = llround(x->missing.mean);
    session_add_count(&w.about, mean > 1 ? mean : 1, count, lang);
    num_add_count(&w.low, x->missing.low, lang);
    num_add_count(&w.high, x->missing.high, lang);
    num_add_count(&w.reports, x->reports, lang);
    num_add_count(&w.days, x->max_delay, lang);
    num_add_count(&w.steps, (int64_t)x->steps, lang);
    if (x->steps)
        buf_addf(b,
                 tr(lang, "Likely to grow: %s, by about %s received but not entered yet (80%% "
                          "interval: %s to %s), judged by %s cases entered on %s days of loading."),
                 subject, buf_text(&w.about), buf_text(&w.low), buf_text(&w.high),
                 buf_text(&w.reports), buf_text(&w.steps));
    else
        buf_addf(b,
                 tr(lang, "Likely to grow: %s, by about %s not reported yet (80%% interval: %s to "
                          "%s), judged by the delays of %s reports, received up to %s days after "
                          "the act."),
                 subject, buf_text(&w.about), buf_text(&w.low), buf_text(&w.high),
                 buf_text(&w.reports), buf_text(&w.days));
    words_free(&w, b);
}

/* ---- a table's ---- */

bool nowcasts_init(struct nowcasts *n, const struct session *s, const struct tally_query *q,
                   struct err *e)
{
    bool whole = !q->weighted && (q->count == COUNT_CASES || q->count == COUNT_REPORTS);
    *n = (struct nowcasts){0};
    bool ok = true;
    if (whole && q->basis == BASIS_OCCURRED)
        ok = nowcasting_init(&n->of, s, q, e);
    else if (whole && q->basis == BASIS_RECEIVED)
        ok = nowcasting_init_entry(&n->of, s, q, e);
    n->is_for = n->of.roots != NULL;
    return ok;
}

void nowcasts_free(struct nowcasts *n)
{
    nowcasting_free(&n->of);
    free(n->rows);
    *n = (struct nowcasts){0};
}

struct nowcast *nowcasts_next(struct nowcasts *n, struct err *e)
{
    void *rows = n->rows;
    if (!array_grow(&rows, &n->cap, n->count + 1, sizeof *n->rows, e))
        return NULL;
    n->rows = rows;
    n->rows[n->count] = (struct nowcast){.max_delay = -1};
    return &n->rows[n->count++];
}

enum { NOWCAST_COLUMNS = 4 };
static const struct column columns[NOWCAST_COLUMNS] = {
    {"unreported", N_("Not reported yet"), COLUMN_REAL, 1},
    {"unreported_low", N_("80% from"), COLUMN_COUNT, 0},
    {"unreported_high", N_("80% to"), COLUMN_COUNT, 0},
    {"completeness", N_("Share reported"), COLUMN_REAL, 3},
};

static void write_cells(const struct nowcast *x, struct cell *out)
{
    if (!x->is_told)
        return;
    out[0] = cell_real(x->missing.mean);
    out[1] = cell_int(x->missing.low);
    out[2] = cell_int(x->missing.high);
    out[3] = cell_real(x->seen.share);
}

static bool write_note(struct result *r, size_t column, size_t row, const struct nowcast *x)
{
    struct cell *note = &r->cells[row * r->column_count + column];
    struct buf b = {0};
    buf_adds(&b, note->type == CELL_TEXT ? note->as.s : "");
    if (x->is_told) {
        notes_count(&b, "delay_reports", x->reports);
        notes_count(&b, "delay_max", x->max_delay);
    } else if (x->is_asked) {
        notes_count(&b, "delay_unknown", x->reports);
    }
    const char *text = b.failed ? NULL : arena_text(&r->arena, buf_text(&b));
    *note = cell_text(text);
    buf_free(&b);
    return text != NULL;
}

bool nowcasts_write(const struct nowcasts *n, struct result *r, struct err *e)
{
    size_t had = r->column_count, note = result_column(r, "note");
    if (!n->is_for || n->of.steps.count)
        return true;
    if (!result_add_columns(r, columns, NOWCAST_COLUMNS, e))
        return false;
    for (size_t i = 0; i < r->row_count && i < n->count; i++) {
        write_cells(&n->rows[i], &r->cells[i * r->column_count + had]);
        if (!write_note(r, note, i, &n->rows[i]))
            return err_memory(e);
    }
    return true;
}
