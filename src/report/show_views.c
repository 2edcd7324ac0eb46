/* Several cells of a row as one phrase of the short table. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "base/num.h"
#include "report/show.h"
#include "report/show_parts.h"

/* NaN for an empty cell and for a column that the view does not name or the result does not have.
 */
static double view_number(const struct result *r, size_t row, const char *name)
{
    return name ? show_cell_number(result_cell(r, row, name)) : NAN;
}

static void add_named(const struct result *r, size_t row, const char *name, struct buf *b)
{
    size_t column = result_column(r, name);
    if (column < r->column_count)
        show_cell(r, row, column, b);
    else
        buf_adds(b, show_missing);
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
        show_change_amount(b, change, view_number(r, row, v->b), none_before, false, r->lang);
    else
        add_named(r, row, v->a, b);
}

static void add_interval_view(const struct result *r, size_t row, const struct view *v,
                              struct buf *b)
{
    size_t start = b->len;
    show_interval(b, view_number(r, row, v->a), view_number(r, row, v->b), r->lang);
    if (b->len == start)
        buf_adds(b, show_missing);
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
        show_value(b, column, cell, r->lang);
}

static void add_range_view(const struct result *r, size_t row, const struct view *v, struct buf *b)
{
    size_t a = result_column(r, v->a);
    bool none = result_cell(r, row, v->a)->type == CELL_EMPTY &&
                result_cell(r, row, v->b)->type == CELL_EMPTY;
    if (none || a == r->column_count) {
        buf_adds(b, show_missing);
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
        buf_adds(b, show_missing);
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
        buf_adds(b, show_missing);
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
