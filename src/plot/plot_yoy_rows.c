/* From the cells of a `yoy` result to rows in the order of drawing. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "plot/draw.h"
#include "plot/yoy.h"

/* ---- cells ---- */

static double number(const struct result *r, size_t row, const char *column)
{
    const struct cell *cell = result_cell(r, row, column);
    if (cell->type == CELL_INT)
        return (double)cell->as.i;
    return cell->type == CELL_REAL ? cell->as.x : NAN;
}

static const char *text(const struct result *r, size_t row, const char *column)
{
    const struct cell *cell = result_cell(r, row, column);
    return cell->type == CELL_TEXT ? cell->as.s : "";
}

/* Notes are `code=value;` one behind the other. */
static bool note_has(const struct result *r, size_t row, const char *token)
{
    const char *note = text(r, row, "note");
    for (const char *hit = note; (hit = strstr(hit, token)); hit++)
        if (hit == note || hit[-1] == ';' || hit[-1] == ' ')
            return true;
    return false;
}

static bool is_total(const struct result *r, size_t row)
{
    return note_has(r, row, "total=1;");
}

static bool is_no_place(const struct result *r, size_t row)
{
    const char *unit = text(r, row, "unit");
    size_t n = strlen(unit);
    return n >= 2 && !strcmp(unit + n - 2, "/?");
}

/* ---- one row ---- */

/* A reduction of 100 % is a ratio of 0; an interval whose low end is missing though its high end is
 * there has no bound on the side of a rise. */
static void read_interval(const struct result *r, size_t row, const char *low, const char *high,
                          double *ratio_low, double *ratio_high)
{
    double down = number(r, row, high), up = number(r, row, low);
    *ratio_low = 1 - down / 100;
    *ratio_high = isnan(up) && !isnan(down) ? INFINITY : 1 - up / 100;
}

static void read_intervals(struct yoy_row *row, const struct result *r, size_t at)
{
    read_interval(r, at, "ci_low", "ci_high", &row->low, &row->high);
    read_interval(r, at, "ci_low_phi", "ci_high_phi", &row->wide_low, &row->wide_high);
    if (isnan(row->low)) {
        row->low = row->wide_low;
        row->high = row->wide_high;
    }
    if (isnan(row->wide_low) || (row->wide_low >= row->low && row->wide_high <= row->high)) {
        row->wide_low = row->low;
        row->wide_high = row->high;
    }
}

static enum yoy_group group_of(const struct yoy_row *row, bool no_place)
{
    if (no_place)
        return YOY_NO_PLACE;
    if (isnan(row->now))
        return YOY_NOT_REPORTED;
    return isnan(row->change) ? YOY_NO_BASE : YOY_COMPARED;
}

/* Boundaries that changed leave some counts within bounds, and some not known: that is not the
 * office's silence. */
static const char *lack_of(const struct yoy_row *row, const struct result *r, size_t at)
{
    if (!isnan(row->now) && !isnan(row->count_before))
        return NULL;
    if (note_has(r, at, "divided="))
        return N_("known within bounds only");
    return note_has(r, at, "missing=") ? N_("some of its area is not loaded") : NULL;
}

static void read_row(struct yoy_row *row, const struct result *r, size_t at)
{
    *row = (struct yoy_row){.position = at,
                            .name = text(r, at, "unit_name"),
                            .now = number(r, at, "count"),
                            .count_before = number(r, at, "count_before"),
                            .change = number(r, at, "change"),
                            .ratio = 1 - number(r, at, "reduction_pct") / 100,
                            .prob_reduction = number(r, at, "prob_reduction"),
                            .prob_dispersed = number(r, at, "prob_reduction_phi")};
    bool no_place = is_no_place(r, at);
    if (!*row->name)
        row->name = no_place ? tr(r->lang, "place unknown") : text(r, at, "unit");
    if (isnan(row->now) || isnan(row->count_before))
        row->change = NAN;
    row->before = isnan(row->change) ? row->count_before : row->now - row->change;
    row->incomplete =
        !isnan(row->now) && !is_total(r, at) && !strcmp(text(r, at, "verdict"), "incomplete");
    row->lack = lack_of(row, r, at);
    row->group = group_of(row, no_place);
    read_intervals(row, r, at);
}

/* ---- all rows ---- */

static bool check_result(const struct result *r, struct err *e)
{
    if (r->row_count == 0)
        return err_set(e, ERR_USAGE, "no rows to draw: choose a period that has data (--period)");
    for (size_t i = 1; i < r->row_count; i++)
        if (strcmp(text(r, i, "category"), text(r, 0, "category")) != 0)
            return err_set(e, ERR_USAGE,
                           "the chart shows one category, and there are %s and %s: choose one "
                           "with --category",
                           text(r, 0, "category"), text(r, i, "category"));
    return true;
}

/* The total is the row that says so; a result of one row is its own. */
static bool read_total(struct yoy *y, struct err *e)
{
    const struct result *r = y->result;
    for (size_t i = 0; i < r->row_count; i++) {
        if (!is_total(r, i) && r->row_count > 1)
            continue;
        if (y->has_total)
            return err_set(e, ERR_USAGE,
                           "the chart shows the units of one parent: choose it with --unit");
        y->has_total = true;
        read_row(&y->total, r, i);
        y->target_pct = number(r, i, "target_pct");
        y->comparable = !note_has(r, i, "not_comparable=");
    }
    return true;
}

