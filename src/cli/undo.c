#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "cli/session.h"

static bool read_load(const struct request *r, int64_t *load, struct err *e)
{
    bool fractional;
    *load = 0;
    if (!r->args.positional_count)
        return true;
    const char *text = r->args.positional[0];
    return (num_parse_int(text, strlen(text), load, &fractional) && *load > 0) ||
           err_set(e, ERR_USAGE, "undo %s: is not a load's number: see 'keogiam status'", text);
}

bool command_undo(const struct request *r, struct err *e)
{
    struct store *s = NULL;
    int64_t load, undone = 0, undo = 0;
    enum lang lang;
    bool chosen;
    if (!read_load(r, &load, e) || !store_open(&s, r->place, STORE_WRITE, e))
        return false;
    bool ok = session_language(s, r, &lang, &chosen, e) && store_undo(s, load, &undone, &undo, e);
    if (ok && !arg(r, OPT_QUIET))
        printf(tr(lang, "load %lld was taken back; the data are now in state %lld\n"),
               (long long)undone, (long long)undo);
    store_close(s);
    return ok;
}
