/* neighbours.c: see neighbours.h. */
#include "risk/neighbours.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* The distinct pairs of known units, and how many of them each unit is in. */
struct links {
    struct neighbour_pair *pair;
    size_t pairs;
    double *degree;
};

static int pair_order(const void *p, const void *q)
{
    const struct neighbour_pair *a = p, *b = q;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

static void links_free(struct links *l)
{
    free(l->pair);
    free(l->degree);
}

static size_t pairs_unique(struct neighbour_pair *pair, size_t pairs)
{
    size_t kept = 0;
    if (pairs > 0)
        qsort(pair, pairs, sizeof *pair, pair_order);
    for (size_t i = 0; i < pairs; i++)
        if (kept == 0 || pair_order(&pair[kept - 1], &pair[i]) != 0)
            pair[kept++] = pair[i];
    return kept;
}

static bool links_init(struct links *l, const double *value, size_t n,
                       const struct neighbour_pair *pair, size_t pairs)
{
    l->pair = malloc((pairs + 1) * sizeof *l->pair);
    l->degree = calloc(n + 1, sizeof *l->degree);
    l->pairs = 0;
    if (!l->pair || !l->degree) {
        links_free(l);
        return false;
    }
    for (size_t i = 0; i < pairs; i++) {
        size_t a = pair[i].a < pair[i].b ? pair[i].a : pair[i].b, b = pair[i].a + pair[i].b - a;
        if (a != b && b < n && isfinite(value[a]) && isfinite(value[b]))
            l->pair[l->pairs++] = (struct neighbour_pair){a, b};
    }
    l->pairs = pairs_unique(l->pair, l->pairs);
    for (size_t i = 0; i < l->pairs; i++) {
        l->degree[l->pair[i].a]++;
        l->degree[l->pair[i].b]++;
    }
    return true;
}

/* Number, mean and sum of squared deviations of the known values. */
struct moments {
    double n, mean, squares;
};

static struct moments moments_of(const double *value, size_t n)
{
    struct moments m = {0, 0, 0};
    for (size_t i = 0; i < n; i++)
        if (isfinite(value[i])) {
            m.n++;
            m.mean += value[i];
        }
    m.mean /= m.n;
    for (size_t i = 0; i < n; i++)
        if (isfinite(value[i]))
            m.squares += (value[i] - m.mean) * (value[i] - m.mean);
    return m;
}

bool neighbours_local_g(const double *value, size_t n, const struct neighbour_pair *pair,
                        size_t pairs, double *local_g)
{
    struct links l;
    struct moments m = moments_of(value, n);

    if (!links_init(&l, value, n, pair, pairs))
        return false;
    for (size_t i = 0; i < n; i++)
        local_g[i] = isfinite(value[i]) ? value[i] - m.mean : NAN;
    for (size_t i = 0; i < l.pairs; i++) {
        local_g[l.pair[i].a] += value[l.pair[i].b] - m.mean;
        local_g[l.pair[i].b] += value[l.pair[i].a] - m.mean;
    }
    for (size_t i = 0; i < n; i++) {
        double w = l.degree[i] + 1;
        double var = m.squares / m.n * (m.n * w - w * w) / (m.n - 1);
        local_g[i] = var > 0 ? local_g[i] / sqrt(var) : NAN;
    }
    links_free(&l);
    return true;
}

/* Sums over the weights, after Cliff & Ord: s0 = sum w_ij, s1 = sum (w_ij + w_ji)^2 / 2, s2 =
 * sum (w_i. + w_.i)^2; cross = sum w_ij d_i d_j; n: units with neighbours. */
struct weight_sums {
    double n, s0, s1, s2, cross;
};

static void pair_weights(const struct links *l, size_t i, enum neighbour_weights weights,
                         double *forth, double *back)
{
    *forth = weights == NEIGHBOURS_ROW ? 1 / l->degree[l->pair[i].a] : 1;
    *back = weights == NEIGHBOURS_ROW ? 1 / l->degree[l->pair[i].b] : 1;
}

static struct weight_sums weights_sum(const struct links *l, const double *value, size_t n,
                                      double mean, enum neighbour_weights weights, double *margin)
{
    struct weight_sums s = {0, 0, 0, 0, 0};
    for (size_t i = 0; i < l->pairs; i++) {
        size_t a = l->pair[i].a, b = l->pair[i].b;
        double forth, back;
        pair_weights(l, i, weights, &forth, &back);
        s.s0 += forth + back;
        s.s1 += (forth + back) * (forth + back);
        s.cross += (forth + back) * (value[a] - mean) * (value[b] - mean);
        margin[a] += forth + back;
        margin[b] += forth + back;
    }
    for (size_t i = 0; i < n; i++) {
        s.s2 += margin[i] * margin[i];
        s.n += l->degree[i] > 0;
    }
    return s;
}

static struct moran moran_of(const struct weight_sums *s, double squares)
{
    struct moran m = {NAN, NAN, NAN};
    if (!(s->n >= 2 && s->s0 > 0 && squares > 0))
        return m;
    double n = s->n, expected = -1 / (n - 1), n2 = n * n, s02 = s->s0 * s->s0;
    double var = (n2 * s->s1 - n * s->s2 + 3 * s02) / (s02 * (n2 - 1)) - expected * expected;
    m.i = n / s->s0 * (s->cross / squares);
    if (var > 0) {
        m.z = (m.i - expected) / sqrt(var);
        m.p_value = gsl_cdf_ugaussian_Q(m.z);
    }
    return m;
}

bool neighbours_moran(const double *value, size_t n, const struct neighbour_pair *pair,
                      size_t pairs, enum neighbour_weights weights, struct moran *m)
{
    struct links l;
    struct moments at = moments_of(value, n);

    if (!links_init(&l, value, n, pair, pairs))
        return false;
    double *margin = calloc(n + 1, sizeof *margin);
    bool filled = margin != NULL;
    if (filled) {
        struct weight_sums s = weights_sum(&l, value, n, at.mean, weights, margin);
        *m = moran_of(&s, at.squares);
    }
    free(margin);
    links_free(&l);
    return filled;
}
