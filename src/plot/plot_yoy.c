/* The dumbbell: two counts a unit, their change with its interval, the change in words. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/draw.h"
#include "plot/yoy.h"

#define WIDTH_MM 160.0
#define EDGE_MM 0.5
#define NAME_LINES 3

/* What the chart needs to know before it is drawn, mm. */
struct layout {
    double row_mm;
    double name_width, before_right, now_right, left_from, left_to, right_from, right_to;
    double heads, total, rule, first, bottom, notes, height;
    double *at, *rule_after; /* of each row: its middle, and where it ends */
    size_t title_lines;
    struct draw_axis counts, changes;
    struct draw_ticks count_ticks, change_ticks;
    struct buf title, notes_text, *names; /* names: broken into lines */
};

/* ---- the two axes ---- */

static double row_max(const struct yoy_row *row)
{
    double before = isnan(row->before) ? 0 : row->before;
    return isnan(row->now) ? before : fmax(before, row->now);
}

/* From 0 to the largest count. Where more than a third of the rows would lie in the first fiftieth, a
 * square root keeps them apart. */
static struct draw_axis counts_axis(const struct yoy *y)
{
    struct draw_axis a = {.scale = DRAW_LINEAR, .high = 1};
    size_t low = 0;
    for (size_t i = 0; i < y->count; i++)
        a.high = fmax(a.high, row_max(&y->rows[i]));
    for (size_t i = 0; i < y->count; i++)
        low += row_max(&y->rows[i]) < a.high / 50;
    if (3 * low > y->count)
        a.scale = DRAW_SQRT;
    return a;
}

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static size_t add_far(double *far, size_t n, double ratio)
{
    if (isfinite(ratio) && ratio > 0)
        far[n++] = fabs(log(ratio));
    return n;
}

/* How far the axis must reach, as a log ratio: to every point that has one, to the target and to four
 * fifths of the ends of intervals; the rest are arrows. `ends` has room for two a row. */
static double reach_needed(const struct yoy *y, double *ends)
{
    size_t n = 0;
    double point[1], need = 0;
    for (size_t i = 0; i <= y->count; i++) {
        const struct yoy_row *row = i < y->count ? &y->rows[i] : &y->total;
        if (i == y->count && !y->has_total)
            break;
        if (add_far(point, 0, row->ratio))
            need = fmax(need, point[0]);
        n = add_far(ends, n, row->wide_low);
        n = add_far(ends, n, row->wide_high);
    }
    if (add_far(point, 0, 1 - y->target_pct / 100))
        need = fmax(need, point[0]);
    qsort(ends, n, sizeof *ends, compare_doubles);
    return n ? fmax(need, ends[(n - 1) * 4 / 5]) : need;
}

/* Symmetric on the log scale, so that a halving and a doubling are as far from no change. */
static bool changes_axis(const struct yoy *y, struct draw_axis *a, struct err *e)
{
    static const double reaches[] = {1.1, 1.25, 1.6, 2.2, 3, 4.5, 8.7};
    double *ends = malloc((2 * y->count + 2) * sizeof *ends);
    if (!ends)
        return err_memory(e);
    double need = 1.04 * reach_needed(y, ends);
    size_t i = 0;
    while (i + 1 < sizeof reaches / sizeof reaches[0] && log(reaches[i]) < need)
        i++;
    free(ends);
    a->scale = DRAW_LOG;
    a->low = 1 / reaches[i];
    a->high = reaches[i];
    return true;
}

/* The more telling ones first; each is left out where there is no room. */
static void change_ticks(struct draw_ticks *t, const struct draw_axis *a, enum lang lang)
{
    static const int percents[] = {0,  -50, 100, -80, 400, -25, 50, -10,
                                   10, -5,  5,   -20, 20,  -2,  2};
    for (size_t i = 0; i < sizeof percents / sizeof percents[0]; i++) {
        struct buf text = {0};
        buf_adds(&text, percents[i] > 0 ? "+" : "");
        num_add_count(&text, percents[i], lang);
        draw_ticks_add(t, a, 1 + percents[i] / 100.0, buf_text(&text));
        t->list.failed |= text.failed;
        buf_free(&text);
    }
}

/* ---- widths ---- */

static double widest(double width, enum draw_style style, const char *text)
{
    return fmax(width, draw_width(style, text));
}

static double number_width(double width, const struct yoy *y, double x)
{
    struct buf text = {0};
    if (!isnan(x))
        words_number(&text, x, y->result->lang);
    width = widest(width, DRAW_STRONG, buf_text(&text));
    buf_free(&text);
    return width;
}

static double head_width(const char *mark, const char *name)
{
    return draw_width(DRAW_STRONG, mark) + draw_width(DRAW_STRONG, " ") +
           draw_width(DRAW_STRONG, name);
}

