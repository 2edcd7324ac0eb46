/* One A4 page on one place: its years, level against change, what is open, what it has not
 * reported, and whether the change is real; its months where the page has room. */
#include "report/unit_page.h"

#include <math.h>
#include <string.h>

#include "base/num.h"
#include "report/compose.h"

/* ---- years ---- */

/* The years of the place alone, where they are in the facts; else two periods. */
static const struct facts_root *own_root(const struct facts *f, size_t i)
{
    for (size_t k = 0; f->own && k < f->own->root_count; k++)
        if (!strcmp(f->own->roots[k].code, f->roots[i].code))
            return &f->own->roots[k];
    return NULL;
}

static const struct facts_root *longest(const struct facts *f)
{
    const struct facts_root *best = NULL;
    for (size_t i = 0; i < f->root_count; i++) {
        const struct facts_root *r = own_root(f, i);
        if (r && (!best || r->year_count > best->year_count))
            best = r;
    }
    return best && best->year_count ? best : NULL;
}

static struct doc_table *years_table(struct doc *d, const struct facts *f,
                                     const struct facts_root *longest_root)
{
    size_t n = longest_root->year_count;
    struct doc_column *columns = arena_alloc(&d->arena, (n + 1) * sizeof *columns);
    d->failed |= !columns;
    if (!columns)
        return NULL;
    columns[0] = (struct doc_column){tr(f->lang, "Cases"), NULL, 70, DOC_LEFT};
    for (size_t i = 0; i < n; i++) {
        const char *head = arena_text(&d->arena, longest_root->years[i].label);
        d->failed |= !head;
        columns[1 + i] = (struct doc_column){head ? head : "", NULL, 18, DOC_CENTRE};
    }
    struct buf caption = {0}, to = {0};
    if (f->own->is_running)
        say_date(&to, f->own->data_end, f->lang);
    if (to.len)
        buf_addf(&caption, tr(f->lang, "Cases over the years, of each the days up to that of %s"),
                 buf_text(&to));
    else
        buf_adds(&caption, tr(f->lang, "Cases over the years"));
    struct doc_table *t = doc_table(d, buf_text(&caption), columns, n + 1);
    d->failed |= caption.failed || to.failed;
    buf_free(&caption);
    buf_free(&to);
    return t;
}

/* Years stand under their labels: a root may be known for fewer of them. */
static void add_years(struct doc *d, struct doc_table *t, const struct facts_root *r, bool running,
                      bool *partial)
{
    size_t shift = t ? t->column_count - 1 - r->year_count : 0;
    struct buf text = {0};
    for (size_t i = 0; i < r->year_count; i++) {
        const struct facts_year *y = &r->years[i];
        if (y->known)
            num_add_count(&text, y->count, d->lang);
        else
            buf_adds(&text, "…");
        bool part = y->known && (!y->whole || (running && i + 1 == r->year_count));
        buf_adds(&text, part ? "*" : "");
        *partial |= part;
        doc_cell_made(d, t, 1 + shift + i, &text);
    }
    buf_free(&text);
}

static void years(struct doc *d, const struct facts *f)
{
    const struct facts_root *longest_root = longest(f);
    bool partial = false;
    if (!longest_root) {
        doc_paragraph(d, DOC_BODY, tr(f->lang, "Earlier years of this place are not known."));
        return;
    }
    struct doc_table *t = years_table(d, f, longest_root);
    for (size_t i = 0; i < f->root_count; i++) {
        const struct facts_root *r = own_root(f, i);
        doc_row(d, t, false);
        doc_cell(d, t, 0, f->roots[i].name);
        if (r)
            add_years(d, t, r, f->own->is_running, &partial);
    }
    if (partial)
        doc_paragraph(d, DOC_SOURCE, tr(f->lang, "* Not reported in full."));
}

/* ---- paragraphs: a few words in bold, then what is known ---- */

static void add_about(struct doc *d, const char *about, struct buf *text, const char *none)
{
    struct doc_block *b = doc_add(d, DOC_PARAGRAPH);
    if (b)
        b->role = DOC_BODY;
    doc_run(d, b, about, true, false);
    doc_run(d, b, " ", false, false);
    doc_run(d, b, text->len ? buf_text(text) : none, false, false);
    d->failed |= text->failed;
    buf_free(text);
}

static void add_sentence(struct buf *all, struct buf *one)
{
    fact_capital(one, 0);
    if (one->len)
        say_next(all);
    buf_adds(all, buf_text(one));
    all->failed |= one->failed;
    buf_clear(one);
}

typedef void say_row(struct buf *b, const struct facts_root *r, size_t row, enum lang lang);

/* Of every root that has a row of the unit. */
static struct buf each_row(const struct facts *f, const char *unit, bool by_risk, say_row *say)
{
    struct buf all = {0}, one = {0};
    for (size_t i = 0; i < f->root_count; i++) {
        const struct facts_root *r = &f->roots[i];
        size_t row = fact_row(by_risk ? &r->risk : &r->units, unit);
        if (row != NO_ROW)
            say(&one, r, row, f->lang);
        add_sentence(&all, &one);
    }
    buf_free(&one);
    return all;
}

static struct buf courses(const struct facts *f)
{
    struct buf all = {0}, one = {0};
    for (size_t i = 0; i < f->root_count; i++) {
        const struct facts_root *own = own_root(f, i);
        if (own)
            unit_say_course(&one, own, f->lang);
        add_sentence(&all, &one);
    }
    buf_free(&one);
    return all;
}

