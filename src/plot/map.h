/* map.h: places on a map: their outlines on the page, what is written on them, the key. Internal to
 * plot/.
 *
 * The projection is equirectangular with the cosine of the middle latitude, good enough for a
 * district as for a country. All places are mm on the page, y downwards. */
#ifndef KEOGIAM_PLOT_MAP_H
#define KEOGIAM_PLOT_MAP_H

#include "plot/draw.h"
#include "plot/label_room.h"
#include "plot/polygons.h"
#include "plot/risk.h"

#define MAP_KM_PER_DEGREE 111.195
#define MAP_CLASSES 5
#define MAP_UNKNOWN (-1)
#define MAP_RING_MM 1.2 /* the double ring around a cluster */

/* More places than this: only the high ones carry words. */
#define MAP_MOST_NAMED 60

/* What is written at a place. */
struct map_label {
    const char *name; /* broken into lines; NULL: nothing is written */
    const char *count;
    double pt, width, height;
    struct label_box box;
    bool is_on_ground; /* outside its area: on white, and with a line to it where far */
    double leader_x, leader_y;
};

struct map_place {
    const struct map_shape *shape;
    const struct risk_row *row; /* NULL: not in the result */
    struct polygon outline;     /* no ring: a circle */
    double radius;              /* of the circle; 0: none */
    int class;                  /* of rr; MAP_UNKNOWN */
    double x, y;                /* the circle's middle, or inside the area */
    size_t number;              /* in the key; 0: none */
    struct map_label label;
};

enum map_key {
    MAP_KEY_HEAD,
    MAP_KEY_CLASS,
    MAP_KEY_MISSING,
    MAP_KEY_OUTLINE,
    MAP_KEY_CLUSTER,
    MAP_KEY_CIRCLE,
    MAP_KEY_TEXT,
    MAP_KEY_NUMBER
};

struct map_item {
    enum map_key kind;
    int class;
    double radius, widest; /* MAP_KEY_CIRCLE: its own, and that of the largest */
    double indent;         /* of the words, for a sample */
    const char *words;     /* in lines */
    const char *right;     /* at the right edge of its column */
    double x, y, width, height;
};

struct map {
    struct risk k;
    struct map_place *places;
    size_t count, areas, circles;
    size_t by_class[MAP_CLASSES], unknown;
    bool *is_placed; /* by row of k: has a place on the map */
    size_t unnamed;  /* places without room for a name or number */
    const double *breaks;
    double most;           /* largest count among circles */
    size_t clusters;       /* members of any */
    double cos_lat;        /* of the middle latitude */
    double west, north;    /* the corner, in projected degrees */
    double span_x, span_y; /* in projected degrees */
    double scale;          /* mm a degree of latitude */
    double left, top, width, height;
    double frame;                    /* the height with its margins */
    bool key_is_below, has_two_keys; /* two: numbers in a column of their own */
    bool is_bound;                   /* the key beside a map that is to use all of the height */
    bool is_key_high;                /* and the key with its notes makes the page too high */
    double key_width, numbers_width; /* of its columns */
    double bar_km, bar_x, bar_y;     /* the scale bar */
    const char *aside;               /* notes below the key; NULL: at the foot */
    double aside_left, aside_top, aside_width, aside_foot;
    struct draw_page page;
    struct map_item *items;
    size_t item_count, item_cap;
    size_t number_items; /* where those of the numbers begin */
    struct arena arena;
};

/* Rows and shapes brought together, classes, the extent. Fails as risk_read does, and (ERR_USAGE)
 * without any shape of a row. *m is to be freed in any case. */
bool map_read(struct map *m, const struct result *risk, const struct map_shapes *shapes,
              struct err *e);
void map_free(struct map *m); /* accepts zero */

/* From where the map stands (left, top, scale) to outlines, circles and inner points. */
bool map_project(struct map *m, struct err *e);

/* Words at the places, without overlap; what has no room gets a number in the key. */
bool map_place_labels(struct map *m, struct err *e);

/* Everything's place, the map itself no higher than most_mm; calls the two above. */
bool map_layout(struct map *m, const struct plot_options *o, double most_mm, struct err *e);

/* The key's lines. Fails: memory. */
bool map_write_key(struct map *m, struct err *e);

/* What stands below: into m->page. */
void map_add_notes(struct map *m);

/* ---- drawing ---- */

extern const char *const map_shades[MAP_CLASSES];
bool map_is_high(const struct map_place *place);
bool map_is_clustered(const struct map_place *place);

/* A data block of that name from the rows, which are emptied. */
void map_add_block(struct plot *p, const char *name, struct buf *rows);
/* The following plots are in mm of the page. */
void map_start_page(struct plot *p);
void map_add_circle(struct plot *p, double x, double y, double radius, const char *look);

/* Samples of the key, and the white grounds of words. */
void map_draw_key(struct plot *p, const struct map *m);
/* All words. */
void map_draw_texts(struct plot *p, const struct map *m);

/* Width of a text at that size. */
double map_text_width(const char *text, double pt, bool bold);
static inline double map_leading(double pt)
{
    return 1.17 * pt * 25.4 / 72;
}

#endif
