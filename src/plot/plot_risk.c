/* The caterpillar: places by rank, what is estimated of each with its interval. */
#include <math.h>

#include "base/lang.h"
#include "plot/risk_layout.h"

static double middle(const struct risk_place *place)
{
    return (place->top + place->bottom) / 2;
}

/* ---- texts ---- */

static void draw_count(struct plot *p, double right, double y, double count)
{
    struct buf text = {0};
    if (isnan(count))
        buf_adds(&text, "…");
    else
        words_number(&text, count, p->lang);
    draw_text(p, DRAW_STRONG, DRAW_RIGHT, right, y, buf_text(&text));
    p->script.failed |= text.failed;
    buf_free(&text);
}

static void draw_row_texts(struct plot *p, const struct risk_layout *l,
                           const struct risk_place *place)
{
    const struct risk_row *row = place->row;
    if (!row) {
        draw_text_around(p, DRAW_MUTED, DRAW_LEFT, DRAW_EDGE_MM, middle(place), place->name);
        return;
    }
    struct buf text = {0};
    enum draw_style style = row->level == RISK_HIGH ? DRAW_STRONG : DRAW_LABEL;
    double y = middle(place);
    draw_text_around(p, style, DRAW_LEFT, DRAW_EDGE_MM, middle(place), place->name);
    draw_count(p, l->count_right, y, row->count);
    if (!isnan(row->expected))
        risk_add_expected(&text, row->expected, p->lang);
    draw_text(p, DRAW_MUTED, DRAW_RIGHT, l->expected_right, y, buf_text(&text));
    buf_clear(&text);
    if (l->has_ranks)
        risk_add_ranks(&text, row, p->lang);
    draw_text(p, DRAW_MUTED, DRAW_RIGHT, l->rank_right, y, buf_text(&text));
    draw_text(p, row->level >= RISK_ELEVATED ? DRAW_STRONG : DRAW_MUTED, DRAW_LEFT, l->level_left,
              y, risk_level_words(row, p->lang));
    p->script.failed |= text.failed;
    buf_free(&text);
}

static void draw_head(struct plot *p, const struct risk_layout *l, enum draw_align align, double x,
                      const char *const lines[RISK_HEAD_LINES])
{
    double y = l->heads + draw_leading(DRAW_STRONG) / 2;
    for (size_t i = 0; i < RISK_HEAD_LINES; i++)
        draw_text(p, DRAW_STRONG, align, x, y + (double)i * draw_leading(DRAW_STRONG), lines[i]);
}

static void draw_texts(struct plot *p, const struct risk_layout *l, const struct risk *k)
{
    struct risk_heads heads = risk_heads(k);
    draw_page_title(p, &l->page);
    draw_page_notes(p, &l->page);
    draw_head(p, l, DRAW_RIGHT, l->count_right, heads.count);
    draw_head(p, l, DRAW_RIGHT, l->expected_right, heads.expected);
    draw_head(p, l, DRAW_LEFT, l->from, heads.panel);
    if (l->has_ranks)
        draw_head(p, l, DRAW_RIGHT, l->rank_right, heads.rank);
    for (size_t i = 0; i < l->count; i++)
        draw_row_texts(p, l, &l->places[i]);
}

/* ---- what lies below the marks ---- */

static void draw_ground(struct plot *p, const struct risk_layout *l)
{
    struct buf rules = {0}, rule = {0}, hatches = {0};
    for (size_t i = 0; i < l->count; i++) {
        const struct risk_place *place = &l->places[i];
        double y = middle(place);
        draw_line(&rules, DRAW_EDGE_MM, place->bottom, DRAW_PAGE_MM - DRAW_EDGE_MM, place->bottom);
        if (place->row && place->row->group == RISK_NOT_ESTIMATED)
            draw_hatch(&hatches, l->from, y - 1.3, l->to, y + 1.3);
    }
    draw_line(&rule, DRAW_EDGE_MM, l->rule, DRAW_PAGE_MM - DRAW_EDGE_MM, l->rule);
    draw_lines(p, &rules, "lc rgb GRID lw 0.5");
    draw_lines(p, &rule, "lc rgb MUTED lw 0.75");
    draw_lines(p, &hatches, "lc rgb HATCH lw 0.5");
    buf_free(&rules);
    buf_free(&rule);
    buf_free(&hatches);
}

/* ---- marks ---- */

