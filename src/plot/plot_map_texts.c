/* What is written on the map and around it, and the samples of the key. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/map.h"

#define DARK_FROM 3 /* classes on which words are white */
#define SWATCH_W_MM 7.5
#define SWATCH_H_MM 3.8

/* ---- words at the places ---- */

static void put_line(struct plot *p, const struct map_label *l, bool bold, const char *ink,
                     double y, const char *line, size_t n)
{
    struct buf text = {0};
    buf_add(&text, line, n);
    buf_adds(&p->script, "set label ");
    plot_quote(&p->script, buf_text(&text));
    buf_addf(&p->script, " at screen %.5f,%.5f center font FONT.'%s,%.3g' tc rgb '%s'\n",
             (l->box.left + l->box.right) / 2 / p->width_mm, 1 - y / p->height_mm,
             bold ? ":Bold" : "", l->pt, ink);
    p->script.failed |= text.failed;
    buf_free(&text);
}

static bool has_ground(const struct map_place *place)
{
    bool is_area = place->outline.rings > 0;
    return is_area && (place->label.is_on_ground || place->class == MAP_UNKNOWN);
}

static void draw_label(struct plot *p, const struct map_place *place)
{
    const struct map_label *l = &place->label;
    bool is_light = !l->is_on_ground && place->class >= DARK_FROM;
    const char *ink = is_light ? "#FFFFFF" : "#1F2933";
    double y = (l->box.top + l->box.bottom - l->height + map_leading(l->pt)) / 2;
    for (const char *line = l->name; *line;) {
        size_t n = strcspn(line, "\n");
        put_line(p, l, map_is_high(place), ink, y, line, n);
        y += map_leading(l->pt);
        line += n + (line[n] == '\n');
    }
    if (l->count)
        put_line(p, l, true, ink, y, l->count, strlen(l->count));
}

static void add_box(struct buf *b, const struct label_box *box)
{
    buf_addf(b, "%.2f %.2f\n%.2f %.2f\n%.2f %.2f\n%.2f %.2f\n\n", box->left, box->top, box->right,
             box->top, box->right, box->bottom, box->left, box->bottom);
}

static void fill_boxes(struct plot *p, struct buf *boxes, const char *shade)
{
    if (boxes->len == 0)
        return;
    map_add_block(p, "boxes", boxes);
    map_start_page(p);
    buf_addf(&p->script, "plot $boxes with filledcurves closed fs solid noborder lc rgb %s\n",
             shade);
}

/* From the edge of a circle, or from inside an area. */
static void add_leader(struct buf *rows, const struct map_place *place)
{
    const struct map_label *l = &place->label;
    double dx = l->leader_x - place->x, dy = l->leader_y - place->y;
    double share = place->radius / hypot(dx, dy);
    draw_line(rows, place->x + dx * share, place->y + dy * share, l->leader_x, l->leader_y);
}

/* Lines to the places; what stands on borders or hatching has a white ground. */
static void draw_grounds(struct plot *p, const struct map *m)
{
    struct buf leaders = {0}, boxes = {0};
    for (size_t i = 0; i < m->count; i++) {
        const struct map_label *l = &m->places[i].label;
        if (!l->name)
            continue;
        if (l->is_on_ground && !isnan(l->leader_x))
            add_leader(&leaders, &m->places[i]);
        if (has_ground(&m->places[i]))
            add_box(&boxes, &l->box);
    }
    draw_lines(p, &leaders, "lc rgb INK lw 0.7");
    fill_boxes(p, &boxes, "'#FFFFFF'");
    buf_free(&leaders);
    buf_free(&boxes);
}

/* ---- the key ---- */

static struct label_box swatch(const struct map_item *item)
{
    double y = item->y + draw_leading(DRAW_LABEL) / 2;
    return (struct label_box){item->x + 0.5, y - SWATCH_H_MM / 2, item->x + 0.5 + SWATCH_W_MM,
                              y + SWATCH_H_MM / 2};
}

static void fill_inset(struct plot *p, struct label_box box, double inset, const char *shade)
{
    struct buf rows = {0};
    box = (struct label_box){box.left + inset, box.top + inset, box.right - inset,
                             box.bottom - inset};
    add_box(&rows, &box);
    fill_boxes(p, &rows, shade);
    buf_free(&rows);
}

/* Boxes one in the other, as lines of boxes have no clean corners: shade in a border, or the thick
 * border of high places, or the double one of clusters. */
