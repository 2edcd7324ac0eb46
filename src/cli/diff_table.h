/* diff_table.h: the tables of `diff`: what changed between two data states, cell by cell; and the
 * figures of the last report that would read otherwise today (figures.h).
 */
#ifndef KEOGIAM_CLI_DIFF_TABLE_H
#define KEOGIAM_CLI_DIFF_TABLE_H

#include "cli/session.h"

/* The two states, each opened as --state would. */
struct diff_states {
    struct request requests[2]; /* THEN, NOW: the same but for --state */
    struct session sessions[2];
    int64_t states[2];
    char texts[2][24];
    bool opened[2];
};

/* r's options for both. Fails (ERR_INPUT): a state that is not there. */
bool diff_open(struct diff_states *d, const struct request *r, const int64_t states[2],
               struct err *e);
void diff_close(struct diff_states *d); /* accepts zero */

enum diff_column {
    DIF_UNIT,
    DIF_UNIT_NAME,
    DIF_CATEGORY,
    DIF_PERIOD,
    DIF_COUNT_THEN,
    DIF_COUNT_NOW,
    DIF_CHANGE,
    DIF_ADDED,
    DIF_LATE,
    DIF_RECLASSIFIED_IN,
    DIF_RECLASSIFIED_OUT,
    DIF_MOVED_IN,
    DIF_MOVED_OUT,
    DIF_REDATED_IN,
    DIF_REDATED_OUT,
    DIF_WITHDRAWN,
    DIF_REINSTATED,
    DIF_OTHER, /* now = then + in - out + other */
    DIF_OUTCOMES,
    DIF_DAYS_ADDED,
    DIF_DAYS_TAKEN,
    DIF_NOTE,
    DIF_CATEGORY_NAME,
    DIF_WHAT,  /* the numbers that are not 0, for people */
    DIF_CASES, /* --show-cases */
    DIF_COLUMNS
};

/* Rows: the cells in which something changed. The caller frees the result, also after a failure. */
bool diff_build(struct diff_states *d, struct result *r, struct err *e);

enum figures_column {
    FIG_FIGURE,
    FIG_INDICATOR,
    FIG_NAME,
    FIG_UNIT,
    FIG_CATEGORY,
    FIG_PERIOD,
    FIG_COUNT_THEN,
    FIG_BASE_THEN,
    FIG_VERDICT_THEN,
    FIG_COUNT_NOW,
    FIG_BASE_NOW,
    FIG_VERDICT_NOW,
    FIG_NOTE,
    FIG_COLUMNS
};

/* Of the last official report, else of the newest in the audit table; d is opened here and to be
 * closed by the caller. Fails (ERR_INPUT): no report is recorded. */
bool figures_build(struct diff_states *d, const struct request *r, struct result *table,
                   struct err *e);

#endif
