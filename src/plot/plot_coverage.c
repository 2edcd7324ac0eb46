/* Who reported when: a tile a unit x month, filled where known, half where not whole, hatched where
 * not reported; the count in it where there is room. */
#include <math.h>

#include "base/lang.h"
#include "plot/coverage.h"

#define TILE_GAP_MM 0.35
#define SWATCH_MM 4.0

/* What is drawn on the page in mm. */
struct rows {
    struct buf fills, halves, hatches, outlines;
};

/* ---- tiles ---- */

/* Middle, left, right, top, bottom: gnuplot's boxxyerror. */
static void add_box(struct buf *b, double left, double top, double right, double bottom)
{
    buf_addf(b, "%.3f %.3f %.3f %.3f %.3f %.3f\n", (left + right) / 2, (top + bottom) / 2, left,
             right, top, bottom);
}

static void add_outline(struct buf *b, double left, double top, double right, double bottom)
{
    draw_line(b, left, top, right, top);
    draw_line(b, right, top, right, bottom);
    draw_line(b, right, bottom, left, bottom);
    draw_line(b, left, bottom, left, top);
}

static void add_tile(struct rows *r, enum coverage_state state, double left, double top,
                     double right, double bottom)
{
    if (state == COVERAGE_KNOWN)
        add_box(&r->fills, left, top, right, bottom);
    if (state == COVERAGE_UNKNOWN)
        draw_hatch(&r->hatches, left, top, right, bottom);
    if (state != COVERAGE_PARTIAL)
        return;
    add_box(&r->halves, left, (top + bottom) / 2, right, bottom);
    add_outline(&r->outlines, left, top, right, bottom);
}

static double months_left(const struct coverage *c, size_t row)
{
    return coverage_left(c, row) + c->name_width + COVERAGE_GAP_MM;
}

/* Months not reported in a row are one area. */
static void add_row(struct rows *r, const struct coverage *c, size_t row)
{
    const struct coverage_unit *u = c->drawn[row];
    double left = months_left(c, row), top = coverage_top(c, row) + TILE_GAP_MM / 2;
    double gap = fmin(TILE_GAP_MM, 0.2 * c->pitch);
    for (size_t m = c->from, run; m < c->months; m += run) {
        enum coverage_state state = u->tiles[m].state;
        run = 1;
        while (state == COVERAGE_UNKNOWN && m + run < c->months &&
               u->tiles[m + run].state == COVERAGE_UNKNOWN)
            run++;
        double x = left + (double)(m - c->from) * c->pitch;
        add_tile(r, state, x, top, x + (double)run * c->pitch - gap, top + c->row_mm - TILE_GAP_MM);
    }
}

/* ---- texts ---- */

static void draw_counts(struct plot *p, const struct coverage *c, size_t row)
{
    const struct coverage_unit *u = c->drawn[row];
    double y = coverage_top(c, row) + c->row_mm / 2, left = months_left(c, row);
    struct buf text = {0};
    for (size_t m = c->from; m < c->months; m++) {
        if (isnan(u->tiles[m].count) || u->tiles[m].state == COVERAGE_NONE)
            continue;
        buf_clear(&text);
        words_number(&text, u->tiles[m].count, p->lang);
        if (draw_width(DRAW_LABEL, buf_text(&text)) + 0.6 <= c->pitch)
            draw_text(p, DRAW_LABEL, DRAW_CENTRE,
                      left + ((double)(m - c->from) + 0.5) * c->pitch - TILE_GAP_MM / 2, y,
                      buf_text(&text));
    }
    p->script.failed |= text.failed;
    buf_free(&text);
}

static void draw_row_texts(struct plot *p, const struct coverage *c, size_t row)
{
    const struct coverage_unit *u = c->drawn[row];
    double y = coverage_top(c, row) + c->row_mm / 2;
    enum draw_style style = u->is_late ? DRAW_STRONG : DRAW_LABEL;
    struct buf state = {0};
    draw_text(p, style, DRAW_LEFT, coverage_left(c, row), y, u->lines);
    draw_counts(p, c, row);
    if (c->has_state) {
        coverage_add_state(&state, c, u);
        draw_text(p, style, DRAW_LEFT,
                  months_left(c, row) + (double)c->span.count * c->pitch + COVERAGE_GAP_MM, y,
                  buf_text(&state));
    }
    p->script.failed |= state.failed;
    buf_free(&state);
}

