/* scan_order.c: the neighbours of a site by distance, without n^2 of anything kept.
 *
 * Centres come in tiles of near ones. No window of a tile reaches farther than the circle about
 * the tile's middle that is too heavy, widened by the tile's radius: sites beyond are left out for
 * all centres of the tile. For one centre the rest are thrown into buckets by distance, mostly of
 * a few sites, and each is sorted.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "risk/scan_private.h"

enum { RINGS = 1024 };

static size_t bucket_count(const struct scan_sites *s)
{
    return s->n / 2 + 16;
}

bool scan_order_init(struct scan_order *o, const struct scan_sites *s, double most)
{
    size_t n = s->n + 1;

    *o = (struct scan_order){.sites = s, .most = most};
    o->x = malloc(n * sizeof *o->x);
    o->y = malloc(n * sizeof *o->y);
    o->z = malloc(n * sizeof *o->z);
    o->distance = malloc(n * sizeof *o->distance);
    o->candidate = malloc(n * sizeof *o->candidate);
    o->bucket = malloc(n * sizeof *o->bucket);
    o->start = malloc((bucket_count(s) + 2) * sizeof *o->start);
    o->unsorted = malloc(n * sizeof *o->unsorted);
    o->key = malloc(n * sizeof *o->key);
    if (o->x && o->y && o->z && o->distance && o->candidate && o->bucket && o->start &&
        o->unsorted && o->key)
        return true;
    scan_order_free(o);
    return false;
}

void scan_order_free(struct scan_order *o)
{
    free(o->x);
    free(o->y);
    free(o->z);
    free(o->distance);
    free(o->candidate);
    free(o->bucket);
    free(o->start);
    free(o->unsorted);
    free(o->key);
    *o = (struct scan_order){0};
}

struct middle {
    double x, y, z, radius;
};

static double distance_to(const struct middle *m, const struct scan_sites *s, size_t i)
{
    double x = s->x[i] - m->x, y = s->y[i] - m->y, z = s->z[i] - m->z;
    return sqrt(x * x + y * y + z * z);
}

static struct middle middle_of(const struct scan_sites *s, const uint32_t *site, size_t n)
{
    struct middle m = {0};

    for (size_t i = 0; i < n; i++) {
        m.x += s->x[site[i]] / (double)n;
        m.y += s->y[site[i]] / (double)n;
        m.z += s->z[site[i]] / (double)n;
    }
    for (size_t i = 0; i < n; i++)
        m.radius = fmax(m.radius, distance_to(&m, s, site[i]));
    return m;
}

/* A radius about the middle inside which there is more than a window may hold. */
static double too_heavy(const struct scan_order *o)
{
    const struct scan_sites *s = o->sites;
    double weight[RINGS] = {0}, farthest = 0, sum = 0;
    int ring = 0;

    for (size_t i = 0; i < s->n; i++)
        farthest = fmax(farthest, o->distance[i]);
    double width = farthest * (1 + 1e-9) / RINGS;
    for (size_t i = 0; i < s->n; i++) {
        double at = width > 0 ? o->distance[i] / width : 0;
        weight[at < RINGS - 1 ? (int)at : RINGS - 1] += s->weight[i];
    }
    while (ring < RINGS && !(sum > o->most * (1 + 1e-9)))
        sum += weight[ring++];
    return width * ring;
}

void scan_order_tile(struct scan_order *o, const uint32_t *site, size_t n)
{
    const struct scan_sites *s = o->sites;
    struct middle m = middle_of(s, site, n);

    for (size_t i = 0; i < s->n; i++)
        o->distance[i] = distance_to(&m, s, i);
    o->reach = (too_heavy(o) + m.radius) * (1 + 1e-9);
    double within = (o->reach + m.radius) * (1 + 1e-9);
    o->candidates = 0;
    for (size_t i = 0; i < s->n; i++) {
        size_t at = o->candidates;
        o->x[at] = s->x[i];
        o->y[at] = s->y[i];
        o->z[at] = s->z[i];
        o->candidate[at] = (uint32_t)i;
        o->candidates += o->distance[i] <= within;
    }
}

/* Keys as scan_key has them, and the bucket of each; those out of reach fall into the last. */
static void throw_into_buckets(struct scan_order *o, size_t site, size_t buckets)
{
    const struct scan_sites *s = o->sites;
    double x0 = s->x[site], y0 = s->y[site], z0 = s->z[site];
    double scale = o->reach > 0 ? (double)buckets / o->reach : 0, last = (double)buckets;
    uint64_t rank = s->rank_bits;

#pragma omp simd
    for (size_t i = 0; i < o->candidates; i++) {
        double x = o->x[i] - x0, y = o->y[i] - y0, z = o->z[i] - z0;
        o->distance[i] = x * x + y * y + z * z;
    }
    memcpy(o->unsorted, o->distance, o->candidates * sizeof *o->unsorted);
    for (size_t i = 0; i < o->candidates; i++)
        o->unsorted[i] &= ~rank;
    memcpy(o->distance, o->unsorted, o->candidates * sizeof *o->unsorted);
    for (size_t i = 0; i < o->candidates; i++) {
        double at = sqrt(o->distance[i]) * scale;
        o->bucket[i] = (uint32_t)(int32_t)(at < last ? at : last);
        o->unsorted[i] |= o->candidate[i];
    }
}

/* How many of the first keys weigh no more than a window may; growth stops at the first site that
 * is too much. */
static size_t count_within(const struct scan_order *o, size_t keys)
{
    double sum = 0;
    size_t n = 0;

    for (; n < keys; n++) {
        sum += o->sites->weight[scan_site_of(o->sites, o->key[n])];
        if (sum > o->most)
            break;
    }
    return n;
}

void scan_order_of(struct scan_order *o, size_t site)
{
    size_t buckets = bucket_count(o->sites);
    uint32_t *start = o->start;

    throw_into_buckets(o, site, buckets);
    memset(start, 0, (buckets + 2) * sizeof *start);
    for (size_t i = 0; i < o->candidates; i++)
        start[o->bucket[i] + 1]++;
    for (size_t b = 0; b <= buckets; b++)
        start[b + 1] += start[b];
    for (size_t i = 0; i < o->candidates; i++)
        o->key[start[o->bucket[i]]++] = o->unsorted[i];
    /* Now start[b] is where bucket b ends. */
    for (size_t b = 0, from = 0; b < buckets; from = start[b++])
        scan_keys_sort(o->key + from, start[b] - from);
    o->n = count_within(o, start[buckets - 1]);
}
