/* Words at the places of a map: names and counts inside their areas where these have room, else
 * numbers that the key explains; beside circles, and beside small areas of which only the high ones
 * are named. */
#include <math.h>
#include <string.h>

#include "base/lang.h"
#include "plot/map.h"

#define PAD_MM 0.35      /* between words and the border of their area */
#define HIGH_PAD_MM 0.75 /* where that border is thick */
#define MOST_LINES 4     /* of a name */
#define SPOTS 17         /* tried across an area, and down */
#define MOST_BESIDE 24   /* names of the high ones of many areas: they cover others */
#define MOST_NUMBERS 15  /* of further ones */
#define NUMBER_PT 7.5
#define BESIDE_PT 8.0

double map_text_width(const char *text, double pt, bool bold)
{
    return draw_width(bold ? DRAW_STRONG : DRAW_LABEL, text) * pt / 9;
}

/* Places: circles and areas that words are not to cover; marks: words and lines to them; names: the
 * words alone. */
struct rooms {
    struct label_room places, marks, names;
};

static bool is_clear(const struct rooms *rooms, struct label_box box)
{
    return label_room_is_free(&rooms->marks, box) && label_room_is_free(&rooms->places, box);
}

/* ---- what is written ---- */

static size_t count_lines(const char *text)
{
    size_t n = *text != '\0';
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

static double widest_line(const char *text, double pt, bool bold)
{
    double width = 0;
    char line[200];
    while (*text) {
        size_t n = strcspn(text, "\n");
        size_t kept = n < sizeof line ? n : sizeof line - 1;
        memcpy(line, text, kept);
        line[kept] = '\0';
        width = fmax(width, map_text_width(line, pt, bold));
        text += n + (text[n] == '\n');
    }
    return width;
}

static void measure(struct map_label *l, bool bold)
{
    l->width = fmax(widest_line(l->name, l->pt, bold),
                    l->count ? map_text_width(l->count, l->pt, true) : 0);
    l->height = (double)(count_lines(l->name) + (l->count != NULL)) * map_leading(l->pt);
}

static double widest_word(const char *text)
{
    double width = 0;
    char word[200];
    while (*text) {
        size_t n = strcspn(text, " ");
        size_t kept = n < sizeof word ? n : sizeof word - 1;
        memcpy(word, text, kept);
        word[kept] = '\0';
        width = fmax(width, draw_width(DRAW_STRONG, word));
        text += n + strspn(text + n, " ");
    }
    return width;
}

/* The name in at most so many lines, as narrow as these allow; NULL without memory. */
static const char *break_name(struct map *m, const char *name, size_t lines)
{
    struct buf b = {0};
    double low = widest_word(name), high = draw_width(DRAW_STRONG, name);
    for (int i = 0; lines > 1 && i < 12; i++) {
        double middle = (low + high) / 2;
        buf_clear(&b);
        if (draw_wrap(&b, DRAW_STRONG, name, middle, 9) > lines)
            low = middle;
        else
            high = middle;
    }
    buf_clear(&b);
    draw_wrap(&b, DRAW_STRONG, name, high + 0.01, lines);
    const char *kept = draw_keep(&m->arena, &b);
    buf_free(&b);
    return kept;
}

static bool has_spaces(const char *name, size_t least)
{
    for (; *name; name++)
        if (*name == ' ' && least-- <= 1)
            return true;
    return false;
}

static const char *marked_name(struct map *m, const struct map_place *place)
{
    return arena_format(&m->arena, "%s%s", risk_mark(place->row->level), place->row->name);
}

static const char *count_text(struct map *m, const struct map_place *place)
{
    struct buf b = {0};
    if (isnan(place->row->count))
        buf_adds(&b, "…");
    else
        words_number(&b, place->row->count, m->k.result->lang);
    const char *kept = draw_keep(&m->arena, &b);
    buf_free(&b);
    return kept;
}

/* ---- inside an area ---- */

static struct label_box box_at(double x, double y, const struct map_place *place)
{
    const struct map_label *l = &place->label;
    double pad = map_is_high(place) ? HIGH_PAD_MM : PAD_MM;
    return (struct label_box){x - l->width / 2 - pad, y - l->height / 2 - pad,
                              x + l->width / 2 + pad, y + l->height / 2 + pad};
}

static bool fits(const struct map_place *place, const struct rooms *rooms, double x, double y)
{
    struct label_box box = box_at(x, y, place);
    return is_clear(rooms, box) && polygon_holds_box(&place->outline, &box);
}

/* At the inner point, else at the nearest spot of a grid that has room. */
static bool find_spot(struct map_place *place, const struct rooms *rooms)
{
    struct label_box all = polygon_bounds(&place->outline);
    double best = INFINITY, x = place->x, y = place->y;
    if (place->label.width > all.right - all.left || place->label.height > all.bottom - all.top)
        return false;
    if (fits(place, rooms, x, y))
        best = 0;
    for (int i = 0; best > 0 && i < SPOTS * SPOTS; i++) {
        double at_x = all.left + (all.right - all.left) * (i % SPOTS + 0.5) / SPOTS;
        double at_y = all.top + (all.bottom - all.top) * (i / SPOTS + 0.5) / SPOTS;
        double far = hypot(at_x - place->x, at_y - place->y);
        if (far >= best || !fits(place, rooms, at_x, at_y))
            continue;
        best = far;
        x = at_x;
        y = at_y;
    }
    place->label.box = box_at(x, y, place);
    return isfinite(best);
}

static bool write_inside(struct map *m, struct map_place *place, struct rooms *rooms, bool *found,
                         struct err *e)
{
    static const double sizes[] = {9, 8, 7.2, 6.5};
    const char *name = marked_name(m, place), *count = count_text(m, place),
               *lines[MOST_LINES] = {NULL};
    if (!name || !count)
        return err_memory(e);
    for (size_t n = 0; n < MOST_LINES; n++)
        if (n == 0 || has_spaces(name, n))
            lines[n] = break_name(m, name, n + 1);
    for (size_t i = 0; i < MOST_LINES * sizeof sizes / sizeof sizes[0]; i++) {
        if (!lines[i % MOST_LINES])
            continue;
        place->label = (struct map_label){.name = lines[i % MOST_LINES],
                                          .count = count,
                                          .pt = sizes[i / MOST_LINES],
                                          .leader_x = NAN};
        measure(&place->label, place->row->level == RISK_HIGH);
        *found = find_spot(place, rooms);
        if (*found)
            return label_room_take(&rooms->marks, place->label.box, e) &&
                   label_room_take(&rooms->names, place->label.box, e);
    }
    place->label = (struct map_label){0};
    return true;
}

/* ---- beside ---- */

/* How far a place stands out around its middle. */
static double reach(const struct map_place *place)
{
    double ring = map_is_clustered(place) ? MAP_RING_MM : 0;
    if (place->radius > 0)
        return place->radius + ring;
    return sqrt(polygon_area(&place->outline) / 3.14159) + ring;
}

/* From the place to the nearest edge of its words, where these do not stand next to it. */
static void set_leader(struct map_place *place)
{
    struct map_label *l = &place->label;
    l->leader_x = fmin(fmax(place->x, l->box.left), l->box.right);
    l->leader_y = fmin(fmax(place->y, l->box.top), l->box.bottom);
    if (hypot(l->leader_x - place->x, l->leader_y - place->y) < reach(place) + 2)
        l->leader_x = NAN;
}

/* Whether the line to the words of a place runs through another one's circle. */
static bool meets_circles(const struct map *m, const struct map_place *place)
{
    const struct map_label *l = &place->label;
    double dx = l->leader_x - place->x, dy = l->leader_y - place->y, length = dx * dx + dy * dy;
    for (size_t i = 0; i < m->count; i++) {
        const struct map_place *other = &m->places[i];
        if (other == place || other->radius == 0)
            continue;
        double t = ((other->x - place->x) * dx + (other->y - place->y) * dy) / length;
        t = fmin(fmax(t, 0), 1);
        if (hypot(place->x + t * dx - other->x, place->y + t * dy - other->y) < other->radius)
            return true;
    }
    return false;
}

static bool try_beside(const struct map *m, struct map_place *place, const struct rooms *rooms,
                       double gap, size_t side)
{
    struct map_label *l = &place->label;
    l->box = label_box_beside(place->x, place->y, l->width + 2 * PAD_MM, l->height + 2 * PAD_MM,
                              reach(place) + gap, side);
    if (!is_clear(rooms, l->box))
        return false;
    set_leader(place);
    return isnan(l->leader_x) ||
           (label_room_line_is_free(&rooms->names, place->x, place->y, l->leader_x, l->leader_y) &&
            !meets_circles(m, place));
}

static bool find_beside(const struct map *m, struct map_place *place, const struct rooms *rooms)
{
    static const double gaps[] = {0.3, 2.5, 5.5, 9, 14, 20};
    for (size_t i = 0; i < LABEL_PLACES * sizeof gaps / sizeof gaps[0]; i++)
        if (try_beside(m, place, rooms, gaps[i / LABEL_PLACES], i % LABEL_PLACES))
            return true;
    return false;
}

/* Name and count in one line. */
static bool write_beside(struct map *m, struct map_place *place, struct rooms *rooms, bool *found,
                         struct err *e)
{
    const char *name = marked_name(m, place), *count = count_text(m, place);
    if (!name || !count)
        return err_memory(e);
    const char *words = arena_format(&m->arena, "%s, %s", name, count);
    place->label = (struct map_label){.name = words, .pt = BESIDE_PT, .leader_x = NAN};
    if (!words)
        return err_memory(e);
    place->label.is_on_ground = true;
    measure(&place->label, place->row->level == RISK_HIGH);
    *found = find_beside(m, place, rooms);
    if (!*found) {
        place->label = (struct map_label){0};
        return true;
    }
    const struct map_label *l = &place->label;
    return label_room_take(&rooms->marks, l->box, e) && label_room_take(&rooms->names, l->box, e) &&
           (isnan(l->leader_x) ||
            label_room_take_line(&rooms->marks, place->x, place->y, l->leader_x, l->leader_y, e));
}

/* ---- numbers ---- */

static bool write_number(struct map *m, struct map_place *place, struct rooms *rooms, size_t *last,
                         struct err *e)
{
    place->label = (struct map_label){
        .name = arena_format(&m->arena, "%zu", *last + 1), .pt = NUMBER_PT, .leader_x = NAN};
    if (!place->label.name)
        return err_memory(e);
    measure(&place->label, false);
    place->label.box = box_at(place->x, place->y, place);
    bool is_inside = polygon_holds_box(&place->outline, &place->label.box);
    bool has_centre = place->radius == 0 && label_room_is_free(&rooms->marks, place->label.box);
    place->label.is_on_ground = !has_centre || !is_inside;
    if (!has_centre && !find_beside(m, place, rooms)) {
        place->label = (struct map_label){0};
        m->unnamed++;
        return true;
    }
    place->number = ++*last;
    return label_room_take(&rooms->marks, place->label.box, e) &&
           label_room_take(&rooms->names, place->label.box, e);
}

/* ---- all ---- */

/* Circles, and the high ones of many areas, are not to be covered by words. */
static bool take_places(const struct map *m, struct rooms *rooms, struct err *e)
{
    bool is_many = m->count > MAP_MOST_NAMED;
    for (size_t i = 0; i < m->count; i++) {
        const struct map_place *p = &m->places[i];
        if (p->radius == 0 && !(is_many && map_is_high(p) && !p->label.name))
            continue;
        double half = p->radius > 0 ? reach(p) : 0.8 * reach(p);
        struct label_box box = {p->x - half, p->y - half, p->x + half, p->y + half};
        if (!label_room_take(&rooms->places, box, e))
            return false;
    }
    return true;
}

static bool name_all(struct map *m, struct rooms *rooms, struct err *e)
{
    size_t last = 0;
    for (size_t i = 0; i < m->count; i++) {
        struct map_place *place = &m->places[i];
        bool found = false;
        if (!place->row)
            continue;
        bool ok = place->radius > 0 ? write_beside(m, place, rooms, &found, e)
                                    : write_inside(m, place, rooms, &found, e);
        if (!ok)
            return false;
    }
    for (size_t i = 0; i < m->count; i++)
        if (m->places[i].row && !m->places[i].label.name &&
            !write_number(m, &m->places[i], rooms, &last, e))
            return false;
    return true;
}

/* The place of a row that is high; NULL for another one, and for one not on the map. */
static struct map_place *high_place(struct map *m, size_t row)
{
    for (size_t i = 0; m->k.rows[row].level == RISK_HIGH && i < m->count; i++)
        if (m->places[i].row == &m->k.rows[row])
            return &m->places[i];
    return NULL;
}

/* By rank, which is the order of the rows: inside those that have room, then beside the others,
 * which words are not to cover. */
static bool name_high(struct map *m, struct rooms *rooms, struct err *e)
{
    bool found = false;
    size_t beside = 0, last = 0;
    for (size_t r = 0; r < m->k.estimated; r++) {
        struct map_place *place = high_place(m, r);
        if (place && place->radius == 0 && !write_inside(m, place, rooms, &found, e))
            return false;
    }
    if (!take_places(m, rooms, e))
        return false;
    for (size_t r = 0; r < m->k.estimated; r++) {
        struct map_place *place = high_place(m, r);
        if (!place || place->label.name)
            continue;
        found = false;
        if (beside < MOST_BESIDE && !write_beside(m, place, rooms, &found, e))
            return false;
        beside += found;
        if (!found && last >= MOST_NUMBERS)
            m->unnamed++;
        else if (!found && !write_number(m, place, rooms, &last, e))
            return false;
    }
    return true;
}

bool map_place_labels(struct map *m, struct err *e)
{
    struct label_box page = {m->left - 1, m->top - 2, m->left + m->width + 1,
                             m->top + m->height + 2};
    struct rooms rooms = {.places.within = page, .marks.within = page};
    bool ok = m->count <= MAP_MOST_NAMED ? take_places(m, &rooms, e) && name_all(m, &rooms, e)
                                         : name_high(m, &rooms, e);
    label_room_free(&rooms.places);
    label_room_free(&rooms.marks);
    label_room_free(&rooms.names);
    return ok;
}
