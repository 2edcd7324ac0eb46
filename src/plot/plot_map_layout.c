/* Where map, key and notes stand. */
#include <math.h>

#include "base/lang.h"
#include "plot/map.h"
#include "plot/words.h"

#define KEY_MM 45.0     /* beside the map */
#define CLASSES_MM 36.0 /* inside a document, and of the numbers */
#define NUMBERS_MM 44.0
#define KEY_GAP_MM 4.0
#define BESIDE_MM 111.0 /* the map's width then */
#define MOST_BESIDE_MM 118.0
#define MOST_ABOVE_MM 112.0
#define MARGIN_MM 2.0 /* for outlines and circles that stand out */
#define COLUMNS 3     /* of the key below the map */

/* Inside a document the key leaves the map what room it can: two narrow columns. */
static void set_key(struct map *m)
{
    m->is_bound = !m->key_is_below && !m->page.titled && isfinite(m->page.most_mm);
    m->key_width = m->key_is_below ? DRAW_TEXT_MM / COLUMNS - 5 : m->is_bound ? CLASSES_MM : KEY_MM;
    m->numbers_width = m->is_bound ? NUMBERS_MM : m->key_width;
}

static double keys_width(const struct map *m)
{
    return m->key_width + KEY_GAP_MM + m->numbers_width;
}

/* The key stands below the map where that makes the map much larger. */
static void set_scale(struct map *m, double most_mm)
{
    double room = MARGIN_MM + (m->areas ? 0 : 6);
    double beside = fmin((BESIDE_MM - 2 * room) / m->span_x,
                         (fmin(MOST_BESIDE_MM, most_mm) - 2 * room) / m->span_y);
    double above = fmin((DRAW_TEXT_MM - 2 * room) / m->span_x,
                        (fmin(MOST_ABOVE_MM, most_mm) - 2 * room) / m->span_y);
    m->key_is_below = above > 1.2 * beside;
    set_key(m);
    m->scale = m->key_is_below ? above : beside;
    m->width = m->span_x * m->scale;
    m->height = m->span_y * m->scale;
    m->frame = m->height + 2 * room;
    double two_keys = DRAW_TEXT_MM - keys_width(m) - KEY_GAP_MM;
    m->has_two_keys =
        !m->key_is_below && isfinite(m->page.most_mm) && m->width + 2 * room <= two_keys;
    double full = m->key_is_below ? DRAW_TEXT_MM : m->has_two_keys ? two_keys : BESIDE_MM;
    m->left = DRAW_EDGE_MM + (full - m->width) / 2;
    m->top += room;
}

/* ---- the scale bar ---- */

static bool has_vertex_in(const struct polygon *p, const struct label_box *box)
{
    for (size_t i = 0; i < p->points; i++) {
        double x = p->xy[2 * i], y = p->xy[2 * i + 1];
        if (x > box->left && x < box->right && y > box->top && y < box->bottom)
            return true;
    }
    return false;
}

/* No corner of an area in the box, and none of its own inside an area. */
static bool is_free(const struct map *m, const struct label_box *box)
{
    for (size_t i = 0; i < m->count; i++) {
        const struct polygon *p = &m->places[i].outline;
        if (has_vertex_in(p, box) || polygon_contains(p, box->left, box->top) ||
            polygon_contains(p, box->right, box->top) ||
            polygon_contains(p, box->left, box->bottom) ||
            polygon_contains(p, box->right, box->bottom))
            return false;
    }
    return true;
}

/* In a lower corner of the map's frame that is free. */
static bool set_bar_inside(struct map *m, double length)
{
    static const double above = 6, around = 1.5;
    bool is_wanted = m->is_bound && m->circles == 0 && m->areas <= MAP_MOST_NAMED;
    double bottom = m->top + m->height, xs[] = {m->left, m->left + m->width - length};
    for (size_t i = 0; is_wanted && i < sizeof xs / sizeof xs[0]; i++) {
        struct label_box box = {xs[i] - around, bottom - above, xs[i] + length + around, bottom};
        if (!is_free(m, &box))
            continue;
        m->bar_x = xs[i];
        m->bar_y = bottom - 1;
        return true;
    }
    return false;
}

