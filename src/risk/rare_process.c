/* rare_process.c: see rare_process.h. */
#include "risk/rare_process.h"

#include <math.h>
#include <string.h>

#include "risk/alert_bound.h"
#include "stats/tails.h"

enum { STATES_MOST = 200 };

static const double ROUNDING = 1e-9;  /* of N(w) - w * reference, a sum of two */
static const double CANCELLED = 1e-6; /* below it 1 - sum has not nine digits left */

double rare_tail(struct rare_rate rate, double months, double k)
{
    double whole = rate.months + months;

    if (k <= 0)
        return 1;
    if (months <= 0)
        return 0;
    return tails_beta_lower(k, rate.cases, months / whole, rate.months / whole);
}

double rare_least(struct rare_rate rate, double months, double alpha)
{
    double mean = rate.cases / rate.months * months;
    return alert_bound(mean, 1 + months / rate.months, alpha) + 1;
}

struct rare_bounds rare_cusum_bounds(int months, double reference, double s)
{
    struct rare_bounds b = {.months = months};

    for (int w = 1; w <= months; w++)
        b.least[w - 1] = ceil(s + w * reference - ROUNDING);
    return b;
}

/* below[k]: P(N(w) = k, and no bound reached), k < states, from those of w - 1 months. */
static void add_month(double *below, int before, int states, struct rare_rate rate, int w)
{
    double sum[STATES_MOST] = {0}, some = 1 / (rate.months + w), none = 1 - some;
    double empty = exp(rate.cases * log1p(-some)); /* P(no case this month | k before) */

    for (int k = 0; k < before; k++, empty *= none) {
        double p = below[k] * empty;
        for (int j = 0; k + j < states; j++) {
            sum[k + j] += p;
            p *= (rate.cases + k + j) / (j + 1) * some;
        }
    }
    memcpy(below, sum, (size_t)states * sizeof *below);
}

static bool has_few_states(const struct rare_bounds *b)
{
    for (int m = 0; m < b->months; m++)
        if (b->least[m] > STATES_MOST)
            return false;
    return true;
}

/* P(no bound reached); with_case: and a case in the newest month. */
static double paths_below(struct rare_rate rate, const struct rare_bounds *b, bool with_case)
{
    double below[STATES_MOST] = {1}, sum = 0;
    int before = 1;

    for (int w = 1; w <= b->months; w++) {
        int states = (int)b->least[w - 1];
        add_month(below, before, states, rate, w);
        before = states;
        if (w == 1 && with_case)
            below[0] = 0;
    }
    for (int k = before - 1; k >= 0; k--)
        sum += below[k];
    return sum;
}

static double months_reaching(struct rare_rate rate, const struct rare_bounds *b)
{
    double sum = 0;

    for (int w = 1; w <= b->months; w++)
        sum += rare_tail(rate, w, b->least[w - 1]);
    return sum;
}

double rare_reach(struct rare_rate rate, const struct rare_bounds *b)
{
    if (!has_few_states(b))
        return fmin(1, months_reaching(rate, b));
    double p = 1 - paths_below(rate, b, false);
    return p > CANCELLED ? p : fmin(CANCELLED, months_reaching(rate, b));
}

double rare_reach_with_case(struct rare_rate rate, const struct rare_bounds *b)
{
    if (!has_few_states(b))
        return RARE_ALPHA;
    return fmax(0, rare_tail(rate, 1, 1) - paths_below(rate, b, true));
}
