/* trend.h: a series and the trend model's row as the chart draws them. Internal to plot/. */
#ifndef KEOGIAM_PLOT_TREND_H
#define KEOGIAM_PLOT_TREND_H

#include "plot/marks.h"
#include "plot/months.h"

/* A stretch between joinpoints; the whole series where there is none. */
struct trend_segment {
    int from, to;     /* its first and last month, since the year 0 */
    double total;     /* cases in it, of the known months; NAN: not told */
    double months;    /* known months; NAN: not told */
    double pct;       /* change in per cent a year; NAN: not estimated */
    double low, high; /* its 95 % interval; NAN: none */
};

struct trend {
    struct months m;
    const struct result *row; /* NULL: no model */
    struct trend_segment *segments;
    size_t segment_count;
    struct marks marks;
    const double *fitted, *low, *high; /* a month each; NAN: none */
    bool has_fit;
    double most; /* what the axis must reach */
    bool is_cut; /* the interval goes beyond that */
    struct arena arena;
};

/* The row may be NULL or without rows: then the months alone are drawn. Fails as months_read does.
 * *t is to be freed in any case. */
bool trend_read(struct trend *t, const struct result *months, const struct result *row,
                struct err *e);
void trend_free(struct trend *t); /* accepts zero */

/* The finding, no more than the interval allows. Append. */
void trend_add_title(struct buf *b, const struct trend *t);

/* The segments' paces with their counts, a line each; nothing without a model. Append. */
void trend_add_paces(struct buf *b, const struct trend *t);

/* How to read what is drawn. Append. */
void trend_add_reading(struct buf *b, const struct trend *t);

#endif
