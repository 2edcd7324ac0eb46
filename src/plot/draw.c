/* Lines, hatching, panels, axes. */
#include <inttypes.h>
#include <math.h>

#include "base/num.h"
#include "plot/draw.h"

/* ---- lines and areas ---- */

void draw_line(struct buf *b, double x0, double y0, double x1, double y1)
{
    buf_addf(b, "%.3f %.3f %.3f %.3f\n", x0, y0, x1 - x0, y1 - y0);
}

void draw_hatch(struct buf *b, double x0, double y0, double x1, double y1)
{
    static const double step_mm = 1.1;
    double height = y1 - y0;
    for (double foot = x0 - height + step_mm / 2; foot < x1; foot += step_mm) {
        double left = fmax(foot, x0), right = fmin(foot + height, x1);
        if (right > left)
            draw_line(b, left, y1 - (left - foot), right, y1 - (right - foot));
    }
}

void draw_rows(struct plot *p, const struct buf *rows, const char *style, const char *look)
{
    p->script.failed |= rows->failed;
    if (rows->len == 0)
        return;
    draw_panel(p, 0, 0, p->width_mm, p->height_mm);
    buf_addf(&p->script,
             "set xrange [0:%.5g]; set yrange [%.5g:0]\n"
             "$rows << EOD\n%sEOD\n"
             "plot $rows with %s %s\n",
             p->width_mm, p->height_mm, buf_text(rows), style, look);
}

void draw_lines(struct plot *p, const struct buf *rows, const char *look)
{
    draw_rows(p, rows, "vectors nohead", look);
}

void draw_panel(struct plot *p, double left, double top, double right, double bottom)
{
    buf_addf(&p->script,
             "set lmargin at screen %.5f; set rmargin at screen %.5f\n"
             "set tmargin at screen %.5f; set bmargin at screen %.5f\n",
             left / p->width_mm, right / p->width_mm, 1 - top / p->height_mm,
             1 - bottom / p->height_mm);
}

/* ---- axes ---- */

static double scaled(enum draw_scale scale, double value)
{
    if (scale == DRAW_LOG)
        return log(value);
    return scale == DRAW_SQRT ? sqrt(value) : value;
}

double draw_axis_at(const struct draw_axis *a, double value)
{
    double low = scaled(a->scale, a->low), high = scaled(a->scale, a->high);
    return a->from + (a->to - a->from) * (scaled(a->scale, value) - low) / (high - low);
}

/* What must stay free between the labels of two ticks, and how far one may stand out beyond its
 * axis. */
static const double tick_gap_mm = 1, overhang_mm = 3.5;

/* Along a y axis texts stand above one another, and a line of labels is what they need. */
static double half_room(const struct draw_axis *a, const char *text)
{
    return (a->from < a->to ? draw_width(DRAW_MUTED, text) : draw_leading(DRAW_MUTED)) / 2;
}

bool draw_ticks_fit(const struct draw_ticks *t, const struct draw_axis *a, double value,
                    const char *text)
{
    if (value < a->low || value > a->high || t->count == sizeof t->at / sizeof t->at[0])
        return false;
    double at = draw_axis_at(a, value), half = half_room(a, text);
    double low = fmin(a->from, a->to), high = fmax(a->from, a->to);
    if (at - half < low - overhang_mm || at + half > high + overhang_mm)
        return false;
    for (size_t i = 0; i < t->count; i++)
        if (fabs(at - t->at[i]) < half + t->half[i] + tick_gap_mm)
            return false;
    return true;
}

void draw_ticks_add(struct draw_ticks *t, const struct draw_axis *a, double value, const char *text)
{
    if (!draw_ticks_fit(t, a, value, text))
        return;
    t->at[t->count] = draw_axis_at(a, value);
    t->half[t->count++] = half_room(a, text);
    if (t->list.len)
        buf_addc(&t->list, ',');
    plot_quote(&t->list, text);
    buf_addf(&t->list, " %.10g", value);
}

static void add_count_tick(struct draw_ticks *t, const struct draw_axis *a, double value,
                           enum lang lang)
{
    struct buf text = {0};
    num_add_count(&text, (int64_t)value, lang);
    draw_ticks_add(t, a, value, buf_text(&text));
    t->list.failed |= text.failed;
    buf_free(&text);
}

/* The steps 1, 2, 5, 10, 20... upwards. */
static double next_step(double step)
{
    double lead = step / pow(10, floor(log10(step) + 1e-9));
    return lead < 1.5 ? step * 2 : lead < 3 ? step * 2.5 : step * 2;
}

/* The least step whose ticks, labelled as the last one is, keep apart and are no more than seven;
 * the axis's length where there is none. */
static double step_for(const struct draw_axis *a, enum lang lang)
{
    struct buf widest = {0};
    num_add_count(&widest, (int64_t)a->high, lang);
    double need = 2 * half_room(a, buf_text(&widest)) + tick_gap_mm, room = fabs(a->to - a->from);
    double span = a->high - a->low, step = 1;
    while (step < span && (room * step / span < need || span / step > 6))
        step = next_step(step);
    buf_free(&widest);
    return step;
}

/* The largest round number, and from there down: where even steps are too wide for the axis, or
 * crowd at the top of a root. */
static void add_round_ticks(struct draw_ticks *t, const struct draw_axis *a, enum lang lang)
{
    double steps[64];
    size_t n = 0;
    for (double step = 1; step <= a->high && n < 64; step = next_step(step))
        steps[n++] = step;
    while (n-- > 0)
        add_count_tick(t, a, steps[n], lang);
}

void draw_ticks_count(struct draw_ticks *t, const struct draw_axis *a, enum lang lang)
{
    double step = a->scale == DRAW_LINEAR ? step_for(a, lang) : INFINITY;
    for (double value = 0; value <= a->high; value += step)
        add_count_tick(t, a, value, lang);
    if (t->count < 2)
        add_round_ticks(t, a, lang);
}

void draw_ticks_free(struct draw_ticks *t)
{
    buf_free(&t->list);
}

void draw_datum(struct buf *b, double x)
{
    if (isnan(x))
        buf_adds(b, " NaN");
    else
        buf_addf(b, " %.10g", x);
}