/* Columns are as wide as what stands in them; the panels share the rest, four to five. */
static void set_columns(struct layout *l, const struct yoy *y)
{
    static const double gap = 4, most_name = 42;
    double name = 0, words = 0;
    double before = head_width("○", y->before_name), now = head_width("●", y->now_name);
    for (size_t i = 0; i <= y->count; i++) {
        const struct yoy_row *row = i < y->count ? &y->rows[i] : &y->total;
        if (i == y->count && !y->has_total)
            break;
        name = widest(name, i < y->count ? DRAW_LABEL : DRAW_STRONG, row->name);
        words = widest(words, DRAW_STRONG, row->words);
        before = number_width(before, y, row->before);
        now = number_width(now, y, row->now);
    }
    l->name_width = fmin(name + 0.5, most_name);
    l->before_right = EDGE_MM + l->name_width + 3 + before;
    l->now_right = l->before_right + 2.5 + now;
    l->left_from = l->now_right + gap;
    l->right_to = WIDTH_MM - EDGE_MM - words - gap;
    double room = l->right_to - l->left_from - gap - 2;
    l->left_to = l->left_from + room * 4 / 9;
    l->right_from = l->left_to + gap + 2;
}

/* ---- heights ---- */

static bool break_names(struct layout *l, const struct yoy *y, struct err *e)
{
    l->names = calloc(y->count + 1, sizeof *l->names);
    l->at = calloc(2 * (y->count + 1), sizeof *l->at);
    if (!l->names || !l->at)
        return err_memory(e);
    l->rule_after = l->at + y->count + 1;
    for (size_t i = 0; i < y->count; i++)
        draw_wrap(&l->names[i], DRAW_LABEL, y->rows[i].name, l->name_width, NAME_LINES);
    if (y->has_total)
        draw_wrap(&l->names[y->count], DRAW_STRONG, y->total.name, l->name_width, NAME_LINES);
    return true;
}

static double lines_height(const struct buf *text, enum draw_style style)
{
    size_t lines = 1;
    for (const char *at = buf_text(text); (at = strchr(at, '\n')); at++)
        lines++;
    return (double)lines * draw_leading(style);
}

/* Each row has room for its name; before the first of another group there is a little air. */
static double set_rows(struct layout *l, const struct yoy *y, double top)
{
    for (size_t i = 0; i < y->count; i++) {
        if (i > 0 && y->rows[i].group == YOY_NO_PLACE && y->rows[i - 1].group != YOY_NO_PLACE)
            top += 1.5;
        double height = fmax(l->row_mm, lines_height(&l->names[i], DRAW_LABEL) + 1);
        l->at[i] = top + height / 2;
        top += height;
        l->rule_after[i] = top;
    }
    return top;
}

static double head_height(struct layout *l, const struct yoy *y, bool titled)
{
    double width = WIDTH_MM - 2 * EDGE_MM, top = 1;
    if (!titled)
        return top;
    yoy_add_title(&l->title, y);
    top += draw_paragraph_height(DRAW_TITLE, width, buf_text(&l->title));
    if (y->result->title)
        top += 0.5 + draw_paragraph_height(DRAW_SUBTITLE, width, y->result->title);
    return top + 3;
}

static double notes_height(struct layout *l, const struct yoy *y)
{
    double width = WIDTH_MM - 2 * EDGE_MM, height = 0;
    yoy_add_notes(&l->notes_text, y);
    char *from = l->notes_text.data;
    for (char *end; from && (end = strchr(from, '\n')); from = end + 1) {
        *end = '\0';
        height += draw_paragraph_height(DRAW_NOTE, width, from);
        *end = '\n';
    }
    if (from)
        height += draw_paragraph_height(DRAW_NOTE, width, from);
    return height + (y->result->synthetic ? draw_leading(DRAW_NOTE_STRONG) : 0);
}

static void set_heights(struct layout *l, const struct yoy *y, bool titled)
{
    static const double air = 1.2;
    l->row_mm = y->count <= 20 ? 5.8 : y->count <= 40 ? 4.9 : 4.3;
    l->heads = head_height(l, y, titled);
    double top = l->heads + 2 * draw_leading(DRAW_STRONG) + air;
    if (!isnan(y->target_pct))
        top += draw_leading(DRAW_TARGET);
    if (y->has_total) {
        double height = fmax(6.5, lines_height(&l->names[y->count], DRAW_STRONG) + 2);
        l->total = top + height / 2;
        top += height;
    }
    l->rule = top;
    l->first = top + air;
    l->bottom = set_rows(l, y, l->first) + air / 2;
    l->notes = l->bottom + 7;
    l->height = l->notes + notes_height(l, y) + 1;
}

static bool layout_init(struct layout *l, const struct yoy *y, bool titled, struct err *e)
{
    l->counts = counts_axis(y);
    if (!changes_axis(y, &l->changes, e))
        return false;
    set_columns(l, y);
    if (!break_names(l, y, e))
        return false;
    set_heights(l, y, titled);
    l->counts.from = l->left_from;
    l->counts.to = l->left_to;
    l->changes.from = l->right_from;
    l->changes.to = l->right_to;
    draw_ticks_count(&l->count_ticks, &l->counts, y->result->lang);
    change_ticks(&l->change_ticks, &l->changes, y->result->lang);
    return true;
}
