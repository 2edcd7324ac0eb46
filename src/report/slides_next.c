#include "report/slides_next.h"

#include <math.h>
#include <string.h>

#include "report/fact_cells.h"
#include "report/slides_words.h"

enum { MOST_NAMES = 4 };

/* ---- what to do first ---- */

static bool is_watched(const struct result *risk, size_t row)
{
    return !fact_is_total(risk, row) &&
           (fact_is(risk, row, "level", "high") || fact_is(risk, row, "level", "elevated"));
}

static void add_more(struct buf *b, size_t n, enum lang lang)
{
    if (n > MOST_NAMES)
        buf_addf(b, tr(lang, " and %zu more places"), n - MOST_NAMES);
}

/* "thị trấn Mỹ An (xâm hại trẻ em)"; as many names as are read at a glance. */
static void add_watched(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    struct buf names = {0};
    size_t n = 0;
    for (size_t i = 0; i < r->risk.row_count; i++) {
        if (!is_watched(&r->risk, i) || ++n > MOST_NAMES)
            continue;
        buf_adds(&names, n > 1 ? ", " : "");
        say_unit(&names, cells_text(&r->risk, i, "unit_name"), f->lang);
    }
    add_more(&names, n, f->lang);
    if (n)
        buf_addf(b, "%s%s (%s)", b->len ? "; " : "", buf_text(&names), r->brief);
    b->failed |= names.failed;
    buf_free(&names);
}

static void next_places(struct doc *d, const struct facts *f)
{
    struct buf names = {0}, text = {0};
    for (size_t i = 0; i < f->root_count; i++)
        add_watched(&names, f, &f->roots[i]);
    if (names.len)
        buf_addf(&text, tr(f->lang, "Look first at: %s; check what lies behind the numbers there."),
                 buf_text(&names));
    text.failed |= names.failed;
    doc_paragraph_made(d, DOC_BULLET, &text);
    buf_free(&names);
    buf_free(&text);
}

static void next_targets(struct doc *d, const struct facts *f)
{
    struct buf names = {0}, text = {0};
    if (slides_add_missing(&names, f, "rate"))
        buf_addf(&text, tr(f->lang, "Finish what the indicators lack: %s."), buf_text(&names));
    text.failed |= names.failed;
    doc_paragraph_made(d, DOC_BULLET, &text);
    buf_free(&names);
    buf_free(&text);
}

/* "xã Láng Biển (báo cáo đến 30/09/2024)"; the roots are reported together. */
static void add_silent(struct buf *b, const struct facts *f, const struct result *units, size_t *n)
{
    for (size_t i = 0; i < units->row_count; i++) {
        struct buf to = {0};
        if (!say_is_unit(f, units, i) || !fact_is(units, i, "verdict", "incomplete") ||
            ++*n > MOST_NAMES)
            continue;
        buf_adds(b, *n > 1 ? ", " : "");
        say_unit(b, cells_text(units, i, "unit_name"), f->lang);
        if (say_note(units, i, "covered_to", &to)) {
            struct buf end = {0};
            fact_add_day(&end, buf_text(&to), f->lang);
            buf_addf(b, tr(f->lang, " (reported to %s)"), buf_text(&end));
            buf_free(&end);
        }
        buf_free(&to);
    }
}

static void next_reports(struct doc *d, const struct facts *f)
{
    struct buf names = {0}, text = {0};
    size_t n = 0;
    if (f->root_count)
        add_silent(&names, f, &f->roots[0].units, &n);
    if (n) {
        add_more(&names, n, f->lang);
        buf_addf(&text, tr(f->lang, "Have the figures that are missing sent in: %s."),
                 buf_text(&names));
    }
    text.failed |= names.failed;
    doc_paragraph_made(d, DOC_BULLET, &text);
    buf_free(&names);
    buf_free(&text);
}

/* "xã Mỹ Quý (10/2024, 11/2024)": the months of a unit stand together. */
static void add_alarms_of(struct buf *b, const struct result *a, size_t first, enum lang lang)
{
    const char *unit = cells_text(a, first, "unit"), *name = cells_text(a, first, "unit_name");
    size_t months = 0;
    say_unit(b, name, lang);
    for (size_t i = first; i < a->row_count; i++)
        if (fact_is_alarm(a, i) && fact_is(a, i, "unit", unit)) {
            buf_adds(b, months++ ? ", " : " (");
            fact_add_month(b, cells_text(a, i, "month"), lang);
        }
    buf_adds(b, ")");
}

static bool is_first_alarm(const struct result *a, size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (fact_is_alarm(a, i) && fact_is(a, i, "unit", cells_text(a, row, "unit")))
            return false;
    return fact_is_alarm(a, row);
}

