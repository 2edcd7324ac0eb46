/* risk_private.h: shared by risk_ask.c (options), risk_group.c (counts and populations), risk_fit.c
 * (the statistics), risk_write.c (cells), risk_words.c (what is said below) and risk_table.c. */
#ifndef KEOGIAM_CLI_RISK_PRIVATE_H
#define KEOGIAM_CLI_RISK_PRIVATE_H

#include "cli/coarse.h"
#include "cli/places.h"
#include "cli/risk_table.h"
#include "risk/adjust.h"
#include "risk/funnel.h"
#include "risk/neighbours.h"
#include "risk/ranking.h"
#include "risk/scan.h"
#include "risk/shrunken.h"
#include "risk/smr.h"
#include "series/population.h"
#include "series/surroundings.h"

#define RISK_PERIODS 5 /* of persistence, the one asked for included */

/* What the options ask for. */
struct risk_ask {
    struct places places;
    bool by_category;
    struct period period; /* years are pooled */
    enum per per;         /* PER_POPULATION or PER_DAYS */
    double threshold;     /* of the relative risk */
    double max_cluster;   /* share of the population */
    uint64_t seed;
    size_t peer_of, peers; /* --peers: a unit (directory index) among so many; else NO_ENTRY, 0 */
    char **covariates;     /* --adjust */
    size_t covariate_count;
    struct arena arena;
};
bool risk_ask_read(const struct session *s, struct risk_ask *a, struct err *e);
void risk_ask_free(struct risk_ask *a);

/* --peers: how the units were chosen. */
struct risk_alike {
    double *distance; /* [n], as the group's units; NULL: not asked for */
    struct buf used;  /* covariates, beside population */
    struct buf gaps;  /* those that some unit lacks */
};

struct risk_cell {
    int64_t n;
    unsigned char marks; /* enum tally_mark */
};

/* The units that are compared and what is known of them, for the categories of one root. */
struct risk_group {
    const struct risk_ask *ask;
    const size_t *categories; /* directory indices */
    size_t category_count;
    struct scope scope;
    struct known known;
    size_t *units; /* slots */
    size_t n;
    struct spans *days;      /* [period * unit_count + slot] days known in each of the periods */
    size_t *wanted;          /* [category slot] place among the categories with rows, or NO_ENTRY */
    struct risk_cell *cells; /* [(wanted * RISK_PERIODS + period) * n + i] */
    int64_t *unknown_place;  /* [wanted] cases of the period asked for whose unit is not known */
    struct population population;
    double *exposure;  /* [period * n + i] person-years, or days; NAN: not known */
    double *covariate; /* [k * n + i] */
    struct neighbour_pair *pairs;
    size_t pair_count;
    double *lat, *lon; /* [n] */
    bool assumed;
    size_t expected_days; /* of the period asked for */
    struct coarse coarse; /* of any of the periods */
    struct risk_alike alike;
};
bool risk_group_init(struct risk_group *g, struct session *s, const struct risk_ask *a,
                     size_t first, size_t *next, struct err *e);
void risk_group_free(struct risk_group *g); /* accepts zero */
const struct risk_cell *risk_cell_at(const struct risk_group *g, size_t category, size_t period,
                                     size_t i);

/* One category's results, by unit of the group. */
struct risk_fit {
    int64_t *count; /* [n] */
    bool *known;    /* [n] the count is */
    double *expected;
    struct smr *smr;
    struct shrunken_risk *risk;
    struct rank_interval *ranks;
    double *z, *q, *local_g, *persistence;
    size_t *order;
    struct smr_total total;
    struct shrunken_ml ml;
    struct funnel funnel;
    struct moran moran;
    struct adjustment adjustment;
    struct scan scan;
    bool has_scan;
    int64_t unknown_place; /* cases whose unit is not known */
};
bool risk_fit_init(struct risk_fit *f, const struct risk_group *g, size_t category, struct err *e);
void risk_fit_free(struct risk_fit *f); /* accepts zero */

bool risk_write(const struct session *s, const struct risk_group *g, const struct risk_fit *f,
                size_t category, struct result *r, struct err *e);
/* The cluster that holds a unit; NULL. Its place among the clusters from 1 in *number. */
const struct scan_cluster *risk_cluster_of(const struct risk_fit *f, size_t unit, size_t *number,
                                           double *certainty);

/* ---- risk_peers.c ---- */

/* --peers, with the unit of --unit; the group is chosen from all units then. Fails: ERR_USAGE. */
bool risk_peers_read(const struct session *s, struct risk_ask *a, struct err *e);
/* Leaves of the group's units the one asked for and those most like it. Fails (ERR_INPUT): no
 * population is loaded, too few units. */
bool risk_peers_choose(struct risk_group *g, const struct session *s, struct err *e);
void risk_alike_free(struct risk_alike *a); /* accepts zero */
bool risk_peers_say(const struct session *s, const struct risk_group *g, const struct risk_fit *f,
                    size_t category, struct result *r, struct err *e);

bool risk_add_footers(const struct session *s, const struct risk_group *g, const struct risk_fit *f,
                      size_t category, struct result *r, struct err *e);

#endif
