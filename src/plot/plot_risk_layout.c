/* Where everything on the caterpillar stands. */
#include "plot/risk_layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/num.h"

#define NAME_LINES 3
#define ROW_LEAST_MM 3.6 /* lines of 9 pt set solid */
#define FEWEST_ROWS 3    /* however little room there is */
#define GAP_MM 4.5

/* ---- words in the columns ---- */

struct risk_heads risk_heads(const struct risk *k)
{
    enum lang lang = k->result->lang;
    return (struct risk_heads){
        {"", "", tr(lang, k->counted->subject)},
        {tr(lang, "From the"), tr(lang, "overall level"), tr(lang, "and population")},
        {"", tr(lang, "Times the overall level"), tr(lang, "95% interval")},
        {"", tr(lang, "Rank"), tr(lang, "(95%)")}};
}

const char *risk_level_words(const struct risk_row *row, enum lang lang)
{
    if (row->group == RISK_NOT_ESTIMATED)
        return isnan(row->count) ? tr(lang, "not reported yet") : tr(lang, "not compared");
    if (row->level == RISK_HIGH)
        return tr(lang, "▲ high");
    if (row->level == RISK_ELEVATED)
        return tr(lang, "◊ to be watched");
    return row->level == RISK_UNCLEAR ? tr(lang, "too few to tell") : "";
}

void risk_add_ranks(struct buf *b, const struct risk_row *row, enum lang lang)
{
    if (isnan(row->rank_low) || isnan(row->rank_high) || row->group != RISK_ESTIMATED)
        return;
    num_add_human(b, row->rank_low, 0, lang);
    if (row->rank_high > row->rank_low) {
        buf_adds(b, "–");
        num_add_human(b, row->rank_high, 0, lang);
    }
}

/* ---- the axis ---- */

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* To every estimate, and to nine tenths of the ends of intervals; the rest are arrows. `low` is -1
 * for the end below 1 and 1 for the one above. */
static double reach(const struct risk_layout *l, double *ends, int side)
{
    size_t n = 0;
    double need = 0;
    for (size_t i = 0; i < l->count; i++) {
        const struct risk_row *row = l->places[i].row;
        if (!row || !(row->rr > 0))
            continue;
        double end = side < 0 ? row->low : row->high;
        need = fmax(need, side * log(row->rr));
        if (end > 0 && isfinite(end))
            ends[n++] = side * log(end);
    }
    qsort(ends, n, sizeof *ends, compare_doubles);
    return n ? fmax(need, ends[(n - 1) * 9 / 10]) : need;
}

static bool set_axis(struct risk_layout *l, struct err *e)
{
    double *ends = malloc((l->count + 1) * sizeof *ends);
    if (!ends)
        return err_memory(e);
    l->axis = (struct draw_axis){DRAW_LOG, exp(-fmax(1.06 * reach(l, ends, -1), 0.15)),
                                 exp(fmax(1.06 * reach(l, ends, 1), 0.15)), l->from, l->to};
    free(ends);
    return true;
}

/* The more telling ones first; those that find no room are left out. */
static void set_ticks(struct risk_layout *l, enum lang lang)
{
    static const double values[] = {1,   2,    0.5, 5,   0.2, 1.5, 0.7,  10,  0.1, 3,   20,   0.05,
                                    1.2, 0.85, 0.3, 1.1, 0.9, 50,  0.02, 100, 200, 500, 0.01, 1000};
    struct buf text = {0};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        buf_clear(&text);
        risk_add_ratio(&text, values[i], lang);
        draw_ticks_add(&l->ticks, &l->axis, values[i], buf_text(&text));
    }
    l->ticks.list.failed |= text.failed;
    buf_free(&text);
}

/* ---- which rows ---- */

static const struct risk_row *row_at(const struct risk *k, size_t i)
{
    return &k->rows[i];
}

/* The first and the last by rank, `most` in all, with a row between for those left out; a sixth as
 * many of the rows without marks; cases of unknown place. */
