#include "cli/said_lines.h"
#include "cli/yoy_query.h"
#include "cli/yoy_table.h"

bool command_yoy(const struct request *r, struct err *e)
{
    struct session s;
    struct yoy_options o;
    struct result table = {0};
    if (!places_by(r, &o.by_unit, &o.by_category, e) || !session_open(&s, r, STORE_READ, e))
        return false;
    bool ok = yoy_build(&s, &o, &table, e) && said_add_to_yoy(&s, &table, e) &&
              session_show(&s, &table, e);
    result_free(&table);
    session_close(&s);
    return ok;
}
