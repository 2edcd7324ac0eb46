/* Where everything of the heat map stands. */
#include <math.h>

#include "plot/seasonal_layout.h"

#define CELL_MM 11.0 /* at most */
#define LEAST_ROW_MM 4.0
#define MAP_MM 190.0 /* the map's height at most */

void seasonal_add_total(struct buf *b, const struct seasonal_layout *l, const struct month_year *y)
{
    bool has_two_lines = l->row >= 2 * draw_leading(DRAW_STRONG);
    buf_adds(b, y->words);
    if (*y->coverage)
        buf_addf(b, "%s(%s)", has_two_lines ? "\n" : " ", y->coverage);
}

/* The totals' width as if each had its coverage on a second line, else on one. */
static double totals_width(const struct seasonal *s, bool is_one_line)
{
    double widest = 0;
    for (size_t i = 0; i < s->m.year_count; i++) {
        const struct month_year *y = &s->m.years[i];
        double words = draw_width(DRAW_STRONG, y->words);
        double coverage = *y->coverage ? draw_width(DRAW_STRONG, y->coverage) + 3 : 0;
        widest = fmax(widest, is_one_line ? words + coverage : fmax(words, coverage));
    }
    return widest;
}

static void set_columns(struct seasonal_layout *l, const struct seasonal *s)
{
    double lowest = MAP_MM / (double)s->m.year_count;
    l->left = DRAW_EDGE_MM + draw_width(DRAW_LABEL, "2000") + 2;
    for (int is_one_line = isfinite(l->page.most_mm) ? 1 : 0; is_one_line < 2; is_one_line++) {
        double room = DRAW_PAGE_MM - DRAW_EDGE_MM - l->left - 2.5 - totals_width(s, is_one_line);
        l->cell = fmin(fmin(room / 12, CELL_MM), lowest);
        if (l->cell >= 2 * draw_leading(DRAW_STRONG))
            break;
    }
    l->right = l->left + 12 * l->cell + 2.5;
}

void seasonal_add_class(struct buf *b, const struct seasonal_class *one, enum lang lang)
{
    words_number(b, one->low, lang);
    if (one->low < one->high) {
        buf_adds(b, "–");
        words_number(b, one->high, lang);
    }
}

/* The shades' samples in as many lines as they need; returns where these end. */
static double place_key(struct seasonal_layout *l, const struct seasonal *s)
{
    struct buf text = {0};
    double x = l->left, y = l->key, line = draw_leading(DRAW_MUTED) + 0.8;
    for (size_t k = 0; k < s->class_count; k++) {
        buf_clear(&text);
        seasonal_add_class(&text, &s->classes[k], s->m.result->lang);
        double width = SEASONAL_SWATCH_MM + 1 + draw_width(DRAW_MUTED, buf_text(&text));
        if (x > l->left && x + width > DRAW_PAGE_MM - DRAW_EDGE_MM) {
            x = l->left;
            y += line;
        }
        l->key_x[k] = x;
        l->key_y[k] = y + line / 2;
        x += width + 3;
    }
    buf_free(&text);
    return y + line;
}

static void stack(void *chart, double looseness)
{
    struct seasonal_layout *l = chart;
    const struct seasonal *s = l->seasonal;
    l->row = draw_between(looseness, fmin(LEAST_ROW_MM, l->cell), l->cell);
    double line = draw_leading(DRAW_MUTED);
    l->head = draw_page_head(&l->page, 2);
    l->key = l->head + line + 1.5;
    l->top = place_key(l, s) + 1 + line + 1;
    l->bottom = l->top + l->row * (double)s->m.year_count;
    l->bars_top = l->bottom + 2 + draw_leading(DRAW_LABEL);
    l->bars_bottom = l->bars_top + SEASONAL_BARS_MM;
    draw_page_close(&l->page, l->bars_bottom + line + 2.5);
}

void seasonal_layout_init(struct seasonal_layout *l, const struct seasonal *s,
                          const struct plot_options *o)
{
    l->seasonal = s;
    l->page = draw_page(s->m.result, o);
    set_columns(l, s);
    seasonal_add_title(&l->page.title, s);
    seasonal_add_notes(&l->page.notes, s);
    months_add_source(&l->page.source, &s->m);
    draw_page_squeeze(&l->page, stack, l);
}

bool seasonal_layout_failed(const struct seasonal_layout *l)
{
    return l->fills.failed || l->numbers.failed;
}

void seasonal_layout_free(struct seasonal_layout *l)
{
    draw_page_free(&l->page);
    buf_free(&l->fills);
    buf_free(&l->numbers);
    buf_free(&l->hatches);
    buf_free(&l->dashes);
    buf_free(&l->outlines);
}
