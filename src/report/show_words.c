/* Cells, views and comparisons as people read them; the wording of comparisons is domain.md
 * section 8. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/lang.h"
#include "base/num.h"
#include "report/show.h"
#include "report/show_parts.h"

/* Missing where a number would stand; `0` and the `*` of a suppressed number are something else. */
static const char missing[] = "–";

/* ---- comparisons ---- */

/* A mean of several years is no whole number: then one decimal. */
static void add_amount(struct buf *b, double x, enum lang lang)
{
    num_add_human(b, x, x == floor(x) ? 0 : 1, lang);
}

static void add_signed_pct(struct buf *b, double pct, enum lang lang)
{
    buf_adds(b, " (");
    if (pct > 0)
        buf_addc(b, '+');
    num_add_human(b, pct, 1, lang);
    buf_adds(b, "%)");
}

static void add_moved(struct buf *b, double change, const char *amount, enum lang lang)
{
    bool one = fabs(change) == 1;
    if (change > 0 && one)
        buf_addf(b, tr(lang, "up %s case"), amount);
    else if (change > 0)
        buf_addf(b, tr(lang, "up %s cases"), amount);
    else if (one)
        buf_addf(b, tr(lang, "down %s case"), amount);
    else
        buf_addf(b, tr(lang, "down %s cases"), amount);
}

static void add_change(struct buf *b, double change, double reduction_pct, bool none_before,
                       bool prose, enum lang lang)
{
    struct buf amount = {0};
    if (prose)
        num_add_prose(&amount, (int64_t)fabs(change), lang);
    else
        add_amount(&amount, fabs(change), lang);
    if (none_before && change == 1)
        buf_addf(b, tr(lang, "%s new case (none in the same period)"), buf_text(&amount));
    else if (none_before && change > 0)
        buf_addf(b, tr(lang, "%s new cases (none in the same period)"), buf_text(&amount));
    else if (none_before)
        buf_adds(b, tr(lang, "none in either period"));
    else if (change == 0)
        buf_adds(b, tr(lang, "unchanged"));
    else {
        add_moved(b, change, buf_text(&amount), lang);
        if (isfinite(reduction_pct))
            add_signed_pct(b, -reduction_pct, lang);
    }
    b->failed |= amount.failed;
    buf_free(&amount);
}

void show_change(struct buf *b, int64_t change, double reduction_pct, int64_t count_before,
                 enum lang lang)
{
    add_change(b, (double)change, reduction_pct, count_before == 0, false, lang);
}

void show_change_prose(struct buf *b, int64_t change, double reduction_pct, int64_t count_before,
                       enum lang lang)
{
    add_change(b, (double)change, reduction_pct, count_before == 0, true, lang);
}

/* The size of a fall or rise without its sign. A rise of 3 811 % means nothing to a reader, 39
 * times does. */
static void add_size(struct buf *b, double reduction_pct, enum lang lang)
{
    if (reduction_pct > -900) {
        num_add_human(b, fabs(reduction_pct), 1, lang);
        buf_addc(b, '%');
        return;
    }
    struct buf times = {0};
    num_add_human(&times, floor(1 - reduction_pct / 100), 0, lang);
    buf_addf(b, tr(lang, "more than %s-fold"), buf_text(&times));
    b->failed |= times.failed;
    buf_free(&times);
}

void show_interval(struct buf *b, double ci_low, double ci_high, enum lang lang)
{
    if (!isfinite(ci_high))
        return;
    bool bounded = isfinite(ci_low);
    struct buf low = {0}, high = {0};
    if (bounded)
        add_size(&low, ci_low, lang);
    add_size(&high, ci_high, lang);
    const char *from = buf_text(&low), *to = buf_text(&high);
    if (ci_high < 0 && bounded)
        buf_addf(b, tr(lang, "up %s to %s"), to, from);
    else if (ci_high < 0)
        buf_addf(b, tr(lang, "up %s or more"), to);
    else if (!bounded)
        buf_addf(b, tr(lang, "from an unbounded rise to down %s"), to);
    else if (ci_low < 0)
        buf_addf(b, tr(lang, "from up %s to down %s"), from, to);
    else
        buf_addf(b, tr(lang, "down %s to %s"), from, to);
    b->failed |= low.failed || high.failed;
    buf_free(&low);
    buf_free(&high);
}

/* ---- cells ---- */

/* Tokens are machine words; one that the catalogue lacks at least loses its underscores. */
static void add_token(struct buf *b, const char *token, enum lang lang)
{
    const char *words = tr(lang, token);
    if (words != token) {
        buf_adds(b, words);
        return;
    }
    for (; *token; token++)
        buf_addc(b, *token == '_' ? ' ' : *token);
}

