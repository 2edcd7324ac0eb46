/* groups.h: named sets of units (an old district as "khu vực Tháp Mười") that --unit may name.
 */
#ifndef KEOGIAM_CLI_GROUPS_H
#define KEOGIAM_CLI_GROUPS_H

#include "ingest/directory.h"
#include "store/store.h"

/* Appends to the directory the groups that the words of `names` ("TM,khu vực Tháp Mười") call by
 * code or name; a word that is the code of a unit is that unit. names may be NULL. Fails: memory,
 * the store. */
bool groups_add(struct directory *d, struct store *s, int64_t state, const char *names,
                struct err *e);

/* The unit of the directory that stands for a group; NO_ENTRY. */
size_t groups_find(const struct directory *d, const char *name, size_t n);

#endif
