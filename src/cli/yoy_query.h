/* yoy_query.h: what the options of a comparison ask for. */
#ifndef KEOGIAM_CLI_YOY_QUERY_H
#define KEOGIAM_CLI_YOY_QUERY_H

#include "cli/places.h"

struct yoy_query {
    struct compare_query compare; /* categories are set for each group in turn */
    const char *against;          /* label of what it is compared with */
    bool same_period;             /* that is the same period a year (or as many) earlier */
    struct places places;
    double target_pct; /* NAN without --target */
    bool target_given;
    bool unequal_spans; /* the two spans differ and --per was not given: days */
};

/* Fails (ERR_USAGE, ERR_INPUT): as the options say. against lives as long as q. */
bool yoy_query_read(const struct session *s, struct yoy_query *q, struct err *e);
void yoy_query_free(struct yoy_query *q);

#endif
