/* Charts of documents: a script each, with a neutral caption and, for those who cannot see it, the
 * finding and its numbers. */
#include <math.h>
#include <string.h>

#include "plot/cells.h"
#include "report/compose.h"
#include "report/fact_cells.h"

/* ---- one chart ---- */

/* A chart that has nothing to draw (ERR_USAGE, ERR_INPUT) is no failure of the document. */
static bool take(struct doc *d, struct plot *plot, bool ok, const char *caption,
                 const struct buf *alt, struct err *e)
{
    d->failed |= alt->failed;
    if (ok) {
        (void)doc_figure(d, plot, caption, alt->len ? buf_text(alt) : caption);
        return true;
    }
    plot_free(plot);
    if (e->code != ERR_INPUT && e->code != ERR_USAGE)
        return false;
    err_clear(e);
    return true;
}

static struct plot_options options_of(struct plot *plot, double most_mm)
{
    return (struct plot_options){.untitled = true, .most_mm = most_mm, .keep = plot};
}

/* "Số vụ xâm hại trẻ em theo đơn vị, năm 2024" */
static const char *caption(struct doc *d, const char *what, const char *when)
{
    const char *text = arena_format(&d->arena, "%s, %s", what, when);
    d->failed |= !text;
    return text ? text : "";
}

static const char *period_of(struct doc *d, const struct facts *f)
{
    struct buf b = {0};
    say_period(&b, f);
    const char *text = arena_text(&d->arena, buf_text(&b));
    d->failed |= !text || b.failed;
    buf_free(&b);
    return text ? text : "";
}

static const char *about(struct doc *d, const char *what, const struct facts_root *r)
{
    const char *text = arena_format(&d->arena, "%s: %s", what, r->brief);
    d->failed |= !text;
    return text ? text : "";
}

/* A picture of nothing says less than its sentence. */
static bool has_cases(const struct result *r, const char *column, const char *other)
{
    for (size_t i = 0; i < r->row_count; i++)
        if (cells_number(r, i, column) > 0 || (other && cells_number(r, i, other) > 0))
            return true;
    return false;
}

/* ---- the charts ---- */

static bool add_bullets(struct doc *d, const struct facts *f, const struct result *targets,
                        const char *what, double most_mm, struct err *e)
{
    struct plot plot = {0};
    struct buf alt = {0};
    struct plot_options o = options_of(&plot, most_mm);
    if (!targets->row_count)
        return true;
    say_targets(&alt, f);
    bool ok =
        take(d, &plot, plot_targets(targets, &o, e), caption(d, what, period_of(d, f)), &alt, e);
    buf_free(&alt);
    return ok;
}

bool compose_chart_targets(struct doc *d, const struct facts *f, double most_mm, struct err *e)
{
    return add_bullets(d, f, &f->targets, tr(f->lang, "Indicators against their targets"), most_mm,
                       e);
}

bool compose_chart_rates(struct doc *d, const struct facts *f, double most_mm, struct err *e)
{
    struct result rates = f->targets;
    size_t n = rates.column_count;
    rates.row_count = 0;
    rates.cells = arena_alloc(&d->arena, f->targets.row_count * n * sizeof *rates.cells);
    for (size_t i = 0; rates.cells && i < f->targets.row_count; i++)
        if (fact_is(&f->targets, i, "kind", "rate"))
            memcpy(&rates.cells[n * rates.row_count++], &f->targets.cells[n * i],
                   n * sizeof *rates.cells);
    d->failed |= !rates.cells;
    return add_bullets(d, f, &rates, tr(f->lang, "Indicators against their targets"), most_mm, e);
}

bool compose_chart_units(struct doc *d, const struct facts *f, const struct facts_root *r,
                         double most_mm, struct err *e)
{
    struct plot plot = {0};
    struct buf alt = {0};
    struct plot_options o = options_of(&plot, most_mm);
    if (r->units.row_count < 2 || !has_cases(&r->units, "count", "count_before") ||
        isnan(cells_number(&r->total, 0, "count_before")))
        return true;
    say_recorded(&alt, f, r);
    say_units(&alt, f, r);
    const char *what = about(d, tr(f->lang, "Cases by unit against the same period"), r);
    bool ok =
        take(d, &plot, plot_yoy(&r->units, &o, e), caption(d, what, period_of(d, f)), &alt, e);
    buf_free(&alt);
    return ok;
}

bool compose_chart_trend(struct doc *d, const struct facts *f, const struct facts_root *r,
                         double most_mm, struct err *e)
{
    struct plot plot = {0};
    struct buf alt = {0}, what = {0}, base = {0};
    struct plot_options o = options_of(&plot, most_mm);
    if (!has_cases(&r->months, "count", NULL))
        return true;
    say_years(&alt, f, r);
    buf_adds(&what, about(d, tr(f->lang, "Cases by month"), r));
    if (say_note(&r->trend, 0, "compared_units", &base))
        buf_addf(&what, tr(f->lang, " (%s units)"), buf_text(&base));
    d->failed |= what.failed || base.failed;
    bool ok = take(d, &plot, plot_trend(&r->months, &r->trend, &o, e), buf_text(&what), &alt, e);
    buf_free(&base);
    buf_free(&what);
    buf_free(&alt);
    return ok;
}

