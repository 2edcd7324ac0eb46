/* spc.h: a control chart: what is drawn, and where it stands in mm. Internal to plot/. */
#ifndef KEOGIAM_PLOT_SPC_H
#define KEOGIAM_PLOT_SPC_H

#include "plot/draw.h"
#include "plot/marks.h"
#include "plot/month_axis.h"
#include "plot/months.h"
#include "plot/spc_labels.h"

/* How a month's count is drawn. */
enum spc_mark {
    SPC_NONE, /* unknown */
    SPC_PLAIN,
    SPC_UP, /* part of a signal upwards */
    SPC_DOWN,
    SPC_PARTIAL, /* not all of its days: outside the rules' reach of the reader */
    SPC_EXCLUDED /* counted, but not in centre, limits and rules */
};

struct spc_month {
    double centre, lower, upper; /* NAN: none */
    int segment;                 /* from 1; 0: none */
    enum spc_mark mark;
    bool is_beyond; /* a limit: its count is written at it */
};

struct spc {
    struct months m;
    const struct result *control; /* NULL: no row */
    struct spc_month *months;
    struct marks marks;
    int segments;
    bool has[SPC_EXCLUDED + 1]; /* by mark */
    bool has_limits;
    bool has_lower;     /* a lower limit above 0 */
    bool has_beyond;    /* a count beyond a limit */
    double least, most; /* of what the axis must show */
    struct arena arena;
};

/* Fails as months_read does. *s is to be freed in any case. */
bool spc_read(struct spc *s, const struct result *months, const struct result *control,
              struct err *e);
void spc_free(struct spc *s); /* accepts zero */

struct spc_layout {
    const struct spc *spc;
    struct month_axis months;
    double right;
    double head, top, words_top;
    struct draw_axis axis;
    struct draw_ticks ticks;
    struct spc_labels labels;
    struct draw_page page;
    struct buf words;
    struct arena arena;
};

/* Gives the marks their places too. *l is to be freed in any case. */
bool spc_layout_init(struct spc_layout *l, struct spc *s, const struct plot_options *o,
                     struct err *e);
void spc_layout_free(struct spc_layout *l);

/* Each segment before the last with its months, cases and limits, a line each. Append. */
void spc_add_segments(struct buf *b, const struct spc *s);

#endif
