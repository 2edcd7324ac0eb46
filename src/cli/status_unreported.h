/* status_unreported.h: which places have not reported which months, within what somebody said: for
 * the section `gaps`, and for the letters of --remind.
 */
#ifndef KEOGIAM_CLI_STATUS_UNREPORTED_H
#define KEOGIAM_CLI_STATUS_UNREPORTED_H

#include "cli/status.h"
#include "cli/status_months.h"

/* One place that lacks months of a category. */
struct gap {
    size_t unit, category; /* directory indices */
    struct month_list months;
    bool never; /* has not reported at all */
    day to;     /* last day that anybody spoke for */
};

struct unreported {
    struct gap *items; /* by category, then by tree */
    size_t count, cap;
    struct cover said; /* the coverage that is declared or from counts; none: no gap can be seen */
    size_t *due;       /* by unit: places under it, itself included, that should have reported */
    day to;            /* last day that is asked for, of any category; DAY_NONE: none is */
};

/* What the status is about alone: units, categories, months. `over`: only months that are over by
 * the last day that anybody spoke for or, behind it, by --to: who is to be asked for a month has
 * had all of it. Only places without places below them report; one that nobody beside it reports
 * either is not missed. unreported_free in any case. */
bool unreported_find(struct unreported *g, const struct status *st, bool over, struct err *e);
void unreported_free(struct unreported *g); /* accepts zero */

#endif
