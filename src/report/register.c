#include "report/register.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "report/fact_cells.h"

static const double small_numbers = 100; /* cases a year, below which one says so */

enum { REG_NUMBER, REG_WHAT, REG_WANTED, REG_BEFORE, REG_YEARS, REG_GOAL, REG_WIDTH };

static const char *made(struct doc *d, const char *text)
{
    d->failed |= !text;
    return text ? text : "";
}

static const struct doc_column *columns_of(struct doc *d, const struct register_page *p)
{
    struct doc_column *c = arena_alloc(&d->arena, REG_WIDTH * sizeof *c);
    const char *base = cells_text(p->rows, 0, "base_year");
    char year[16], years[32];
    snprintf(year, sizeof year, "%d", p->year);
    snprintf(years, sizeof years, "%d–%d", p->year - 3, p->year - 1);
    if (!c) {
        d->failed = true;
        return NULL;
    }
    c[REG_NUMBER] = (struct doc_column){tr(d->lang, "No."), NULL, 10, DOC_CENTRE};
    c[REG_WHAT] = (struct doc_column){tr(d->lang, "What"), NULL, 47, DOC_LEFT};
    c[REG_WANTED] = (struct doc_column){
        made(d, arena_format(&d->arena, tr(d->lang, "Target %s"), year)), NULL, 20, DOC_CENTRE};
    c[REG_BEFORE] = (struct doc_column){
        made(d, arena_format(&d->arena, tr(d->lang, "Result %s"), base)), NULL, 26, DOC_CENTRE};
    c[REG_YEARS] = (struct doc_column){
        made(d, arena_format(&d->arena, tr(d->lang, "Years %s"), years)), NULL, 34, DOC_CENTRE};
    c[REG_GOAL] = (struct doc_column){
        made(d, arena_format(&d->arena, tr(d->lang, "Goal %s"), year)), NULL, 23, DOC_CENTRE};
    return c;
}

/* ---- cells ---- */

static void add_recorded(struct buf *b, const struct result *r, size_t row, enum lang lang)
{
    int64_t n = say_count(r, row, "base"), whole = say_count(r, row, "base_denominator");
    if (!strcmp(cells_text(r, row, "kind"), "reduction"))
        say_cases(b, n, lang);
    else
        num_add_count(b, n, lang);
    if (whole < 0)
        return;
    buf_addc(b, '/');
    num_add_count(b, whole, lang);
    if (whole == 0)
        return;
    buf_adds(b, "\n(");
    num_add_human(b, 100 * ((double)n / (double)whole), 1, lang);
    buf_adds(b, "%)");
}

/* What is not yet whole has a star, which the remarks explain; what is forecast says so. */
static void add_before(struct doc *d, struct doc_table *t, const struct result *r, size_t row)
{
    double forecast = cells_number(r, row, "forecast");
    struct buf b = {0}, n = {0};
    if (isnan(cells_number(r, row, "base")))
        buf_adds(&b, "–");
    else
        add_recorded(&b, r, row, d->lang);
    buf_adds(&b, fact_is(r, row, "base_state", "incomplete") ? "*" : "");
    if (!isnan(forecast)) {
        num_add_human(&n, forecast, 0, d->lang);
        buf_addf(&b, tr(d->lang, "\nforecast %s"), buf_text(&n));
    }
    b.failed |= n.failed;
    doc_cell_made(d, t, REG_BEFORE, &b);
    buf_free(&n);
    buf_free(&b);
}

/* Of rates a year a line; of counts the mean below them. */
static void add_years(struct doc *d, struct doc_table *t, const struct result *r, size_t row)
{
    const char *text = cells_text(r, row, "years_text");
    bool rates = !strcmp(cells_text(r, row, "kind"), "rate");
    const char *last = isnan(cells_number(r, row, "mean3")) ? NULL : strrchr(text, ';');
    struct buf b = {0};
    for (size_t i = 0; text[i]; i++) {
        bool parts = text[i] == ';' && (rates || &text[i] == last);
        buf_addc(&b, parts ? '\n' : text[i]);
        i += parts;
    }
    doc_cell_made(d, t, REG_YEARS, &b);
    buf_free(&b);
}

/* "không quá 10 vụ"; of a rate "thiếu không quá 2/52", "đủ 13/13". */
static void add_goal(struct doc *d, struct doc_table *t, const struct result *r, size_t row)
{
    int64_t most = say_count(r, row, "allowance"), miss = say_count(r, row, "may_miss");
    int64_t whole = say_count(r, row, "base_denominator");
    struct buf b = {0}, n = {0};
    if (most >= 0) {
        say_cases(&n, most, d->lang);
        buf_addf(&b, tr(d->lang, "no more than %s"), buf_text(&n));
    } else if (miss >= 0) {
        num_add_count(&n, miss ? miss : whole, d->lang);
        buf_addc(&n, '/');
        num_add_count(&n, whole, d->lang);
        buf_addf(&b, miss ? tr(d->lang, "short by no more than %s") : tr(d->lang, "all: %s"),
                 buf_text(&n));
    }
    b.failed |= n.failed;
    doc_cell_made(d, t, REG_GOAL, &b);
    buf_free(&n);
    buf_free(&b);
}

/* ---- the table ---- */

static void add_table(struct doc *d, const struct register_page *p)
{
    const struct result *r = p->rows;
    const struct doc_column *columns = columns_of(d, p);
    struct doc_table *t =
        columns ? doc_table(d, tr(d->lang, "Targets signed for"), columns, REG_WIDTH) : NULL;
    for (size_t i = 0; t && i < r->row_count; i++) {
        doc_row(d, t, false);
        doc_cell(d, t, REG_NUMBER, cells_text(r, i, "indicator"));
        doc_cell(d, t, REG_WHAT, cells_text(r, i, "name"));
        doc_cell(d, t, REG_WANTED,
                 isnan(cells_number(r, i, "threshold")) ? tr(d->lang, "watched")
                                                        : cells_text(r, i, "target"));
        add_before(d, t, r, i);
        add_years(d, t, r, i);
        add_goal(d, t, r, i);
    }
}

