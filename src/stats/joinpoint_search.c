/* joinpoint_search.c: the best places, fitting few; see joinpoint_search.h. */
#include "stats/joinpoint_search.h"

#include <math.h>
#include <string.h>

static const double TIE = 1e-10; /* of a deviance */

/* Bounds anew what is still in; takes out what is above `reached`. The most promising, or n. */
static size_t sets_bound(const struct joinpoint_bounds *b, struct joinpoint_set *set, size_t n,
                         double reached)
{
    size_t next = n;

    for (size_t k = 0; k < n; k++) {
        if (set[k].out)
            continue;
        struct joinpoint_bound bound = joinpoint_bound(b, set[k].i, set[k].j);
        set[k].bound = fmax(set[k].bound, bound.least);
        set[k].guess = fmax(set[k].bound, bound.guess);
        set[k].out = set[k].bound > reached;
        if (!set[k].out && (next == n || set[k].guess < set[next].guess))
            next = k;
    }
    return next;
}

/* Is a, number i of the sets, better than b, number j? Of equals, the earlier. */
static bool is_better(double a, size_t i, double b, size_t j)
{
    double tie = TIE * b;
    return a < b - tie || (a <= b + tie && i < j);
}

static void fit_copy(struct joinpoint_fit *to, const struct joinpoint_fit *from, size_t n)
{
    double *mu = to->mu;

    *to = *from;
    to->mu = memcpy(mu, from->mu, n * sizeof *mu);
}

bool joinpoint_search(struct joinpoint_model *m, struct joinpoint_bounds *b, const size_t *at,
                      struct joinpoint_set *set, size_t n, const struct joinpoint_fit *start,
                      struct joinpoint_fit *trial, struct joinpoint_fit *best)
{
    size_t kept = n;
    double reached = INFINITY;

    joinpoint_bounds_move(b, start);
    for (size_t k; (k = sets_bound(b, set, n, reached * (1 + TIE))) < n;) {
        set[k].out = true;
        trial->count = set[k].i == set[k].j ? 1 : 2;
        trial->at[0] = at[set[k].i];
        trial->at[1] = at[set[k].j];
        if (!joinpoint_regress(m, trial))
            return false;
        if (kept == n || is_better(trial->glm.deviance, k, reached, kept)) {
            reached = trial->glm.deviance;
            kept = k;
            fit_copy(best, trial, m->n);
        }
        joinpoint_bounds_move(b, trial);
    }
    return true;
}
