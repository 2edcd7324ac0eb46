/* Replications of the permutation scan: hypergeometric draws against R, maxima against those of
 * cases shuffled in the plainest way and all windows tried one by one. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "risk/permutation_draw.h"
#include "risk/scan_random.h"

enum { MOST_UNITS = 64, MOST_MONTHS = 60 };

struct places {
    size_t n, months;
    double lat[MOST_UNITS], lon[MOST_UNITS];
    int64_t count[MOST_UNITS * MOST_MONTHS];
};

static void run(const struct places *p, struct permutation_scan *s)
{
    static double count[MOST_UNITS * MOST_MONTHS];
    const struct permutation_data data = {{p->n, p->lat, p->lon}, p->months, count};
    const struct scan_options options = SCAN_OPTIONS_DEFAULT;
    for (size_t i = 0; i < p->n * p->months; i++)
        count[i] = (double)p->count[i];
    assert_true(permutation_scan_run(&data, &options, s));
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Largest distance between the distributions of two samples of n, sorted. */
static double kolmogorov(const double *a, const double *b, size_t n)
{
    double most = 0;
    for (size_t i = 0, j = 0; i < n && j < n;) {
        if (a[i] <= b[j])
            i++;
        else
            j++;
        most = fmax(most, fabs((double)i - (double)j) / (double)n);
    }
    return most;
}

/* ---- all windows one by one ---- */

static double chord(const struct places *p, size_t a, size_t b)
{
    const double r = acos(-1) / 180;
    double xa = cos(p->lat[a] * r) * cos(p->lon[a] * r),
           ya = cos(p->lat[a] * r) * sin(p->lon[a] * r);
    double xb = cos(p->lat[b] * r) * cos(p->lon[b] * r),
           yb = cos(p->lat[b] * r) * sin(p->lon[b] * r);
    double za = sin(p->lat[a] * r), zb = sin(p->lat[b] * r);
    return sqrt((xa - xb) * (xa - xb) + (ya - yb) * (ya - yb) + (za - zb) * (za - zb));
}

static double ratio(double n, double e, double all)
{
    if (n < 2 || !(n > e))
        return 0;
    return n * log(n / e) + (n < all ? (all - n) * log((all - n) / (all - e)) : 0);
}

static int64_t last_months(const struct places *p, const int64_t *count, size_t unit, size_t k)
{
    int64_t sum = 0;
    for (size_t m = p->months - k; m < p->months; m++)
        sum += count[unit * p->months + m];
    return sum;
}

/* nearest[centre][k]: no two places are equally far from a third here. */
static void find_nearest(const struct places *p, size_t nearest[MOST_UNITS][MOST_UNITS])
{
    for (size_t c = 0; c < p->n; c++) {
        for (size_t k = 0; k < p->n; k++)
            nearest[c][k] = k;
        for (size_t i = 1; i < p->n; i++)
            for (size_t k = i; k && chord(p, c, nearest[c][k]) < chord(p, c, nearest[c][k - 1]);
                 k--) {
                size_t other = nearest[c][k];
                nearest[c][k] = nearest[c][k - 1];
                nearest[c][k - 1] = other;
            }
    }
}

static double best_ratio(const struct places *p, const int64_t *count)
{
    static size_t nearest[MOST_UNITS][MOST_UNITS];
    double all = 0, best = 0, months[MOST_MONTHS + 1] = {0};
    find_nearest(p, nearest);
    for (size_t u = 0; u < p->n; u++) {
        all += (double)last_months(p, count, u, p->months);
        for (size_t k = 1; k <= PERMUTATION_MONTHS_MOST; k++)
            months[k] += (double)last_months(p, count, u, k);
    }
    for (size_t c = 0; c < p->n; c++)
        for (size_t k = 1; k <= PERMUTATION_MONTHS_MOST; k++) {
            double inside = 0, weight = 0;
            for (size_t i = 0; i < p->n; i++) {
                weight += (double)last_months(p, count, nearest[c][i], p->months);
                if (weight > all / 2)
                    break;
                inside += (double)last_months(p, count, nearest[c][i], k);
                best = fmax(best, ratio(inside, weight * months[k] / all, all));
            }
        }
    return best;
}

static double uniform(uint64_t *seed)
{
    return (double)(scan_random(seed) >> 11) / 9007199254740992.0;
}

/* 24 places of about mean / 2 cases a month, the first three with twice as many at the end. */
static void make_up(struct places *p, double mean, uint64_t seed)
{
    *p = (struct places){.n = 24, .months = 30};
    for (size_t u = 0; u < p->n; u++) {
        p->lat[u] = 10 + uniform(&seed);
        p->lon[u] = 105 + uniform(&seed);
        for (size_t m = 0; m < p->months; m++)
            p->count[u * p->months + m] =
                (int64_t)(mean * uniform(&seed) * (u < 3 && m > 27 ? 2 : 1));
    }
}

