/* polygons.h: areas of several rings in the plane: what lies inside, where a label has room,
 * hatching. Internal to plot/.
 *
 * Inside is what an odd number of rings surrounds, so holes, islands in holes and rings that cross
 * themselves need no word of their own. Units are the caller's (mm on the page, y downwards). */
#ifndef KEOGIAM_PLOT_POLYGONS_H
#define KEOGIAM_PLOT_POLYGONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "plot/label_room.h"

/* The points of each ring one behind the other, the first not repeated at the end. */
struct polygon {
    double *xy;
    size_t *sizes; /* points of each ring */
    size_t rings, points;
};

/* Turns each ring so that outer rings go round one way and holes the other, by how many rings lie
 * around them; then a fill by winding number, which is what gnuplot's terminals do, is the same as
 * by odd and even. Cost: rings^2 in the worst case, with a look at boxes first. Fails: memory. */
bool polygon_orient(struct polygon *p, struct err *e);

bool polygon_contains(const struct polygon *p, double x, double y);
struct label_box polygon_bounds(const struct polygon *p); /* of no points: all zero */

/* Not below 0; of rings that have been oriented. */
double polygon_area(const struct polygon *p);
/* The centre of the area, which may lie outside; the middle of the bounds where there is no area.
 */
void polygon_centroid(const struct polygon *p, double *x, double *y);

/* About the point inside that is furthest from every edge, and how far: 0 where nothing is inside.
 */
double polygon_pole(const struct polygon *p, double *x, double *y);

/* Whether the whole box lies inside. */
bool polygon_holds_box(const struct polygon *p, const struct label_box *box);

/* Slanting lines over what is inside, as rows of draw_line. Append. Fails: memory. */
bool polygon_hatch(struct buf *b, const struct polygon *p, struct err *e);

#endif
