/* test_risk_scan_exact.c: the engine against every window tried one by one: best windows of the
 * centres and the maximum of each replication, on small random data of many kinds. */
#include "scan_check.h"

#include <omp.h>

#include "risk/scan_private.h"
#include "risk/scan_random.h"

enum { REPLICATIONS = 150, LAYERS = 3 };

struct trial {
    struct plain plain;
    struct scan_points points;
    bool used[SCAN_CHECK_UNITS];
    double mean; /* of a count of the first layer for a unit of weight 1 */
    uint64_t seed;
    double count[REPLICATIONS][LAYERS][SCAN_CHECK_UNITS]; /* what was drawn, by unit */
};

static double uniform(uint64_t *seed)
{
    return ((double)(scan_random(seed) >> 11) + 0.5) / 9007199254740992.0;
}

static uint32_t poisson(uint64_t *seed, double mean)
{
    if (mean > 50)
        return (uint32_t)fmax(0, floor(mean + sqrt(12 * mean) * (uniform(seed) - 0.5)));
    double p = exp(-mean), at = p, u = uniform(seed);
    uint32_t k = 0;
    for (; u > at && k < 400; at += p)
        p *= mean / ++k;
    return k;
}

static struct trial now; /* too large for a stack */

static void draw(const struct scan_model *m, uint64_t seed, uint32_t *count, void *space)
{
    size_t n = m->sites->n;
    (void)space;
    for (size_t layer = 0; layer < m->layers; layer++)
        for (size_t i = 0; i < n; i++)
            count[layer * n + i] = (layer ? count[(layer - 1) * n + i] : 0) +
                                   poisson(&seed, now.mean * m->sites->weight[i]);
}

/* The engine's seeds, so that the same can be drawn here. */
static void draw_again(const struct scan_model *m, uint64_t seed, size_t layers)
{
    uint32_t count[LAYERS * SCAN_CHECK_UNITS];
    const struct scan_sites *s = m->sites;

    for (size_t r = 0; r < REPLICATIONS; r++) {
        uint64_t state = seed + r;
        draw(m, scan_random(&state), count, NULL);
        for (size_t layer = 0; layer < layers; layer++)
            for (size_t i = 0; i < s->n; i++)
                now.count[r][layer][s->first_unit[i]] = count[layer * s->n + i];
    }
}

enum kind { SPREAD, TWINS, UNEQUAL, EMPTY, GRID, KINDS };

static void make_units(enum kind kind, size_t n, uint64_t *seed)
{
    struct plain *p = &now.plain;
    p->n = n;
    for (size_t i = 0; i < n; i++) {
        p->lat[i] = 10 + 2 * uniform(seed);
        p->lon[i] = 105 + 2 * uniform(seed);
        p->weight[i] = 1 + floor(20 * uniform(seed));
        if (kind == TWINS && i % 3 == 2) {
            p->lat[i] = p->lat[i - 1 - i % 2];
            p->lon[i] = p->lon[i - 1 - i % 2];
        }
        if (kind == UNEQUAL && i % 4)
            p->weight[i] *= 1e-6;
        if (kind == EMPTY && i % 3 == 0)
            p->weight[i] = 0;
        if (kind == GRID) { /* of the equator: equal distances, to rounding, everywhere */
            p->lat[i] = (double)(i / 6) - 2;
            p->lon[i] = (double)(i % 6);
        }
        now.used[i] = true;
    }
    now.points = (struct scan_points){n, p->lat, p->lon};
}

static void check_replications(const double *maxima, const double *scale, size_t layers)
{
    for (size_t r = 0; r < REPLICATIONS; r++) {
        double want = 0;
        for (size_t layer = 0; layer < layers; layer++)
            want = fmax(want, plain_maximum(&now.plain, now.count[r][layer], scale[layer]));
        CHECK_NEAR(maxima[r], want, 1e-9, 1e-9);
    }
}

static void check_centres(const struct scan_sites *s, const struct scan_window *best,
                          const double *scale, size_t layers)
{
    for (size_t u = 0; u < now.plain.n; u++) {
        const struct scan_window *w = &best[s->of_unit[u]];
        struct plain_best want = {0};
        for (size_t layer = 0; layer < layers; layer++) {
            struct plain_best b = plain_search(&now.plain, u, now.count[0][layer], scale[layer]);
            want = b.llr > want.llr * (1 + 1e-12) ? b : want;
        }
        CHECK_NEAR(w->llr, want.llr, 1e-9, 1e-9);
        CHECK_NEAR((double)w->count, want.count, 0, 0);
        CHECK_NEAR(w->weight, want.weight, 1e-12, 0);
    }
}

