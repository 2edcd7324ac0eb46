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
const char show_missing[] = "–";

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

void show_change_amount(struct buf *b, double change, double reduction_pct, bool none_before,
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
    show_change_amount(b, (double)change, reduction_pct, count_before == 0, false, lang);
}

void show_change_prose(struct buf *b, int64_t change, double reduction_pct, int64_t count_before,
                       enum lang lang)
{
    show_change_amount(b, (double)change, reduction_pct, count_before == 0, true, lang);
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

void show_token(struct buf *b, const char *token, enum lang lang)
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
        show_token(b, text, lang);
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

double show_cell_number(const struct cell *cell)
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
    double x = show_cell_number(cell);
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

void show_value(struct buf *b, const struct column *column, const struct cell *cell, enum lang lang)
{
    if (cell->type == CELL_TEXT)
        add_text(b, column->type, cell->as.s, lang);
    else if (isfinite(show_cell_number(cell)))
        add_number(b, column, cell, lang);
    else if (!show_is_words(column->type))
        buf_adds(b, show_missing);
}

void show_cell(const struct result *r, size_t row, size_t column, struct buf *b)
{
    show_value(b, &r->columns[column], &r->cells[row * r->column_count + column], r->lang);
}
