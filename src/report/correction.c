/* The correction of a report that was issued: another report, since figures are content and what is
 * wrong in content is put right by a document of the same form (Nghị định 30/2020, article 18). */
#include "report/correction.h"

#include <string.h>

#include "base/num.h"
#include "report/fact_cells.h"

enum { COR_WHAT, COR_SENT, COR_NOW, COR_WHY, COR_COLUMNS };

static bool is_target(const struct said_line *l)
{
    return !strcmp(l->then.figure, "target");
}

/* ---- what is corrected ---- */

/* "Báo cáo số 15/BC-BCĐ138 ngày 20/12/2024" */
static void add_report(struct buf *b, const char *number, day on, enum lang lang)
{
    struct buf date = {0};
    say_date(&date, on, lang);
    buf_addf(b, tr(lang, "Report No. %s of %s"), number, buf_text(&date));
    b->failed |= date.failed;
    buf_free(&date);
}

static void set_subject(struct doc *d, const struct facts *f, const struct correction *c)
{
    struct buf subject = {0}, report = {0};
    add_report(&report, c->number, c->on, f->lang);
    buf_addf(&subject, tr(f->lang, "Correction of figures in %s"), buf_text(&report));
    d->kind = tr(f->lang, "REPORT");
    d->subject = arena_text(&d->arena, buf_text(&subject));
    d->failed |= !d->subject || subject.failed || report.failed;
    buf_free(&subject);
    buf_free(&report);
}

static void opening(struct doc *d, const struct facts *f, const struct correction *c)
{
    struct buf b = {0}, report = {0}, period = {0};
    add_report(&report, c->number, c->on, f->lang);
    if (c->last) {
        buf_adds(&report, tr(f->lang, " (corrected by "));
        add_report(&report, c->last, c->last_on, f->lang);
        buf_addc(&report, ')');
    }
    say_period(&period, f);
    if (f->own) {
        buf_adds(&period, ", ");
        say_unit(&period, f->own->unit_name, f->lang);
    }
    buf_addf(&b, tr(f->lang, "%s corrects figures on %s given in %s as follows:"),
             f->head.body_name, buf_text(&period), buf_text(&report));
    d->failed |= report.failed || period.failed;
    doc_paragraph_made(d, DOC_BODY, &b);
    buf_free(&b);
    buf_free(&report);
    buf_free(&period);
}

/* ---- the table ---- */

static const struct doc_column *columns_of(struct doc *d, enum lang lang)
{
    struct doc_column *c = arena_alloc(&d->arena, COR_COLUMNS * sizeof *c);
    if (!c) {
        d->failed = true;
        return NULL;
    }
    c[COR_WHAT] = (struct doc_column){tr(lang, "Content"), NULL, 60, DOC_LEFT};
    c[COR_SENT] = (struct doc_column){tr(lang, "As reported"), NULL, 26, DOC_CENTRE};
    c[COR_NOW] = (struct doc_column){tr(lang, "Corrected"), NULL, 26, DOC_CENTRE};
    c[COR_WHY] = (struct doc_column){tr(lang, "Reason"), NULL, 48, DOC_LEFT};
    return c;
}

static void set_what(struct doc *d, struct doc_table *t, const struct said_line *l)
{
    struct buf b = {0};
    if (is_target(l))
        buf_addf(&b, tr(d->lang, "Indicator %s: %s"), l->then.key, l->then.name);
    else
        buf_addf(&b, tr(d->lang, "Cases: %s"), *l->then.name ? l->then.name : l->then.key);
    doc_cell_made(d, t, COR_WHAT, &b);
    buf_free(&b);
}

/* "22\n(cùng kỳ 26)"; "9/10". */
static void set_value(struct doc *d, struct doc_table *t, size_t column, const struct said_line *l,
                      const struct issued_figure *f)
{
    struct buf b = {0};
    said_value(&b, f, false, d->lang);
    if (!is_target(l) && f->has_base && l->then.base != l->now.base) {
        struct buf base = {0};
        num_add_count(&base, f->base, d->lang);
        buf_addf(&b, tr(d->lang, "\n(same period %s)"), buf_text(&base));
        b.failed |= base.failed;
        buf_free(&base);
    }
    doc_cell_made(d, t, column, &b);
    buf_free(&b);
}

static void set_why(struct doc *d, struct doc_table *t, const struct said_line *l)
{
    struct buf b = {0}, before = {0};
    said_reasons(&b, &l->why, d->lang);
    said_reasons(&before, &l->why_before, d->lang);
    if (before.len)
        buf_addf(&b, tr(d->lang, "%ssame period: %s"), b.len ? "; " : "", buf_text(&before));
    if (!b.len)
        buf_adds(&b, tr(d->lang, "entered or updated since"));
    b.failed |= before.failed;
    doc_cell_made(d, t, COR_WHY, &b);
    buf_free(&b);
    buf_free(&before);
}

