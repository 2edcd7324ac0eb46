/* align.h: which paragraph, row or picture of one document is which of another: the pairing in
 * order that keeps most alike (Needleman & Wunsch 1970), so that what was inserted, deleted or
 * rewritten on the way stands alone or beside what it was made from.
 */
#ifndef KEOGIAM_REPORT_ALIGN_H
#define KEOGIAM_REPORT_ALIGN_H

#include "report/record.h"

#define ALIGN_NONE SIZE_MAX

/* Fills match[i], for each of a's items, with the index of b's, or ALIGN_NONE. Own items and
 * prompts pair with nothing. Texts pair that have two fifths of their words in common, figures in
 * them aside, or of which the second says all of the first and more; rows those of as many cells;
 * kinds never mix. Fails: out of memory. Cost: the product of the counts, after what is equal at
 * both ends. */
bool align_records(const struct record *a, const struct record *b, size_t *match, struct err *e);

#endif
