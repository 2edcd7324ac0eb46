/* Months as they are: a bar each, nothing smoothed; what is not known is hatched, not zero. */
#include <math.h>
#include <stdio.h>

#include "base/lang.h"
#include "plot/draw.h"
#include "plot/months.h"

#define WIDTH_MM 160.0
#define EDGE_MM 0.5
#define TEXT_MM (WIDTH_MM - 2 * EDGE_MM)
#define PANEL_MM 52.0
#define DENSE_MM                                                                                   \
    1.2 /* a month is narrower: so many bars are one dark wall unless they are paler               \
         */

/* How a year's total stands above it: "2023: 62 vụ" on one line, on two, or turned; what is too
 * narrow even for that goes into the note. */
enum year_form { YEAR_ONE_LINE, YEAR_TWO_LINES, YEAR_UPWARDS, YEAR_NOTED };

struct layout {
    double left, right, pitch; /* of the panel; from month to month */
    double head, totals, top, bottom, notes_top, height;
    bool numbered, counted; /* months carry their number, bars their count */
    enum year_form *forms;  /* of each year */
    struct draw_axis axis;
    struct draw_ticks ticks;
    struct buf title, notes;
    struct arena arena;
};

/* ---- across ---- */

static double month_left(const struct layout *l, size_t month)
{
    return l->left + (double)month * l->pitch;
}

static double widest_count(const struct months *m)
{
    struct buf text = {0};
    words_number(&text, m->max, m->result->lang);
    double width = draw_width(DRAW_LABEL, buf_text(&text));
    buf_free(&text);
    return width;
}

/* A whole number of dots at 300 dpi from month to month: bars and gaps all come out alike. */
static void set_columns(struct layout *l, const struct months *m)
{
    static const double dot_mm = 25.4 / 300, most_mm = 13;
    l->left = EDGE_MM + fmax(widest_count(m), 4) + 2;
    double pitch = fmin((WIDTH_MM - EDGE_MM - l->left) / (double)m->count, most_mm);
    l->pitch = floor(pitch / dot_mm) * dot_mm;
    l->right = month_left(l, m->count);
    l->numbered = l->pitch >= 4.5;
    l->counted = l->pitch >= widest_count(m) + 0.8;
}

/* ---- the years' totals ---- */

static const char *year_text(struct buf *b, const struct month_year *y, enum year_form form)
{
    bool is_short = form == YEAR_UPWARDS;
    buf_clear(b);
    buf_addf(b, "%d:%s%s", y->year, form == YEAR_TWO_LINES ? "\n" : " ",
             is_short ? y->number : y->words);
    if (*y->coverage && is_short)
        buf_addf(b, " (%zu/12)", y->known);
    else if (*y->coverage)
        buf_addf(b, "%s(%s)", form == YEAR_NOTED ? " " : "\n", y->coverage);
    return buf_text(b);
}

/* Width and height of a year's text in that form. */
static void measure(const char *text, enum year_form form, double *width, double *height)
{
    struct buf line = {0};
    *width = 0;
    *height = 0;
    for (const char *c = text;; c++) {
        if (*c && *c != '\n') {
            buf_addc(&line, *c);
            continue;
        }
        *width = fmax(*width, draw_width(DRAW_STRONG, buf_text(&line)));
        *height += draw_leading(DRAW_STRONG);
        buf_clear(&line);
        if (!*c)
            break;
    }
    buf_free(&line);
    if (form == YEAR_UPWARDS) {
        double turned = *width;
        *width = *height;
        *height = turned;
    }
}

static bool fits(const struct layout *l, const struct month_year *y, enum year_form form)
{
    struct buf b = {0};
    double width, height;
    measure(year_text(&b, y, form), form, &width, &height);
    buf_free(&b);
    return width + 1 <= (double)y->count * l->pitch;
}

/* All whole years in one form; a short one at either end in the next that fits it. */
static bool set_forms(struct layout *l, const struct months *m, struct err *e)
{
    enum year_form common = YEAR_ONE_LINE;
    l->forms = arena_alloc(&l->arena, m->year_count * sizeof *l->forms);
    if (!l->forms)
        return err_memory(e);
    for (size_t i = 0; i < m->year_count; i++)
        while (m->years[i].count == 12 && common < YEAR_UPWARDS && !fits(l, &m->years[i], common))
            common++;
    for (size_t i = 0; i < m->year_count; i++)
        for (l->forms[i] = common; l->forms[i] < YEAR_NOTED; l->forms[i]++)
            if (fits(l, &m->years[i], l->forms[i]))
                break;
    return true;
}

