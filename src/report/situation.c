/* The situation assessment: everything that the facts hold, in six chapters and three appendices
 * (report/LAYOUT.md 4, domain.md 9). */
#include "report/situation.h"

#include "report/compose.h"
#include "report/slides_words.h"

/* Heights in mm: two charts and their sentences to a page. */
static const double coverage_mm = 75, trend_mm = 68, season_mm = 55, units_mm = 80, map_mm = 92,
                    risk_mm = 80, funnel_mm = 66, bullet_mm = 100, fan_mm = 70;

typedef void say_root(struct buf *b, const struct facts *f, const struct facts_root *r);
typedef void say_all(struct buf *b, const struct facts *f);

/* ---- paragraphs ---- */

static void paragraph(struct doc *d, const struct facts *f, say_all *say)
{
    struct buf text = {0};
    say(&text, f);
    doc_paragraph_made(d, DOC_BODY, &text);
    buf_free(&text);
}

/* False: there was nothing to say. */
static bool about_root(struct doc *d, const struct facts *f, const struct facts_root *r,
                       enum doc_role role, say_root *say)
{
    struct buf text = {0};
    say(&text, f, r);
    bool said = text.len > 0;
    if (said)
        fact_capital(&text, 0);
    if (said && text.data[text.len - 1] != '.')
        buf_addc(&text, '.');
    doc_paragraph_made(d, role, &text);
    buf_free(&text);
    return said;
}

static void missing(struct doc *d, const struct facts *f, const char *text)
{
    doc_paragraph(d, DOC_BODY, tr(f->lang, text));
}

static void source(struct doc *d, const struct facts *f, const struct result *r)
{
    if (r->row_count)
        compose_source(d, f, r);
}

/* ---- I ---- */

static bool scope(struct doc *d, const struct facts *f, struct err *e)
{
    int figures = d->figures;
    doc_heading(d, 1, tr(f->lang, "SCOPE, SOURCES AND QUALITY OF THE FIGURES"));
    doc_heading(d, 2, tr(f->lang, "Scope and sources"));
    paragraph(d, f, situation_say_scope);
    paragraph(d, f, say_breaks);
    paragraph(d, f, say_said);
    doc_heading(d, 2, tr(f->lang, "Reporting by the units"));
    paragraph(d, f, situation_say_reported);
    paragraph(d, f, say_unreported);
    paragraph(d, f, say_growth);
    paragraph(d, f, situation_say_unplaced);
    if (!compose_chart_coverage(d, f, coverage_mm, e))
        return false;
    if (d->figures > figures)
        source(d, f, &f->roots[0].states);
    return true;
}

/* ---- II ---- */

static void years(struct doc *d, const struct facts *f, const struct facts_root *r)
{
    if (!about_root(d, f, r, DOC_BODY, say_years))
        missing(d, f, N_("Earlier years are not known, so they are not compared."));
    about_root(d, f, r, DOC_BODY, say_luck);
}

static bool course(struct doc *d, const struct facts *f, const struct facts_root *r, struct err *e)
{
    doc_heading(d, 2, r->name);
    if (!about_root(d, f, r, DOC_BODY, say_recorded))
        missing(d, f, N_("Nothing is known of this period yet."));
    years(d, f, r);
    if (!compose_chart_trend(d, f, r, trend_mm, e))
        return false;
    about_root(d, f, r, DOC_BODY, situation_say_trend);
    if (!compose_chart_seasonal(d, f, r, season_mm, e))
        return false;
    source(d, f, &r->months);
    about_root(d, f, r, DOC_BODY, situation_say_kinds);
    return true;
}

static bool courses(struct doc *d, const struct facts *f, struct err *e)
{
    bool ok = true;
    doc_heading(d, 1, tr(f->lang, "THE COURSE AS A WHOLE"));
    for (size_t i = 0; ok && i < f->root_count; i++)
        ok = course(d, f, &f->roots[i], e);
    situation_benchmarks(d, f);
    return ok;
}

/* ---- III ---- */

static void no_ranking(struct doc *d, const struct facts *f)
{
    doc_paragraph(d, DOC_SOURCE,
                  tr(f->lang, "Not for ranking offices: more cases recorded may mean better "
                              "detection and reporting."));
}

static bool changes(struct doc *d, const struct facts *f, const struct facts_root *r, struct err *e)
{
    int figures = d->figures;
    if (!about_root(d, f, r, DOC_BODY, say_units))
        missing(d, f, N_("There are no units below to compare."));
    if (!compose_chart_units(d, f, r, units_mm, e))
        return false;
    if (d->figures > figures)
        no_ranking(d, f);
    return true;
}

