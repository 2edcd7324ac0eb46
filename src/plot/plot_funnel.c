/* The funnel: each place's ratio against the cases that the overall level gives, and the limits
 * within which chance alone would leave it. */
#include <math.h>

#include "base/lang.h"
#include "plot/funnel.h"

/* ---- texts ---- */

static void draw_line_names(struct plot *p, const struct funnel *f)
{
    const char *const names[FUNNEL_LINES] = {tr(p->lang, "overall level"), tr(p->lang, "95% limit"),
                                             tr(p->lang, "99.8% limit")};
    for (size_t i = 0; i < FUNNEL_LINES; i++)
        if (!isnan(f->line_y[i]))
            draw_text(p, i == FUNNEL_OVERALL ? DRAW_STRONG : DRAW_LABEL, DRAW_LEFT, f->right + 1.5,
                      f->line_y[i], names[i]);
}

static void draw_texts(struct plot *p, const struct funnel *f)
{
    draw_page_title(p, &f->page);
    draw_page_notes(p, &f->page);
    draw_text(p, DRAW_MUTED, DRAW_LEFT, DRAW_EDGE_MM, f->head + draw_leading(DRAW_MUTED) / 2,
              tr(p->lang, "Cases divided by what overall level and population give"));
    draw_text(p, DRAW_MUTED, DRAW_RIGHT, f->right, f->bottom + 1.6 * draw_leading(DRAW_MUTED) + 1,
              tr(p->lang, "Cases that overall level and population give"));
    draw_line_names(p, f);
    for (size_t i = 0; i < f->count; i++)
        if (!isnan(f->points[i].words_x))
            draw_text(p, f->points[i].side == FUNNEL_HIGHEST ? DRAW_STRONG : DRAW_LABEL, DRAW_LEFT,
                      f->points[i].words_x, f->points[i].words_y, f->points[i].words);
}

/* ---- data ---- */

static void add_limit(struct plot *p, const struct funnel *f, const struct funnel_limit *limit)
{
    const double values[] = {limit->low_95, limit->high_95, limit->low_998, limit->high_998};
    buf_addf(&p->script, "%.10g", limit->expected);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        draw_datum(&p->script, values[i] > f->y.high ? f->y.high : values[i]);
    buf_addc(&p->script, '\n');
}

/* The limits from one end of the axis to the other. */
static void add_limits(struct plot *p, const struct funnel *f)
{
    double low = f->x.low, high = f->x.high;
    buf_adds(&p->script, "# expected low_95 high_95 low_998 high_998\n$limits << EOD\n");
    struct funnel_limit first = funnel_limit_at(f, low), last = funnel_limit_at(f, high);
    if (!isnan(first.high_95))
        add_limit(p, f, &first);
    for (size_t i = 0; i < f->limit_count; i++)
        if (f->limits[i].expected > low && f->limits[i].expected < high)
            add_limit(p, f, &f->limits[i]);
    if (!isnan(last.high_95))
        add_limit(p, f, &last);
    buf_adds(&p->script, "EOD\n");
}

static void add_points(struct plot *p, const struct funnel *f)
{
    buf_adds(&p->script, "# expected smr side\n$places << EOD\n");
    for (size_t i = 0; i < f->count; i++) {
        const struct risk_row *row = f->points[i].row;
        buf_addf(&p->script, "%.10g %.10g %d # ", row->expected, row->smr, (int)f->points[i].side);
        for (const char *c = row->name; *c; c++)
            buf_addc(&p->script, (unsigned char)*c < 0x20 ? ' ' : *c);
        buf_addc(&p->script, '\n');
    }
    buf_adds(&p->script, "EOD\n");
}

/* ---- the panel ---- */

static const char bands_plot[] =
    "plot $limits using 1:4:5 with filledcurves fs solid noborder lc rgb '#EEF3F8', \\\n"
    "     $limits using 1:2:3 with filledcurves fs solid noborder lc rgb '#D5E2EE', \\\n"
    "     $limits using 1:($5<TOP?$5:NaN) with lines lc rgb INK lw 0.9, \\\n"
    "     $limits using 1:($4>0?$4:NaN) with lines lc rgb INK lw 0.9, \\\n"
    "     $limits using 1:($3<TOP?$3:NaN) with lines lc rgb INK lw 0.9 dt (6,4), \\\n"
    "     $limits using 1:($2>0?$2:NaN) with lines lc rgb INK lw 0.9 dt (6,4)\n";

