/* risk.h: a `risk` result as its charts (caterpillar, funnel, map) take it. Internal to plot/.
 *
 * Receives the cells of the result; hands on its units in the order of their rank, with every
 * number as it is in the cells, and the sentences that the charts share. */
#ifndef KEOGIAM_PLOT_RISK_H
#define KEOGIAM_PLOT_RISK_H

#include "base/buf.h"
#include "base/result.h"
#include "plot/words.h"

/* In the order of weight. */
enum risk_level { RISK_NONE, RISK_NORMAL, RISK_UNCLEAR, RISK_ELEVATED, RISK_HIGH };
#define RISK_LEVELS 5

/* In the order of drawing. */
enum risk_group {
    RISK_ESTIMATED,
    RISK_NOT_ESTIMATED, /* counted or not, but nothing to compare with */
    RISK_NO_PLACE       /* cases whose unit is unknown: a code P/? */
};

/* NAN: not known. */
struct risk_row {
    const char *unit, *name;
    enum risk_group group;
    enum risk_level level;
    double count, expected, smr;
    double rr, low, high; /* shrunken, 95 % interval */
    double rank, rank_low, rank_high;
    const char *cluster; /* which one; "": none */
    size_t position;     /* in the result: breaks ties */
};

struct risk {
    const struct result *result;
    const struct counted *counted;
    struct risk_row *rows; /* units without the total */
    size_t count;
    size_t estimated;              /* they come first */
    size_t by_level[RISK_LEVELS];  /* how many */
    double total;                  /* of the counts known */
    const struct risk_row **names; /* room for count rows, for lists of some of them */
    struct arena arena;
};

/* Fails (ERR_USAGE): no row, several categories, several periods. *k is to be freed in any case. */
bool risk_read(struct risk *k, const struct result *r, struct err *e);
void risk_free(struct risk *k); /* accepts zero */

/* The mark before a name: "▲ " high, "◊ " elevated, else "". */
const char *risk_mark(enum risk_level level);

/* Names of the first n rows of k->names: "A, B, C", of many the first and how many more. Append. */
void risk_add_names(struct buf *b, const struct risk *k, size_t n);

/* Which places are above the overall level, and which are to be watched; or that none is. Append.
 */
void risk_add_title(struct buf *b, const struct risk *k);

/* What the marks of level mean, where there are any. Append. */
void risk_add_levels(struct buf *b, const struct risk *k);

/* n, the source, and on a line of its own what no list of places may be used for. Append. */
void risk_add_closing(struct buf *b, const struct risk *k);

/* How many cases the population would give: one decimal under 100. Append. */
void risk_add_expected(struct buf *b, double expected, enum lang lang);

/* A ratio to the overall level: "0.85", "1.25", "2". Append. */
void risk_add_ratio(struct buf *b, double ratio, enum lang lang);

#endif
