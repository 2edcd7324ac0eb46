/* Cumulative counts of a period against the year before, the fan to its end, the allowance. */
#include <math.h>

#include "base/lang.h"
#include "plot/forecast_layout.h"

/* ---- texts ---- */

static void draw_texts(struct plot *p, const struct forecast_layout *l, const struct forecast *f)
{
    draw_page_title(p, &l->page);
    struct buf axis = {0};
    buf_addf(&axis, tr(p->lang, "%s from the period's start"), tr(p->lang, f->m.counted->subject));
    draw_text(p, DRAW_MUTED, DRAW_LEFT, DRAW_EDGE_MM, l->head + draw_leading(DRAW_MUTED) / 2,
              buf_text(&axis));
    p->script.failed |= axis.failed;
    buf_free(&axis);
    month_axis_draw(p, &l->months, &f->m);
    draw_text(p, DRAW_STRONG, DRAW_LEFT, l->observed_x, l->observed_y, buf_text(&l->observed));
    for (size_t i = 0; i < FORECAST_LABELS; i++)
        draw_text(p, l->labels[i].style, DRAW_LEFT, l->right + FORECAST_GAP_MM,
                  l->labels[i].top + 0.5 + draw_leading(l->labels[i].style) / 2,
                  buf_text(&l->labels[i].lines));
    draw_page_notes(p, &l->page);
}

/* ---- lines ---- */

static void draw_ground(struct plot *p, const struct forecast_layout *l, const struct forecast *f)
{
    struct buf hatches = {0}, years = {0};
    for (size_t i = 0; i < f->seen; i++)
        if (isnan(f->m.months[i].count))
            draw_hatch(&hatches, forecast_month_x(l, (double)i), l->top,
                       forecast_month_x(l, (double)i + 1), l->months.top);
    for (size_t i = 1; i < f->m.year_count; i++) {
        double x = forecast_month_x(l, (double)f->m.years[i].first);
        draw_line(&years, x, l->top, x, l->page.notes_top - 1.5);
    }
    if (f->has_forecast)
        draw_line(&years, forecast_month_x(l, f->seen_to), l->top, forecast_month_x(l, f->seen_to),
                  l->months.top);
    draw_lines(p, &years, "lc rgb FAINT lw 0.75");
    draw_lines(p, &hatches, "lc rgb HATCH lw 0.5");
    buf_free(&hatches);
    buf_free(&years);
}

/* From what a label speaks of to the label. */
static void add_leader(struct buf *rows, const struct forecast_layout *l,
                       const struct forecast_label *label)
{
    double foot = label->top + 0.5 + draw_leading(label->style) / 2;
    double at = fmax(foot, fmin(label->at, label->top + label->height - 2));
    if (label->lines.len)
        draw_line(rows, label->from, label->at, l->right + FORECAST_GAP_MM - 0.6, at);
}

/* The allowance, and the end's interval as a thin and a thick bar beside the fan. */
static void draw_marks(struct plot *p, const struct forecast_layout *l, const struct forecast *f)
{
    struct buf goal = {0}, wide = {0}, narrow = {0}, leaders = {0};
    const struct forecast_month *end = forecast_end(f);
    double x = l->right + 1.5;
    if (!isnan(f->allowance)) {
        double y = draw_axis_at(&l->axis, f->allowance);
        draw_line(&goal, l->months.left, y, l->right + FORECAST_GAP_MM - 1, y);
    }
    if (end && !isnan(end->wide_low) && !isnan(end->wide_high))
        draw_line(&wide, x, draw_axis_at(&l->axis, end->wide_low), x,
                  draw_axis_at(&l->axis, end->wide_high));
    if (end && !isnan(end->low) && !isnan(end->high))
        draw_line(&narrow, x, draw_axis_at(&l->axis, end->low), x,
                  draw_axis_at(&l->axis, end->high));
    for (size_t i = 0; i < FORECAST_LABELS; i++)
        add_leader(&leaders, l, &l->labels[i]);
    draw_lines(p, &leaders, "lc rgb FAINT lw 0.75");
    draw_lines(p, &goal, "lc rgb GOAL lw 1.4 dt (6,3)");
    draw_lines(p, &wide, "lc rgb NOW lw 1.2");
    draw_lines(p, &narrow, "lc rgb NOW lw 4");
    buf_free(&goal);
    buf_free(&wide);
    buf_free(&narrow);
    buf_free(&leaders);
}

/* ---- data ---- */

static void add_step(struct buf *b, double at, double count, bool is_partial)
{
    buf_addf(b, "%.10g", at);
    draw_datum(b, count);
    buf_addf(b, " %d\n", is_partial);
}

