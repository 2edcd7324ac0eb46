/* trend_layout.h: where everything of the trend chart stands, in mm. Internal to plot/. */
#ifndef KEOGIAM_PLOT_TREND_LAYOUT_H
#define KEOGIAM_PLOT_TREND_LAYOUT_H

#include "plot/draw.h"
#include "plot/month_axis.h"
#include "plot/trend.h"

/* How a year's total stands above it: "2023: 62 vụ" on one line, on two, with its months in short
 * below ("2024:", "31 vụ", "(6/12)"), or turned; what is too narrow even for that goes into the
 * note. */
enum year_form { YEAR_ONE_LINE, YEAR_TWO_LINES, YEAR_NARROW, YEAR_UPWARDS, YEAR_NOTED };

struct trend_layout {
    const struct trend *trend;
    struct month_axis months; /* their columns; the axis below the panel */
    double right;
    double head, totals, lanes, top, paces_top;
    bool counted;          /* bars carry their count */
    enum year_form *forms; /* of each year */
    struct draw_axis axis;
    struct draw_ticks ticks;
    struct draw_page page;
    struct buf paces;
    struct arena arena;
};

/* Gives the marks their places too. *l is to be freed in any case. */
bool trend_layout_init(struct trend_layout *l, struct trend *t, const struct plot_options *o,
                       struct err *e);
void trend_layout_free(struct trend_layout *l);

double trend_layout_month(const struct trend_layout *l, size_t month); /* its left edge */

/* The year's total in that form, and the room that it takes. */
const char *trend_year_text(struct buf *b, const struct month_year *y, enum year_form form);
void trend_year_size(const char *text, enum year_form form, double *width, double *height);

#endif
