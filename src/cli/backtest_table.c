/* forecast --backtest: how good the forecasts would have been, model by model. */
#include <math.h>
#include <stdlib.h>

#include "base/num.h"
#include "cli/forecast_table.h"
#include "cli/series_rows.h"
#include "stats/backtest.h"

enum { BTC_SERIES, BTC_MODEL, BTC_N, BTC_CRPS, BTC_80, BTC_95, BTC_LOG, BTC_COLUMNS };
static const struct column columns[BTC_COLUMNS] = {
    [BTC_SERIES] = {"series", N_("Series"), COLUMN_TOKEN, 0},
    [BTC_MODEL] = {"model", N_("Model"), COLUMN_TOKEN, 0},
    [BTC_N] = {"n", N_("Forecasts"), COLUMN_COUNT, 0},
    [BTC_CRPS] = {"crps_ratio", N_("Error (CRPS / mean)"), COLUMN_REAL, 4},
    [BTC_80] = {"covered_80", N_("80% interval held"), COLUMN_PROB, 0},
    [BTC_95] = {"covered_95", N_("95% interval held"), COLUMN_PROB, 0},
    [BTC_LOG] = {"log_score", N_("Log score"), COLUMN_REAL, 3},
};

static const struct view views[] = {
    {N_("Series"), VIEW_CELL, "series", NULL, NULL},
    {N_("Model"), VIEW_CELL, "model", NULL, NULL},
    {N_("Forecasts"), VIEW_CELL, "n", NULL, NULL},
    {N_("Error (CRPS / mean)"), VIEW_CELL, "crps_ratio", NULL, NULL},
    {N_("80% interval held"), VIEW_CELL, "covered_80", NULL, NULL},
    {N_("95% interval held"), VIEW_CELL, "covered_95", NULL, NULL},
    {N_("Log score"), VIEW_CELL, "log_score", NULL, NULL},
};

static const char *const model_tokens[BACKTEST_MODELS] = {
    [BACKTEST_NAIVE] = N_("same_months_last_year"),
    [BACKTEST_LAST] = N_("last_12_months"),
    [BACKTEST_TREND] = N_("trend_alone"),
    [BACKTEST_DISCOUNT] = N_("local_level"),
    [BACKTEST_ALONE] = N_("keogiam"),
    [BACKTEST_POOLED] = N_("keogiam_pooled"),
};
static const char *const class_tokens[BACKTEST_CLASSES] = {
    [BACKTEST_FREQUENT] = N_("mean_1_and_more"),
    [BACKTEST_SPARSE] = N_("mean_0.1_to_1"),
    [BACKTEST_RARE] = N_("mean_under_0.1"),
};

/* The same in a sentence. */
static const char *const class_words[BACKTEST_CLASSES] = {
    [BACKTEST_FREQUENT] = N_("Series of 1 case a month and more"),
    [BACKTEST_SPARSE] = N_("Series of 0.1 to 1 case a month"),
    [BACKTEST_RARE] = N_("Series of less than 0.1 case a month"),
};

enum { HALF_YEAR = 6, QUARTER = 3, FIRST_YEARS = 5 };

/* The series of all rows that are no totals, by category. */
struct past {
    struct session *s;
    struct series_ask ask;
    struct series_group *groups;
    size_t group_count;
    struct series_row *rows;
    struct time_series *series;
    size_t *group;
    size_t count, cap;
    struct backtest_options o;
    struct backtest_table table;
};

/* ---- the series ---- */

static bool grow(struct past *p, struct err *e)
{
    size_t cap_rows = p->cap, cap_group = p->cap;
    void *rows = p->rows, *group = p->group;
    bool ok = array_grow(&rows, &cap_rows, p->count + 1, sizeof *p->rows, e);
    p->rows = rows;
    ok = ok && array_grow(&group, &cap_group, p->count + 1, sizeof *p->group, e);
    p->group = group;
    if (ok)
        p->cap = cap_rows < cap_group ? cap_rows : cap_group;
    return ok;
}

