/* The bullets: each target's result as a mark on an axis against what is wanted, and beside it the
 * numbers that it is made of. */
#include <math.h>
#include <string.h>

#include "base/lang.h"
#include "plot/bullets.h"

static double middle(const struct bullets_row *row)
{
    return (row->top + row->bottom) / 2;
}

/* ---- texts ---- */

/* The first line of a verdict is bold where the target is missed. */
static void draw_verdict(struct plot *p, const struct bullets *t, const struct bullets_row *row)
{
    const char *lines = row->verdict_lines, *rest = strchr(lines, '\n');
    double y = middle(row), step = draw_leading(DRAW_LABEL);
    if (rest) {
        y -= step / 2;
        draw_text(p, DRAW_LABEL, DRAW_LEFT, t->verdict_left, y + step, rest + 1);
    }
    draw_text(p, row->state == BULLETS_MISSED ? DRAW_STRONG : DRAW_LABEL, DRAW_LEFT,
              t->verdict_left, y, row->verdict);
}

static void draw_row_texts(struct plot *p, const struct bullets *t, const struct bullets_row *row)
{
    double y = middle(row);
    draw_text(p, DRAW_LABEL, DRAW_LEFT, DRAW_EDGE_MM, y, row->indicator);
    draw_text_around(p, DRAW_LABEL, DRAW_LEFT, DRAW_EDGE_MM + t->code_width, y, row->name_lines);
    draw_text_around(p, DRAW_LABEL, DRAW_RIGHT, t->result_right, y, row->result_lines);
    draw_text(p, DRAW_LABEL, DRAW_RIGHT, t->target_right, y, row->target);
    draw_verdict(p, t, row);
}

static bool is_drawn(const struct bullets *t, const struct bullets_section *s)
{
    return s->count > 0 && s->first < t->drawn;
}

/* The columns have their heads once. */
static void draw_heads(struct plot *p, const struct bullets *t)
{
    bool is_first = true;
    for (int k = 0; k < BULLETS_KINDS; k++) {
        const struct bullets_section *s = &t->sections[k];
        if (!is_drawn(t, s))
            continue;
        draw_text(p, DRAW_STRONG, DRAW_LEFT, DRAW_EDGE_MM, s->head,
                  bullets_section_head(t, (enum bullets_kind)k));
        if (is_first) {
            draw_text(p, DRAW_STRONG, DRAW_RIGHT, t->result_right, s->head, tr(p->lang, "Result"));
            draw_text(p, DRAW_STRONG, DRAW_RIGHT, t->target_right, s->head, tr(p->lang, "Target"));
            draw_text(p, DRAW_STRONG, DRAW_LEFT, t->verdict_left, s->head, tr(p->lang, "Verdict"));
        }
        is_first = false;
    }
}

static void draw_texts(struct plot *p, const struct bullets *t)
{
    draw_page_title(p, &t->page);
    draw_page_notes(p, &t->page);
    draw_heads(p, t);
    for (size_t i = 0; i < t->drawn; i++)
        draw_row_texts(p, t, &t->rows[i]);
}

/* ---- what lies below the marks ---- */

static double section_foot(const struct bullets *t, const struct bullets_section *s)
{
    size_t end = s->first + s->count;
    return t->rows[(end < t->drawn ? end : t->drawn) - 1].bottom;
}

static void draw_ground(struct plot *p, const struct bullets *t)
{
    struct buf rules = {0}, heads = {0}, hatches = {0};
    for (size_t i = 0; i < t->drawn; i++) {
        const struct bullets_row *row = &t->rows[i];
        draw_line(&rules, DRAW_EDGE_MM, row->bottom, DRAW_PAGE_MM - DRAW_EDGE_MM, row->bottom);
        if (isnan(row->now))
            draw_hatch(&hatches, t->from, middle(row) - 1.3, t->to, middle(row) + 1.3);
    }
    for (size_t k = 0; k < BULLETS_KINDS; k++)
        if (is_drawn(t, &t->sections[k])) {
            double y = t->rows[t->sections[k].first].top;
            draw_line(&heads, DRAW_EDGE_MM, y, DRAW_PAGE_MM - DRAW_EDGE_MM, y);
        }
    draw_lines(p, &rules, "lc rgb GRID lw 0.5");
    draw_lines(p, &heads, "lc rgb MUTED lw 0.75");
    draw_lines(p, &hatches, "lc rgb HATCH lw 0.5");
    buf_free(&rules);
    buf_free(&heads);
    buf_free(&hatches);
}

/* ---- marks ---- */

