/* suggest.h: FILE.aliases.csv: what a file's spellings may mean, for the analyst to correct. */
#ifndef KEOGIAM_CLI_SUGGEST_H
#define KEOGIAM_CLI_SUGGEST_H

#include <stdio.h>

#include "cli/session.h"
#include "ingest/suggest.h"

/* Guesses, writes FILE.aliases.csv (0600, whole or not at all; none where every spelling is known)
 * and says to `talk` (NULL: nobody) what is in it and what to do with it. */
bool suggest_write(struct suggestions *s, const struct session *session, const struct lists *lists,
                   const char *file, FILE *talk, struct err *e);

#endif
