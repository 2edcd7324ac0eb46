/* geometry.h: the rings of a boundary, from the GeoJSON text that the store keeps.
 *
 * Polygon and MultiPolygon alike come out as rings, outer ones, further parts and holes in the
 * order of the text: what an odd number of them surrounds is inside.
 */
#ifndef KEOGIAM_INGEST_GEOMETRY_H
#define KEOGIAM_INGEST_GEOMETRY_H

#include <stddef.h>

#include "base/err.h"

struct geometry {
    double *lon_lat; /* degrees: longitude, latitude of each point, ring behind ring */
    size_t points, cap;
    size_t *ring_sizes; /* points of each ring */
    size_t ring_count, ring_cap;
};

/* Rings of fewer than 3 points are passed over. *g is to be freed in any case. Fails (ERR_INPUT):
 * the text is no Polygon or MultiPolygon with numbers for coordinates. */
bool geometry_read(struct geometry *g, const char *text, struct err *e);
void geometry_free(struct geometry *g); /* accepts zero */

/* Area-weighted middle of the largest ring; false without a ring that has an area. */
bool geometry_middle(const struct geometry *g, double *lon, double *lat);

#endif
