/* Months as they are, a bar each, nothing smoothed; what is not known is hatched, not zero. Over
 * them what the trend model makes of them, where there is one. */
#include <math.h>

#include "base/lang.h"
#include "plot/trend_layout.h"

#define DENSE_MM                                                                                   \
    1.2 /* a month is narrower: so many bars are one dark wall unless they are paler               \
         */

/* ---- texts ---- */

/* What the marks mean that are not plain bars, on the line of the axis's name, from the right. */
struct key_item {
    bool is_shown;
    const char *words;
    double sample, gap; /* widths: of what stands before the words, and before that */
    double right;       /* of the words */
};
enum { KEY_UNKNOWN, KEY_PARTIAL, KEY_NONE, KEY_ITEMS };

static void place_key(struct key_item items[KEY_ITEMS], const struct months *m)
{
    enum lang lang = m->result->lang;
    double x = DRAW_PAGE_MM - DRAW_EDGE_MM;
    items[KEY_UNKNOWN] =
        (struct key_item){m->has_unknown, tr(lang, "no figures yet, not zero"), 6.2, 4, 0};
    items[KEY_PARTIAL] =
        (struct key_item){m->has_partial, tr(lang, "month not complete"), 3.2, 4, 0};
    items[KEY_NONE] = (struct key_item){m->has_zero, tr(lang, "○ none"), 0, 4, 0};
    for (size_t i = 0; i < KEY_ITEMS; i++) {
        items[i].right = x;
        if (items[i].is_shown)
            x -= draw_width(DRAW_MUTED, items[i].words) + items[i].sample + items[i].gap;
    }
}

static double key_y(const struct trend_layout *l)
{
    return l->head + draw_leading(DRAW_MUTED) / 2;
}

static void draw_key_words(struct plot *p, const struct trend_layout *l, const struct months *m)
{
    struct key_item items[KEY_ITEMS];
    place_key(items, m);
    for (size_t i = 0; i < KEY_ITEMS; i++)
        if (items[i].is_shown)
            draw_text(p, DRAW_MUTED, DRAW_RIGHT, items[i].right, key_y(l), items[i].words);
}

static void add_key_samples(struct buf *hatches, struct buf *outlines, const struct trend_layout *l,
                            const struct months *m)
{
    struct key_item items[KEY_ITEMS];
    double x[KEY_ITEMS], y = key_y(l);
    place_key(items, m);
    for (size_t i = 0; i < KEY_ITEMS; i++)
        x[i] = items[i].right - draw_width(DRAW_MUTED, items[i].words) - 1.2;
    if (m->has_unknown)
        draw_hatch(hatches, x[KEY_UNKNOWN] - 5, y - 1.4, x[KEY_UNKNOWN], y + 1.4);
    if (!m->has_partial)
        return;
    double right = x[KEY_PARTIAL];
    draw_line(outlines, right - 2, y + 1.4, right - 2, y - 1.4);
    draw_line(outlines, right - 2, y - 1.4, right, y - 1.4);
    draw_line(outlines, right, y - 1.4, right, y + 1.4);
}

static void draw_year(struct plot *p, const struct trend_layout *l, const struct month_year *y,
                      enum year_form form)
{
    double from = trend_layout_month(l, y->first), width, height;
    double middle = (from + trend_layout_month(l, y->first + y->count)) / 2;
    struct buf b = {0};
    if (form == YEAR_NOTED)
        return;
    trend_year_size(trend_year_text(&b, y, form), form, &width, &height);
    double foot = l->lanes - 2;
    if (form == YEAR_UPWARDS)
        draw_text_upwards(p, DRAW_STRONG, middle, foot, buf_text(&b));
    else
        draw_text(p, DRAW_STRONG, DRAW_CENTRE, middle,
                  foot - height + draw_leading(DRAW_STRONG) / 2, buf_text(&b));
    p->script.failed |= b.failed;
    buf_free(&b);
}

