/* months_table.h: one series month by month, as it was recorded: what `plot trend` draws. */
#ifndef KEOGIAM_CLI_MONTHS_TABLE_H
#define KEOGIAM_CLI_MONTHS_TABLE_H

#include "cli/session.h"

/* Columns unit, unit_name, category, category_name, month, count, state (known, partial: some units
 * or days are not known, unknown: count empty). One unit and one category: those of the request,
 * else the only top unit and the only root that has coverage. */
bool months_build(struct session *s, struct result *r, struct err *e);

#endif