/* "2022–2024" of whole years, else the days. */
static void add_span(struct buf *b, day from, day to, enum lang lang)
{
    struct date first = date_from_day(from), last = date_from_day(to), next = date_from_day(to + 1);
    if (first.month == 1 && first.mday == 1 && next.month == 1 && next.mday == 1) {
        buf_addf(b, "%d–%d", first.year, last.year);
        return;
    }
    say_date(b, from, lang);
    buf_adds(b, "–");
    say_date(b, to, lang);
}

static bool add_places(struct doc *d, const struct facts *f, const struct facts_root *r,
                       struct plot *plot, bool drawn, const char *what, struct err *e)
{
    struct buf alt = {0}, when = {0};
    day to = f->period.span.to, next = day_shift_years(to + 1, -3);
    say_levels(&alt, f, r);
    add_span(&when, next, to, f->lang);
    bool ok = take(d, plot, drawn, caption(d, about(d, what, r), buf_text(&when)), &alt, e);
    buf_free(&when);
    buf_free(&alt);
    return ok;
}

bool compose_chart_risk(struct doc *d, const struct facts *f, const struct facts_root *r,
                        double most_mm, struct err *e)
{
    struct plot plot = {0};
    struct plot_options o = options_of(&plot, most_mm);
    if (fact_places(&r->risk) < 2 || !has_cases(&r->risk, "count", NULL))
        return true;
    return add_places(d, f, r, &plot, plot_risk(&r->risk, &o, e),
                      tr(f->lang, "Units against the common level"), e);
}

bool compose_chart_funnel(struct doc *d, const struct facts *f, const struct facts_root *r,
                          double most_mm, struct err *e)
{
    struct plot plot = {0};
    struct plot_options o = options_of(&plot, most_mm);
    if (fact_places(&r->risk) < 2 || !has_cases(&r->risk, "count", NULL))
        return true;
    return add_places(d, f, r, &plot, plot_funnel(&r->risk, &r->limits, &o, e),
                      tr(f->lang, "Units and the limits of chance"), e);
}

bool compose_chart_places(struct doc *d, const struct facts *f, const struct facts_root *r,
                          double most_mm, struct err *e)
{
    struct plot plot = {0};
    struct plot_options o = options_of(&plot, most_mm);
    int before = d->figures;
    if (fact_places(&r->risk) < 2 || !has_cases(&r->risk, "count", NULL))
        return true;
    if (r->shapes && !add_places(d, f, r, &plot, plot_map(&r->risk, r->shapes, &o, e),
                                 tr(f->lang, "Map against the common level"), e))
        return false;
    return d->figures > before || compose_chart_risk(d, f, r, most_mm, e);
}

bool compose_chart_forecast(struct doc *d, const struct facts *f, const struct facts_root *r,
                            double most_mm, struct err *e)
{
    struct plot plot = {0};
    struct buf alt = {0};
    struct plot_options o = options_of(&plot, most_mm);
    if (!r->forecast.row_count || !r->path.row_count)
        return true;
    say_forecast(&alt, f, r);
    const char *what = about(d, tr(f->lang, "Forecast to the end of the year"), r);
    bool ok = take(d, &plot, plot_forecast(&r->path, &r->forecast, &o, e),
                   caption(d, what, f->year.label), &alt, e);
    buf_free(&alt);
    return ok;
}

bool compose_chart_seasonal(struct doc *d, const struct facts *f, const struct facts_root *r,
                            double most_mm, struct err *e)
{
    struct plot plot = {0};
    struct buf alt = {0};
    struct plot_options o = options_of(&plot, most_mm);
    if (!has_cases(&r->months, "count", NULL))
        return true;
    say_years(&alt, f, r);
    const char *what = tr(f->lang, "Cases by month and year");
    bool ok =
        take(d, &plot, plot_seasonal(&r->months, &r->trend, &o, e), about(d, what, r), &alt, e);
    buf_free(&alt);
    return ok;
}

bool compose_chart_coverage(struct doc *d, const struct facts *f, double most_mm, struct err *e)
{
    struct plot plot = {0};
    struct buf alt = {0};
    struct plot_options o = options_of(&plot, most_mm);
    if (!f->root_count || !f->roots[0].states.row_count)
        return true;
    buf_adds(&alt, tr(f->lang, "Which unit has reported which month."));
    say_unreported(&alt, f);
    bool ok = take(d, &plot, plot_coverage(&f->roots[0].states, &o, e),
                   tr(f->lang, "Which unit has reported which month"), &alt, e);
    buf_free(&alt);
    return ok;
}