static bool read_units(struct yoy *y, struct err *e)
{
    const struct result *r = y->result;
    y->rows = malloc(r->row_count * sizeof *y->rows);
    if (!y->rows)
        return err_memory(e);
    for (size_t i = 0; i < r->row_count; i++) {
        if (y->has_total && i == y->total.position)
            continue;
        struct yoy_row *row = &y->rows[y->count++];
        read_row(row, r, i);
        y->units += row->group != YOY_NO_PLACE;
        y->reported += row->group != YOY_NO_PLACE && !isnan(row->now);
    }
    return true;
}

static int compare_rows(const void *left, const void *right)
{
    const struct yoy_row *a = left, *b = right;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    if (a->change != b->change && a->group == YOY_COMPARED)
        return a->change < b->change ? -1 : 1;
    return a->position < b->position ? -1 : 1;
}

static void remove_rows(struct yoy *y, size_t at, size_t n)
{
    memmove(y->rows + at, y->rows + at + n, (y->count - at - n) * sizeof *y->rows);
    y->count -= n;
}

static void count_groups(const struct yoy *y, size_t *compared, size_t *others)
{
    *compared = *others = 0;
    for (size_t i = 0; i < y->count; i++) {
        *compared += y->rows[i].group == YOY_COMPARED;
        *others += y->rows[i].group == YOY_NO_BASE || y->rows[i].group == YOY_NOT_REPORTED;
    }
}

static void keep_others(struct yoy *y, size_t most)
{
    size_t compared, others;
    count_groups(y, &compared, &others);
    if (others <= most)
        return;
    y->omitted.others += others - most;
    remove_rows(y, compared + most, others - most);
}

/* The largest falls and rises. */
static void keep_compared(struct yoy *y, size_t most)
{
    struct yoy_omitted *m = &y->omitted;
    size_t compared, others, first = (most + 1) / 2;
    count_groups(y, &compared, &others);
    if (compared <= most)
        return;
    size_t n = compared - most;
    double from = y->rows[first].change, to = y->rows[first + n - 1].change;
    m->change_from = m->compared ? fmin(m->change_from, from) : from;
    m->change_to = m->compared ? fmax(m->change_to, to) : to;
    m->compared += n;
    m->first = (int)first;
    m->last = (int)(most - first);
    remove_rows(y, first, n);
}

void yoy_drop(struct yoy *y)
{
    size_t compared, others;
    count_groups(y, &compared, &others);
    if (compared == 0 || others > fmax(1, (double)y->count / 6))
        keep_others(y, others - 1);
    else
        keep_compared(y, compared - 1);
}

/* Of the rows that have no marks the first few. */
static void omit_rows(struct yoy *y)
{
    size_t compared, others;
    count_groups(y, &compared, &others);
    if (compared + others > YOY_MOST_ROWS)
        keep_others(y, YOY_MOST_OTHERS);
    keep_compared(y, YOY_MOST_ROWS);
}

/* ---- words ---- */

/* Both periods by their short names, or both by what they are to each other. */
static void name_periods(struct yoy *y, struct buf *b)
{
    const struct result *r = y->result;
    bool is_short = words_period(b, text(r, 0, "against"), r->lang);
    y->before_name = draw_keep(&y->arena, b);
    is_short = words_period(b, text(r, 0, "period"), r->lang) && is_short;
    y->now_name = draw_keep(&y->arena, b);
    if (!is_short) {
        y->before_name = tr(r->lang, "before");
        y->now_name = tr(r->lang, "now");
    }
}

static bool write_words(struct yoy *y, struct err *e)
{
    struct buf b = {0};
    bool ok = true;
    name_periods(y, &b);
    for (size_t i = 0; i < y->count; i++)
        y->is_terse |= fabs(y->rows[i].change) >= 1000;
    for (size_t i = 0; i < y->count; i++) {
        yoy_add_change(&b, y, &y->rows[i]);
        y->rows[i].words = draw_keep(&y->arena, &b);
        ok &= y->rows[i].words != NULL;
    }
    yoy_add_change(&b, y, &y->total);
    y->total.words = draw_keep(&y->arena, &b);
    ok &= y->total.words && y->now_name && y->before_name;
    buf_free(&b);
    return ok || err_memory(e);
}

bool yoy_read(struct yoy *y, const struct result *r, struct err *e)
{
    const struct prov *per = words_prov(r, "per");
    *y = (struct yoy){.result = r,
                      .counted = words_counted(r),
                      .comparable = true,
                      .is_rate = per && strcmp(per->value, "cases") != 0,
                      .target_pct = NAN};
    if (!check_result(r, e) || !read_total(y, e) || !read_units(y, e))
        return false;
    qsort(y->rows, y->count, sizeof *y->rows, compare_rows);
    omit_rows(y);
    return write_words(y, e);
}

void yoy_free(struct yoy *y)
{
    free(y->rows);
    arena_free(&y->arena);
    *y = (struct yoy){0};
}
