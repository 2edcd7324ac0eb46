/* risk/ranking.h: the order of units, how sure it is, and the level of each.
 *
 * Receives: counts x and expected e (risk/smr.h) and the posterior of risk/shrunken.h.
 * Hands on: 95 % interval of each unit's rank (1 = highest risk), the order of the table, the
 *   level, and how often a unit was high before.
 * Ranks: a draw takes a node (nu, m), then each unit's RR ~ Gamma(x + nu, E + nu/m), and ranks
 *   them. Where units do not differ at all (nu infinite) any order is as good as another.
 * Source: Goldstein & Spiegelhalter (1996) JRSS A 159:385: ranks need intervals; draws: Marsaglia &
 *   Tsang (2000), by GSL.
 * Deterministic: each draw has a generator of its own, seeded by `seed` and the draw's number: the
 *   same bytes whatever the number of threads.
 * Checked: tests/test_risk_ranking.c.
 */
#ifndef KEOGIAM_RISK_RANKING_H
#define KEOGIAM_RISK_RANKING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "risk/shrunken.h"

struct rank_interval {
    size_t low, high; /* 1 ... units; 0 where missing */
};

/* How many draws ranking_intervals makes: 2000 up to 2000 units, then 2,000,000/units, not under
 * 200 (10,035 units: 200). */
size_t ranking_draws(size_t units);

/* Interval of each unit's rank over ranking_draws(s->units) draws: what is left when a fortieth of
 * the draws is taken off at either end. For the n units that s was fitted to.
 * Missing: {0, 0} for a unit left out, and for all if s has no nodes.
 * Fails: false without memory (4 bytes a unit and draw: 8 MB); nothing is filled then.
 * Cost: 13 units 9 ms; 10,035 units 0.1 s on one core. */
bool ranking_intervals(const struct shrunken *s, const int64_t *x, const double *expected, size_t n,
                       uint64_t seed, struct rank_interval *interval);

/* order[0 .. n-1]: the units by prob_excess, then rr, both falling, then as they come; those
 * without prob_excess last. Fails: false without memory. Cost: O(n log n). */
bool ranking_order(const struct shrunken_risk *risk, size_t n, size_t *order);

enum risk_level { RISK_HIGH, RISK_ELEVATED, RISK_UNCLEAR, RISK_NORMAL, RISK_MISSING };

/* The first that fits: high (prob_excess >= 0.95), elevated (>= 0.80), unclear (expected < 1),
 * normal. Missing where prob_excess is. */
enum risk_level risk_level_of(double prob_excess, double expected);

/* Share of the periods in which prob_excess was over 0.8; periods without it do not count. NAN
 * without any. Contract: the last 5 periods of the same length. */
double risk_persistence(const double *prob_excess, size_t periods);

#endif
