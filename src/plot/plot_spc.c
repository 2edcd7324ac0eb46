/* The control chart: months as points, the mean and the limits of their segment, signals as
 * triangles. */
#include <math.h>
#include <stdio.h>

#include "base/lang.h"
#include "plot/spc.h"

static double month_middle(const struct spc_layout *l, size_t month)
{
    return l->months.left + ((double)month + 0.5) * l->months.pitch;
}

/* ---- texts ---- */

/* What the shapes mean, on the line of the axis's name, from the right. */
static void draw_key(struct plot *p, const struct spc_layout *l, const struct spc *s,
                     struct buf *hatches)
{
    double x = DRAW_PAGE_MM - DRAW_EDGE_MM, y = l->head + draw_leading(DRAW_MUTED) / 2;
    const struct {
        bool is_shown;
        const char *words;
    } items[] = {{s->m.has_unknown, tr(p->lang, "no figures yet, not zero")},
                 {s->has[SPC_PARTIAL], tr(p->lang, "○ month not complete")},
                 {s->has[SPC_DOWN], tr(p->lang, "▼ unusually low")},
                 {s->has[SPC_UP], tr(p->lang, "▲ unusually high")}};
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        if (!items[i].is_shown)
            continue;
        draw_text(p, DRAW_MUTED, DRAW_RIGHT, x, y, items[i].words);
        x -= draw_width(DRAW_MUTED, items[i].words) + 4;
        if (i > 0)
            continue;
        draw_hatch(hatches, x - 2.2, y - 1.4, x + 2.8, y + 1.4);
        x -= 6.2;
    }
}

/* Counts beyond a limit are written at their points, where the label before leaves room. */
static void draw_counts(struct plot *p, const struct spc_layout *l, const struct spc *s)
{
    struct buf count = {0};
    double free_from = 0;
    for (size_t i = 0; i < s->m.count; i++) {
        if (!s->months[i].is_beyond || isnan(s->m.months[i].count))
            continue;
        buf_clear(&count);
        words_number(&count, s->m.months[i].count, p->lang);
        double half = draw_width(DRAW_STRONG, buf_text(&count)) / 2, x = month_middle(l, i);
        double y = draw_axis_at(&l->axis, s->m.months[i].count);
        if (x - half < free_from)
            continue;
        bool is_under = s->months[i].mark == SPC_DOWN && y + 5 < l->months.top;
        draw_text(p, DRAW_STRONG, DRAW_CENTRE, x, is_under ? y + 3.2 : y - 3.2, buf_text(&count));
        free_from = x + half + 1;
    }
    p->script.failed |= count.failed;
    buf_free(&count);
}

static void draw_head(struct plot *p, const struct spc_layout *l, const struct months *m)
{
    struct buf axis = {0};
    draw_page_title(p, &l->page);
    buf_addf(&axis, tr(p->lang, "%s in the month"), tr(p->lang, m->counted->subject));
    draw_text(p, DRAW_MUTED, DRAW_LEFT, DRAW_EDGE_MM, l->head + draw_leading(DRAW_MUTED) / 2,
              buf_text(&axis));
    p->script.failed |= axis.failed;
    buf_free(&axis);
}

static void draw_texts(struct plot *p, const struct spc_layout *l, const struct spc *s)
{
    draw_head(p, l, &s->m);
    month_axis_draw(p, &l->months, &s->m);
    draw_counts(p, l, s);
    spc_labels_draw(p, &l->labels, l->right);
    draw_paragraph(p, DRAW_LABEL, DRAW_EDGE_MM, l->words_top, DRAW_TEXT_MM, buf_text(&l->words));
    draw_page_notes(p, &l->page);
}

/* ---- ground ---- */

/* Runs of unknown months as one area, lines between the years. */
static void draw_ground(struct plot *p, const struct spc_layout *l, const struct spc *s)
{
    const struct months *m = &s->m;
    struct buf hatches = {0}, separators = {0};
    for (size_t i = 0; i < m->count; i++) {
        size_t run = i;
        while (run < m->count && isnan(m->months[run].count))
            run++;
        if (run > i)
            draw_hatch(&hatches, l->months.left + (double)i * l->months.pitch, l->top,
                       l->months.left + (double)run * l->months.pitch, l->months.top);
        i = run > i ? run - 1 : i;
    }
    for (size_t i = 1; i < m->year_count; i++) {
        double x = l->months.left + (double)m->years[i].first * l->months.pitch;
        draw_line(&separators, x, l->top, x, l->words_top - 1.5);
    }
    draw_key(p, l, s, &hatches);
    draw_lines(p, &separators, "lc rgb FAINT lw 0.75");
    draw_lines(p, &hatches, "lc rgb HATCH lw 0.5");
    buf_free(&hatches);
    buf_free(&separators);
}

