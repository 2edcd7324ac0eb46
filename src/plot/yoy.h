/* yoy.h: a `yoy` result as the dumbbell draws it. Internal to plot/.
 *
 * Receives the cells of the result; hands on rows in the order of drawing, with every number as it
 * is in the cells (a reduction turned into a ratio now/before, nothing else) and with the words
 * that stand beside it.
 */
#ifndef KEOGIAM_PLOT_YOY_H
#define KEOGIAM_PLOT_YOY_H

#include "base/buf.h"
#include "base/result.h"
#include "plot/words.h"

/* In the order of drawing. */
enum yoy_group {
    YOY_COMPARED,
    YOY_NO_BASE,      /* counted now, but not compared: nothing known before */
    YOY_NOT_REPORTED, /* unknown, which is not zero */
    YOY_NO_PLACE      /* cases whose unit is unknown: a code P/? */
};

/* NAN: not known. */
struct yoy_row {
    const char *name;
    enum yoy_group group;
    bool incomplete;      /* a count, but not of all that was to be reported */
    double now, before;   /* before on the scale of now: a mean where three years are the base */
    double count_before;  /* as the cell says it: the sum */
    double change, ratio; /* cases; now/before of the rates */
    double low, high;     /* 95 % interval of the ratio; high INFINITY where unbounded */
    double wide_low, wide_high; /* the same, allowing for over-dispersion, where it differs */
    double prob_reduction, prob_dispersed; /* the latter allows for over-dispersion */
    const char *lack;  /* English words: why a count is not known, where the note says; NULL */
    const char *words; /* "−1 vụ (−8,3%)", "chưa báo cáo" */
    size_t position;   /* in the result: breaks ties */
};

/* What is not drawn: the middle of the compared rows, and rows without marks beyond a few. */
struct yoy_omitted {
    size_t compared, others;
    int first, last;               /* how many compared rows are drawn on either side */
    double change_from, change_to; /* of the omitted compared rows */
};

struct yoy {
    const struct result *result;
    const struct counted *counted;
    struct yoy_row *rows; /* of the units, without the total */
    size_t count;
    bool has_total;
    struct yoy_row total;
    bool comparable;        /* no break stands between the two periods (note of the total) */
    bool is_rate;           /* compared by days or population: the percentage is the rate's */
    double target_pct;      /* NAN: none */
    size_t units, reported; /* units of known place, and how many of them have a count */
    struct yoy_omitted omitted;
    const char *now_name, *before_name; /* of the two periods, short */
    bool is_terse; /* large numbers: the words of a row leave the unit to the head of the column */
    struct arena arena;
};

/* More compared rows than this, and only half as many falls and rises are drawn. */
#define YOY_MOST_ROWS 60
#define YOY_MOST_OTHERS 10
#define YOY_FEWEST_ROWS 2 /* however little room there is */

/* Fails (ERR_USAGE): no row; several categories; several totals. *y is to be freed in any case. */
bool yoy_read(struct yoy *y, const struct result *r, struct err *e);
/* Takes a row out: of those without marks where they are many, else the middle of the compared
 * ones. */
void yoy_drop(struct yoy *y);
void yoy_free(struct yoy *y); /* accepts zero */

/* The words of a row: its change, or why there is none. Append. */
void yoy_add_change(struct buf *b, const struct yoy *y, const struct yoy_row *row);

/* The finding, as far as the interval carries it. Append. */
void yoy_add_title(struct buf *b, const struct yoy *y);

/* What stands below: how to read it; what is not drawn; n, the source, and on a line of its own
 * what no list of units may be used for. Append. */
void yoy_add_notes(struct buf *b, const struct yoy *y);
void yoy_add_left_out(struct buf *b, const struct yoy *y);
void yoy_add_source(struct buf *b, const struct yoy *y);

static inline bool yoy_has_rise(const struct yoy_row *row)
{
    return row->change > 0;
}

#endif