static void draw_counts(struct plot *p, const struct trend_layout *l, const struct months *m)
{
    struct buf count = {0};
    for (size_t i = 0; l->counted && i < m->count; i++) {
        if (isnan(m->months[i].count))
            continue;
        buf_clear(&count);
        words_number(&count, m->months[i].count, p->lang);
        draw_text(p, DRAW_LABEL, DRAW_CENTRE, trend_layout_month(l, i) + l->months.pitch / 2,
                  draw_axis_at(&l->axis, m->months[i].count) - 2, buf_text(&count));
    }
    p->script.failed |= count.failed;
    buf_free(&count);
}

static void draw_head(struct plot *p, const struct trend_layout *l, const struct months *m)
{
    struct buf axis = {0};
    draw_page_title(p, &l->page);
    buf_addf(&axis, tr(p->lang, "%s in the month"), tr(p->lang, m->counted->subject));
    draw_text(p, DRAW_MUTED, DRAW_LEFT, DRAW_EDGE_MM, l->head + draw_leading(DRAW_MUTED) / 2,
              buf_text(&axis));
    p->script.failed |= axis.failed;
    buf_free(&axis);
}

static void draw_texts(struct plot *p, const struct trend_layout *l, const struct months *m)
{
    draw_head(p, l, m);
    draw_key_words(p, l, m);
    for (size_t i = 0; i < m->year_count; i++)
        draw_year(p, l, &m->years[i], l->forms[i]);
    month_axis_draw(p, &l->months, m);
    draw_counts(p, l, m);
    draw_paragraph(p, DRAW_LABEL, DRAW_EDGE_MM, l->paces_top, DRAW_TEXT_MM, buf_text(&l->paces));
    draw_page_notes(p, &l->page);
}

/* ---- ground ---- */

/* Unknown months from top to bottom, those left out of the model as high as their counts. */
static void add_hatches(struct buf *rows, const struct trend_layout *l, const struct months *m)
{
    for (size_t i = 0; i < m->count; i++) {
        size_t run = i;
        while (run < m->count && isnan(m->months[run].count))
            run++;
        if (run > i)
            draw_hatch(rows, trend_layout_month(l, i), l->top, trend_layout_month(l, run),
                       l->months.top);
        i = run > i ? run - 1 : i;
    }
}

static void add_excluded(struct buf *rows, const struct trend_layout *l, const struct months *m)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->months[i].excluded && m->months[i].count > 0)
            draw_hatch(rows, trend_layout_month(l, i) + l->months.pitch * 0.14,
                       draw_axis_at(&l->axis, m->months[i].count),
                       trend_layout_month(l, i) + l->months.pitch * 0.86, l->months.top);
}

/* Runs of unknown months as one area, lines between the years, the key's samples. */
static void draw_ground(struct plot *p, const struct trend_layout *l, const struct months *m)
{
    struct buf hatches = {0}, outlines = {0}, separators = {0}, excluded = {0};
    add_hatches(&hatches, l, m);
    add_excluded(&excluded, l, m);
    for (size_t i = 1; i < m->year_count; i++) {
        double x = trend_layout_month(l, m->years[i].first);
        draw_line(&separators, x, l->totals, x, l->lanes - 1);
        draw_line(&separators, x, l->top - 1, x, l->paces_top - 1.5);
    }
    add_key_samples(&hatches, &outlines, l, m);
    draw_lines(p, &separators, "lc rgb FAINT lw 0.75");
    draw_lines(p, &hatches, "lc rgb HATCH lw 0.5");
    draw_lines(p, &outlines, "lc rgb NOW lw 1 dt (2,1.5)");
    draw_lines(p, &excluded, "lc rgb NOW lw 0.5");
    buf_free(&hatches);
    buf_free(&outlines);
    buf_free(&separators);
    buf_free(&excluded);
}

/* ---- data ---- */

/* How a month's bar is drawn: 0 full, 1 an outline, 2 hatched. */
static int bar_of(const struct month *month)
{
    return month->excluded ? 2 : month->partial;
}

