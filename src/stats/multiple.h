/* stats/multiple.h: p values of many rows at once, with the false discoveries kept in check.
 *
 * Receives: n p values in [0, 1], NAN where a row has none.
 * Hands on: for each the Benjamini-Hochberg q value: the least false discovery rate at which that
 *   row would be called. Rows without p stay NAN and do not count among the comparisons.
 */
#ifndef KEOGIAM_STATS_MULTIPLE_H
#define KEOGIAM_STATS_MULTIPLE_H

#include <stdbool.h>
#include <stddef.h>

/* q[i] = min over p[j] >= p[i] of min(1, m p[j] / rank(p[j])), m the number of p values that are
 * not missing. q may be p itself. A p outside [0, 1] counts as missing.
 * Fails: false when memory for n pairs is lacking; q is then as it was. n = 0 succeeds.
 * Cost: O(n log n).
 * Source: Benjamini & Hochberg (1995), JRSS B 57:289.
 * Checked: R p.adjust(p, "BH"), tests/test_stats_multiple.c. */
bool multiple_bh(const double *p, size_t n, double *q);

#endif