/* Samples and what they mean, from the left. */
static void draw_key(struct plot *p, struct rows *r, const struct coverage *c)
{
    static const enum coverage_state states[] = {COVERAGE_KNOWN, COVERAGE_PARTIAL,
                                                 COVERAGE_UNKNOWN};
    const char *const words[] = {tr(p->lang, "reported"), tr(p->lang, "month not complete"),
                                 tr(p->lang, "not reported, not zero")};
    double x = DRAW_EDGE_MM;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (!c->has[states[i]])
            continue;
        add_tile(r, states[i], x, c->key - 1.5, x + SWATCH_MM, c->key + 1.5);
        draw_text(p, DRAW_MUTED, DRAW_LEFT, x + SWATCH_MM + 1, c->key, words[i]);
        x += SWATCH_MM + 5 + draw_width(DRAW_MUTED, words[i]);
    }
}

static void draw_texts(struct plot *p, struct rows *r, const struct coverage *c)
{
    draw_page_title(p, &c->page);
    draw_page_notes(p, &c->page);
    draw_key(p, r, c);
    for (size_t row = 0; row < c->drawn_count; row++) {
        add_row(r, c, row);
        draw_row_texts(p, c, row);
    }
    for (size_t row = 0; row < c->drawn_count; row += c->rows) {
        struct month_axis axis = {months_left(c, row), c->pitch,
                                  c->top + (double)c->rows * c->row_mm - 1.5};
        month_axis_draw(p, &axis, &c->span);
    }
}

/* The years are kept apart by a line through all rows. */
static void draw_years(struct plot *p, const struct coverage *c)
{
    struct buf lines = {0};
    double bottom = c->top + (double)c->rows * c->row_mm;
    for (size_t row = 0; row < c->drawn_count; row += c->rows)
        for (size_t y = 1; y < c->span.year_count; y++) {
            double x = months_left(c, row) + (double)c->span.years[y].first * c->pitch -
                       fmin(TILE_GAP_MM, 0.2 * c->pitch) / 2;
            draw_line(&lines, x, c->top - 0.6, x, bottom + 2);
        }
    draw_lines(p, &lines, "lc rgb INK lw 0.6");
    buf_free(&lines);
}

/* Fills first, as texts come with the next plot. */
static void draw_tiles(struct plot *p, const struct rows *r)
{
    draw_rows(p, &r->fills, "boxxyerror", "fs solid noborder lc rgb '#C3D7E9'");
    draw_rows(p, &r->halves, "boxxyerror", "fs solid noborder lc rgb '#84AFD3'");
    draw_lines(p, &r->outlines, "lc rgb NOW lw 0.6");
    draw_lines(p, &r->hatches, "lc rgb INK lw 0.5");
}

bool plot_coverage(const struct result *months, const struct plot_options *o, struct err *e)
{
    struct coverage c = {0};
    struct rows r = {0};
    struct plot p = {0}, texts = {0};
    bool ok = coverage_read(&c, months, e) && coverage_layout(&c, o, e);
    if (ok) {
        draw_page_begin(&p, &c.page);
        buf_adds(&p.script, "set multiplot\n");
        texts = (struct plot){
            .width_mm = p.width_mm, .height_mm = p.height_mm, .lang = p.lang, .titled = p.titled};
        draw_texts(&texts, &r, &c);
        draw_tiles(&p, &r);
        draw_years(&p, &c);
        buf_add(&p.script, buf_text(&texts.script), texts.script.len);
        draw_panel(&p, 0, 0, p.width_mm, p.height_mm);
        buf_adds(&p.script, "plot NaN\nunset multiplot\nset output\n");
        p.script.failed |= texts.script.failed;
        ok = plot_end(&p, o, e);
    }
    buf_free(&texts.script);
    buf_free(&r.fills);
    buf_free(&r.halves);
    buf_free(&r.hatches);
    buf_free(&r.outlines);
    coverage_free(&c);
    return ok;
}
