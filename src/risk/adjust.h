/* risk/adjust.h: expected counts that allow for what places are like.
 *
 * Receives: counts x, populations, and for each of k covariates a value a unit (density, share of
 *   migrants, distance to a border).
 * Hands on: expected counts from a log-linear fit, in place of those of risk/smr.h: a unit is then
 *   judged against places like it; and the coefficients, for the footer. They say something about
 *   places, not about children.
 * Model: log mean = log population + a + sum b_j c_j. Negative binomial where its likelihood-ratio
 *   test against Poisson (p halved) is under 0.05, else Poisson: the rule of stats/trend.h.
 * Refused: fewer than 10 units a covariate; more than one covariate with fewer than 20 units. So
 *   few places fit anything.
 * Left out: units without population or with an unknown covariate: expected NAN.
 * Source: contract 5 "Risk" (--adjust); stats/glm.h.
 * Checked: tests/test_risk_adjust.c, R glm(family = poisson()), MASS::glm.nb.
 * Pure, reentrant; memory for n (k + 4) numbers.
 */
#ifndef KEOGIAM_RISK_ADJUST_H
#define KEOGIAM_RISK_ADJUST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ADJUST_COVARIATES_MAX 15
#define ADJUST_UNITS_PER_COVARIATE 10
#define ADJUST_UNITS_FEW 20 /* under this one covariate at a time */

enum adjust_reason {
    ADJUST_FITTED,
    ADJUST_TOO_MANY,      /* over ADJUST_COVARIATES_MAX, or none given */
    ADJUST_FEW_UNITS,     /* under 10 units a covariate */
    ADJUST_ONE_AT_A_TIME, /* two or more with under 20 units */
    ADJUST_NO_CASES,
    ADJUST_COLLINEAR, /* `which` is constant or a combination of those before it */
    ADJUST_SEPARATED  /* `which` has no finite coefficient: no cases on one side of it */
};

enum adjust_family { ADJUST_POISSON, ADJUST_NEGBIN };

struct adjust_effect {
    double mean, sd;        /* of the covariate over the units fitted */
    double ratio;           /* of rates for one sd more of the covariate, exp(b sd) */
    double low, high;       /* 95 %, Wald on the log scale */
    double coefficient, se; /* b, for one unit of the covariate, log scale */
    double p_value;         /* of b = 0, two-sided */
};

struct adjustment {
    enum adjust_reason reason;
    size_t which; /* covariate, with ADJUST_COLLINEAR and ADJUST_SEPARATED */
    size_t units; /* that take part */
    enum adjust_family family;
    double theta; /* missing unless the family is NB */
    double nb_p;  /* of the test against Poisson; missing where the NB maximum is not found */
    struct adjust_effect effect[ADJUST_COVARIATES_MAX];
};

/* covariate[j * n + i]: value of covariate j (0 ... k - 1) at unit i, any scale; NAN unknown.
 * Fills expected[n] and a. Unless the reason is ADJUST_FITTED, expected is all NAN and the effects
 *   are missing.
 * Fails: false without memory; nothing is filled then.
 * R: fitted(glm(x ~ c1 + c2 + offset(log(pop)), poisson)), or MASS::glm.nb. */
bool adjust_expected(const int64_t *x, const double *population, const double *covariate, size_t n,
                     size_t k, double *expected, struct adjustment *a);

#endif
