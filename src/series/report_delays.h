/* report_delays.h: how long after the act reports came in, report by report.
 *
 * Receives: cases with both dates, and coverage: which days of receipt are in hand, by unit and
 *   root.
 * Hands on: for each report and root the delay in days, and the age of the act: days up to the last
 *   day of receipts in hand of its unit. A report of an act from before the first such day is told
 *   of only for having come late: others of those acts came in when nobody kept them.
 * Missing: a report without one of the dates, of a unit that no coverage of the root has, received
 *   behind its last day, or before the act, is passed over.
 * Checked: tests/test_report_delays.c.
 */
#ifndef KEOGIAM_SERIES_REPORT_DELAYS_H
#define KEOGIAM_SERIES_REPORT_DELAYS_H

#include "series/tally.h"

struct report_delay {
    size_t root;        /* directory index */
    int64_t delay, age; /* 0 <= delay <= age */
    bool is_old;        /* the act is older than the receipts in hand */
};
typedef bool (*report_delay_fn)(void *context, const struct report_delay *r, struct err *e);

/* Of all units. q: the state, and whether reports or cases are counted. The coverage must end with
 * q->as_of, if there is one. */
bool report_delays_each(struct store *s, const struct directory *d, const struct cover *c,
                        const struct tally_query *q, report_delay_fn fn, void *context,
                        struct err *e);

#endif
