#include "cli/risk_table.h"

bool command_risk(const struct request *r, struct err *e)
{
    struct session s;
    struct result table = {0};
    if (!session_open(&s, r, STORE_READ, e))
        return false;
    bool ok = risk_build(&s, &table, e) && session_show(&s, &table, e);
    result_free(&table);
    session_close(&s);
    return ok;
}
