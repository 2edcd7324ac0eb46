/* stats/joinpoint_search.h: inside joinpoint*.c: the design of the regression, and the search for
 * the best places without fitting all of them.
 *
 * The bound. Poisson regression is convex: every m >= 0 with X'(m - y) = 0 bounds the deviance of
 * the model X from below (Fenchel's dual). Take any means mu, and m = mu (1 + d), d the step of one
 * IRLS iteration from mu to the model. With log mu = offset + zeta, r = (y - mu)/mu and
 * e(d) = (1 + d) log(1 + d) - d,
 *     deviance of X >= deviance at mu + 2 sum mu (r - d) zeta - 2 sum mu e(d)   if all d >= -1.
 * From one mu, a pair of places costs a 2 x 2 system and a pass over the rows. Sets whose bound is
 * above a deviance already reached are out; of the others the most promising is fitted, and its
 * means bound the rest anew, until none is left. So the answer is that of fitting all of them.
 */
#ifndef KEOGIAM_STATS_JOINPOINT_SEARCH_H
#define KEOGIAM_STATS_JOINPOINT_SEARCH_H

#include "stats/joinpoint.h"
#include "stats/trend_design.h"

/* The trend's design (stats/trend_design.h), and behind its columns room for two hinges. */
struct joinpoint_model {
    const struct time_series *series;
    struct trend_design design;
    size_t n, base; /* its rows and columns */
    size_t *step;   /* [n] step of each row */
    double *x;      /* [(base + 2) n] column by column */
    size_t fits;    /* regressions made */
};

struct joinpoint_fit {
    size_t count, at[JOINPOINTS_MOST]; /* the places: steps */
    struct glm_fit glm;
    double *mu; /* [n], the caller's room */
};

/* False without memory. Release with joinpoint_model_free in any case; it accepts zero. */
bool joinpoint_model_init(struct joinpoint_model *m, const struct time_series *s);
void joinpoint_model_free(struct joinpoint_model *m);

/* The hinge of a joinpoint at step `at` in step `step`, in years. */
double joinpoint_hinge(const struct time_series *s, size_t step, size_t at);

/* The regression with the places of f. False without memory. */
bool joinpoint_regress(struct joinpoint_model *m, struct joinpoint_fit *f);

/* Bounds for sets of places at[0 ... n - 1]; dropped: which base columns are to be left out. NULL
 * without memory. */
struct joinpoint_bounds *joinpoint_bounds_new(const struct joinpoint_model *m, const bool *dropped,
                                              const size_t *at, size_t n);
void joinpoint_bounds_delete(struct joinpoint_bounds *b);

/* Takes the means of f for mu. */
void joinpoint_bounds_move(struct joinpoint_bounds *b, const struct joinpoint_fit *f);

/* The deviance with joinpoints at places number i and j (j = i: at one). */
struct joinpoint_bound {
    double least; /* not below this, less what rounding may do; 0 where the means say nothing */
    double guess; /* e(d) taken for d^2/2, whatever d is; >= 0 */
};

struct joinpoint_bound joinpoint_bound(const struct joinpoint_bounds *b, size_t i, size_t j);

/* Numbers of places; j = i for one place. */
struct joinpoint_set {
    size_t i, j;
    double bound; /* the highest so far */
    double guess; /* the last, not under the bound */
    bool out;     /* fitted, or shown not to be the best */
};

/* The set of least deviance among n >= 1 into *best, the earliest of equals (1e-10). at: the steps
 * of the places. start: the best fit with fewer joinpoints; trial: room. Sets come with bound 0,
 * out false, and are used up. False without memory. */
bool joinpoint_search(struct joinpoint_model *m, struct joinpoint_bounds *b, const size_t *at,
                      struct joinpoint_set *set, size_t n, const struct joinpoint_fit *start,
                      struct joinpoint_fit *trial, struct joinpoint_fit *best);

#endif
