/* ranking.c: see ranking.h. */
#include "risk/ranking.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "risk/scan_random.h"

static const size_t DRAWS = 2000, DRAWS_LEAST = 200, WORK_MOST = 2000000;

/* The units that take part, and all draws: rank[unit * draws + draw]. */
struct draws {
    const struct shrunken *s;
    size_t units, count;
    double *x, *e;
    double *up_to;  /* weights of the nodes summed up */
    uint32_t *rank; /* of each unit in each draw */
    uint64_t seed;
};

size_t ranking_draws(size_t units)
{
    if (units <= DRAWS)
        return DRAWS;
    size_t draws = WORK_MOST / units;
    return draws > DRAWS_LEAST ? draws : DRAWS_LEAST;
}

/* ---- one draw ---- */

/* The draw-th number of the generator that starts from seed. */
static unsigned long seed_of(uint64_t seed, size_t draw)
{
    uint64_t state = seed + SCAN_RANDOM_STEP * draw;
    return (unsigned long)(scan_random(&state) & 0xFFFFFFFF);
}

/* log of a gamma deviate of rate 1: of shape + 1 times U^(1/shape), which may underflow. */
static double log_gamma_draw(gsl_rng *rng, double shape)
{
    if (shape >= 1)
        return log(gsl_ran_gamma(rng, shape, 1));
    return log(gsl_ran_gamma(rng, shape + 1, 1)) + log(gsl_rng_uniform_pos(rng)) / shape;
}

static const struct shrunken_node *node_draw(const struct draws *d, gsl_rng *rng)
{
    double u = gsl_rng_uniform(rng) * d->up_to[d->s->nodes - 1];
    size_t lo = 0, hi = d->s->nodes - 1;
    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;
        if (d->up_to[middle] > u)
            hi = middle;
        else
            lo = middle + 1;
    }
    return &d->s->node[lo];
}

/* A key that sorts by risk, the highest first, and names the unit: the upper half is the risk as a
 * float (1e-7 of its log; equal ones stay in the order of units), turned into an integer of the
 * same order and complemented. */
static uint64_t key_of(double log_risk, size_t unit)
{
    union {
        float value;
        uint32_t bits;
    } f = {.value = (float)log_risk};
    uint32_t rising = f.bits & UINT32_C(0x80000000) ? ~f.bits : f.bits | UINT32_C(0x80000000);
    return (uint64_t)~rising << 32 | (uint32_t)unit;
}

/* Sorts by the upper halves, byte by byte from the lowest, equal ones staying in order. Four
 * passes: the result is in key again. */
static void keys_sort(uint64_t *key, uint64_t *spare, size_t n)
{
    for (int shift = 32; shift < 64; shift += 8) {
        size_t start[256] = {0}, at = 0;
        for (size_t i = 0; i < n; i++)
            start[key[i] >> shift & 255]++;
        for (size_t byte = 0; byte < 256; byte++) {
            size_t count = start[byte];
            start[byte] = at;
            at += count;
        }
        for (size_t i = 0; i < n; i++)
            spare[start[key[i] >> shift & 255]++] = key[i];
        uint64_t *swap = key;
        key = spare;
        spare = swap;
    }
}

/* key: room for twice the units. */
static void draw_one(const struct draws *d, size_t draw, gsl_rng *rng, uint64_t *key)
{
    gsl_rng_set(rng, seed_of(d->seed, draw));
    const struct shrunken_node *node = node_draw(d, rng);
    bool together = isinf(node->nu);

    for (size_t i = 0; i < d->units; i++) {
        double log_risk =
            together ? gsl_rng_uniform(rng)
                     : log_gamma_draw(rng, d->x[i] + node->nu) - log(d->e[i] + node->nu / node->m);
        key[i] = key_of(log_risk, i);
    }
    keys_sort(key, key + d->units, d->units);
    for (size_t i = 0; i < d->units; i++)
        d->rank[(key[i] & UINT32_MAX) * d->count + draw] = (uint32_t)i + 1;
}

/* ---- all draws ---- */

static bool draw_all(const struct draws *d)
{
    bool memory = true;

#pragma omp parallel reduction(&& : memory)
    {
        gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
        uint64_t *key = malloc(2 * d->units * sizeof *key);
        memory = rng && key;
#pragma omp for schedule(dynamic, 8)
        for (size_t draw = 0; draw < d->count; draw++)
            if (rng && key)
                draw_one(d, draw, rng, key);
        free(key);
        if (rng)
            gsl_rng_free(rng);
    }
    return memory;
}

/* Moves the k-th smallest (from 0) to its place, smaller ones before it, larger ones behind.
 * Source: Hoare (1961), CACM 4:321, algorithm 65. */
static uint32_t rank_select(uint32_t *rank, size_t n, size_t k)
{
    size_t lo = 0, hi = n - 1;
    while (lo < hi) {
        uint32_t pivot = rank[lo + (hi - lo) / 2];
        size_t i = lo, j = hi;
        while (i <= j) {
            while (rank[i] < pivot)
                i++;
            while (rank[j] > pivot)
                j--;
            if (i > j)
                break;
            uint32_t swap = rank[i];
            rank[i++] = rank[j];
            rank[j] = swap;
            if (j == 0)
                break;
            j--;
        }
        if (k <= j)
            hi = j;
        else if (k >= i)
            lo = i;
        else
            break;
    }
    return rank[k];
}

static void intervals_fill(const struct draws *d, const double *expected, size_t n,
                           struct rank_interval *interval)
{
    size_t off = d->count / 40, unit = 0;
    for (size_t i = 0; i < n; i++) {
        interval[i] = (struct rank_interval){0, 0};
        if (!(expected[i] > 0 && isfinite(expected[i])))
            continue;
        uint32_t *rank = &d->rank[unit++ * d->count];
        interval[i].low = rank_select(rank, d->count, off);
        interval[i].high = rank_select(rank, d->count, d->count - 1 - off);
    }
}

static bool draws_init(struct draws *d, const int64_t *x, const double *expected, size_t n)
{
    d->x = malloc((2 * n + d->s->nodes + 1) * sizeof *d->x);
    if (!d->x)
        return false;
    d->e = d->x + n;
    d->up_to = d->e + n;
    for (size_t i = 0; i < n; i++)
        if (expected[i] > 0 && isfinite(expected[i])) {
            d->x[d->units] = (double)x[i];
            d->e[d->units++] = expected[i];
        }
    double sum = 0;
    for (size_t j = 0; j < d->s->nodes; j++)
        d->up_to[j] = sum += d->s->node[j].weight;
    d->count = ranking_draws(d->units);
    d->rank = malloc((d->units * d->count + 1) * sizeof *d->rank);
    return d->rank != NULL;
}

bool ranking_intervals(const struct shrunken *s, const int64_t *x, const double *expected, size_t n,
                       uint64_t seed, struct rank_interval *interval)
{
    struct draws d = {.s = s, .seed = seed};

    if (s->nodes == 0) {
        memset(interval, 0, n * sizeof *interval);
        return true;
    }
    bool drawn = draws_init(&d, x, expected, n) && draw_all(&d);
    if (drawn)
        intervals_fill(&d, expected, n, interval);
    free(d.x);
    free(d.rank);
    return drawn;
}
