/* spc_labels.h: the names of a control chart's three lines at their right ends, kept apart.
 * Internal to plot/. */
#ifndef KEOGIAM_PLOT_SPC_LABELS_H
#define KEOGIAM_PLOT_SPC_LABELS_H

#include "plot/draw.h"

enum { SPC_UPPER, SPC_CENTRE, SPC_LOWER, SPC_LINES };

struct spc_labels {
    double values[SPC_LINES];     /* NAN: no such line */
    const char *words[SPC_LINES]; /* NULL: no such line */
    double y[SPC_LINES];
    double width; /* room that they need to the right of the panel, mm; 0: none */
};

/* Names the lines "limit 8", "mean 2.4": `centre` is the word for the middle one. A lower limit of
 * 0 is none. Words are kept in the arena. */
bool spc_labels_init(struct spc_labels *l, const double values[SPC_LINES], const char *centre,
                     enum lang lang, struct arena *a, struct err *e);

/* At the height of their lines, spread where these lie close. */
void spc_labels_place(struct spc_labels *l, const struct draw_axis *axis);
void spc_labels_draw(struct plot *p, const struct spc_labels *l, double right);

#endif
