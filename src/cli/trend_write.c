/* One series' row of the trend table. */
#include <math.h>

#include "base/num.h"
#include "cli/trend_private.h"

enum { SEGMENT_CASES = 30 };

void trend_row_fit(struct trend_row *row, int most)
{
    const struct joinpoint_options o = {.most = most, .segment_least = SEGMENT_CASES};
    row->failed = !trend_fit(&row->x.ts, &row->trend) ||
                  !kendall_trend(&row->x.ts, &row->kendall) ||
                  !joinpoints_find(&row->x.ts, o, &row->joinpoints);
}

/* ---- names and spans ---- */

static void write_names(const struct session *s, const struct series_group *g, size_t row,
                        struct result *r, struct cell *out)
{
    const struct scope *scope = &g->set.scope;
    size_t unit = g->rows[row].unit, category = g->rows[row].category;
    struct arena *a = &r->arena;
    out[TRD_UNIT] = cell_text(arena_text(a, scope->directory->units[scope->units[unit]].code));
    out[TRD_UNIT_NAME] = cell_text(arena_text(a, series_unit_name(g, s, unit, a)));
    out[TRD_CATEGORY] =
        cell_text(arena_text(a, scope->directory->categories[scope->categories[category]].code));
    out[TRD_CATEGORY_NAME] = cell_text(arena_text(a, series_category_name(g, category)));
}

static const char *label(const struct series_group *g, size_t step, struct arena *a)
{
    char text[16];
    series_label(&g->set, step, text);
    return arena_text(a, text);
}

static void write_span(const struct series_group *g, const struct series *x, struct result *r,
                       struct cell *out)
{
    out[TRD_N] = cell_int((int64_t)x->known);
    out[TRD_TOTAL] = cell_int(x->total);
    if (!x->n)
        return;
    out[TRD_FROM] = cell_text(label(g, x->offset, &r->arena));
    out[TRD_TO] = cell_text(label(g, x->offset + x->n - 1, &r->arena));
}

/* ---- numbers ---- */

static const char *family_token(enum trend_family family)
{
    static const char *const tokens[] = {"", "poisson", "negbin", "quasipoisson"};
    return tokens[family];
}

static void write_model(const struct trend *t, struct cell *out)
{
    out[TRD_ANNUAL_CHANGE_PCT] = cell_real(t->annual_change_pct);
    out[TRD_CI_LOW] = cell_real(t->ci_low);
    out[TRD_CI_HIGH] = cell_real(t->ci_high);
    out[TRD_P_VALUE] = cell_real(t->p_value);
    out[TRD_FAMILY] = cell_text(family_token(t->family));
    out[TRD_DISPERSION] = cell_real(t->dispersion);
    out[TRD_SEASON_P] = cell_real(t->season_p);
    if (t->season_peak)
        out[TRD_SEASON_PEAK] = cell_int(t->season_peak);
}

static void write_ranks(const struct kendall *k, struct cell *out)
{
    out[TRD_MK_TAU] = cell_real(k->tau);
    out[TRD_MK_P] = cell_real(k->p);
    out[TRD_SEN_SLOPE] = cell_real(k->sen);
    if (k->sen_is_ties)
        return;
    out[TRD_SEN_LOW] = cell_real(k->sen_low);
    out[TRD_SEN_HIGH] = cell_real(k->sen_high);
}

/* ---- segments ---- */

enum segment_part { SEGMENT_PACE, SEGMENT_LOW, SEGMENT_HIGH, SEGMENT_TOTAL, SEGMENT_STEPS };

static double part_of(const struct joinpoint_segment *s, enum segment_part part)
{
    switch (part) {
    case SEGMENT_PACE:
        return s->annual_change_pct;
    case SEGMENT_LOW:
        return s->low;
    case SEGMENT_HIGH:
        return s->high;
    case SEGMENT_TOTAL:
        return s->total;
    case SEGMENT_STEPS:
        return (double)s->steps;
    }
    return NAN;
}

static const char *segments(const struct joinpoints *j, enum segment_part part, struct arena *a)
{
    struct buf b = {0};
    for (int i = 0; i <= j->count; i++) {
        double x = part_of(&j->segment[i], part);
        buf_adds(&b, i ? ";" : "");
        if (isfinite(x))
            num_add_machine(&b, x);
    }
    const char *text = b.failed ? NULL : arena_text(a, buf_text(&b));
    buf_free(&b);
    return text;
}

static void write_joinpoints(const struct series_group *g, const struct trend_row *t,
                             struct result *r, struct cell *out)
{
    const struct joinpoints *j = &t->joinpoints;
    struct buf b = {0};
    if (j->state != JOINPOINT_OK)
        return;
    for (int i = 0; i < j->count; i++) {
        char text[16];
        series_label(&g->set, t->x.series.offset + j->at[i], text);
        buf_addf(&b, "%s%s", i ? ";" : "", text);
    }
    out[TRD_JOINPOINTS] = cell_text(arena_text(&r->arena, buf_text(&b)));
    for (int part = SEGMENT_PACE; part <= SEGMENT_STEPS; part++)
        out[TRD_SEGMENT_CHANGE_PCT + part] =
            cell_text(segments(j, (enum segment_part)part, &r->arena));
    buf_free(&b);
}

/* ---- the note ---- */

static void note_trend(struct buf *b, const struct trend_row *t)
{
    unsigned flags = t->trend.flags;
    notes_flag(b, "few_periods", t->trend.reason == TREND_FEW_PERIODS);
    notes_flag(b, "few_incidents", t->trend.reason == TREND_FEW_INCIDENTS);
    notes_flag(b, "no_overdispersion", flags & TREND_NO_OVERDISPERSION);
    notes_flag(b, "slope_not_estimable", flags & TREND_SLOPE_NOT_ESTIMABLE);
    notes_flag(b, "change_too_wide", flags & TREND_CHANGE_TOO_WIDE);
    notes_flag(b, "season_not_estimable", flags & TREND_SEASON_NOT_ESTIMABLE);
    notes_flag(b, "season_unbounded", flags & TREND_SEASON_UNBOUNDED);
    notes_flag(b, "step_dropped", flags & TREND_STEP_DROPPED);
    notes_flag(b, "sen_ties",
               t->trend.reason == TREND_ESTIMATED && t->kendall.seasonal.sen_is_ties);
    notes_some(b, "steps_of_level", (int64_t)t->x.step_count);
}

static const char *write_note(const struct series_group *g, size_t row, const struct trend_row *t,
                              struct arena *a)
{
    struct buf b = {0};
    notes_flag(&b, "total", g->rows[row].is_total);
    if (g->q.per_year != 12)
        buf_addf(&b, "every=%s;", g->q.per_year == 4 ? "quarter" : "year");
    note_trend(&b, t);
    series_note(&b, &g->set, g->rows[row].unit, g->rows[row].category, &t->x.series);
    const char *text = b.failed ? NULL : arena_text(a, buf_text(&b));
    buf_free(&b);
    return text;
}

bool trend_write(const struct session *s, const struct series_group *g, size_t row,
                 const struct trend_row *t, struct result *r, struct err *e)
{
    const char *note = write_note(g, row, t, &r->arena);
    struct cell *out = result_add_row(r, e);
    if (!out || !note || t->failed)
        return err_memory(e);
    write_names(s, g, row, r, out);
    write_span(g, &t->x.series, r, out);
    out[TRD_NOTE] = cell_text(note);
    if (t->trend.reason != TREND_ESTIMATED)
        return true;
    write_model(&t->trend, out);
    write_ranks(&t->kendall.seasonal, out);
    write_joinpoints(g, t, r, out);
    return true;
}
