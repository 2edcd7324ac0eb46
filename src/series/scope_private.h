/* scope_private.h: shared by scope.c (units and categories), scope_parts.c (units of other
 * boundaries as parts of the scope's) and known.c. */
#ifndef KEOGIAM_SERIES_SCOPE_PRIVATE_H
#define KEOGIAM_SERIES_SCOPE_PRIVATE_H

#include "series/scope.h"

/* Appends the parts to the scope's units, and widens their lives. */
bool scope_take_parts(struct scope *s, struct err *e);

#endif
