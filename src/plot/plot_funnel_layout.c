/* Where everything of the funnel stands. */
#include <math.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/funnel.h"

#define PANEL_MM 76.0
#define LEAST_PANEL_MM 36.0
#define NAMES_MM 27.0   /* right of the panel */
#define CLEAR_MM 1.0    /* around a point */
#define MOST_LABELS 400 /* tried */

/* ---- axes ---- */

static void set_x_axis(struct funnel *f)
{
    double low = INFINITY, high = 0;
    for (size_t i = 0; i < f->count; i++) {
        low = fmin(low, f->points[i].row->expected);
        high = fmax(high, f->points[i].row->expected);
    }
    if (f->count == 0)
        low = high = 1;
    f->x = (struct draw_axis){DRAW_LINEAR, 0, high * 1.08, f->left, f->right};
    if (high > 8 * low)
        f->x = (struct draw_axis){DRAW_LOG, low / 1.2, high * 1.2, f->left, f->right};
}

/* To every point, and to the 95 % limits in the middle of the axis. */
static void set_y_axis(struct funnel *f)
{
    double high = 1.6;
    double middle = f->x.scale == DRAW_LOG ? sqrt(f->x.low * f->x.high) : f->x.high / 2;
    double limit = funnel_limit_at(f, middle).high_95;
    for (size_t i = 0; i < f->count; i++)
        high = fmax(high, f->points[i].row->smr);
    if (limit < 3 * high)
        high = fmax(high, limit);
    f->y = (struct draw_axis){high > 6 ? DRAW_SQRT : DRAW_LINEAR, 0, high * 1.1, 0, 0};
}

static void add_tick(struct draw_ticks *t, const struct draw_axis *a, double value, enum lang lang)
{
    struct buf text = {0};
    risk_add_ratio(&text, value, lang);
    draw_ticks_add(t, a, value, buf_text(&text));
    t->list.failed |= text.failed;
    buf_free(&text);
}

static void add_decades(struct draw_ticks *t, const struct draw_axis *a, double lead,
                        enum lang lang)
{
    for (double decade = 0.01; decade <= a->high; decade *= 10)
        add_tick(t, a, lead * decade, lang);
}

static void set_ticks(struct funnel *f)
{
    static const double linear[] = {1, 0, 2, 3, 4, 5, 6, 0.5, 1.5, 2.5};
    static const double root[] = {1, 0, 2, 5, 10, 20, 50, 100, 200, 500, 0.5, 3, 30, 0.2};
    enum lang lang = f->k.result->lang;
    if (f->x.scale == DRAW_LINEAR)
        draw_ticks_count(&f->x_ticks, &f->x, lang);
    else {
        add_decades(&f->x_ticks, &f->x, 1, lang);
        add_decades(&f->x_ticks, &f->x, 5, lang);
        add_decades(&f->x_ticks, &f->x, 2, lang);
    }
    bool is_root = f->y.scale == DRAW_SQRT;
    const double *ratios = is_root ? root : linear;
    size_t n = is_root ? sizeof root / sizeof root[0] : sizeof linear / sizeof linear[0];
    for (size_t i = 0; i < n; i++)
        add_tick(&f->y_ticks, &f->y, ratios[i], lang);
}

/* ---- names ---- */

static struct label_box point_box(const struct funnel_point *p)
{
    double clear = p->side == FUNNEL_WITHIN ? CLEAR_MM : 1.7 * CLEAR_MM;
    return (struct label_box){p->x - clear, p->y - clear, p->x + clear, p->y + clear};
}

static enum draw_style style_of(const struct funnel_point *point)
{
    return point->side == FUNNEL_HIGHEST ? DRAW_STRONG : DRAW_LABEL;
}

static double value_at(const struct draw_axis *a, double at)
{
    double share = (at - a->from) / (a->to - a->from);
    return a->scale == DRAW_LOG ? a->low * pow(a->high / a->low, share)
                                : a->low + share * (a->high - a->low);
}

/* Whether a limit runs through the box: each only rises or only falls. */
static bool meets_limits(const struct funnel *f, const struct label_box *box)
{
    struct funnel_limit a = funnel_limit_at(f, value_at(&f->x, box->left));
    struct funnel_limit z = funnel_limit_at(f, value_at(&f->x, box->right));
    const double lines[][2] = {{a.low_95, z.low_95},
                               {a.high_95, z.high_95},
                               {a.low_998, z.low_998},
                               {a.high_998, z.high_998}};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        double from = draw_axis_at(&f->y, lines[i][0]), to = draw_axis_at(&f->y, lines[i][1]);
        if (fmin(from, to) < box->bottom && fmax(from, to) > box->top)
            return true;
    }
    return false;
}

/* Marks: everything that a name must keep clear of; names: what no line to a name may cross. */
struct rooms {
    struct label_room marks, names;
};

/* From the point to the nearest edge of its words, where these do not stand next to it. */
static void set_leader(struct funnel_point *point, const struct label_box *box)
{
    point->leader_x = fmin(fmax(point->x, box->left), box->right);
    point->leader_y = fmin(fmax(point->y, box->top), box->bottom);
    if (hypot(point->leader_x - point->x, point->leader_y - point->y) < 2.6)
        point->leader_x = NAN;
}

static bool is_free(const struct funnel *f, struct funnel_point *point, const struct rooms *rooms,
                    const struct label_box *box, bool is_strict)
{
    if (!label_room_is_free(&rooms->marks, *box) || (is_strict && meets_limits(f, box)))
        return false;
    set_leader(point, box);
    return isnan(point->leader_x) || label_room_line_is_free(&rooms->names, point->x, point->y,
                                                             point->leader_x, point->leader_y);
}