static void draw_swatch(struct plot *p, const struct map_item *item)
{
    struct label_box box = swatch(item);
    struct buf shade = {0};
    buf_addf(&shade, "'%s'", item->kind == MAP_KEY_CLASS ? map_shades[item->class] : "#FFFFFF");
    fill_inset(p, box, 0,
               item->kind == MAP_KEY_CLASS || item->kind == MAP_KEY_MISSING ? "MUTED" : "INK");
    if (item->kind == MAP_KEY_CLUSTER) {
        fill_inset(p, box, 0.3, buf_text(&shade));
        fill_inset(p, box, 0.65, "INK");
        fill_inset(p, box, 0.95, buf_text(&shade));
    } else
        fill_inset(p, box, item->kind == MAP_KEY_OUTLINE ? 0.65 : 0.15, buf_text(&shade));
    p->script.failed |= shade.failed;
    buf_free(&shade);
}

static void draw_swatches(struct plot *p, const struct map *m)
{
    struct buf hatches = {0};
    for (size_t i = 0; i < m->item_count; i++) {
        struct label_box box = swatch(&m->items[i]);
        enum map_key kind = m->items[i].kind;
        if (kind == MAP_KEY_CLASS || kind == MAP_KEY_MISSING || kind == MAP_KEY_OUTLINE ||
            kind == MAP_KEY_CLUSTER)
            draw_swatch(p, &m->items[i]);
        if (kind == MAP_KEY_MISSING)
            draw_hatch(&hatches, box.left, box.top, box.right, box.bottom);
    }
    draw_lines(p, &hatches, "lc rgb HATCH lw 0.5");
    buf_free(&hatches);
}

static void draw_circle_samples(struct plot *p, const struct map *m)
{
    bool has_any = false;
    for (size_t i = 0; i < m->item_count; i++) {
        const struct map_item *item = &m->items[i];
        if (item->kind != MAP_KEY_CIRCLE)
            continue;
        has_any = true;
        map_add_circle(p, item->x + item->widest + 0.5, item->y + item->height / 2, item->radius,
                       "fs empty border lc rgb '#1F2933' lw 0.6");
    }
    if (has_any)
        buf_adds(&p->script, "plot NaN\nunset object\n");
}

void map_draw_key(struct plot *p, const struct map *m)
{
    map_start_page(p);
    draw_swatches(p, m);
    draw_circle_samples(p, m);
    draw_grounds(p, m);
}

static void draw_key_words(struct plot *p, const struct map *m)
{
    for (size_t i = 0; i < m->item_count; i++) {
        const struct map_item *item = &m->items[i];
        double y = item->y + draw_leading(DRAW_LABEL) / 2;
        char number[24];
        if (item->kind == MAP_KEY_CIRCLE)
            y = item->y + item->height / 2;
        draw_text(p, item->kind == MAP_KEY_HEAD ? DRAW_STRONG : DRAW_LABEL, DRAW_LEFT,
                  item->x + item->indent, y, item->words);
        if (item->right)
            draw_text(p, item->kind == MAP_KEY_NUMBER ? DRAW_STRONG : DRAW_MUTED, DRAW_RIGHT,
                      item->x + item->width, y, item->right);
        if (item->kind != MAP_KEY_NUMBER)
            continue;
        snprintf(number, sizeof number, "%d", item->class);
        draw_text(p, DRAW_LABEL, DRAW_RIGHT, item->x + 6, y, number);
    }
}

/* ---- around ---- */

static void draw_bar(struct plot *p, const struct map *m)
{
    struct buf text = {0}, line = {0};
    double length = m->bar_km / MAP_KM_PER_DEGREE * m->scale;
    bool is_metres = m->bar_km < 1;
    words_number(&text, is_metres ? m->bar_km * 1000 : m->bar_km, p->lang);
    buf_adds(&text, is_metres ? " m" : " km");
    draw_line(&line, m->bar_x, m->bar_y, m->bar_x + length, m->bar_y);
    draw_lines(p, &line, "lc rgb INK lw 2");
    draw_text(p, DRAW_MUTED, DRAW_LEFT, m->bar_x, m->bar_y - 2.4, buf_text(&text));
    p->script.failed |= text.failed;
    buf_free(&text);
    buf_free(&line);
}

void map_draw_texts(struct plot *p, const struct map *m)
{
    draw_bar(p, m);
    draw_page_title(p, &m->page);
    draw_page_notes(p, &m->page);
    if (m->aside)
        draw_paragraph(p, DRAW_NOTE, m->aside_left, m->aside_top, m->aside_width, m->aside);
    draw_key_words(p, m);
    for (size_t i = 0; i < m->count; i++)
        if (m->places[i].label.name)
            draw_label(p, &m->places[i]);
    map_start_page(p);
    buf_adds(&p->script, "plot NaN\n");
}
