/* status_months.h: which months somebody has not reported. */
#ifndef KEOGIAM_CLI_STATUS_MONTHS_H
#define KEOGIAM_CLI_STATUS_MONTHS_H

#include "series/spans.h"

/* Appends the months of the calendar of which `known` lacks a day within `all`, runs joined:
 * "2024-03, 2024-10..2024-12"; in Vietnamese "03/2024, 10/2024–12/2024". Returns how many they are.
 */
int64_t months_missing(struct calendar c, const struct spans *known, struct span all,
                       enum lang lang, struct buf *labels);

#endif
