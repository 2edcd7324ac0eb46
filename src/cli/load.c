#include <stdio.h>

#include "cli/load_file.h"

/* Files are loaded one after another, each all or nothing; the first that fails ends the call. */
static bool load_files(const struct request *r, bool commit, struct err *e)
{
    struct session s;
    if (!session_open(&s, r, STORE_WRITE, e))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < r->args.positional_count; i++) {
        struct load_file f = {.path = r->args.positional[i],
                              .commit = commit,
                              .suggest = arg(r, OPT_SUGGEST) != NULL,
                              .talk = arg(r, OPT_QUIET) ? NULL : stdout};
        ok = load_one_file(&s, &f, e);
    }
    session_close(&s);
    return ok;
}

bool command_load(const struct request *r, struct err *e)
{
    return load_files(r, true, e);
}

bool command_check(const struct request *r, struct err *e)
{
    return load_files(r, false, e);
}
