/* The dumbbell: two counts a unit, their change with its interval, the change in words. */
#include <math.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/yoy_layout.h"

static double middle(const struct yoy_place *place)
{
    return (place->top + place->bottom) / 2;
}

/* ---- texts ---- */

static void draw_number(struct plot *p, enum draw_style style, double x, double y, double number)
{
    struct buf text = {0};
    if (isnan(number))
        buf_adds(&text, "…");
    else
        words_number(&text, number, p->lang);
    draw_text(p, style, DRAW_RIGHT, x, y, buf_text(&text));
    p->script.failed |= text.failed;
    buf_free(&text);
}

static void draw_row_texts(struct plot *p, const struct yoy_layout *l, const struct yoy_row *row,
                           const struct yoy_place *place, bool is_total)
{
    enum draw_style style = is_total ? DRAW_STRONG : DRAW_LABEL;
    double y = middle(place);
    draw_text_around(p, style, DRAW_LEFT, DRAW_EDGE_MM, middle(place), place->name);
    draw_number(p, is_total ? DRAW_STRONG : DRAW_MUTED, l->before_right, y, row->before);
    draw_number(p, DRAW_STRONG, l->now_right, y, row->now);
    draw_text(p, yoy_has_rise(row) ? DRAW_STRONG : style, DRAW_RIGHT, DRAW_PAGE_MM - DRAW_EDGE_MM,
              y, row->words);
}

static void draw_head(struct plot *p, enum draw_align align, double x, double y, const char *first,
                      const char *second)
{
    draw_text(p, DRAW_STRONG, align, x, y, first);
    draw_text(p, DRAW_STRONG, align, x, y + draw_leading(DRAW_STRONG), second);
}

static void draw_column_heads(struct plot *p, const struct yoy *y, const struct yoy_layout *l)
{
    double at = l->heads + 1.5 * draw_leading(DRAW_STRONG);
    struct buf head = {0};
    buf_addf(&head, "○ %s", y->before_name);
    draw_text(p, DRAW_STRONG, DRAW_RIGHT, l->before_right, at, buf_text(&head));
    buf_clear(&head);
    buf_addf(&head, "● %s", y->now_name);
    draw_text(p, DRAW_STRONG, DRAW_RIGHT, l->now_right, at, buf_text(&head));
    p->script.failed |= head.failed;
    buf_free(&head);
}

static void draw_heads(struct plot *p, const struct yoy *y, const struct yoy_layout *l)
{
    double at = l->heads + draw_leading(DRAW_STRONG) / 2;
    draw_column_heads(p, y, l);
    const char *subject = tr(p->lang, y->counted->subject), *scale = yoy_scale_words(l, p->lang);
    if (y->count)
        draw_head(p, DRAW_LEFT, l->left_from, at, *scale ? subject : "", *scale ? scale : subject);
    draw_head(p, DRAW_LEFT, l->right_from, at,
              y->is_rate ? tr(p->lang, "Change of the rate (%)") : tr(p->lang, "Change (%)"),
              tr(p->lang, "95% confidence interval"));
    draw_head(p, DRAW_RIGHT, DRAW_PAGE_MM - DRAW_EDGE_MM, at, subject,
              tr(p->lang, "up (+), down (−)"));
}

static void draw_texts(struct plot *p, const struct yoy *y, const struct yoy_layout *l)
{
    draw_page_title(p, &l->page);
    draw_page_notes(p, &l->page);
    draw_heads(p, y, l);
    if (y->has_total)
        draw_row_texts(p, l, &y->total, &l->total, true);
    for (size_t i = 0; i < y->count; i++)
        draw_row_texts(p, l, &y->rows[i], &l->rows[i], false);
}

/* ---- what lies below the marks ---- */

static void hatch_row(struct buf *b, const struct yoy_layout *l, const struct yoy_place *place)
{
    double y = middle(place);
    draw_hatch(b, l->left_from, y - 1.3, l->left_to, y + 1.3);
    draw_hatch(b, l->right_from, y - 1.3, l->right_to, y + 1.3);
}

static void draw_ground(struct plot *p, const struct yoy *y, const struct yoy_layout *l)
{
    struct buf rules = {0}, rule = {0}, hatches = {0};
    for (size_t i = 0; i < y->count; i++) {
        draw_line(&rules, DRAW_EDGE_MM, l->rows[i].bottom, DRAW_PAGE_MM - DRAW_EDGE_MM,
                  l->rows[i].bottom);
        if (isnan(y->rows[i].now))
            hatch_row(&hatches, l, &l->rows[i]);
    }
    draw_line(&rule, DRAW_EDGE_MM, l->rule, DRAW_PAGE_MM - DRAW_EDGE_MM, l->rule);
    draw_lines(p, &rules, "lc rgb GRID lw 0.5");
    draw_lines(p, &rule, "lc rgb MUTED lw 0.75");
    draw_lines(p, &hatches, "lc rgb HATCH lw 0.5");
    buf_free(&rules);
    buf_free(&rule);
    buf_free(&hatches);
}

