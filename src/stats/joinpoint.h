/* stats/joinpoint.h: did the trend turn, and when? Log-linear segments that meet at joinpoints.
 *
 * Receives: counts at even steps with exposures and events (stats/time_series.h). Steps that are
 *   not known are left out of the fit, not taken as zero; those at either end are outside the
 *   series.
 * Hands on: 0, 1 or 2 joinpoints, the yearly change in each segment, and the fitted curve.
 * Model: Poisson regression of the trend's design (stats/trend_design.h: trend, events, season) and
 *   a hinge max(0, t - t_c) a joinpoint, zero up to and including step c: the slope changes there.
 * Places: c starts a quarter (any year in yearly series). A segment has >= 12 months (>= 4 steps in
 *   quarterly and yearly series), >= 4 known ones and >= `segment_least` cases. A first or last
 *   segment without a case, the joinpoint's own step apart, has no finite slope: no place.
 * Choice: least quasi-BIC, deviance/phi + (coefficients + joinpoints) log n: a joinpoint costs two,
 *   slope and place. phi = max(1, Pearson/df) of the best fit with the most joinpoints that length
 *   and options allow.
 * Missing: NAN. Too short and too few are states, not errors.
 * Source: contract 5, oracle README 4; Kim et al. (2000) Stat. Med. 19:335.
 * Checked: tests/test_stats_joinpoint.c: every column of oracle/joinpoint.csv (R 4.2).
 * Pure, reentrant; memory for rows times places is taken and given back.
 */
#ifndef KEOGIAM_STATS_JOINPOINT_H
#define KEOGIAM_STATS_JOINPOINT_H

#include "stats/glm.h"
#include "stats/time_series.h"

enum { JOINPOINTS_MOST = 2 };

struct joinpoint_options {
    int most;             /* joinpoints, 0 ... 2 */
    double segment_least; /* cases in a segment; the contract's is 30, 0 is none */
};

enum joinpoint_state {
    JOINPOINT_OK,
    JOINPOINT_FEW_STEPS,    /* fewer than 3 known, or not more than the trend has columns */
    JOINPOINT_FEW_INCIDENTS /* fewer than 5 */
};

struct joinpoint_segment {
    size_t from, to;          /* steps from ... to - 1 */
    size_t steps;             /* known among them */
    double total;             /* cases */
    double annual_change_pct; /* 100 (exp(slope) - 1); NAN when the data do not carry it: no finite
                                 estimate, or high above TREND_CHANGE_MOST */
    double low, high;         /* 95 %, normal, variance times phi; NAN with the change */
};

struct joinpoints {
    enum joinpoint_state state; /* unless OK: count 0, sizes 0, the rest missing */
    int count;
    size_t at[JOINPOINTS_MOST];                            /* steps, ascending */
    struct joinpoint_segment segment[JOINPOINTS_MOST + 1]; /* count + 1 */
    double phi;
    double deviance[JOINPOINTS_MOST + 1]; /* least with 0, 1, 2; NAN where there is no place */
    double qbic[JOINPOINTS_MOST + 1];
    size_t best1, best2[JOINPOINTS_MOST]; /* places of deviance[1], [2], if those are not NAN */
    size_t candidates, pairs;             /* places allowed for one and for two */
    size_t fits;                          /* regressions it took */
    struct glm_fit fit;                   /* of the chosen; columns as joinpoint_curve has them */
};

/* Searches all places; the answer is that of fitting each (stats/joinpoint_search.h). Ties (1e-10
 * of the deviance) go to the earliest.
 * Fails: false when memory is lacking; *j is then not touched.
 * Cost: 188 months, segment_least 30: 1 ms and 4 regressions for 1,400 sets of places on London's
 *   borough series, the worst 2 ms. Where counts jump by orders of magnitude again and again, or
 *   segment_least is 0 and nearly all counts are zero, 10 to 200 ms.
 * Checked: deviance 1e-9, the rest 1e-6; tests/test_stats_joinpoint_search.c: equal to fitting all
 *   on London's series and on 4,000 made to be hard. */
bool joinpoints_find(const struct time_series *s, struct joinpoint_options options,
                     struct joinpoints *j);

/* The fitted mean of each of the n steps, unknown ones too if their exposure is known, and its 95 %
 * interval: normal on the log scale, variance times phi, the places taken as known.
 * fitted, low, high: [n]. s: as it was given to joinpoints_find.
 * Missing: all unless j->state is JOINPOINT_OK; the interval where a coefficient has no finite
 * estimate, the mean too if the step is not known then.
 * Fails: false without memory. */
bool joinpoint_curve(const struct time_series *s, const struct joinpoints *j, double *fitted,
                     double *low, double *high);

#endif
