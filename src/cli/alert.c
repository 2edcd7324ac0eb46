#include "cli/alert_table.h"

bool command_alert(const struct request *r, struct err *e)
{
    struct session s;
    struct result table = {0};
    if (!session_open(&s, r, STORE_READ, e))
        return false;
    bool ok = alert_build(&s, &table, e) && session_show(&s, &table, e);
    result_free(&table);
    session_close(&s);
    return ok;
}
