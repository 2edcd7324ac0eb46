/* Where everything of the trend chart stands: first across, then down. */
#include <math.h>
#include <stdlib.h>

#include "base/lang.h"
#include "plot/trend_layout.h"

#define PANEL_MM 52.0
#define LEAST_PANEL_MM 24.0

/* ---- across ---- */

double trend_layout_month(const struct trend_layout *l, size_t month)
{
    return l->months.left + (double)month * l->months.pitch;
}

static double widest_count(const struct trend *t)
{
    struct buf text = {0};
    words_number(&text, floor(t->most), t->m.result->lang);
    double width = draw_width(DRAW_LABEL, buf_text(&text));
    buf_free(&text);
    return width;
}

static void set_columns(struct trend_layout *l, const struct trend *t)
{
    static const double most_mm = 13;
    double widest = widest_count(t);
    l->months.left = DRAW_EDGE_MM + fmax(widest, 4) + 2;
    l->months.pitch =
        month_axis_pitch(DRAW_PAGE_MM - DRAW_EDGE_MM - l->months.left, t->m.count, most_mm);
    l->right = trend_layout_month(l, t->m.count);
    l->counted = l->months.pitch >= widest + 0.8 && !t->has_fit;
}

/* ---- the years' totals ---- */

static bool has_short_months(enum year_form form)
{
    return form == YEAR_NARROW || form == YEAR_UPWARDS;
}

const char *trend_year_text(struct buf *b, const struct month_year *y, enum year_form form)
{
    bool is_stacked = form == YEAR_TWO_LINES || form == YEAR_NARROW;
    buf_clear(b);
    buf_addf(b, "%d:%s%s", y->year, is_stacked ? "\n" : " ",
             form == YEAR_UPWARDS ? y->number : y->words);
    if (*y->coverage && has_short_months(form))
        buf_addf(b, "%s(%zu/12)", is_stacked ? "\n" : " ", y->known);
    else if (*y->coverage)
        buf_addf(b, "%s(%s)", form == YEAR_NOTED ? " " : "\n", y->coverage);
    return buf_text(b);
}

void trend_year_size(const char *text, enum year_form form, double *width, double *height)
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

static bool fits(const struct trend_layout *l, const struct month_year *y, enum year_form form)
{
    struct buf b = {0};
    double width, height;
    trend_year_size(trend_year_text(&b, y, form), form, &width, &height);
    buf_free(&b);
    return width + 1 <= (double)y->count * l->months.pitch;
}

/* All whole years in one form; a short one at either end in the next that fits it. */
static bool set_forms(struct trend_layout *l, const struct months *m, struct err *e)
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

static double totals_height(const struct trend_layout *l, const struct months *m)
{
    struct buf b = {0};
    double most = 0;
    for (size_t i = 0; i < m->year_count; i++) {
        double width, height;
        if (l->forms[i] == YEAR_NOTED)
            continue;
        trend_year_size(trend_year_text(&b, &m->years[i], l->forms[i]), l->forms[i], &width,
                        &height);
        most = fmax(most, height);
    }
    buf_free(&b);
    return most;
}

/* ---- down ---- */

static void add_notes(struct trend_layout *l, const struct trend *t)
{
    const struct months *m = &t->m;
    struct buf left_over = {0}, year = {0};
    bool is_turned = false, is_short = false;
    for (size_t i = 0; i < m->year_count; i++) {
        if (l->forms[i] == YEAR_NOTED)
            buf_addf(&left_over, "%s%s", left_over.len ? "; " : "",
                     trend_year_text(&year, &m->years[i], YEAR_NOTED));
        is_turned |= l->forms[i] == YEAR_UPWARDS;
        is_short |= has_short_months(l->forms[i]) && *m->years[i].coverage;
    }
    if (is_turned)
        buf_adds(&l->page.notes, tr(m->result->lang, "Above each year: its total."));
    words_next(&l->page.notes);
    if (is_short)
        buf_adds(&l->page.notes, tr(m->result->lang, "(9/12): nine of its months known."));
    trend_add_reading(&l->page.notes, t);
    if (left_over.len)
        buf_addf(&l->page.left_out, "%s.", buf_text(&left_over));
    months_add_source(&l->page.source, m);
    l->page.notes.failed |= left_over.failed || year.failed;
    buf_free(&left_over);
    buf_free(&year);
}

static void stack(void *chart, double looseness)
{
    struct trend_layout *l = chart;
    const struct trend *t = l->trend;
    l->head = draw_page_head(&l->page, 2);
    l->totals = l->head + draw_leading(DRAW_MUTED) + 1.5;
    l->lanes = l->totals + totals_height(l, &t->m) + 2;
    l->top = l->lanes + marks_height(&t->marks);
    l->months.top = l->top + draw_between(looseness, LEAST_PANEL_MM, PANEL_MM);
    l->paces_top = l->months.top + month_axis_height(&l->months) + 1.5;
    double paces = draw_paragraph_height(DRAW_LABEL, DRAW_TEXT_MM, buf_text(&l->paces));
    draw_page_close(&l->page, l->paces_top + paces + (l->paces.len ? 1 : 0));
}

/* A year that is not whole takes several lines: its total into the note. */
static void note_short_years(struct trend_layout *l, const struct trend *t)
{
    for (size_t i = 0; i < t->m.year_count; i++)
        if (has_short_months(l->forms[i]) && *t->m.years[i].coverage)
            l->forms[i] = YEAR_NOTED;
    buf_clear(&l->page.notes);
    buf_clear(&l->page.left_out);
    buf_clear(&l->page.source);
    add_notes(l, t);
}

/* Without the years' totals where even so little is too much. */
static void set_heights(struct trend_layout *l, const struct trend *t)
{
    trend_add_title(&l->page.title, t);
    trend_add_paces(&l->paces, t);
    add_notes(l, t);
    if (draw_page_squeeze(&l->page, stack, l))
        return;
    note_short_years(l, t);
    if (draw_page_squeeze(&l->page, stack, l))
        return;
    for (size_t i = 0; i < t->m.year_count; i++)
        l->forms[i] = YEAR_NOTED;
    draw_page_fit(&l->page, stack, l);
}

bool trend_layout_init(struct trend_layout *l, struct trend *t, const struct plot_options *o,
                       struct err *e)
{
    l->trend = t;
    l->page = draw_page(t->m.result, o);
    set_columns(l, t);
    marks_place(&t->marks, l->months.left, l->months.pitch, DRAW_EDGE_MM,
                DRAW_PAGE_MM - DRAW_EDGE_MM);
    if (!set_forms(l, &t->m, e))
        return false;
    set_heights(l, t);
    l->axis = (struct draw_axis){DRAW_LINEAR, 0, t->most * 1.06, l->months.top, l->top};
    draw_ticks_count(&l->ticks, &l->axis, t->m.result->lang);
    return true;
}

void trend_layout_free(struct trend_layout *l)
{
    draw_ticks_free(&l->ticks);
    draw_page_free(&l->page);
    buf_free(&l->paces);
    arena_free(&l->arena);
}
