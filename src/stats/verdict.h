/* stats/verdict.h: the committee's arithmetic: is a target met, can it still be?
 *
 * Receives: the counts of one row and what is known of its periods.
 * Hands on: the verdict as the contract's token, the margin in whole cases, and, while the period
 *   runs, the chance that the whole of it meets the target.
 * It stands here and not in series/ because it is pure and needs comparison.h, proportion.h and
 *   predict.h, which series/ may not see. `yoy` and `targets` both ask it, so they agree.
 * Source: contract section 5, "Comparison" and "Rates against a target".
 * Checked: tests/test_stats_verdict.c, a table of every verdict in its order.
 */
#ifndef KEOGIAM_STATS_VERDICT_H
#define KEOGIAM_STATS_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "stats/predictive.h"
#include "stats/proportion.h"

struct verdict {
    const char *token;  /* "" where nothing is judged; else static */
    bool has_allowance; /* false: allowance is 0 and means nothing */
    int64_t allowance;  /* reductions: most cases that still meet it, of the whole period while it
                           runs; rates: most that may miss */
    double prob_met;    /* while the period runs; else, and where it cannot be said, NAN */
};

struct verdict_facts {
    bool has_now, has_before;         /* something is known of the period, of the one before */
    bool incomplete;                  /* has not reported, or too many cases without a date */
    bool running;                     /* the data end lies inside the period */
    int64_t count, count_before;      /* on the days compared */
    double exposure, exposure_before; /* of those days; 1 and 1, 1 and 3 for mean3 … */
    int64_t
        whole_before; /* over the whole period before, of the units compared; read while running */
    /* Exposures of the whole periods, read while running. Both 0: in the same ratio as the days
     * compared, which holds for cases and for equal parts of the year. */
    double whole_exposure, whole_exposure_before;
    const struct predictive *rest; /* what the rest of the period may bring; read while running,
                                      NULL: as last year's rest */
    double target_pct;             /* NAN: none */
    bool is_strict; /* more than target_pct is wanted: 100 -> 97 is not more than 3 % */
};

/* The first that fits:
 *   no_base     nothing is known of the period before
 *   incomplete  the unit has not reported (or nothing at all is known of the period)
 *   lost        running, and already more cases than the whole period's allowance
 *   on_track, at_risk  running: prob_met at least, or under, one half
 *   held_zero   0 -> 0; new: 0 -> n
 * met, not_met  decided in whole cases (comparison_met) Without a target only no_base, incomplete,
 * held_zero and new can be said, else "". prob_met: P(count so far + rest <= allowance), rest as
 * forecast. Without a forecast predict_within
 *   of the count so far, with the same rest of the period before, at the exposures' ratio; where
 *   the whole period before was compared (spans of unequal length), from its whole rate. */
struct verdict verdict_reduction(const struct verdict_facts *f);

/* The same of counts that are known within bounds, count … count + possible against count_before …
 * count_before + possible_before: what the best and the worst case have in common; incomplete where
 * they differ, and while the period runs. No allowance. */
struct verdict verdict_bounded(const struct verdict_facts *f, int64_t possible,
                               int64_t possible_before);

/* What a committee is told of the chance (0 to 1) that a running period meets its target: a set
 * sentence for tr(), the same in tables and on charts. Judged as it would be printed, with one
 * decimal: from 95, from 80, from 20 (and NAN: it cannot be said), over 5, from 5 down. */
const char *verdict_outlook(double prob);

/* The same of the chance that the true rate fell between two periods. */
const char *verdict_trend(double prob_reduction);

struct rate_facts {
    bool incomplete, running;
    int64_t met, total; /* numerator and denominator so far */
    /* While running. Of the total - met: */
    int64_t pending;  /* open inside the legal time, taken to end as those before did */
    int64_t possible; /* may still be met at all, overdue ones included; >= pending */
    int64_t expected; /* still to come in the rest of the period */
    enum rate_op op;
    double threshold_pct; /* NAN: none, nothing is judged */
};

/* incomplete; "" for 0 of 0 and without a threshold; while running lost (not met even if all that
 * is possible and all that is expected were met), on_track, at_risk; then met, not_met.
 * prob_met: rate_prob_running over pending + expected. A report that comes in on the last days is
 * taken to have the chance of any other: near the end of a period it is a little too good. */
struct verdict verdict_rate(const struct rate_facts *f);

#endif
