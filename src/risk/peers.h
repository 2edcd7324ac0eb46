/* risk/peers.h: the units that are most like one unit.
 *
 * Receives: features of n units (log population, covariates), one column a feature.
 * Hands on: how far each unit is from one of them, and the nearest ones.
 * Distance: Euclidean over the features, each divided by its standard deviation (n - 1) over the
 *   units that take part, so that no unit of measure weighs more than another. A feature that is
 *   the same everywhere says nothing and adds nothing.
 * Missing: a unit with a NAN feature takes no part: its distance is NAN, in no deviation either.
 * Checked: tests/test_risk_peers.c, R as.matrix(dist(scale(x))).
 */
#ifndef KEOGIAM_RISK_PEERS_H
#define KEOGIAM_RISK_PEERS_H

#include <stdbool.h>
#include <stddef.h>

/* feature[k * n + i], k < features. distance[n]: from unit `self` (its own is 0). False, and every
 * distance NAN, where self takes no part. */
bool peers_distances(const double *feature, size_t n, size_t features, size_t self,
                     double *distance);

/* The nearest `most` units other than self, nearest first, the earlier of equals first; returns how
 * many there are. nearest[most]. Cost: n * most. */
size_t peers_nearest(const double *distance, size_t n, size_t self, size_t most, size_t *nearest);

#endif
