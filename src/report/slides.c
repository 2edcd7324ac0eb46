/* Slides: one message each. A slide whose result has no rows is left out. */
#include <string.h>

#include "report/compose.h"
#include "report/fact_cells.h"
#include "report/show.h"
#include "report/slides_next.h"
#include "report/slides_words.h"

/* The height of charts 160 mm wide: the box between title and foot is as wide as 2.25 times its
 * height. */
#define CHART_MM 71

/* ---- cover ---- */

static void add_cover(struct doc *d, const struct facts *f)
{
    struct buf text = {0}, subject = {0};
    say_period(&subject, f);
    d->kind = tr(f->lang, "REPORT");
    d->subject = arena_format(&d->arena,
                              tr(f->lang, "Child abuse and offences that involve people "
                                          "under 18: situation and targets, %s"),
                              buf_text(&subject));
    d->failed |= subject.failed || !d->subject;
    buf_addf(&text, "%s", *f->head.body_name ? f->head.body_name : f->unit_name);
    fact_capital(&text, 0);
    if (f->synthetic)
        buf_addf(&text, "\n%s",
                 tr(f->lang, "All figures are simulated and serve to show the "
                             "layout only."));
    struct doc_block *b = doc_add(d, DOC_COVER);
    doc_run(d, b, buf_text(&text), false, false);
    d->failed |= text.failed;
    buf_free(&text);
    buf_free(&subject);
}

/* ---- the result ---- */

enum { TGT_NUMBER, TGT_NAME, TGT_TARGET, TGT_RESULT, TGT_VERDICT, TGT_COLUMNS };

static const struct doc_column *target_columns(struct doc *d, enum lang lang)
{
    const struct doc_column columns[TGT_COLUMNS] = {
        [TGT_NUMBER] = {tr(lang, "No."), NULL, 14, DOC_CENTRE},
        [TGT_NAME] = {tr(lang, "Item"), NULL, 134, DOC_LEFT},
        [TGT_TARGET] = {tr(lang, "Target"), NULL, 30, DOC_CENTRE},
        [TGT_RESULT] = {tr(lang, "Result"), NULL, 70, DOC_LEFT},
        [TGT_VERDICT] = {tr(lang, "Verdict"), NULL, 62, DOC_LEFT},
    };
    struct doc_column *kept = arena_alloc(&d->arena, sizeof columns);
    d->failed |= !kept;
    if (kept)
        memcpy(kept, columns, sizeof columns);
    return kept;
}

static void add_target(struct doc *d, struct doc_table *t, const struct facts *f, size_t row)
{
    const struct result *r = &f->targets;
    struct buf verdict = {0};
    const char *token = cells_text(r, row, "verdict"), *missing = cells_text(r, row, "missing");
    bool open = !strcmp(token, "not_met") || !strcmp(token, "lost") || !strcmp(token, "at_risk");
    doc_row(d, t, open);
    doc_cell(d, t, TGT_NUMBER, cells_text(r, row, "indicator"));
    doc_cell(d, t, TGT_NAME, cells_text(r, row, "name"));
    doc_cell(d, t, TGT_TARGET, cells_text(r, row, "target"));
    doc_cell(d, t, TGT_RESULT, cells_text(r, row, "result"));
    buf_adds(&verdict, open ? "▲\u00a0" : "");
    size_t start = verdict.len;
    show_cell(r, row, result_column(r, "verdict"), &verdict);
    fact_capital(&verdict, start);
    if (open && *missing)
        buf_addf(&verdict, ", %s", missing);
    doc_cell_made(d, t, TGT_VERDICT, &verdict);
    buf_free(&verdict);
}

/* What is watched without a target stays in the briefing. */
static void add_targets(struct doc *d, const struct facts *f)
{
    const struct doc_column *columns = target_columns(d, f->lang);
    if (!columns)
        return;
    struct doc_table *t = doc_table(d, tr(f->lang, "Targets"), columns, TGT_COLUMNS);
    for (size_t i = 0; t && i < f->targets.row_count; i++)
        if (*cells_text(&f->targets, i, "verdict"))
            add_target(d, t, f, i);
}

static bool has_verdicts(const struct facts *f)
{
    for (size_t i = 0; i < f->targets.row_count; i++)
        if (*cells_text(&f->targets, i, "verdict"))
            return true;
    return false;
}

static void add_sentences(struct doc *d, const struct facts *f)
{
    struct buf text = {0};
    for (size_t i = 0; i < f->root_count; i++) {
        say_recorded(&text, f, &f->roots[i]);
        fact_capital(&text, 0);
        doc_paragraph_made(d, DOC_BULLET, &text);
    }
    buf_free(&text);
}

static void add_result(struct doc *d, const struct facts *f)
{
    struct buf title = {0};
    slides_say_result(&title, f);
    doc_heading(d, 1, buf_text(&title));
    d->failed |= title.failed;
    buf_free(&title);
    if (has_verdicts(f)) {
        add_targets(d, f);
        compose_source(d, f, &f->targets);
        return;
    }
    add_sentences(d, f);
    doc_paragraph(d, DOC_BULLET, tr(f->lang, "No plan with targets is loaded for this period."));
    if (f->root_count)
        compose_source(d, f, &f->roots[0].total);
}

