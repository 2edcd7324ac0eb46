/* Where map, key and notes stand. */
#include <math.h>

#include "base/lang.h"
#include "plot/map.h"

#define KEY_MM 45.0 /* beside the map */
#define KEY_GAP_MM 4.0
#define BESIDE_MM 111.0 /* the map's width then */
#define MOST_BESIDE_MM 118.0
#define MOST_ABOVE_MM 112.0
#define MARGIN_MM 2.0 /* for outlines and circles that stand out */
#define COLUMNS 3     /* of the key below the map */

/* The key stands below the map where that makes the map much larger. */
static void set_scale(struct map *m, double most_mm)
{
    double room = MARGIN_MM + (m->areas ? 0 : 6);
    double beside = fmin((BESIDE_MM - 2 * room) / m->span_x,
                         (fmin(MOST_BESIDE_MM, most_mm) - 2 * room) / m->span_y);
    double above = fmin((DRAW_TEXT_MM - 2 * room) / m->span_x,
                        (fmin(MOST_ABOVE_MM, most_mm) - 2 * room) / m->span_y);
    m->key_is_below = above > 1.2 * beside;
    m->key_width = m->key_is_below ? DRAW_TEXT_MM / COLUMNS - 5 : KEY_MM;
    m->scale = m->key_is_below ? above : beside;
    m->width = m->span_x * m->scale;
    m->height = m->span_y * m->scale;
    m->frame = m->height + 2 * room;
    double two_keys = DRAW_TEXT_MM - 2 * (KEY_MM + KEY_GAP_MM);
    m->has_two_keys =
        !m->key_is_below && isfinite(m->page.most_mm) && m->width + 2 * room <= two_keys;
    double full = m->key_is_below ? DRAW_TEXT_MM : m->has_two_keys ? two_keys : BESIDE_MM;
    m->left = DRAW_EDGE_MM + (full - m->width) / 2;
    m->top += room;
}

/* 1, 2 or 5 times a power of ten, at most a quarter of the map. */
static void set_bar(struct map *m)
{
    double most = 0.25 * m->width / m->scale * MAP_KM_PER_DEGREE;
    double power = pow(10, floor(log10(most)));
    double lead = most / power;
    m->bar_km = (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power;
    m->bar_y = m->top + m->height + MARGIN_MM + 5;
}

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

/* Below the map; or beside it, but numbers that would reach far below the map stand there, or in a
 * column of their own on a page that is not to become higher. */
static double place_whole_key(struct map *m)
{
    double foot = m->bar_y + 2, right = DRAW_PAGE_MM - DRAW_EDGE_MM - KEY_MM;
    if (m->key_is_below)
        return place_key(m, 0, m->item_count, DRAW_EDGE_MM, foot + 1, COLUMNS);
    if (m->has_two_keys && m->number_items < m->item_count) {
        place_key(m, 0, m->number_items, right - KEY_MM - KEY_GAP_MM, m->top, 1);
        double numbers = place_key(m, m->number_items, m->item_count, right, m->top, 1);
        return fmax(fmax(foot, numbers), m->top + key_height(m, 0, m->number_items));
    }
    bool is_short = m->top + key_height(m, 0, m->item_count) < foot + 10;
    size_t beside = is_short ? m->item_count : m->number_items;
    foot = fmax(foot, place_key(m, 0, beside, right, m->top, 1));
    if (beside < m->item_count)
        foot = place_key(m, beside, m->item_count, DRAW_EDGE_MM, foot + 2, COLUMNS);
    return foot;
}

bool map_layout(struct map *m, const struct plot_options *o, double most_mm, struct err *e)
{
    m->page = draw_page(m->k.result, o);
    risk_add_title(&m->page.title, &m->k);
    m->top = draw_page_head(&m->page, 2);
    set_scale(m, most_mm);
    set_bar(m);
    if (!map_project(m, e) || !map_place_labels(m, e) || !map_write_key(m, e))
        return false;
    double foot = place_whole_key(m);
    map_add_notes(m);
    draw_page_close(&m->page, foot + 2);
    return true;
}
