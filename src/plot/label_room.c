#include "plot/label_room.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"

bool label_room_take(struct label_room *r, struct label_box box, struct err *e)
{
    void *items = r->taken;
    if (!array_grow(&items, &r->cap, r->count + 1, sizeof *r->taken, e))
        return false;
    r->taken = items;
    r->taken[r->count++] = box;
    return true;
}

static bool is_clear(const struct label_room *r, struct label_box box)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct label_box *other = &r->taken[i];
        if (box.left < other->right && other->left < box.right && box.top < other->bottom &&
            other->top < box.bottom)
            return false;
    }
    return true;
}

bool label_room_is_free(const struct label_room *r, struct label_box box)
{
    return box.left >= r->within.left && box.right <= r->within.right && box.top >= r->within.top &&
           box.bottom <= r->within.bottom && is_clear(r, box);
}

/* ---- lines ---- */

#define STEP_MM 0.8

static struct label_box step_box(double x0, double y0, double x1, double y1, double share)
{
    double x = x0 + (x1 - x0) * share, y = y0 + (y1 - y0) * share, half = STEP_MM / 2;
    return (struct label_box){x - half, y - half, x + half, y + half};
}

/* The two ends are what the line joins: they are left out. */
static int steps_of(double x0, double y0, double x1, double y1)
{
    return (int)(hypot(x1 - x0, y1 - y0) / STEP_MM) - 1;
}

bool label_room_take_line(struct label_room *r, double x0, double y0, double x1, double y1,
                          struct err *e)
{
    int steps = steps_of(x0, y0, x1, y1);
    for (int i = 1; i < steps; i++)
        if (!label_room_take(r, step_box(x0, y0, x1, y1, (double)i / steps), e))
            return false;
    return true;
}

bool label_room_line_is_free(const struct label_room *r, double x0, double y0, double x1, double y1)
{
    int steps = steps_of(x0, y0, x1, y1);
    for (int i = 1; i < steps; i++)
        if (!is_clear(r, step_box(x0, y0, x1, y1, (double)i / steps)))
            return false;
    return true;
}

void label_room_free(struct label_room *r)
{
    free(r->taken);
    *r = (struct label_room){0};
}

struct label_box label_box_beside(double x, double y, double width, double height, double gap,
                                  size_t place)
{
    static const struct {
        double across, down; /* of the box's middle, in halves of its size and gaps */
    } places[LABEL_PLACES] = {{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}};
    double cx = x + places[place].across * (width / 2 + gap);
    double cy = y + places[place].down * (height / 2 + gap);
    return (struct label_box){cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2};
}
