/* From the cells of `risk` and its limits to points and the side on which they lie. */
#include <math.h>
#include <stdlib.h>

#include "base/lang.h"
#include "plot/cells.h"
#include "plot/funnel.h"

/* ---- limits ---- */

static bool read_limits(struct funnel *f, const struct result *limits, struct err *e)
{
    if (!limits || limits->row_count == 0)
        return true;
    f->is_wide = cells_has_note(limits, 0, "dispersed_limits");
    f->limits = malloc(limits->row_count * sizeof *f->limits);
    if (!f->limits)
        return err_memory(e);
    for (size_t i = 0; i < limits->row_count; i++) {
        struct funnel_limit limit = {
            cells_number(limits, i, "expected"), cells_number(limits, i, "low_95"),
            cells_number(limits, i, "high_95"), cells_number(limits, i, "low_998"),
            cells_number(limits, i, "high_998")};
        if (limit.expected > 0)
            f->limits[f->limit_count++] = limit;
    }
    return true;
}

static double between(double a, double b, double share)
{
    return a + (b - a) * share;
}

struct funnel_limit funnel_limit_at(const struct funnel *f, double expected)
{
    for (size_t i = 0; i < f->limit_count; i++) {
        const struct funnel_limit *b = &f->limits[i], *a = i ? b - 1 : b;
        if (b->expected < expected || a->expected > expected)
            continue;
        double span = b->expected - a->expected;
        double share = span > 0 ? (expected - a->expected) / span : 0;
        return (struct funnel_limit){
            expected, between(a->low_95, b->low_95, share), between(a->high_95, b->high_95, share),
            between(a->low_998, b->low_998, share), between(a->high_998, b->high_998, share)};
    }
    return (struct funnel_limit){expected, NAN, NAN, NAN, NAN};
}

/* ---- points ---- */

static enum funnel_side side_of(const struct funnel *f, const struct risk_row *row)
{
    struct funnel_limit limit = funnel_limit_at(f, row->expected);
    if (row->smr > limit.high_998)
        return FUNNEL_HIGHEST;
    if (row->smr > limit.high_95)
        return FUNNEL_HIGH;
    if (row->smr < limit.low_998)
        return FUNNEL_LOWEST;
    return row->smr < limit.low_95 ? FUNNEL_LOW : FUNNEL_WITHIN;
}

static bool read_points(struct funnel *f, struct err *e)
{
    struct buf words = {0};
    bool ok = true;
    f->points = malloc(f->k.count * sizeof *f->points);
    if (!f->points)
        return err_memory(e);
    for (size_t i = 0; ok && i < f->k.count; i++) {
        const struct risk_row *row = &f->k.rows[i];
        if (isnan(row->smr) || !(row->expected > 0) || row->group == RISK_NO_PLACE)
            continue;
        struct funnel_point *point = &f->points[f->count++];
        *point = (struct funnel_point){
            .row = row, .side = side_of(f, row), .words_x = NAN, .leader_x = NAN};
        f->by_side[point->side - FUNNEL_LOWEST]++;
        if (point->side == FUNNEL_WITHIN)
            continue;
        buf_addf(&words, "%s, ", row->name);
        words_amount(&words, row->count, f->k.counted, f->k.result->lang);
        point->words = draw_keep(&f->arena, &words);
        ok = point->words != NULL;
    }
    buf_free(&words);
    return ok || err_memory(e);
}

bool funnel_read(struct funnel *f, const struct result *risk, const struct result *limits,
                 struct err *e)
{
    *f = (struct funnel){0};
    return risk_read(&f->k, risk, e) && read_limits(f, limits, e) && read_points(f, e);
}

void funnel_free(struct funnel *f)
{
    risk_free(&f->k);
    free(f->limits);
    free(f->points);
    draw_ticks_free(&f->x_ticks);
    draw_ticks_free(&f->y_ticks);
    draw_page_free(&f->page);
    arena_free(&f->arena);
    *f = (struct funnel){0};
}

/* ---- words ---- */

static void add_side(struct buf *b, struct funnel *f, enum funnel_side side, const char *words)
{
    size_t n = 0;
    for (size_t i = 0; i < f->count; i++)
        if (f->points[i].side == side)
            f->k.names[n++] = f->points[i].row;
    if (n == 0)
        return;
    buf_addf(b, "%s%s", b->len ? "; " : "", words);
    risk_add_names(b, &f->k, n);
}

void funnel_add_title(struct buf *b, struct funnel *f)
{
    enum lang lang = f->k.result->lang;
    if (f->count == 0)
        buf_adds(b, tr(lang, "Too few figures to compare places"));
    else if (f->limit_count == 0)
        buf_adds(b, tr(lang, "Cases against what overall level and population give"));
    else {
        add_side(b, f, FUNNEL_HIGHEST, tr(lang, "▲ Above the 99.8% limit: "));
        add_side(b, f, FUNNEL_HIGH,
                 b->len ? tr(lang, "above the 95% limit: ") : tr(lang, "Above the 95% limit: "));
        if (b->len == 0)
            buf_adds(b, tr(lang, "No place is above the limits of chance"));
    }
}

void funnel_add_notes(struct buf *b, const struct funnel *f)
{
    enum lang lang = f->k.result->lang;
    if (f->limit_count)
        buf_adds(b, f->is_wide
                        ? tr(lang, "Bands: where places of that size would lie if they differed "
                                   "only by chance and as places ordinarily do (95% and 99.8%).")
                        : tr(lang, "Bands: where places of that size would lie if they differed "
                                   "only by chance (95% and 99.8%; Poisson, exact)."));
    if (f->limit_count) {
        words_next(b);
        buf_adds(b, tr(lang, "By chance alone about 1 in 20 lies outside the 95% limits, 1 in 500 "
                             "outside the 99.8% limits."));
    }
    if (f->x.scale == DRAW_LOG) {
        words_next(b);
        buf_adds(b, tr(lang, "The horizontal axis is logarithmic."));
    }
    if (f->y.scale == DRAW_SQRT) {
        words_next(b);
        buf_adds(b, tr(lang, "The vertical axis is a square-root scale."));
    }
}