static void add_text(struct buf *b, enum column_type type, const char *text, enum lang lang)
{
    if (type == COLUMN_TOKEN)
        add_token(b, text, lang);
    else if (type == COLUMN_NOTE)
        show_note(b, text, lang);
    else
        buf_adds(b, text);
}

/* A chance is never printed as none or certain. */
static void add_prob(struct buf *b, double p, enum lang lang)
{
    if (p < 0.01)
        buf_adds(b, "<1");
    else if (p > 0.99)
        buf_adds(b, ">99");
    else
        num_add_human(b, 100 * p, 0, lang);
    buf_addc(b, '%');
}

static double cell_number(const struct cell *cell)
{
    if (cell->type == CELL_INT)
        return (double)cell->as.i;
    return cell->type == CELL_REAL ? cell->as.x : NAN;
}

/* Whole numbers go through num_add_count: a double keeps only 53 bits of them. */
static void add_count(struct buf *b, const struct cell *cell, enum lang lang)
{
    if (cell->type == CELL_INT)
        num_add_count(b, cell->as.i, lang);
    else
        add_amount(b, cell->as.x, lang);
}

static void add_plain(struct buf *b, const struct cell *cell)
{
    if (cell->type == CELL_INT)
        buf_addf(b, "%" PRId64, cell->as.i);
    else
        num_add_machine(b, cell->as.x);
}

static void add_number(struct buf *b, const struct column *column, const struct cell *cell,
                       enum lang lang)
{
    double x = cell_number(cell);
    switch (column->type) {
    case COLUMN_TEXT:
    case COLUMN_TOKEN:
    case COLUMN_NOTE:
        add_plain(b, cell);
        break;
    case COLUMN_CHANGE:
        buf_adds(b, x > 0 ? "+" : "");
        add_count(b, cell, lang);
        break;
    case COLUMN_COUNT:
        add_count(b, cell, lang);
        break;
    case COLUMN_REAL:
        num_add_human(b, x, column->decimals, lang);
        break;
    case COLUMN_PERCENT:
        num_add_human(b, x, 1, lang);
        buf_addc(b, '%');
        break;
    case COLUMN_PROB:
        add_prob(b, x, lang);
        break;
    case COLUMN_P:
        num_add_p(b, x, lang);
        break;
    }
}

static void add_cell(struct buf *b, const struct column *column, const struct cell *cell,
                     enum lang lang)
{
    if (cell->type == CELL_TEXT)
        add_text(b, column->type, cell->as.s, lang);
    else if (isfinite(cell_number(cell)))
        add_number(b, column, cell, lang);
    else if (!show_is_words(column->type))
        buf_adds(b, missing);
}

void show_cell(const struct result *r, size_t row, size_t column, struct buf *b)
{
    add_cell(b, &r->columns[column], &r->cells[row * r->column_count + column], r->lang);
}

/* ---- views ---- */

/* NaN for an empty cell and for a column that the view does not name or the result does not have.
 */
static double view_number(const struct result *r, size_t row, const char *name)
{
    return name ? cell_number(result_cell(r, row, name)) : NAN;
}

static void add_named(const struct result *r, size_t row, const char *name, struct buf *b)
{
    size_t column = result_column(r, name);
    if (column < r->column_count)
        show_cell(r, row, column, b);
    else
        buf_adds(b, missing);
}

/* A count that is known within bounds: "from 3 to 5" as 3–5, from the columns NAME_low, NAME_high.
 */
static void add_count_view(const struct result *r, size_t row, const char *name, struct buf *b)
{
    char low[48], high[48];
    snprintf(low, sizeof low, "%s_low", name);
    snprintf(high, sizeof high, "%s_high", name);
    if (result_cell(r, row, name)->type != CELL_EMPTY || isnan(view_number(r, row, low))) {
        add_named(r, row, name, b);
        return;
    }
    add_named(r, row, low, b);
    buf_adds(b, "–");
    add_named(r, row, high, b);
}

static void add_change_view(const struct result *r, size_t row, const struct view *v, struct buf *b)
{
    double change = view_number(r, row, v->a);
    bool none_before = view_number(r, row, v->c) == 0;
    if (isfinite(change))
        add_change(b, change, view_number(r, row, v->b), none_before, false, r->lang);
    else
        add_named(r, row, v->a, b);
}

