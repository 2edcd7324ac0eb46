/* The months of one series against what is usual. */
#include <math.h>

#include "base/lang.h"
#include "plot/alert.h"
#include "plot/month_axis.h"
#include "plot/spc_labels.h"

#define PANEL_MM 58.0
#define LEAST_PANEL_MM 26.0
#define HEADROOM 1.14 /* for the counts above alarms */

struct layout {
    struct month_axis months;
    double right, head, top, panel;
    struct draw_axis axis;
    struct draw_ticks ticks;
    struct spc_labels labels;
    struct months years;
    struct draw_page page;
    struct arena arena;
};

static void layout_free(struct layout *l)
{
    draw_ticks_free(&l->ticks);
    months_free(&l->years);
    draw_page_free(&l->page);
    arena_free(&l->arena);
}

/* The lines of the last month that has been judged carry names. */
static bool name_lines(struct layout *l, const struct alert *a, struct err *e)
{
    const struct alert_month *months = a->series[0].months;
    size_t i = a->count - 1;
    while (i > 0 && isnan(months[i].upper))
        i--;
    const double values[SPC_LINES] = {months[i].upper, months[i].expected, NAN};
    return spc_labels_init(&l->labels, values, tr(a->result->lang, "usual"), a->result->lang,
                           &l->arena, e);
}

static void set_columns(struct layout *l, const struct alert *a)
{
    struct buf widest = {0};
    words_number(&widest, floor(a->series[0].most * HEADROOM), a->result->lang);
    l->months.left = DRAW_EDGE_MM + fmax(draw_width(DRAW_LABEL, buf_text(&widest)), 4) + 2;
    l->months.pitch = month_axis_pitch(
        DRAW_PAGE_MM - DRAW_EDGE_MM - l->labels.width - l->months.left, a->count, 13);
    l->right = l->months.left + (double)a->count * l->months.pitch;
    buf_free(&widest);
}

static void stack(void *chart, double looseness)
{
    struct layout *l = chart;
    l->head = draw_page_head(&l->page, 2);
    l->top = l->head + draw_leading(DRAW_MUTED) + 3;
    l->panel = draw_between(looseness, LEAST_PANEL_MM, PANEL_MM);
    l->months.top = l->top + l->panel;
    draw_page_close(&l->page, l->months.top + month_axis_height(&l->months) + 2);
}

static bool layout_init(struct layout *l, const struct alert *a, const struct plot_options *o,
                        struct err *e)
{
    *l = (struct layout){.page = draw_page(a->result, o)};
    if (!name_lines(l, a, e) || !months_span(&l->years, a->result, a->first, a->count, e))
        return false;
    set_columns(l, a);
    alert_add_words(&l->page, a);
    draw_page_squeeze(&l->page, stack, l);
    l->axis =
        (struct draw_axis){DRAW_LINEAR, 0, a->series[0].most * HEADROOM, l->months.top, l->top};
    draw_ticks_count(&l->ticks, &l->axis, a->result->lang);
    spc_labels_place(&l->labels, &l->axis);
    return true;
}

/* ---- drawing ---- */

static double month_middle(const struct layout *l, size_t month)
{
    return l->months.left + ((double)month + 0.5) * l->months.pitch;
}

/* Above the triangle of an alarm, where the one before leaves room. */
static void draw_counts(struct plot *p, const struct layout *l, const struct alert *a)
{
    struct buf count = {0};
    double free_from = 0;
    for (size_t i = 0; i < a->count; i++) {
        const struct alert_month *m = &a->series[0].months[i];
        if (!m->is_alarm || isnan(m->count))
            continue;
        buf_clear(&count);
        words_number(&count, m->count, p->lang);
        double half = draw_width(DRAW_STRONG, buf_text(&count)) / 2, x = month_middle(l, i);
        if (x - half < free_from)
            continue;
        draw_text(p, DRAW_STRONG, DRAW_CENTRE, x, draw_axis_at(&l->axis, m->count) - 5.4,
                  buf_text(&count));
        free_from = x + half + 1;
    }
    p->script.failed |= count.failed;
    buf_free(&count);
}

static void draw_texts(struct plot *p, const struct layout *l, const struct alert *a)
{
    struct buf axis = {0};
    draw_page_title(p, &l->page);
    draw_page_notes(p, &l->page);
    buf_addf(&axis, tr(p->lang, "%s in the month"), tr(p->lang, a->counted->subject));
    draw_text(p, DRAW_MUTED, DRAW_LEFT, DRAW_EDGE_MM, l->head + draw_leading(DRAW_MUTED) / 2,
              buf_text(&axis));
    month_axis_draw(p, &l->months, &l->years);
    spc_labels_draw(p, &l->labels, l->right);
    draw_counts(p, l, a);
    p->script.failed |= axis.failed;
    buf_free(&axis);
}

