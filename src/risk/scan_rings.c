/* scan_rings.c: the sites about a centre, parted into rings by distance; see scan_private.h.
 *
 * Which ring a site falls into is read off the top bits of its key, so that rings and keys never
 * disagree. The rings of a tile are cut where the weight about its middle reaches the next level of
 * scan_need.c; about another centre of the tile they hold a little more or less.
 */
#include <stdlib.h>
#include <string.h>

#include "risk/scan_private.h"

/* 512 cells from one distance to 1.4 times it, from the reach inwards; what is nearer than a
 * 65,536th of it falls into the first. A ring's largest counts add up to about RING_MOST. */
enum { CELL_SHIFT = 43, CELLS = 1 << 14, RING_MOST = 16 };

bool scan_rings_init(struct scan_rings *r, const struct scan_order *o, const struct scan_counts *c,
                     const struct scan_need *need)
{
    size_t n = o->sites->n + 1;

    *r = (struct scan_rings){.order = o, .counts = c, .need = need};
    r->x = malloc(n * sizeof *r->x);
    r->y = malloc(n * sizeof *r->y);
    r->z = malloc(n * sizeof *r->z);
    r->square = malloc(n * sizeof *r->square);
    r->bits = malloc(n * sizeof *r->bits);
    r->cell = malloc(n * sizeof *r->cell);
    r->slot = malloc(n * sizeof *r->slot);
    r->placed = malloc(n * sizeof *r->placed);
    r->ring_of = malloc((CELLS + 1) * sizeof *r->ring_of);
    r->weight = malloc(CELLS * sizeof *r->weight);
    r->end = malloc((CELLS + 2) * sizeof *r->end);
    if (r->x && r->y && r->z && r->square && r->bits && r->cell && r->slot && r->placed &&
        r->ring_of && r->weight && r->end)
        return true;
    scan_rings_free(r);
    return false;
}

void scan_rings_free(struct scan_rings *r)
{
    free(r->x);
    free(r->y);
    free(r->z);
    free(r->square);
    free(r->bits);
    free(r->cell);
    free(r->slot);
    free(r->placed);
    free(r->ring_of);
    free(r->weight);
    free(r->end);
    *r = (struct scan_rings){0};
}

static int32_t cell_of(double square)
{
    uint64_t bits;
    memcpy(&bits, &square, sizeof bits);
    return (int32_t)(bits >> CELL_SHIFT);
}

/* Into end[cell] the sum of largest counts, into weight[cell] the weight, about the middle. */
static void add_to_cell(struct scan_rings *r, double distance, const struct scan_slot *slot)
{
    int32_t cell = cell_of(distance * distance) - r->base;

    cell = cell < 0 ? 0 : cell < CELLS ? cell : CELLS - 1;
    r->end[cell] += slot->most;
    r->weight[cell] += slot->weight;
}

/* Sites with weight only: the others have no lines. */
static void take_candidates(struct scan_rings *r)
{
    const struct scan_order *o = r->order;
    const struct scan_counts *c = r->counts;

    r->n = 0;
    memset(r->end, 0, (CELLS + 2) * sizeof *r->end);
    memset(r->weight, 0, CELLS * sizeof *r->weight);
    for (size_t i = 0; i < o->candidates; i++) {
        size_t site = o->candidate[i];
        if (c->row_n[site] == 0)
            continue;
        r->x[r->n] = o->x[i];
        r->y[r->n] = o->y[i];
        r->z[r->n] = o->z[i];
        r->slot[r->n] = (struct scan_slot){o->sites->weight[site], c->row[site], c->largest[site]};
        add_to_cell(r, o->distance[site], &r->slot[r->n]);
        r->n++;
    }
}

static void cut_rings(struct scan_rings *r)
{
    uint32_t ring = 0, level = 0, most = 0;
    double weight = 0;

    for (size_t cell = 0; cell < CELLS; cell++) {
        r->ring_of[cell] = (uint16_t)ring;
        weight += r->weight[cell];
        most += r->end[cell];
        uint32_t next = scan_level_of(r->need, level, weight);
        if (next > level || most >= RING_MOST) {
            ring++;
            most = 0;
        }
        level = next;
    }
    r->rings = ring + 1;
    r->ring_of[CELLS] = (uint16_t)r->rings; /* out of reach */
}

void scan_rings_tile(struct scan_rings *r)
{
    r->base = cell_of(r->order->reach * r->order->reach * (1 + 1e-9)) - (CELLS - 1);
    take_candidates(r);
    cut_rings(r);
}

static void find_cells(struct scan_rings *r, size_t site)
{
    const struct scan_sites *s = r->order->sites;
    double x0 = s->x[site], y0 = s->y[site], z0 = s->z[site];
    int32_t base = r->base;

#pragma omp simd
    for (size_t i = 0; i < r->n; i++) {
        double x = r->x[i] - x0, y = r->y[i] - y0, z = r->z[i] - z0;
        r->square[i] = x * x + y * y + z * z;
    }
    memcpy(r->bits, r->square, r->n * sizeof *r->bits);
#pragma omp simd
    for (size_t i = 0; i < r->n; i++) {
        int32_t at = (int32_t)(r->bits[i] >> CELL_SHIFT) - base;
        at = at < 0 ? 0 : at;
        r->cell[i] = at < CELLS ? at : CELLS;
    }
}

void scan_rings_of(struct scan_rings *r, size_t site)
{
    uint32_t *end = r->end;

    find_cells(r, site);
    memset(end, 0, (r->rings + 2) * sizeof *end);
    for (size_t i = 0; i < r->n; i++) {
        r->cell[i] = r->ring_of[r->cell[i]];
        end[r->cell[i] + 1]++;
    }
    for (size_t k = 0; k < r->rings; k++)
        end[k + 1] += end[k];
    for (size_t i = 0; i < r->n; i++)
        r->placed[end[r->cell[i]]++] = r->slot[i];
}
