/* Parts that several documents have: head and end, the table of targets, the table of kinds, the
 * line below. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "plot/cells.h"
#include "report/compose.h"
#include "report/fact_cells.h"
#include "report/show.h"

static void add_block(struct doc *d, enum doc_type type)
{
    (void)doc_add(d, type);
}

/* ---- head and end ---- */

void compose_head(struct doc *d, const struct facts *f)
{
    add_block(d, DOC_LETTERHEAD);
    if (f->synthetic)
        doc_paragraph(d, DOC_NOTE,
                      tr(f->lang, "All figures in this document are simulated: they only show how "
                                  "it is laid out."));
    struct buf b = {0}, period = {0};
    say_period(&period, f);
    if (*f->head.plan)
        buf_addf(&b, tr(f->lang, "Under %s, %s reports on %s as follows:"), f->head.plan,
                 f->head.body_name, buf_text(&period));
    else
        buf_addf(&b, tr(f->lang, "%s reports on %s as follows:"), f->head.body_name,
                 buf_text(&period));
    d->failed |= period.failed;
    doc_paragraph_made(d, DOC_BODY, &b);
    buf_free(&period);
    buf_free(&b);
}

void compose_end(struct doc *d, const struct facts *f)
{
    struct buf b = {0}, period = {0};
    say_period(&period, f);
    buf_addf(&b, tr(f->lang, "This is the report of %s on %s./."), f->head.body_name,
             buf_text(&period));
    d->failed |= period.failed;
    doc_paragraph_made(d, DOC_LAST, &b);
    add_block(d, DOC_CLOSING);
    buf_free(&period);
    buf_free(&b);
}

/* ---- the line below ---- */

/* "2024 (01/01/2024 – 31/12/2024)"; of a span without a name of its own the dates alone. */
static void add_shown(struct buf *b, const char *shown)
{
    const char *open = strchr(shown, '('), *close = open ? strchr(open, ')') : NULL;
    const char *dots = strstr(shown, "..");
    if (dots && close && dots < open)
        buf_add(b, open + 1, (size_t)(close - open - 1));
    else
        buf_adds(b, shown);
}

static void add_prov(struct buf *b, const struct result *r, const char *key)
{
    for (size_t i = 0; i < r->prov_count; i++) {
        const struct prov *p = &r->provs[i];
        if (strcmp(p->key, key) || !p->label)
            continue;
        buf_addf(b, "%s%s: ", b->len ? "; " : "", tr(r->lang, p->label));
        add_shown(b, p->shown ? p->shown : p->value);
    }
}

/* A slide's foot is read from the back row: whose figures, of which days, received by when. */
static bool is_of_slides(const char *key)
{
    return !strcmp(key, "source") || !strcmp(key, "period") || !strcmp(key, "as_of");
}

void compose_source(struct doc *d, const struct facts *f, const struct result *r)
{
    static const char *const keys[] = {"source",   "basis", "calendar",    "period", "against",
                                       "data_end", "as_of", "units_as_of", "split",  "population"};
    struct buf b = {0};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (d->form == DOC_PAGES || is_of_slides(keys[i]))
            add_prov(&b, r, keys[i]);
    if (b.len)
        buf_addc(&b, '.');
    if (f->synthetic)
        buf_addf(&b, " %s.", tr(f->lang, "Simulated data"));
    doc_paragraph_made(d, DOC_SOURCE, &b);
    buf_free(&b);
}

/* ---- targets ---- */

enum { TARGET_NUMBER, TARGET_NAME, TARGET_WANTED, TARGET_RESULT, TARGET_VERDICT, TARGET_COLUMNS };

/* What was not met is marked so that a photocopy shows it. */
static bool is_unmet(const char *verdict)
{
    static const char *const tokens[] = {"not_met", "new", "lost", "at_risk"};
    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++)
        if (!strcmp(verdict, tokens[i]))
            return true;
    return false;
}

static void add_verdict(struct doc *d, struct doc_table *t, const struct result *r, size_t row)
{
    const char *verdict = cells_text(r, row, "verdict");
    struct buf b = {0};
    if (*verdict) {
        if (is_unmet(verdict))
            buf_adds(&b, "▲ ");
        size_t from = b.len;
        show_cell(r, row, result_column(r, "verdict"), &b);
        fact_capital(&b, from);
    }
    doc_cell_made(d, t, TARGET_VERDICT, &b);
    buf_free(&b);
}

/* "11/12 vụ" and below it "giảm 1 vụ (−8,3%)", or what a rate lacks. */
static void add_result(struct doc *d, struct doc_table *t, const struct result *r, size_t row)
{
    const char *text = cells_text(r, row, "result"), *missing = cells_text(r, row, "missing");
    struct buf b = {0};
    const char *comma = strstr(text, ", ");
    buf_add(&b, text, comma ? (size_t)(comma - text) : strlen(text));
    if (comma)
        buf_addf(&b, "\n%s", comma + 2);
    else if (*missing)
        buf_addf(&b, "\n%s", missing);
    doc_cell_made(d, t, TARGET_RESULT, &b);
    buf_free(&b);
}

static const struct doc_column *target_columns(struct doc *d, const struct facts *f)
{
    struct doc_column *c = arena_alloc(&d->arena, TARGET_COLUMNS * sizeof *c);
    if (!c) {
        d->failed = true;
        return NULL;
    }
    c[TARGET_NUMBER] = (struct doc_column){tr(f->lang, "No."), NULL, 10, DOC_CENTRE};
    c[TARGET_NAME] = (struct doc_column){tr(f->lang, "What"), NULL, 69, DOC_LEFT};
    c[TARGET_WANTED] = (struct doc_column){tr(f->lang, "Target"), NULL, 18, DOC_CENTRE};
    c[TARGET_RESULT] = (struct doc_column){tr(f->lang, "Result"), NULL, 38, DOC_CENTRE};
    c[TARGET_VERDICT] = (struct doc_column){tr(f->lang, "Verdict"), NULL, 25, DOC_CENTRE};
    return c;
}