/* ---- charts ---- */

typedef void say(struct buf *b, const struct facts *f, const struct facts_root *r);

/* A finding, its chart (else its sentences), its source. */
struct slide {
    say *title;
    bool (*draw)(struct doc *d, const struct facts *f, const struct facts_root *r, double most_mm,
                 struct err *e);
    say *instead;
    bool lists_units;
};

static const struct slide change = {slides_say_change, compose_chart_units, say_units, true},
                          course = {slides_say_trend, compose_chart_trend, say_years, false},
                          map = {slides_say_places, compose_chart_places, say_levels, true},
                          spread = {slides_say_spread, compose_chart_risk, say_levels, true},
                          level = {slides_say_places, compose_chart_risk, say_levels, true},
                          outlook = {slides_say_forecast, compose_chart_forecast, say_forecast,
                                     false};

/* Towns are told of where a place stands out. */
static void add_caveats(struct doc *d, const struct facts *f, const struct result *of)
{
    struct buf text = {0};
    buf_adds(&text, tr(f->lang, "Not for ranking offices: more cases recorded may mean better "
                                "detection and reporting."));
    say_footer(&text, of,
               tr(f->lang, "A market town also takes cases from visitors; the rate counts "
                           "residents only."));
    doc_paragraph_made(d, DOC_SOURCE, &text);
    buf_free(&text);
}

static bool add_slide(struct doc *d, const struct facts *f, const struct facts_root *r,
                      const struct slide *s, const struct result *of, struct err *e)
{
    struct buf text = {0};
    int figures = d->figures;
    bool ok = true;
    s->title(&text, f, r);
    if (text.len && of->row_count) {
        doc_heading(d, 1, buf_text(&text));
        ok = s->draw(d, f, r, CHART_MM, e);
        buf_clear(&text);
        if (d->figures == figures)
            s->instead(&text, f, r);
        if (d->figures == figures && !text.len)
            say_recorded(&text, f, r);
        fact_capital(&text, 0);
        doc_paragraph_made(d, DOC_BODY, &text);
        if (s->lists_units && d->figures > figures)
            add_caveats(d, f, of);
        compose_source(d, f, of);
    }
    d->failed |= text.failed;
    buf_free(&text);
    return ok;
}

/* One unit alone has no slide of units: its change is said without a chart. */
static bool add_changes(struct doc *d, const struct facts *f, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < f->root_count; i++)
        ok = add_slide(d, f, &f->roots[i], &change, &f->roots[i].units, e);
    return ok;
}

static bool add_courses(struct doc *d, const struct facts *f, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < f->root_count; i++)
        ok = add_slide(d, f, &f->roots[i], &course, &f->roots[i].months, e);
    return ok;
}

/* Where nothing stands out, five shades would show differences that are none: units with their
 * intervals alone. */
static bool add_places(struct doc *d, const struct facts *f, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < f->root_count; i++) {
        const struct facts_root *r = &f->roots[i];
        bool is_mapped = fact_has_map(r) && slides_has_watched(r);
        ok =
            (!is_mapped || add_slide(d, f, r, &map, &r->risk, e)) &&
            add_slide(d, f, r, is_mapped || !slides_has_watched(r) ? &spread : &level, &r->risk, e);
    }
    return ok;
}

static bool add_outlook(struct doc *d, const struct facts *f, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < f->root_count; i++)
        ok = add_slide(d, f, &f->roots[i], &outlook, &f->roots[i].forecast, e);
    return ok;
}

static bool add_rates(struct doc *d, const struct facts *f, struct err *e)
{
    struct buf text = {0};
    bool ok = true;
    slides_say_rates(&text, f);
    if (text.len) {
        int figures = d->figures;
        doc_heading(d, 1, buf_text(&text));
        ok = compose_chart_rates(d, f, CHART_MM, e);
        buf_clear(&text);
        if (d->figures == figures)
            say_targets(&text, f);
        doc_paragraph_made(d, DOC_BODY, &text);
        compose_source(d, f, &f->targets);
    }
    d->failed |= text.failed;
    buf_free(&text);
    return ok;
}

bool compose_slides(struct doc *d, const struct facts *f, struct err *e)
{
    add_cover(d, f);
    add_result(d, f);
    if (!add_changes(d, f, e) || !add_rates(d, f, e) || !add_courses(d, f, e) ||
        !add_places(d, f, e) || !add_outlook(d, f, e))
        return false;
    doc_heading(d, 1, tr(f->lang, "What to do first"));
    slides_next(d, f);
    doc_heading(d, 1, tr(f->lang, "Where the figures come from and how they are read"));
    if (f->root_count)
        slides_known(d, f);
    return !d->failed || err_memory(e);
}
