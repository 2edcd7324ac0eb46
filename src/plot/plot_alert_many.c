/* Several series: a strip of months each, those with the latest alarms first. */
#include <math.h>

#include "base/lang.h"
#include "plot/alert.h"
#include "plot/marks.h"
#include "plot/month_axis.h"

#define NAME_MM 44.0
#define WORDS_MM 40.0
#define STRIP_MM 9.4
#define LEAST_STRIP_MM 8.0
#define NAME_LINES 2
#define GAP_MM 3.0

struct layout {
    struct month_axis months;
    size_t from, strips; /* the first month drawn; how many series */
    double strip;        /* the height of one */
    double right, top, heads;
    struct months years;
    struct draw_page page;
};

static void layout_free(struct layout *l)
{
    months_free(&l->years);
    draw_page_free(&l->page);
}

static void stack(void *chart, double looseness)
{
    struct layout *l = chart;
    l->strip = draw_between(looseness, LEAST_STRIP_MM, STRIP_MM);
    l->heads = draw_page_head(&l->page, 2);
    l->top = l->heads + 2 * draw_leading(DRAW_STRONG) + 0.5;
    l->months.top = l->top + (double)l->strips * l->strip;
    draw_page_close(&l->page, l->months.top + month_axis_height(&l->months) + 2);
}

/* As many strips as the page has room for. */
static void set_heights(struct layout *l, const struct alert *a)
{
    l->strips = a->series_count < ALERT_MOST_SERIES ? a->series_count : ALERT_MOST_SERIES;
    for (;; l->strips--) {
        buf_clear(&l->page.left_out);
        if (l->strips < a->series_count)
            buf_addf(&l->page.left_out, tr(a->result->lang, "%zu more series are not drawn."),
                     a->series_count - l->strips);
        if (draw_page_squeeze(&l->page, stack, l) || l->strips == 1)
            return;
    }
}

static bool layout_init(struct layout *l, const struct alert *a, const struct plot_options *o,
                        struct err *e)
{
    *l = (struct layout){.page = draw_page(a->result, o)};
    l->from = a->count > ALERT_MOST_MONTHS ? a->count - ALERT_MOST_MONTHS : 0;
    if (!months_span(&l->years, a->result, a->first + (int)l->from, a->count - l->from, e))
        return false;
    l->months.left = DRAW_EDGE_MM + NAME_MM + GAP_MM;
    l->months.pitch =
        month_axis_pitch(DRAW_TEXT_MM - NAME_MM - WORDS_MM - 2 * GAP_MM, a->count - l->from, 8);
    l->right = l->months.left + (double)(a->count - l->from) * l->months.pitch;
    alert_add_words(&l->page, a);
    set_heights(l, a);
    return true;
}

static double strip_foot(const struct layout *l, size_t strip)
{
    return l->top + (double)(strip + 1) * l->strip - 0.8;
}

/* ---- texts ---- */

/* "▲ 10/2025: 8 (1.8)" */
static void add_state(struct buf *b, const struct alert *a, const struct alert_series *s)
{
    enum lang lang = a->result->lang;
    int month = s->latest != ALERT_NEVER ? s->latest : s->latest_known;
    if (month == ALERT_NEVER) {
        buf_adds(b, tr(lang, "not reported yet"));
        return;
    }
    buf_adds(b, s->latest != ALERT_NEVER ? "▲ " : "");
    marks_add_month(b, a->first + month);
    buf_adds(b, ": ");
    words_number(b, s->months[month].count, lang);
    if (isnan(s->months[month].expected))
        return;
    buf_adds(b, " (");
    alert_add_usual(b, s->months[month].expected, lang);
    buf_addc(b, ')');
}

/* Around the middle of the strip, in at most two lines. */
static void draw_lines_of_text(struct plot *p, enum draw_style style, double x, double middle,
                               double width, const char *text)
{
    struct buf lines = {0};
    size_t n = draw_wrap(&lines, style, text, width, NAME_LINES);
    draw_text(p, style, DRAW_LEFT, x, middle - (double)(n - 1) * draw_leading(style) / 2,
              buf_text(&lines));
    p->script.failed |= lines.failed;
    buf_free(&lines);
}

