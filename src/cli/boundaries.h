/* boundaries.h: the day on whose boundaries history is told: --units-as-of, --split.
 */
#ifndef KEOGIAM_CLI_BOUNDARIES_H
#define KEOGIAM_CLI_BOUNDARIES_H

#include "cli/command.h"
#include "series/lineage.h"

/* The options, and the lineages that a session has asked for so far. */
struct boundaries;

/* Fails (ERR_USAGE): an option is no date, or no way to split. *b is to be freed in any case. */
bool boundaries_new(struct boundaries **b, const struct request *r, struct err *e);
void boundaries_delete(struct boundaries *b); /* accepts NULL */

/* The day of --units-as-of; DAY_NONE: not given. */
day boundaries_asked(const struct boundaries *b);

/* From now on that day, unless one was asked for: a document tells all its years on the same
 * boundaries. */
void boundaries_keep(struct boundaries *b, day on);

/* The lineage on that day, else on `at`; it lives as long as b. The directory must be that of the
 * state, the same in every call. */
bool boundaries_lineage(struct boundaries *b, struct store *s, int64_t state,
                        const struct directory *d, day at, const struct lineage **l, struct err *e);

/* The one that was asked for last; NULL: none was. */
const struct lineage *boundaries_last(const struct boundaries *b);

#endif