static double totals_height(const struct layout *l, const struct months *m)
{
    struct buf b = {0};
    double most = 0;
    for (size_t i = 0; i < m->year_count; i++) {
        double width, height;
        if (l->forms[i] == YEAR_NOTED)
            continue;
        measure(year_text(&b, &m->years[i], l->forms[i]), l->forms[i], &width, &height);
        most = fmax(most, height);
    }
    buf_free(&b);
    return most;
}

/* ---- down ---- */

static void add_notes(struct layout *l, const struct months *m)
{
    struct buf left_over = {0}, year = {0};
    for (size_t i = 0; i < m->year_count; i++)
        if (l->forms[i] == YEAR_NOTED)
            buf_addf(&left_over, "%s%s", left_over.len ? "; " : "",
                     year_text(&year, &m->years[i], YEAR_NOTED));
    bool is_turned = false, is_short = false;
    for (size_t i = 0; i < m->year_count; i++) {
        is_turned |= l->forms[i] == YEAR_UPWARDS;
        is_short |= l->forms[i] == YEAR_UPWARDS && *m->years[i].coverage;
    }
    if (is_turned)
        buf_adds(&l->notes, tr(m->result->lang, "Above each year: its total."));
    words_next(&l->notes);
    if (is_short)
        buf_adds(&l->notes, tr(m->result->lang, "(9/12): nine of its months known."));
    months_add_notes(&l->notes, m, buf_text(&left_over));
    l->notes.failed |= left_over.failed || year.failed;
    buf_free(&left_over);
    buf_free(&year);
}

static void set_heights(struct layout *l, const struct months *m, bool titled)
{
    l->head = 1;
    if (titled) {
        months_add_title(&l->title, m);
        l->head += draw_paragraph_height(DRAW_TITLE, TEXT_MM, buf_text(&l->title));
        if (m->result->title)
            l->head += 0.5 + draw_paragraph_height(DRAW_SUBTITLE, TEXT_MM, m->result->title);
        l->head += 2;
    }
    l->totals = l->head + draw_leading(DRAW_MUTED) + 1.5;
    l->top = l->totals + totals_height(l, m) + 2;
    l->bottom = l->top + PANEL_MM;
    l->notes_top = l->bottom + 2.5 + draw_leading(DRAW_MUTED) * (l->numbered ? 2 : 1) + 1.5;
    add_notes(l, m);
    l->height = l->notes_top + draw_paragraph_height(DRAW_NOTE, TEXT_MM, buf_text(&l->notes)) + 1;
    if (m->result->synthetic)
        l->height += draw_leading(DRAW_NOTE_STRONG);
}

static bool layout_init(struct layout *l, const struct months *m, bool titled, struct err *e)
{
    set_columns(l, m);
    if (!set_forms(l, m, e))
        return false;
    set_heights(l, m, titled);
    l->axis = (struct draw_axis){DRAW_LINEAR, 0, m->max * 1.06, l->bottom, l->top};
    draw_ticks_count(&l->ticks, &l->axis, m->result->lang);
    return true;
}

static void layout_free(struct layout *l)
{
    draw_ticks_free(&l->ticks);
    buf_free(&l->title);
    buf_free(&l->notes);
    arena_free(&l->arena);
}

/* ---- drawing ---- */

/* What the marks mean that are not plain bars, on the line of the axis's name, from the right. */
static void draw_key(struct plot *p, const struct layout *l, const struct months *m,
                     struct buf *hatches, struct buf *outlines)
{
    double x = WIDTH_MM - EDGE_MM, y = l->head + draw_leading(DRAW_MUTED) / 2;
    const struct {
        bool is_shown;
        const char *words;
    } items[] = {{m->has_unknown, tr(p->lang, "no figures yet, not zero")},
                 {m->has_partial, tr(p->lang, "month not complete")},
                 {m->has_zero, tr(p->lang, "○ none")}};
    for (size_t i = 0; i < 3; i++) {
        if (!items[i].is_shown)
            continue;
        draw_text(p, DRAW_MUTED, DRAW_RIGHT, x, y, items[i].words);
        x -= draw_width(DRAW_MUTED, items[i].words) + 1.2;
        if (i == 0)
            draw_hatch(hatches, x - 5, y - 1.4, x, y + 1.4);
        if (i == 1) {
            draw_line(outlines, x - 2, y + 1.4, x - 2, y - 1.4);
            draw_line(outlines, x - 2, y - 1.4, x, y - 1.4);
            draw_line(outlines, x, y - 1.4, x, y + 1.4);
        }
        x -= i == 0 ? 9 : i == 1 ? 6 : 4;
    }
}