/* A verdict alone may change, of figures that stay: it stands in the list below. */
static bool has_moved(const struct said_line *l)
{
    return l->then.count != l->now.count || l->then.base != l->now.base ||
           l->then.has_count != l->now.has_count || l->then.has_base != l->now.has_base;
}

static void table(struct doc *d, const struct facts *f, const struct correction *c)
{
    struct buf caption = {0}, period = {0};
    const struct doc_column *columns = columns_of(d, f->lang);
    bool any = false;
    for (size_t i = 0; i < c->lines->count; i++)
        any |= has_moved(&c->lines->items[i]);
    if (!any)
        doc_paragraph(d, DOC_BODY, tr(f->lang, "No figure changes, a conclusion does."));
    if (!any || !columns)
        return;
    say_period(&period, f);
    buf_addf(&caption, tr(f->lang, "Figures reported and corrected, %s"), buf_text(&period));
    struct doc_table *t = doc_table(d, buf_text(&caption), columns, COR_COLUMNS);
    for (size_t i = 0; i < c->lines->count; i++) {
        const struct said_line *l = &c->lines->items[i];
        if (!has_moved(l))
            continue;
        doc_row(d, t, !strcmp(l->then.figure, "total"));
        set_what(d, t, l);
        set_value(d, t, COR_SENT, l, &l->then);
        set_value(d, t, COR_NOW, l, &l->now);
        set_why(d, t, l);
    }
    d->failed |= caption.failed || period.failed;
    buf_free(&caption);
    buf_free(&period);
}

static void add_ends(struct buf *b, const struct correction *c, enum lang lang)
{
    struct buf then = {0}, now = {0};
    if (c->data_end_then == c->data_end_now || c->data_end_then == DAY_NONE ||
        c->data_end_now == DAY_NONE)
        return;
    say_date(&then, c->data_end_then, lang);
    say_date(&now, c->data_end_now, lang);
    buf_addf(b, tr(lang, " The data then reached to %s, now to %s."), buf_text(&then),
             buf_text(&now));
    b->failed |= then.failed || now.failed;
    buf_free(&then);
    buf_free(&now);
}

static void below(struct doc *d, const struct facts *f, const struct correction *c)
{
    struct buf b = {0};
    buf_addf(&b, tr(f->lang, "%zu headline figures compared, %zu of them unchanged."), c->compared,
             c->compared - c->lines->count);
    add_ends(&b, c, f->lang);
    if (f->synthetic)
        buf_addf(&b, " %s.", tr(f->lang, "Simulated data"));
    doc_paragraph_made(d, DOC_SOURCE, &b);
    buf_free(&b);
}

/* ---- conclusions ---- */

static void conclusion(struct doc *d, const struct said_line *l)
{
    struct buf verdict = {0}, b = {0};
    said_verdict(&verdict, l, d->lang);
    if (verdict.len)
        buf_addf(&b, tr(d->lang, "Indicator %s (%s): %s."), l->then.key, l->then.name,
                 buf_text(&verdict));
    b.failed |= verdict.failed;
    doc_paragraph_made(d, DOC_BULLET, &b);
    buf_free(&verdict);
    buf_free(&b);
}

static bool is_judged(const struct said_line *l)
{
    return is_target(l) && (*l->then.verdict || *l->now.verdict);
}

static void conclusions(struct doc *d, const struct facts *f, const struct correction *c)
{
    bool any = false;
    for (size_t i = 0; i < c->lines->count; i++)
        any |= is_judged(&c->lines->items[i]);
    if (!any)
        return;
    doc_heading(d, 1, tr(f->lang, "CONCLUSIONS ON THE INDICATORS"));
    for (size_t i = 0; i < c->lines->count; i++)
        if (is_judged(&c->lines->items[i]))
            conclusion(d, &c->lines->items[i]);
}

/* ---- all ---- */

static void ending(struct doc *d, const struct facts *f, const struct correction *c)
{
    struct buf b = {0}, report = {0};
    doc_paragraph(d, DOC_PROMPT,
                  tr(f->lang, "[To be added, if need be: figures by unit and kind that change]"));
    add_report(&report, c->number, c->on, f->lang);
    buf_addf(&b, tr(f->lang, "Those who received %s are asked to use the corrected figures./."),
             buf_text(&report));
    d->failed |= report.failed;
    doc_paragraph_made(d, DOC_LAST, &b);
    doc_add(d, DOC_CLOSING);
    buf_free(&report);
    buf_free(&b);
}

bool compose_correction(struct doc *d, const struct facts *f, const struct correction *c,
                        struct err *e)
{
    set_subject(d, f, c);
    doc_add(d, DOC_LETTERHEAD);
    if (f->synthetic)
        doc_paragraph(d, DOC_NOTE,
                      tr(f->lang, "All figures in this document are simulated: they only show how "
                                  "it is laid out."));
    opening(d, f, c);
    doc_heading(d, 1, tr(f->lang, "CORRECTED FIGURES"));
    table(d, f, c);
    below(d, f, c);
    conclusions(d, f, c);
    ending(d, f, c);
    return !d->failed || err_memory(e);
}
