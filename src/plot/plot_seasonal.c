/* Heat map: a row a year, a column a month, the years' totals at the right, the months' means
 * below. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "plot/seasonal_layout.h"

#define NUMBER_MM 4.5 /* that a month's number needs */
#define CORNER_MM 2.0 /* what is cut off a cell that is left out */

/* Pale to dark, as report/LAYOUT.md section 6 has them for maps; on the last two text is white. */
static const struct {
    unsigned fill;
    bool is_dark;
} shades[SEASONAL_CLASSES] = {
    {0xEEF3F8, false}, {0xC3D7E9, false}, {0x84AFD3, false}, {0x3B76AE, true}, {0x12436D, true}};
#define INK 0x1F2933u
#define WHITE 0xFFFFFFu
#define BAR 0x84AFD3u
#define PEAK 0x12436Du

/* ---- cells ---- */

static void add_fill(struct buf *b, double x0, double y0, double x1, double y1, unsigned fill)
{
    buf_addf(b, "%.3f %.3f %.3f %.3f %.3f %.3f %u\n", (x0 + x1) / 2, (y0 + y1) / 2, x0, x1, y0, y1,
             fill);
}

static void add_outline(struct buf *b, double x0, double y0, double x1, double y1)
{
    draw_line(b, x0, y0, x1, y0);
    draw_line(b, x1, y0, x1, y1);
    draw_line(b, x1, y1, x0, y1);
    draw_line(b, x0, y1, x0, y0);
}

/* One corner is cut off: a thin line alone is too like the dashes of what is not complete. */
static void add_left_out(struct buf *b, double x0, double y0, double x1, double y1)
{
    double corner = fmin(CORNER_MM, (y1 - y0) / 2);
    add_outline(b, x0, y0, x1, y1);
    draw_line(b, x0, y0 + corner, x0 + corner, y0);
}

static void add_number(struct seasonal_layout *l, double x, double y, const char *text,
                       unsigned ink)
{
    if (draw_width(DRAW_LABEL, text) + 0.6 > l->cell || draw_leading(DRAW_LABEL) > l->row)
        return;
    buf_addf(&l->numbers, "%.3f %.3f ", x, y);
    plot_quote(&l->numbers, text);
    buf_addf(&l->numbers, " %u\n", ink);
}

static void add_cell(struct seasonal_layout *l, const struct seasonal *s, const struct month *month,
                     double x, double y)
{
    double x1 = x + l->cell - SEASONAL_GAP_MM, y1 = y + l->row - SEASONAL_GAP_MM;
    struct buf text = {0};
    unsigned ink = INK;
    if (isnan(month->count)) {
        draw_hatch(&l->hatches, x, y, x1, y1);
        return;
    }
    if (month->excluded) {
        add_left_out(&l->outlines, x + 0.3, y + 0.3, x1 - 0.3, y1 - 0.3);
    } else if (month->partial) {
        add_outline(&l->dashes, x + 0.3, y + 0.3, x1 - 0.3, y1 - 0.3);
    } else {
        size_t shade = seasonal_class_of(s, month->count)->shade;
        add_fill(&l->fills, x, y, x1, y1, shades[shade].fill);
        ink = shades[shade].is_dark ? WHITE : INK;
    }
    words_number(&text, month->count, s->m.result->lang);
    add_number(l, (x + x1) / 2, (y + y1) / 2, buf_text(&text), ink);
    l->numbers.failed |= text.failed;
    buf_free(&text);
}

static void add_cells(struct seasonal_layout *l, const struct seasonal *s)
{
    for (size_t year = 0; year < s->m.year_count; year++)
        for (size_t month = 0; month < 12; month++) {
            const struct month *one = seasonal_month(s, year, month);
            if (one)
                add_cell(l, s, one, l->left + (double)month * l->cell,
                         l->top + (double)year * l->row);
        }
}

/* ---- means ---- */

static bool is_peak(const struct seasonal *s, size_t month)
{
    size_t high, low;
    return s->p < 0.05 && seasonal_extremes(s, &high, &low) && month == high;
}

/* The bars below the columns; the highest of a season that is more than chance is dark, its
 * number bold. */