static void add_alarms(struct buf *b, const struct facts *f, const struct facts_root *r, size_t *n)
{
    for (size_t i = 0; i < r->alerts.row_count; i++)
        if (is_first_alarm(&r->alerts, i) && ++*n <= MOST_NAMES) {
            buf_adds(b, *n > 1 ? "; " : "");
            add_alarms_of(b, &r->alerts, i, f->lang);
        }
}

static void next_alarms(struct doc *d, const struct facts *f)
{
    struct buf names = {0}, text = {0};
    size_t n = 0;
    for (size_t i = 0; i < f->root_count; i++)
        add_alarms(&names, f, &f->roots[i], &n);
    if (n) {
        add_more(&names, n, f->lang);
        buf_addf(&text, tr(f->lang, "Check the cases of months above the usual: %s."),
                 buf_text(&names));
    }
    text.failed |= names.failed;
    doc_paragraph_made(d, DOC_BULLET, &text);
    buf_free(&names);
    buf_free(&text);
}

void slides_next(struct doc *d, const struct facts *f)
{
    size_t before = d->block_count;
    next_places(d, f);
    next_targets(d, f);
    next_reports(d, f);
    next_alarms(d, f);
    if (d->block_count == before)
        doc_paragraph(d, DOC_BULLET,
                      tr(f->lang, "No place and no indicator asks for work of its own; keep "
                                  "watching the months."));
}

/* ---- how the figures are known ---- */

static void add_days(struct buf *b, struct span days, enum lang lang)
{
    say_date(b, days.from, lang);
    buf_adds(b, " – ");
    say_date(b, days.to, lang);
}

static void known_source(struct doc *d, const struct facts *f)
{
    const struct result *t = &f->roots[0].total;
    struct buf text = {0}, now = {0}, before = {0}, end = {0};
    add_days(&now, f->period.span, f->lang);
    add_days(&before, f->before.span, f->lang);
    buf_addf(&text, tr(f->lang, "Source: %s; counted by the %s. Period: %s; same period: %s."),
             fact_shown(t, "source"), fact_shown(t, "basis"), buf_text(&now), buf_text(&before));
    if (f->data_end != DAY_NONE) {
        say_date(&end, f->data_end, f->lang);
        buf_addf(&text, tr(f->lang, " Figures reach to %s."), buf_text(&end));
    }
    text.failed |= now.failed || before.failed || end.failed;
    doc_paragraph_made(d, DOC_BULLET, &text);
    buf_free(&text);
    buf_free(&now);
    buf_free(&before);
    buf_free(&end);
}

static void add_all(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    struct buf now = {0}, before = {0}, base = {0};
    if (r->total.row_count && say_base(&base, r, f->lang)) {
        say_cases(&now, fact_recorded(&r->total, 0), f->lang);
        say_cases(&before, fact_recorded_before(&r->total, 0), f->lang);
        buf_addf(b, b->len ? "; " : "");
        buf_addf(b, tr(f->lang, "%s: %s (same period %s), compared on %s"), r->brief,
                 buf_text(&now), buf_text(&before), buf_text(&base));
    }
    b->failed |= now.failed || before.failed || base.failed;
    buf_free(&now);
    buf_free(&before);
    buf_free(&base);
}

/* What is recorded in all, where the comparison leaves units out. */
static void known_base(struct doc *d, const struct facts *f)
{
    struct buf all = {0}, text = {0};
    for (size_t i = 0; i < f->root_count; i++)
        add_all(&all, f, &f->roots[i]);
    if (all.len)
        buf_addf(&text, tr(f->lang, "Recorded in all: %s."), buf_text(&all));
    text.failed |= all.failed;
    doc_paragraph_made(d, DOC_BULLET, &text);
    buf_free(&all);
    buf_free(&text);
}

void slides_known(struct doc *d, const struct facts *f)
{
    struct buf text = {0};
    known_source(d, f);
    known_base(d, f);
    say_breaks(&text, f);
    doc_paragraph_made(d, DOC_BULLET, &text);
    buf_clear(&text);
    say_growth(&text, f);
    doc_paragraph_made(d, DOC_BULLET, &text);
    buf_free(&text);
    doc_paragraph(d, DOC_BULLET,
                  tr(f->lang, "\"Not enough to conclude\" means: a change of this size also comes "
                              "about by chance when nothing has changed, since the numbers are "
                              "small."));
    doc_paragraph(d, DOC_BULLET,
                  tr(f->lang, "The common level gives each place the cases that its population "
                              "would have at the average of all; three years are taken together."));
}
