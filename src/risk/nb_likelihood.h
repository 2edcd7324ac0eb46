/* risk/nb_likelihood.h: how likely the counts of all units are at a spread and a level.
 *
 * Receives: counts x and expected e (risk/smr.h); units left out or expecting 0 take no part.
 * Hands on: the log likelihood of x ~ NB(size nu = 1/sigma^2, mean e^l * E), less the terms that
 *   depend on neither sigma nor l (log x!, x log E), and where in l it has its maximum.
 *   sigma = 0 is Poisson. Both are smooth in sigma down to 0, so nothing is special there.
 * Checked: tests/test_risk_shrunken.c, R dnbinom(log = TRUE), differences between two places.
 * Pure once built; memory for the units that take part.
 */
#ifndef KEOGIAM_RISK_NB_LIKELIHOOD_H
#define KEOGIAM_RISK_NB_LIKELIHOOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nb_units {
    size_t n;
    double *x, *e;
    size_t values; /* distinct counts above 0, with how many units have each */
    double *value, *times;
    double cases, expected; /* sums */
};

/* Fails: false without memory. Free with nb_units_free (accepts zero). */
bool nb_units_init(struct nb_units *u, const int64_t *x, const double *expected, size_t n);
void nb_units_free(struct nb_units *u);

/* sum over units of log(Gamma(x + nu)/(Gamma(nu) nu^x)): the part without l. */
double nb_spread_term(const struct nb_units *u, double sigma);

/* sum of x l - (x + nu) log(1 + e^l E/nu): the part with l. Cost: 10 ns a unit. */
double nb_level_term(const struct nb_units *u, double sigma, double l);

/* The l of the maximum (the likelihood is concave in l), from `start`, and *sd, 1/sqrt of the
 * observed information there. sum x > 0. */
double nb_level_mode(const struct nb_units *u, double sigma, double start, double *sd);

#endif
