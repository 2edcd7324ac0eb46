/* cover_part.h: a part of the coverage, by how it came about and who says it. */
#ifndef KEOGIAM_CLI_COVER_PART_H
#define KEOGIAM_CLI_COVER_PART_H

#include "store/cover.h"

/* out (to be freed with cover_part_free) holds the rows of c but those of one kind: COVER_ASSUMED
 * (what somebody said) or COVER_COUNTS (what is known by case rows). source: only its rows; NULL:
 * everybody's. It borrows c's sources. */
bool cover_part_init(struct cover *out, const struct cover *c, int left_out, const char *source,
                     struct err *e);
void cover_part_free(struct cover *out); /* accepts zero */

#endif