/* One line a row: place, what is now, before, wanted, and 1 for met, 2 for missed. */
static void add_data(struct plot *p, const struct bullets *t, const struct bullets_section *s,
                     const char *name)
{
    buf_addf(&p->script, "# y now before goal state half_row\n$%s << EOD\n", name);
    for (size_t i = s->first; i < s->first + s->count && i < t->drawn; i++) {
        const struct bullets_row *row = &t->rows[i];
        buf_addf(&p->script, "%.3f", middle(row));
        draw_datum(&p->script, row->now);
        draw_datum(&p->script, isnan(row->now) ? NAN : row->before);
        draw_datum(&p->script, row->goal);
        buf_addf(&p->script, " %d %.3f # ", (int)row->state, (row->bottom - row->top) / 2);
        for (const char *c = row->indicator; *c; c++)
            buf_addc(&p->script, (unsigned char)*c < 0x20 ? ' ' : *c);
        buf_addc(&p->script, '\n');
    }
    buf_adds(&p->script, "EOD\n");
}

/* From what is now to what is wanted a dashed line where the target is missed; the target's own
 * line; a ring for what was before; and the mark: a dot, grey where not judged yet, a triangle
 * where missed. */
static void add_marks(struct buf *b, const char *block)
{
    static const char *const marks[] = {
        "($5==2?$2:NaN):1:($4-$2):(0) with vectors nohead lw 1.8 dt (4,3) lc rgb UP",
        "4:($1-$6):(0):(2*$6) with vectors nohead lw 1.6 dt (4,2) lc rgb GOAL",
        "3:1 with points pt 7 ps 1.6 lc rgb ZERO",
        "3:1 with points pt 7 ps 1.25 lc rgb '#FFFFFF'",
        "($5==1?$2:NaN):1 with points pt 7 ps 0.85 lc rgb NOW",
        "($5==0?$2:NaN):1 with points pt 7 ps 0.85 lc rgb MUTED",
        "($5==2?$2:NaN):1 with points pt 9 ps 1.3 lc rgb UP",
        "($5==2?$2:NaN):1 with points pt 8 ps 1.3 lw 0.9 lc rgb INK"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        buf_addf(b, "%s $%s using %s", i ? ", \\\n    " : "plot", block, marks[i]);
    buf_addc(b, '\n');
}

static void draw_panel_of(struct plot *p, const struct bullets *t, enum bullets_kind kind)
{
    static const char *const blocks[] = {"reductions", "rates"};
    const struct bullets_section *s = &t->sections[kind];
    double top = t->rows[s->first].top, foot = section_foot(t, s);
    add_data(p, t, s, blocks[kind]);
    draw_panel(p, t->from, top, t->to, foot);
    if (s->axis.scale == DRAW_SQRT)
        buf_adds(&p->script, "set nonlinear x via sqrt(x) inverse x*x\n"
                             "set nonlinear x2 via sqrt(x) inverse x*x\n");
    buf_addf(&p->script,
             "set xrange [%.6g:%.6g]; set yrange [%.3f:%.3f]\n"
             "set x2range [%.6g:%.6g]\n"
             "set x2tics (%s) scale 0 offset 0,-0.35 textcolor rgb MUTED font F_LAB\n"
             "set grid x2tics noxtics noytics lc rgb GRID lw 0.75 lt 1\n",
             s->axis.low, s->axis.high, foot, top, s->axis.low, s->axis.high,
             buf_text(&s->ticks.list));
    add_marks(&p->script, blocks[kind]);
    buf_adds(&p->script, "unset x2tics; unset grid\n");
    if (s->axis.scale == DRAW_SQRT)
        buf_adds(&p->script, "unset nonlinear x; unset nonlinear x2\n");
    p->script.failed |= s->ticks.list.failed;
}

bool plot_targets(const struct result *targets, const struct plot_options *o, struct err *e)
{
    struct bullets t = {0};
    struct plot p = {0};
    bool ok = bullets_read(&t, targets, e) && bullets_layout(&t, o, e);
    if (ok) {
        draw_page_begin(&p, &t.page);
        buf_adds(&p.script, "set multiplot\n");
        draw_ground(&p, &t);
        draw_texts(&p, &t);
        for (int kind = 0; kind < BULLETS_COUNT; kind++)
            if (is_drawn(&t, &t.sections[kind]))
                draw_panel_of(&p, &t, (enum bullets_kind)kind);
        /* Texts are set with the next plot: without a panel they need one. */
        if (t.sections[BULLETS_COUNT].count == t.count)
            buf_adds(&p.script, "plot NaN\n");
        buf_adds(&p.script, "unset multiplot\nset output\n");
        ok = plot_end(&p, o, e);
    }
    bullets_free(&t);
    return ok;
}