/* One line a month: its place, the count, how it is drawn, and the curve with its interval. */
static void add_data(struct plot *p, const struct trend *t)
{
    buf_adds(&p->script, "# month count bar fitted low high\n$months << EOD\n");
    for (size_t i = 0; i < t->m.count; i++) {
        int index = t->m.first + (int)i;
        buf_addf(&p->script, "%zu", i);
        draw_datum(&p->script, t->m.months[i].count);
        buf_addf(&p->script, " %d", bar_of(&t->m.months[i]));
        draw_datum(&p->script, t->fitted[i]);
        draw_datum(&p->script, t->low[i]);
        draw_datum(&p->script, t->high[i]);
        buf_addf(&p->script, " # %d-%02d\n", index / 12, index % 12 + 1);
    }
    buf_adds(&p->script, "EOD\n");
}

static void draw_bars(struct plot *p, const struct trend_layout *l, const struct trend *t)
{
    bool is_dense = l->months.pitch < DENSE_MM;
    const char *full = t->has_fit ? "FAINT" : is_dense ? "DENSE" : "NOW";
    draw_panel(p, l->months.left, l->top, l->right, l->months.top);
    buf_addf(&p->script,
             "set xrange [-0.5:%zu.5]; set yrange [0:%.6g]\n"
             "set ytics (%s) scale 0 textcolor rgb MUTED font F_LAB nomirror\n"
             "set grid noxtics ytics back lc rgb GRID lw 0.75 lt 1\n"
             "set boxwidth %.3g\n"
             "plot $months using 1:($3==0?$2:NaN) with boxes fs solid 1 noborder lc rgb %s, \\\n"
             "     $months using 1:($3==1?$2:NaN) with boxes fs empty lc rgb NOW lw 1 dt "
             "(2,1.5), \\\n"
             "     $months using 1:($3==2?$2:NaN) with boxes fs empty lc rgb NOW lw 0.75, \\\n",
             t->m.count - 1, l->axis.high, buf_text(&l->ticks.list), is_dense ? 0.85 : 0.72, full);
    if (t->has_fit)
        buf_addf(&p->script,
                 "     $months using 1:5:6 with filledcurves fc rgb DENSE fs transparent solid "
                 "0.28 noborder, \\\n"
                 "     $months using 1:4 with lines lc rgb NOW lw %.3g, \\\n",
                 is_dense ? 1.4 : 2);
    buf_addf(&p->script,
             "     $months using 1:($2==0?0:NaN) with points pt 7 ps %.3g lc rgb ZERO, \\\n"
             "     $months using 1:($2==0?0:NaN) with points pt 7 ps %.3g lc rgb '#FFFFFF'\n",
             fmin(0.75, l->months.pitch * 0.35), fmin(0.45, l->months.pitch * 0.2));
    p->script.failed |= l->ticks.list.failed;
}

bool plot_trend(const struct result *months, const struct result *trend,
                const struct plot_options *o, struct err *e)
{
    struct trend t = {0};
    struct trend_layout l = {0};
    struct plot p = {0};
    bool ok = trend_read(&t, months, trend, e) && trend_layout_init(&l, &t, o, e);
    if (ok) {
        draw_page_begin(&p, &l.page);
        add_data(&p, &t);
        buf_adds(&p.script, "set multiplot\n");
        draw_ground(&p, &l, &t.m);
        draw_texts(&p, &l, &t.m);
        marks_draw_labels(&p, &t.marks, l.top);
        draw_bars(&p, &l, &t);
        /* Every further plot would draw these once more. */
        buf_adds(&p.script, "unset label\nunset grid\nunset ytics\n");
        marks_draw(&p, &t.marks, l.top, l.months.top, l.months.pitch);
        buf_adds(&p.script, "unset multiplot\nset output\n");
        p.script.failed |= l.paces.failed;
        ok = plot_end(&p, o, e);
    }
    trend_layout_free(&l);
    trend_free(&t);
    return ok;
}