static bool levels(struct doc *d, const struct facts *f, const struct facts_root *r, struct err *e)
{
    if (!about_root(d, f, r, DOC_BODY, say_levels)) {
        missing(d, f,
                N_("The level of the places cannot be judged: there is one unit only, or its "
                   "population is not loaded."));
        return true;
    }
    if (fact_places(&r->risk) < 2)
        return true;
    about_root(d, f, r, DOC_BODY, situation_say_lasting);
    int figures = d->figures;
    bool mapped = fact_has_map(r);
    if ((mapped && !compose_chart_places(d, f, r, map_mm, e)) ||
        !compose_chart_risk(d, f, r, risk_mm, e) || !compose_chart_funnel(d, f, r, funnel_mm, e))
        return false;
    if (!mapped)
        missing(d, f, N_("No map: the boundaries and places of the units are not loaded."));
    if (d->figures > figures)
        no_ranking(d, f);
    source(d, f, &r->risk);
    return true;
}

static bool places(struct doc *d, const struct facts *f, struct err *e)
{
    bool ok = true;
    doc_heading(d, 1, tr(f->lang, "BY LOCALITY"));
    for (size_t i = 0; ok && i < f->root_count; i++) {
        doc_heading(d, 2, f->roots[i].name);
        ok = changes(d, f, &f->roots[i], e) && levels(d, f, &f->roots[i], e);
    }
    return ok;
}

/* ---- IV ---- */

static bool targets(struct doc *d, const struct facts *f, struct err *e)
{
    doc_heading(d, 1, tr(f->lang, "TARGETS"));
    if (!f->targets.row_count) {
        missing(d, f, N_("No plan with targets is loaded for this period."));
        return true;
    }
    paragraph(d, f, say_targets);
    compose_targets_table(d, f);
    compose_source(d, f, &f->targets);
    return compose_chart_targets(d, f, bullet_mm, e);
}

/* ---- V ---- */

static void alarms(struct doc *d, const struct facts *f)
{
    bool judged = false, any = false;
    doc_heading(d, 1, tr(f->lang, "UNUSUAL SIGNS"));
    for (size_t i = 0; i < f->root_count; i++) {
        judged |= f->roots[i].alerts.row_count > 0;
        any |= about_root(d, f, &f->roots[i], DOC_BODY, say_alerts);
    }
    if (!judged)
        missing(d, f, N_("The latest months cannot be judged: earlier years are not known."));
    else if (!any)
        missing(d, f, N_("No unit has a month above the usual in the last quarter of the period."));
    struct buf chance = {0};
    if (any)
        say_alert_chance(&chance, f);
    doc_paragraph_made(d, DOC_BODY, &chance);
    buf_free(&chance);
    if (situation_alarms(d, f))
        compose_source(d, f, &f->roots[0].alerts);
}

/* ---- VI ---- */

static void findings(struct doc *d, const struct facts *f)
{
    struct buf text = {0};
    doc_heading(d, 2, tr(f->lang, "Assessment"));
    for (size_t i = 0; i < f->root_count; i++) {
        about_root(d, f, &f->roots[i], DOC_BULLET, slides_say_change);
        about_root(d, f, &f->roots[i], DOC_BULLET, say_years);
        about_root(d, f, &f->roots[i], DOC_BULLET, slides_say_places);
    }
    slides_say_rates(&text, f);
    if (text.len)
        buf_addc(&text, '.');
    doc_paragraph_made(d, DOC_BULLET, &text);
    doc_paragraph(d, DOC_PROMPT, tr(f->lang, "[To be added]"));
    buf_free(&text);
}

static bool outlook(struct doc *d, const struct facts *f, struct err *e)
{
    bool any = false, ok = true;
    doc_heading(d, 2, tr(f->lang, "Forecast"));
    for (size_t i = 0; ok && i < f->root_count; i++) {
        const struct facts_root *r = &f->roots[i];
        any |= about_root(d, f, r, DOC_BODY, say_forecast);
        ok = compose_chart_forecast(d, f, r, fan_mm, e);
        source(d, f, &r->forecast);
    }
    if (!any)
        missing(d, f,
                f->is_year && !f->is_running
                    ? N_("The year is over: there is no rest of it to forecast.")
                    : N_("There are too few months for a forecast."));
    return ok;
}

static bool conclusion(struct doc *d, const struct facts *f, struct err *e)
{
    doc_heading(d, 1, tr(f->lang, "ASSESSMENT AND FORECAST"));
    findings(d, f);
    return outlook(d, f, e);
}

/* ---- all ---- */

static void add_subject(struct doc *d, const struct facts *f)
{
    struct buf period = {0};
    say_period(&period, f);
    d->kind = tr(f->lang, "REPORT");
    d->subject = arena_format(&d->arena,
                              tr(f->lang, "Assessment of the situation of child abuse and of "
                                          "offences that involve people under 18, %s"),
                              buf_text(&period));
    d->failed |= period.failed || !d->subject;
    buf_free(&period);
}

bool compose_situation(struct doc *d, const struct facts *f, struct err *e)
{
    add_subject(d, f);
    compose_head(d, f);
    if (!scope(d, f, e) || !courses(d, f, e) || !places(d, f, e) || !targets(d, f, e))
        return false;
    alarms(d, f);
    if (!conclusion(d, f, e))
        return false;
    compose_end(d, f);
    situation_kinds(d, f);
    situation_units(d, f);
    situation_method(d, f);
    return !d->failed || err_memory(e);
}