static void add_bars(struct plot *p, struct seasonal_layout *l, const struct seasonal *s)
{
    struct buf text = {0};
    for (size_t i = 0; i < 12; i++) {
        double x = l->left + (double)i * l->cell, width = l->cell - SEASONAL_GAP_MM;
        if (isnan(s->means[i]))
            continue;
        double tall = s->mean_most > 0 ? SEASONAL_BARS_MM * s->means[i] / s->mean_most : 0;
        add_fill(&l->fills, x + width * 0.12, l->bars_bottom - tall, x + width * 0.88,
                 l->bars_bottom, is_peak(s, i) ? PEAK : BAR);
        buf_clear(&text);
        seasonal_add_mean(&text, s->means[i], p->lang);
        if (draw_width(DRAW_STRONG, buf_text(&text)) <= l->cell + 0.3)
            draw_text(p, is_peak(s, i) ? DRAW_STRONG : DRAW_LABEL, DRAW_CENTRE, x + width / 2,
                      l->bars_bottom - tall - draw_leading(DRAW_LABEL) / 2, buf_text(&text));
    }
    draw_line(&l->outlines, l->left, l->bars_bottom, l->left + 12 * l->cell - SEASONAL_GAP_MM,
              l->bars_bottom);
    p->script.failed |= text.failed;
    buf_free(&text);
}

/* ---- the key ---- */

static void add_shades_key(struct plot *p, struct seasonal_layout *l, const struct seasonal *s)
{
    struct buf text = {0};
    for (size_t k = 0; k < s->class_count; k++) {
        double x = l->key_x[k], y = l->key_y[k];
        buf_clear(&text);
        seasonal_add_class(&text, &s->classes[k], p->lang);
        add_fill(&l->fills, x, y - 1.7, x + SEASONAL_SWATCH_MM, y + 1.7,
                 shades[s->classes[k].shade].fill);
        draw_text(p, DRAW_MUTED, DRAW_LEFT, x + SEASONAL_SWATCH_MM + 1, y, buf_text(&text));
    }
    p->script.failed |= text.failed;
    buf_free(&text);
}

/* What the cells mean that have no shade, on the line of the axis's name, from the right. */
static void add_states_key(struct plot *p, struct seasonal_layout *l, const struct seasonal *s)
{
    double x = DRAW_PAGE_MM - DRAW_EDGE_MM, y = l->head + draw_leading(DRAW_MUTED) / 2;
    const struct {
        bool is_shown;
        const char *words;
        void (*add)(struct buf *rows, double x0, double y0, double x1, double y1);
        struct buf *rows;
    } items[] = {
        {s->m.has_unknown, tr(p->lang, "no figures yet, not zero"), draw_hatch, &l->hatches},
        {s->m.has_partial, tr(p->lang, "month not complete"), add_outline, &l->dashes},
        {s->has_excluded, tr(p->lang, "left out"), add_left_out, &l->outlines}};
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        if (!items[i].is_shown)
            continue;
        draw_text(p, DRAW_MUTED, DRAW_RIGHT, x, y, items[i].words);
        x -= draw_width(DRAW_MUTED, items[i].words) + 1;
        items[i].add(items[i].rows, x - SEASONAL_SWATCH_MM, y - 1.6, x, y + 1.6);
        x -= SEASONAL_SWATCH_MM + 3;
    }
}

/* ---- texts ---- */

/* Beside rows that are lower than a line only some years are named, and none has its total. */
static void draw_years(struct plot *p, const struct seasonal_layout *l, const struct seasonal *s)
{
    struct buf total = {0};
    size_t step = (size_t)ceil(draw_leading(DRAW_LABEL) / l->row);
    for (size_t i = 0; i < s->m.year_count; i++) {
        const struct month_year *y = &s->m.years[i];
        double middle = l->top + ((double)i + 0.5) * l->row - SEASONAL_GAP_MM / 2;
        char name[12];
        snprintf(name, sizeof name, "%d", y->year);
        if (i % step == 0)
            draw_text(p, DRAW_LABEL, DRAW_RIGHT, l->left - 1.5, middle, name);
        buf_clear(&total);
        seasonal_add_total(&total, l, y);
        if (strchr(buf_text(&total), '\n'))
            middle -= draw_leading(DRAW_STRONG) / 2;
        if (step == 1)
            draw_text(p, DRAW_STRONG, DRAW_LEFT, l->right, middle, buf_text(&total));
    }
    p->script.failed |= total.failed;
    buf_free(&total);
}

