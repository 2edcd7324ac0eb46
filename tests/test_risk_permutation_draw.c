/* Replications of the permutation scan: margins, moments, hypergeometric draws against R. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "risk/permutation_draw.h"

enum { SITES = 5, LAYERS = 3, DRAWS = 20000 };

/* Five sites of these cases in all months; the last three months have 7, 5 and 9, times `times`. */
struct bench {
    struct scan_points points;
    double lat[SITES], lon[SITES], weight[SITES];
    bool used[SITES];
    struct scan_sites sites;
    struct permutation permutation;
    struct scan_model model;
    void *space;
};

static void bench_init(struct bench *b, int64_t times)
{
    static const double weights[SITES] = {30, 0, 4, 55, 11}, recent[LAYERS] = {7, 5, 9};
    *b = (struct bench){0};
    for (size_t i = 0; i < SITES; i++) {
        b->lat[i] = 10 + (double)i;
        b->lon[i] = 105;
        b->weight[i] = weights[i] * (double)times;
        b->used[i] = true;
    }
    b->points = (struct scan_points){SITES, b->lat, b->lon};
    assert_true(scan_sites_init(&b->sites, &b->points, b->used, b->weight));
    for (size_t k = 0; k < LAYERS; k++)
        b->permutation.recent[k] = (int64_t)recent[k] * times;
    assert_true(permutation_init(&b->permutation, &b->sites, 100 * times));
    b->model = (struct scan_model){.sites = &b->sites, .layers = LAYERS, .own = &b->permutation};
    b->space = malloc(b->permutation.space + 1);
}

static void bench_free(struct bench *b)
{
    permutation_free(&b->permutation);
    scan_sites_free(&b->sites);
    free(b->space);
}

/* A layer has its months' cases, never fewer than the layer before, never more than the site's. */
static void check_margins(const struct bench *b, const uint32_t *count)
{
    int64_t want = 0;
    for (size_t layer = 0; layer < LAYERS; layer++) {
        int64_t sum = 0;
        want += b->permutation.recent[layer];
        for (size_t i = 0; i < SITES; i++) {
            sum += count[layer * SITES + i];
            assert_true(count[layer * SITES + i] <= b->weight[i]);
            assert_true(!layer || count[layer * SITES + i] >= count[(layer - 1) * SITES + i]);
        }
        assert_int_equal(sum, want);
    }
}

/* Of C cases, w the site's, the last layer + 1 months have R: mean wR/C, variance that times
 * (C - w)(C - R)/(C(C - 1)). */
static void check_moments(struct bench *b)
{
    double sum[LAYERS * SITES] = {0}, square[LAYERS * SITES] = {0}, all = 0, recent = 0;
    uint32_t count[LAYERS * SITES];
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        memset(count, 0, sizeof count);
        permutation_draw(&b->model, draw, count, b->space);
        check_margins(b, count);
        for (size_t i = 0; i < LAYERS * SITES; i++) {
            sum[i] += count[i];
            square[i] += (double)count[i] * count[i];
        }
    }
    for (size_t i = 0; i < SITES; i++)
        all += b->weight[i];
    for (size_t layer = 0; layer < LAYERS; layer++) {
        recent += (double)b->permutation.recent[layer];
        for (size_t i = 0; i < SITES; i++) {
            double mean = b->weight[i] * recent / all, got = sum[layer * SITES + i] / DRAWS;
            double variance = mean * (all - b->weight[i]) * (all - recent) / (all * (all - 1));
            CHECK_NEAR(got, mean, 0, 4.5 * sqrt(variance / DRAWS));
            CHECK_NEAR(square[layer * SITES + i] / DRAWS - got * got, variance, 0.06, 0);
        }
    }
}

static void cases_picked_one_by_one_keep_margins_and_moments(void **state)
{
    struct bench b;
    (void)state;
    bench_init(&b, 1);
    assert_non_null(b.permutation.site);
    check_moments(&b);
    bench_free(&b);
}

static void many_cases_dealt_by_site_keep_margins_and_moments(void **state)
{
    struct bench b;
    (void)state;
    bench_init(&b, 50);
    assert_null(b.permutation.site);
    check_moments(&b);
    bench_free(&b);
}

static void hypergeometric_draws_have_their_distribution(void **state)
{
    /* R: dhyper(0:5, 12, 30, 5) */
    static const double want[] = {0.167522464698, 0.386590303150, 0.314999506270,
                                  0.112499823668, 0.017456869190, 0.000931033023};
    double share[6] = {0};
    uint64_t seed = 3;
    (void)state;
    for (int i = 0; i < 10 * DRAWS; i++)
        share[hypergeometric_draw(&seed, 5, 12, 30)] += 0.1 / DRAWS;
    for (int x = 0; x < 6; x++)
        CHECK_NEAR(share[x], want[x], 0, 4 * sqrt(want[x] * (1 - want[x]) / (10 * DRAWS)));
}

static void large_hypergeometric_draws_have_their_moments(void **state)
{
    double mean = 0, square = 0, variance = 40000.0 * 0.3 * 0.7 * (3e6 - 40000) / (3e6 - 1);
    uint64_t seed = 5;
    (void)state;
    for (int i = 0; i < DRAWS; i++) {
        double x = (double)hypergeometric_draw(&seed, 40000, 900000, 2100000) - 12000;
        mean += x / DRAWS;
        square += x * x / DRAWS;
    }
    CHECK_NEAR(mean, 0, 0, 4 * sqrt(variance / DRAWS));
    CHECK_NEAR(square, variance, 4 * sqrt(2.0 / DRAWS), 0);
}

static void draws_at_the_edges_have_no_choice(void **state)
{
    uint64_t seed = 1;
    (void)state;
    assert_int_equal(hypergeometric_draw(&seed, 0, 10, 10), 0);
    assert_int_equal(hypergeometric_draw(&seed, 20, 10, 10), 10);
    assert_int_equal(hypergeometric_draw(&seed, 7, 0, 10), 0);
    assert_int_equal(hypergeometric_draw(&seed, 7, 10, 0), 7);
    for (int i = 0; i < 1000; i++) {
        int64_t x = hypergeometric_draw(&seed, 15, 10, 10);
        assert_true(x >= 5 && x <= 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_picked_one_by_one_keep_margins_and_moments),
        cmocka_unit_test(many_cases_dealt_by_site_keep_margins_and_moments),
        cmocka_unit_test(hypergeometric_draws_have_their_distribution),
        cmocka_unit_test(large_hypergeometric_draws_have_their_moments),
        cmocka_unit_test(draws_at_the_edges_have_no_choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