static void add_interval_view(const struct result *r, size_t row, const struct view *v,
                              struct buf *b)
{
    size_t start = b->len;
    show_interval(b, view_number(r, row, v->a), view_number(r, row, v->b), r->lang);
    if (b->len == start)
        buf_adds(b, missing);
}

/* A count without a denominator is the count alone. */
static void add_rate_view(const struct result *r, size_t row, const struct view *v, struct buf *b)
{
    add_named(r, row, v->a, b);
    if (result_cell(r, row, v->b)->type == CELL_EMPTY)
        return;
    buf_addc(b, '/');
    add_named(r, row, v->b, b);
    double pct = view_number(r, row, v->c);
    if (!isfinite(pct))
        return;
    size_t column = result_column(r, v->c);
    buf_adds(b, " (");
    num_add_human(b, r->columns[column].type == COLUMN_PROB ? 100 * pct : pct, 1, r->lang);
    buf_adds(b, "%)");
}

static void add_range_end(const struct result *r, size_t row, const struct column *column,
                          const char *name, struct buf *b)
{
    const struct cell *cell = result_cell(r, row, name);
    if (cell->type == CELL_EMPTY)
        buf_adds(b, "…");
    else
        add_cell(b, column, cell, r->lang);
}

static void add_range_view(const struct result *r, size_t row, const struct view *v, struct buf *b)
{
    size_t a = result_column(r, v->a);
    bool none = result_cell(r, row, v->a)->type == CELL_EMPTY &&
                result_cell(r, row, v->b)->type == CELL_EMPTY;
    if (none || a == r->column_count) {
        buf_adds(b, missing);
        return;
    }
    add_range_end(r, row, &r->columns[a], v->a, b);
    buf_adds(b, "–");
    add_range_end(r, row, &r->columns[a], v->b, b);
}

static void add_signed(struct buf *b, double pct, enum lang lang)
{
    buf_adds(b, pct > 0 ? "+" : "");
    num_add_human(b, pct, 1, lang);
    buf_addc(b, '%');
}

static void add_pace_view(const struct result *r, size_t row, const struct view *v, struct buf *b)
{
    double pct = view_number(r, row, v->a), low = view_number(r, row, v->b),
           high = view_number(r, row, v->c);
    struct buf from = {0}, to = {0};
    if (!isfinite(pct)) {
        buf_adds(b, missing);
        return;
    }
    add_signed(b, pct, r->lang);
    add_signed(&from, low, r->lang);
    add_signed(&to, high, r->lang);
    if (isfinite(low) && isfinite(high))
        buf_addf(b, tr(r->lang, " (from %s to %s)"), buf_text(&from), buf_text(&to));
    b->failed |= from.failed || to.failed;
    buf_free(&from);
    buf_free(&to);
}

static void add_estimate_view(const struct result *r, size_t row, const struct view *v,
                              struct buf *b)
{
    const struct view range = {NULL, VIEW_RANGE, v->b, v->c, NULL};
    add_named(r, row, v->a, b);
    if (result_cell(r, row, v->b)->type == CELL_EMPTY)
        return;
    buf_adds(b, " (");
    add_range_view(r, row, &range, b);
    buf_addc(b, ')');
}

static void add_season_view(const struct result *r, size_t row, const struct view *v, struct buf *b)
{
    double p = view_number(r, row, v->b), peak = view_number(r, row, v->a);
    if (!isfinite(p) || !isfinite(peak)) {
        buf_adds(b, missing);
    } else if (p >= 0.05) {
        buf_adds(b, tr(r->lang, "none clear"));
    } else {
        buf_addf(b, tr(r->lang, "month %d (p "), (int)peak);
        num_add_p(b, p, r->lang);
        buf_addc(b, ')');
    }
}

void show_view(const struct result *r, size_t row, const struct view *view, struct buf *b)
{
    switch (view->type) {
    case VIEW_CELL:
        add_named(r, row, view->a, b);
        break;
    case VIEW_COUNTS:
        add_count_view(r, row, view->a, b);
        buf_addc(b, '/');
        add_count_view(r, row, view->b, b);
        break;
    case VIEW_CHANGE:
        add_change_view(r, row, view, b);
        break;
    case VIEW_INTERVAL:
        add_interval_view(r, row, view, b);
        break;
    case VIEW_RATE:
        add_rate_view(r, row, view, b);
        break;
    case VIEW_RANGE:
        add_range_view(r, row, view, b);
        break;
    case VIEW_PACE:
        add_pace_view(r, row, view, b);
        break;
    case VIEW_ESTIMATE:
        add_estimate_view(r, row, view, b);
        break;
    case VIEW_SEASON:
        add_season_view(r, row, view, b);
        break;
    }
}
