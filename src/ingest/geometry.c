#include "ingest/geometry.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static bool not_a_boundary(struct err *e)
{
    return err_set(e, ERR_INPUT, "a boundary is no Polygon or MultiPolygon: load it again");
}

static bool add_point(struct geometry *g, const json_t *point, struct err *e)
{
    const json_t *x = json_array_get(point, 0), *y = json_array_get(point, 1);
    void *grown = g->lon_lat;
    if (!json_is_number(x) || !json_is_number(y))
        return not_a_boundary(e);
    if (!array_grow(&grown, &g->cap, g->points + 1, 2 * sizeof *g->lon_lat, e))
        return false;
    g->lon_lat = grown;
    g->lon_lat[2 * g->points] = json_number_value(x);
    g->lon_lat[2 * g->points + 1] = json_number_value(y);
    g->points++;
    return true;
}

static bool add_ring(struct geometry *g, const json_t *ring, struct err *e)
{
    size_t n = json_array_size(ring);
    void *grown = g->ring_sizes;
    bool ok = true;
    if (n < 3)
        return true;
    for (size_t i = 0; ok && i < n; i++)
        ok = add_point(g, json_array_get(ring, i), e);
    ok = ok && array_grow(&grown, &g->ring_cap, g->ring_count + 1, sizeof *g->ring_sizes, e);
    g->ring_sizes = grown;
    if (ok)
        g->ring_sizes[g->ring_count++] = n;
    return ok;
}

static bool add_polygon(struct geometry *g, const json_t *polygon, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < json_array_size(polygon); i++)
        ok = add_ring(g, json_array_get(polygon, i), e);
    return ok;
}

static bool add_shape(struct geometry *g, const json_t *shape, struct err *e)
{
    const char *type = json_string_value(json_object_get(shape, "type"));
    const json_t *parts = json_object_get(shape, "coordinates");
    bool ok = type && json_is_array(parts);
    if (!ok || (strcmp(type, "Polygon") && strcmp(type, "MultiPolygon")))
        return not_a_boundary(e);
    if (!strcmp(type, "Polygon"))
        return add_polygon(g, parts, e);
    for (size_t i = 0; ok && i < json_array_size(parts); i++)
        ok = add_polygon(g, json_array_get(parts, i), e);
    return ok;
}

bool geometry_read(struct geometry *g, const char *text, struct err *e)
{
    *g = (struct geometry){0};
    json_t *shape = json_loads(text, 0, NULL);
    bool ok = add_shape(g, shape, e);
    json_decref(shape);
    return ok;
}

void geometry_free(struct geometry *g)
{
    free(g->lon_lat);
    free(g->ring_sizes);
    *g = (struct geometry){0};
}

/* ---- the middle ---- */

struct moments {
    double area, x, y; /* twice the area; sums weighted by it */
};

/* About the ring's first point, so that small rings far from the origin keep their digits. */
static struct moments ring_moments(const double *p, size_t n)
{
    struct moments m = {0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        const double *a = &p[2 * i], *b = &p[2 * ((i + 1) % n)];
        double ax = a[0] - p[0], ay = a[1] - p[1], bx = b[0] - p[0], by = b[1] - p[1];
        double cross = ax * by - bx * ay;
        m.area += cross;
        m.x += (ax + bx) * cross;
        m.y += (ay + by) * cross;
    }
    return m;
}

bool geometry_middle(const struct geometry *g, double *lon, double *lat)
{
    double most = 0;
    const double *p = g->lon_lat;
    for (size_t i = 0; i < g->ring_count; p += 2 * g->ring_sizes[i], i++) {
        struct moments m = ring_moments(p, g->ring_sizes[i]);
        if (!(fabs(m.area) > most))
            continue;
        most = fabs(m.area);
        *lon = p[0] + m.x / (3 * m.area);
        *lat = p[1] + m.y / (3 * m.area);
    }
    return most > 0;
}
