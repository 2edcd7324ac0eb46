/* comparison.c: all but the power; see comparison.h. */
#include "stats/comparison.h"

#include <math.h>

#include "stats/tails.h"

static const int64_t MOST_CASES = INT64_C(1) << 53; /* above it a double skips whole numbers */
static const double P_SLACK = 1e-7;                 /* of R's binom.test: relErr = 1 + 1e-07 */

static bool is_exposure_pair(double e0, double e1)
{
    return e0 > 0 && e1 > 0 && isfinite(e0 + e1);
}

static bool is_count(int64_t x)
{
    return x >= 0 && x <= MOST_CASES;
}

static double finite_or_missing(double v)
{
    return isfinite(v) ? v : NAN;
}

/* Written in the order of the R definition, so that it rounds alike: 0 stays 0. */
static double reduction_of(double x0, double e0, double x1, double e1)
{
    return x0 > 0 ? finite_or_missing(100 * (1 - (x1 / e1) / (x0 / e0))) : NAN;
}

/* The outcome of Binomial(n, p) at the far side that is no likelier than log density `bound`:
 * the least in [from, n] when upward, else the largest in [0, from]; one past the end if none.
 * The density falls strictly away from the mode, so bisection finds it. */
static int64_t opposite_outcome(int64_t n, double p, double q, double bound, int64_t from,
                                bool upward)
{
    int64_t likely = upward ? from - 1 : from + 1;
    int64_t unlikely = upward ? n + 1 : -1;

    while (unlikely - likely > 1 || likely - unlikely > 1) {
        int64_t middle = likely + (unlikely - likely) / 2;
        if (tails_binomial_log_pmf(middle, n, p, q) <= bound)
            unlikely = middle;
        else
            likely = middle;
    }
    return unlikely;
}

/* Two-sided p of x ~ Binomial(n, p), as R's binom.test(x, n, p)$p.value. */
static double binomial_p_value(int64_t x, int64_t n, double p, double q)
{
    double mean = (double)n * p;
    double bound = tails_binomial_log_pmf(x, n, p, q) + log1p(P_SLACK);
    double both;

    if ((double)x == mean)
        return 1;
    if ((double)x < mean) {
        int64_t i = opposite_outcome(n, p, q, bound, (int64_t)ceil(mean), true);
        both = tails_binomial_lower(x, n, p, q) + tails_binomial_upper(i, n, p, q);
    } else {
        int64_t i = opposite_outcome(n, p, q, bound, (int64_t)floor(mean), false);
        both = tails_binomial_upper(x, n, p, q) + tails_binomial_lower(i, n, p, q);
    }
    return fmin(1, both);
}

/* P(l1/l0 <= r) under independent Jeffreys posteriors. */
static double posterior_below(double r, double x0, double e0, double x1, double e1)
{
    double sum = e0 + r * e1;
    return tails_beta_lower(x1 + 0.5, x0 + 0.5, r * e1 / sum, e0 / sum);
}

bool comparison_allowance(int64_t x0, double e0, double e1, double target_pct, int64_t *allowance)
{
    if (!is_count(x0) || x0 == 0 || !is_exposure_pair(e0, e1) || !isfinite(target_pct))
        return false;
    double goal = (double)x0 * e1 / e0 * (1 - target_pct / 100);
    if (isnan(goal))
        return false;
    double slack = fmin(0.5, 1e-9 * fmax(1, goal)); /* 0.5: or a billion would allow one more */
    double most = floor(goal + slack);
    if (most >= 9.2e18)
        *allowance = INT64_MAX;
    else
        *allowance = most > 0 ? (int64_t)most : 0;
    return true;
}

bool comparison_met(int64_t x0, double e0, int64_t x1, double e1, double target_pct)
{
    int64_t allowance;
    return x1 >= 0 && comparison_allowance(x0, e0, e1, target_pct, &allowance) && x1 <= allowance;
}

double comparison_luck(int64_t x0, double e0, double e1, int64_t allowance)
{
    if (!is_count(x0) || x0 == 0 || !is_exposure_pair(e0, e1))
        return NAN;
    double sum = e0 + e1;
    return tails_nb_lower(allowance, (double)x0 + 0.5, e0 / sum, e1 / sum);
}

/* Clopper-Pearson for p = x1/(x0 + x1), each end as a ratio of rates odds*e0/e1. */
static void interval_of(struct comparison_interval *c, double x0, double x1, double e0_per_e1)
{
    if (x0 > 0)
        c->ci_low = 100 * (1 - exp(tails_beta_logit(x1 + 1, x0, 0.975)) * e0_per_e1);
    if (x1 > 0)
        c->ci_high = 100 * (1 - exp(tails_beta_logit(x1, x0 + 1, 0.025)) * e0_per_e1);
    else if (x0 > 0)
        c->ci_high = 100;
    c->ci_low = finite_or_missing(c->ci_low);
    c->ci_high = finite_or_missing(c->ci_high);
}

struct comparison_interval comparison_overdispersed(double x0, double e0, double x1, double e1,
                                                    double phi)
{
    struct comparison_interval c = {NAN, NAN, NAN, NAN};

    if (!(x0 >= 0 && x1 >= 0 && isfinite(x0 + x1) && is_exposure_pair(e0, e1)))
        return c;
    c.reduction_pct = reduction_of(x0, e0, x1, e1);
    if (!(phi > 0 && isfinite(phi)))
        return c;
    interval_of(&c, x0 / phi, x1 / phi, e0 / e1);
    c.prob_reduction = posterior_below(1, x0 / phi, e0, x1 / phi, e1);
    return c;
}

double comparison_weight_phi(double sum_of_squares, double sum)
{
    return sum > 0 && sum_of_squares >= 0 ? finite_or_missing(sum_of_squares / sum) : NAN;
}

struct comparison comparison_exact(int64_t x0, double e0, int64_t x1, double e1, double target_pct)
{
    struct comparison c = {.reduction_pct = NAN,
                           .ci_low = NAN,
                           .ci_high = NAN,
                           .p_value = NAN,
                           .prob_reduction = NAN,
                           .prob_target = NAN,
                           .luck = NAN,
                           .detectable_pct = NAN};

    if (!is_count(x0) || !is_count(x1) || !is_exposure_pair(e0, e1))
        return c;
    struct comparison_interval ci = comparison_overdispersed((double)x0, e0, (double)x1, e1, 1);
    c.reduction_pct = ci.reduction_pct;
    c.ci_low = ci.ci_low;
    c.ci_high = ci.ci_high;
    c.p_value = binomial_p_value(x1, x0 + x1, e1 / (e0 + e1), e0 / (e0 + e1));
    c.prob_reduction = ci.prob_reduction;
    if (isfinite(target_pct))
        c.prob_target =
            posterior_below(fmax(0, 1 - target_pct / 100), (double)x0, e0, (double)x1, e1);
    c.has_allowance = comparison_allowance(x0, e0, e1, target_pct, &c.allowance);
    if (c.has_allowance)
        c.luck = comparison_luck(x0, e0, e1, c.allowance);
    c.detectable_pct = comparison_detectable(x0, e0, e1);
    return c;
}
