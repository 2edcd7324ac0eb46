/* risk/gauss_rule.h: a discrete distribution of many points as one of few with the same moments.
 *
 * Receives: points with weights >= 0 of any positive sum.
 * Hands on: k points whose weights have the same sum and give every polynomial of degree under 2k
 *   the same sum: the Gauss rule of the distribution. Sums of a function that is smooth over the
 *   points then cost k values of it instead of one a point.
 * Source: Golub & Welsch (1969), Math. Comp. 23:221, the recurrence by Stieltjes' procedure
 *   (Gautschi 2004, Orthogonal Polynomials, 2.2).
 * Checked: tests/test_risk_gauss_rule.c, moments and the rules in closed form.
 * Pure and reentrant.
 */
#ifndef KEOGIAM_RISK_GAUSS_RULE_H
#define KEOGIAM_RISK_GAUSS_RULE_H

#include <stdbool.h>
#include <stddef.h>

#define GAUSS_RULE_MOST 12

/* Fills point_out[k], weight_out[k]; returns how many: k, or n (a copy) where n <= k or k is 0 or
 * over GAUSS_RULE_MOST. 0 without memory. Cost: O(n k + k^3). */
size_t gauss_rule(const double *point, const double *weight, size_t n, size_t k, double *point_out,
                  double *weight_out);

#endif