/* ---- data ---- */

/* One line a month: its place, the count, its mark, and centre, lower and upper limit. */
static void add_data(struct plot *p, const struct spc *s)
{
    buf_adds(&p->script, "# month count mark centre lower upper\n$months << EOD\n");
    for (size_t i = 0; i < s->m.count; i++) {
        int index = s->m.first + (int)i;
        buf_addf(&p->script, "%zu", i);
        draw_datum(&p->script, s->m.months[i].count);
        buf_addf(&p->script, " %d", (int)s->months[i].mark);
        draw_datum(&p->script, s->months[i].centre);
        draw_datum(&p->script, s->months[i].lower);
        draw_datum(&p->script, s->months[i].upper);
        buf_addf(&p->script, " # %d-%02d\n", index / 12, index % 12 + 1);
    }
    buf_adds(&p->script, "EOD\n");
}

/* Lines of a month each: joined, months of 28 to 31 days would make a wall of steps. */
static void add_limits(struct plot *p)
{
    buf_addf(
        &p->script,
        "plot $months using ($1-0.5):6:(1):(0) with vectors nohead lc rgb INK lw 1 dt (6,4), "
        "\\\n"
        "     $months using ($1-0.5):($5>0?$5:NaN):(1):(0) with vectors nohead lc rgb INK lw 1 "
        "dt (6,4), \\\n"
        "     $months using ($1-0.5):4:(1):(0) with vectors nohead lc rgb INK lw 1.4, \\\n"
        "     $months using 1:($3==%d?NaN:$2) with lines lc rgb BEFORE lw 1, \\\n",
        SPC_EXCLUDED);
}

static void draw_points(struct plot *p, const struct spc_layout *l, const struct spc *s)
{
    double size = fmin(0.55, 0.25 + l->months.pitch * 0.08);
    double signal = fmin(1.1, 0.6 + l->months.pitch * 0.12);
    draw_panel(p, l->months.left, l->top, l->right, l->months.top);
    buf_addf(&p->script,
             "set xrange [-0.5:%zu.5]; set yrange [%.6g:%.6g]\n"
             "set ytics (%s) scale 0 textcolor rgb MUTED font F_LAB nomirror\n"
             "set grid noxtics ytics back lc rgb GRID lw 0.75 lt 1\n",
             s->m.count - 1, l->axis.low, l->axis.high, buf_text(&l->ticks.list));
    add_limits(p);
    const struct {
        enum spc_mark mark;
        int point;
        double size;
        const char *colour;
    } looks[] = {{SPC_PLAIN, 7, size, "NOW"},
                 {SPC_PARTIAL, 7, size * 1.5, "NOW"},
                 {SPC_PARTIAL, 7, size * 0.9, "'#FFFFFF'"},
                 {SPC_EXCLUDED, 2, size * 1.3, "INK"},
                 {SPC_UP, 9, signal, "UP"},
                 {SPC_DOWN, 11, signal, "NOW"}};
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        buf_addf(&p->script,
                 "     $months using 1:($3==%d?$2:NaN) with points pt %d ps %.3g lc rgb %s%s",
                 looks[i].mark, looks[i].point, looks[i].size, looks[i].colour,
                 i + 1 < sizeof looks / sizeof looks[0] ? ", \\\n" : "\n");
    p->script.failed |= l->ticks.list.failed;
}

bool plot_spc(const struct result *months, const struct result *control,
              const struct plot_options *o, struct err *e)
{
    struct spc s = {0};
    struct spc_layout l = {0};
    struct plot p = {0};
    bool ok = spc_read(&s, months, control, e) && spc_layout_init(&l, &s, o, e);
    if (ok) {
        draw_page_begin(&p, &l.page);
        add_data(&p, &s);
        buf_adds(&p.script, "set multiplot\n");
        draw_ground(&p, &l, &s);
        draw_texts(&p, &l, &s);
        marks_draw_labels(&p, &s.marks, l.top);
        draw_points(&p, &l, &s);
        /* Every further plot would set the texts and the grid once more. */
        buf_adds(&p.script, "unset label; unset ytics; unset grid\n");
        marks_draw(&p, &s.marks, l.top, l.months.top, l.months.pitch);
        buf_adds(&p.script, "unset multiplot\nset output\n");
        p.script.failed |= l.words.failed;
        ok = plot_end(&p, o, e);
    }
    spc_layout_free(&l);
    spc_free(&s);
    return ok;
}
