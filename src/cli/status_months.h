/* status_months.h: which months somebody has not reported. */
#ifndef KEOGIAM_CLI_STATUS_MONTHS_H
#define KEOGIAM_CLI_STATUS_MONTHS_H

#include "base/buf.h"
#include "series/spans.h"

/* A month of the reporting calendar. */
struct month {
    int year, month;
};

struct month_list {
    struct month *items; /* ascending */
    size_t count, cap;
};
void month_list_free(struct month_list *m); /* accepts zero */

/* Appends the months of the calendar of which `known` lacks a day within `all`. Fails: out of
 * memory. */
bool months_missing(struct calendar c, const struct spans *known, struct span all,
                    struct month_list *m, struct err *e);

/* How many of them from `from` on follow each other, 0 behind the last: a run. */
size_t month_list_run(const struct month_list *m, size_t from);

/* Runs joined: "2024-03, 2024-10..2024-12"; in Vietnamese "03/2024, 10/2024–12/2024". Append. */
void month_list_add(struct buf *b, const struct month_list *m, enum lang lang);
void month_add(struct buf *b, struct month m, enum lang lang);

#endif
