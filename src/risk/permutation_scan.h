/* permutation_scan.h: emerging clusters: where have the last months more cases than the place's and
 * the month's own totals make likely? No population is needed.
 *
 * Receives: n units with cases a month, the same months for all, and coordinates.
 * Hands on: clusters that reach into the last month, strongest first, each `new` or known from the
 *   month before, and how often so strong a one comes by chance.
 * Windows: circles as in scan.h, of at most half of all cases of the whole period, times the last
 *   1, 2 ... 12 months.
 * Statistic: expected of a cell = (cases of the unit * cases of the month) / C. Inside a window n
 *   cases and e expected, n > e and n >= 2: n ln(n/e) + (C-n) ln((C-n)/(C-e)); only nearly Poisson,
 *   hence without a relative risk.
 * Replications: the months of the cases are permuted among them, so that both the units' and the
 *   months' totals stay. p, Gumbel p, clusters and certainty as in scan.h.
 * Recurrence: 30.4375 / p days: run once a month, chance alone brings a cluster as strong this
 *   often.
 * New or ongoing: the same scan of the data without the last month; a cluster is ongoing when one
 *   of that run with p <= SCAN_CLUSTER_P has a unit in common with it.
 * Trap: what shifts cases between units for other reasons (a unit that begins to report, a changed
 *   border) is found as well.
 * Missing: a unit without coordinates or with an unknown month (NAN) is left out and counts
 *   nowhere.
 * Source: Kulldorff, Heffernan, Hartman, Assuncao & Mostashari (2005), PLoS Medicine 2:e59.
 * Checked: tests/test_risk_permutation.c: SaTScan 10.3.2 (tests/data/oracle_scan), all windows
 *   tried one by one on small random data.
 */
#ifndef KEOGIAM_RISK_PERMUTATION_SCAN_H
#define KEOGIAM_RISK_PERMUTATION_SCAN_H

#include "risk/scan.h"

enum { PERMUTATION_UNITS_LEAST = 20, PERMUTATION_MONTHS_MOST = 12 };

struct permutation_data {
    struct scan_points points;
    size_t months;       /* 2 ... */
    const double *count; /* [unit * months + month], whole, >= 0; NAN: unknown */
};

struct permutation_cluster {
    struct scan_cluster area; /* rr is NAN; layer = months - 1 */
    size_t months;            /* its length: the last so many */
    double recurrence_days;
    bool ongoing;
};

struct permutation_scan {
    enum scan_state state; /* not SCAN_OK: no clusters. SCAN_FEW_UNITS: under 20 take part */
    size_t left_out;
    bool *used;    /* [units] */
    int64_t cases; /* of those used, all months */
    size_t n;
    struct permutation_cluster *cluster;
    size_t replications;
    double *maxima; /* [replications] of the statistic, ascending */
};

/* options: as for scan_run, shares being of the cases.
 * The earlier run is made only when there is a cluster with p <= SCAN_CLUSTER_P; the others are
 * called new.
 * Fails: false when memory is lacking; nothing is filled then.
 * Cost: one run of London's robberies (32 boroughs, 59 months, 131,011 cases) 0.10 s on one thread,
 * 15 MB. As the spatial scan's times the months of the longest window, units without cases free. */
bool permutation_scan_run(const struct permutation_data *data, const struct scan_options *options,
                          struct permutation_scan *out);
void permutation_scan_free(struct permutation_scan *s);

#endif
