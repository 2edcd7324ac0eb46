/* Where everything of the forecast chart stands. */
#include <math.h>
#include <stdlib.h>

#include "plot/forecast_layout.h"

#define PANEL_MM 62.0
#define LEAST_PANEL_MM 32.0 /* for the labels beside it */
#define LABELS_MM 45.0      /* right of the panel */

double forecast_month_x(const struct forecast_layout *l, double month)
{
    return l->months.left + month * l->months.pitch;
}

static void set_columns(struct forecast_layout *l, const struct forecast *f)
{
    struct buf most = {0};
    words_number(&most, floor(f->most), f->m.result->lang);
    l->months.left = DRAW_EDGE_MM + fmax(draw_width(DRAW_MUTED, buf_text(&most)), 4) + 2;
    buf_free(&most);
    l->months.pitch =
        month_axis_pitch(DRAW_PAGE_MM - DRAW_EDGE_MM - LABELS_MM - l->months.left, f->m.count, 40);
    l->right = forecast_month_x(l, (double)f->m.count);
}

static void wrap_label(const struct forecast_layout *l, struct forecast_label *label,
                       enum draw_style style, double at, struct buf *text)
{
    label->style = style;
    label->from = l->right + 0.3;
    label->at = at;
    size_t lines = draw_wrap(&label->lines, style, buf_text(text),
                             LABELS_MM - FORECAST_GAP_MM - DRAW_EDGE_MM, 6);
    label->height = (double)lines * draw_leading(style) + 1;
    label->lines.failed |= text->failed;
    buf_clear(text);
}

/* Whether last year's steps, or the allowance, run through a text of that width that begins at x,
 * its middle at y. */
static bool meets_lines(const struct forecast_layout *l, const struct forecast *f, double x,
                        double width, double y)
{
    double low = 0, half = draw_leading(DRAW_STRONG) / 2;
    for (size_t i = 0; i < f->m.count; i++) {
        double high = f->months[i].before;
        bool is_there =
            forecast_month_x(l, (double)i + 1) >= x && forecast_month_x(l, (double)i) <= x + width;
        if (is_there && draw_axis_at(&l->axis, high) <= y + half &&
            draw_axis_at(&l->axis, low) >= y - half)
            return true;
        low = high;
    }
    return fabs(draw_axis_at(&l->axis, f->allowance) - y) < half;
}

/* What is observed, at its last point: below it, where no fan is, else above it; false where
 * something else is at both. */
static bool place_observed(struct forecast_layout *l, const struct forecast *f)
{
    double x = forecast_month_x(l, f->seen_to), y = draw_axis_at(&l->axis, f->observed);
    words_amount(&l->observed, f->observed, f->m.counted, f->m.result->lang);
    double width = draw_width(DRAW_STRONG, buf_text(&l->observed));
    bool has_room = x + 1.5 + width < l->right && y + 5.5 < l->months.top;
    l->observed_x = x + 1.5;
    l->observed_y = y + 2.8;
    if (has_room && !meets_lines(l, f, l->observed_x, width, l->observed_y))
        return true;
    l->observed_x = x - 0.5 - width;
    l->observed_y = y - 2.8;
    return l->observed_x > l->months.left + 0.5 &&
           !meets_lines(l, f, l->observed_x, width, l->observed_y);
}

static void write_labels(struct forecast_layout *l, const struct forecast *f)
{
    struct buf text = {0};
    if (f->seen && (f->is_over || !place_observed(l, f))) {
        buf_clear(&l->observed);
        forecast_add_now(&text, f);
        wrap_label(l, &l->labels[FORECAST_LABEL_NOW], DRAW_STRONG,
                   draw_axis_at(&l->axis, f->observed), &text);
    }
    if (!f->is_over)
        l->labels[FORECAST_LABEL_NOW].from = forecast_month_x(l, f->seen_to) + 0.5;
    if (f->has_forecast) {
        forecast_add_end(&text, f);
        wrap_label(l, &l->labels[FORECAST_LABEL_END], DRAW_STRONG,
                   draw_axis_at(&l->axis, forecast_end(f)->expected), &text);
    }
    if (!isnan(f->before)) {
        forecast_add_before(&text, f);
        wrap_label(l, &l->labels[FORECAST_LABEL_BEFORE], DRAW_MUTED,
                   draw_axis_at(&l->axis, f->before), &text);
    }
    if (!isnan(f->allowance)) {
        forecast_add_allowance(&text, f);
        wrap_label(l, &l->labels[FORECAST_LABEL_ALLOWANCE], DRAW_TARGET,
                   draw_axis_at(&l->axis, f->allowance), &text);
    }
    buf_free(&text);
}

static int higher_first(const void *a, const void *b)
{
    const struct forecast_label *const *one = a, *const *other = b;
    return (*one)->at < (*other)->at ? -1 : (*one)->at > (*other)->at;
}

/* From the top each below the one before, then from the bottom each above the one behind. */
static void place_labels(struct forecast_layout *l)
{
    struct forecast_label *order[FORECAST_LABELS] = {NULL};
    size_t n = 0;
    for (size_t i = 0; i < FORECAST_LABELS; i++)
        if (l->labels[i].lines.len)
            order[n++] = &l->labels[i];
    qsort(order, n, sizeof *order, higher_first);
    double least = l->top - 2, most = l->months.top + 2;
    for (size_t i = 0; i < n; i++) {
        order[i]->top = fmax(order[i]->at - order[i]->height / 2, least);
        least = order[i]->top + order[i]->height;
    }
    for (size_t i = n; i-- > 0;) {
        order[i]->top = fmin(order[i]->top, most - order[i]->height);
        most = order[i]->top;
    }
}

static void stack(void *chart, double looseness)
{
    struct forecast_layout *l = chart;
    l->head = draw_page_head(&l->page, 2);
    l->top = l->head + draw_leading(DRAW_MUTED) + 3;
    l->months.top = l->top + draw_between(looseness, LEAST_PANEL_MM, PANEL_MM);
    draw_page_close(&l->page, l->months.top + month_axis_height(&l->months) + 1.5);
}

static void set_heights(struct forecast_layout *l, const struct forecast *f)
{
    forecast_add_title(&l->page.title, f);
    forecast_add_notes(&l->page.notes, f);
    forecast_add_source(&l->page.source, f);
    draw_page_squeeze(&l->page, stack, l);
}

void forecast_layout_init(struct forecast_layout *l, const struct forecast *f,
                          const struct plot_options *o)
{
    l->page = draw_page(f->m.result, o);
    set_columns(l, f);
    set_heights(l, f);
    l->axis = (struct draw_axis){DRAW_LINEAR, 0, f->most * 1.06, l->months.top, l->top};
    draw_ticks_count(&l->ticks, &l->axis, f->m.result->lang);
    write_labels(l, f);
    place_labels(l);
}

bool forecast_layout_failed(const struct forecast_layout *l)
{
    bool failed = l->ticks.list.failed || l->observed.failed;
    for (size_t i = 0; i < FORECAST_LABELS; i++)
        failed |= l->labels[i].lines.failed;
    return failed;
}

void forecast_layout_free(struct forecast_layout *l)
{
    draw_ticks_free(&l->ticks);
    draw_page_free(&l->page);
    buf_free(&l->observed);
    for (size_t i = 0; i < FORECAST_LABELS; i++)
        buf_free(&l->labels[i].lines);
}
