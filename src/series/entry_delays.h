/* entry_delays.h: how long after their receipt cases were entered, in days on which the office
 * loaded cases: what was received in a period may still not be in the database.
 *
 * A database tells it where one office has loaded cases on several days. Each such day is a step.
 * A case was due at the first step that had a case received as late or later; what it lacked there
 * and a later step brought is late. What was due at the first step is passed over: that load is the
 * office's history, whose gaps nobody saw being filled.
 * Missing: loads on fewer than two days, or of several sources, tell nothing: no steps.
 * Checked: tests/test_entry_delays.c.
 */
#ifndef KEOGIAM_SERIES_ENTRY_DELAYS_H
#define KEOGIAM_SERIES_ENTRY_DELAYS_H

#include "series/tally.h"

struct entry_step {
    int64_t on;    /* days since 1970 */
    int64_t first; /* load; those up to the next step's belong to it */
    day reach;     /* the latest receipt up to this step; DAY_NONE: none */
};

struct entry_steps {
    struct entry_step *items;
    size_t count, cap;
};

/* Reads loads, and cases if there is more than one step. *s is to be freed in any case. */
bool entry_steps_read(struct entry_steps *s, struct store *store, int64_t state, struct err *e);
void entry_steps_free(struct entry_steps *s); /* accepts zero */

/* Steps between the one at which a case of this receipt is due and the last. count > 0. */
int64_t entry_age(const struct entry_steps *s, day received);

/* 0 <= delay <= age, in steps. */
typedef bool (*entry_delay_fn)(void *context, int64_t delay, int64_t age, struct err *e);
/* reports: reports, not cases. */
bool entry_delays_each(const struct entry_steps *s, struct store *store, int64_t state,
                       bool reports, entry_delay_fn fn, void *context, struct err *e);

#endif
