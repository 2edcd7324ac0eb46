/* scan.h: Kulldorff's spatial scan: where cases are denser than the population, and is it chance?
 *
 * Receives: n units, each with its cases, its population (or person-years, or any expected number:
 *   only the proportions matter) and the coordinates of its centre.
 * Hands on: clusters, strongest first; the maxima of the replications; who was left out.
 * Windows: a unit's k nearest units, itself first, k = 1, 2 ... Distance is taken on a sphere
 *   of 6,367 km; equal distances (to 2^-30 of their square) go by the order of the input, which
 *   for SaTScan's results is that of the unit codes. Units with the same coordinates enter
 *   together. A window grows until the first unit that would take its population above
 *   window_share of all; later, smaller ones are not tried.
 * Statistic: n cases inside, e expected (population inside * C / all population), C cases in all:
 *   LLR = n ln(n/e) + (C-n) ln((C-n)/(C-e)) where n > e and n >= 2, else 0: high rates only.
 * Replications: C cases drawn over the population (multinomial); the maximum over all windows is
 *   exact in each. p = rank / (replications + 1).
 * Clusters: of each centre only its best window competes; picked by falling LLR, leaving out any
 *   that shares a unit with one picked before, as long as p < 1.
 * Limit of what is reported: report_share (at most window_share) bounds the windows that a centre
 *   may put forward. The replications still search up to window_share, as with SaTScan's "maximum
 *   reported spatial cluster size": p holds for every limit, chosen beforehand or not, and is too
 *   large rather than too small.
 * Certainty: how sure it is that a unit belongs to a cluster: of all windows that share a unit with
 *   it, none with a stronger cluster, and whose LLR is less than 7 below the cluster's, each with
 *   weight exp(LLR), the share of weight that holds the unit. 1: no near-best window is without it.
 *   The same set of units seen from two centres counts twice. Not a probability that the unit's
 *   own risk is high.
 * Missing: NAN in a double. Few or bad data is a state with no clusters, not an error.
 * Source: Kulldorff (1997), Communications in Statistics 26:1481; Gumbel p: Abrams, Kleinman &
 *   Kulldorff (2010), International Journal of Health Geographics 9:61.
 * Checked: tests/test_risk_scan*.c: SaTScan 10.3.2 (tests/data/oracle_scan), all windows tried one
 *   by one on small random data.
 * Pure; OpenMP inside, the same bytes for any number of threads. Seeded per replication.
 */
#ifndef KEOGIAM_RISK_SCAN_H
#define KEOGIAM_RISK_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCAN_CLUSTER_P 0.05 /* a cluster is called one up to this p */
#define SCAN_NEAR 0.05      /* least certainty of a unit named as near a cluster */

struct scan_points {
    size_t n;
    const double *lat, *lon; /* degrees; NAN where unknown */
};

struct scan_options {
    double window_share; /* of the population, 0 ... 1: the largest window */
    double report_share; /* the largest window that is reported */
    size_t replications; /* 1 ... */
    uint64_t seed;
};

#define SCAN_OPTIONS_DEFAULT ((struct scan_options){0.5, 0.5, 999, 20240101})

enum scan_state {
    SCAN_OK,
    SCAN_FEW_UNITS,                /* fewer than two places (permutation scan: than 20 units) */
    SCAN_NO_CASES,                 /* fewer than two */
    SCAN_NO_POPULATION,            /* none anywhere */
    SCAN_CASES_WITHOUT_POPULATION, /* in unit `at` */
    SCAN_TOO_MANY_CASES,           /* 2^31 or more */
    SCAN_FEW_MONTHS                /* permutation scan */
};

struct scan_member {
    size_t unit;
    double certainty; /* 0 ... 1; NAN if the cluster's p is above SCAN_CLUSTER_P */
};

struct scan_cluster {
    size_t centre;    /* unit; the first of those with its coordinates */
    double radius_km; /* along the sphere to the farthest member; 0 for one place */
    size_t layer;     /* permutation scan: its length in months, less 1; else 0 */
    int64_t observed;
    double expected, oe; /* oe = observed / expected */
    double rr;           /* oe inside / oe outside; NAN where all cases are inside */
    double llr;
    double p_value;
    double p_gumbel; /* from a Gumbel distribution with the maxima's mean and variance */
    double share;    /* of the population that it holds */
    size_t member_count, near_count;
    struct scan_member *member; /* members, nearest to the centre first; after them near_count units
                                 * outside with certainty >= SCAN_NEAR, surest first */
};

struct scan_clusters {
    size_t n;
    struct scan_cluster *cluster;
};

/* A centre's best window. llr = 0: none has two cases and more than expected. */
struct scan_best {
    double llr, expected;
    int64_t observed;
    double radius_km;
};

struct scan {
    enum scan_state state;
    size_t at;       /* the unit that the state speaks of */
    size_t left_out; /* units without coordinates or population (NAN): they count nowhere */
    bool *used;      /* [n] */
    int64_t cases;   /* of those used */
    double population;
    struct scan_clusters clusters;
    struct scan_best *best; /* [n] by unit; all 0 where not used */
    size_t replications;
    double *maxima; /* [replications] of the LLR, ascending */
};

/* count: [n] >= 0. population: [n] >= 0, NAN where unknown. Options out of range are brought in.
 * Fails: false when memory is lacking; nothing is filled then.
 * Cost: 999 replications of 4,134 cases: 10,035 units 1.2 s on one thread, 0.64 s on two; 3,319
 * units 0.28 s and 0.18 s; 28 and 13 MB, 4 and 2 more with each further thread. Grows with units^2
 * and replications. Measured by tests/bench_scan.c. */
bool scan_run(const struct scan_points *points, const int64_t *count, const double *population,
              const struct scan_options *options, struct scan *out);
void scan_free(struct scan *s);
void scan_clusters_free(struct scan_clusters *c);

#endif
