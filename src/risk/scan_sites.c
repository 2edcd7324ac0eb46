/* scan_sites.c: units to sites; see scan_private.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "risk/scan_private.h"

static const double EARTH_KM = 6367;

/* Of a double's 52, so that distances which differ by rounding only are equal. */
#define RANK_BITS ((UINT64_C(1) << 22) - 1)

struct spot {
    double x, y, z;
    size_t unit;
};

static struct spot spot_of(const struct scan_points *p, size_t unit)
{
    double turn = acos(-1) / 180, lat = p->lat[unit] * turn, lon = p->lon[unit] * turn;
    return (struct spot){.x = EARTH_KM * cos(lat) * cos(lon),
                         .y = EARTH_KM * cos(lat) * sin(lon),
                         .z = EARTH_KM * sin(lat),
                         .unit = unit};
}

static int sign_of(double a, double b)
{
    return (a > b) - (a < b);
}

static int by_place(const void *left, const void *right)
{
    const struct spot *a = left, *b = right;
    int x = sign_of(a->x, b->x), y = sign_of(a->y, b->y), z = sign_of(a->z, b->z);
    return x ? x : y ? y : z ? z : (a->unit > b->unit) - (a->unit < b->unit);
}

/* Each unit's leader, the first at its place; the next at its place is linked to it. */
static void find_leaders(struct scan_sites *s, struct spot *spot, size_t n)
{
    size_t leader = 0;

    qsort(spot, n, sizeof *spot, by_place);
    for (size_t i = 0; i < n; i++) {
        bool same = i > 0 && spot[i].x == spot[i - 1].x && spot[i].y == spot[i - 1].y &&
                    spot[i].z == spot[i - 1].z;
        leader = same ? leader : spot[i].unit;
        if (same)
            s->next_unit[spot[i - 1].unit] = spot[i].unit;
        s->of_unit[spot[i].unit] = leader;
    }
}

static void number_sites(struct scan_sites *s, const struct scan_points *p, const double *weight)
{
    for (size_t u = 0; u < s->units; u++) {
        if (s->of_unit[u] == SCAN_NO_SITE)
            continue;
        if (s->of_unit[u] != u) { /* its leader comes before it and is numbered */
            s->of_unit[u] = s->of_unit[s->of_unit[u]];
        } else {
            struct spot at = spot_of(p, u);
            s->x[s->n] = at.x;
            s->y[s->n] = at.y;
            s->z[s->n] = at.z;
            s->first_unit[s->n] = u;
            s->of_unit[u] = s->n++;
        }
        s->weight[s->of_unit[u]] += weight[u];
    }
    for (size_t i = 0; i < s->n; i++)
        s->total += s->weight[i];
}

static void swap(uint32_t *a, uint32_t *b)
{
    uint32_t kept = *a;
    *a = *b;
    *b = kept;
}

/* Puts the `first` sites with the smallest `at` before the others. */
static void part(uint32_t *site, size_t n, size_t first, const double *at)
{
    while (n > 1) {
        double middle = at[site[n / 2]];
        size_t low = 0, high = n - 1;
        for (;; low++, high--) {
            while (at[site[low]] < middle)
                low++;
            while (at[site[high]] > middle)
                high--;
            if (low >= high)
                break;
            swap(&site[low], &site[high]);
        }
        /* All before low are <= middle, all from low on >= middle. */
        if (first < low) {
            n = low;
        } else {
            site += low;
            n -= low;
            first -= low;
        }
        if (low == 0)
            break;
    }
}

static double spread(const uint32_t *site, size_t n, const double *at)
{
    double least = at[site[0]], most = least;

    for (size_t i = 1; i < n; i++) {
        least = fmin(least, at[site[i]]);
        most = fmax(most, at[site[i]]);
    }
    return most - least;
}

/* Halves, along the widest coordinate, down to tiles. */
static void halve(const struct scan_sites *s, uint32_t *site, size_t n)
{
    while (n > SCAN_TILE) {
        double x = spread(site, n, s->x), y = spread(site, n, s->y), z = spread(site, n, s->z);
        const double *at = x >= y && x >= z ? s->x : y >= z ? s->y : s->z;
        size_t tiles = (n + SCAN_TILE - 1) / SCAN_TILE, first = tiles / 2 * SCAN_TILE;
        part(site, n, first, at);
        halve(s, site, first);
        site += first;
        n -= first;
    }
}

static void line_up(struct scan_sites *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        s->along[i] = i;
    halve(s, s->along, s->n);
}

static bool take_memory(struct scan_sites *s)
{
    size_t n = s->units + 1;

    s->of_unit = malloc(n * sizeof *s->of_unit);
    s->first_unit = malloc(n * sizeof *s->first_unit);
    s->next_unit = malloc(n * sizeof *s->next_unit);
    s->x = malloc(n * sizeof *s->x);
    s->y = malloc(n * sizeof *s->y);
    s->z = malloc(n * sizeof *s->z);
    s->weight = calloc(n, sizeof *s->weight);
    s->along = malloc(n * sizeof *s->along);
    return s->of_unit && s->first_unit && s->next_unit && s->x && s->y && s->z && s->weight &&
           s->along;
}

bool scan_sites_init(struct scan_sites *s, const struct scan_points *points, const bool *used,
                     const double *weight)
{
    size_t n = 0;

    *s = (struct scan_sites){.units = points->n, .rank_bits = RANK_BITS};
    struct spot *spot = malloc((points->n + 1) * sizeof *spot);
    bool done = take_memory(s) && spot;
    for (size_t u = 0; done && u < points->n; u++) {
        s->of_unit[u] = s->next_unit[u] = SCAN_NO_SITE;
        if (used[u])
            spot[n++] = spot_of(points, u);
    }
    if (done) {
        find_leaders(s, spot, n);
        number_sites(s, points, weight);
        while (s->rank_bits < s->n)
            s->rank_bits = s->rank_bits << 1 | 1;
        line_up(s);
    }
    free(spot);
    if (!done)
        scan_sites_free(s);
    return done;
}

void scan_sites_free(struct scan_sites *s)
{
    free(s->of_unit);
    free(s->first_unit);
    free(s->next_unit);
    free(s->x);
    free(s->y);
    free(s->z);
    free(s->weight);
    free(s->along);
    *s = (struct scan_sites){0};
}

static double square_distance(const struct scan_sites *s, size_t from, size_t to)
{
    double x = s->x[to] - s->x[from], y = s->y[to] - s->y[from], z = s->z[to] - s->z[from];
    return x * x + y * y + z * z;
}

uint64_t scan_key(const struct scan_sites *s, size_t from, size_t to)
{
    double square = square_distance(s, from, to);
    uint64_t bits;

    memcpy(&bits, &square, sizeof bits); /* positive doubles sort as their bits do */
    return (bits & ~s->rank_bits) | to;
}

double scan_distance(const struct scan_sites *s, size_t from, size_t to)
{
    double half = sqrt(square_distance(s, from, to)) / (2 * EARTH_KM);
    return 2 * EARTH_KM * asin(fmin(1, half));
}

enum { FEW_KEYS = 48 };

static int by_key(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

void scan_keys_sort(uint64_t *key, size_t n)
{
    if (n > FEW_KEYS) {
        qsort(key, n, sizeof *key, by_key);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        uint64_t k = key[i];
        size_t at = i;
        for (; at > 0 && key[at - 1] > k; at--)
            key[at] = key[at - 1];
        key[at] = k;
    }
}
