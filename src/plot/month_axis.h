/* month_axis.h: what stands below a panel of months: their numbers where there is room, the years.
 * Internal to plot/. */
#ifndef KEOGIAM_PLOT_MONTH_AXIS_H
#define KEOGIAM_PLOT_MONTH_AXIS_H

#include "plot/draw.h"
#include "plot/months.h"

/* The months' columns: month i from left + i * pitch on, mm. */
struct month_axis {
    double left, pitch;
    double top; /* the panel's lower edge */
};

double month_axis_height(const struct month_axis *a);
void month_axis_draw(struct plot *p, const struct month_axis *a, const struct months *m);

/* A whole number of dots at 300 dpi that lets `count` months into width_mm, so that all columns
 * come out alike; at most most_mm. */
double month_axis_pitch(double width_mm, size_t count, double most_mm);

#endif