static void choose_rows(struct risk_layout *l, const struct risk *k, size_t most)
{
    size_t first = (2 * most + 2) / 3, others = 0, most_others = most < 6 ? 1 : most / 6;
    l->count = 0;
    l->omitted = k->estimated > most ? k->estimated - most : 0;
    for (size_t i = 0; i < k->count; i++) {
        const struct risk_row *row = row_at(k, i);
        bool is_middle = l->omitted && i >= first && i < first + l->omitted;
        bool is_other = row->group == RISK_NOT_ESTIMATED && others++ >= most_others;
        if (l->omitted && i == first)
            l->places[l->count++] = (struct risk_place){0};
        if (!is_middle && !is_other)
            l->places[l->count++] = (struct risk_place){.row = row};
    }
    l->others_omitted = others > most_others ? others - most_others : 0;
}

/* ---- widths ---- */

struct widths {
    double name, count, expected, rank, level;
};

static void measure_row(struct widths *w, const struct risk_row *row, enum lang lang)
{
    struct buf text = {0};
    w->name = draw_widest(w->name, row->level == RISK_HIGH ? DRAW_STRONG : DRAW_LABEL, row->name);
    w->level = draw_widest(w->level, DRAW_STRONG, risk_level_words(row, lang));
    if (!isnan(row->count))
        words_number(&text, row->count, lang);
    w->count = draw_widest(w->count, DRAW_STRONG, buf_text(&text));
    buf_clear(&text);
    if (!isnan(row->expected))
        risk_add_expected(&text, row->expected, lang);
    w->expected = draw_widest(w->expected, DRAW_LABEL, buf_text(&text));
    buf_clear(&text);
    risk_add_ranks(&text, row, lang);
    w->rank = draw_widest(w->rank, DRAW_MUTED, buf_text(&text));
    buf_free(&text);
}

static double head_width(double width, const char *const lines[RISK_HEAD_LINES])
{
    for (size_t i = 0; i < RISK_HEAD_LINES; i++)
        width = draw_widest(width, DRAW_STRONG, lines[i]);
    return width;
}

/* Columns are as wide as what stands in them, names broken where the panel would become narrow. */
static void set_columns(struct risk_layout *l, const struct risk *k)
{
    struct widths w = {0};
    struct risk_heads heads = risk_heads(k);
    for (size_t i = 0; i < l->count; i++)
        if (l->places[i].row)
            measure_row(&w, l->places[i].row, k->result->lang);
    l->has_ranks = w.rank > 0 && l->page.titled;
    l->has_levels = w.level > 0;
    w.count = head_width(w.count, heads.count);
    w.expected = head_width(w.expected, heads.expected);
    w.rank = l->has_ranks ? head_width(w.rank, heads.rank) + 3 : 0;
    w.level = l->has_levels ? w.level + 3 : 0;
    double numbers = 3 + w.count + 3 + w.expected;
    double rest = DRAW_TEXT_MM - numbers - w.rank - w.level - GAP_MM;
    l->name_width = fmin(w.name + 0.5, fmax(22, fmin(44, rest - 46)));
    l->count_right = DRAW_EDGE_MM + l->name_width + 3 + w.count;
    l->expected_right = l->count_right + 3 + w.expected;
    l->from = l->expected_right + GAP_MM;
    l->to = DRAW_PAGE_MM - DRAW_EDGE_MM - w.rank - w.level - (w.rank + w.level > 0 ? 0 : 3);
    l->rank_right = l->to + w.rank;
    l->level_left = l->rank_right + 3;
}

/* ---- heights ---- */

static double lines_height(const char *text)
{
    return (double)draw_line_count(text) * draw_leading(DRAW_LABEL);
}

static const char *place_name(struct risk_layout *l, const struct risk *k,
                              const struct risk_place *place)
{
    struct buf text = {0};
    if (place->row)
        draw_wrap(&text, place->row->level == RISK_HIGH ? DRAW_STRONG : DRAW_LABEL,
                  place->row->name, l->name_width, NAME_LINES);
    else
        buf_addf(&text, tr(k->result->lang, "… %zu places between, not drawn"), l->omitted);
    const char *kept = draw_keep(&l->arena, &text);
    buf_free(&text);
    return kept;
}

