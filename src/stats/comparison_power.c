/* comparison_power.c: the power of the one-sided exact test and the least reduction it finds.
 *
 * With X0 = a the test rejects up to crit(a), the largest k with P(NB(a, s) <= k) <= 0.05,
 * s = e0/(e0 + e1). (a, crit(a)) is a staircase: it is walked with two recurrences instead of a
 * quantile a step, f being the density and F the distribution of NB(a, s):
 *   F(k; a) = F(k-1; a) + f(k; a)             f(k+1; a) = f(k; a) (1-s)(a+k)/(k+1)
 *   F(k-1; a+1) = F(k-1; a) - f(k; a) k/a     f(k; a+1) = f(k; a) s (a+k)/a
 * F stays near 0.05 and each step adds or takes some 1e-3 of it, so the rounding of a million
 * steps is below 1e-12. */
#include <math.h>
#include <stdlib.h>

#include "stats/comparison.h"
#include "stats/tails.h"

static const double TEST_LEVEL = 0.05;
static const double POWER_WANTED = 0.80;
static const double NEGLIGIBLE = 1e-18; /* density of X0, X1 left out of the sums */
static const double MOST_EXPECTED = 1e10;
static const double MOST_STEPS = 1e8; /* of the staircase; beyond, one search an outcome */

/* The outcomes a of X0 that matter, their probability and the test's critical value. */
struct outcomes {
    size_t n;
    int64_t first; /* a of index 0, >= 1 */
    double *weight;
    int64_t *critical; /* -1: never rejects; not decreasing */
};

static int64_t outcome_end(double mean, int64_t step)
{
    int64_t a = (int64_t)mean;
    double f = tails_poisson_pmf(a, mean);

    while (f > NEGLIGIBLE && (step > 0 || a > 1)) {
        f *= step > 0 ? mean / (double)(a + 1) : (double)a / mean;
        a += step;
    }
    return a;
}

static void outcomes_weigh(struct outcomes *o, double mean)
{
    size_t middle = (size_t)((int64_t)mean - o->first);

    o->weight[middle] = tails_poisson_pmf((int64_t)mean, mean);
    for (size_t i = middle; i > 0; i--)
        o->weight[i - 1] = o->weight[i] * (double)(o->first + (int64_t)i) / mean;
    for (size_t i = middle; i + 1 < o->n; i++)
        o->weight[i + 1] = o->weight[i] * mean / (double)(o->first + (int64_t)i + 1);
}

/* The least k >= from with P(NB(a, s) <= k) > level: doubling steps, then bisection. */
static int64_t nb_first_above(double a, double s, double u, int64_t from)
{
    int64_t below = from - 1, step = 1, above;

    while (tails_nb_lower(below + step, a, s, u) <= TEST_LEVEL) {
        below += step;
        step *= 2;
    }
    above = below + step;
    while (above - below > 1) {
        int64_t middle = below + (above - below) / 2;
        if (tails_nb_lower(middle, a, s, u) <= TEST_LEVEL)
            below = middle;
        else
            above = middle;
    }
    return above;
}

static void critical_by_search(struct outcomes *o, double s, double u)
{
    int64_t k = 0;

    for (size_t i = 0; i < o->n; i++) {
        k = nb_first_above((double)(o->first + (int64_t)i), s, u, k);
        o->critical[i] = k - 1;
    }
}

static void critical_by_walk(struct outcomes *o, double s, double u)
{
    double a = (double)o->first;
    int64_t k = nb_first_above(a, s, u, 0);
    double f = tails_nb_pmf(k, a, s, u);
    double below = tails_nb_lower(k - 1, a, s, u);

    for (size_t i = 0; i < o->n; i++, a++) {
        while (below + f <= TEST_LEVEL) {
            below += f;
            f *= u * (a + (double)k) / (double)(k + 1);
            k++;
        }
        o->critical[i] = k - 1;
        below -= f * (double)k / a;
        f *= s * (a + (double)k) / a;
    }
}

static void outcomes_free(struct outcomes *o)
{
    free(o->weight);
    free(o->critical);
}

static bool outcomes_init(struct outcomes *o, int64_t x0, double e0, double e1)
{
    double mean = (double)x0, s = e0 / (e0 + e1), u = e1 / (e0 + e1);

    o->first = outcome_end(mean, -1);
    o->n = (size_t)(outcome_end(mean, 1) - o->first + 1);
    o->weight = malloc(o->n * sizeof *o->weight);
    o->critical = malloc(o->n * sizeof *o->critical);
    if (!o->weight || !o->critical) {
        outcomes_free(o);
        return false;
    }
    outcomes_weigh(o, mean);
    if ((double)o->n * e1 / e0 <= MOST_STEPS)
        critical_by_walk(o, s, u);
    else
        critical_by_search(o, s, u);
    return true;
}

/* sum of weight * P(X1 <= critical), X1 ~ Poisson(mean1): the critical values do not decrease, so
 * one pass over the outcomes of X1 serves them all. Below `k` at the start lies less than 1e-17. */
static double outcomes_power(const struct outcomes *o, double mean1)
{
    double start = mean1 - 9 * sqrt(mean1) - 1;
    int64_t k = start > 0 ? (int64_t)start : 0;
    double f = tails_poisson_pmf(k, mean1), below = 0, power = 0;

    for (size_t i = 0; i < o->n; i++) {
        while (k <= o->critical[i] && (f > NEGLIGIBLE || (double)k < mean1)) {
            below += f;
            k++;
            f *= mean1 / (double)k;
        }
        power += o->weight[i] * below;
    }
    return fmin(1, power);
}

static bool can_have_power(int64_t x0, double e0, double e1)
{
    return x0 >= 0 && e0 > 0 && e1 > 0 && isfinite(e0 + e1) && (double)x0 <= MOST_EXPECTED &&
           (double)x0 * e1 / e0 <= MOST_EXPECTED;
}

static double mean_after(int64_t x0, double e0, double e1, double reduction_pct)
{
    return (double)x0 * (1 - reduction_pct / 100) * e1 / e0;
}

double comparison_power(int64_t x0, double e0, double e1, double reduction_pct)
{
    struct outcomes o;

    if (!can_have_power(x0, e0, e1) || !(reduction_pct >= 0 && reduction_pct <= 100))
        return NAN;
    if (x0 == 0)
        return 0;
    if (!outcomes_init(&o, x0, e0, e1))
        return NAN;
    double power = outcomes_power(&o, mean_after(x0, e0, e1, reduction_pct));
    outcomes_free(&o);
    return power;
}

/* Invariant: power at low/10 % is under the wanted one, at high/10 % it is reached. */
static double least_on_grid(const struct outcomes *o, int64_t x0, double e0, double e1)
{
    int low = 0, high = 1000;

    if (!(outcomes_power(o, mean_after(x0, e0, e1, 100)) >= POWER_WANTED))
        return NAN;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (outcomes_power(o, mean_after(x0, e0, e1, middle / 10.0)) >= POWER_WANTED)
            high = middle;
        else
            low = middle;
    }
    return high / 10.0;
}

double comparison_detectable(int64_t x0, double e0, double e1)
{
    struct outcomes o;

    if (x0 == 0 || !can_have_power(x0, e0, e1) || !outcomes_init(&o, x0, e0, e1))
        return NAN;
    double least = least_on_grid(&o, x0, e0, e1);
    outcomes_free(&o);
    return least;
}
