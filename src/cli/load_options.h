/* load_options.h: options of load and check that need no database. All fail (ERR_USAGE). */
#ifndef KEOGIAM_CLI_LOAD_OPTIONS_H
#define KEOGIAM_CLI_LOAD_OPTIONS_H

#include "cli/command.h"
#include "ingest/ingest.h"

/* --map, --const: "a=b" as pairs, *out to be freed, names in the arena. */
bool load_read_pairs(const char *const *parts, size_t count, enum option_id id, struct arena *arena,
                     struct name_value **out, struct err *e);
/* The key of --hash-ids, NULL where it is not asked for. Fails: the environment has none;
 * --make-ids is asked for too. */
bool load_hash_key(const struct request *r, const char **key, struct err *e);
/* --skip-rows */
bool load_read_skip(const struct request *r, size_t *skip, struct err *e);

#endif
