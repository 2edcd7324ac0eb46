/* funnel.h: places in a funnel plot: which lie outside the limits, and where everything stands in
 * mm. Internal to plot/. */
#ifndef KEOGIAM_PLOT_FUNNEL_H
#define KEOGIAM_PLOT_FUNNEL_H

#include "plot/draw.h"
#include "plot/label_room.h"
#include "plot/risk.h"

/* From far below to far above. */
enum funnel_side { FUNNEL_LOWEST = -2, FUNNEL_LOW, FUNNEL_WITHIN, FUNNEL_HIGH, FUNNEL_HIGHEST };

/* What has its name right of the panel, upwards. */
enum { FUNNEL_OVERALL, FUNNEL_95, FUNNEL_998, FUNNEL_LINES };

struct funnel_limit {
    double expected, low_95, high_95, low_998, high_998; /* NAN: none */
};

struct funnel_point {
    const struct risk_row *row;
    enum funnel_side side;
    double x, y; /* mm */
    const char *words;
    double words_x, words_y;   /* left end, middle; NAN: no words, or no room for them */
    double leader_x, leader_y; /* where a line from the point ends; NAN: none */
};

struct funnel {
    struct risk k;
    struct funnel_limit *limits;
    size_t limit_count;
    bool is_wide;                /* they allow for over-dispersion */
    struct funnel_point *points; /* of places with a ratio */
    size_t count, unnamed;       /* unnamed: outside, but without room for their words */
    size_t by_side[5];           /* from FUNNEL_LOWEST on */
    struct draw_axis x, y;
    struct draw_ticks x_ticks, y_ticks;
    double head, top, bottom, left, right;
    struct draw_page page;
    double line_y[FUNNEL_LINES]; /* of the lines' names; NAN: none */
    struct arena arena;
};

/* Fails as risk_read does. *f is to be freed in any case. */
bool funnel_read(struct funnel *f, const struct result *risk, const struct result *limits,
                 struct err *e);
bool funnel_layout(struct funnel *f, const struct plot_options *o, struct err *e);
void funnel_free(struct funnel *f); /* accepts zero */

/* The limits at that expected number, between the points given; NAN beyond them. */
struct funnel_limit funnel_limit_at(const struct funnel *f, double expected);

/* Append. */
void funnel_add_title(struct buf *b, struct funnel *f);
void funnel_add_notes(struct buf *b, const struct funnel *f);

#endif
