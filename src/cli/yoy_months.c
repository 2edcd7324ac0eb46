/* What the months behind a comparison tell of it: how much more than Poisson its counts vary, and
 * what the rest of a running period may bring. */
#include <math.h>
#include <stdlib.h>

#include "cli/forecasting.h"
#include "cli/yoy_private.h"
#include "stats/trend.h"

/* Series are taken one by one, fitted side by side; a few are not worth the threads. */
enum { BLOCK = 512, MONTHS_LEAST = 36, ALONE = 16 };

/* ---- over-dispersion ---- */

struct months {
    struct series_query q;
    struct series_set set;
};

static struct series_query query_of(const struct yoy_set *set)
{
    return (struct series_query){.tally = set->q.tally,
                                 .calendar = set->q.calendar,
                                 .per_year = 12,
                                 .reach = {DAY_MIN, DAY_MAX},
                                 .per = PER_DAYS,
                                 .tops = set->q.tops,
                                 .top_count = set->q.top_count,
                                 .categories = set->q.categories,
                                 .category_count = set->q.category_count};
}

/* Something is known of more than three years. */
static bool has_years(const struct yoy_set *set)
{
    const struct known *known = &set->compare.known;
    day from = DAY_MAX, to = DAY_MIN;
    for (size_t u = 0; u < known->slot_count; u++) {
        if (!known->spans[u].count)
            continue;
        from = known->spans[u].items[0].from < from ? known->spans[u].items[0].from : from;
        to = spans_end(&known->spans[u]) > to ? spans_end(&known->spans[u]) : to;
    }
    return from < to && span_days((struct span){from, to}) >= MONTHS_LEAST * 30;
}

static bool is_asked(const struct yoy_row *row)
{
    return yoy_has_counts(row) && !row->is_rest;
}

bool yoy_is_long(const struct yoy_set *set)
{
    return set->count > 2000;
}

static bool take_block(struct months *m, const struct yoy_set *set, size_t from, size_t to,
                       struct series_row *block, struct err *e)
{
    bool ok = true;
    for (size_t i = from; ok && i < to; i++) {
        const struct yoy_row *row = &set->rows[i];
        if (is_asked(row))
            ok = series_row_take(&m->set, row->unit, row->category, true, &block[i - from], e);
    }
    return ok;
}

/* Most small series vary as Poisson counts do: then the exact results hold. */
static void disperse(struct yoy_row *row, const struct time_series *ts)
{
    const struct compared *k = &row->counts;
    row->phi = ts->n ? trend_phi(ts) : NAN;
    if (row->phi <= 1 && row->pair)
        row->dispersed =
            (struct comparison_interval){row->pair->exact.reduction_pct, row->pair->exact.ci_low,
                                         row->pair->exact.ci_high, row->pair->exact.prob_reduction};
    else if (!isnan(row->phi))
        row->dispersed = comparison_overdispersed((double)k->count_before, k->exposure_before,
                                                  (double)k->count, k->exposure, row->phi);
}

static bool fill_block(struct months *m, struct yoy_set *set, size_t from, struct err *e)
{
    size_t to = from + BLOCK < set->count ? from + BLOCK : set->count;
    struct series_row *block = calloc(BLOCK, sizeof *block);
    bool ok = block ? take_block(m, set, from, to, block, e) : err_memory(e);
    if (ok) {
#pragma omp parallel for schedule(static) if (to - from > ALONE)
        for (size_t i = from; i < to; i++)
            disperse(&set->rows[i], &block[i - from].ts);
    }
    for (size_t i = 0; block && i < BLOCK; i++)
        series_row_free(&block[i]);
    free(block);
    return ok;
}

bool yoy_dispersion(struct yoy_set *set, const struct events *events, struct err *e)
{
    struct months m = {.q = query_of(set)};
    if (set->q.tally.count > COUNT_REPORTS || !has_years(set) || yoy_is_long(set))
        return true;
    bool ok =
        series_set_init(&m.set, set->s->store, &set->s->directory, &set->s->cover, events, &m.q, e);
    for (size_t i = 0; ok && i < set->count; i += BLOCK)
        ok = fill_block(&m, set, i, e);
    series_set_free(&m.set);
    return ok;
}

/* ---- the rest of a running period ---- */

static bool has_outlook(const struct yoy_row *row)
{
    return !isnan(row->target_pct) && !row->is_rest && row->is_valid && row->counts.known;
}

static bool any_outlook(const struct yoy_set *set)
{
    bool any = false;
    for (size_t i = 0; i < set->count; i++)
        any |= has_outlook(&set->rows[i]);
    return any;
}

static bool take_outlooks(struct forecasting *f, const struct yoy_set *set, size_t from, size_t to,
                          struct outlook *block, struct err *e)
{
    bool ok = true;
    for (size_t i = from; ok && i < to; i++)
        if (has_outlook(&set->rows[i]))
            ok = outlook_init(&block[i - from], f, set->rows[i].unit, set->rows[i].category, e);
    return ok;
}

static bool fit_outlooks(const struct forecasting *f, const struct yoy_set *set, size_t from,
                         size_t to, struct outlook *block)
{
    bool ok = true;
#pragma omp parallel for schedule(dynamic, 8) reduction(&& : ok) if (to - from > ALONE)
    for (size_t i = from; i < to; i++)
        if (has_outlook(&set->rows[i]))
            ok = outlook_fit(&block[i - from], f, set->rows[i].unit, set->rows[i].category) && ok;
    return ok;
}

static bool keep_rest(struct yoy_row *row, const struct outlook *o, struct err *e)
{
    if (!has_outlook(row) || o->state != OUTLOOK_OK)
        return true;
    row->rest = malloc(sizeof *row->rest);
    if (!row->rest)
        return err_memory(e);
    *row->rest = o->rest;
    return true;
}

static bool look_ahead(struct forecasting *f, struct yoy_set *set, size_t from, struct err *e)
{
    size_t to = from + BLOCK < set->count ? from + BLOCK : set->count;
    struct outlook *block = calloc(BLOCK, sizeof *block);
    bool ok = (block || err_memory(e)) && take_outlooks(f, set, from, to, block, e) &&
              (fit_outlooks(f, set, from, to, block) || err_memory(e));
    for (size_t i = from; ok && i < to; i++)
        ok = keep_rest(&set->rows[i], &block[i - from], e);
    for (size_t i = 0; block && i < BLOCK; i++)
        outlook_free(&block[i]);
    free(block);
    return ok;
}

bool yoy_outlook(struct yoy_set *set, const struct events *events, struct err *e)
{
    struct forecasting f;
    if (!set->compare.running || set->compare.data_end == DAY_NONE || !set->compare.same_span ||
        !any_outlook(set))
        return true;
    bool ok = forecasting_init(&f, set->s, events, &set->compare, DAY_MIN, false, e);
    for (size_t i = 0; ok && i < set->count; i += BLOCK)
        ok = look_ahead(&f, set, i, e);
    forecasting_free(&f);
    return ok;
}
