/* risk/shrunken.h: each unit's relative risk, shrunken towards that of all, as far as it is known.
 *
 * Of many small units those with the highest SMR mostly had bad luck. Here a unit keeps as much of
 * its own ratio as its cases can carry.
 *
 * Receives: counts x and expected e (risk/smr.h), e NAN where a unit is left out.
 * Hands on: a unit's relative risk with a 95 % interval and the probability that it exceeds a
 *   threshold; the distribution of what all units share (for ranks, risk/ranking.h).
 * Model: x ~ NB(size nu, mean m E): RR ~ Gamma(nu, nu/m) between units, so that
 *   RR | x, nu, m ~ Gamma(x + nu, E + nu/m). nu and m are not plugged in but integrated out:
 *   sigma = 1/sqrt(nu) ~ half-normal(1), log m flat. So no interval has width zero, and intervals
 *   cover 94 % at 13 communes where plug-in ones cover 57 %.
 *   sigma = 0 is RR = m ~ Gamma(sum x, sum E).
 * Method: trapezoids in t, sigma = c sinh t (the integrand is even in t), and in log m, steps from
 *   the width of the posterior, up to where the weight is below 1e-11 of the most; then Gauss rules
 *   of those points where the posterior is narrow, as with many units.
 * Source: contract 5 "Risk", oracle/README.md 5; Clayton & Kaldor (1987) Biometrics 43:671 for the
 *   model; half-normal prior: Gelman (2006) Bayesian Analysis 1:515.
 * Missing: NAN. A unit left out; every unit where there are no cases at all, or fewer than 2 units.
 * Checked: tests/test_risk_shrunken.c, oracle/risk_bayes.csv to 1e-7.
 * Deterministic: the same bytes whatever the number of threads.
 */
#ifndef KEOGIAM_RISK_SHRUNKEN_H
#define KEOGIAM_RISK_SHRUNKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct shrunken_node {
    double weight; /* sums to 1 over the nodes */
    double nu, m;  /* nu = INFINITY: no difference between units, m is then not used */
};

struct shrunken {
    size_t units;           /* that take part */
    double cases, expected; /* their sums */
    size_t nodes;           /* 0: nothing can be estimated */
    struct shrunken_node *node;
};

/* The posterior of (nu, m) as nodes with weights.
 * Fails: false without memory; s is then zero. Free with shrunken_free (accepts zero).
 * Cost: 2 ms for 13 units, 0.1 to 0.2 s for 10,035. */
bool shrunken_fit(const int64_t *x, const double *expected, size_t n, struct shrunken *s);
void shrunken_free(struct shrunken *s);

struct shrunken_risk {
    double rr;          /* posterior mean */
    double low, high;   /* 2.5 and 97.5 % quantiles */
    double prob_excess; /* P(RR > threshold) */
};

/* Each of the n units (those that were fitted, or others of the same kind); threshold > 0.
 * Fails: false without memory; risk may then be partly filled.
 * Cost: 30 ms for 13 units, 60 ms for 100, 10 to 60 ms for 10,035 on one core (units with the same
 * count share the work). */
bool shrunken_risks(const struct shrunken *s, const int64_t *x, const double *expected, size_t n,
                    double threshold, struct shrunken_risk *risk);

/* Only prob_excess, a tenth of the work: for persistence. Fails: false without memory, nothing is
 * filled then. */
bool shrunken_excess(const struct shrunken *s, const int64_t *x, const double *expected, size_t n,
                     double threshold, double *prob);

/* The plug-in fit, for the footer: nu and m by marginal maximum likelihood. */
struct shrunken_ml {
    bool boundary; /* sum (x - mE)^2 - x <= 0: no differences beyond chance, nu is infinite */
    double m, nu;  /* nu missing at the boundary, and where there is no maximum */
    double loglik; /* with all constants */
};

/* Missing: all NAN without cases. Fails: false without memory.
 * R: eb_fit of oracle/reference.R, 1e-6. Cost: 0.1 us a unit and step. */
bool shrunken_ml_fit(const int64_t *x, const double *expected, size_t n, struct shrunken_ml *ml);

#endif
