/* Where everything of the chart of gaps stands: first across, then down. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/cells.h"
#include "plot/gaps.h"
#include "plot/marks.h"
#include "plot/spc_words.h"

#define PANEL_MM 52.0
#define LEAST_PANEL_MM 26.0
#define HEADROOM 1.12 /* for the labels of the highest marks */
#define NAMES_MM 2.5  /* between the panel and the names of its times */

static enum lang lang_of(const struct gaps *g)
{
    return g->result->lang;
}

void gaps_add_days(struct buf *b, double days, enum lang lang)
{
    struct buf number = {0};
    words_number(&number, days, lang);
    buf_addf(b, days == 1 ? tr(lang, "%s day") : tr(lang, "%s days"), buf_text(&number));
    b->failed |= number.failed;
    buf_free(&number);
}

/* ---- across ---- */

/* The last row with limits names the lines. */
static bool name_lines(struct gaps_layout *l, const struct gaps *g, struct err *e)
{
    double values[SPC_LINES] = {NAN, NAN, NAN};
    for (size_t i = g->count; i-- > 0 && isnan(values[SPC_UPPER]);) {
        values[SPC_UPPER] = round(g->items[i].upper);
        values[SPC_CENTRE] = round(g->items[i].centre);
        values[SPC_LOWER] = round(g->items[i].lower);
    }
    return spc_labels_init(&l->labels, values, tr(lang_of(g), "median"), lang_of(g), &l->arena, e);
}

static void set_columns(struct gaps_layout *l, const struct gaps *g)
{
    struct buf widest = {0};
    num_add_count(&widest, (int64_t)(g->most * HEADROOM), lang_of(g));
    double left = DRAW_EDGE_MM + fmax(draw_width(DRAW_LABEL, buf_text(&widest)), 4) + 2;
    buf_free(&widest);
    l->right = DRAW_PAGE_MM - DRAW_EDGE_MM - fmax(l->labels.width, 2);
    double high = g->last > g->first ? g->last : g->first + 1;
    /* Marks of the first and the last day stay inside the panel. */
    double margin = 0.012 * (high - g->first);
    l->time = (struct draw_axis){DRAW_LINEAR, g->first - margin, high + margin, left, l->right};
}

static bool add_name(struct gaps_layout *l, double x, const char *words, struct err *e)
{
    void *names = l->names;
    if (!array_grow(&names, &l->name_cap, l->name_count + 1, sizeof *l->names, e))
        return false;
    l->names = names;
    l->names[l->name_count++] = (struct gaps_tick){x, words ? arena_text(&l->arena, words) : NULL};
    return !words || l->names[l->name_count - 1].words || err_memory(e);
}

/* Years: named in the middle of what is shown of them, lines between; a name that does not fit is
 * left out. */
static bool name_years(struct gaps_layout *l, const struct gaps *g, struct err *e)
{
    double named_to = 0;
    int last = date_from_day(g->last).year;
    bool ok = true;
    for (int year = date_from_day(g->first).year; ok && year <= last; year++) {
        struct span days = calendar_year(CALENDAR_CIVIL, year);
        double from = fmax(draw_axis_at(&l->time, days.from), l->time.from);
        double to = fmin(draw_axis_at(&l->time, days.to), l->time.to);
        char name[12];
        snprintf(name, sizeof name, "%d", year);
        double middle = (from + to) / 2, half = draw_width(DRAW_MUTED, name) / 2;
        if (year < last)
            ok = add_name(l, to, NULL, e);
        if (middle - half <= named_to || 2 * half > to - from + 1)
            continue;
        ok = ok && add_name(l, middle, name, e);
        named_to = middle + half;
    }
    return ok;
}

/* Months, where there are too few years to read dates by: "5/2024" above its first day. */
static bool name_months(struct gaps_layout *l, const struct gaps *g, int step, struct err *e)
{
    struct date from = date_from_day(g->first);
    struct buf name = {0};
    bool ok = true;
    for (int index = from.year * 12 + from.month - 1; ok; index += step) {
        index -= index % step;
        struct span month = calendar_month(CALENDAR_CIVIL, index / 12, index % 12 + 1);
        if (month.from > g->last)
            break;
        buf_clear(&name);
        marks_add_month(&name, index);
        if (month.from >= g->first)
            ok = add_name(l, draw_axis_at(&l->time, month.from), buf_text(&name), e);
    }
    buf_free(&name);
    return ok;
}

static bool name_times(struct gaps_layout *l, const struct gaps *g, struct err *e)
{
    static const int most_days[] = {10 * 31, 30 * 31}, steps[] = {1, 3};
    for (size_t i = 0; i < 2; i++)
        if (g->last - g->first <= most_days[i])
            return name_months(l, g, steps[i], e);
    return name_years(l, g, e);
}

/* ---- words ---- */

