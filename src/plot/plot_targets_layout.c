/* Where everything of the bullets stands. */
#include <math.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/bullets.h"
#include "plot/words.h"

#define GAP_MM 3.0
#define PANEL_LEAST_MM 33.0 /* names take the rest, up to their most */
#define PANEL_COMPACT_MM 24.0
#define RESULT_MOST_MM 30.0
#define NAME_LEAST_MM 24.0
#define NAME_MOST_MM 62.0
#define NAME_LINES 3
#define FEWEST_ROWS 2

/* ---- axes ---- */

static double row_most(const struct bullets_row *row)
{
    double most = 0;
    const double values[] = {row->now, row->before, row->goal};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        most = isnan(values[i]) ? most : fmax(most, values[i]);
    return most;
}

/* From 0; a square root keeps small counts apart where one is far larger than another. */
static void set_counts_axis(struct bullets *t)
{
    struct bullets_section *s = &t->sections[BULLETS_REDUCTION];
    double most = 1, least = INFINITY;
    for (size_t i = s->first; i < s->first + s->count; i++) {
        double high = row_most(&t->rows[i]);
        most = fmax(most, high);
        least = high > 0 ? fmin(least, high) : least;
    }
    s->axis = (struct draw_axis){isfinite(least) && most > 25 * least ? DRAW_SQRT : DRAW_LINEAR, 0,
                                 most * 1.06, 0, 0};
}

/* To the ten below the lowest rate or target; from 0 where that is not far. */
static void set_rates_axis(struct bullets *t)
{
    struct bullets_section *s = &t->sections[BULLETS_RATE];
    double low = 100, high = 100;
    for (size_t i = s->first; i < s->first + s->count; i++) {
        const struct bullets_row *row = &t->rows[i];
        low = fmin(low, fmin(isnan(row->now) ? row->goal : row->now, row->goal));
        high = fmax(high, row_most(row));
    }
    low = 10 * floor((low - 4) / 10);
    s->axis = (struct draw_axis){DRAW_LINEAR, low < 50 ? 0 : low, high, 0, 0};
}

/* Targets have their number at the axis before all others. */
static void add_tick(struct draw_ticks *ticks, const struct draw_axis *a, double value,
                     enum lang lang)
{
    struct buf text = {0};
    words_number(&text, value, lang);
    draw_ticks_add(ticks, a, value, buf_text(&text));
    ticks->list.failed |= text.failed;
    buf_free(&text);
}

static void set_ticks(struct bullets *t)
{
    struct bullets_section *s = &t->sections[BULLETS_RATE];
    enum lang lang = t->result->lang;
    for (size_t i = 0; i < 2; i++) {
        t->sections[i].axis.from = t->from;
        t->sections[i].axis.to = t->to;
    }
    draw_ticks_count(&t->sections[BULLETS_REDUCTION].ticks, &t->sections[BULLETS_REDUCTION].axis,
                     lang);
    for (size_t i = s->first; i < s->first + s->count; i++)
        add_tick(&s->ticks, &s->axis, t->rows[i].goal, lang);
    static const double steps[] = {100, 0, 50, 90, 80, 70, 60};
    add_tick(&s->ticks, &s->axis, s->axis.low, lang);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        add_tick(&s->ticks, &s->axis, steps[i], lang);
}

/* ---- across ---- */

/* The columns of words are as wide as what stands in them, in several lines where there is room for
 * such; names have what the panel leaves. */
static void set_columns(struct bullets *t)
{
    enum lang lang = t->result->lang;
    double code = 0, result = draw_width(DRAW_STRONG, tr(lang, "Result"));
    double target = draw_width(DRAW_STRONG, tr(lang, "Target"));
    double verdict = draw_width(DRAW_STRONG, tr(lang, "Verdict"));
    for (size_t i = 0; i < t->count; i++) {
        const struct bullets_row *row = &t->rows[i];
        code = draw_widest(code, DRAW_LABEL, row->indicator);
        result = draw_widest(result, DRAW_LABEL, row->result);
        target = draw_widest(target, DRAW_LABEL, row->target);
        verdict = draw_widest(verdict, DRAW_STRONG, row->verdict);
        if (!t->compact)
            verdict = draw_widest(verdict, DRAW_LABEL, row->missing);
    }
    result = fmin(result + 0.1, RESULT_MOST_MM);
    t->verdict_left = DRAW_PAGE_MM - DRAW_EDGE_MM - verdict;
    t->target_right = t->verdict_left - GAP_MM;
    t->result_right = t->target_right - target - GAP_MM;
    t->result_width = result;
    t->code_width = code + 2;
    double panel = t->compact ? PANEL_COMPACT_MM : PANEL_LEAST_MM;
    double room = t->result_right - result - 2 * GAP_MM - DRAW_EDGE_MM - t->code_width;
    t->name_width = fmax(NAME_LEAST_MM, fmin(NAME_MOST_MM, room - panel));
    t->from = DRAW_EDGE_MM + t->code_width + t->name_width + GAP_MM;
    t->to = t->result_right - result - GAP_MM;
}

