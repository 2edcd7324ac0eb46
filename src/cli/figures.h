/* figures.h: the headline figures of a report in one state of the data: what `report --official`
 * freezes, and what `diff`, `reports`, `report correction` and the lines "reported 22, now 24" hold
 * against each other.
 *
 *   total   a root: cases recorded, and in the same period before
 *   kind    a category right under it: the same, on the base of comparison of the table of kinds
 *   target  an indicator: numerator and denominator
 */
#ifndef KEOGIAM_CLI_FIGURES_H
#define KEOGIAM_CLI_FIGURES_H

#include "cli/session.h"
#include "store/issued.h"

struct figures {
    struct issued_figure *items;
    size_t count, cap;
    struct period period;
    day data_end;         /* DAY_NONE: none */
    struct result counts; /* the comparison that they are from: its provenance */
    struct arena arena;
};

/* Of the session's request (period, unit, plan, basis …): what was known by the end of the period,
 * as a report sees it. judged: verdicts and targets too. *f is to be freed in any case. */
bool figures_read(struct session *s, bool judged, struct figures *f, struct err *e);
void figures_free(struct figures *f); /* accepts zero */

/* Verdicts and targets are among the frozen figures: a page on one unit passes none. */
bool figures_are_judged(const struct issued_report *r);

/* Calls fn with each figure that reads otherwise, NULL for the side that has none: those of then
 * first, in order. *compared: how many either side has. */
typedef bool (*figures_pair_fn)(void *context, const struct issued_figure *then,
                                const struct issued_figure *now, struct err *e);
bool figures_each_changed(const struct issued_figure *then, size_t then_count,
                          const struct figures *now, figures_pair_fn fn, void *context,
                          size_t *compared, struct err *e);

/* Sets the options that say what a report was of: period, unit, plan … Texts live as long as r. */
void figures_ask(struct request *q, const struct issued_report *r);

#endif