/* One line a place: where it stands, rr, its interval, the raw ratio, the level (RISK_*). */
static void add_data(struct plot *p, const struct risk_layout *l)
{
    buf_adds(&p->script, "# y rr low high smr level\n$places << EOD\n");
    for (size_t i = 0; i < l->count; i++) {
        const struct risk_row *row = l->places[i].row;
        if (!row || row->group != RISK_ESTIMATED)
            continue;
        buf_addf(&p->script, "%.3f", middle(&l->places[i]));
        draw_datum(&p->script, row->rr);
        draw_datum(&p->script, row->low);
        draw_datum(&p->script, row->high);
        draw_datum(&p->script, row->smr);
        buf_addf(&p->script, " %d # ", (int)row->level);
        for (const char *c = row->name; *c; c++)
            buf_addc(&p->script, (unsigned char)*c < 0x20 ? ' ' : *c);
        buf_addc(&p->script, '\n');
    }
    buf_adds(&p->script, "EOD\n");
}

/* Interval, arrows where it leaves the axis, ring, and the point: a triangle with a double outline
 * for high, a diamond for elevated, a dot; what is too little to tell is thin and dashed. */
static const char marks_plot[] =
    "plot $places using ($6!=2?clip($3):NaN):1:(clip($4)-clip($3)):(0):(tone($6)) with vectors "
    "nohead lw 1.8 lc rgb variable, \\\n"
    "     $places using ($6==2?clip($3):NaN):1:(clip($4)-clip($3)):(0) with vectors nohead lw 1 dt "
    "(5,4) lc rgb MUTED, \\\n"
    "     $places using ($4>HI?HI/TIP:NaN):1:(HI-HI/TIP):(0):(tone($6)) with vectors as 1, \\\n"
    "     $places using ($3<LO?LO*TIP:NaN):1:(LO-LO*TIP):(0):(tone($6)) with vectors as 1, \\\n"
    "     $places using ($6<3?on($2):NaN):1 with points pt 7 ps 0.8 lc rgb NOW, \\\n"
    "     $places using ($6==3?on($2):NaN):1 with points pt 13 ps 1.5 lc rgb INK, \\\n"
    "     $places using ($6==3?on($2):NaN):1 with points pt 13 ps 1.0 lc rgb '#FFFFFF', \\\n"
    "     $places using ($6==4?on($2):NaN):1 with points pt 9 ps 2.3 lc rgb INK, \\\n"
    "     $places using ($6==4?on($2):NaN):1 with points pt 9 ps 1.75 lc rgb '#FFFFFF', \\\n"
    "     $places using ($6==4?on($2):NaN):1 with points pt 9 ps 1.2 lc rgb UP, \\\n"
    "     $places using (on($5)):1 with points pt 6 ps 0.75 lw 1 lc rgb INK\n";

static void draw_marks(struct plot *p, const struct risk_layout *l, const struct risk *k)
{
    if (k->estimated == 0)
        return;
    draw_panel(p, l->from, l->rule, l->to, l->bottom);
    buf_addf(&p->script,
             "set xrange [%.6g:%.6g]; set yrange [%.3f:%.3f]\n"
             "set xtics (%s) scale 0 offset 0,0.3 textcolor rgb MUTED font F_LAB nomirror\n"
             "set grid xtics noytics lc rgb GRID lw 0.75 lt 1\n",
             l->axis.low, l->axis.high, l->bottom, l->rule, buf_text(&l->ticks.list));
    buf_addf(&p->script,
             "set logscale x\n"
             "set arrow from 1,graph 0 to 1,graph 1 nohead lc rgb ZERO lw 1.2 back\n"
             "LO = %.6g; HI = %.6g; TIP = (HI/LO)**0.005\n"
             "clip(x) = x < LO ? LO : x > HI ? HI : x\n"
             "on(x) = x >= LO && x <= HI ? x : NaN\n"
             "tone(level) = level == 4 ? 0xD4500B : level == 3 ? 0x1F2933 : 0x12436D\n",
             l->axis.low, l->axis.high);
    buf_adds(&p->script, marks_plot);
    buf_adds(&p->script, "unset logscale x\nunset arrow\n");
    p->script.failed |= l->ticks.list.failed;
}

bool plot_risk(const struct result *risk, const struct plot_options *o, struct err *e)
{
    struct risk k = {0};
    struct risk_layout l = {0};
    struct plot p = {0};
    bool ok = risk_read(&k, risk, e) && risk_layout_init(&l, &k, o, e);
    if (ok) {
        draw_page_begin(&p, &l.page);
        add_data(&p, &l);
        buf_adds(&p.script, "set multiplot\n");
        draw_ground(&p, &l);
        draw_texts(&p, &l, &k);
        draw_marks(&p, &l, &k);
        /* Texts are set with the next plot: without marks they need one. */
        if (k.estimated == 0)
            buf_adds(&p.script, "plot NaN\n");
        buf_adds(&p.script, "unset multiplot\nset output\n");
        ok = plot_end(&p, o, e);
    }
    risk_layout_free(&l);
    risk_free(&k);
    return ok;
}
