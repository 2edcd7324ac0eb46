#include <math.h>
#include <string.h>

#include "base/num.h"
#include "report/compose.h"
#include "report/situation.h"

const struct doc_column *situation_columns(struct doc *d, const struct doc_column *columns,
                                           size_t count)
{
    struct doc_column *kept = arena_alloc(&d->arena, count * sizeof *kept);
    d->failed |= !kept;
    if (kept)
        memcpy(kept, columns, count * sizeof *kept);
    return kept;
}

/* ---- cells ---- */

void situation_count(struct doc *d, struct doc_table *t, size_t column, int64_t n)
{
    struct buf text = {0};
    if (n >= 0)
        num_add_count(&text, n, d->lang);
    else
        buf_adds(&text, "–");
    doc_cell_made(d, t, column, &text);
    buf_free(&text);
}

void situation_change(struct doc *d, struct doc_table *t, const struct result *yoy, size_t row,
                      size_t change, size_t percent)
{
    double moved = cells_number(yoy, row, "change");
    double reduction = cells_number(yoy, row, "reduction_pct");
    struct buf text = {0};
    if (!isnan(moved)) {
        buf_adds(&text, moved > 0 ? "+" : "");
        num_add_human(&text, moved, 0, d->lang);
    }
    doc_cell_made(d, t, change, &text);
    if (isnan(reduction)) {
        buf_adds(&text, "–");
    } else {
        buf_adds(&text, reduction < 0 ? "+" : "");
        num_add_human(&text, -reduction, 1, d->lang);
    }
    doc_cell_made(d, t, percent, &text);
    buf_free(&text);
}

/* ---- months above the usual ---- */

enum { ALM_UNIT, ALM_KIND, ALM_MONTH, ALM_COUNT, ALM_EXPECTED, ALM_UPPER, ALM_COLUMNS };

static struct doc_table *alarm_table(struct doc *d, enum lang lang)
{
    const struct doc_column columns[ALM_COLUMNS] = {
        [ALM_UNIT] = {tr(lang, "Unit"), NULL, 38, DOC_LEFT},
        [ALM_KIND] = {tr(lang, "Category"), NULL, 46, DOC_LEFT},
        [ALM_MONTH] = {tr(lang, "Month"), NULL, 20, DOC_CENTRE},
        [ALM_COUNT] = {tr(lang, "Count"), NULL, 16, DOC_CENTRE},
        [ALM_EXPECTED] = {tr(lang, "Usual"), NULL, 20, DOC_CENTRE},
        [ALM_UPPER] = {tr(lang, "Upper limit"), NULL, 20, DOC_CENTRE},
    };
    const struct doc_column *kept = situation_columns(d, columns, ALM_COLUMNS);
    return kept ? doc_table(d, tr(lang, "Months above the usual"), kept, ALM_COLUMNS) : NULL;
}

static void add_real(struct doc *d, struct doc_table *t, size_t column, double x, int decimals)
{
    struct buf text = {0};
    if (!isnan(x))
        num_add_human(&text, x, decimals, d->lang);
    doc_cell_made(d, t, column, &text);
    buf_free(&text);
}

static void add_alarm(struct doc *d, struct doc_table *t, const struct facts_root *r, size_t row)
{
    const struct result *a = &r->alerts;
    struct buf month = {0};
    doc_row(d, t, false);
    doc_cell(d, t, ALM_UNIT, cells_text(a, row, "unit_name"));
    doc_cell(d, t, ALM_KIND, r->name);
    fact_add_month(&month, cells_text(a, row, "month"), d->lang);
    doc_cell_made(d, t, ALM_MONTH, &month);
    add_real(d, t, ALM_COUNT, cells_number(a, row, "count"), 0);
    add_real(d, t, ALM_EXPECTED, cells_number(a, row, "expected"), 1);
    if (cells_number(a, row, "upper") < 1)
        doc_cell(d, t, ALM_UPPER, "–");
    else
        add_real(d, t, ALM_UPPER, cells_number(a, row, "upper"), 0);
    buf_free(&month);
}

bool situation_alarms(struct doc *d, const struct facts *f)
{
    struct doc_table *t = NULL;
    bool by_run = false;
    for (size_t i = 0; i < f->root_count; i++)
        for (size_t row = 0; row < f->roots[i].alerts.row_count; row++) {
            if (!fact_is_alarm(&f->roots[i].alerts, row))
                continue;
            if (!t)
                t = alarm_table(d, f->lang);
            add_alarm(d, t, &f->roots[i], row);
            by_run |= cells_number(&f->roots[i].alerts, row, "upper") < 1;
        }
    if (by_run)
        doc_paragraph(d, DOC_SOURCE,
                      tr(d->lang, "–: it is the month with those just before it that is above the "
                                  "usual."));
    return t;
}