static void draw_ground(struct plot *p, const struct layout *l, const struct alert *a)
{
    struct buf hatches = {0}, separators = {0};
    for (size_t i = 0; i < a->count; i++) {
        size_t run = i;
        while (run < a->count && isnan(a->series[0].months[run].count))
            run++;
        if (run == i)
            continue;
        draw_hatch(&hatches, l->months.left + (double)i * l->months.pitch, l->top,
                   l->months.left + (double)run * l->months.pitch, l->months.top);
        i = run - 1;
    }
    for (size_t i = 1; i < l->years.year_count; i++) {
        double x = l->months.left + (double)l->years.years[i].first * l->months.pitch;
        draw_line(&separators, x, l->top, x, l->page.notes_top - 2);
    }
    draw_lines(p, &separators, "lc rgb FAINT lw 0.75");
    draw_lines(p, &hatches, "lc rgb HATCH lw 0.5");
    buf_free(&hatches);
    buf_free(&separators);
}

/* One line a month: its place, count, usual number, limit, and 1 for an alarm. */
static void add_data(struct plot *p, const struct alert *a)
{
    buf_adds(&p->script, "# month count expected upper alarm\n$months << EOD\n");
    for (size_t i = 0; i < a->count; i++) {
        const struct alert_month *m = &a->series[0].months[i];
        int index = a->first + (int)i;
        buf_addf(&p->script, "%zu", i);
        draw_datum(&p->script, m->count);
        draw_datum(&p->script, m->expected);
        draw_datum(&p->script, m->upper);
        buf_addf(&p->script, " %d # %d-%02d\n", m->is_alarm, index / 12, index % 12 + 1);
    }
    buf_adds(&p->script, "EOD\n");
}

static const char bars_plot[] =
    "plot $months using ($5==0?$1:NaN):2 with boxes fs solid noborder lc rgb BEFORE, \\\n"
    "     $months using ($5==1?$1:NaN):2 with boxes fs solid border lc rgb INK lw 0.8 fc rgb UP, "
    "\\\n";

/* A line a month; months too narrow for one are joined. */
static const char *lines_plot(const struct layout *l)
{
    static const double least_mm = 2.2;
    if (l->months.pitch < least_mm)
        return "     $months using 1:4 with lines lc rgb INK lw 0.9 dt (4,3), \\\n"
               "     $months using 1:3 with lines lc rgb INK lw 1.2, \\\n";
    return "     $months using ($1-0.5):4:(1):(0) with vectors nohead lc rgb INK lw 1 dt (6,4), "
           "\\\n"
           "     $months using ($1-0.5):3:(1):(0) with vectors nohead lc rgb INK lw 1.5, \\\n";
}

static void draw_months(struct plot *p, const struct layout *l, const struct alert *a)
{
    static const double lift_mm = 2.2; /* of a triangle above its bar */
    draw_panel(p, l->months.left, l->top, l->right, l->months.top);
    buf_addf(&p->script,
             "set xrange [-0.5:%zu.5]; set yrange [%.6g:%.6g]\n"
             "set ytics (%s) scale 0 textcolor rgb MUTED font F_LAB nomirror\n"
             "set grid noxtics ytics back lc rgb GRID lw 0.75 lt 1\n"
             "set boxwidth 0.7\n",
             a->count - 1, l->axis.low, l->axis.high, buf_text(&l->ticks.list));
    buf_adds(&p->script, bars_plot);
    buf_adds(&p->script, lines_plot(l));
    buf_addf(&p->script,
             "     $months using ($5==1?$1:NaN):($2+%.6g) with points pt 9 ps %.3g lc rgb INK\n",
             lift_mm / l->panel * l->axis.high, fmin(1.1, 0.6 + 0.1 * l->months.pitch));
    p->script.failed |= l->ticks.list.failed;
}

bool alert_draw_one(const struct alert *a, const struct plot_options *o, struct err *e)
{
    struct layout l;
    struct plot p = {0};
    bool ok = layout_init(&l, a, o, e);
    if (ok) {
        draw_page_begin(&p, &l.page);
        add_data(&p, a);
        buf_adds(&p.script, "set multiplot\n");
        draw_ground(&p, &l, a);
        draw_texts(&p, &l, a);
        draw_months(&p, &l, a);
        buf_adds(&p.script, "unset multiplot\nset output\n");
        ok = plot_end(&p, o, e);
    }
    layout_free(&l);
    return ok;
}