/* ---- marks ---- */

/* One line a row: place, both counts, the ratio now/before, its interval and the wider interval,
 * and 1 for a rise, 0 for no change, -1 for a fall. */
static void add_row_data(struct buf *b, const struct yoy_row *row, const struct yoy_place *place)
{
    const double data[] = {row->before, row->now,      row->ratio,    row->low,
                           row->high,   row->wide_low, row->wide_high};
    int sign = (row->change > 0) - (row->change < 0);
    buf_addf(b, "%.3f", middle(place));
    for (size_t i = 0; i < sizeof data / sizeof data[0]; i++) {
        double x = isnan(row->now) && i == 0 ? NAN : data[i];
        draw_datum(b, x > 1e9 ? 1e9 : x); /* unbounded: beyond every axis */
    }
    buf_addf(b, " %d # ", sign);
    for (const char *c = row->name; *c; c++)
        buf_addc(b, (unsigned char)*c < 0x20 ? ' ' : *c);
    buf_addc(b, '\n');
}

static void add_data(struct plot *p, const struct yoy *y, const struct yoy_layout *l)
{
    buf_adds(&p->script, "# y before now ratio low high wide_low wide_high sign\n$units << EOD\n");
    for (size_t i = 0; i < y->count; i++)
        add_row_data(&p->script, &y->rows[i], &l->rows[i]);
    buf_adds(&p->script, "EOD\n$total << EOD\n");
    if (y->has_total)
        add_row_data(&p->script, &y->total, &l->total);
    buf_adds(&p->script, "EOD\n");
}

static void set_axis(struct plot *p, const struct draw_axis *a, const struct draw_ticks *t,
                     double top, double bottom)
{
    draw_panel(p, a->from, top, a->to, bottom);
    buf_addf(&p->script,
             "set xrange [%.6g:%.6g]; set yrange [%.3f:%.3f]\n"
             "set xtics (%s) scale 0 offset 0,0.3 textcolor rgb MUTED font F_LAB nomirror\n"
             "set grid xtics noytics lc rgb GRID lw 0.75 lt 1\n",
             a->low, a->high, bottom, top, buf_text(&t->list));
    p->script.failed |= t->list.failed;
}

/* Ring before, dot now; a rise is a triangle at the end of a dashed line, no change a dot in its
 * ring. */
static const char counts_plot[] =
    "plot $units using ($9<=0?$2:NaN):1:($3-$2):(0) with vectors nohead lw 3 lc rgb FAINT, \\\n"
    "     $units using ($9>0?$2:NaN):1:($3-$2):(0) with vectors nohead lw 1.8 dt (4,3) lc rgb UP, "
    "\\\n"
    "     $units using 2:($9!=0?$1:NaN) with points pt 7 ps 0.95 lc rgb ZERO, \\\n"
    "     $units using 2:($9!=0?$1:NaN) with points pt 7 ps 0.6 lc rgb '#FFFFFF', \\\n"
    "     $units using ($9<0?$3:NaN):1 with points pt 7 ps 0.95 lc rgb NOW, \\\n"
    "     $units using ($9>0?$3:NaN):1 with points pt 9 ps 1.25 lc rgb UP, \\\n"
    "     $units using ($9>0?$3:NaN):1 with points pt 8 ps 1.25 lw 0.8 lc rgb INK, \\\n"
    "     $units using ($9==0?$2:NaN):1 with points pt 7 ps 1.2 lc rgb ZERO, \\\n"
    "     $units using ($9==0?$2:NaN):1 with points pt 7 ps 0.9 lc rgb '#FFFFFF', \\\n"
    "     $units using ($9==0?$3:NaN):1 with points pt 7 ps 0.6 lc rgb NOW\n";

static void draw_counts(struct plot *p, const struct yoy *y, const struct yoy_layout *l)
{
    if (y->count == 0)
        return;
    if (l->counts.scale == DRAW_SQRT)
        buf_adds(&p->script, "set nonlinear x via sqrt(x) inverse x*x\n");
    set_axis(p, &l->counts, &l->count_ticks, l->rule + 0.5, l->bottom);
    buf_adds(&p->script, counts_plot);
    if (l->counts.scale == DRAW_SQRT)
        buf_adds(&p->script, "unset nonlinear x\n");
}