static void draw_year(struct plot *p, const struct layout *l, const struct month_year *y,
                      enum year_form form, double *named_to)
{
    double from = month_left(l, y->first), to = month_left(l, y->first + y->count);
    double middle = (from + to) / 2, width, height;
    struct buf b = {0};
    if (form != YEAR_NOTED) {
        measure(year_text(&b, y, form), form, &width, &height);
        double top = l->top - 2 - height + draw_leading(DRAW_STRONG) / 2;
        if (form == YEAR_UPWARDS)
            draw_text_upwards(p, DRAW_STRONG, middle, l->top - 2, buf_text(&b));
        else
            draw_text(p, DRAW_STRONG, DRAW_CENTRE, middle, top, buf_text(&b));
    }
    buf_clear(&b);
    buf_addf(&b, "%d", y->year);
    width = draw_width(DRAW_MUTED, buf_text(&b));
    if (middle - width / 2 > *named_to && width <= to - from + 1) {
        double below = l->bottom + 2.5 + draw_leading(DRAW_MUTED) * (l->numbered ? 1.5 : 0.5);
        draw_text(p, DRAW_MUTED, DRAW_CENTRE, middle, below, buf_text(&b));
        *named_to = middle + width / 2;
    }
    p->script.failed |= b.failed;
    buf_free(&b);
}

static void draw_month_numbers(struct plot *p, const struct layout *l, const struct months *m)
{
    for (size_t i = 0; l->numbered && i < m->count; i++) {
        char number[12];
        snprintf(number, sizeof number, "%d", (m->first + (int)i) % 12 + 1);
        draw_text(p, DRAW_MUTED, DRAW_CENTRE, month_left(l, i) + l->pitch / 2,
                  l->bottom + 2.5 + draw_leading(DRAW_MUTED) / 2, number);
    }
}

static void draw_counts(struct plot *p, const struct layout *l, const struct months *m)
{
    struct buf count = {0};
    for (size_t i = 0; l->counted && i < m->count; i++) {
        if (isnan(m->months[i].count))
            continue;
        buf_clear(&count);
        words_number(&count, m->months[i].count, p->lang);
        draw_text(p, DRAW_LABEL, DRAW_CENTRE, month_left(l, i) + l->pitch / 2,
                  draw_axis_at(&l->axis, m->months[i].count) - 2, buf_text(&count));
    }
    p->script.failed |= count.failed;
    buf_free(&count);
}

static void draw_texts(struct plot *p, const struct layout *l, const struct months *m)
{
    double at = 1, named_to = 0;
    if (p->titled) {
        at = draw_paragraph(p, DRAW_TITLE, EDGE_MM, at, TEXT_MM, buf_text(&l->title));
        if (m->result->title)
            draw_paragraph(p, DRAW_SUBTITLE, EDGE_MM, at + 0.5, TEXT_MM, m->result->title);
    }
    struct buf axis = {0};
    buf_addf(&axis, tr(p->lang, "%s in the month"), tr(p->lang, m->counted->subject));
    draw_text(p, DRAW_MUTED, DRAW_LEFT, EDGE_MM, l->head + draw_leading(DRAW_MUTED) / 2,
              buf_text(&axis));
    p->script.failed |= axis.failed;
    buf_free(&axis);
    for (size_t i = 0; i < m->year_count; i++)
        draw_year(p, l, &m->years[i], l->forms[i], &named_to);
    draw_month_numbers(p, l, m);
    draw_counts(p, l, m);
    at = l->notes_top;
    if (m->result->synthetic)
        at = draw_paragraph(p, DRAW_NOTE_STRONG, EDGE_MM, at, TEXT_MM,
                            tr(p->lang, "SIMULATED DATA"));
    draw_paragraph(p, DRAW_NOTE, EDGE_MM, at, TEXT_MM, buf_text(&l->notes));
}

