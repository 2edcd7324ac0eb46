/* forecast_layout.h: where everything of the forecast chart stands, in mm. Internal to plot/. */
#ifndef KEOGIAM_PLOT_FORECAST_LAYOUT_H
#define KEOGIAM_PLOT_FORECAST_LAYOUT_H

#include "plot/draw.h"
#include "plot/forecast.h"
#include "plot/month_axis.h"

#define FORECAST_GAP_MM 4.5 /* from the panel to the labels, for the bars of the end's interval */

/* A text right of the panel, as near to its height as the others allow. */
struct forecast_label {
    enum draw_style style;
    struct buf lines;
    double from, at;    /* what it speaks of */
    double top, height; /* where it stands */
};
enum {
    FORECAST_LABEL_NOW,
    FORECAST_LABEL_END,
    FORECAST_LABEL_BEFORE,
    FORECAST_LABEL_ALLOWANCE,
    FORECAST_LABELS
};

struct forecast_layout {
    struct month_axis months;
    double right, head, top;
    struct draw_page page;
    struct draw_axis axis;
    struct draw_ticks ticks;
    struct forecast_label labels[FORECAST_LABELS];
    struct buf observed; /* the count that stands in the panel, where it has a place there */
    double observed_x, observed_y;
};

void forecast_layout_init(struct forecast_layout *l, const struct forecast *f,
                          const struct plot_options *o);
bool forecast_layout_failed(const struct forecast_layout *l); /* out of memory on the way */
void forecast_layout_free(struct forecast_layout *l);

double forecast_month_x(const struct forecast_layout *l,
                        double month); /* where that many months end */

#endif
