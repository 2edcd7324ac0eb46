/* status_rates.h: indicators that offices report, set against what the case rows give.
 *
 * A reduction's numbers are cases of its days and of the year before: they go among what is stated
 * (series/stated.h), and are counted in the pass over the cases. A rate's are flows of reports: a
 * pass of their own, made only where such rows are loaded.
 */
#ifndef KEOGIAM_CLI_STATUS_RATES_H
#define KEOGIAM_CLI_STATUS_RATES_H

#include "cli/session.h"
#include "series/disagree.h"

struct status_rate {
    size_t unit, category; /* directory indices */
    struct span days;
    int64_t numerator, denominator; /* -1: none */
    int part, whole;                /* enum rate_source, -1 */
    const char *indicator, *source;
};

struct status_rates {
    struct status_rate *items;
    size_t count, cap;
    struct arena arena;
};

/* Reductions go into `rows`, rates into *r; by the plan of the row's year. *r is to be freed in any
 * case. */
bool status_rates_read(struct status_rates *r, struct stated *rows, const struct session *s,
                       struct err *e);
void status_rates_free(struct status_rates *r); /* accepts zero */

/* Appends the rates that differ. Borrows from r. */
bool status_rates_judge(const struct status_rates *r, const struct session *s,
                        const struct scope *scope, const struct disagree_scene *scene,
                        struct disagreements *l, struct err *e);

#endif