static void draw_target(struct plot *p, const struct yoy *y, const struct yoy_layout *l, double top)
{
    double ratio = 1 - y->target_pct / 100;
    if (isnan(y->target_pct) || ratio < l->changes.low || ratio > l->changes.high)
        return;
    struct buf pct = {0}, text = {0};
    words_number(&pct, -y->target_pct, p->lang);
    buf_addf(&text, tr(p->lang, "target %s%%"), buf_text(&pct));
    draw_text(p, DRAW_TARGET, DRAW_RIGHT, draw_axis_at(&l->changes, ratio) + 1,
              top - draw_leading(DRAW_TARGET) / 2, buf_text(&text));
    buf_addf(&p->script,
             "set arrow from %.6g,graph 0 to %.6g,graph 1 nohead dt (6,4) lc rgb GOAL "
             "lw 1.3 back\n",
             ratio, ratio);
    p->script.failed |= pct.failed || text.failed;
    buf_free(&pct);
    buf_free(&text);
}

/* The thin line of the wide interval, the interval, an arrow at either end that leaves the axis,
 * and the point: `dot` for a fall or no change, a triangle for a rise. */
static void add_change_plot(struct buf *b, const char *block, double line, int dot, double size)
{
    buf_addf(b,
             "     $%s using (clip($7)):1:(clip($8)-clip($7)):(0):(tone($9)) with vectors nohead "
             "lw 0.75 lc rgb variable, \\\n"
             "     $%s using (clip($5)):1:(clip($6)-clip($5)):(0):(tone($9)) with vectors nohead "
             "lw %.3g lc rgb variable, \\\n",
             block, block, line);
    buf_addf(
        b,
        "     $%s using ($8>HI?HI/1.01:NaN):1:(HI-HI/1.01):(0):(tone($9)) with vectors as 1, \\\n"
        "     $%s using ($7<LO?LO*1.01:NaN):1:(LO-LO*1.01):(0):(tone($9)) with vectors as 1, \\\n",
        block, block);
    buf_addf(b,
             "     $%s using ($9<=0?on($4):NaN):1 with points pt %d ps %.3g lc rgb NOW, \\\n"
             "     $%s using ($9>0?on($4):NaN):1 with points pt 9 ps %.3g lc rgb UP, \\\n"
             "     $%s using ($9>0?on($4):NaN):1 with points pt 8 ps %.3g lw 0.8 lc rgb INK",
             block, dot, size, block, size * 1.3, block, size * 1.3);
}

static void draw_changes(struct plot *p, const struct yoy *y, const struct yoy_layout *l)
{
    double top = y->has_total ? l->total.top : l->rule;
    draw_target(p, y, l, top);
    set_axis(p, &l->changes, &l->change_ticks, top, l->bottom);
    buf_addf(&p->script,
             "set logscale x\n"
             "set arrow from 1,graph 0 to 1,graph 1 nohead lc rgb ZERO lw 1 back\n"
             "LO = %.6g; HI = %.6g\n"
             "clip(x) = x < LO ? LO : x > HI ? HI : x\n"
             "on(x) = x >= LO && x <= HI ? x : NaN\n"
             "tone(sign) = sign > 0 ? 0xD4500B : 0x12436D\n"
             "plot \\\n",
             l->changes.low, l->changes.high);
    if (y->has_total)
        add_change_plot(&p->script, "total", 3, 13, 1.3);
    if (y->has_total && y->count)
        buf_adds(&p->script, ", \\\n");
    if (y->count)
        add_change_plot(&p->script, "units", 1.6, 7, 0.75);
    buf_adds(&p->script, "\nunset logscale x\nunset arrow\n");
}

bool plot_yoy(const struct result *yoy, const struct plot_options *o, struct err *e)
{
    struct yoy y = {0};
    struct yoy_layout l = {0};
    struct plot p = {0};
    bool ok = yoy_read(&y, yoy, e) && yoy_layout_init(&l, &y, o, e);
    if (ok) {
        draw_page_begin(&p, &l.page);
        add_data(&p, &y, &l);
        buf_adds(&p.script, "set multiplot\n");
        draw_ground(&p, &y, &l);
        draw_texts(&p, &y, &l);
        draw_counts(&p, &y, &l);
        draw_changes(&p, &y, &l);
        buf_adds(&p.script, "unset multiplot\nset output\n");
        ok = plot_end(&p, o, e);
    }
    yoy_layout_free(&l);
    yoy_free(&y);
    return ok;
}
