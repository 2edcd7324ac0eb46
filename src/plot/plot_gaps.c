/* Days between cases: a stem a case on its day, as high as the days since the one before. */
#include <math.h>

#include "base/lang.h"
#include "plot/gaps.h"

/* ---- texts ---- */

static void draw_key(struct plot *p, const struct gaps_layout *l, const struct gaps *g)
{
    double x = DRAW_PAGE_MM - DRAW_EDGE_MM, y = l->head + draw_leading(DRAW_MUTED) / 2;
    const struct {
        bool is_shown;
        const char *words;
    } items[] = {{g->has_open, tr(p->lang, "○ no case since")},
                 {g->has[GAP_LONG], tr(p->lang, "◊ unusually far apart")},
                 {g->has[GAP_CLOSE], tr(p->lang, "■ unusually close")}};
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        if (!items[i].is_shown)
            continue;
        draw_text(p, DRAW_MUTED, DRAW_RIGHT, x, y, items[i].words);
        x -= draw_width(DRAW_MUTED, items[i].words) + 4;
    }
}

/* The height at which a label of that half width is free of the marks and of the median's line,
 * from y upwards. */
static double free_height(const struct gaps_layout *l, const struct gaps *g, double x, double half,
                          double y)
{
    static const double clear_mm = 2.4;
    for (bool is_moved = true; is_moved;) {
        is_moved = false;
        for (size_t i = 0; i < g->count; i++) {
            const struct gap *gap = &g->items[i];
            double line = draw_axis_at(&l->axis, gap->centre);
            double mark = draw_axis_at(&l->axis, gap->days);
            bool is_near = fabs(draw_axis_at(&l->time, gap->on) - x) < half + 1;
            double free = fabs(mark - y) < clear_mm && is_near ? mark - clear_mm
                          : fabs(line - y) < clear_mm          ? line - clear_mm
                                                               : y;
            is_moved |= free < y;
            y = fmin(y, free);
        }
    }
    return y;
}

/* The days of a gap that is out of its limit or open stand above its mark, unless the label before
 * leaves no room, and no further right than the panel. */
static void draw_labels(struct plot *p, const struct gaps_layout *l, const struct gaps *g)
{
    struct buf words = {0};
    double free_from = 0;
    for (size_t i = 0; i < g->count; i++) {
        const struct gap *gap = &g->items[i];
        if (isnan(gap->days) || !(gap->is_beyond || gap->is_open))
            continue;
        buf_clear(&words);
        gaps_add_days(&words, gap->days, p->lang);
        double half = draw_width(DRAW_LABEL, buf_text(&words)) / 2;
        double x = fmin(draw_axis_at(&l->time, gap->on), l->right - half);
        double y = draw_axis_at(&l->axis, gap->days) - 3.2;
        if (x - half < free_from)
            continue;
        draw_text(p, DRAW_LABEL, DRAW_CENTRE, x, free_height(l, g, x, half, y), buf_text(&words));
        free_from = x + half + 1;
    }
    p->script.failed |= words.failed;
    buf_free(&words);
}

static void draw_names(struct plot *p, const struct gaps_layout *l)
{
    double y = l->words_top - 1.5 - draw_leading(DRAW_MUTED) / 2;
    for (size_t i = 0; i < l->name_count; i++)
        if (l->names[i].words)
            draw_text(p, DRAW_MUTED, DRAW_CENTRE, l->names[i].x, y, l->names[i].words);
}

static void draw_texts(struct plot *p, const struct gaps_layout *l, const struct gaps *g)
{
    draw_page_title(p, &l->page);
    draw_text(p, DRAW_MUTED, DRAW_LEFT, DRAW_EDGE_MM, l->head + draw_leading(DRAW_MUTED) / 2,
              tr(p->lang, "Days since the case before"));
    draw_key(p, l, g);
    draw_names(p, l);
    draw_labels(p, l, g);
    spc_labels_draw(p, &l->labels, l->right);
    draw_paragraph(p, DRAW_LABEL, DRAW_EDGE_MM, l->words_top, DRAW_TEXT_MM, buf_text(&l->words));
    draw_page_notes(p, &l->page);
}

/* ---- data ---- */

static void draw_ground(struct plot *p, const struct gaps_layout *l)
{
    struct buf separators = {0};
    for (size_t i = 0; i < l->name_count; i++)
        if (!l->names[i].words)
            draw_line(&separators, l->names[i].x, l->top, l->names[i].x, l->words_top - 1.5);
    draw_lines(p, &separators, "lc rgb FAINT lw 0.75");
    buf_free(&separators);
}

