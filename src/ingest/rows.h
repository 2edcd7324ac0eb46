/* rows.h: what a row must satisfy beyond each of its cells: dates in order, parts within wholes. */
#ifndef KEOGIAM_INGEST_ROWS_H
#define KEOGIAM_INGEST_ROWS_H

#include <stdbool.h>

#include "base/lang.h"
#include "ingest/kind.h"

/* Fills what the contract gives a default where the cell is empty: validity of units (DAY_MIN,
 * DAY_MAX), basis, op, action. */
void rows_fill(enum kind_id kind, struct row *row);

/* True if the row can be. False: *column is the contract's name of the column at fault ("" for the
 * row) and *reason a static line in lang. An outcomes row is judged by what it has; the store
 * judges it again (as KIND_INCIDENTS) when it has been merged with its case. */
bool rows_check(enum kind_id kind, const struct row *row, enum lang lang, const char **column,
                const char **reason);

#endif
