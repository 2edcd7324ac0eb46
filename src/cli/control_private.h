/* control_private.h: shared by spc_table.c and gaps_table.c: the row that both charts have. */
#ifndef KEOGIAM_CLI_CONTROL_PRIVATE_H
#define KEOGIAM_CLI_CONTROL_PRIVATE_H

#include "cli/control_table.h"
#include "cli/one_series.h"
#include "stats/control.h"

/* Starts the result of the one row. */
void control_begin(const struct one_series *x, struct result *control);

/* Labels of months or days: of the segment in force, of its last signal ("" for none). */
struct control_labels {
    char from[16], to[16], signal_from[16], signal_to[16];
};

/* What is said of the segment in force. open_prob: of gaps, that the open one is so long; NAN. */
bool control_write(const struct one_series *x, const struct control_verdict *v,
                   const struct control_target *target, const struct control_labels *labels,
                   double open_prob, const char *note, struct result *control, struct err *e);

/* The most cases of the last year that meet the plan's target (or --target); NAN without one, or
 * where the year before is not known as a whole. exposure: of a year, in the chart's unit. */
bool control_read_target(const struct one_series *x, double exposure, struct control_target *target,
                         struct err *e);

#endif