static void add_point_plots(struct plot *p, double dot)
{
    const struct {
        enum funnel_side side;
        int point;
        double size;
        const char *colour;
    } looks[] = {{FUNNEL_WITHIN, 7, dot, "NOW"},      {FUNNEL_LOW, 11, 1.2, "INK"},
                 {FUNNEL_LOW, 11, 0.75, "'#FFFFFF'"}, {FUNNEL_LOWEST, 11, 1.2, "NOW"},
                 {FUNNEL_HIGH, 9, 1.3, "INK"},        {FUNNEL_HIGH, 9, 0.8, "'#FFFFFF'"},
                 {FUNNEL_HIGHEST, 9, 2.1, "INK"},     {FUNNEL_HIGHEST, 9, 1.6, "'#FFFFFF'"},
                 {FUNNEL_HIGHEST, 9, 1.1, "UP"}};
    size_t n = sizeof looks / sizeof looks[0];
    for (size_t i = 0; i < n; i++)
        buf_addf(&p->script,
                 "     $places using 1:($3==%d?$2:NaN) with points pt %d ps %.3g lc rgb %s%s",
                 (int)looks[i].side, looks[i].point, looks[i].size, looks[i].colour,
                 i + 1 < n ? ", \\\n" : "\n");
}

/* Axes, grid and bands: what lies below the texts. */
static void draw_ground(struct plot *p, const struct funnel *f)
{
    draw_panel(p, f->left, f->top, f->right, f->bottom);
    if (f->x.scale == DRAW_LOG)
        buf_adds(&p->script, "set logscale x\n");
    if (f->y.scale == DRAW_SQRT)
        buf_adds(&p->script, "set nonlinear y via sqrt(y) inverse y*y\n");
    buf_addf(&p->script,
             "set xrange [%.6g:%.6g]; set yrange [%.6g:%.6g]; TOP = %.6g\n"
             "set xtics (%s) scale 0 offset 0,0.3 textcolor rgb MUTED font F_LAB nomirror\n"
             "set ytics (%s) scale 0 textcolor rgb MUTED font F_LAB nomirror\n"
             "set grid noxtics ytics back lc rgb GRID lw 0.75 lt 1\n",
             f->x.low, f->x.high, f->y.low, f->y.high, 0.9999 * f->y.high,
             buf_text(&f->x_ticks.list), buf_text(&f->y_ticks.list));
    buf_adds(&p->script, f->limit_count ? bands_plot : "plot NaN\n");
    buf_adds(&p->script, "unset xtics; unset ytics; unset grid\n");
    p->script.failed |= f->x_ticks.list.failed || f->y_ticks.list.failed;
}

static void draw_leaders(struct plot *p, const struct funnel *f)
{
    for (size_t i = 0; i < f->count; i++) {
        const struct funnel_point *point = &f->points[i];
        if (!isnan(point->leader_x))
            buf_addf(&p->script,
                     "set arrow from screen %.5f,%.5f to screen %.5f,%.5f nohead back lc rgb "
                     "MUTED lw 0.7\n",
                     point->x / p->width_mm, 1 - point->y / p->height_mm,
                     point->leader_x / p->width_mm, 1 - point->leader_y / p->height_mm);
    }
}

static void draw_points(struct plot *p, const struct funnel *f)
{
    buf_adds(&p->script, "set arrow from graph 0,first 1 to graph 1,first 1 nohead back lc rgb "
                         "ZERO lw 1.4\n"
                         "plot \\\n");
    add_point_plots(p, f->count > 200 ? 0.4 : 0.75);
}

bool plot_funnel(const struct result *risk, const struct result *limits,
                 const struct plot_options *o, struct err *e)
{
    struct funnel f = {0};
    struct plot p = {0};
    bool ok = funnel_read(&f, risk, limits, e) && funnel_layout(&f, o, e);
    if (ok) {
        draw_page_begin(&p, &f.page);
        add_limits(&p, &f);
        add_points(&p, &f);
        buf_adds(&p.script, "set multiplot\n");
        draw_ground(&p, &f);
        draw_texts(&p, &f);
        draw_leaders(&p, &f);
        draw_points(&p, &f);
        buf_adds(&p.script, "unset multiplot\nset output\n");
        ok = plot_end(&p, o, e);
    }
    funnel_free(&f);
    return ok;
}