/* One line a day with cases: days since the first one, the gap, its mark, 1 for the open one, the
 * day before, centre, lower and upper limit, and the cases. */
static void add_data(struct plot *p, const struct gaps *g)
{
    char on[11];
    buf_adds(&p->script, "# day gap mark open before centre lower upper cases\n$gaps << EOD\n");
    for (size_t i = 0; i < g->count; i++) {
        const struct gap *gap = &g->items[i];
        buf_addf(&p->script, "%d", (int)(gap->on - g->first));
        draw_datum(&p->script, gap->days);
        buf_addf(&p->script, " %d %d %d", (int)gap->mark, gap->is_open,
                 (int)(gap->before - g->first));
        draw_datum(&p->script, gap->centre);
        draw_datum(&p->script, gap->lower);
        draw_datum(&p->script, gap->upper);
        draw_datum(&p->script, gap->cases);
        day_text(gap->on, on);
        buf_addf(&p->script, " # %s\n", on);
    }
    buf_adds(&p->script, "EOD\n");
}

/* Limits reach from the case before to the case whose gap they judge. */
static void draw_marks(struct plot *p, const struct gaps_layout *l, const struct gaps *g)
{
    double size = g->count > 150 ? 0.35 : 0.55, signal = g->count > 150 ? 0.7 : 1;
    draw_panel(p, l->time.from, l->top, l->right, l->bottom);
    buf_addf(&p->script,
             "set xrange [%.6g:%.6g]; set yrange [0:%.6g]\n"
             "set ytics (%s) scale 0 textcolor rgb MUTED font F_LAB nomirror\n"
             "set grid noxtics ytics back lc rgb GRID lw 0.75 lt 1\n",
             l->time.low - g->first, l->time.high - g->first, l->axis.high,
             buf_text(&l->ticks.list));
    buf_addf(
        &p->script,
        "plot $gaps using 5:8:($1-$5):(0) with vectors nohead lc rgb INK lw 1 dt (6,4), \\\n"
        "     $gaps using 5:7:($1-$5):(0) with vectors nohead lc rgb INK lw 1 dt (6,4), \\\n"
        "     $gaps using 5:6:($1-$5):(0) with vectors nohead lc rgb INK lw 1.4, \\\n"
        "     $gaps using 1:($4==0?$2:NaN) with impulses lc rgb BEFORE lw 1, \\\n"
        "     $gaps using 1:($4==1?$2:NaN) with impulses lc rgb BEFORE lw 1 dt (4,3), \\\n"
        "     $gaps using 1:($3==%d&&$4==0?$2:NaN) with points pt 7 ps %.3g lc rgb NOW, \\\n"
        "     $gaps using 1:($9>1?$2:NaN) with points pt 6 ps %.3g lw 1 lc rgb NOW, \\\n"
        "     $gaps using 1:($3==%d?$2:NaN) with points pt 5 ps %.3g lc rgb UP, \\\n"
        "     $gaps using 1:($3==%d?$2:NaN) with points pt 13 ps %.3g lc rgb "
        "'#FFFFFF', \\\n"
        "     $gaps using 1:($3==%d?$2:NaN) with points pt 12 ps %.3g lw 1.6 lc rgb "
        "NOW, \\\n"
        "     $gaps using 1:($3==%d&&$4==1?$2:NaN) with points pt 7 ps 0.9 lc rgb NOW, \\\n"
        "     $gaps using 1:($3==%d&&$4==1?$2:NaN) with points pt 7 ps 0.55 lc rgb '#FFFFFF'\n",
        GAP_PLAIN, size, 2.2 * size, GAP_CLOSE, signal * 0.8, GAP_LONG, signal, GAP_LONG, signal,
        GAP_PLAIN, GAP_PLAIN);
    p->script.failed |= l->ticks.list.failed;
}

bool plot_gaps(const struct result *cases, const struct result *control,
               const struct plot_options *o, struct err *e)
{
    struct gaps g = {0};
    struct gaps_layout l = {0};
    struct plot p = {0};
    bool ok = gaps_read(&g, cases, control, e) && gaps_layout_init(&l, &g, o, e);
    if (ok) {
        draw_page_begin(&p, &l.page);
        add_data(&p, &g);
        buf_adds(&p.script, "set multiplot\n");
        draw_ground(&p, &l);
        draw_texts(&p, &l, &g);
        draw_marks(&p, &l, &g);
        buf_adds(&p.script, "unset multiplot\nset output\n");
        p.script.failed |= l.words.failed;
        ok = plot_end(&p, o, e);
    }
    gaps_layout_free(&l);
    gaps_free(&g);
    return ok;
}
