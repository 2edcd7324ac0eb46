/* stats/control.h: statistical process control of counts: is this more than ordinary variation?
 *
 * Receives: one series of counts (time_series.h), cut at its level steps into segments; or, for
 *   what is rare, the days of the single cases. An over-dispersion phi >= 1, and a target in cases.
 * Hands on: for each point centre, limits and signals; of the segment in force (the last) a verdict
 *   in tokens: its variation, and the assurance that a whole period will meet the target.
 * Fewer is better throughout: signals downwards are `improving`.
 *
 * Limits: the counts x_i of a segment are taken for Poisson with mean rate * exposure_i, rate = sum
 *   of counts / sum of exposures, and limits are exact: lower = R qpois(a, mean), upper = R
 *   qpois(1 - a, mean), a = 0.00135 (three sigma of the normal). Outside: x < lower, x > upper.
 *   With phi > 1 negative binomial with variance phi * mean: R qnbinom(a, mean/(phi - 1), 1/phi).
 *   The rate is estimated, but from points that the point judged is one of: given the segment's sum
 *   T, x_i is Binomial(T, e_i/E), whose tails beyond mean +- 1 are no larger than the Poisson's
 *   (Anderson & Samuels 1967, Proc. 5th Berkeley Symp. 1:1). So a point of a steady series is out
 *   with probability <= a on either side however few the cases. A point that is not in the segment
 *   (next year's) has no such promise: prob_within is predictive.
 * Rules, over the known points in their order (an unknown one neither breaks nor extends):
 *   above, below          beyond a limit
 *   run_above, run_below  8 or more on one side of the centre; points on it neither break nor
 *                         extend. One side of a Poisson mean may be likelier than the other: the
 *                         run must also be as rare as 7 tosses of a coin, prod P(side) <= 1/128: at
 *                         0.3 a month that takes 17 months without a case, at 5 a month 8 to 11
 *                         points, from 10 a month on 8 or 9.
 *   outer_above, _below   2 of 3 in the outer third, P(X >= x) or P(X <= x) <= 0.02275 (two sigma)
 *   rising, falling       6 that rise (fall) each, in count and in rate; equal ones break it
 *   Source: Nelson (1984), J. Qual. Technol. 16:237 (zones, 6 in a trend); Provost & Murray (2011),
 *   The Health Care Data Guide (8 in a run).
 * False alarms, steady Poisson series, 20,000 simulated (seed 1): any signal in the segment, and a
 *   verdict improving or worsening (a signal that ended within the last 12 months):
 *     mean          0.3           1             5             50
 *     24 months    .012 .007     .030 .021     .057 .036     .107 .066
 *     60 months    .065 .018     .134 .036     .213 .053     .345 .092
 *     188 months   .300 .025     .440 .039     .593 .054     .780 .103
 *   In a long segment some signal is ordinary: hence `earlier` beside `common`.
 * Power: a halving of the level that fills the last 24 of 60 months is `improving` in 6, 10, 59 and
 *   100 % of 4,000 series with these means before it, a doubling `worsening` in 4, 16, 78, 100 %.
 * Checked: tests/test_stats_control*.c: limits by R, each rule on hand-made series, rates by
 *   simulation.
 */
#ifndef KEOGIAM_STATS_CONTROL_H
#define KEOGIAM_STATS_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "stats/time_series.h"

#define CONTROL_TAIL 0.00134989803163009452665 /* R: pnorm(-3) */
#define CONTROL_POINTS_MIN 12                  /* known points that a verdict needs */
#define CONTROL_CASES_MIN 5

/* Bits. */
enum control_signal {
    CONTROL_ABOVE = 1,
    CONTROL_BELOW = 2,
    CONTROL_RUN_ABOVE = 4,
    CONTROL_RUN_BELOW = 8,
    CONTROL_OUTER_ABOVE = 16,
    CONTROL_OUTER_BELOW = 32,
    CONTROL_RISING = 64,
    CONTROL_FALLING = 128,
    /* Of gaps: several cases close together; a gap beyond its limit; several long ones. */
    CONTROL_CLOSE = 256,
    CONTROL_LONG = 512,
    CONTROL_APART = 1024
};

/* "above,run_above"; nothing for none. Append. */
void control_add_signals(struct buf *b, unsigned signals);

enum control_variation {
    CONTROL_TOO_FEW,   /* token too_few: under 12 points or 5 cases in the segment in force */
    CONTROL_COMMON,    /* common: no signal in the segment in force */
    CONTROL_EARLIER,   /* earlier: signals, the last one ended more than a year ago */
    CONTROL_IMPROVING, /* improving, worsening: by the last signal, ended within the last year */
    CONTROL_WORSENING
};

enum control_assurance {
    CONTROL_NO_TARGET, /* token "": no target, or too few points */
    CONTROL_MEETS,     /* meets: prob_within >= 0.9 */
    CONTROL_UNSURE,    /* unsure */
    CONTROL_FAILS      /* fails: prob_within <= 0.1 */
};

