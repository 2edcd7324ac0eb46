/* label_room.h: which places of a panel are taken by labels and marks already. Internal to plot/.
 *
 * Boxes in mm, y downwards. */
#ifndef KEOGIAM_PLOT_LABEL_ROOM_H
#define KEOGIAM_PLOT_LABEL_ROOM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct label_box {
    double left, top, right, bottom;
};

struct label_room {
    struct label_box within; /* labels stay inside */
    struct label_box *taken;
    size_t count, cap;
};

/* Cost: of is_free, a look at every box. */
bool label_room_take(struct label_room *r, struct label_box box, struct err *e);
bool label_room_is_free(const struct label_room *r, struct label_box box);

/* The same of a line between two points, as boxes one behind the other; `within` does not bind it.
 */
bool label_room_take_line(struct label_room *r, double x0, double y0, double x1, double y1,
                          struct err *e);
bool label_room_line_is_free(const struct label_room *r, double x0, double y0, double x1,
                             double y1);
void label_room_free(struct label_room *r); /* accepts zero */

#define LABEL_PLACES 8

/* A box of that size beside the point, `gap` away from it: right, left, above, below, and between;
 * place < LABEL_PLACES. */
struct label_box label_box_beside(double x, double y, double width, double height, double gap,
                                  size_t place);

#endif