bool compose_has_targets(const struct facts *f)
{
    for (size_t i = 0; i < f->targets.row_count; i++)
        if (!isnan(cells_number(&f->targets, i, "numerator")))
            return true;
    return false;
}

void compose_targets_table(struct doc *d, const struct facts *f)
{
    const struct result *r = &f->targets;
    struct buf caption = {0}, period = {0};
    const struct doc_column *columns = target_columns(d, f);
    if (!compose_has_targets(f) || !columns)
        return;
    say_period(&period, f);
    buf_addf(&caption, tr(f->lang, "Results of the indicators, %s"), buf_text(&period));
    struct doc_table *t = doc_table(d, buf_text(&caption), columns, TARGET_COLUMNS);
    for (size_t i = 0; i < r->row_count; i++) {
        doc_row(d, t, false);
        doc_cell(d, t, TARGET_NUMBER, cells_text(r, i, "indicator"));
        doc_cell(d, t, TARGET_NAME, cells_text(r, i, "name"));
        doc_cell(d, t, TARGET_WANTED,
                 isnan(cells_number(r, i, "threshold")) ? tr(f->lang, "watched")
                                                        : cells_text(r, i, "target"));
        add_result(d, t, r, i);
        add_verdict(d, t, r, i);
    }
    d->failed |= caption.failed || period.failed;
    buf_free(&caption);
    buf_free(&period);
}

/* ---- kinds ---- */

enum { KIND_NAME, KIND_NOW, KIND_BEFORE, KIND_CHANGE, KIND_COLUMNS };

static const struct doc_column *kind_columns(struct doc *d, const struct facts *f)
{
    struct doc_column *c = arena_alloc(&d->arena, KIND_COLUMNS * sizeof *c);
    if (!c) {
        d->failed = true;
        return NULL;
    }
    c[KIND_NAME] = (struct doc_column){tr(f->lang, "Kind of act"), NULL, 79, DOC_LEFT};
    c[KIND_NOW] = (struct doc_column){tr(f->lang, "This period"), NULL, 16, DOC_CENTRE};
    c[KIND_BEFORE] = (struct doc_column){tr(f->lang, "Same period"), NULL, 19, DOC_CENTRE};
    c[KIND_CHANGE] = (struct doc_column){tr(f->lang, "Change"), NULL, 46, DOC_CENTRE};
    return c;
}

static void add_count(struct doc *d, struct doc_table *t, size_t column, const struct result *r,
                      size_t row, const char *name)
{
    struct buf b = {0};
    double x = cells_number(r, row, name);
    if (isnan(x))
        buf_adds(&b, "…");
    else
        num_add_count(&b, (int64_t)x, r->lang);
    doc_cell_made(d, t, column, &b);
    buf_free(&b);
}

/* Of the kinds right under the root; without a case in either period one is not named. */
static bool is_shown(const struct facts_root *r, size_t row)
{
    const char *code = cells_text(&r->kinds, row, "category");
    size_t n = strlen(r->code);
    bool is_child = !strncmp(code, r->code, n) && code[n] == '.' && !strpbrk(code + n + 1, "./");
    return is_child && (cells_number(&r->kinds, row, "count") > 0 ||
                        cells_number(&r->kinds, row, "count_before") > 0);
}

/* In a list of kinds a percentage of a few cases says nothing, and that there was none before
 * stands in its own column. */
static void add_kind(struct doc *d, struct doc_table *t, const struct result *r, size_t row,
                     bool is_root)
{
    struct buf b = {0};
    doc_row(d, t, is_root);
    doc_cell(d, t, KIND_NAME, cells_text(r, row, "category_name"));
    add_count(d, t, KIND_NOW, r, row, "count");
    add_count(d, t, KIND_BEFORE, r, row, "count_before");
    double change = cells_number(r, row, "change"), before = cells_number(r, row, "count_before");
    if (!isnan(change) && !isnan(before))
        show_change_prose(&b, (int64_t)change,
                          is_root ? cells_number(r, row, "reduction_pct") : NAN,
                          before == 0 && !is_root ? 1 : (int64_t)before, r->lang);
    doc_cell_made(d, t, KIND_CHANGE, &b);
    buf_free(&b);
}

static void add_kinds(struct doc *d, struct doc_table *t, const struct facts_root *r)
{
    size_t root = 0;
    while (root < r->kinds.row_count && strcmp(cells_text(&r->kinds, root, "category"), r->code))
        root++;
    if (root < r->kinds.row_count)
        add_kind(d, t, &r->kinds, root, true);
    for (size_t i = 0; i < r->kinds.row_count; i++)
        if (is_shown(r, i))
            add_kind(d, t, &r->kinds, i, false);
}

void compose_kinds_table(struct doc *d, const struct facts *f, const struct facts_root *r)
{
    struct buf caption = {0}, period = {0};
    const struct doc_column *columns = kind_columns(d, f);
    if (!columns)
        return;
    say_period(&period, f);
    buf_addf(&caption, tr(f->lang, "Cases by kind of act, %s"), buf_text(&period));
    struct doc_table *t = doc_table(d, buf_text(&caption), columns, KIND_COLUMNS);
    for (size_t i = 0; i < f->root_count; i++)
        if (!r || r == &f->roots[i])
            add_kinds(d, t, &f->roots[i]);
    d->failed |= caption.failed || period.failed;
    buf_free(&caption);
    buf_free(&period);
}
