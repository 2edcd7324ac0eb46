/* risk/neighbours.h: do units that touch each other resemble each other?
 *
 * Receives: one value a unit (the SMR), NAN where a unit is left out, and the pairs of units that
 *   share a border: undirected, in any order and direction; a pair given twice counts once, a unit
 *   with itself and pairs with a unit left out do not count. Islands (no neighbour) are allowed.
 * Hands on: Getis-Ord Gi* a unit, Moran's I of the whole.
 * Source: Getis & Ord (1992) Geographical Analysis 24:189; Ord & Getis (1995) ibid. 27:286; Cliff &
 *   Ord (1981) Spatial Processes. Conventions of R spdep 1.2-7 with zero.policy = TRUE.
 * Checked: tests/test_risk_neighbours.c, oracle/risk.csv local_g, oracle/risk_global.csv moran_*;
 *   islands by spdep.
 * Pure, reentrant; memory is taken for the pairs and given back.
 */
#ifndef KEOGIAM_RISK_NEIGHBOURS_H
#define KEOGIAM_RISK_NEIGHBOURS_H

#include <stdbool.h>
#include <stddef.h>

#define NEIGHBOURS_UNITS_FEW 20 /* under this the caller shows no Gi* (contract 5) */

struct neighbour_pair {
    size_t a, b; /* indices of units, < n */
};

/* Gi* of each unit, as a z value: binary weights, the unit among its own neighbours.
 *   (sum_j w x_j - W mean) / (s sqrt((n W - W^2)/(n - 1))), s^2 = sum (x - mean)^2/n.
 * Missing: a unit left out; a unit that touches all others (W = n); all values equal.
 * Fails: false without memory, nothing filled then.
 * R: spdep::localG(x, nb2listw(include.self(nb), style = "B")). Cost: O(pairs log pairs). */
bool neighbours_local_g(const double *value, size_t n, const struct neighbour_pair *pair,
                        size_t pairs, double *local_g);

enum neighbour_weights {
    NEIGHBOURS_ROW, /* each unit's neighbours weigh 1 together */
    NEIGHBOURS_BINARY
};

struct moran {
    double i, z;
    double p_value; /* P(Z >= z): are neighbours alike? */
};

/* Moran's I, normal approximation (the values taken for normal: not the randomisation variance).
 * As spdep, islands count in the mean and the sum of squares but not in n.
 * Missing: fewer than two units with neighbours, all values equal, or variance not > 0.
 * Fails: false without memory, m not filled then.
 * R: spdep::moran.test(x, nb2listw(nb, style), randomisation = FALSE, zero.policy = TRUE). */
bool neighbours_moran(const double *value, size_t n, const struct neighbour_pair *pair,
                      size_t pairs, enum neighbour_weights weights, struct moran *m);

#endif
