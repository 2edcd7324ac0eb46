/* risk_shapes.h: the outlines of the units of a `risk` result, for its map. */
#ifndef KEOGIAM_CLI_RISK_SHAPES_H
#define KEOGIAM_CLI_RISK_SHAPES_H

#include "cli/session.h"
#include "plot/plot.h"
#include "series/surroundings.h"

struct risk_shapes {
    struct map_shapes map; /* borrows from the result and from the rest */
    struct map_shape *items;
    struct scope scope;
    struct outlines outlines;
};

/* Of every row: its unit, with what is loaded of its place. Points into itself: not to be moved. *x
 * is to be freed in any case, before the result. */
bool risk_shapes_read(struct risk_shapes *x, struct session *s, const struct result *risk,
                      struct err *e);
void risk_shapes_free(struct risk_shapes *x); /* accepts zero */

#endif
