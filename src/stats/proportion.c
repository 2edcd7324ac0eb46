/* proportion.c: shares, intervals, verdicts; see proportion.h. */
#include "stats/proportion.h"

#include <math.h>

#include "stats/tails.h"

static const double PCT_UNITS = 1e6; /* thresholds are whole numbers of 1e-6 % */
static const int64_t MOST_CASES = INT64_C(1) << 53;
static const uint64_t HUNDRED_PCT = 100000000u; /* 100 % in those units */

/* The lower root of Wilson's quadratic as the product of the roots by the upper one: no
 * cancellation near 0. */
static void wilson_interval(struct proportion *r, double share, double n)
{
    double a = TAILS_NORMAL_975 * TAILS_NORMAL_975 / (2 * n);
    double upper = share + a + TAILS_NORMAL_975 * sqrt(share * (1 - share) / n + a / (2 * n));

    r->ci_low = 100 * (share * share / upper);
    r->ci_high = share < 1 ? 100 * fmin(1, upper / (1 + 2 * a)) : 100;
}

static double posterior_quantile_pct(double a, double b, double lower)
{
    return 100 / (1 + exp(-tails_beta_logit(a, b, lower)));
}

static double posterior_above(double a, double b, double share)
{
    if (!(share > 0))
        return isnan(share) ? NAN : 1;
    return share >= 1 ? 0 : tails_beta_lower(b, a, 1 - share, share);
}

struct proportion proportion_of(int64_t x, int64_t n, double threshold_pct)
{
    struct proportion r = {NAN, NAN, NAN, NAN, NAN, NAN};

    if (n <= 0 || x < 0 || x > n)
        return r;
    double total = (double)n, a = (double)x + 0.5, b = (double)(n - x) + 0.5;
    r.value_pct = 100 * ((double)x / total);
    wilson_interval(&r, (double)x / total, total);
    r.prob_met = posterior_above(a, b, threshold_pct / 100);
    r.jeffreys_low = posterior_quantile_pct(a, b, 0.025);
    r.jeffreys_high = posterior_quantile_pct(a, b, 0.975);
    return r;
}

/* Sign of a/b - c/d, exact without overflow: whole parts, then the reciprocals of the remainders
 * (continued fractions; at most some 90 deep). b, d > 0. */
static int fraction_compare(uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    uint64_t left = a / b, left_rest = a % b;
    uint64_t right = c / d, right_rest = c % d;

    if (left != right)
        return left > right ? 1 : -1;
    if (left_rest == 0 || right_rest == 0)
        return (left_rest > 0) - (right_rest > 0);
    return fraction_compare(d, right_rest, b, left_rest);
}

bool rate_is_met(int64_t numerator, int64_t denominator, enum rate_op op, double threshold_pct)
{
    if (denominator <= 0 || numerator < 0 || isnan(threshold_pct))
        return false;
    double units = nearbyint(threshold_pct * PCT_UNITS);
    if (units < 0)
        return true;
    if (units >= 9.2e18)
        return false;
    int sign =
        fraction_compare((uint64_t)numerator, (uint64_t)denominator, (uint64_t)units, HUNDRED_PCT);
    return op == RATE_OVER ? sign > 0 : sign >= 0;
}

/* The smallest numerator up to the denominator that passes, -1 if none. */
static int64_t rate_needed(int64_t denominator, enum rate_op op, double threshold_pct)
{
    int64_t fails = -1, passes = denominator;

    if (!rate_is_met(denominator, denominator, op, threshold_pct))
        return -1;
    while (passes - fails > 1) {
        int64_t middle = fails + (passes - fails) / 2;
        if (rate_is_met(middle, denominator, op, threshold_pct))
            passes = middle;
        else
            fails = middle;
    }
    return passes;
}

int64_t rate_may_miss(int64_t denominator, enum rate_op op, double threshold_pct)
{
    int64_t needed = rate_needed(denominator, op, threshold_pct);
    return needed < 0 ? -1 : denominator - needed;
}

int64_t rate_missing_for(int64_t numerator, int64_t denominator, enum rate_op op,
                         double threshold_pct)
{
    int64_t needed = rate_needed(denominator, op, threshold_pct);

    if (needed < 0 || numerator < 0)
        return -1;
    return needed > numerator ? needed - numerator : 0;
}

/* P(K >= need) for K ~ BetaBinomial(n, a, b). Terms are relative to the first; when they grow
 * large everything is scaled down, so what then vanishes is below 1e-300 of the sum. */
static double beta_binomial_upper(int64_t need, int64_t n, double a, double b)
{
    double total = 0, tail = 0, term = 1;

    for (int64_t k = 0; k <= n; k++) {
        total += term;
        if (k >= need)
            tail += term;
        double hits = (double)k, left = (double)(n - k);
        term *= left / (hits + 1) * (a + hits) / (b + left - 1);
        if (total > 1e250) {
            term *= 1e-250;
            total *= 1e-250;
            tail *= 1e-250;
        }
    }
    return tail / total;
}

static bool is_count(int64_t x)
{
    return x >= 0 && x <= MOST_CASES;
}

double rate_prob_running(int64_t met, int64_t failed, int64_t pending, enum rate_op op,
                         double threshold_pct)
{
    if (!is_count(met) || !is_count(failed) || !is_count(pending) || isnan(threshold_pct))
        return NAN;
    int64_t final = met + failed + pending;
    if (final == 0)
        return NAN;
    int64_t needed = rate_needed(final, op, threshold_pct);
    if (needed < 0 || needed > met + pending)
        return 0;
    if (needed <= met)
        return 1;
    return beta_binomial_upper(needed - met, pending, (double)met + 0.5, (double)failed + 0.5);
}