/* Totals are made of the rows below them; an unknown place is no place. */
static bool is_series(const struct series_group *g, size_t row)
{
    const struct scope *s = &g->set.scope;
    return !g->rows[row].is_total && !s->directory->units[s->units[g->rows[row].unit]].is_unknown;
}

static bool take_group(struct past *p, struct series_group *g, struct err *e)
{
    for (size_t i = 0; i < g->count; i++) {
        if (!is_series(g, i))
            continue;
        if (!grow(p, e))
            return false;
        p->group[p->count] = g->set.scope.categories[g->rows[i].category];
        p->count++;
        if (!series_row_take(&g->set, g->rows[i].unit, g->rows[i].category, false,
                             &p->rows[p->count - 1], e))
            return false;
    }
    return true;
}

static bool take_series(struct past *p, struct err *e)
{
    size_t categories = p->ask.places.category_count;
    p->groups = calloc(categories + 1, sizeof *p->groups);
    bool ok = p->groups || err_memory(e);
    for (size_t i = 0; ok && i < categories; p->group_count++)
        ok = series_group_init(&p->groups[p->group_count], p->s, &p->ask, i, &i, e) &&
             take_group(p, &p->groups[p->group_count], e);
    p->series = ok ? malloc((p->count + 1) * sizeof *p->series) : NULL;
    for (size_t i = 0; p->series && i < p->count; i++)
        p->series[i] = p->rows[i].ts;
    return ok && (p->series || err_memory(e));
}

static void past_free(struct past *p)
{
    for (size_t i = 0; i < p->count; i++)
        series_row_free(&p->rows[i]);
    for (size_t i = 0; i < p->group_count; i++)
        series_group_free(&p->groups[i]);
    free(p->rows);
    free(p->series);
    free(p->group);
    free(p->groups);
    series_ask_free(&p->ask);
}

/* ---- the origins ---- */

static bool read_origin(const struct session *s, enum option_id id, int64_t *origin, struct err *e)
{
    day d = DAY_NONE;
    int year, month;
    if (!session_month(s, id, false, &d, e))
        return false;
    if (d == DAY_NONE)
        return true;
    calendar_locate(s->calendar, d, &year, &month);
    *origin = (int64_t)year * 12 + month - 1;
    return true;
}

/* Five years are learnt from (two where there are less than seven), half a year is foretold. */
static bool choose_origins(struct past *p, struct err *e)
{
    int64_t first = p->count ? p->series[0].first : 0;
    int64_t end = p->count ? first + (int64_t)p->series[0].n : 0;
    int64_t years = end - first >= 12 * (FIRST_YEARS + 2) ? FIRST_YEARS : 2;
    p->o = (struct backtest_options){.first_origin = first + 12 * years,
                                     .last_origin = end - HALF_YEAR,
                                     .every = QUARTER,
                                     .horizon = HALF_YEAR,
                                     .pool = true};
    if (!read_origin(p->s, OPT_FROM, &p->o.first_origin, e) ||
        !read_origin(p->s, OPT_TO, &p->o.last_origin, e))
        return false;
    return p->o.first_origin <= p->o.last_origin ||
           err_set(e, ERR_INPUT,
                   "too few months are known to score forecasts on: two years and a half at least");
}

/* ---- the table ---- */

static bool write_cell(const struct past *p, int model, int class, struct result *r, struct err *e)
{
    const struct backtest_cell *c = &p->table.cell[model][class];
    if (!c->n)
        return true;
    struct cell *out = result_add_row(r, e);
    if (!out)
        return false;
    out[BTC_SERIES] = cell_text(class_tokens[class]);
    out[BTC_MODEL] = cell_text(model_tokens[model]);
    out[BTC_N] = cell_int((int64_t)c->n);
    out[BTC_CRPS] = cell_real(c->crps_ratio);
    out[BTC_80] = cell_real(c->covered_80);
    out[BTC_95] = cell_real(c->covered_95);
    out[BTC_LOG] = cell_real(c->log_score);
    return true;
}

