/* Rows and shapes brought together; from degrees to the page. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "plot/map.h"

/* ---- rows and shapes ---- */

static int compare_units(const void *left, const void *right)
{
    const struct risk_row *const *a = left, *const *b = right;
    return strcmp((*a)->unit, (*b)->unit);
}

static int compare_unit(const void *unit, const void *row)
{
    return strcmp(unit, (*(const struct risk_row *const *)row)->unit);
}

static bool is_place(const struct map_shape *s)
{
    return s->ring_count > 0 || (isfinite(s->lon) && fabs(s->lat) <= 90);
}

static bool match_shapes(struct map *m, const struct map_shapes *shapes, struct err *e)
{
    size_t n = shapes ? shapes->count : 0;
    m->places = calloc(n + 1, sizeof *m->places);
    if (!m->places)
        return err_memory(e);
    for (size_t i = 0; i < m->k.count; i++)
        m->k.names[i] = &m->k.rows[i];
    qsort(m->k.names, m->k.count, sizeof *m->k.names, compare_units);
    for (size_t i = 0; i < n; i++) {
        const struct map_shape *shape = &shapes->items[i];
        if (!is_place(shape))
            continue;
        const struct risk_row **row =
            bsearch(shape->unit, m->k.names, m->k.count, sizeof *m->k.names, compare_unit);
        m->places[m->count++] = (struct map_place){.shape = shape, .row = row ? *row : NULL};
        m->areas += shape->ring_count > 0;
    }
    return true;
}

static bool check_placed(struct map *m, struct err *e)
{
    size_t matched = 0;
    m->is_placed = calloc(m->k.count, sizeof *m->is_placed);
    if (!m->is_placed)
        return err_memory(e);
    for (size_t i = 0; i < m->count; i++)
        if (m->places[i].row) {
            m->is_placed[m->places[i].row - m->k.rows] = true;
            matched++;
        }
    return matched > 0 ||
           err_set(e, ERR_USAGE,
                   "no unit of the result has a boundary or a place: load boundaries, or units "
                   "with lon and lat");
}

/* ---- classes ---- */

static const double break_sets[][MAP_CLASSES - 1] = {
    {0.85, 0.95, 1.05, 1.2}, {0.7, 0.9, 1.1, 1.4}, {0.5, 0.8, 1.25, 2}};

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Fixed breaks, narrow or wide by how far nine tenths of the places are from the overall level, so
 * that maps of one district can be laid side by side. */
static bool choose_breaks(struct map *m, struct err *e)
{
    size_t n = 0;
    double *far = malloc((m->k.count + 1) * sizeof *far);
    if (!far)
        return err_memory(e);
    for (size_t i = 0; i < m->k.count; i++)
        if (m->k.rows[i].rr > 0)
            far[n++] = fabs(log(m->k.rows[i].rr));
    qsort(far, n, sizeof *far, compare_doubles);
    double reach = n ? exp(far[(n - 1) * 9 / 10]) : 1;
    free(far);
    m->breaks = break_sets[reach < 1.35 ? 0 : reach < 1.9 ? 1 : 2];
    return true;
}

static void classify(struct map *m)
{
    for (size_t i = 0; i < m->count; i++) {
        struct map_place *place = &m->places[i];
        place->class = MAP_UNKNOWN;
        if (!place->row || isnan(place->row->rr)) {
            m->unknown++;
            continue;
        }
        place->class = 0;
        while (place->class < MAP_CLASSES - 1 && place->row->rr >= m->breaks[place->class])
            place->class ++;
        m->by_class[place->class]++;
        m->clusters += *place->row->cluster != '\0';
    }
}

/* ---- extent ---- */

struct extent {
    double west, east, south, north;
};

static void extend(struct extent *x, double lon, double lat)
{
    if (!isfinite(lon) || !(fabs(lat) <= 90))
        return;
    x->west = fmin(x->west, lon);
    x->east = fmax(x->east, lon);
    x->south = fmin(x->south, lat);
    x->north = fmax(x->north, lat);
}

static size_t shape_points(const struct map_shape *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->ring_count; i++)
        n += s->ring_sizes[i];
    return n;
}

/* One place alone, or all on one spot: about ten kilometres around. */
static void set_extent(struct map *m)
{
    struct extent x = {INFINITY, -INFINITY, INFINITY, -INFINITY};
    for (size_t i = 0; i < m->count; i++) {
        const struct map_shape *s = m->places[i].shape;
        size_t n = shape_points(s);
        for (size_t j = 0; j < n; j++)
            extend(&x, s->lon_lat[2 * j], s->lon_lat[2 * j + 1]);
        if (s->ring_count == 0)
            extend(&x, s->lon, s->lat);
    }
    if (!(x.west <= x.east))
        x = (struct extent){0, 0, 0, 0};
    double middle = (x.south + x.north) / 2, least = 0.1;
    m->cos_lat = fmax(cos(middle * acos(-1) / 180), 0.01);
    m->span_x = (x.east - x.west) * m->cos_lat;
    m->span_y = x.north - x.south;
    double pad = fmax(m->span_x, m->span_y) > 1e-4 ? 0 : least / 2;
    m->west = x.west * m->cos_lat - pad;
    m->north = x.north + pad;
    m->span_x = fmax(m->span_x, 1e-6) + 2 * pad;
    m->span_y = fmax(m->span_y, 1e-6) + 2 * pad;
}

