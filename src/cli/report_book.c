#include "cli/report_book.h"

#include <stdio.h>
#include <string.h>

#include "plot/cells.h"
#include "report/compose.h"
#include "report/workbook.h"

enum { SHEETS_MAX = 64, TEXTS_MAX = 32, NAME_MAX_CHARS = 31 };

struct book {
    const struct facts *f;
    struct workbook_sheet sheets[SHEETS_MAX];
    char names[SHEETS_MAX][NAME_MAX_CHARS + 1];
    size_t count;
};

/* What is printed of each table: on paper all columns would be too small to read. */
static const char *const target_columns[] = {
    "indicator", "name",    "kind",   "op",       "threshold", "numerator", "denominator",
    "value",     "verdict", "missed", "may_miss", "prob_met",  "note",      NULL};
static const char *const unit_columns[] = {
    "unit",           "unit_name",     "period", "against", "count",   "count_before",
    "change",         "reduction_pct", "ci_low", "ci_high", "p_value", "q_value",
    "prob_reduction", "verdict",       "note",   NULL};
static const char *const kind_columns[] = {
    "category",      "category_name", "period",  "against", "count",   "count_before", "change",
    "reduction_pct", "ci_low",        "ci_high", "p_value", "q_value", "note",         NULL};
static const char *const people_columns[] = {"category", "category_name", "period",
                                             "against",  "count",         "count_before",
                                             "change",   "reduction_pct", NULL};
static const char *const risk_columns[] = {
    "rank",    "unit",        "unit_name", "period",  "count",       "population", "expected",
    "smr",     "rr",          "rr_low",    "rr_high", "prob_excess", "rank_low",   "rank_high",
    "cluster", "persistence", "level",     "note",    NULL};
static const char *const month_columns[] = {"month",      "count",       "state", "fitted",
                                            "fitted_low", "fitted_high", "event", NULL};
static const char *const trend_columns[] = {
    "from",     "to",          "n",          "total",  "annual_change_pct",
    "ci_low",   "ci_high",     "p_value",    "family", "dispersion",
    "season_p", "season_peak", "joinpoints", "note",   NULL};
static const char *const alert_columns[] = {"unit",     "unit_name", "month",   "count",
                                            "expected", "upper",     "p_value", "q_value",
                                            "method",   "note",      NULL};
static const char *const forecast_columns[] = {"period", "observed",   "observed_to", "expected",
                                               "pi_low", "pi_high",    "target",      "allowance",
                                               "left",   "prob_total", "note",        NULL};
static const char *const state_columns[] = {"unit", "unit_name", "month", "state", "count", NULL};

/* The row that says `total=1`, and those below it that it is the sum of: the others. */
static void set_total(struct workbook_sheet *sheet)
{
    const struct result *r = sheet->result;
    sheet->total_row = SIZE_MAX;
    for (size_t i = 0; i < r->row_count && sheet->total_row == SIZE_MAX; i++)
        if (cells_has_note(r, i, "total"))
            sheet->total_row = i;
    sheet->first_row = sheet->total_row == 0 ? 1 : 0;
    sheet->last_row = r->row_count - (sheet->total_row + 1 == r->row_count ? 2 : 1);
}

/* "Đơn vị XHTE". A table without rows is no sheet. */
static void add(struct book *b, const char *what, const char *root, const struct result *r,
                const char *const *columns)
{
    if (!r->row_count || b->count == SHEETS_MAX)
        return;
    char *name = b->names[b->count];
    struct workbook_sheet *sheet = &b->sheets[b->count++];
    snprintf(name, NAME_MAX_CHARS + 1, "%s%s%s", tr(b->f->lang, what), *root ? " " : "", root);
    *sheet = (struct workbook_sheet){.name = name, .result = r, .columns = columns};
    set_total(sheet);
}

static void add_root(struct book *b, const struct facts_root *r)
{
    add(b, N_("Units"), r->code, &r->units, unit_columns);
    add(b, N_("Kinds"), r->code, &r->kinds, kind_columns);
    add(b, N_("Offenders"), r->code, &r->offenders, people_columns);
    add(b, N_("Victims"), r->code, &r->victims, people_columns);
    add(b, N_("Places"), r->code, &r->risk, risk_columns);
    add(b, N_("Months"), r->code, &r->months, month_columns);
    add(b, N_("Trend"), r->code, &r->trend, trend_columns);
    add(b, N_("Alerts"), r->code, &r->alerts, alert_columns);
    add(b, N_("Forecast"), r->code, &r->forecast, forecast_columns);
    add(b, N_("Reported"), r->code, &r->states, state_columns);
}

bool report_book_write(const struct facts *f, int64_t created, const char *path, struct err *e)
{
    struct book b = {.f = f};
    add(&b, N_("Targets"), "", &f->targets, target_columns);
    for (size_t i = 0; i < f->root_count; i++)
        add_root(&b, &f->roots[i]);
    if (!b.count)
        return err_set(e, ERR_INPUT, "%s: there is no table to write: load cases first", path);
    struct workbook_text texts[TEXTS_MAX];
    size_t n = 0;
    while (n < TEXTS_MAX && compose_term(n, f->lang, &texts[n].label, &texts[n].text))
        n++;
    return workbook_write(path, b.sheets, b.count, texts, n, created, e);
}
