/* Where everything of the tile map stands. */
#include <math.h>

#include "base/lang.h"
#include "plot/coverage.h"
#include "plot/marks.h"

#define NAME_MOST_MM 40.0
#define BLOCK_GAP_MM 6.0
#define BLOCK_ROWS 55 /* more, and the units stand in a further block */
#define MOST_BLOCKS 3
#define MOST_ROWS 60 /* of a block */
#define TILE_MOST_MM 8.0
#define TILE_LEAST_MM 1.2
#define ROW_MM 5.2
#define ROW_LEAST_MM 3.65

/* ---- across ---- */

static double names_width(const struct coverage *c)
{
    double width = 0;
    for (size_t i = 0; i < c->count; i++)
        width = draw_widest(width, DRAW_LABEL, c->units[i].name);
    return width;
}

static double states_width(const struct coverage *c)
{
    struct buf b = {0};
    double width = 0;
    for (size_t i = 0; i < c->count; i++) {
        buf_clear(&b);
        coverage_add_state(&b, c, &c->units[i]);
        width = draw_widest(width, DRAW_STRONG, buf_text(&b));
    }
    buf_free(&b);
    return width + COVERAGE_GAP_MM;
}

/* Where months are too many for tiles that can be told apart, the last ones are drawn. */
static void set_columns(struct coverage *c)
{
    c->blocks = (c->count + BLOCK_ROWS - 1) / BLOCK_ROWS;
    c->blocks = c->blocks < MOST_BLOCKS ? c->blocks : MOST_BLOCKS;
    c->has_state = c->blocks == 1;
    double gaps = (double)(c->blocks - 1) * BLOCK_GAP_MM;
    c->block_width = (DRAW_TEXT_MM - gaps) / (double)c->blocks;
    c->name_width = fmin(names_width(c) + 0.5, fmin(NAME_MOST_MM, 0.48 * c->block_width));
    double room =
        c->block_width - c->name_width - COVERAGE_GAP_MM - (c->has_state ? states_width(c) : 0);
    size_t most = (size_t)(room / TILE_LEAST_MM);
    c->from = c->months > most ? c->months - most : 0;
    c->pitch = month_axis_pitch(room, c->months - c->from, TILE_MOST_MM);
}

/* ---- down ---- */

static void stack(void *chart, double looseness)
{
    struct coverage *c = chart;
    double line = draw_leading(DRAW_MUTED);
    struct month_axis axis = {.pitch = c->pitch};
    c->key = draw_page_head(&c->page, 2) + line / 2;
    c->top = c->key + line / 2 + draw_between(looseness, 0.6, 1.5);
    c->row_mm = draw_between(looseness, ROW_LEAST_MM, c->rows > 30 ? ROW_LEAST_MM + 0.2 : ROW_MM);
    double bottom = c->top + (double)c->rows * c->row_mm;
    draw_page_close(&c->page,
                    bottom + month_axis_height(&axis) + draw_between(looseness, 0.3, 1.5));
}

/* Up to `most` units in their order; where that is not all, those with gaps before the others. */
static void choose_units(struct coverage *c, size_t most)
{
    size_t with_gaps = c->late + c->gaps, room = most;
    size_t others = with_gaps < most ? most - with_gaps : 0;
    c->drawn_count = 0;
    for (size_t i = 0; i < c->count && room > 0; i++) {
        const struct coverage_unit *u = &c->units[i];
        if (!u->has_gap && others == 0)
            continue;
        others -= !u->has_gap;
        c->drawn[c->drawn_count++] = u;
        room--;
    }
    c->rows = (c->drawn_count + c->blocks - 1) / c->blocks;
}

static void add_left_out(struct coverage *c)
{
    enum lang lang = c->result->lang;
    struct buf *b = &c->page.left_out, month = {0};
    buf_clear(b);
    if (c->from) {
        marks_add_month(&month, c->first + (int)c->from);
        buf_addf(b, tr(lang, "Drawn from %s on; %zu months before are not."), buf_text(&month),
                 c->from);
    }
    size_t omitted = c->count - c->drawn_count, complete = 0;
    for (size_t i = 0; i < c->drawn_count; i++)
        complete += !c->drawn[i]->has_gap;
    if (omitted) {
        words_next(b);
        buf_addf(b,
                 omitted == c->complete - complete
                     ? tr(lang, "%zu more units that have reported everything are not drawn.")
                     : tr(lang, "%zu more units are not drawn."),
                 omitted);
    }
    b->failed |= month.failed;
    buf_free(&month);
}

static void set_heights(struct coverage *c)
{
    size_t most = c->blocks * (c->blocks < MOST_BLOCKS ? BLOCK_ROWS : MOST_ROWS);
    most = c->count < most ? c->count : most;
    for (;; most--) {
        choose_units(c, most);
        add_left_out(c);
        if (draw_page_squeeze(&c->page, stack, c) || most == 1)
            return;
    }
}

static bool break_names(struct coverage *c, struct err *e)
{
    struct buf b = {0};
    bool ok = true;
    for (size_t i = 0; i < c->count; i++) {
        draw_wrap(&b, DRAW_LABEL, c->units[i].name, c->name_width, 1);
        c->units[i].lines = draw_keep(&c->arena, &b);
        ok &= c->units[i].lines != NULL;
    }
    buf_free(&b);
    return ok || err_memory(e);
}

static void see_states(struct coverage *c)
{
    for (size_t i = 0; i < c->drawn_count; i++)
        for (size_t m = c->from; m < c->months; m++)
            c->has[c->drawn[i]->tiles[m].state] = true;
}

bool coverage_layout(struct coverage *c, const struct plot_options *o, struct err *e)
{
    c->page = draw_page(c->result, o);
    set_columns(c);
    if (!break_names(c, e) ||
        !months_span(&c->span, c->result, c->first + (int)c->from, c->months - c->from, e))
        return false;
    coverage_add_words(c);
    set_heights(c);
    see_states(c);
    return true;
}

double coverage_left(const struct coverage *c, size_t row)
{
    return DRAW_EDGE_MM + (double)(row / c->rows) * (c->block_width + BLOCK_GAP_MM);
}

double coverage_top(const struct coverage *c, size_t row)
{
    return c->top + (double)(row % c->rows) * c->row_mm;
}
