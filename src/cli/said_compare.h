/* said_compare.h: an official report held against a state of the data.
 */
#ifndef KEOGIAM_CLI_SAID_COMPARE_H
#define KEOGIAM_CLI_SAID_COMPARE_H

#include "cli/diff_table.h"
#include "cli/figures.h"
#include "report/said.h"

struct said_report {
    size_t compared;         /* figures that either side has */
    struct said_lines lines; /* those that read otherwise: which = SAID_PERIOD */
    day data_end;            /* now; DAY_NONE: none */
    bool unknown;            /* its unit, plan or period is not there: nothing can be compared */
};

/* now: a state, or STATE_NOW; the report's own: nothing differs. Reads the database by connections
 * of its own, closed again. *x is to be freed in any case. */
bool said_compare(const struct request *asked, const struct issued_report *r, int64_t now,
                  struct said_report *x, struct err *e);
void said_report_free(struct said_report *x); /* accepts zero */

/* ---- said_reasons.c ---- */

/* Fills the reasons of every line, of the report's unit. */
bool said_read_reasons(struct diff_states *d, const struct issued_report *r,
                       const struct period *period, struct said_lines *lines, struct err *e);

#endif
