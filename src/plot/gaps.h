/* gaps.h: days between cases: what is drawn, and where it stands in mm. Internal to plot/. */
#ifndef KEOGIAM_PLOT_GAPS_H
#define KEOGIAM_PLOT_GAPS_H

#include "base/date.h"
#include "plot/draw.h"
#include "plot/spc_labels.h"
#include "plot/words.h"

#define GAPS_MOST 600

enum gap_mark {
    GAP_NONE, /* the first: there is no gap before it */
    GAP_PLAIN,
    GAP_CLOSE, /* one of several cases too close together */
    GAP_LONG   /* too long, or one of several */
};
#define GAP_MARKS 4

/* A day with a case, or the open gap's end. */
struct gap {
    day on, before;              /* before: of the row before; the same for the first */
    double cases, days;          /* cases of the day; days since the case before, NAN: none */
    double centre, lower, upper; /* of the gap; NAN: none */
    enum gap_mark mark;
    bool is_open;   /* no case at its end, which is the data's */
    bool is_beyond; /* the limit of a single gap */
};

struct gaps {
    const struct result *result;
    const struct result *control; /* NULL: no row */
    const struct counted *counted;
    struct gap *items;
    size_t count;
    day first, last;
    double cases, most; /* of all days; of what the axis must show */
    bool has[GAP_MARKS], has_open, has_several, has_limits; /* has_open: and it is no signal */
    struct arena arena;
};

/* A row of 0 cases is the open gap, from the last case to the end of the data.
 * Fails (ERR_USAGE): no row, more than one series, what is no date, more than GAPS_MOST rows. *g is
 * to be freed in any case. */
bool gaps_read(struct gaps *g, const struct result *cases, const struct result *control,
               struct err *e);
void gaps_free(struct gaps *g); /* accepts zero */

/* A name below the panel, or a line between two years. */
struct gaps_tick {
    double x;
    const char *words; /* NULL: a line */
};

struct gaps_layout {
    double right;
    double head, top, bottom, words_top;
    struct draw_axis time, axis;
    struct draw_ticks ticks;
    struct gaps_tick *names;
    size_t name_count, name_cap;
    struct spc_labels labels;
    struct draw_page page;
    struct buf words;
    struct arena arena;
};

/* *l is to be freed in any case. */
bool gaps_layout_init(struct gaps_layout *l, const struct gaps *g, const struct plot_options *o,
                      struct err *e);
void gaps_layout_free(struct gaps_layout *l);

/* "130 days". Append. */
void gaps_add_days(struct buf *b, double days, enum lang lang);

#endif