static bool write_cells(const struct past *p, struct result *r, struct err *e)
{
    bool ok = true;
    for (int class = 0; class < BACKTEST_CLASSES; class ++)
        for (int model = 0; ok && model < BACKTEST_MODELS; model++)
            ok = write_cell(p, model, class, r, e);
    return ok && (r->row_count || err_set(e, ERR_INPUT,
                                          "too few months are known to score forecasts on: two "
                                          "years and a half at least"));
}

static void add_month(struct buf *b, int64_t number, enum lang lang)
{
    int year = (int)(number / 12), month = (int)(number % 12) + 1;
    if (lang == LANG_VI)
        buf_addf(b, "%02d/%d", month, year);
    else
        buf_addf(b, "%d-%02d", year, month);
}

static bool say_protocol(const struct past *p, struct result *r, struct err *e)
{
    struct buf first = {0}, last = {0};
    add_month(&first, p->o.first_origin, r->lang);
    add_month(&last, p->o.last_origin, r->lang);
    const char *text = arena_format(
        &r->arena,
        tr(r->lang, "At the start of every third month from %s to %s each model saw only what lay "
                    "before and foretold the cases of the next 6 months. Error: CRPS divided by 6 "
                    "times the mean month of the last 5 years, 0 is best; of 80%% and 95%% "
                    "intervals so many held."),
        buf_text(&first), buf_text(&last));
    bool ok = (text && !first.failed && !last.failed) || err_memory(e);
    buf_free(&first);
    buf_free(&last);
    return ok && result_add_footer(r, e, text);
}

/* Does it help to borrow from the units beside? Said only as far as the error of the gain
 * allows. */
static bool say_pool(const struct past *p, int class, struct result *r, struct err *e)
{
    double gain = p->table.pool_gain_pct[class], se = p->table.pool_gain_se[class];
    const char *series = tr(r->lang, class_words[class]);
    struct buf pct = {0}, b = {0};
    if (isnan(gain) || isnan(se))
        return true;
    num_add_human(&pct, fabs(gain), 1, r->lang);
    if (fabs(gain) <= 2 * se)
        buf_addf(&b, tr(r->lang, "%s: --pool changes the error by %s%%, no more than chance."),
                 series, buf_text(&pct));
    else if (gain > 0)
        buf_addf(&b, tr(r->lang, "%s: --pool makes the error %s%% smaller, more than chance."),
                 series, buf_text(&pct));
    else
        buf_addf(&b, tr(r->lang, "%s: --pool makes the error %s%% larger, more than chance."),
                 series, buf_text(&pct));
    bool ok = b.failed || pct.failed ? err_memory(e) : result_add_footer(r, e, b.data);
    buf_free(&pct);
    buf_free(&b);
    return ok;
}

static bool add_facts(const struct past *p, struct result *r, struct err *e)
{
    struct session_facts facts = {.data_end = DAY_NONE};
    for (size_t i = 0; i < p->group_count; i++)
        series_group_facts(&p->groups[i], &facts);
    r->title = tr(r->lang, "Forecasts scored on the past");
    return session_provenance(p->s, &facts, r, e);
}

static bool score(struct past *p, struct err *e)
{
    return backtest_run(p->series, p->count, p->group, &p->o, &p->table) || err_memory(e);
}

bool backtest_build(struct session *s, struct result *r, struct err *e)
{
    struct past p = {.s = s};
    result_init(r, "backtest", columns, BTC_COLUMNS, s->lang);
    r->views = views;
    r->view_count = sizeof views / sizeof views[0];
    bool ok = series_ask_read(s, true, &p.ask, e);
    p.ask.per_year = 12;
    p.ask.reach = (struct span){DAY_MIN, DAY_MAX}; /* --from and --to are the origins here */
    ok = ok && take_series(&p, e) && choose_origins(&p, e) && score(&p, e) &&
         write_cells(&p, r, e) && say_protocol(&p, r, e);
    for (int class = 0; ok && class < BACKTEST_CLASSES; class ++)
        ok = say_pool(&p, class, r, e);
    ok = ok && add_facts(&p, r, e);
    past_free(&p);
    return ok;
}