static struct buf alarms(const struct facts *f, const char *unit)
{
    struct buf all = {0}, one = {0};
    for (size_t i = 0; i < f->root_count; i++) {
        unit_say_alarms(&one, &f->roots[i], unit, f->lang);
        add_sentence(&all, &one);
    }
    buf_free(&one);
    return all;
}

static struct buf reported(const struct facts *f, const char *unit)
{
    struct buf text = {0};
    if (f->root_count)
        unit_say_reported(&text, &f->roots[0], unit, f->lang);
    fact_capital(&text, 0);
    return text;
}

static struct buf open_work(const struct facts *f)
{
    struct buf text = {0};
    if (f->own)
        unit_say_open(&text, &f->own->targets, f->lang);
    fact_capital(&text, 0);
    return text;
}

static void findings(struct doc *d, const struct facts *f, const char *unit)
{
    enum lang lang = f->lang;
    struct buf real = each_row(f, unit, false, unit_say_real);
    struct buf level = each_row(f, unit, true, unit_say_level);
    struct buf change = each_row(f, unit, false, unit_say_change), course = courses(f);
    if (f->own)
        say_growth(&change, f->own);
    struct buf alarm = alarms(f, unit), reports = reported(f, unit), open = open_work(f);
    add_about(d, tr(lang, "Change in the period."), &change,
              tr(lang, "There are no figures of this place in the period."));
    add_about(d, tr(lang, "Is it real?"), &real, tr(lang, "It cannot be said."));
    add_about(d, tr(lang, "Level over several years."), &level,
              tr(lang, "It cannot be judged: the population is not loaded, or there is no other "
                       "place to compare with."));
    add_about(d, tr(lang, "Course over the years."), &course,
              tr(lang, "Too few months are known."));
    add_about(d, tr(lang, "Months above the usual in the last quarter:"), &alarm,
              tr(lang, "None."));
    add_about(d, tr(lang, "What is open."), &open,
              tr(lang, "Nothing is known of the handling of reports here."));
    add_about(d, tr(lang, "Monthly reports."), &reports, tr(lang, "Nothing is known."));
}

/* ---- the months ---- */

static double case_count(const struct facts_root *r)
{
    double sum = 0;
    for (size_t i = 0; i < r->months.row_count; i++) {
        int64_t count = say_count(&r->months, i, "count");
        sum += count > 0 ? (double)count : 0;
    }
    return sum;
}

/* Fewer in all the months are single cases, a row of rings that is no picture. */
enum { FEWEST_CASES = 24 };

/* The root that the place has most cases of. */
static const struct facts_root *fullest(const struct facts *f)
{
    const struct facts_root *best = NULL;
    for (size_t i = 0; f->own && i < f->own->root_count; i++) {
        const struct facts_root *r = &f->own->roots[i];
        if (case_count(r) >= FEWEST_CASES && (!best || case_count(r) > case_count(best)))
            best = r;
    }
    return best;
}

/* What the paragraphs from that block on take, rather more than less. */
static double text_height(const struct doc *d, size_t first)
{
    static const double line_mm = 5.4, gap_mm = 2.1, letters = 85;
    double height = 0;
    struct buf text = {0};
    for (size_t i = first; i < d->block_count; i++) {
        size_t n = 0;
        buf_clear(&text);
        doc_block_text(d->blocks[i], &text);
        for (const char *c = buf_text(&text); *c; c++)
            n += ((unsigned char)*c & 0xC0) != 0x80;
        height += ceil(((double)n + 7) / letters) * line_mm + gap_mm;
    }
    buf_free(&text);
    return height;
}

/* As high as what the findings leave of the page; where that is little, there is none. */
static bool months(struct doc *d, const struct facts *f, size_t findings_first, struct err *e)
{
    static const double page_mm = 257, head_and_foot_mm = 108, caption_mm = 10, least_mm = 32,
                        most_mm = 55;
    double room = page_mm - head_and_foot_mm - caption_mm - text_height(d, findings_first);
    const struct facts_root *r = fullest(f);
    return !r || room < least_mm || compose_chart_trend(d, f->own, r, fmin(room, most_mm), e);
}

/* ---- the page ---- */

static const char *name_of(const struct facts *f, const char *unit)
{
    for (size_t i = 0; i < f->root_count; i++) {
        size_t row = fact_row(&f->roots[i].units, unit);
        if (row != NO_ROW)
            return cells_text(&f->roots[i].units, row, "unit_name");
    }
    return f->own ? f->own->unit_name : unit;
}

static void head(struct doc *d, const struct facts *f, const char *unit)
{
    struct buf period = {0}, name = {0};
    say_period(&period, f);
    say_unit(&name, name_of(f, unit), f->lang);
    d->compact = true;
    d->kind = tr(f->lang, "REPORT");
    d->subject = arena_format(&d->arena, tr(f->lang, "The situation in %s, %s"), buf_text(&name),
                              buf_text(&period));
    d->failed |= period.failed || name.failed || !d->subject;
    buf_free(&period);
    buf_free(&name);
    (void)doc_add(d, DOC_LETTERHEAD);
    if (f->synthetic)
        doc_paragraph(d, DOC_NOTE,
                      tr(f->lang, "All figures in this document are simulated: they only show how "
                                  "it is laid out."));
}

bool compose_unit(struct doc *d, const struct facts *f, const char *unit, struct err *e)
{
    head(d, f, unit);
    years(d, f);
    size_t first = d->block_count;
    findings(d, f, unit);
    if (!months(d, f, first, e))
        return false;
    doc_paragraph(d, DOC_SOURCE,
                  tr(f->lang, "Not for ranking offices: more cases recorded may mean better "
                              "detection and reporting."));
    if (f->root_count)
        compose_source(d, f, &f->roots[0].units);
    return !d->failed || err_memory(e);
}
