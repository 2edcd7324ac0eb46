/* plan.h: what a plan wants, and the values that offices report for its indicators.
 *
 * Read from the store's tables `targets` and `indicators`. Amounts that are not loaded are -1, a
 * threshold that is none is NAN, an entry that is none is NO_ENTRY.
 */
#ifndef KEOGIAM_SERIES_PLAN_H
#define KEOGIAM_SERIES_PLAN_H

#include "base/buf.h"
#include "store/store.h"

struct target {
    const char *indicator, *name, *quote, *note; /* "" where missing, never NULL */
    enum target_kind kind;
    enum target_op op;
    double threshold;           /* %, or a number for TARGET_COUNT */
    size_t unit, category;      /* directory indices */
    int numerator, denominator; /* enum rate_source, -1 */
};

struct plan {
    const char *name;       /* "" where no plan was found */
    struct target *targets; /* of that plan, in the order of their indicators: 2, 2b, 3.0, 3a, 10 */
    size_t count, cap;
    struct buf others; /* names of all plans there are: "2023, 2024" */
    char year[5];      /* the period's last, "" where its label names none */
    struct buf wanted; /* codes of the categories that any plan wants reduced: "XHTE;U18;" */
    struct arena arena;
};

/* The plan asked for; where NULL the one that `config plan=` names, else the one named like the
 * period's last year; where there is none a plan without targets.
 * Fails (ERR_INPUT): the plan asked for is not there; the message names those that are. */
bool plan_read(struct plan *p, struct store *s, int64_t state, const struct directory *d,
               const char *asked, const struct period *period, struct err *e);
void plan_free(struct plan *p); /* accepts zero */

/* The reduction in % wanted of exactly this category (directory index) by a target without a unit
 * of its own; NAN where there is none. */
double plan_reduction_target(const struct plan *p, size_t category);
/* No plan was found, though one of another year wants this category (its code) reduced. */
bool plan_is_missed(const struct plan *p, const char *category);

/* ---- indicators ---- */

struct indicators { /* rows of the table, as loaded */
    struct indicator_row *rows;
    size_t count, cap;
    struct arena arena;
};

/* What one unit says of an indicator in a period. A unit without rows of its own is the sum of the
 * units under it. */
struct indicator_value {
    bool has;      /* something is known */
    bool is_whole; /* rows of every unit asked to report, for the period to its end */
    day to;        /* the earliest end of what is known; DAY_NONE */
    int64_t numerator, denominator; /* denominator -1: none is loaded */
    size_t units, units_known; /* who should have reported, who has; 1 and 1 for a row of its own */
};

bool indicators_read(struct indicators *i, struct store *s, int64_t state,
                     const struct directory *d, struct err *e);
void indicators_free(struct indicators *i); /* accepts zero */

/* values[d->unit_count], by directory index. Of the rows of a unit that lie inside the period: the
 * row of the period itself, else those that follow each other from its first day without a gap. */
bool indicators_sum(const struct indicators *i, const char *indicator, struct span period,
                    const struct directory *d, struct indicator_value *values, struct err *e);

/* The first row of an indicator that reaches out of the period: it is not divided. False: none. */
bool indicators_misfit(const struct indicators *i, const char *indicator, struct span period,
                       struct span *row);

#endif
