/* case_id.h: an id for a case that comes without one. */
#ifndef KEOGIAM_CLI_CASE_ID_H
#define KEOGIAM_CLI_CASE_ID_H

#include "cli/session.h"

/* The next running number of the form that half of the source's ids have, of which the unit's code
 * and the case's year may be parts: TM-2024-0123 after TM-2024-0122; where there is no such form,
 * 30046-2024-001. Numbers of cases that were withdrawn or taken back are not given again. `unit` is
 * an index, `on` the case's day. Appends. */
bool case_id_propose(struct session *s, const char *source, size_t unit, day on, struct buf *id,
                     struct err *e);

#endif
