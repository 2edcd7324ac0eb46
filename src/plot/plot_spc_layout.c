/* Where everything of the control chart stands: first across, then down. */
#include <math.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/cells.h"
#include "plot/spc.h"
#include "plot/spc_words.h"

#define PANEL_MM 58.0
#define LEAST_PANEL_MM 26.0
#define HEADROOM 1.12 /* for the counts at the highest points */

static enum lang lang_of(const struct spc *s)
{
    return s->m.result->lang;
}

/* ---- across ---- */

/* The lines of the last month carry names. */
static bool name_lines(struct spc_layout *l, const struct spc *s, struct err *e)
{
    const struct spc_month *last = &s->months[s->m.count - 1];
    const double values[SPC_LINES] = {last->upper, last->centre, last->lower};
    return spc_labels_init(&l->labels, values, tr(lang_of(s), "mean"), lang_of(s), &l->arena, e);
}

static void set_columns(struct spc_layout *l, const struct spc *s)
{
    struct buf widest = {0};
    words_number(&widest, floor(s->most * HEADROOM), lang_of(s));
    l->months.left = DRAW_EDGE_MM + fmax(draw_width(DRAW_LABEL, buf_text(&widest)), 4) + 2;
    l->months.pitch = month_axis_pitch(
        DRAW_PAGE_MM - DRAW_EDGE_MM - l->labels.width - l->months.left, s->m.count, 13);
    l->right = l->months.left + (double)s->m.count * l->months.pitch;
    buf_free(&widest);
}

/* From 0 upwards, unless what there is would be pressed into the upper half. */
static void set_axis(struct spc_layout *l, const struct spc *s)
{
    double span = fmax(s->most - s->least, 1), room = s->has_beyond ? HEADROOM - 1 : 0.06;
    bool is_cut = s->least > 0.5 * s->most;
    l->axis = (struct draw_axis){.scale = DRAW_LINEAR,
                                 .low = is_cut ? fmax(0, s->least - 0.2 * span) : 0,
                                 .high = s->most + room * (is_cut ? span : s->most)};
}

/* ---- words ---- */

/* The segment in force and what its variation allows to say. */
static void add_title(struct buf *b, const struct spc *s)
{
    enum lang lang = lang_of(s);
    struct buf total = {0};
    double count = s->control ? cells_number(s->control, 0, "total") : NAN;
    double n = s->control ? cells_number(s->control, 0, "n") : NAN;
    if (isnan(count) || !(n > 0)) {
        months_add_title(b, &s->m);
        spc_add_conclusion(b, s->control, lang);
        return;
    }
    words_amount(&total, count, s->m.counted, lang);
    buf_addf(b, tr(lang, "%s in %d months"), buf_text(&total), (int)n);
    const char *from = cells_text(s->control, 0, "segment_from");
    const char *to = cells_text(s->control, 0, "to");
    if (*from && *to) {
        buf_adds(b, " (");
        spc_add_span(b, from, to, lang);
        buf_addc(b, ')');
    }
    spc_add_conclusion(b, s->control, lang);
    b->failed |= total.failed;
    buf_free(&total);
}

static void add_notes(struct buf *b, const struct spc_layout *l, const struct spc *s)
{
    enum lang lang = lang_of(s);
    bool is_wide = s->control && cells_has_note(s->control, 0, "dispersed_limits");
    bool is_seasonal = s->control && cells_has_note(s->control, 0, "seasonal_limits");
    const struct {
        bool is_said;
        const char *sentence;
    } sentences[] = {
        {s->has_limits && !is_wide,
         tr(lang, "Dashed: limits of the usual variation (Poisson, exact, 99.73%).")},
        {s->has_limits && is_wide, tr(lang, "Dashed: limits of the usual variation "
                                            "(99.73%, allowing for over-dispersion).")},
        {s->has_limits && is_seasonal, tr(lang, "Mean and limits follow the season.")},
        {s->has_limits && !s->has_lower,
         tr(lang, "There is no lower limit: a single month without a case is usual.")},
        {s->has[SPC_UP] || s->has[SPC_DOWN],
         tr(lang,
            "▲▼: beyond a limit, 8 or more on one side of the mean, 2 of 3 in the outer 2.3%, "
            "6 rising or falling.")},
        {s->has[SPC_EXCLUDED], tr(lang, "×: left out of mean and limits.")},
        {s->marks.has[MARK_STEP], tr(lang, "Solid upright line: mean and limits begin anew.")},
        {s->marks.has[MARK_EVENT], tr(lang, "Dotted upright line: an event.")},
        {l->axis.low > 0, tr(lang, "The axis does not begin at 0.")}};
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        if (!sentences[i].is_said)
            continue;
        words_next(b);
        buf_adds(b, sentences[i].sentence);
    }
    spc_add_caution(b, s->control, lang);
    marks_add_left_over(b, &s->marks, lang);
}

/* ---- down ---- */

static void stack(void *chart, double looseness)
{
    struct spc_layout *l = chart;
    l->head = draw_page_head(&l->page, 2);
    l->top = l->head + draw_leading(DRAW_MUTED) + 3 + marks_height(&l->spc->marks);
    l->months.top = l->top + draw_between(looseness, LEAST_PANEL_MM, PANEL_MM);
    l->words_top = l->months.top + month_axis_height(&l->months) + 1.5;
    double words = draw_paragraph_height(DRAW_LABEL, DRAW_TEXT_MM, buf_text(&l->words));
    draw_page_close(&l->page, l->words_top + (l->words.len ? 1 : 0) + words);
}

static void set_heights(struct spc_layout *l, const struct spc *s)
{
    draw_page_squeeze(&l->page, stack, l);
    l->axis.from = l->months.top;
    l->axis.to = l->top;
    draw_ticks_count(&l->ticks, &l->axis, lang_of(s));
    spc_labels_place(&l->labels, &l->axis);
}

bool spc_layout_init(struct spc_layout *l, struct spc *s, const struct plot_options *o,
                     struct err *e)
{
    l->spc = s;
    l->page = draw_page(s->m.result, o);
    l->page.title_mm = DRAW_TEXT_MM - 2;
    if (!name_lines(l, s, e))
        return false;
    set_columns(l, s);
    marks_place(&s->marks, l->months.left, l->months.pitch, DRAW_EDGE_MM,
                DRAW_PAGE_MM - DRAW_EDGE_MM);
    add_title(&l->page.title, s);
    spc_add_verdict(&l->words, s->control, s->m.counted, lang_of(s));
    spc_add_segments(&l->words, s);
    set_axis(l, s);
    add_notes(&l->page.notes, l, s);
    months_add_source(&l->page.source, &s->m);
    set_heights(l, s);
    return true;
}

void spc_layout_free(struct spc_layout *l)
{
    draw_ticks_free(&l->ticks);
    draw_page_free(&l->page);
    buf_free(&l->words);
    arena_free(&l->arena);
}