/* Runs of unknown months as one area, lines between the years, the key's samples. */
static void draw_ground(struct plot *p, const struct layout *l, const struct months *m)
{
    struct buf hatches = {0}, outlines = {0}, separators = {0};
    for (size_t i = 0; i < m->count; i++) {
        size_t run = i;
        while (run < m->count && isnan(m->months[run].count))
            run++;
        if (run > i)
            draw_hatch(&hatches, month_left(l, i), l->top, month_left(l, run), l->bottom);
        i = run > i ? run - 1 : i;
    }
    for (size_t i = 1; i < m->year_count; i++) {
        double x = month_left(l, m->years[i].first);
        draw_line(&separators, x, l->totals, x, l->notes_top - 1.5);
    }
    draw_key(p, l, m, &hatches, &outlines);
    draw_lines(p, &separators, "lc rgb FAINT lw 0.75");
    draw_lines(p, &hatches, "lc rgb HATCH lw 0.5");
    draw_lines(p, &outlines, "lc rgb NOW lw 1 dt (2,1.5)");
    buf_free(&hatches);
    buf_free(&outlines);
    buf_free(&separators);
}

/* One line a month: its place, the count, and 1 where it is partial. */
static void add_data(struct plot *p, const struct months *m)
{
    buf_adds(&p->script, "# month count partial\n$months << EOD\n");
    for (size_t i = 0; i < m->count; i++) {
        int index = m->first + (int)i;
        buf_addf(&p->script, "%zu ", i);
        if (isnan(m->months[i].count))
            buf_adds(&p->script, "NaN");
        else
            buf_addf(&p->script, "%.10g", m->months[i].count);
        buf_addf(&p->script, " %d # %d-%02d\n", m->months[i].partial, index / 12, index % 12 + 1);
    }
    buf_adds(&p->script, "EOD\n");
}

static void draw_bars(struct plot *p, const struct layout *l, const struct months *m)
{
    draw_panel(p, l->left, l->top, l->right, l->bottom);
    buf_addf(
        &p->script,
        "set xrange [-0.5:%zu.5]; set yrange [0:%.6g]\n"
        "set ytics (%s) scale 0 textcolor rgb MUTED font F_LAB nomirror\n"
        "set grid noxtics ytics back lc rgb GRID lw 0.75 lt 1\n"
        "set boxwidth %.3g\n"
        "plot $months using 1:($3==0?$2:NaN) with boxes fs solid 1 noborder lc rgb %s, \\\n"
        "     $months using 1:($3==1?$2:NaN) with boxes fs empty lc rgb NOW lw 1 dt (2,1.5), \\\n"
        "     $months using 1:($2==0?0:NaN) with points pt 7 ps %.3g lc rgb ZERO, \\\n"
        "     $months using 1:($2==0?0:NaN) with points pt 7 ps %.3g lc rgb '#FFFFFF'\n",
        m->count - 1, l->axis.high, buf_text(&l->ticks.list), l->pitch < DENSE_MM ? 0.85 : 0.72,
        l->pitch < DENSE_MM ? "DENSE" : "NOW", fmin(0.75, l->pitch * 0.35),
        fmin(0.45, l->pitch * 0.2));
    p->script.failed |= l->ticks.list.failed;
}

bool plot_months(const struct result *months, const struct plot_options *o, struct err *e)
{
    struct months m = {0};
    struct layout l = {0};
    struct plot p = {0};
    bool ok = months_read(&m, months, e) && layout_init(&l, &m, !o->untitled, e);
    if (ok) {
        plot_begin(&p, WIDTH_MM, l.height, months->lang, !o->untitled);
        add_data(&p, &m);
        buf_adds(&p.script, "set multiplot\n");
        draw_texts(&p, &l, &m);
        draw_ground(&p, &l, &m);
        draw_bars(&p, &l, &m);
        buf_adds(&p.script, "unset multiplot\nset output\n");
        p.script.failed |= l.title.failed || l.notes.failed;
        ok = plot_end(&p, o, e);
    }
    layout_free(&l);
    months_free(&m);
    return ok;
}
