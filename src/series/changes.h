/* changes.h: what happened to each unit x category x period between two data states.
 *
 * Cases are compared one by one: each that is in a cell (unit and category with all below them, a
 * period) in one state and not in the other has exactly one reason, the first that fits:
 *   out: withdrawn (it ended, or proved unfounded or another office's), moved (another unit),
 *        reclassified (another category), redated (another day, or none on the basis);
 *   in:  reinstated (withdrawn before), late or added (new), moved, reclassified, redated.
 * `late` is a new case on a day that the earlier state held already as reported; `added` is one on
 * days that came with it. The clock and the day of the load do not matter: a figure that was given
 * on the earlier state lacks the late ones, whenever they came.
 *
 * counts are what `yoy` calls recorded, from series/tally.h, in each state for itself. So
 *   now = then + in - out + other
 * holds in every row, and `other` is 0 unless count rows or the trees of units and categories
 * changed what is counted. Checked: tests/test_changes.c, tests/golden/diff.
 */
#ifndef KEOGIAM_SERIES_CHANGES_H
#define KEOGIAM_SERIES_CHANGES_H

#include "series/tally.h"

enum change_kind {
    CHANGE_LATE,
    CHANGE_ADDED,
    CHANGE_REINSTATED,
    CHANGE_RECLASSIFIED_IN,
    CHANGE_MOVED_IN,
    CHANGE_REDATED_IN,
    CHANGE_WITHDRAWN,
    CHANGE_RECLASSIFIED_OUT,
    CHANGE_MOVED_OUT,
    CHANGE_REDATED_OUT,
    CHANGE_OUTCOME, /* counted in both states, its outcome or a date of it changed: adds nothing */
    CHANGE_COUNTS_ADDED, /* count rows: numbers of rows, not of cases */
    CHANGE_COUNTS_CHANGED,
    CHANGE_COUNTS_WITHDRAWN,
    CHANGE_KINDS
};

/* +1, -1: what one of it adds to the count; 0: nothing. */
int change_sign(enum change_kind kind);

enum { THEN, NOW };

/* One of the two states. */
struct changes_state {
    int64_t state;
    const struct directory *directory;
    const struct cover *cover;
    const size_t *tops; /* units asked for (directory indices); none: every top … */
    size_t top_count;
    bool none; /* … but nothing at all where those asked for are not there in this state */
};

struct changes_query {
    struct changes_state states[2]; /* THEN, NOW */
    enum basis basis;
    const struct period *periods; /* disjoint */
    size_t period_count;
    size_t roots[2]; /* the category, by its index in each state's directory; NO_ENTRY: not there */
    bool list_cases;
};

struct listed_case {
    size_t cell;
    enum change_kind kind;
    const char *id;
};

/* A unit or category in the two states: slots of their scopes, NO_ENTRY: not there. */
struct changes_place {
    size_t slot[2];
};

struct changes {
    const struct changes_query *q;
    struct scope scopes[2];
    struct known known[2];
    struct tally tallies[2];
    bool has[2]; /* the three above */
    /* as they stand now; behind them those that only the earlier state has */
    struct changes_place *units, *categories;
    size_t unit_count, category_count;
    size_t *unit_place[2], *category_place[2]; /* slot -> index in the two above */
    int64_t *numbers;                          /* [cell * CHANGE_KINDS + kind], see changes_cell */
    int64_t *days; /* [(unit * periods + period) * 4]: known then, now; came to be known, ceased */
    struct listed_case *listed; /* by cell, kind, source and id */
    size_t listed_count, listed_cap;
    struct spans *windows;
    struct arena ids;
};

/* Fails (ERR_INPUT): as tally_init. The query must outlive it. */
bool changes_init(struct changes *c, struct store *s, const struct changes_query *q, struct err *e);
void changes_free(struct changes *c); /* accepts zero */

static inline size_t changes_cell(const struct changes *c, size_t unit, size_t category,
                                  size_t period)
{
    return (unit * c->category_count + category) * c->q->period_count + period;
}

struct changed {
    bool known[2]; /* something is known of the period in this state, or recorded */
    int64_t counts[2];
    int64_t numbers[CHANGE_KINDS];
    int64_t other;
    int64_t days_added, days_taken; /* unit x days that came to be known, that ceased to be */
    unsigned char marks;            /* enum tally_mark of both */
};

/* One cell. False: nothing that is counted changed in it; days may have. */
bool changes_row(const struct changes *c, size_t unit, size_t category, size_t period,
                 struct changed *row);

/* The years (of a calendar) that are covered, or in which cases or count rows differ; *periods is
 * to be freed. Reads q's states and basis alone. */
bool changes_years(struct store *s, const struct changes_query *q, struct calendar calendar,
                   struct period **periods, size_t *count, struct err *e);

#endif