/* The first replication serves as what is observed. */
static void try_one(enum kind kind, size_t n, double mean, double share, size_t layers,
                    uint64_t seed)
{
    double scale[LAYERS], maxima[REPLICATIONS];
    int64_t observed[LAYERS * SCAN_CHECK_UNITS] = {0};
    struct scan_window best[SCAN_CHECK_UNITS];
    struct scan_sites s;

    memset(&now, 0, sizeof now);
    make_units(kind, n, &seed);
    assert_true(scan_sites_init(&s, &now.points, now.used, now.plain.weight));
    now.mean = mean;
    struct scan_model m = {
        .sites = &s, .layers = layers, .scale = scale, .observed = observed, .draw = draw};
    draw_again(&m, seed, layers);
    m.total = (int64_t)(3 * mean * s.total) + 500;
    m.most = m.total;
    for (size_t layer = 0; layer < layers; layer++) {
        scale[layer] = 0.9 * mean * (double)(layer + 1);
        for (size_t i = 0; i < s.n; i++)
            observed[layer * s.n + i] = (int64_t)now.count[0][layer][s.first_unit[i]];
    }
    now.plain.total = (double)m.total;
    now.plain.limit = share * s.total;
    struct scan_engine e = {share * s.total, share * s.total, REPLICATIONS, seed, false};
    for (int plain = 0; plain < 2; plain++) {
        e.plain = plain;
        assert_true(scan_engine_run(&e, &m, best, maxima));
        check_replications(maxima, scale, layers);
        check_centres(&s, best, scale, layers);
    }
    scan_sites_free(&s);
}

static void maxima_and_best_windows_are_those_of_all_windows(void **state)
{
    (void)state;
    for (int kind = SPREAD; kind < KINDS; kind++)
        for (size_t n = 2; n <= 30; n += kind == GRID ? 28 : 14)
            for (double mean = 0.02; mean < 1; mean *= 6)
                try_one((enum kind)kind, n, mean, 0.5, 1, 7 + n);
}

static void shares_of_all_and_of_little_too(void **state)
{
    (void)state;
    for (double share = 0.1; share <= 1; share += 0.3) {
        try_one(SPREAD, 40, 0.1, share, 1, 3);
        try_one(TWINS, 21, 0.3, share, 1, 4);
    }
}

/* Counts over 255 take several lines of bytes; over 32,000 in all, wider sums. */
static void counts_beyond_a_byte_and_beyond_sixteen_bits(void **state)
{
    (void)state;
    try_one(SPREAD, 25, 20, 0.5, 1, 1);
    try_one(TWINS, 24, 40, 0.5, 1, 2);
    try_one(UNEQUAL, 24, 100, 0.5, 1, 3);
    try_one(SPREAD, 25, 900, 0.5, 1, 4);
}

static void more_units_than_a_tile_and_several_layers(void **state)
{
    (void)state;
    try_one(SPREAD, 120, 0.05, 0.5, 1, 1);
    try_one(SPREAD, 100, 0.05, 0.5, 3, 2);
    try_one(EMPTY, 70, 0.3, 0.5, 3, 3);
    try_one(TWINS, 33, 30, 0.5, 2, 4);
}

/* Nor on the threads, nor on what else is in the batch. */
static void a_replication_does_not_depend_on_how_many_there_are(void **state)
{
    double scale = 0.9 * 0.3, few[70], many[400];
    int64_t observed[SCAN_CHECK_UNITS] = {0};
    static struct scan_window best[SCAN_CHECK_UNITS], again[SCAN_CHECK_UNITS];
    struct scan_sites s;
    uint64_t seed = 5;
    (void)state;

    make_units(SPREAD, 60, &seed);
    now.mean = 0.3;
    assert_true(scan_sites_init(&s, &now.points, now.used, now.plain.weight));
    struct scan_model m = {.sites = &s,
                           .layers = 1,
                           .scale = &scale,
                           .observed = observed,
                           .draw = draw,
                           .total = 1000,
                           .most = 1000};
    struct scan_engine e = {s.total / 2, s.total / 2, 70, 11, false};
    omp_set_num_threads(1);
    assert_true(scan_engine_run(&e, &m, best, few));
    e.replications = 400;
    omp_set_num_threads(5);
    assert_true(scan_engine_run(&e, &m, again, many));
    assert_memory_equal(few, many, sizeof few);
    assert_memory_equal(best, again, s.n * sizeof *best);
    scan_sites_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maxima_and_best_windows_are_those_of_all_windows),
        cmocka_unit_test(shares_of_all_and_of_little_too),
        cmocka_unit_test(counts_beyond_a_byte_and_beyond_sixteen_bits),
        cmocka_unit_test(more_units_than_a_tile_and_several_layers),
        cmocka_unit_test(a_replication_does_not_depend_on_how_many_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
