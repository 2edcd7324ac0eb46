#include "plot/polygons.h"

#include <math.h>
#include <stdlib.h>

#include "plot/draw.h"

/* ---- rings ---- */

static double ring_area(const double *xy, size_t n)
{
    double sum = 0;
    for (size_t i = 0, j = n - 1; i < n; j = i++)
        sum += (xy[2 * j] - xy[0]) * (xy[2 * i + 1] - xy[1]) -
               (xy[2 * i] - xy[0]) * (xy[2 * j + 1] - xy[1]);
    return sum / 2;
}

static bool ring_contains(const double *xy, size_t n, double x, double y)
{
    bool inside = false;
    for (size_t i = 0, j = n - 1; i < n; j = i++) {
        double x0 = xy[2 * j], y0 = xy[2 * j + 1], x1 = xy[2 * i], y1 = xy[2 * i + 1];
        if ((y0 > y) != (y1 > y) && x < x0 + (y - y0) / (y1 - y0) * (x1 - x0))
            inside = !inside;
    }
    return inside;
}

static struct label_box points_bounds(const double *xy, size_t n)
{
    struct label_box box = {0, 0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        double x = xy[2 * i], y = xy[2 * i + 1];
        box.left = i ? fmin(box.left, x) : x;
        box.right = i ? fmax(box.right, x) : x;
        box.top = i ? fmin(box.top, y) : y;
        box.bottom = i ? fmax(box.bottom, y) : y;
    }
    return box;
}

static void ring_reverse(double *xy, size_t n)
{
    for (size_t i = 0, j = n; i + 1 < j; i++) {
        j--;
        double x = xy[2 * i], y = xy[2 * i + 1];
        xy[2 * i] = xy[2 * j];
        xy[2 * i + 1] = xy[2 * j + 1];
        xy[2 * j] = x;
        xy[2 * j + 1] = y;
    }
}

/* A ring that lies in another has its points in it; the first may stand on a common border, and the
 * middle of the first edge then decides as well as it. */
static bool is_within(const double *inner, const double *outer, size_t n,
                      const struct label_box *bounds)
{
    double x = (inner[0] + inner[2]) / 2, y = (inner[1] + inner[3]) / 2;
    return x >= bounds->left && x <= bounds->right && y >= bounds->top && y <= bounds->bottom &&
           ring_contains(outer, n, x, y);
}

static size_t depth_of(const struct polygon *p, const struct label_box *bounds, size_t ring,
                       const double *xy)
{
    size_t depth = 0;
    const double *outer = p->xy;
    for (size_t i = 0; i < p->rings; outer += 2 * p->sizes[i++])
        depth += i != ring && is_within(xy, outer, p->sizes[i], &bounds[i]);
    return depth;
}

bool polygon_orient(struct polygon *p, struct err *e)
{
    struct label_box *bounds = malloc((p->rings + 1) * sizeof *bounds);
    if (!bounds)
        return err_memory(e);
    double *xy = p->xy;
    for (size_t i = 0; i < p->rings; xy += 2 * p->sizes[i++])
        bounds[i] = points_bounds(xy, p->sizes[i]);
    xy = p->xy;
    for (size_t i = 0; i < p->rings; xy += 2 * p->sizes[i++])
        if ((ring_area(xy, p->sizes[i]) < 0) != (depth_of(p, bounds, i, xy) % 2 == 1))
            ring_reverse(xy, p->sizes[i]);
    free(bounds);
    return true;
}

/* ---- the whole ---- */

bool polygon_contains(const struct polygon *p, double x, double y)
{
    bool inside = false;
    const double *xy = p->xy;
    for (size_t i = 0; i < p->rings; xy += 2 * p->sizes[i++])
        inside ^= ring_contains(xy, p->sizes[i], x, y);
    return inside;
}

struct label_box polygon_bounds(const struct polygon *p)
{
    return points_bounds(p->xy, p->points);
}

double polygon_area(const struct polygon *p)
{
    double sum = 0;
    const double *xy = p->xy;
    for (size_t i = 0; i < p->rings; xy += 2 * p->sizes[i++])
        sum += ring_area(xy, p->sizes[i]);
    return fabs(sum);
}

void polygon_centroid(const struct polygon *p, double *x, double *y)
{
    struct label_box box = polygon_bounds(p);
    double mx = (box.left + box.right) / 2, my = (box.top + box.bottom) / 2;
    double area = 0, sx = 0, sy = 0;
    const double *xy = p->xy;
    for (size_t r = 0; r < p->rings; xy += 2 * p->sizes[r++])
        for (size_t i = 0, j = p->sizes[r] - 1; i < p->sizes[r]; j = i++) {
            double x0 = xy[2 * j] - mx, y0 = xy[2 * j + 1] - my;
            double x1 = xy[2 * i] - mx, y1 = xy[2 * i + 1] - my;
            double cross = x0 * y1 - x1 * y0;
            area += cross;
            sx += (x0 + x1) * cross;
            sy += (y0 + y1) * cross;
        }
    bool has_area = fabs(area) > 1e-9 * (box.right - box.left) * (box.bottom - box.top);
    *x = mx + (has_area ? sx / area / 3 : 0);
    *y = my + (has_area ? sy / area / 3 : 0);
}