const char *control_variation_token(enum control_variation v);
const char *control_assurance_token(enum control_assurance a);

struct control_target {
    double count;    /* the most cases that meet it, >= 0; NAN: no target */
    double exposure; /* of the period that it is for, in the unit of the series: 365 days, 12 */
};

struct control_verdict {
    size_t segments;
    size_t from, to; /* of the segment in force: its first step (case), one behind its last */
    size_t n;        /* its known steps (cases) */
    double total, exposure;
    double centre, lower, upper; /* of its last step; NAN where nothing is known */
    enum control_variation variation;
    size_t signals;                /* in the segment in force; a run is one however long */
    unsigned signal;               /* the last of them: one bit, 0 where there is none */
    size_t signal_from, signal_to; /* its first and its last step (case) */
    double prob_within;            /* P(count of a target's period <= target); NAN: no target */
    enum control_assurance assurance;
};

/* ---- counts at even steps ---- */

struct control_point {
    double centre, lower, upper; /* of the count; NAN in a segment without a known step */
    size_t segment;              /* from 0 */
    unsigned signals;
};

/* Fills points[s->n]. A segment begins at each level step with share >= 1/2, at the step behind it
 * where the share is less (the first at 0; two at one place are one). exposure may carry a seasonal
 * index.
 * phi: NAN or <= 1: Poisson.
 * prob_within: the count of the target's period is predicted from T over E of the segment in
 *   force, NB with mean (T + 1/2) e/E and variance phi (1 + e/E) mean: with phi = 1 that is R
 *   pnbinom(target, T + 0.5, E/(E + e)), Jeffreys' predictive.
 * Missing: unknown steps have limits (of their exposure) and no signals. n = 0: all empty.
 * Cost: 1 us a step, 5 us at counts of 5,000, 50 us at 10^6. No memory taken. */
struct control_verdict control_counts(const struct time_series *s, double phi,
                                      struct control_target target, struct control_point *points);

/* Limits of one count of this mean. mean >= 0, finite; else NAN. */
void control_limits(double mean, double phi, double *lower, double *upper);

/* ---- days between cases ---- */

/* Given that n cases fell into L days at an even rate, they are n uniform points: the sum of k
 * neighbouring ones of the n + 1 spacings (that before the first case and the open one behind the
 * last included) is L * Beta(k, n + 1 - k), exactly, whatever the rate. With many cases that is the
 * exponential and the gamma distribution of the t chart.
 *   centre = median, R L*qbeta(0.5, 1, n); upper = R L*qbeta(1 - a, 1, n), a = CONTROL_TAIL;
 *   lower = R L*qbeta(a, 1, n) where that is a day or more (else NAN: a single gap is never too
 *   short, several are).
 *   long: a gap > upper. close, apart: the last k = 2, 3, 5 or 8 gaps together too short or too
 *   long, each with probability <= a/4; a sum of S days counts as S + 1 when short and S - 1 when
 *   long, since dates are rounded to days; of several sums the least likely is marked, and none
 *   that holds a `long` gap is `apart`. Cases of one day have gaps of 0.
 * The open gap is judged as `long` and as the last of `apart`: it ends nothing, but it is there.
 * Source: spacings: Pyke (1965), JRSS B 27:395; charts of rare events: Benneyan (2001), Health Care
 *   Manag. Sci. 4:305. */
struct control_gaps_input {
    const double *at; /* [n] days on the clock of what is covered, not falling: days that are not
                         known are left out of it, so that a gap over them is not too long */
    size_t n;
    double start, end;    /* of the clock: start <= at <= end */
    const double *rebase; /* [rebase_count] rising: a segment begins there; a case at it is in it */
    size_t rebase_count;
    struct control_target target;
};

struct control_gap {
    double gap; /* days since the case before; NAN: the first of its segment */
    double centre, lower, upper;
    size_t segment; /* from 0 */
    unsigned signals;
};

struct control_open {
    double gap;       /* from the last case (else from the segment's start) to the end */
    double prob;      /* P(an open gap this long | n, L); NAN without a case */
    unsigned signals; /* long, apart */
};

/* Fills gaps[n] and *open. verdict: from, to, signal_from, signal_to count cases (signal_to = n:
 * the open gap); n and total both are cases, exposure is days; CONTROL_POINTS_MIN does not apply.
 * A signal is recent when it ended in the last 365 days of the clock or with the last case.
 * False alarms, even rate, 20,000 simulated (seed 1): a verdict improving or worsening in .007,
 *   .019, .021, .016 of segments with some 5, 10, 20, 60 cases.
 * prob_within: as of counts, phi = 1.
 * Missing: a segment without cases has NAN limits. No memory taken. */
struct control_verdict control_gaps(const struct control_gaps_input *in, struct control_gap *gaps,
                                    struct control_open *open);

#endif
