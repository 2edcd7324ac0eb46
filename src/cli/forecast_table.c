#include "cli/forecast_table.h"

#include <stdlib.h>

#include "cli/forecast_private.h"

const struct column forecast_columns[FCT_COLUMNS] = {
    [FCT_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [FCT_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [FCT_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},
    [FCT_PERIOD] = {"period", N_("Period"), COLUMN_TEXT, 0},
    [FCT_OBSERVED] = {"observed", N_("Counted so far"), COLUMN_COUNT, 0},
    [FCT_OBSERVED_TO] = {"observed_to", N_("Counted to"), COLUMN_TEXT, 0},
    [FCT_EXPECTED] = {"expected", N_("Whole period, expected"), COLUMN_REAL, 1},
    [FCT_PI_LOW] = {"pi_low", N_("80% from"), COLUMN_COUNT, 0},
    [FCT_PI_HIGH] = {"pi_high", N_("80% to"), COLUMN_COUNT, 0},
    [FCT_TARGET] = {"target", N_("Target %"), COLUMN_PERCENT, 0},
    [FCT_ALLOWANCE] = {"allowance", N_("Cases allowed"), COLUMN_COUNT, 0},
    [FCT_LEFT] = {"left", N_("Still allowed"), COLUMN_COUNT, 0},
    [FCT_PROB_TOTAL] = {"prob_total", N_("P(target met)"), COLUMN_PROB, 0},
    [FCT_MODEL] = {"model", N_("Model"), COLUMN_TOKEN, 0},
    [FCT_NOTE] = {"note", N_("Note"), COLUMN_NOTE, 0},
    [FCT_CATEGORY_NAME] = {"category_name", N_("Category"), COLUMN_TEXT, 0},
    [FCT_COUNT_BEFORE] = {"count_before", N_("Whole period before"), COLUMN_COUNT, 0},
};

enum {
    SHOW_UNIT,
    SHOW_CATEGORY,
    SHOW_OBSERVED,
    SHOW_BEFORE,
    SHOW_RANGE,
    SHOW_ALLOWANCE,
    SHOW_LEFT,
    SHOW_PROB,
    SHOW_VIEWS
};
static const struct view views[SHOW_VIEWS] = {
    [SHOW_UNIT] = {N_("Unit"), VIEW_CELL, "unit_name", NULL, NULL},
    [SHOW_CATEGORY] = {N_("Category"), VIEW_CELL, "category_name", NULL, NULL},
    [SHOW_OBSERVED] = {N_("Counted so far"), VIEW_CELL, "observed", NULL, NULL},
    [SHOW_BEFORE] = {N_("Whole period before"), VIEW_CELL, "count_before", NULL, NULL},
    [SHOW_RANGE] = {N_("Whole period, 80% range"), VIEW_RANGE, "pi_low", "pi_high", NULL},
    [SHOW_ALLOWANCE] = {N_("Cases allowed"), VIEW_CELL, "allowance", NULL, NULL},
    [SHOW_LEFT] = {N_("Still allowed"), VIEW_CELL, "left", NULL, NULL},
    [SHOW_PROB] = {N_("P(target met)"), VIEW_CELL, "prob_total", NULL, NULL},
};

enum { BLOCK = 256, SENTENCES_MAX = 8 };

/* ---- what is compared ---- */

bool forecast_sets_init(struct forecast_sets *f, struct session *s, const struct yoy_options *o,
                        struct err *e)
{
    day last = DAY_MAX;
    *f = (struct forecast_sets){.first = DAY_MIN};
    if (!session_month(s, OPT_FROM, false, &f->first, e) ||
        !session_month(s, OPT_TO, true, &last, e))
        return false;
    cover_end(&s->cover, last);
    return yoy_sets_init(&f->yoy, s, o, e);
}

void forecast_sets_free(struct forecast_sets *f)
{
    yoy_sets_free(&f->yoy);
}

/* ---- rows ---- */

static bool is_shown(const struct yoy_row *row)
{
    return !row->is_rest && row->is_valid;
}

static bool take_block(struct forecasting *f, const struct yoy_set *set, size_t from, size_t n,
                       struct outlook *block, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        const struct yoy_row *row = yoy_row_at(set, from + i);
        if (is_shown(row))
            ok = outlook_init(&block[i], f, row->unit, row->category, e);
    }
    return ok;
}

static bool fit_block(const struct forecasting *f, const struct yoy_set *set, size_t from, size_t n,
                      struct outlook *block)
{
    bool ok = true;
#pragma omp parallel for schedule(dynamic, 1) reduction(&& : ok) if (n > 1)
    for (size_t i = 0; i < n; i++) {
        const struct yoy_row *row = yoy_row_at(set, from + i);
        if (is_shown(row))
            ok = outlook_fit(&block[i], f, row->unit, row->category) && ok;
    }
    return ok;
}

static bool each_of_block(struct forecasting *f, struct yoy_set *set, size_t from, forecast_fn fn,
                          void *context, struct err *e)
{
    size_t n = set->count - from < BLOCK ? set->count - from : BLOCK;
    struct outlook *block = calloc(n, sizeof *block);
    bool ok = (block || err_memory(e)) && take_block(f, set, from, n, block, e) &&
              (fit_block(f, set, from, n, block) || err_memory(e));
    for (size_t i = 0; ok && i < n; i++) {
        struct forecast_row x = {set, yoy_row_at(set, from + i), &block[i], f};
        ok = !is_shown(x.row) || fn(context, &x, e);
    }
    for (size_t i = 0; block && i < n; i++)
        outlook_free(&block[i]);
    free(block);
    return ok;
}

bool forecast_each(struct forecast_sets *f, struct yoy_set *set, forecast_fn fn, void *context,
                   struct err *e)
{
    struct forecasting models;
    struct session *s = f->yoy.s;
    bool pooled = arg(s->request, OPT_POOL) != NULL;
    bool ok = yoy_rows_add(set, e) && yoy_rows_sort(set, e);
    ok = forecasting_init(&models, s, &f->yoy.events, &set->compare, f->first, pooled, e) && ok;
    coarse_look(&f->yoy.coarse, &models.set.tally);
    for (size_t i = 0; ok && i < set->count; i += BLOCK)
        ok = each_of_block(&models, set, i, fn, context, e);
    forecasting_free(&models);
    return ok;
}

/* ---- the whole table ---- */

struct building {
    struct forecast_sets *f;
    struct result *r;
    struct nowcasts nowcasts;
    int sentences;
};

static bool add_row(void *context, const struct forecast_row *x, struct err *e)
{
    struct building *b = context;
    return forecast_write(x, b->r, e) &&
           (!yoy_is_head(x->set, x->row) || b->sentences++ >= SENTENCES_MAX ||
            (forecast_add_sentence(x, b->r->row_count - 1, b->r, e) &&
             forecast_say_left_out(x, b->r, e))) &&
           yoy_nowcast_row(&b->nowcasts, x->set, x->row, b->r, e);
}

static bool set_title(const struct building *b, struct err *e)
{
    struct result *r = b->r;
    const struct yoy_query *q = &b->f->yoy.q;
    struct buf period = {0};
    session_add_period(b->f->yoy.s, &q->compare.period, &period);
    if (!period.failed)
        r->title =
            arena_format(&r->arena, tr(r->lang, "Forecast of the number of %s, %s: %s"),
                         session_counted(q->compare.tally.count, r->lang),
                         places_subject(b->f->yoy.s, &q->places, r->lang), buf_text(&period));
    buf_free(&period);
    return r->title || err_memory(e);
}

bool forecast_build(struct session *s, struct result *r, struct err *e)
{
    struct yoy_options o;
    struct forecast_sets f;
    struct building b = {.f = &f, .r = r};
    result_init(r, "forecast", forecast_columns, FCT_COLUMNS, s->lang);
    if (!places_by(s->request, &o.by_unit, &o.by_category, e))
        return false;
    bool ok = forecast_sets_init(&f, s, &o, e) &&
              nowcasts_init(&b.nowcasts, s, &f.yoy.q.compare.tally, e);
    for (size_t i = 0; ok && i < f.yoy.count; i++)
        ok = forecast_each(&f, &f.yoy.items[i], add_row, &b, e);
    ok = ok && nowcasts_write(&b.nowcasts, r, e) && forecast_add_footers(&f, r, e) &&
         coarse_judge(&f.yoy.coarse, s, FCT_EXPECTED, r, e) && set_title(&b, e) &&
         places_views(&f.yoy.q.places, o.by_unit, o.by_category, views, SHOW_VIEWS, r, e) &&
         session_provenance(s, &f.yoy.facts, r, e);
    nowcasts_free(&b.nowcasts);
    forecast_sets_free(&f);
    return ok;
}
