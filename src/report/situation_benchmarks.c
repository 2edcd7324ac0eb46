/* Published figures of others beside ours. */
#include <string.h>

#include "report/situation.h"

enum { BMK_NAME, BMK_KIND, BMK_PERIOD, BMK_COUNT, BMK_RATE, BMK_COLUMNS };

static struct doc_table *table_of(struct doc *d)
{
    const struct doc_column columns[BMK_COLUMNS] = {
        [BMK_NAME] = {tr(d->lang, "Figures of"), NULL, 25, DOC_LEFT},
        [BMK_KIND] = {tr(d->lang, "Category"), NULL, 33, DOC_LEFT},
        [BMK_PERIOD] = {tr(d->lang, "Period"), NULL, 25, DOC_CENTRE},
        [BMK_COUNT] = {tr(d->lang, "Against the same period"), NULL, 37, DOC_CENTRE},
        [BMK_RATE] = {tr(d->lang, "Cases per 100,000"), NULL, 40, DOC_CENTRE},
    };
    const struct doc_column *kept = situation_columns(d, columns, BMK_COLUMNS);
    return kept ? doc_table(d, tr(d->lang, "Figures of others"), kept, BMK_COLUMNS) : NULL;
}

/* One below the other; `between` where there are both. */
static void add_pair(struct doc *d, struct doc_table *t, size_t column, const char *above,
                     const char *between, const char *below)
{
    struct buf b = {0};
    buf_adds(&b, above);
    if (*below)
        buf_addf(&b, "%s%s", between, below);
    doc_cell_made(d, t, column, &b);
    buf_free(&b);
}

static void add_row(struct doc *d, struct doc_table *t, const struct facts *f, size_t row)
{
    const struct result *r = &f->benchmarks;
    const char *ours = arena_format(&d->arena, "\n%s: ", f->unit_name);
    d->failed |= !ours;
    doc_row(d, t, false);
    doc_cell(d, t, BMK_NAME, cells_text(r, row, "name"));
    doc_cell(d, t, BMK_KIND, cells_text(r, row, "category_name"));
    doc_cell(d, t, BMK_PERIOD, cells_text(r, row, "period"));
    add_pair(d, t, BMK_COUNT, cells_text(r, row, "count_text"), "\n",
             cells_text(r, row, "change_text"));
    add_pair(d, t, BMK_RATE, cells_text(r, row, "rate_text"), ours ? ours : "",
             cells_text(r, row, "own_text"));
}

/* Each source once. */
static void add_sources(struct doc *d, const struct result *r)
{
    struct buf b = {0};
    for (size_t i = 0; i < r->row_count; i++) {
        const char *source = cells_text(r, i, "source");
        bool said = !*source;
        for (size_t k = 0; k < i; k++)
            said |= !strcmp(source, cells_text(r, k, "source"));
        if (!said)
            buf_addf(&b, "%s%s", b.len ? "; " : tr(d->lang, "Source: "), source);
    }
    buf_adds(&b, b.len ? ". " : "");
    buf_adds(&b, tr(d->lang, "Figures of others are for orientation only: they may be counted in "
                             "another way."));
    doc_paragraph_made(d, DOC_SOURCE, &b);
    buf_free(&b);
}

void situation_benchmarks(struct doc *d, const struct facts *f)
{
    const struct result *r = &f->benchmarks;
    if (!r->row_count)
        return;
    doc_heading(d, 2, tr(f->lang, "Beside the figures of others"));
    struct doc_table *t = table_of(d);
    for (size_t i = 0; t && i < r->row_count; i++)
        add_row(d, t, f, i);
    add_sources(d, r);
}
