/* case_find.h: the case that somebody names by its id: which one is meant, and what to do where
 * none is. */
#ifndef KEOGIAM_CLI_CASE_FIND_H
#define KEOGIAM_CLI_CASE_FIND_H

#include "cli/session.h"

struct found_case {
    struct row row; /* its texts in the arena */
    struct buf source;
    struct arena arena;
};

/* The present case of --source, else of the default source. Fails (ERR_INPUT): there is none (the
 * nearest ids are named, or the load that took it out); it is another source's; several sources
 * have one and none was named. *c is to be freed in any case. */
bool case_find(struct session *s, const char *case_id, struct found_case *c, struct err *e);
void case_found_free(struct found_case *c);

#endif
