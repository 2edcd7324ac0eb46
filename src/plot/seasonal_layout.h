/* seasonal_layout.h: where everything of the heat map stands, in mm. Internal to plot/. */
#ifndef KEOGIAM_PLOT_SEASONAL_LAYOUT_H
#define KEOGIAM_PLOT_SEASONAL_LAYOUT_H

#include "plot/draw.h"
#include "plot/seasonal.h"

#define SEASONAL_BARS_MM 16.0
#define SEASONAL_GAP_MM 0.35   /* between two cells */
#define SEASONAL_SWATCH_MM 4.5 /* a sample in the key */

struct seasonal_layout {
    const struct seasonal *seasonal;
    double left, cell, row, right; /* a cell's width and height; where the totals begin */
    double head, key, top, bottom, bars_top, bars_bottom;
    double key_x[SEASONAL_CLASSES], key_y[SEASONAL_CLASSES]; /* of the shades' samples */
    struct draw_page page;
    /* Data blocks on the page in mm: filled rectangles, texts in cells, lines. */
    struct buf fills, numbers, hatches, dashes, outlines;
};

void seasonal_layout_init(struct seasonal_layout *l, const struct seasonal *s,
                          const struct plot_options *o);
bool seasonal_layout_failed(const struct seasonal_layout *l); /* out of memory on the way */
void seasonal_layout_free(struct seasonal_layout *l);

/* A year's total, with what it covers: on a second line where the rows are high enough. Append. */
void seasonal_add_total(struct buf *b, const struct seasonal_layout *l, const struct month_year *y);

/* A shade's counts: "5–6". Append. */
void seasonal_add_class(struct buf *b, const struct seasonal_class *one, enum lang lang);

#endif
