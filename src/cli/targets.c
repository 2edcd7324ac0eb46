#include <string.h>

#include "cli/register_file.h"
#include "cli/said_lines.h"
#include "cli/targets_table.h"

static bool read_by(const struct request *r, bool *by_unit, struct err *e)
{
    const char *text = arg(r, OPT_BY);
    *by_unit = text && !strcmp(text, "unit");
    if (text && !*by_unit && strcmp(text, "total"))
        return err_set(e, ERR_USAGE, "--by %s: targets are shown by total or by unit", text);
    return *by_unit || !arg(r, OPT_LEVEL) ||
           err_set(e, ERR_USAGE, "--level %s: needs --by unit", arg(r, OPT_LEVEL));
}

bool command_targets(const struct request *r, struct err *e)
{
    struct session s;
    struct result table = {0};
    bool by_unit;
    if (arg(r, OPT_PROPOSE))
        return register_show(r, e);
    if (arg(r, OPT_LETTERHEAD))
        return err_set(e, ERR_USAGE, "--letterhead: is of the register: see --propose");
    if (!read_by(r, &by_unit, e) || !session_open(&s, r, STORE_READ, e))
        return false;
    bool ok = targets_build(&s, by_unit, &table, e) && said_add_to_targets(&s, &table, e) &&
              session_show(&s, &table, e);
    result_free(&table);
    session_close(&s);
    return ok;
}
