/* The briefing of a steering committee: the outline of report/LAYOUT.md 3, its sentences by the
 * numbers, room for what only people know. */
#include <string.h>

#include "report/briefing.h"
#include "report/compose.h"
#include "report/fact_cells.h"

/* Heights in mm, so that two to four pages hold it. The bullets would say again what the table of
 * targets says, the fan what the sentence of the forecast says: both are in the situation
 * assessment and on the slides. */
static const double dumbbell_mm = 80, trend_mm = 40, map_mm = 56;

/* The root with the most cases has the most to show by place and month. */
static const struct facts_root *fullest(const struct facts *f)
{
    const struct facts_root *best = f->roots;
    double most = -1;
    for (size_t i = 0; i < f->root_count; i++) {
        double n = cells_number(&f->roots[i].total, 0, "count");
        if (n > most) {
            most = n;
            best = &f->roots[i];
        }
    }
    return best;
}

typedef void (*say_root)(struct buf *b, const struct facts *f, const struct facts_root *r);

/* A paragraph a root; false: none had anything to say. */
static bool each_root(struct doc *d, const struct facts *f, say_root first, say_root second)
{
    size_t before = d->block_count;
    for (size_t i = 0; i < f->root_count; i++) {
        struct buf b = {0};
        first(&b, f, &f->roots[i]);
        if (second)
            second(&b, f, &f->roots[i]);
        doc_paragraph_made(d, DOC_BODY, &b);
        buf_free(&b);
    }
    return d->block_count > before;
}

static void prompt(struct doc *d, const char *text)
{
    doc_paragraph(d, DOC_PROMPT, text);
}

/* ---- I ---- */

/* Of a calendar that the reader does not carry in mind the dates of the same period too. */
static void add_span_before(struct buf *b, const struct facts *f, struct span days)
{
    struct calendar calendar;
    struct buf from = {0}, to = {0};
    if (!calendar_from_span(f->period.span, &calendar) || calendar_is_civil(calendar))
        return;
    say_date(&from, f->before.span.from, f->lang);
    say_date(&to, f->is_running ? span_shift_years(days, -1).to : f->before.span.to, f->lang);
    buf_addf(b, tr(f->lang, " (same period: %s to %s)"), buf_text(&from), buf_text(&to));
    b->failed |= from.failed || to.failed;
    buf_free(&from);
    buf_free(&to);
}

static void add_span(struct buf *b, const struct facts *f)
{
    struct span days = f->period.span;
    if (f->is_running)
        days.to = f->data_end;
    say_span(b, days, f->lang);
    add_span_before(b, f, days);
    buf_addc(b, ',');
}

static void conclusions(struct doc *d, const struct facts *f)
{
    for (size_t i = 0; i < f->root_count; i++) {
        struct buf b = {0};
        if (i == 0)
            add_span(&b, f);
        say_recorded(&b, f, &f->roots[i]);
        say_luck(&b, f, &f->roots[i]);
        briefing_capital(&b);
        doc_paragraph_made(d, DOC_BODY, &b);
        buf_free(&b);
    }
    struct buf b = {0};
    say_running(&b, f);
    say_unreported(&b, f);
    say_growth(&b, f);
    say_breaks(&b, f);
    say_targets(&b, f);
    doc_paragraph_made(d, DOC_BODY, &b);
    say_said(&b, f);
    doc_paragraph_made(d, DOC_BODY, &b);
    buf_free(&b);
}

static void general(struct doc *d, const struct facts *f)
{
    doc_heading(d, 2, tr(f->lang, "Main conclusions"));
    conclusions(d, f);
    compose_targets_table(d, f);
    compose_source(d, f, d->tables ? &f->targets : &f->roots[0].total);
}

static void no_ranking(struct doc *d, const struct facts *f)
{
    doc_paragraph(d, DOC_SOURCE,
                  tr(f->lang, "Not for ranking offices: more cases recorded may mean better "
                              "detection and reporting."));
}

static bool by_unit(struct doc *d, const struct facts *f, struct err *e)
{
    const struct facts_root *main = fullest(f);
    doc_heading(d, 2, tr(f->lang, "By locality"));
    bool listed = each_root(d, f, say_units, NULL);
    if (!listed)
        doc_paragraph(d, DOC_BODY, tr(f->lang, "There are no figures by unit."));
    if (!compose_chart_units(d, f, main, dumbbell_mm, e))
        return false;
    if (listed)
        no_ranking(d, f);
    return true;
}

