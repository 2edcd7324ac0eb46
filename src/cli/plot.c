#include <stdio.h>
#include <string.h>

#include "cli/alert_table.h"
#include "cli/control_table.h"
#include "cli/coverage_table.h"
#include "cli/forecast_table.h"
#include "cli/output.h"
#include "cli/risk_shapes.h"
#include "cli/risk_table.h"
#include "cli/targets_table.h"
#include "cli/trend_table.h"
#include "cli/yoy_table.h"
#include "plot/plot.h"

/* Builds what a chart shows and draws it. */
typedef bool (*run_fn)(struct session *s, const struct plot_options *o, struct err *e);

/* A table, and beside it the row or the limits that belong to it. */
typedef bool (*build_fn)(struct session *s, struct result *table, struct result *beside,
                         struct err *e);
typedef bool (*draw_fn)(const struct result *table, const struct result *beside,
                        const struct plot_options *o, struct err *e);

static bool run_pair(struct session *s, const struct plot_options *o, build_fn build, draw_fn draw,
                     struct err *e)
{
    struct result table = {0}, beside = {0};
    bool ok = build(s, &table, &beside, e) && draw(&table, &beside, o, e);
    result_free(&table);
    result_free(&beside);
    return ok;
}

static bool run_yoy(struct session *s, const struct plot_options *o, struct err *e)
{
    const struct yoy_options by_unit = {.by_unit = true};
    struct result table = {0};
    bool ok = yoy_build(s, &by_unit, &table, e) && plot_yoy(&table, o, e);
    result_free(&table);
    return ok;
}

static bool run_trend(struct session *s, const struct plot_options *o, struct err *e)
{
    return run_pair(s, o, trend_build_months, plot_trend, e);
}

static bool run_forecast(struct session *s, const struct plot_options *o, struct err *e)
{
    return run_pair(s, o, forecast_build_months, plot_forecast, e);
}

static bool run_seasonal(struct session *s, const struct plot_options *o, struct err *e)
{
    return run_pair(s, o, trend_build_months, plot_seasonal, e);
}

static bool run_spc(struct session *s, const struct plot_options *o, struct err *e)
{
    return run_pair(s, o, spc_build, plot_spc, e);
}

static bool run_gaps(struct session *s, const struct plot_options *o, struct err *e)
{
    return run_pair(s, o, gaps_build, plot_gaps, e);
}

static bool run_funnel(struct session *s, const struct plot_options *o, struct err *e)
{
    return run_pair(s, o, risk_build_funnel, plot_funnel, e);
}

static bool run_risk(struct session *s, const struct plot_options *o, struct err *e)
{
    struct result table = {0};
    bool ok = risk_build_one(s, &table, e) && plot_risk(&table, o, e);
    result_free(&table);
    return ok;
}

static bool run_alert(struct session *s, const struct plot_options *o, struct err *e)
{
    struct result table = {0};
    bool ok = alert_build_chart(s, &table, e) && plot_alert(&table, o, e);
    result_free(&table);
    return ok;
}

static bool run_map(struct session *s, const struct plot_options *o, struct err *e)
{
    struct result table = {0};
    struct risk_shapes shapes = {0};
    bool ok = risk_build_one(s, &table, e) && risk_shapes_read(&shapes, s, &table, e) &&
              plot_map(&table, &shapes.map, o, e);
    risk_shapes_free(&shapes);
    result_free(&table);
    return ok;
}

static bool run_targets(struct session *s, const struct plot_options *o, struct err *e)
{
    struct result table = {0};
    bool ok = targets_build(s, false, &table, e) && plot_targets(&table, o, e);
    result_free(&table);
    return ok;
}

static bool run_coverage(struct session *s, const struct plot_options *o, struct err *e)
{
    struct result table = {0};
    bool ok = coverage_build(s, &table, e) && plot_coverage(&table, o, e);
    result_free(&table);
    return ok;
}

static const struct {
    const char *name, *vi_name;
    run_fn run;
} kinds[] = {
    {"yoy", "cungky", run_yoy},          {"trend", "xuhuong", run_trend},
    {"forecast", "dubao", run_forecast}, {"seasonal", "muavu", run_seasonal},
    {"spc", "kiemsoat", run_spc},        {"gaps", "khoangcach", run_gaps},
    {"risk", "diaban", run_risk},        {"funnel", "pheu", run_funnel},
    {"map", "bando", run_map},           {"alert", "canhbao", run_alert},
    {"targets", "chitieu", run_targets}, {"coverage", "phamvi", run_coverage},
};
enum { kind_count = sizeof kinds / sizeof kinds[0] };

static size_t find_kind(const char *name, struct err *e)
{
    size_t i = 0;
    while (i < kind_count && strcmp(kinds[i].name, name) && strcmp(kinds[i].vi_name, name))
        i++;
    if (i == kind_count)
        err_set(e, ERR_USAGE,
                "plot %s: is no kind of chart: yoy, trend, forecast, targets, seasonal, spc, gaps, "
                "risk, funnel, map, alert or coverage",
                name);
    return i;
}

bool command_plot(const struct request *r, struct err *e)
{
    struct session s;
    size_t kind = find_kind(r->args.positional[0], e);
    if (kind == kind_count || !session_open(&s, r, STORE_READ, e))
        return false;
    session_speak_for_documents(&s);
    char own[24];
    struct plot_options o = {.path = arg(r, OPT_OUTPUT), .script = arg(r, OPT_SCRIPT) != NULL};
    if (!o.path) {
        snprintf(own, sizeof own, "%s.%s", kinds[kind].name, o.script ? "gp" : "png");
        o.path = own;
    }
    bool ok = kinds[kind].run(&s, &o, e);
    if (ok && !o.script && !plot_has_font())
        output_say(tr(r->lang, "the font Liberation Sans is not installed, texts of charts may "
                               "meet: install it (apt-get install fonts-liberation2)"));
    if (ok && !arg(r, OPT_QUIET))
        printf(tr(r->lang, "%s: written\n"), o.path);
    session_close(&s);
    return ok;
}