static void draw_months(struct plot *p, const struct seasonal_layout *l)
{
    size_t step = l->cell < NUMBER_MM ? 3 : 1;
    for (size_t i = 0; i < 12; i += step) {
        char number[12];
        double x = l->left + ((double)i + 0.5) * l->cell - SEASONAL_GAP_MM / 2;
        snprintf(number, sizeof number, "%zu", i + 1);
        draw_text(p, DRAW_LABEL, DRAW_CENTRE, x, l->top - 1 - draw_leading(DRAW_MUTED) / 2, number);
        draw_text(p, DRAW_LABEL, DRAW_CENTRE, x, l->bars_bottom + 1 + draw_leading(DRAW_MUTED) / 2,
                  number);
    }
}

static void draw_heads(struct plot *p, const struct seasonal_layout *l, const struct seasonal *s)
{
    struct buf axis = {0}, lines = {0};
    buf_addf(&axis, tr(p->lang, "%s in the month"), tr(p->lang, s->m.counted->subject));
    draw_text(p, DRAW_MUTED, DRAW_LEFT, DRAW_EDGE_MM, l->head + draw_leading(DRAW_MUTED) / 2,
              buf_text(&axis));
    double y = l->top - 1 - draw_leading(DRAW_MUTED) / 2;
    draw_text(p, DRAW_MUTED, DRAW_LEFT, DRAW_EDGE_MM, y, tr(p->lang, "Month"));
    if (l->row >= draw_leading(DRAW_LABEL))
        draw_text(p, DRAW_MUTED, DRAW_LEFT, l->right, y, tr(p->lang, "Whole year"));
    draw_wrap(&lines, DRAW_MUTED, tr(p->lang, "Mean of the month"),
              DRAW_PAGE_MM - DRAW_EDGE_MM - l->right, 3);
    draw_text(p, DRAW_MUTED, DRAW_LEFT, l->right, l->bars_top + 2, buf_text(&lines));
    p->script.failed |= axis.failed || lines.failed;
    buf_free(&axis);
    buf_free(&lines);
}

static void draw_texts(struct plot *p, const struct seasonal_layout *l, const struct seasonal *s)
{
    draw_page_title(p, &l->page);
    draw_heads(p, l, s);
    draw_months(p, l);
    draw_years(p, l, s);
    draw_page_notes(p, &l->page);
}

/* ---- drawing ---- */

/* Fills, and on them the numbers; each block has a first row outside the page, so that it is never
 * empty. */
static void draw_map(struct plot *p, const struct seasonal_layout *l)
{
    draw_panel(p, 0, 0, p->width_mm, p->height_mm);
    buf_addf(&p->script,
             "set xrange [0:%.5g]; set yrange [%.5g:0]\n"
             "# middle, left, right, top, bottom (mm), colour\n"
             "$cells << EOD\n-9 -9 -9 -9 -9 -9 0\n%sEOD\n"
             "# middle (mm), count, colour\n$numbers << EOD\n-9 -9 \"\" 0\n%sEOD\n"
             "plot $cells using 1:2:3:4:5:6:7 with boxxyerror fs solid noborder lc rgb variable, "
             "\\\n"
             "     $numbers using 1:2:3:4 with labels font F_LAB tc rgb variable\n",
             p->width_mm, p->height_mm, buf_text(&l->fills), buf_text(&l->numbers));
}

bool plot_seasonal(const struct result *months, const struct result *trend,
                   const struct plot_options *o, struct err *e)
{
    struct seasonal s = {0};
    struct seasonal_layout l = {0};
    struct plot p = {0};
    bool ok = seasonal_read(&s, months, trend, e);
    if (ok) {
        seasonal_layout_init(&l, &s, o);
        draw_page_begin(&p, &l.page);
        buf_adds(&p.script, "set multiplot\n");
        draw_texts(&p, &l, &s);
        add_cells(&l, &s);
        add_bars(&p, &l, &s);
        add_shades_key(&p, &l, &s);
        add_states_key(&p, &l, &s);
        draw_map(&p, &l);
        buf_adds(&p.script, "unset label\n");
        draw_lines(&p, &l.hatches, "lc rgb HATCH lw 0.5");
        draw_lines(&p, &l.dashes, "lc rgb NOW lw 1 dt (2,1.5)");
        draw_lines(&p, &l.outlines, "lc rgb INK lw 0.75");
        buf_adds(&p.script, "unset multiplot\nset output\n");
        p.script.failed |= seasonal_layout_failed(&l);
        ok = plot_end(&p, o, e);
    }
    seasonal_layout_free(&l);
    seasonal_free(&s);
    return ok;
}
