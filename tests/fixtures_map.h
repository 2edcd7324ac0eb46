/* fixtures_map.h: shapes to draw, and rows for them. For the tests of plot_map. */
#ifndef KEOGIAM_TESTS_FIXTURES_MAP_H
#define KEOGIAM_TESTS_FIXTURES_MAP_H

#include "fixtures_places.h"

#include "plot/map.h"

#define MOST_SHAPES 400

static struct map_shape shape_items[MOST_SHAPES];
static double shape_points[MOST_SHAPES][10];
static struct map_shapes shapes = {.items = shape_items};
static const size_t four[] = {4};

static inline bool draw(const struct result *r, const struct plot_options *o, struct err *e)
{
    return plot_map(r, &shapes, o, e);
}

/* A rectangle; not in degrees of a real place. */
static inline void add_area(const char *unit, double west, double south, double width,
                            double height)
{
    double *p = shape_points[shapes.count];
    const double corners[] = {west,         south,          west + width, south,
                              west + width, south + height, west,         south + height};
    memcpy(p, corners, sizeof corners);
    shape_items[shapes.count++] = (struct map_shape){unit, NAN, NAN, 1, four, p};
}

static inline void add_spot(const char *unit, double lon, double lat)
{
    shape_items[shapes.count++] = (struct map_shape){unit, lon, lat, 0, NULL, NULL};
}

static inline void start(struct result *r, enum lang lang)
{
    shapes.count = 0;
    places_init(r, lang);
}

static inline void done(struct result *r, struct buf *b)
{
    result_free(r);
    buf_free(b);
}

/* columns x rows areas of 0.1 degrees with rows of the result, named "<name> 12". */
static inline void add_grid(struct result *r, int columns, int rows, const char *name,
                            const char *level)
{
    for (int i = 0; i < columns * rows; i++) {
        char unit[24], text[60];
        snprintf(unit, sizeof unit, "g%d", i);
        snprintf(text, sizeof text, "%s %d", name, i);
        add_area(arena_text(&r->arena, unit), 105 + 0.1 * (i % columns), 10 + 0.1 * (i / columns),
                 0.1, 0.1);
        add_place(r, unit, text, 10 + i % 7, 12, level);
    }
}

#endif