static bool break_names(struct risk_layout *l, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; i < l->count; i++) {
        l->places[i].name = place_name(l, l->risk, &l->places[i]);
        ok &= l->places[i].name != NULL;
    }
    return ok || err_memory(e);
}

/* Each row has room for its name; before the cases of unknown place there is a little air. */
static void stack(void *chart, double looseness)
{
    struct risk_layout *l = chart;
    l->heads = draw_page_head(&l->page, 3);
    l->rule =
        l->heads + RISK_HEAD_LINES * draw_leading(DRAW_STRONG) + draw_between(looseness, 0.2, 1.2);
    double row_mm = l->count <= 20 ? 5.6 : l->count <= 40 ? 4.8 : 4.3;
    row_mm = draw_between(looseness, ROW_LEAST_MM, row_mm);
    double top = l->rule + draw_between(looseness, 0.4, 1);
    bool had_place = false;
    for (size_t i = 0; i < l->count; i++) {
        struct risk_place *place = &l->places[i];
        bool no_place = place->row && place->row->group == RISK_NO_PLACE;
        top += no_place && had_place ? draw_between(looseness, 0, 1.5) : 0;
        had_place = !no_place;
        place->top = top;
        place->bottom =
            top + fmax(row_mm, lines_height(place->name) + draw_between(looseness, -0.25, 1));
        top = place->bottom;
    }
    l->bottom = top + draw_between(looseness, 0.2, 0.6);
    draw_page_close(&l->page, l->bottom + draw_between(looseness, 4.8, 7));
}

static bool row_is_beyond(const struct risk_layout *l, const struct risk_row *row)
{
    return row && row->group == RISK_ESTIMATED && !isnan(row->smr) &&
           (row->smr < l->axis.low || row->smr > l->axis.high);
}

static void add_notes(struct risk_layout *l, const struct risk *k)
{
    enum lang lang = k->result->lang;
    bool has_beyond = false;
    for (size_t i = 0; i < l->count; i++)
        has_beyond |= row_is_beyond(l, l->places[i].row);
    if (k->estimated)
        buf_adds(&l->page.notes,
                 tr(lang, "Point: estimate drawn towards the overall level, the more so the fewer "
                          "the cases; line: its 95% interval; ring: count divided by what the "
                          "overall level gives; logarithmic axis."));
    if (has_beyond)
        buf_addf(&l->page.notes, " %s", tr(lang, "Rings beyond the axis are not drawn."));
    risk_add_levels(&l->page.notes, k);
    risk_add_closing(&l->page.source, k);
}

static void add_left_out(struct risk_layout *l)
{
    buf_clear(&l->page.left_out);
    if (l->others_omitted)
        buf_addf(&l->page.left_out,
                 tr(l->risk->result->lang, "%zu more units without figures are not drawn."),
                 l->others_omitted);
}

/* Of rows that do not fit the page, even as close as they can be read, some in the middle go. */
static bool set_heights(struct risk_layout *l, struct err *e)
{
    size_t most = RISK_MOST_ROWS;
    for (;;) {
        choose_rows(l, l->risk, most);
        add_left_out(l);
        if (!break_names(l, e))
            return false;
        if (draw_page_squeeze(&l->page, stack, l) || most <= FEWEST_ROWS)
            return true;
        most = most > l->risk->estimated ? l->risk->estimated : most - 1;
    }
}

bool risk_layout_init(struct risk_layout *l, const struct risk *k, const struct plot_options *o,
                      struct err *e)
{
    *l = (struct risk_layout){.risk = k, .page = draw_page(k->result, o)};
    l->places = arena_alloc(&l->arena, (k->count + 1) * sizeof *l->places);
    if (!l->places)
        return err_memory(e);
    choose_rows(l, k, RISK_MOST_ROWS);
    set_columns(l, k);
    if (!set_axis(l, e))
        return false;
    set_ticks(l, k->result->lang);
    risk_add_title(&l->page.title, k);
    add_notes(l, k);
    return set_heights(l, e);
}

void risk_layout_free(struct risk_layout *l)
{
    draw_ticks_free(&l->ticks);
    draw_page_free(&l->page);
    arena_free(&l->arena);
    *l = (struct risk_layout){0};
}