/* 1, 2 or 5 times a power of ten, at most a quarter of the map. */
static void set_bar(struct map *m)
{
    double most = 0.25 * m->width / m->scale * MAP_KM_PER_DEGREE;
    double power = pow(10, floor(log10(most)));
    double lead = most / power;
    m->bar_km = (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power;
    if (set_bar_inside(m, m->bar_km / MAP_KM_PER_DEGREE * m->scale))
        return;
    m->bar_x = m->left;
    m->bar_y = m->top + m->height + MARGIN_MM + 5;
}

/* ---- the key ---- */

static double key_height(const struct map *m, size_t from, size_t to)
{
    double height = 0;
    for (size_t i = from; i < to; i++)
        height += m->items[i].height;
    return height;
}

/* A head does not stand alone at the foot of a column. */
static double height_together(const struct map *m, size_t i)
{
    bool has_next = m->items[i].kind == MAP_KEY_HEAD && i + 1 < m->item_count;
    return m->items[i].height + (has_next ? m->items[i + 1].height : 0);
}

/* One below the other, a further column where a third of the whole is reached. */
static double place_key(struct map *m, size_t from, size_t to, double left, double top,
                        size_t columns)
{
    double column_mm = DRAW_TEXT_MM / COLUMNS, most = key_height(m, from, to) / (double)columns;
    double x = left, y = top, lowest = top;
    size_t column = 1;
    for (size_t i = from; i < to; i++) {
        struct map_item *item = &m->items[i];
        if (column < columns && y - top + height_together(m, i) / 2 > most) {
            column++;
            x += column_mm;
            y = top;
        }
        y += item->kind == MAP_KEY_HEAD && y > top ? 2 : 0;
        item->x = x;
        item->y = y;
        y += item->height;
        lowest = fmax(lowest, y);
    }
    return lowest;
}

static double map_foot(const struct map *m)
{
    return fmax(m->bar_y + 2, m->top + m->height + MARGIN_MM);
}

static double key_top(const struct map *m)
{
    return m->is_bound ? m->top - MARGIN_MM : m->top;
}

/* Numbers in a column of their own. Returns where the longer of the two ends. */
static double place_two_keys(struct map *m)
{
    double left = DRAW_PAGE_MM - DRAW_EDGE_MM - keys_width(m), top = key_top(m);
    double right = left + m->key_width + KEY_GAP_MM;
    double numbers = place_key(m, m->number_items, m->item_count, right, top, 1);
    return fmax(place_key(m, 0, m->number_items, left, top, 1), numbers);
}

/* Beside the map, but numbers that would reach far below the map stand there. */
static double place_one_key(struct map *m)
{
    double foot = map_foot(m), right = DRAW_PAGE_MM - DRAW_EDGE_MM - m->numbers_width;
    bool is_short = m->top + key_height(m, 0, m->item_count) < foot + 10;
    size_t beside = is_short ? m->item_count : m->number_items;
    double end = place_key(m, 0, beside, right, m->top, 1);
    if (beside < m->item_count)
        end = place_key(m, beside, m->item_count, DRAW_EDGE_MM, fmax(foot, end) + 2, COLUMNS);
    return end;
}

/* Returns where it ends. */
static double place_whole_key(struct map *m)
{
    if (m->key_is_below)
        return place_key(m, 0, m->item_count, DRAW_EDGE_MM, map_foot(m) + 1, COLUMNS);
    m->has_two_keys = m->has_two_keys && m->number_items < m->item_count;
    if (m->has_two_keys)
        return place_two_keys(m);
    return place_one_key(m);
}

/* ---- the notes ---- */

/* Below the key, from `top` on, if the page is high enough. Fails: memory. */
static bool try_aside(struct map *m, const struct buf *text, double top, double width,
                      struct err *e)
{
    double height = draw_paragraph_height(DRAW_NOTE, width, buf_text(text));
    if (m->aside || top + height > m->page.most_mm)
        return true;
    m->aside = arena_text(&m->arena, buf_text(text));
    m->aside_left = DRAW_PAGE_MM - DRAW_EDGE_MM - keys_width(m);
    if (!m->has_two_keys)
        m->aside_left = DRAW_PAGE_MM - DRAW_EDGE_MM - width;
    m->aside_top = top;
    m->aside_width = width;
    m->aside_foot = top + height;
    return (m->aside && !text->failed) || err_memory(e);
}

/* Below both columns, or below the classes alone; without what signs mean where that has no room.
 * Else all of it stays for the foot. Fails: memory. */
static bool place_notes(struct map *m, double key_foot, struct err *e)
{
    static const double gap = 2;
    double classes = key_top(m) + key_height(m, 0, m->number_items) + gap;
    double width = m->has_two_keys ? keys_width(m) : m->numbers_width;
    const struct buf *parts[] = {&m->page.notes, &m->page.left_out};
    bool ok = true;
    for (size_t first = 0; ok && m->is_bound && first < 2; first++) {
        struct buf text = {0};
        for (size_t i = first; i < 2; i++)
            if (parts[i]->len) {
                words_next(&text);
                buf_adds(&text, buf_text(parts[i]));
            }
        ok = !text.len || (try_aside(m, &text, key_foot + gap, width, e) &&
                           (!m->has_two_keys || try_aside(m, &text, classes, m->key_width, e)));
        buf_free(&text);
    }
    if (m->aside) {
        buf_clear(&m->page.notes);
        buf_clear(&m->page.left_out);
    }
    return ok;
}

bool map_layout(struct map *m, const struct plot_options *o, double most_mm, struct err *e)
{
    m->page = draw_page(m->k.result, o);
    risk_add_title(&m->page.title, &m->k);
    m->top = draw_page_head(&m->page, 2);
    set_scale(m, most_mm);
    if (!map_project(m, e))
        return false;
    set_bar(m);
    if (!map_place_labels(m, e) || !map_write_key(m, e))
        return false;
    double key_foot = place_whole_key(m);
    map_add_notes(m);
    if (!place_notes(m, key_foot, e))
        return false;
    double foot = fmax(map_foot(m), key_foot);
    draw_page_close(&m->page, m->aside ? fmax(foot, m->aside_foot) : foot + 2);
    m->is_key_high = m->has_two_keys && m->is_bound && m->page.height > m->page.most_mm &&
                     (key_foot > map_foot(m) || m->aside_foot > map_foot(m));
    return true;
}
