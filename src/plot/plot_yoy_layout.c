/* Where everything on the dumbbell stands. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/yoy_layout.h"

#define NAME_LINES 3
#define ROW_LEAST_MM 3.6 /* lines of 9 pt set solid */

/* ---- the two axes ---- */

static double row_max(const struct yoy_row *row)
{
    double before = isnan(row->before) ? 0 : row->before;
    return isnan(row->now) ? before : fmax(before, row->now);
}

/* From 0 to the largest count. Where more than a third of the rows would lie in the first fiftieth,
 * a square root keeps them apart. */
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

/* How far the axis must reach, as a log ratio: to every point that has one, to the target and to
 * four fifths of the ends of intervals; the rest are arrows. `ends` has room for two a row. */
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
    return n ? fmax(need, ends[n * 4 / 5]) : need;
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

static void add_percent(struct buf *b, int percent, enum lang lang)
{
    buf_adds(b, percent > 0 ? "+" : "");
    num_add_count(b, percent, lang);
}

static void add_tick_pair(struct draw_ticks *t, const struct draw_axis *a, int fall, int rise,
                          enum lang lang)
{
    struct buf down = {0}, up = {0};
    add_percent(&down, fall, lang);
    add_percent(&up, rise, lang);
    if (draw_ticks_fit(t, a, 1 + fall / 100.0, buf_text(&down)) &&
        draw_ticks_fit(t, a, 1 + rise / 100.0, buf_text(&up))) {
        draw_ticks_add(t, a, 1 + fall / 100.0, buf_text(&down));
        draw_ticks_add(t, a, 1 + rise / 100.0, buf_text(&up));
    }
    t->list.failed |= down.failed || up.failed;
    buf_free(&down);
    buf_free(&up);
}

/* No change, then pairs of a fall and the rise that undoes it (small ones: nearly), the more
 * telling ones first; a pair is left out where there is no room for both. */
static void change_ticks(struct draw_ticks *t, const struct draw_axis *a, enum lang lang)
{
    static const int pairs[][2] = {{-50, 100}, {-80, 400}, {-20, 25}, {-10, 10}, {-5, 5}, {-2, 2}};
    draw_ticks_add(t, a, 1, "0");
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        add_tick_pair(t, a, pairs[i][0], pairs[i][1], lang);
}

/* ---- widths ---- */

static double number_width(double width, const struct yoy *y, double x)
{
    struct buf text = {0};
    if (!isnan(x))
        words_number(&text, x, y->result->lang);
    width = draw_widest(width, DRAW_STRONG, buf_text(&text));
    buf_free(&text);
    return width;
}

static double head_width(const char *mark, const char *name)
{
    return draw_width(DRAW_STRONG, mark) + draw_width(DRAW_STRONG, " ") +
           draw_width(DRAW_STRONG, name);
}

const char *yoy_scale_words(const struct yoy_layout *l, enum lang lang)
{
    return l->counts.scale == DRAW_SQRT ? tr(lang, "(root scale)") : "";
}

/* What stands in the columns of text. */
struct widths {
    double name, before, now, words;
};

static struct widths text_widths(const struct yoy *y)
{
    struct widths w = {.before = head_width("○", y->before_name),
                       .now = head_width("●", y->now_name),
                       .words = draw_width(DRAW_STRONG, tr(y->result->lang, "up (+), down (−)"))};
    for (size_t i = 0; i <= y->count; i++) {
        const struct yoy_row *row = i < y->count ? &y->rows[i] : &y->total;
        if (i == y->count && !y->has_total)
            break;
        w.name = draw_widest(w.name, i < y->count ? DRAW_LABEL : DRAW_STRONG, row->name);
        w.words = draw_widest(w.words, DRAW_STRONG, row->words);
        w.before = number_width(w.before, y, row->before);
        w.now = number_width(w.now, y, row->now);
    }
    return w;
}

/* The head of the intervals may reach over the gap, up to the head of the words beside it. */
static double least_changes(double words, double gap, enum lang lang)
{
    double head = draw_width(DRAW_STRONG, tr(lang, "95% confidence interval"));
    double spare = words - draw_width(DRAW_STRONG, tr(lang, "up (+), down (−)"));
    return fmax(24, head + 2 - gap - spare);
}

/* Columns are as wide as what stands in them, names broken where the panels would become narrower
 * than their heads; the panels share the rest, the one with the intervals first. */
static void set_columns(struct yoy_layout *l, const struct yoy *y)
{
    static const double gap = 4.5, most_name = 38, least_name = 20, enough = 43;
    enum lang lang = y->result->lang;
    struct widths w = text_widths(y);
    double least_left = draw_widest(18, DRAW_STRONG, yoy_scale_words(l, lang));
    double least_right = least_changes(w.words, gap, lang);
    double numbers = 3 + w.before + 2.5 + w.now;
    double rest = DRAW_TEXT_MM - numbers - w.words - 3 * gap;
    l->name_width =
        fmin(w.name + 0.5, fmin(most_name, fmax(least_name, rest - least_left - least_right)));
    l->before_right = DRAW_EDGE_MM + l->name_width + 3 + w.before;
    l->now_right = DRAW_EDGE_MM + l->name_width + numbers;
    l->left_from = l->now_right + gap;
    l->right_to = DRAW_PAGE_MM - DRAW_EDGE_MM - w.words - gap;
    double room = rest - l->name_width;
    l->right_from = l->right_to - fmin(fmax(room * 5 / 9, enough), room - least_left);
    l->left_to = l->right_from - gap;
}

