/* load_file.h: one file into the store, for load, check and init. */
#ifndef KEOGIAM_CLI_LOAD_FILE_H
#define KEOGIAM_CLI_LOAD_FILE_H

#include <stdio.h>

#include "cli/session.h"

struct load_file {
    const char *path;   /* or a name, where memory is given */
    const char *memory; /* built-in files */
    size_t memory_bytes;
    const char *as;     /* kind, NULL: recognised */
    const char *source; /* NULL: --source, else the default */
    bool commit;        /* false: the same checks, nothing kept */
    bool suggest;       /* instead: FILE.aliases.csv (cli/suggest.h) */
    FILE *talk;         /* where the summary goes; NULL: nowhere */
};

/* Loads under the options of the request (init has none of them). All or nothing: on failure the
 * database is as before, and bad rows are in PATH.rejects.csv. The session's directory is read anew
 * where units or categories came in. */
bool load_one_file(struct session *s, const struct load_file *f, struct err *e);

#endif
