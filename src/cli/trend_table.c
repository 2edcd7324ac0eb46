#include "cli/trend_table.h"

#include <math.h>
#include <stdlib.h>

#include "cli/coarse.h"
#include "cli/trend_private.h"
#include "stats/multiple.h"

const struct column trend_columns[TRD_COLUMNS] = {
    [TRD_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [TRD_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [TRD_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},
    [TRD_FROM] = {"from", N_("From"), COLUMN_TEXT, 0},
    [TRD_TO] = {"to", N_("To"), COLUMN_TEXT, 0},
    [TRD_N] = {"n", N_("Steps known"), COLUMN_COUNT, 0},
    [TRD_TOTAL] = {"total", N_("Count"), COLUMN_COUNT, 0},
    [TRD_ANNUAL_CHANGE_PCT] = {"annual_change_pct", N_("Change a year %"), COLUMN_PERCENT, 0},
    [TRD_CI_LOW] = {"ci_low", N_("95% from"), COLUMN_PERCENT, 0},
    [TRD_CI_HIGH] = {"ci_high", N_("95% to"), COLUMN_PERCENT, 0},
    [TRD_P_VALUE] = {"p_value", N_("p"), COLUMN_P, 0},
    [TRD_Q_VALUE] = {"q_value", N_("q"), COLUMN_P, 0},
    [TRD_FAMILY] = {"family", N_("Family"), COLUMN_TOKEN, 0},
    [TRD_DISPERSION] = {"dispersion", N_("Dispersion"), COLUMN_REAL, 2},
    [TRD_SEASON_P] = {"season_p", N_("p of the season"), COLUMN_P, 0},
    [TRD_SEASON_PEAK] = {"season_peak", N_("Peak month"), COLUMN_COUNT, 0},
    [TRD_MK_TAU] = {"mk_tau", N_("Kendall's tau"), COLUMN_REAL, 3},
    [TRD_MK_P] = {"mk_p", N_("p of Mann–Kendall"), COLUMN_P, 0},
    [TRD_SEN_SLOPE] = {"sen_slope", N_("Sen's slope, cases a year"), COLUMN_REAL, 2},
    [TRD_SEN_LOW] = {"sen_low", N_("Sen from"), COLUMN_REAL, 2},
    [TRD_SEN_HIGH] = {"sen_high", N_("Sen to"), COLUMN_REAL, 2},
    [TRD_JOINPOINTS] = {"joinpoints", N_("Change points"), COLUMN_TEXT, 0},
    [TRD_NOTE] = {"note", N_("Note"), COLUMN_NOTE, 0},
    [TRD_CATEGORY_NAME] = {"category_name", N_("Category"), COLUMN_TEXT, 0},
    [TRD_SEGMENT_CHANGE_PCT] = {"segment_change_pct", N_("Change a year by segment %"), COLUMN_TEXT,
                                0},
    [TRD_SEGMENT_LOW] = {"segment_low", N_("Segments, 95% from"), COLUMN_TEXT, 0},
    [TRD_SEGMENT_HIGH] = {"segment_high", N_("Segments, 95% to"), COLUMN_TEXT, 0},
    [TRD_SEGMENT_TOTAL] = {"segment_total", N_("Count by segment"), COLUMN_TEXT, 0},
    [TRD_SEGMENT_MONTHS] = {"segment_months", N_("Steps by segment"), COLUMN_TEXT, 0},
};

enum {
    SHOW_UNIT,
    SHOW_CATEGORY,
    SHOW_SPAN,
    SHOW_TOTAL,
    SHOW_PACE,
    SHOW_SEASON,
    SHOW_POINTS,
    SHOW_VIEWS
};
static const struct view views[SHOW_VIEWS] = {
    [SHOW_UNIT] = {N_("Unit"), VIEW_CELL, "unit_name", NULL, NULL},
    [SHOW_CATEGORY] = {N_("Category"), VIEW_CELL, "category_name", NULL, NULL},
    [SHOW_SPAN] = {N_("Span"), VIEW_RANGE, "from", "to", NULL},
    [SHOW_TOTAL] = {N_("Count"), VIEW_CELL, "total", NULL, NULL},
    [SHOW_PACE] = {N_("Change a year (95% interval)"), VIEW_PACE, "annual_change_pct", "ci_low",
                   "ci_high"},
    [SHOW_SEASON] = {N_("Season: peak"), VIEW_SEASON, "season_peak", "season_p", NULL},
    [SHOW_POINTS] = {N_("Change points"), VIEW_CELL, "joinpoints", NULL, NULL},
};

enum { BLOCK = 256, SENTENCES_MAX = 8 };

struct building {
    struct session *s;
    struct series_ask ask;
    int most; /* joinpoints */
    struct session_facts facts;
    struct period span;
    struct nowcasts nowcasts;
    struct coarse coarse;
    struct result *r;
};

/* ---- rows ---- */

static int by_rank(const void *a, const void *b)
{
    const size_t *x = a, *y = b; /* rank, then place */
    if (x[0] != y[0])
        return x[0] < y[0] ? -1 : 1;
    return (x[1] > y[1]) - (x[1] < y[1]);
}

/* Rows in the order of the table. */
static bool sort_rows(struct series_group *g, struct err *e)
{
    size_t(*keys)[2] = malloc((g->count + 1) * sizeof *keys);
    struct table_row *rows = malloc((g->count + 1) * sizeof *rows);
    bool ok = (keys && rows) || err_memory(e);
    for (size_t i = 0; ok && i < g->count; i++) {
        keys[i][0] = (size_t)g->ranks[i];
        keys[i][1] = i;
        rows[i] = g->rows[i];
    }
    if (ok && g->count)
        qsort(keys, g->count, sizeof *keys, by_rank);
    for (size_t i = 0; ok && i < g->count; i++)
        g->rows[i] = rows[keys[i][1]];
    free(keys);
    free(rows);
    return ok;
}

static void free_block(struct trend_row *block, size_t count)
{
    for (size_t i = 0; block && i < count; i++)
        series_row_free(&block[i].x);
    free(block);
}

/* Taken one by one, fitted side by side, written in order. */
static bool write_block(struct building *b, struct series_group *g, size_t from, struct err *e)
{
    size_t n = g->count - from < BLOCK ? g->count - from : BLOCK;
    struct trend_row *block = calloc(n, sizeof *block);
    bool ok = block || err_memory(e);
    for (size_t i = 0; ok && i < n; i++)
        ok = series_row_take(&g->set, g->rows[from + i].unit, g->rows[from + i].category, true,
                             &block[i].x, e);
    if (ok) {
#pragma omp parallel for schedule(dynamic, 1) if (n > 1)
        for (size_t i = 0; i < n; i++)
            trend_row_fit(&block[i], b->most);
    }
    for (size_t i = 0; ok && i < n; i++) {
        bool said = g->ranks[from + i] <= 1 + 2 * !b->ask.by_unit && g->count <= SENTENCES_MAX;
        ok = trend_write(b->s, g, from + i, &block[i], b->r, e) &&
             (!said || trend_add_sentence(g, &block[i], b->r->row_count - 1, b->r, e)) &&
             trend_add_nowcast(&b->nowcasts, g, from + i, &block[i], said ? b->r : NULL, e);
    }
    free_block(block, n);
    return ok;
}

/* Rows of one root and one level with each other; totals and unknown places stand outside. */
static bool add_q_values(const struct series_group *g, struct result *r, size_t first,
                         struct err *e)
{
    double *p = malloc((g->count + 1) * sizeof *p);
    if (!p)
        return err_memory(e);
    for (size_t i = 0; i < g->count; i++) {
        const struct cell *cell = &r->cells[(first + i) * r->column_count + TRD_P_VALUE];
        p[i] = g->rows[i].in_family && cell->type == CELL_REAL ? cell->as.x : NAN;
    }
    bool ok = multiple_bh(p, g->count, p) || err_memory(e);
    for (size_t i = 0; ok && i < g->count; i++)
        r->cells[(first + i) * r->column_count + TRD_Q_VALUE] = cell_real(p[i]);
    free(p);
    return ok;
}

static void widen_span(struct building *b, const struct series_group *g)
{
    struct span set = {g->set.days[0].items[0].from, g->set.days[g->set.n - 1].items[0].to};
    b->span.span.from = set.from < b->span.span.from ? set.from : b->span.span.from;
    b->span.span.to = set.to > b->span.span.to ? set.to : b->span.span.to;
}

static bool build_group(struct building *b, size_t first, size_t *next, struct err *e)
{
    struct series_group g;
    size_t row = b->r->row_count;
    bool ok = series_group_init(&g, b->s, &b->ask, first, next, e) && sort_rows(&g, e);
    if (ok) {
        widen_span(b, &g);
        series_group_facts(&g, &b->facts);
        coarse_look(&b->coarse, &g.set.tally);
    }
    for (size_t i = 0; ok && i < g.count; i += BLOCK)
        ok = write_block(b, &g, i, e);
    ok = ok && add_q_values(&g, b->r, row, e) && trend_add_footers(b->s, &g, b->r, e);
    series_group_free(&g);
    return ok;
}

/* ---- the whole table ---- */

static bool set_title(const struct building *b, struct err *e)
{
    struct result *r = b->r;
    const struct places *p = &b->ask.places;
    r->title =
        arena_format(&r->arena, tr(r->lang, "Trend of the number of %s, %s"),
                     session_counted(p->tally.count, r->lang), places_subject(b->s, p, r->lang));
    return r->title || err_memory(e);
}

static bool set_span(struct building *b, struct err *e)
{
    session_label_months(b->s, &b->span);
    b->facts.period = &b->span;
    return session_provenance(b->s, &b->facts, b->r, e);
}

bool trend_read_joinpoints(const struct session *s, int *most, struct err *e)
{
    return session_choice(s->request, OPT_JOINPOINTS, JOINPOINTS_MOST, most, e);
}

bool trend_build(struct session *s, struct result *r, struct err *e)
{
    struct building b = {
        .s = s, .r = r, .facts = {.data_end = DAY_NONE}, .span = {.span = {DAY_MAX, DAY_MIN}}};
    result_init(r, "trend", trend_columns, TRD_COLUMNS, s->lang);
    bool ok = trend_read_joinpoints(s, &b.most, e) && series_ask_read(s, true, &b.ask, e) &&
              nowcasts_init(&b.nowcasts, s, &b.ask.places.tally, e);
    for (size_t i = 0; ok && i < b.ask.places.category_count;)
        ok = build_group(&b, i, &i, e);
    ok = ok && nowcasts_write(&b.nowcasts, r, e) && set_title(&b, e) &&
         places_views(&b.ask.places, b.ask.by_unit, b.ask.by_category, views, SHOW_VIEWS, r, e) &&
         set_span(&b, e) && coarse_judge(&b.coarse, s, TRD_N, r, e);
    nowcasts_free(&b.nowcasts);
    coarse_free(&b.coarse);
    series_ask_free(&b.ask);
    return ok;
}