/* ---- room for a label ---- */

static double edge_distance(const double *a, const double *b, double x, double y)
{
    double dx = b[0] - a[0], dy = b[1] - a[1], length = dx * dx + dy * dy;
    double t = length > 0 ? ((x - a[0]) * dx + (y - a[1]) * dy) / length : 0;
    t = fmin(fmax(t, 0), 1);
    return hypot(a[0] + t * dx - x, a[1] + t * dy - y);
}

/* From a point inside to the nearest edge; 0 outside. */
static double clearance(const struct polygon *p, double x, double y)
{
    if (!polygon_contains(p, x, y))
        return 0;
    double least = INFINITY;
    const double *xy = p->xy;
    for (size_t r = 0; r < p->rings; xy += 2 * p->sizes[r++])
        for (size_t i = 0, j = p->sizes[r] - 1; i < p->sizes[r]; j = i++)
            least = fmin(least, edge_distance(xy + 2 * j, xy + 2 * i, x, y));
    return least;
}

/* The best point of a grid, then of finer ones around it. */
double polygon_pole(const struct polygon *p, double *x, double *y)
{
    enum { CELLS = 16, ROUNDS = 4 };
    struct label_box box = polygon_bounds(p);
    double w = box.right - box.left, h = box.bottom - box.top, best = 0;
    *x = (box.left + box.right) / 2;
    *y = (box.top + box.bottom) / 2;
    for (int round = 0; round < ROUNDS; round++, w /= CELLS / 3.0, h /= CELLS / 3.0) {
        double left = *x - w / 2, top = *y - h / 2;
        for (int cell = 0; cell < CELLS * CELLS; cell++) {
            double at_x = left + w * (cell % CELLS + 0.5) / CELLS;
            double at_y = top + h * (cell / CELLS + 0.5) / CELLS;
            double room = clearance(p, at_x, at_y);
            if (room <= best)
                continue;
            best = room;
            *x = at_x;
            *y = at_y;
        }
    }
    return best;
}

/* Cuts the span [*from, *to] of a line down to where start + t * step is at least 0. */
static void cut_span(double start, double step, double *from, double *to)
{
    if (step > 0)
        *from = fmax(*from, -start / step);
    else if (step < 0)
        *to = fmin(*to, -start / step);
    else if (start < 0)
        *to = -1;
}

static bool edge_meets_box(const double *a, const double *b, const struct label_box *box)
{
    double from = 0, to = 1, dx = b[0] - a[0], dy = b[1] - a[1];
    cut_span(a[0] - box->left, dx, &from, &to);
    cut_span(box->right - a[0], -dx, &from, &to);
    cut_span(a[1] - box->top, dy, &from, &to);
    cut_span(box->bottom - a[1], -dy, &from, &to);
    return from <= to;
}

bool polygon_holds_box(const struct polygon *p, const struct label_box *box)
{
    if (!polygon_contains(p, (box->left + box->right) / 2, (box->top + box->bottom) / 2))
        return false;
    const double *xy = p->xy;
    for (size_t r = 0; r < p->rings; xy += 2 * p->sizes[r++])
        for (size_t i = 0, j = p->sizes[r] - 1; i < p->sizes[r]; j = i++)
            if (edge_meets_box(xy + 2 * j, xy + 2 * i, box))
                return false;
    return true;
}

/* ---- hatching ---- */

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Where the line x + y = sum crosses the edges, as values of x - y, sorted. */
static size_t crossings(const struct polygon *p, double sum, double *at)
{
    size_t n = 0;
    const double *xy = p->xy;
    for (size_t r = 0; r < p->rings; xy += 2 * p->sizes[r++])
        for (size_t i = 0, j = p->sizes[r] - 1; i < p->sizes[r]; j = i++) {
            const double *a = xy + 2 * j, *b = xy + 2 * i;
            double from = a[0] + a[1] - sum, to = b[0] + b[1] - sum;
            if ((from > 0) == (to > 0))
                continue;
            double t = from / (from - to);
            at[n++] = a[0] - a[1] + t * (b[0] - b[1] - a[0] + a[1]);
        }
    qsort(at, n, sizeof *at, compare_doubles);
    return n;
}

/* Lines that rise to the right, at places that all areas of a page share. */
bool polygon_hatch(struct buf *b, const struct polygon *p, struct err *e)
{
    static const double step = 1.1 * 1.41421356;
    struct label_box box = polygon_bounds(p);
    double *at = malloc((p->points + 1) * sizeof *at);
    if (!at)
        return err_memory(e);
    double last = box.right + box.bottom;
    for (double k = ceil((box.left + box.top) / step); k * step < last; k++) {
        double sum = k * step;
        size_t n = crossings(p, sum, at);
        for (size_t i = 0; i + 1 < n; i += 2)
            draw_line(b, (sum + at[i]) / 2, (sum - at[i]) / 2, (sum + at[i + 1]) / 2,
                      (sum - at[i + 1]) / 2);
    }
    free(at);
    return true;
}
