#include "cli/forecast_table.h"

bool command_forecast(const struct request *r, struct err *e)
{
    struct session s;
    struct result table = {0};
    bool past = arg(r, OPT_BACKTEST) != NULL;
    if (!session_open(&s, r, STORE_READ, e))
        return false;
    bool ok =
        (past ? backtest_build : forecast_build)(&s, &table, e) && session_show(&s, &table, e);
    result_free(&table);
    session_close(&s);
    return ok;
}