/* The nearest place that is free and clear of the limits, else the nearest that is free. */
static bool find_place(const struct funnel *f, struct funnel_point *point,
                       const struct rooms *rooms, struct label_box *found)
{
    static const double gaps[] = {1.8, 5, 9, 14};
    static const size_t rings = sizeof gaps / sizeof gaps[0];
    double width = draw_width(style_of(point), point->words);
    for (size_t i = 0; i < 2 * LABEL_PLACES * rings; i++) {
        *found = label_box_beside(point->x, point->y, width, 3.6, gaps[i / LABEL_PLACES % rings],
                                  i % LABEL_PLACES);
        if (is_free(f, point, rooms, found, i < LABEL_PLACES * rings))
            return true;
    }
    point->leader_x = NAN;
    return false;
}

static bool place_words(const struct funnel *f, struct funnel_point *point, struct rooms *rooms,
                        struct err *e)
{
    struct label_box box;
    if (!find_place(f, point, rooms, &box))
        return true;
    point->words_x = box.left;
    point->words_y = (box.top + box.bottom) / 2;
    return label_room_take(&rooms->marks, box, e) && label_room_take(&rooms->names, box, e) &&
           (isnan(point->leader_x) || label_room_take_line(&rooms->marks, point->x, point->y,
                                                           point->leader_x, point->leader_y, e));
}

/* The lines' names at their right ends, kept apart; those that leave the panel have none. */
static void place_line_names(struct funnel *f)
{
    struct funnel_limit limit = funnel_limit_at(f, f->x.high / 1.0001);
    const double values[FUNNEL_LINES] = {1, limit.high_95, limit.high_998};
    double below = INFINITY;
    for (size_t i = 0; i < FUNNEL_LINES; i++) {
        f->line_y[i] = NAN;
        if (!(values[i] <= f->y.high))
            continue;
        f->line_y[i] = fmin(draw_axis_at(&f->y, values[i]), below - draw_leading(DRAW_LABEL));
        below = f->line_y[i];
    }
}

/* Points, and the names right of the panel. */
static bool take_marks(struct funnel *f, struct label_room *room, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < f->count; i++)
        ok = label_room_take(room, point_box(&f->points[i]), e);
    for (size_t i = 0; ok && i < FUNNEL_LINES; i++) {
        double y = f->line_y[i];
        if (!isnan(y))
            ok = label_room_take(room, (struct label_box){f->right, y - 2.2, DRAW_PAGE_MM, y + 2.2},
                                 e);
    }
    return ok;
}

/* Those furthest outside first. */
static bool place_names(struct funnel *f, struct err *e)
{
    static const enum funnel_side order[] = {FUNNEL_HIGHEST, FUNNEL_HIGH, FUNNEL_LOWEST,
                                             FUNNEL_LOW};
    struct rooms rooms = {
        .marks.within = {f->left + 0.5, f->top - 2, DRAW_PAGE_MM - DRAW_EDGE_MM, f->bottom - 0.5}};
    bool ok = take_marks(f, &rooms.marks, e);
    size_t tried = 0;
    for (size_t s = 0; s < sizeof order / sizeof order[0]; s++)
        for (size_t i = 0; ok && i < f->count; i++) {
            if (f->points[i].side != order[s])
                continue;
            ok = tried++ >= MOST_LABELS || place_words(f, &f->points[i], &rooms, e);
            f->unnamed += isnan(f->points[i].words_x);
        }
    label_room_free(&rooms.marks);
    label_room_free(&rooms.names);
    return ok;
}

/* ---- all ---- */

static void stack(void *chart, double looseness)
{
    struct funnel *f = chart;
    f->head = draw_page_head(&f->page, 2);
    f->top = f->head + draw_leading(DRAW_MUTED) + 2.5;
    f->bottom = f->top + draw_between(looseness, LEAST_PANEL_MM, PANEL_MM);
    draw_page_close(&f->page, f->bottom + 2 * draw_leading(DRAW_MUTED) + 4);
}

/* What found no room in the panel is told below it: a line more, for which the notes may go. */
static void close_page(struct funnel *f)
{
    if (f->unnamed == 0)
        return;
    buf_addf(&f->page.left_out,
             tr(f->k.result->lang, "Outside the limits, but without room for a name: %zu."),
             f->unnamed);
    draw_page_close(&f->page, f->page.notes_top);
    if (f->page.height <= f->page.most_mm)
        return;
    buf_clear(&f->page.notes);
    draw_page_close(&f->page, f->page.notes_top);
}

bool funnel_layout(struct funnel *f, const struct plot_options *o, struct err *e)
{
    f->page = draw_page(f->k.result, o);
    f->left = 9;
    f->right = DRAW_PAGE_MM - DRAW_EDGE_MM - NAMES_MM;
    set_x_axis(f);
    set_y_axis(f);
    funnel_add_title(&f->page.title, f);
    funnel_add_notes(&f->page.notes, f);
    risk_add_closing(&f->page.source, &f->k);
    draw_page_squeeze(&f->page, stack, f);
    f->y.from = f->bottom;
    f->y.to = f->top;
    set_ticks(f);
    for (size_t i = 0; i < f->count; i++) {
        struct funnel_point *point = &f->points[i];
        point->x = draw_axis_at(&f->x, point->row->expected);
        point->y = draw_axis_at(&f->y, point->row->smr);
    }
    place_line_names(f);
    if (!place_names(f, e))
        return false;
    close_page(f);
    return true;
}