/* Of all roots the same: no unit stands out. */
static bool is_even(const struct facts *f)
{
    bool known = false;
    for (size_t i = 0; !f->audience && i < f->root_count; i++) {
        const struct result *risk = &f->roots[i].risk;
        for (size_t k = 0; k < risk->row_count; k++)
            if (fact_is(risk, k, "level", "high") || fact_is(risk, k, "level", "elevated"))
                return false;
        known |= risk->row_count > 0;
    }
    return known;
}

static bool hot_places(struct doc *d, const struct facts *f, struct err *e)
{
    doc_heading(d, 3, tr(f->lang, "Localities to watch"));
    if (is_even(f))
        doc_paragraph(d, DOC_BODY,
                      tr(f->lang, "There are no grounds to see any unit above the common level "
                                  "over several years."));
    else if (!each_root(d, f, say_levels, NULL))
        doc_paragraph(d, DOC_BODY,
                      tr(f->lang, "Without population or cases by unit nothing can be said."));
    int figures = d->figures;
    if (!compose_chart_places(d, f, &f->roots[0], map_mm, e))
        return false;
    if (d->figures > figures)
        no_ranking(d, f);
    prompt(d, tr(f->lang, "[To be added: causes and conditions in these localities]"));
    return true;
}

static void kinds(struct doc *d, const struct facts *f)
{
    doc_heading(d, 3, tr(f->lang, "Kinds of act"));
    compose_kinds_table(d, f, NULL);
    doc_paragraph(d, DOC_SOURCE,
                  tr(f->lang, "The plan sets no figure for the single kinds: their change is "
                              "shown, not judged."));
}

static void signs(struct doc *d, const struct facts *f)
{
    struct buf b = {0};
    for (size_t i = 0; i < f->root_count; i++)
        say_alerts(&b, f, &f->roots[i]);
    if (b.len) {
        doc_heading(d, 3, tr(f->lang, "Unusual signs"));
        say_alert_chance(&b, f);
    }
    doc_paragraph_made(d, DOC_BODY, &b);
    buf_free(&b);
}

static bool years(struct doc *d, const struct facts *f, struct err *e)
{
    doc_heading(d, 2, tr(f->lang, "Over several years"));
    if (!each_root(d, f, say_years, NULL))
        doc_paragraph(d, DOC_BODY, tr(f->lang, "Only one period is known."));
    if (!compose_chart_trend(d, f, fullest(f), trend_mm, e) || !hot_places(d, f, e))
        return false;
    kinds(d, f);
    signs(d, f);
    return true;
}

static bool has_forecast(const struct facts *f)
{
    for (size_t i = 0; i < f->root_count; i++)
        if (f->roots[i].forecast.row_count)
            return true;
    return false;
}

static void outlook(struct doc *d, const struct facts *f)
{
    if (!has_forecast(f))
        return;
    doc_heading(d, 2, tr(f->lang, "Forecast to the end of the year"));
    each_root(d, f, say_forecast, NULL);
}

static bool situation(struct doc *d, const struct facts *f, struct err *e)
{
    doc_heading(d, 1, tr(f->lang, "SITUATION AND RESULTS AGAINST THE TARGETS"));
    general(d, f);
    if (!by_unit(d, f, e) || !years(d, f, e))
        return false;
    outlook(d, f);
    return true;
}

/* ---- all ---- */

bool compose_briefing(struct doc *d, const struct facts *f, struct err *e)
{
    struct buf subject = {0}, period = {0};
    say_period(&period, f);
    if (*f->head.subject)
        buf_addf(&subject, "%s %s", f->head.subject, buf_text(&period));
    else
        buf_addf(&subject,
                 tr(f->lang, "Prevention of crimes against children and of crimes and offences "
                             "involving people under 18, %s"),
                 buf_text(&period));
    d->compact = true;
    d->kind = tr(f->lang, "REPORT");
    d->subject = arena_text(&d->arena, buf_text(&subject));
    d->failed |= !d->subject || subject.failed || period.failed;
    buf_free(&subject);
    buf_free(&period);
    compose_head(d, f);
    if (!situation(d, f, e))
        return false;
    briefing_work(d, f);
    briefing_review(d, f);
    briefing_next(d, f);
    compose_end(d, f);
    return !d->failed || err_memory(e);
}