static void draw_texts(struct plot *p, const struct layout *l, const struct alert *a)
{
    struct buf state = {0};
    double y = l->heads + draw_leading(DRAW_STRONG) / 2;
    int latest = alert_latest(a);
    draw_page_title(p, &l->page);
    draw_page_notes(p, &l->page);
    draw_text(p, DRAW_STRONG, DRAW_LEFT, l->right + GAP_MM, y,
              tr(p->lang, "Latest alarm, else month:"));
    y += draw_leading(DRAW_STRONG);
    draw_text(p, DRAW_STRONG, DRAW_LEFT, l->right + GAP_MM, y, tr(p->lang, "count (usual)"));
    for (size_t i = 0; i < l->strips; i++) {
        const struct alert_series *s = &a->series[i];
        bool is_now = s->latest == latest && latest != ALERT_NEVER;
        enum draw_style style = is_now ? DRAW_STRONG : DRAW_LABEL;
        double middle = strip_foot(l, i) + 0.8 - l->strip / 2;
        draw_lines_of_text(p, style, DRAW_EDGE_MM, middle, NAME_MM, s->name);
        buf_clear(&state);
        add_state(&state, a, s);
        draw_lines_of_text(p, s->latest == ALERT_NEVER ? DRAW_MUTED : style, l->right + GAP_MM,
                           middle, DRAW_PAGE_MM - DRAW_EDGE_MM - l->right - GAP_MM,
                           buf_text(&state));
    }
    month_axis_draw(p, &l->months, &l->years);
    p->script.failed |= state.failed;
    buf_free(&state);
}

/* ---- marks ---- */

/* Rows of each kind, in mm of the page. */
struct marks_rows {
    struct buf bars, alarms, points, usual, upper, hatches, rules;
};

static void add_bar(struct buf *b, double x0, double x1, double top, double foot)
{
    buf_addf(b, "%.3f %.3f\n%.3f %.3f\n%.3f %.3f\n%.3f %.3f\n\n", x0, foot, x0, top, x1, top, x1,
             foot);
}

/* Every strip has its own scale, up to its largest count or limit. */
static void add_month(struct marks_rows *r, const struct layout *l, const struct alert_series *s,
                      size_t strip, size_t month)
{
    const struct alert_month *m = &s->months[month];
    double x = l->months.left + (double)(month - l->from) * l->months.pitch,
           pitch = l->months.pitch;
    double foot = strip_foot(l, strip), scale = (l->strip - 3) / s->most;
    if (!isnan(m->upper))
        draw_line(&r->upper, x, foot - m->upper * scale, x + pitch, foot - m->upper * scale);
    if (!isnan(m->expected))
        draw_line(&r->usual, x, foot - m->expected * scale, x + pitch, foot - m->expected * scale);
    if (isnan(m->count)) {
        draw_hatch(&r->hatches, x, foot - l->strip + 3, x + pitch, foot);
        return;
    }
    double top = foot - m->count * scale;
    if (m->count > 0)
        add_bar(m->is_alarm ? &r->alarms : &r->bars, x + 0.15 * pitch, x + 0.85 * pitch, top, foot);
    if (m->is_alarm)
        buf_addf(&r->points, "%.3f %.3f\n", x + pitch / 2, top - 1);
}

static void collect(struct marks_rows *r, const struct layout *l, const struct alert *a)
{
    for (size_t i = 0; i < l->strips; i++) {
        for (size_t m = l->from; m < a->count; m++)
            add_month(r, l, &a->series[i], i, m);
        draw_line(&r->rules, DRAW_EDGE_MM, strip_foot(l, i), DRAW_PAGE_MM - DRAW_EDGE_MM,
                  strip_foot(l, i));
    }
}

static void draw_marks(struct plot *p, const struct layout *l, const struct alert *a)
{
    struct marks_rows r = {0};
    collect(&r, l, a);
    draw_lines(p, &r.rules, "lc rgb FAINT lw 0.6");
    draw_lines(p, &r.hatches, "lc rgb HATCH lw 0.4");
    draw_rows(p, &r.bars, "filledcurves closed", "fs solid noborder lc rgb BEFORE");
    draw_rows(p, &r.alarms, "filledcurves closed", "fs solid noborder lc rgb UP");
    draw_lines(p, &r.upper, "lc rgb INK lw 0.7 dt (4,3)");
    draw_lines(p, &r.usual, "lc rgb INK lw 0.9");
    draw_rows(p, &r.points, "points", "pt 9 ps 0.65 lc rgb INK");
    struct buf *const all[] = {&r.bars,  &r.alarms,  &r.points, &r.usual,
                               &r.upper, &r.hatches, &r.rules};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        buf_free(all[i]);
}

bool alert_draw_many(const struct alert *a, const struct plot_options *o, struct err *e)
{
    struct layout l;
    struct plot p = {0};
    bool ok = layout_init(&l, a, o, e);
    if (ok) {
        draw_page_begin(&p, &l.page);
        buf_adds(&p.script, "set multiplot\n");
        draw_marks(&p, &l, a);
        draw_texts(&p, &l, a);
        /* Texts are set with the next plot. */
        buf_adds(&p.script, "set xrange [0:1]; set yrange [0:1]\nplot NaN\n");
        buf_adds(&p.script, "unset multiplot\nset output\n");
        ok = plot_end(&p, o, e);
    }
    layout_free(&l);
    return ok;
}
