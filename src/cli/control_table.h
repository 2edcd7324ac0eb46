/* control_table.h: one series under statistical process control, for its charts `spc` and `gaps`.
 */
#ifndef KEOGIAM_CLI_CONTROL_TABLE_H
#define KEOGIAM_CLI_CONTROL_TABLE_H

#include "cli/session.h"

/* Months with limits and signals, and the row of the segment in force; columns as plot/plot.h has
 * them. Fails (ERR_USAGE): the options name several series. */
bool spc_build(struct session *s, struct result *months, struct result *control, struct err *e);

/* Cases with the days between them. Fails too (ERR_INPUT): a source has counts only. */
bool gaps_build(struct session *s, struct result *cases, struct result *control, struct err *e);

#endif
