/* lineage_private.h: shared by lineage.c (following units) and lineage_above.c (what was above
 * them). */
#ifndef KEOGIAM_SERIES_LINEAGE_PRIVATE_H
#define KEOGIAM_SERIES_LINEAGE_PRIVATE_H

#include "series/lineage.h"

/* Gives the units that ended with all units under them their fate, once these have theirs. */
bool lineage_find_above(struct lineage *l, struct err *e);

#endif