/* The segment in force where the control row tells it, else what is drawn. */
static void add_title(struct buf *b, const struct gaps *g)
{
    char first[11], last[11];
    const char *from = g->control ? cells_text(g->control, 0, "segment_from") : "";
    const char *to = g->control ? cells_text(g->control, 0, "to") : "";
    double cases = *from ? cells_number(g->control, 0, "total") : NAN;
    day_text(g->first, first);
    day_text(g->last, last);
    words_amount(b, isnan(cases) ? g->cases : cases, g->counted, lang_of(g));
    buf_adds(b, " (");
    spc_add_span(b, *from ? from : first, *to ? to : last, lang_of(g));
    buf_addc(b, ')');
    spc_add_conclusion(b, g->control, lang_of(g));
}

/* How long it has been, and how likely so long a time is if nothing changed. */
static void add_open(struct buf *b, const struct gaps *g)
{
    const struct gap *open = &g->items[g->count - 1];
    char since[11], until[11];
    struct buf days = {0}, from = {0}, to = {0};
    if (!open->is_open || isnan(open->days))
        return;
    gaps_add_days(&days, open->days, lang_of(g));
    day_text(open->before, since);
    day_text(open->on, until);
    spc_add_when(&from, since, lang_of(g));
    spc_add_when(&to, until, lang_of(g));
    buf_adds(b, b->len ? "\n" : "");
    buf_addf(b, tr(lang_of(g), "Since the last case (%s): %s up to %s."), buf_text(&from),
             buf_text(&days), buf_text(&to));
    double chance = g->control ? cells_number(g->control, 0, "open_prob") : NAN;
    if (!isnan(chance) && strcmp(cells_text(g->control, 0, "variation"), "too_few") != 0) {
        buf_clear(&days);
        spc_add_chance(&days, chance, lang_of(g));
        buf_addc(b, ' ');
        buf_addf(b, tr(lang_of(g), "So long or longer, if nothing changed: %s."), buf_text(&days));
    }
    b->failed |= days.failed || from.failed || to.failed;
    buf_free(&days);
    buf_free(&from);
    buf_free(&to);
}

static void add_notes(struct buf *b, const struct gaps *g)
{
    enum lang lang = lang_of(g);
    const struct {
        bool is_said;
        const char *sentence;
    } sentences[] = {
        {true, tr(lang, "Height: days since the case before.")},
        {g->has_limits, tr(lang, "Dashed: limits of the usual variation of one gap (99.73%).")},
        {g->has[GAP_CLOSE] || g->has[GAP_LONG],
         tr(lang, "■◊: a gap beyond its limit, or 2, 3, 5 or 8 in a row too short or too long "
                  "together.")},
        {g->has_several, tr(lang, "Ring: a day with several cases.")}};
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        if (!sentences[i].is_said)
            continue;
        words_next(b);
        buf_adds(b, sentences[i].sentence);
    }
    spc_add_caution(b, g->control, lang);
}

static void add_source(struct buf *b, const struct gaps *g)
{
    buf_adds(b, "n\u00a0=\u00a0");
    words_amount(b, g->cases, g->counted, lang_of(g));
    buf_addc(b, '.');
    words_source(b, g->result);
}

/* ---- down ---- */

static void stack(void *chart, double looseness)
{
    struct gaps_layout *l = chart;
    l->head = draw_page_head(&l->page, 2);
    l->top = l->head + draw_leading(DRAW_MUTED) + 3;
    l->bottom = l->top + draw_between(looseness, LEAST_PANEL_MM, PANEL_MM);
    l->words_top = l->bottom + NAMES_MM + draw_leading(DRAW_MUTED) + 1.5;
    double words = draw_paragraph_height(DRAW_LABEL, DRAW_TEXT_MM, buf_text(&l->words));
    draw_page_close(&l->page, l->words_top + (l->words.len ? 1 : 0) + words);
}

static void set_heights(struct gaps_layout *l, const struct gaps *g)
{
    draw_page_squeeze(&l->page, stack, l);
    l->axis = (struct draw_axis){DRAW_LINEAR, 0, g->most * HEADROOM, l->bottom, l->top};
    draw_ticks_count(&l->ticks, &l->axis, lang_of(g));
    spc_labels_place(&l->labels, &l->axis);
}

bool gaps_layout_init(struct gaps_layout *l, const struct gaps *g, const struct plot_options *o,
                      struct err *e)
{
    l->page = draw_page(g->result, o);
    l->page.title_mm = DRAW_TEXT_MM - 2;
    if (!name_lines(l, g, e))
        return false;
    set_columns(l, g);
    add_title(&l->page.title, g);
    spc_add_verdict(&l->words, g->control, g->counted, lang_of(g));
    add_open(&l->words, g);
    add_notes(&l->page.notes, g);
    add_source(&l->page.source, g);
    set_heights(l, g);
    return name_times(l, g, e);
}

void gaps_layout_free(struct gaps_layout *l)
{
    draw_ticks_free(&l->ticks);
    free(l->names);
    draw_page_free(&l->page);
    buf_free(&l->words);
    arena_free(&l->arena);
}