static void add_source(struct doc *d, const struct result *r)
{
    struct buf b = {0};
    const char *end = fact_shown(r, "data_end");
    buf_addf(&b, tr(d->lang, "Source: %s"), fact_shown(r, "source"));
    if (*end)
        buf_addf(&b, tr(d->lang, "; data to %s"), end);
    buf_addc(&b, '.');
    doc_paragraph_made(d, DOC_SOURCE, &b);
    buf_free(&b);
}

/* ---- remarks ---- */

static void remark(struct doc *d, struct buf *b)
{
    doc_paragraph_made(d, DOC_BULLET, b);
    buf_free(b);
}

static void add_needed(struct doc *d, const struct result *r, size_t row)
{
    double fall = cells_number(r, row, "fall_80_pct"), left = cells_number(r, row, "level_80");
    double base = cells_number(r, row, "forecast");
    struct buf b = {0}, pct = {0}, from = {0}, to = {0};
    if (!(fall > 0))
        return;
    if (isnan(base))
        base = cells_number(r, row, "base");
    num_add_human(&pct, fall, 0, d->lang);
    num_add_human(&from, base, 0, d->lang);
    num_add_human(&to, left, 0, d->lang);
    buf_addf(&b,
             tr(d->lang, "Indicator %s: cases must fall by about %s%% (from %s to about %s a year) "
                         "for the target to be met with some assurance."),
             cells_text(r, row, "indicator"), buf_text(&pct), buf_text(&from), buf_text(&to));
    b.failed |= pct.failed || from.failed || to.failed;
    buf_free(&pct);
    buf_free(&from);
    buf_free(&to);
    remark(d, &b);
}

/* Of the first reduction: said once. */
static void add_small(struct doc *d, const struct result *r)
{
    size_t row = 0;
    struct buf b = {0}, luck = {0};
    while (row < r->row_count && isnan(cells_number(r, row, "luck")))
        row++;
    if (row == r->row_count || cells_number(r, row, "base") >= small_numbers)
        return;
    num_add_human(&luck, 100 * cells_number(r, row, "luck"), 0, d->lang);
    buf_addf(&b,
             tr(d->lang, "Since the numbers are small, if nothing changes the chance of meeting "
                         "indicator %s is still about %s%%: one year, met or not, is not enough to "
                         "conclude on a trend."),
             cells_text(r, row, "indicator"), buf_text(&luck));
    b.failed |= luck.failed;
    buf_free(&luck);
    remark(d, &b);
}

static void add_remarks(struct doc *d, const struct result *r)
{
    enum { running, incomplete };
    static const char *const said[] = {
        N_("The year before still runs: what is allowed is reckoned from its forecast, of rates "
           "from what came in so far; reckon anew when it is over."),
        N_("Not reported to the end of the year before: %s. Its number of cases may still grow."),
        N_("Indicators without a case in the year before: %s. There is nothing to reduce, and no "
           "percentage."),
    };
    doc_paragraph(d, DOC_BODY, tr(d->lang, "Remarks:"));
    for (size_t i = 0; i < r->row_count; i++)
        add_needed(d, r, i);
    add_small(d, r);
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        struct buf b = {0}, footer = {0};
        if (say_footer(&footer, r, tr(d->lang, said[i])))
            buf_addf(&b, "%s%s", i == incomplete ? "* " : "", buf_text(&footer));
        b.failed |= footer.failed;
        buf_free(&footer);
        remark(d, &b);
    }
}

/* ---- the page ---- */

/* A register is no report: its number says so where the letterhead's is a report's. */
static void set_number(struct doc *d)
{
    static const char report[] = "/BC-", own[] = "/ĐK-";
    size_t n = strlen(report);
    if (strncmp(d->head.number, report, n))
        return;
    const char *number = arena_format(&d->arena, "%s%s", own, d->head.number + n);
    d->failed |= !number;
    d->head.number = number ? number : "";
}

static void add_opening(struct doc *d, const struct register_page *p)
{
    struct buf b = {0};
    buf_addf(&b, tr(d->lang, "%s signs for these targets for %d, by the indicators of plan %s:"),
             d->head.body_name, p->year, p->plan);
    doc_paragraph_made(d, DOC_BODY, &b);
    buf_free(&b);
}

static void add_end(struct doc *d, const struct register_page *p)
{
    struct buf b = {0};
    buf_addf(&b, tr(d->lang, "This is the register of targets for %d of %s./."), p->year,
             d->head.body_name);
    doc_paragraph_made(d, DOC_LAST, &b);
    buf_free(&b);
    doc_add(d, DOC_CLOSING);
}

bool compose_register(struct doc *d, const struct register_page *p, struct err *e)
{
    d->kind = tr(d->lang, "REGISTER OF TARGETS");
    d->subject = arena_format(&d->arena,
                              tr(d->lang, "Prevention of child abuse and of offences that involve "
                                          "people under 18, %d"),
                              p->year);
    d->failed |= !d->subject;
    set_number(d);
    doc_add(d, DOC_LETTERHEAD);
    if (p->rows->synthetic)
        doc_paragraph(d, DOC_NOTE,
                      tr(d->lang, "All figures in this document are simulated: they only show how "
                                  "it is laid out."));
    add_opening(d, p);
    add_table(d, p);
    add_source(d, p->rows);
    add_remarks(d, p->rows);
    add_end(d, p);
    return !d->failed || err_memory(e);
}
