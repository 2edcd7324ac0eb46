/* yoy_layout.h: where everything on the dumbbell stands, in mm. Internal to plot/. */
#ifndef KEOGIAM_PLOT_YOY_LAYOUT_H
#define KEOGIAM_PLOT_YOY_LAYOUT_H

#include "plot/draw.h"
#include "plot/yoy.h"

/* The strip of one row; its marks and texts stand in the middle. */
struct yoy_place {
    const char *name; /* broken into lines */
    double top, bottom;
};

/* From left to right: names, the count before, the count now, the panel of counts, the panel of
 * changes, the change in words. From top to bottom: title, heads, total, rule, rows, ticks, notes.
 */
struct yoy_layout {
    struct yoy *yoy;
    double name_width, before_right, now_right, left_from, left_to, right_from, right_to;
    double heads, rule, bottom;
    struct yoy_place total, *rows;    /* as many as the result's rows */
    struct draw_axis counts, changes; /* changes: as ratios now/before */
    struct draw_ticks count_ticks, change_ticks;
    struct draw_page page;
    struct arena arena;
};

/* Fails: out of memory. *l is to be freed in any case. Where rows do not fit the page, fewer of
 * them stay in y. */
bool yoy_layout_init(struct yoy_layout *l, struct yoy *y, const struct plot_options *o,
                     struct err *e);
/* How the axis of counts departs from even steps, in a few words; "" where it does not. */
const char *yoy_scale_words(const struct yoy_layout *l, enum lang lang);

void yoy_layout_free(struct yoy_layout *l);

#endif
