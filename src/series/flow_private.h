/* flow_private.h: shared by flow_read.c (cases, rolling up) and flow_counts.c (counts rows). */
#ifndef KEOGIAM_SERIES_FLOW_PRIVATE_H
#define KEOGIAM_SERIES_FLOW_PRIVATE_H

#include "series/flow.h"

/* One query while it is answered. */
struct flowing {
    const struct flow_query *q;
    struct flow *of_span, *of_rest; /* by unit slot: own, then with what is under it */
    unsigned char *set_place;       /* by category set: enum set_place */
    bool *covered;                  /* by unit slot: case files speak of it or of a unit under it */
    bool *has_cases;                /* by unit slot: it or a unit under it has cases of the root */
    bool *stated;                   /* by unit slot: counts rows state its flow */
    unsigned carries;               /* enum flow_lack bits that some case of the root does carry */
};
enum set_place { SET_ELSEWHERE, SET_IN_ROOT, SET_IN_CATEGORY };

/* Where counts rows make up a span, sets of_span, of_rest and stated of units without cases: what
 * was declared of them speaks of the same counts. */
bool flow_read_counts(struct flowing *queries, size_t count, struct store *s, int64_t state,
                      struct err *e);

#endif
