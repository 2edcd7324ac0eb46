/* rate_parts.h: what a target's words (enum rate_source) are of a flow of reports. */
#ifndef KEOGIAM_CLI_RATE_PARTS_H
#define KEOGIAM_CLI_RATE_PARTS_H

#include "ingest/lists.h"
#include "series/flow.h"

/* enum flow_lack bits that a flow must not have for the word to mean anything. */
unsigned rate_lacks(int source);

int64_t rate_part(const struct flow *f, int source); /* the numerator */
/* The denominator: the official formula divides by what was carried over too, less what went to
 * other offices. */
int64_t rate_whole(const struct flow *f, int source);

#endif
