/* letterhead_of.h: whose letterhead a document has: --letterhead, else the setting, else the
 * built-in one. */
#ifndef KEOGIAM_CLI_LETTERHEAD_OF_H
#define KEOGIAM_CLI_LETTERHEAD_OF_H

#include "cli/session.h"
#include "report/letterhead.h"

/* Texts go to the arena. Fails as letterhead_read does. */
bool letterhead_of(const struct session *s, const struct letterhead_unit *unit,
                   struct letterhead *head, struct arena *arena, struct err *e);

/* When a document was made: SOURCE_DATE_EPOCH, else the last day that it speaks of. */
int64_t document_created(day last);

#endif
