/* stats/nowcast.h: how much of what happened has been reported by now, and how much is to come.
 *
 * Receives: reports, each with its delay (from the act to its receipt) and its age (from the act to
 *   the last day whose receipts are in hand), in whole steps: days here, any unit will do.
 * Hands on: completeness F(d), the share of all reports that come within the delays kept which are
 *   in by delay d; and for n reports seen of which a share F was to be seen, how many are missing.
 *
 * Completeness: reverse hazards, so that acts too young to show a long delay speak only of the
 *   short ones. g(d) = at/by: of the reports of acts at least d old that came within d, those that
 *   took d exactly. F(d) = product over j > d of 1 - g(j), F(max_delay) = 1; Greenwood:
 *   Var log F(d) = sum over j > d of g/(by (1 - g)); terms with g = 0 or 1 add nothing.
 *   Terms of different delays being independent, Cov(log F(a), log F(b)) = Var log F(max(a, b)).
 * The maximum delay is not known: an act may be reported decades later. F is of what comes within
 *   max_delay, the longest delay at which NOWCAST_REPORTS reports could still be seen; what takes
 *   longer is in no estimate (`beyond` of those seen took longer). The caller says so.
 * Unreported: ~ NB(n + 1/2, F), the posterior predictive under a Jeffreys prior on the rate: mean
 *   (n + 1/2)(1 - F)/F, so that nothing seen is not nothing missing. The interval allows for F's
 *   own variance: log odds of F normal, sd = sd(log F)/(1 - F), by 16 points of the trapezoidal
 *   rule. With no variance it is that of the negative binomial alone.
 * Missing: F = 0 (nothing can have been seen), no report, too few: NAN, low and high -1.
 * Pure, reentrant; memory is that of the longest age, not of the reports.
 * Source: Lawless (1994) Can. J. Stat. 22:15; Kaplan & Meier in reverse time; contract 5.
 * Checked: tests/test_stats_nowcast.c: oracle/delay_completeness.csv, which is F of R
 *   surveillance::nowcast(method = "lawless"), to 1e-9; R qnbinom, integrate().
 */
#ifndef KEOGIAM_STATS_NOWCAST_H
#define KEOGIAM_STATS_NOWCAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Fewer reports than this, that could have shown a delay, tell nothing of it. */
enum { NOWCAST_REPORTS = 20 };

/* Reports by delay and by age. Zero is none. */
struct delays {
    int64_t *at;   /* [size] of this delay */
    int64_t *aged; /* [size] of this age: longer delays could not be seen */
    size_t size;
    int64_t n;
};

/* Adds n reports. A delay below 0 (received before the act) or above the age (received behind the
 * last day in hand) is none and is passed over. False: out of memory, nothing changed. */
bool delays_add(struct delays *d, int64_t age, int64_t delay, int64_t n);
void delays_free(struct delays *d); /* accepts zero */

/* The fewest steps within which a share p (0 < p <= 1) of the reports came in: the inverse of the
 * empirical distribution, short delays over-represented where acts are young.
 * R: quantile(x, p, type = 1). Missing: -1 where n = 0. */
int64_t delays_quantile(const struct delays *d, double p);

/* How many are of acts younger than so many steps. */
int64_t delays_aged(const struct delays *d, int64_t steps);

/* The longest delay at which so many reports could have been seen; -1: none. */
int64_t delays_reach(const struct delays *d, int64_t reports);

struct completeness {
    int64_t max_delay;    /* -1: nothing can be told */
    int64_t *at, *by;     /* [max_delay + 1] reported at the delay, within it: of acts so old */
    double *share;        /* [max_delay + 1] F, 0..1 */
    double *log_variance; /* [max_delay + 1] of log F */
    int64_t n, beyond;    /* reports kept; that took longer than max_delay */
};

/* max_delay -1: delays_reach(d, NOWCAST_REPORTS). False: out of memory. */
bool completeness_fit(struct completeness *c, const struct delays *d, int64_t max_delay);
void completeness_free(struct completeness *c); /* accepts zero */

/* Mean completeness of acts spread evenly over these ages, and its variance. */
struct ages {
    int64_t from, to; /* 0 <= from <= to */
};
struct seen_share {
    double share, variance; /* NAN: no ages, or nothing can be told */
};
/* ages: in ascending order; twice where two groups are of one age. Beyond max_delay F is 1.
 * R: mean(F[ages]); sum(outer(F, F) * V[pmax(...)])/n^2 */
struct seen_share completeness_mean(const struct completeness *c, const struct ages *ages,
                                    size_t count);

/* How many are missing where n were seen. low..high: 80 %, equal tails; prob_none: of none.
 * R: (n + .5) * (1 - F)/F; without variance qnbinom(c(.1, .9), n + .5, F), F^(n + .5). */
struct missing {
    double mean;
    int64_t low, high;
    double prob_none;
};
struct missing missing_of(int64_t n, struct seen_share f);

#endif