/* Before the first point: it lies below the axis, where it is clipped; cairo would set a spur to a
 * line that starts inside. */
#define BELOW_AXIS (-1.0)

/* Steps: a month's count over the whole of its column, the last one as far as it goes; the rise to
 * a month's step is drawn as that step is. */
static void add_steps(struct buf *b, const struct forecast *f)
{
    double before = 0;
    bool was_partial = false;
    buf_adds(b, "# month count partial\n$steps << EOD\n");
    add_step(b, 0, BELOW_AXIS, false);
    for (size_t i = 0; i < f->seen; i++) {
        bool is_partial = f->m.months[i].partial;
        if (is_partial != was_partial)
            add_step(b, (double)i, before, is_partial);
        before = f->months[i].now;
        was_partial = is_partial;
        add_step(b, (double)i, before, is_partial);
        add_step(b, i + 1 == f->seen ? f->seen_to : (double)i + 1, before, is_partial);
    }
    buf_adds(b, "EOD\n# month count\n$before << EOD\n0");
    draw_datum(b, BELOW_AXIS);
    buf_addc(b, '\n');
    for (size_t i = 0; i < f->m.count; i++)
        for (size_t end = 0; end < 2; end++) {
            buf_addf(b, "%zu", i + end);
            draw_datum(b, f->months[i].before);
            buf_addc(b, '\n');
        }
    buf_adds(b, "EOD\n");
}

static void add_fan(struct buf *b, const struct forecast *f)
{
    double at = f->seen ? f->observed : 0;
    buf_adds(b, "# month expected low high wide_low wide_high\n$fan << EOD\n");
    buf_addf(b, "%.10g %.10g %.10g %.10g %.10g %.10g\n", f->seen_to, at, at, at, at, at);
    for (size_t i = 0; i < f->m.count; i++) {
        const struct forecast_month *m = &f->months[i];
        if (isnan(m->expected))
            continue;
        buf_addf(b, "%zu", i + 1);
        draw_datum(b, m->expected);
        draw_datum(b, m->low);
        draw_datum(b, m->high);
        draw_datum(b, m->wide_low);
        draw_datum(b, m->wide_high);
        buf_addc(b, '\n');
    }
    buf_adds(b, "EOD\n");
}

static void draw_curves(struct plot *p, const struct forecast_layout *l, const struct forecast *f)
{
    draw_panel(p, l->months.left, l->top, l->right, l->months.top);
    buf_addf(&p->script,
             "set xrange [0:%zu]; set yrange [0:%.6g]\n"
             "set ytics (%s) scale 0 textcolor rgb MUTED font F_LAB nomirror\n"
             "set grid noxtics ytics back lc rgb GRID lw 0.75 lt 1\n"
             "plot ",
             f->m.count, l->axis.high, buf_text(&l->ticks.list));
    if (f->has_forecast)
        buf_adds(&p->script,
                 "$fan using 1:5:6 with filledcurves fc rgb '#C3D7E9' fs solid noborder, \\\n"
                 "     $fan using 1:3:4 with filledcurves fc rgb '#84AFD3' fs solid noborder, \\\n"
                 "     $fan using 1:2 with lines lc rgb NOW lw 1.6 dt (5,3), \\\n     ");
    buf_adds(&p->script,
             "$before using 1:2 with lines lc rgb MUTED lw 1.2, \\\n"
             "     $steps using 1:($3==0?$2:NaN) with lines lc rgb NOW lw 2.6, \\\n"
             "     $steps using 1:($3==1?$2:NaN) with lines lc rgb NOW lw 2 dt (3,2)\n");
}

bool plot_forecast(const struct result *months, const struct result *forecast,
                   const struct plot_options *o, struct err *e)
{
    struct forecast f = {0};
    struct forecast_layout l = {0};
    struct plot p = {0};
    bool ok = forecast_read(&f, months, forecast, e);
    if (ok) {
        forecast_layout_init(&l, &f, o);
        draw_page_begin(&p, &l.page);
        add_steps(&p.script, &f);
        add_fan(&p.script, &f);
        buf_adds(&p.script, "set multiplot\n");
        draw_ground(&p, &l, &f);
        draw_texts(&p, &l, &f);
        draw_curves(&p, &l, &f);
        /* Every further plot would draw these once more. */
        buf_adds(&p.script, "unset label\nunset grid\nunset ytics\n");
        draw_marks(&p, &l, &f);
        buf_adds(&p.script, "unset multiplot\nset output\n");
        p.script.failed |= forecast_layout_failed(&l);
        ok = plot_end(&p, o, e);
    }
    forecast_layout_free(&l);
    forecast_free(&f);
    return ok;
}
