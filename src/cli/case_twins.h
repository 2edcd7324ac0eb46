/* case_twins.h: cases that one could be a second time. */
#ifndef KEOGIAM_CLI_CASE_TWINS_H
#define KEOGIAM_CLI_CASE_TWINS_H

#include "cli/listing.h"
#include "cli/session.h"

/* Lists the ids of present cases of the row's unit and categories that were received, or failing
 * that occurred, within 3 days of it, with as many victims where both say so; of an unknown place
 * none. twins->b is the caller's to free. */
bool case_twins(struct session *s, const struct row *row, struct listing *twins, struct err *e);

#endif
