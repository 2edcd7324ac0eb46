/* said_lines.h: what was said before of the figures that a table or report gives, where it reads
 * otherwise now. Of each figure and span of days the newest statement counts: a correction's, or
 * what a later report gave as its same period.
 */
#ifndef KEOGIAM_CLI_SAID_LINES_H
#define KEOGIAM_CLI_SAID_LINES_H

#include "cli/said_compare.h"

/* Appends the unit's (a code) lines for a period: of it, of the same a year before, of parts of it;
 * cases by the basis, on any day of receipt. In order: that, by figure. Nothing where no report was
 * issued, or nothing differs. *out is to be freed by said_lines_free in any case. */
bool said_lines_read(const struct session *s, const struct issued_list *list, const char *unit,
                     const struct period *period, struct said_lines *out, struct err *e);
void said_lines_free(struct said_lines *l); /* accepts zero */

/* A sentence below the table, `said=N;` in the note of the row. The result is as yoy_build and
 * targets_build give it. */
bool said_add_to_yoy(const struct session *s, struct result *r, struct err *e);
bool said_add_to_targets(const struct session *s, struct result *r, struct err *e);

#endif