/* ---- heights ---- */

static double lines_height(enum draw_style style, const char *text)
{
    return (double)draw_line_count(text) * draw_leading(style);
}

static const char *break_name(struct yoy_layout *l, enum draw_style style, const char *name)
{
    struct buf lines = {0};
    draw_wrap(&lines, style, name, l->name_width, NAME_LINES);
    const char *kept = draw_keep(&l->arena, &lines);
    buf_free(&lines);
    return kept;
}

static bool break_names(struct yoy_layout *l, struct err *e)
{
    bool ok = true;
    l->total.name = break_name(l, DRAW_STRONG, l->yoy->total.name ? l->yoy->total.name : "");
    for (size_t i = 0; i < l->yoy->count; i++) {
        l->rows[i].name = break_name(l, DRAW_LABEL, l->yoy->rows[i].name);
        ok &= l->rows[i].name != NULL;
    }
    return (ok && l->total.name) || err_memory(e);
}

/* Each row has room for its name; before the cases of unknown place there is a little air. */
static void stack_rows(struct yoy_layout *l, double looseness)
{
    const struct yoy *y = l->yoy;
    double top = l->rule + draw_between(looseness, 0.4, 1);
    double row_mm = y->count <= 20 ? 5.8 : y->count <= 40 ? 4.9 : 4.3;
    row_mm = draw_between(looseness, ROW_LEAST_MM, row_mm);
    for (size_t i = 0; i < y->count; i++) {
        struct yoy_place *place = &l->rows[i];
        if (i > 0 && y->rows[i].group == YOY_NO_PLACE && y->rows[i - 1].group != YOY_NO_PLACE)
            top += draw_between(looseness, 0, 1.5);
        place->top = top;
        place->bottom = top + fmax(row_mm, lines_height(DRAW_LABEL, place->name) +
                                               draw_between(looseness, -0.25, 1));
        top = place->bottom;
    }
    l->bottom = top + draw_between(looseness, 0.2, 0.6);
}

static void stack(void *chart, double looseness)
{
    struct yoy_layout *l = chart;
    const struct yoy *y = l->yoy;
    l->heads = draw_page_head(&l->page, 3);
    double top = l->heads + 2 * draw_leading(DRAW_STRONG) + draw_between(looseness, 0.2, 1.2);
    if (!isnan(y->target_pct))
        top += draw_leading(DRAW_TARGET);
    l->rule = l->total.top = top;
    if (y->has_total)
        l->rule += fmax(draw_between(looseness, 4.2, 6.5),
                        lines_height(DRAW_STRONG, l->total.name) + draw_between(looseness, 0.4, 2));
    l->total.bottom = l->rule;
    stack_rows(l, looseness);
    draw_page_close(&l->page, l->bottom + draw_between(looseness, 4.8, 7));
}

/* Of rows that do not fit the page, even as close as they can be read, the middle goes. */
static bool set_heights(struct yoy_layout *l, struct err *e)
{
    struct yoy *y = l->yoy;
    l->rows = arena_alloc(&l->arena, (y->count + 1) * sizeof *l->rows);
    if (!l->rows)
        return err_memory(e);
    for (;;) {
        if (!break_names(l, e))
            return false;
        buf_clear(&l->page.left_out);
        yoy_add_left_out(&l->page.left_out, y);
        if (draw_page_squeeze(&l->page, stack, l) || y->count <= YOY_FEWEST_ROWS)
            return true;
        yoy_drop(y);
    }
}

static void set_ticks(struct yoy_layout *l, enum lang lang)
{
    l->counts.from = l->left_from;
    l->counts.to = l->left_to;
    l->changes.from = l->right_from;
    l->changes.to = l->right_to;
    draw_ticks_count(&l->count_ticks, &l->counts, lang);
    change_ticks(&l->change_ticks, &l->changes, lang);
}

bool yoy_layout_init(struct yoy_layout *l, struct yoy *y, const struct plot_options *o,
                     struct err *e)
{
    *l = (struct yoy_layout){.yoy = y, .counts = counts_axis(y), .page = draw_page(y->result, o)};
    if (!changes_axis(y, &l->changes, e))
        return false;
    set_columns(l, y);
    yoy_add_title(&l->page.title, y);
    if (l->counts.scale == DRAW_SQRT)
        buf_adds(&l->page.notes, tr(y->result->lang, "The axis of counts is a square-root scale."));
    yoy_add_notes(&l->page.notes, y);
    yoy_add_source(&l->page.source, y);
    if (!set_heights(l, e))
        return false;
    set_ticks(l, y->result->lang);
    return true;
}

void yoy_layout_free(struct yoy_layout *l)
{
    draw_ticks_free(&l->count_ticks);
    draw_ticks_free(&l->change_ticks);
    draw_page_free(&l->page);
    arena_free(&l->arena);
    *l = (struct yoy_layout){0};
}