static void the_best_window_is_the_best_of_all(void **state)
{
    (void)state;
    static struct places p;
    static const double means[] = {1.3, 2, 6, 100, 2000};
    for (size_t i = 0; i < sizeof means / sizeof means[0]; i++)
        for (uint64_t seed = 1; seed <= 3; seed++) {
            struct permutation_scan s;
            make_up(&p, means[i], seed);
            run(&p, &s);
            double best = best_ratio(&p, p.count);
            assert_true(s.n || best <= s.maxima[0]);
            if (s.n)
                CHECK_NEAR(s.cluster[0].area.llr, best, 1e-9, 0);
            permutation_scan_free(&s);
        }
}

/* The months of a list of cases, shuffled in the plainest way: Fisher-Yates. */
static void shuffle(const struct places *p, int64_t *count, uint64_t *seed)
{
    static size_t month[100000];
    size_t n = 0, at = 0;
    for (size_t u = 0; u < p->n; u++)
        for (size_t m = 0; m < p->months; m++)
            for (int64_t k = p->count[u * p->months + m]; k; k--)
                month[n++] = m;
    for (size_t i = n; i > 1; i--) {
        size_t other = (size_t)(uniform(seed) * (double)i), kept = month[i - 1];
        month[i - 1] = month[other];
        month[other] = kept;
    }
    memset(count, 0, p->n * p->months * sizeof *count);
    for (size_t u = 0; u < p->n; u++)
        for (int64_t k = last_months(p, p->count, u, p->months); k; k--)
            count[u * p->months + month[at++]]++;
}

/* 0.087: what two samples of 999 from one distribution exceed once in a thousand. */
static void the_maxima_are_those_of_shuffled_cases(void **state)
{
    (void)state;
    static struct places p;
    static int64_t count[MOST_UNITS * MOST_MONTHS];
    static double maxima[999];
    static const double means[] = {2, 60}; /* picked one by one; hypergeometric */
    for (size_t i = 0; i < 2; i++) {
        struct permutation_scan s;
        uint64_t seed = 77;
        make_up(&p, means[i], 4);
        run(&p, &s);
        for (size_t k = 0; k < 999; k++) {
            shuffle(&p, count, &seed);
            maxima[k] = best_ratio(&p, count);
        }
        qsort(maxima, 999, sizeof *maxima, ascending);
        assert_true(kolmogorov(s.maxima, maxima, 999) < 0.087);
        permutation_scan_free(&s);
    }
}

/* ---- draws ---- */

/* Small ones against R, large ones by mean and variance. */
static void hypergeometric_draws_have_their_distribution(void **state)
{
    (void)state;
    /* R: dhyper(0:5, 12, 30, 5) */
    static const double want[] = {0.167522464698, 0.386590303150, 0.314999506270,
                                  0.112499823668, 0.017456869190, 0.000931033023};
    enum { DRAWS = 200000 };
    double share[6] = {0}, mean = 0, square = 0;
    uint64_t seed = 3;
    for (int i = 0; i < DRAWS; i++) {
        int64_t x = hypergeometric_draw(&seed, 5, 12, 30);
        assert_true(x >= 0 && x <= 5);
        share[x] += 1.0 / DRAWS;
    }
    for (int x = 0; x < 6; x++)
        CHECK_NEAR(share[x], want[x], 0, 4 * sqrt(want[x] * (1 - want[x]) / DRAWS));
    for (int i = 0; i < DRAWS; i++) {
        double x = (double)hypergeometric_draw(&seed, 40000, 900000, 2100000) - 12000;
        mean += x / DRAWS;
        square += x * x / DRAWS;
    }
    /* k g/N = 12000; k g/N b/N (N-k)/(N-1) = 8288.0 */
    double variance = 40000.0 * 0.3 * 0.7 * (3e6 - 40000) / (3e6 - 1);
    CHECK_NEAR(mean, 0, 0, 4 * sqrt(variance / DRAWS));
    CHECK_NEAR(square, variance, 4 * sqrt(2.0 / DRAWS), 0);
}

static void draws_at_the_edges_have_no_choice(void **state)
{
    (void)state;
    uint64_t seed = 1;
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
        cmocka_unit_test(the_best_window_is_the_best_of_all),
        cmocka_unit_test(the_maxima_are_those_of_shuffled_cases),
        cmocka_unit_test(hypergeometric_draws_have_their_distribution),
        cmocka_unit_test(draws_at_the_edges_have_no_choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
