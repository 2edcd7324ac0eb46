/* permutation_draw.h: replications of the permutation scan: the months of the cases permuted among
 * the cases, so that each site and each month keeps its total.
 *
 * Only the last months, one a layer, are drawn: which cases fall into them, and into which.
 * Few cases a site: they are picked one by one from a list of all. Many: each site's by
 * hypergeometric draws, from what the sites before it have left.
 */
#ifndef KEOGIAM_RISK_PERMUTATION_DRAW_H
#define KEOGIAM_RISK_PERMUTATION_DRAW_H

#include "risk/permutation_scan.h"
#include "risk/scan_private.h"

struct permutation {
    int64_t recent[PERMUTATION_MONTHS_MOST]; /* cases in the last month, the one before ... */
    int64_t total;                           /* of all months */
    uint32_t *site; /* [total] of each case; NULL: by hypergeometric draws */
    size_t space;   /* bytes a draw needs of its own */
};

/* recent is filled. sites->weight: cases in all months. */
bool permutation_init(struct permutation *p, const struct scan_sites *sites, int64_t total);
void permutation_free(struct permutation *p); /* accepts zero */

/* scan_model.draw, with the permutation as `own`: count [layer][site] of the last layer + 1
 * months. */
void permutation_draw(const struct scan_model *m, uint64_t seed, uint32_t *count, void *space);

/* How many of k drawn from good + bad without putting back are good; 0 <= k <= good + bad. Exact
 * to rounding: outward from the mode. */
int64_t hypergeometric_draw(uint64_t *state, int64_t k, int64_t good, int64_t bad);

#endif
