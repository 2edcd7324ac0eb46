/* Observed months against what is usual. */
#include "plot/alert.h"

bool plot_alert(const struct result *alert, const struct plot_options *o, struct err *e)
{
    struct alert a = {0};
    bool ok = alert_read(&a, alert, e) &&
              (a.series_count == 1 ? alert_draw_one(&a, o, e) : alert_draw_many(&a, o, e));
    alert_free(&a);
    return ok;
}
