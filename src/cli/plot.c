#include <stdio.h>
#include <string.h>

#include "cli/control_table.h"
#include "cli/forecast_table.h"
#include "cli/trend_table.h"
#include "cli/yoy_table.h"
#include "plot/plot.h"

/* What a chart shows: a table, and for the charts of one series the row that belongs to it. */
static bool build_yoy(struct session *s, struct result *table, struct result *row, struct err *e)
{
    const struct yoy_options by_unit = {.by_unit = true};
    (void)row;
    return yoy_build(s, &by_unit, table, e);
}

static bool draw_yoy(const struct result *table, const struct result *row,
                     const struct plot_options *o, struct err *e)
{
    (void)row;
    return plot_yoy(table, o, e);
}

static const struct {
    const char *name, *vi_name, *file;
    bool (*build)(struct session *s, struct result *table, struct result *row, struct err *e);
    bool (*draw)(const struct result *table, const struct result *row, const struct plot_options *o,
                 struct err *e);
} kinds[] = {
    {"yoy", "cungky", "yoy.png", build_yoy, draw_yoy},
    {"trend", "xuhuong", "trend.png", trend_build_months, plot_trend},
    {"forecast", "dubao", "forecast.png", forecast_build_months, plot_forecast},
    {"seasonal", "muavu", "seasonal.png", trend_build_months, plot_seasonal},
    {"spc", "kiemsoat", "spc.png", spc_build, plot_spc},
    {"gaps", "khoangcach", "gaps.png", gaps_build, plot_gaps},
};
enum { kind_count = sizeof kinds / sizeof kinds[0] };

static size_t find_kind(const char *name, struct err *e)
{
    size_t i = 0;
    while (i < kind_count && strcmp(kinds[i].name, name) && strcmp(kinds[i].vi_name, name))
        i++;
    if (i == kind_count)
        err_set(e, ERR_USAGE,
                "plot %s: is no kind of chart: yoy, trend, forecast, seasonal, spc or gaps", name);
    return i;
}

bool command_plot(const struct request *r, struct err *e)
{
    struct session s;
    struct result table = {0}, row = {0};
    size_t kind = find_kind(r->args.positional[0], e);
    if (kind == kind_count || !session_open(&s, r, STORE_READ, e))
        return false;
    if (!s.lang_chosen)
        s.lang = LANG_VI;
    struct plot_options o = {.path = arg(r, OPT_OUTPUT) ? arg(r, OPT_OUTPUT) : kinds[kind].file,
                             .script = arg(r, OPT_SCRIPT) != NULL};
    bool ok = kinds[kind].build(&s, &table, &row, e) && kinds[kind].draw(&table, &row, &o, e);
    if (ok && !arg(r, OPT_QUIET))
        printf(tr(r->lang, "%s: written\n"), o.path);
    result_free(&table);
    result_free(&row);
    session_close(&s);
    return ok;
}