bool map_read(struct map *m, const struct result *risk, const struct map_shapes *shapes,
              struct err *e)
{
    *m = (struct map){0};
    if (!risk_read(&m->k, risk, e) || !match_shapes(m, shapes, e) || !check_placed(m, e) ||
        !choose_breaks(m, e))
        return false;
    m->circles = m->count - m->areas;
    classify(m);
    for (size_t i = 0; i < m->count; i++)
        if (m->places[i].row && m->places[i].shape->ring_count == 0)
            m->most = fmax(m->most, m->places[i].row->count);
    set_extent(m);
    return true;
}

void map_free(struct map *m)
{
    risk_free(&m->k);
    free(m->places);
    free(m->items);
    free(m->is_placed);
    draw_page_free(&m->page);
    arena_free(&m->arena);
    *m = (struct map){0};
}

/* ---- to the page ---- */

static void to_page(const struct map *m, double lon, double lat, double *x, double *y)
{
    *x = m->left + (lon * m->cos_lat - m->west) * m->scale;
    *y = m->top + (m->north - lat) * m->scale;
}

/* The points of a ring that are apart as printed; the number kept. */
static size_t project_ring(const struct map *m, const double *lon_lat, size_t n, double *xy)
{
    static const double apart_mm = 0.04;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        double x, y;
        if (!isfinite(lon_lat[2 * i]) || !(fabs(lon_lat[2 * i + 1]) <= 90))
            continue;
        to_page(m, lon_lat[2 * i], lon_lat[2 * i + 1], &x, &y);
        if (kept && hypot(x - xy[2 * kept - 2], y - xy[2 * kept - 1]) < apart_mm)
            continue;
        xy[2 * kept] = x;
        xy[2 * kept + 1] = y;
        kept++;
    }
    if (kept > 1 && hypot(xy[0] - xy[2 * kept - 2], xy[1] - xy[2 * kept - 1]) < apart_mm)
        kept--;
    return kept;
}

/* Rings that are only a dot or a line as printed are left out. */
static bool project_area(struct map *m, struct map_place *place, struct err *e)
{
    const struct map_shape *s = place->shape;
    struct polygon *p = &place->outline;
    p->xy = arena_alloc(&m->arena, (2 * shape_points(s) + 2) * sizeof *p->xy);
    p->sizes = arena_alloc(&m->arena, s->ring_count * sizeof *p->sizes);
    if (!p->xy || !p->sizes)
        return err_memory(e);
    const double *lon_lat = s->lon_lat;
    for (size_t i = 0; i < s->ring_count; lon_lat += 2 * s->ring_sizes[i++]) {
        size_t n = project_ring(m, lon_lat, s->ring_sizes[i], p->xy + 2 * p->points);
        if (n < 3)
            continue;
        p->sizes[p->rings++] = n;
        p->points += n;
    }
    return polygon_orient(p, e);
}

/* The inner point: the centre of the area where that is well inside, else the pole. */
static void find_inner(struct map_place *place)
{
    double x, y, room = polygon_pole(&place->outline, &place->x, &place->y);
    struct label_box middle;
    polygon_centroid(&place->outline, &x, &y);
    room = fmin(room / 2, 2);
    middle = (struct label_box){x - room, y - room, x + room, y + room};
    if (polygon_holds_box(&place->outline, &middle)) {
        place->x = x;
        place->y = y;
    }
}

/* Areas as the counts; the largest a twelfth of the map, unless there are many. */
static void set_circle(struct map *m, struct map_place *place)
{
    double full = fmin(fmin(m->width, m->height) / 12, 60 / sqrt((double)m->circles + 30));
    double count = place->row && !isnan(place->row->count) ? place->row->count : 0;
    to_page(m, place->shape->lon, place->shape->lat, &place->x, &place->y);
    place->radius = fmax(m->most > 0 ? full * sqrt(count / m->most) : 0, 0.7);
}

bool map_project(struct map *m, struct err *e)
{
    for (size_t i = 0; i < m->count; i++) {
        struct map_place *place = &m->places[i];
        if (place->shape->ring_count == 0)
            set_circle(m, place);
        else if (!project_area(m, place, e))
            return false;
        else if (m->count <= MAP_MOST_NAMED || map_is_high(place))
            find_inner(place);
    }
    return true;
}
