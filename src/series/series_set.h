/* series_set.h: counts of units x categories at even steps in time (months, quarters, years), with
 * exposure and coverage, unknown told apart from zero: what every statistic over time eats.
 *
 * One category root at a time. A step is known for a unit when all its days are; of a parent, when
 * they are for every unit under it that takes part. A unit that lacks more than a tenth of the
 * steps that most of them know, or is more than a month behind them, takes no part in its parents'
 * series (its own row keeps what it knows), so that one silent commune does not silence the
 * district; the caller may choose who takes part instead. A step in which a unit that takes part is
 * silent is left out, never filled. Where counts do not fit the steps (a year's, calendar months of
 * 12-15) a unit knows as little as if it had not reported. Checked: tests/test_series_set.c.
 */
#ifndef KEOGIAM_SERIES_SERIES_SET_H
#define KEOGIAM_SERIES_SERIES_SET_H

#include "series/compare.h"
#include "series/notes.h"
#include "series/population.h"

enum step_state {
    STEP_KNOWN,
    STEP_PARTIAL,  /* some units or days of it are not known */
    STEP_UNKNOWN,  /* nothing is, or a cell was written empty, or only a row that sticks out of the
                      step speaks (marks: TALLY_COARSE) */
    STEP_EXCLUDED, /* known, but an event says to leave it out */
    STEP_BOUNDED,  /* a divided unit existed, whose cases may be this one's; also where it had none:
                      to keep those steps only would be to choose the low ones */
    STEP_STATES
};

#define SERIES_STEPS_MAX 2400

struct series_query {
    struct tally_query tally;
    struct calendar calendar;
    int per_year;      /* 12, 4 or 1 */
    struct span reach; /* only steps inside; DAY_MIN, DAY_MAX: all that is known */
    enum per per;
    const size_t *tops; /* as in compare_query */
    size_t top_count;
    const size_t *categories;
    size_t category_count;
    const bool *parts; /* by unit slot: the leaves that take part in totals; NULL: see above */
};

struct series_set {
    const struct series_query *q;
    struct scope scope;
    struct known known;
    const struct events *events;
    int64_t first; /* number of the first step: year * per_year + place in the year */
    size_t n;
    struct spans *days;        /* [n] of each step, one span */
    bool *parts;               /* by unit slot: takes part in totals */
    bool assumed;              /* some coverage is only assumed */
    size_t *due, *full, *some; /* [unit slot * n + step]: leaves that exist, that are known as a
                                  whole, of which something is known */
    struct tally tally;        /* windows: the steps; then again for units that take no part */
    struct tally undated;      /* one window: all steps */
    struct population population;
};

/* Fails (ERR_INPUT): nothing is known of these units and categories (the message names what to
 * look at); (ERR_USAGE): more than SERIES_STEPS_MAX steps. events must outlive the set. */
bool series_set_init(struct series_set *s, struct store *store, const struct directory *d,
                     const struct cover *cover, const struct events *events,
                     const struct series_query *q, struct err *e);
void series_set_free(struct series_set *s); /* accepts zero */

/* One series: every step of the set, or those that series_trim left. */
struct series {
    double *count;        /* [n]; NAN: STEP_PARTIAL … STEP_BOUNDED */
    double *recorded;     /* [n] what was counted all the same; NAN: nothing is known */
    double *exposure;     /* [n] */
    unsigned char *state; /* [n] enum step_state */
    size_t n, known;
    size_t offset; /* of the set's steps */
    int64_t first;
    int64_t total;                /* of the known steps */
    unsigned char marks;          /* enum tally_mark */
    int64_t undated, absent;      /* as in struct compared */
    size_t units, units_compared; /* of a total: leaves that exist, that take part */
    bool no_exposure;             /* some exposure is not known: it is then 1 and state unknown */
};

/* unit, category: slots. Fails: out of memory. */
bool series_take(struct series_set *s, size_t unit, size_t category, struct series *out,
                 struct err *e);
/* Keeps the steps from the first that is known to the last; n = 0 where nothing is. */
void series_trim(const struct series_set *s, struct series *x);
void series_free(struct series *x); /* accepts zero */

/* "2024-05", "2024Q2", "2024": the label of a step of the set. */
void series_label(const struct series_set *s, size_t step, char label[16]);

/* The steps that a series' events of action `step` make: for the models, by step of the series.
 * *items is to be freed. */
struct series_step {
    size_t at;
    double share; /* of the step's days, those on or after the event */
};
bool series_level_steps(const struct series_set *s, size_t unit, const struct series *x,
                        struct series_step **items, size_t *count, struct err *e);

/* Appends the note of a series: partial, unknown, excluded, compared_units, left_out, undated,
 * absent_zero, stated, assumed … as notes_compared says them. */
void series_note(struct buf *b, const struct series_set *s, size_t unit, size_t category,
                 const struct series *x);

#endif
