/* yoy_private.h: shared by yoy_table.c (rows), yoy_stats.c (numbers) and yoy_cases.c (case ids). */
#ifndef KEOGIAM_CLI_YOY_PRIVATE_H
#define KEOGIAM_CLI_YOY_PRIVATE_H

#include "cli/yoy_table.h"
#include "series/plan.h"
#include "stats/comparison.h"

/* One row before it is written: which unit and category, what was counted. */
struct yoy_row {
    size_t unit, category; /* slots of the set's scope */
    bool is_total;         /* of a table by unit: the parent */
    bool in_family;        /* takes part in q and in the shrinkage */
    struct compared counts;
    double target_pct;          /* NAN: none */
    struct yoy_pair *pair;      /* NULL where nothing exact can be said */
    double q_value;
    double eb, eb_low, eb_high;
};

/* What one selected category gives. */
struct yoy_set {
    struct session *s;
    const struct yoy_options *o;
    struct compare_query q;
    struct compare compare;
    const char *against; /* label */
    double target_pct; /* of --target for all rows, if given */
    bool target_given;
    const struct plan *plan; /* else its targets, each for its exact category */
    struct yoy_row *rows;
    size_t count, cap;
};

/* Equal counts are compared once: 60,000 rows hold a few hundred pairs. */
struct yoy_pair {
    int64_t count, count_before;
    double exposure, exposure_before, target_pct;
    struct comparison exact;
    const struct yoy_row *family; /* the total for which `at` holds */
    size_t at;                    /* its row in that family's shrinkage */
};

struct yoy_cache;
struct yoy_cache *yoy_cache_new(void);
void yoy_cache_delete(struct yoy_cache *c);

/* Fills each row's pair, and the q values and shrunken changes of the rows in the family. */
bool yoy_family(struct yoy_set *set, struct yoy_cache *cache, struct err *e);

/* --show-cases: the ids behind each row's numbers, from row `first` of the result on, which are the set's
 * rows in their order. */
bool yoy_add_cases(const struct yoy_set *set, struct result *r, size_t first, struct err *e);

/* One sentence a total for the committee: counts, change, verdict, how much of it may be luck. */
bool yoy_add_sentences(const struct yoy_set *set, struct result *r, size_t first, struct err *e);

/* True where exact results apply: whole cases, not amounts. */
bool yoy_is_exact(const struct yoy_set *set);
bool yoy_has_counts(const struct yoy_row *row);

#endif
