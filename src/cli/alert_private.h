/* alert_private.h: shared by alert_table.c (the table), alert_rows.c (its rows), alert_clusters.c
 * (places that stand out together) and alert_words.c (what is said below). */
#ifndef KEOGIAM_CLI_ALERT_PRIVATE_H
#define KEOGIAM_CLI_ALERT_PRIVATE_H

#include "cli/alert_table.h"
#include "cli/series_rows.h"
#include "risk/alert.h"
#include "risk/permutation_scan.h"

struct alert_ask {
    size_t months; /* judged, where --from and --period do not say */
    bool clusters; /* are looked for */
    uint64_t seed;
};

/* What the permutation scan finds of one category up to the last month judged. */
struct alert_clusters {
    size_t *rows;            /* [n] of the group: one a place, of units side by side */
    size_t n, months, first; /* months of the study, from this step of the set */
    struct permutation_scan scan;
};

/* The rows of one root: series of the group times the months judged. */
struct alert_set {
    const struct session *s;
    struct series_group *g;
    size_t from, last;               /* first step judged; how many */
    struct alert *items;             /* [row * last + month] */
    double *q;                       /* the same */
    size_t first_row;                /* in the result */
    struct alert_clusters *clusters; /* [category slot]; NULL: not looked for */
};

bool alert_set_init(struct alert_set *a, struct session *s, struct series_group *g,
                    const struct alert_ask *ask, struct err *e);
void alert_set_free(struct alert_set *a); /* accepts zero */
bool alert_set_write(struct alert_set *a, struct result *r, struct err *e);

/* rows: as taken for judging. */
bool alert_clusters_find(struct alert_set *a, const struct session *s,
                         const struct series_row *rows, uint64_t seed, struct err *e);
void alert_clusters_free(struct alert_set *a);
/* The cluster beyond chance that the row's unit stands in at the last month, and its number from 1;
 * else NULL. */
const struct permutation_cluster *alert_cluster_of(const struct alert_set *a, size_t row,
                                                   size_t *number);
bool alert_clusters_say(const struct alert_set *a, struct result *r, struct err *e);

bool alert_add_footers(const struct alert_set *a, struct result *r, struct err *e);

#endif