/* ---- down ---- */

static const char *wrapped(struct bullets *t, enum draw_style style, const char *text, double width)
{
    struct buf b = {0};
    draw_wrap(&b, style, text, width, 3);
    const char *kept = draw_keep(&t->arena, &b);
    buf_free(&b);
    return kept;
}

static const char *wrapped_name(struct bullets *t, const char *name, size_t lines)
{
    struct buf b = {0};
    bullets_add_name(&b, name, lines, t->name_width);
    const char *kept = draw_keep(&t->arena, &b);
    buf_free(&b);
    return kept;
}

/* The verdict, below it what is missing. */
static const char *verdict_lines(struct bullets *t, const struct bullets_row *row)
{
    if (t->compact || !*row->missing)
        return row->verdict;
    return arena_format(&t->arena, "%s\n%s", row->verdict, row->missing);
}

static bool break_lines(struct bullets *t, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; i < t->count; i++) {
        struct bullets_row *row = &t->rows[i];
        row->result_lines = wrapped(t, DRAW_LABEL, row->result, t->result_width);
        size_t lines = row->result_lines ? draw_line_count(row->result_lines) : 1;
        row->name_lines = wrapped_name(t, row->name, row->is_shortened ? lines : NAME_LINES);
        row->verdict_lines = verdict_lines(t, row);
        ok &= row->name_lines && row->result_lines && row->verdict_lines;
    }
    return ok || err_memory(e);
}

static size_t row_lines(const struct bullets_row *row)
{
    size_t lines = draw_line_count(row->name_lines), result = draw_line_count(row->result_lines);
    size_t verdict = draw_line_count(row->verdict_lines);
    lines = result > lines ? result : lines;
    return verdict > lines ? verdict : lines;
}

static void stack(void *chart, double looseness)
{
    struct bullets *t = chart;
    double top = draw_page_head(&t->page, 2.5), line = draw_leading(DRAW_LABEL);
    for (size_t k = 0; k < BULLETS_KINDS; k++) {
        struct bullets_section *s = &t->sections[k];
        if (s->count == 0 || s->first >= t->drawn)
            continue;
        s->head = top + line / 2;
        top += line + draw_between(looseness, 0.5, 1);
        for (size_t i = s->first; i < s->first + s->count && i < t->drawn; i++) {
            t->rows[i].top = top;
            top += (double)row_lines(&t->rows[i]) * line + draw_between(looseness, -0.2, 2);
            t->rows[i].bottom = top;
        }
        top += draw_between(looseness, 0.6, 3);
    }
    draw_page_close(&t->page, top);
}

static bool fit(struct bullets *t, bool compact, struct err *e, bool *fits)
{
    t->compact = compact;
    set_columns(t);
    if (!break_lines(t, e))
        return false;
    *fits = draw_page_fit(&t->page, stack, t);
    return true;
}

/* Of the names that make their rows higher, the one that loses least by being shortened. */
static struct bullets_row *next_to_shorten(struct bullets *t)
{
    struct bullets_row *best = NULL;
    double least = INFINITY;
    for (size_t i = 0; i < t->count; i++) {
        struct bullets_row *row = &t->rows[i];
        double length = draw_width(DRAW_LABEL, row->name);
        if (draw_line_count(row->name_lines) > draw_line_count(row->result_lines) &&
            length < least) {
            least = length;
            best = row;
        }
    }
    return best;
}

/* As few names as can be are shortened, before the notes go; rows go last. */
static bool set_heights(struct bullets *t, struct err *e)
{
    struct bullets_row *row;
    bool fits;
    if (!fit(t, false, e, &fits) || (!fits && !fit(t, true, e, &fits)))
        return false;
    while (!fits && (row = next_to_shorten(t))) {
        row->is_shortened = true;
        if (!fit(t, true, e, &fits))
            return false;
    }
    while (!fits && !draw_page_squeeze(&t->page, stack, t) && t->drawn > FEWEST_ROWS) {
        t->drawn--;
        buf_clear(&t->page.left_out);
        buf_addf(&t->page.left_out, tr(t->result->lang, "%zu more targets are not drawn."),
                 t->count - t->drawn);
    }
    return true;
}

bool bullets_layout(struct bullets *t, const struct plot_options *o, struct err *e)
{
    t->page = draw_page(t->result, o);
    t->drawn = t->count;
    set_counts_axis(t);
    set_rates_axis(t);
    bullets_add_words(t);
    if (!set_heights(t, e))
        return false;
    set_ticks(t);
    return true;
}
