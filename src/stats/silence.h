/* stats/silence.h: a place that had cases, or sent reports, has had none for some months: is that
 * chance?
 *
 * Receives: counts of consecutive months, the last one the newest, NAN where not known; or for each
 *   month whether the place reported.
 * Hands on: how long the silence at the end is, the past before it, and the probability that a
 *   silence at least as long stands at the end by chance alone.
 * Model, cases: a Poisson process of one unknown rate over the T = n + m known months, n before the
 *   silence with S cases, m silent. Given S, the cases fall on the T months at random, so
 *     p = P(none of S in the last m of T) = (n / (n + m))^S.
 *   That is also the gamma-Poisson predictive P(0 cases in the next m months | S cases in n), under
 *   the prior density 1/rate: NB(size S, prob n/(n + m)) at 0. The rate's uncertainty is in it:
 *   with the rate put at S/n it would be exp(-m S/n), which is smaller. And since "the last m
 *   months are empty" is the same event as "the silence is at least m long", p keeps its level
 *   although m is read off the data (a Jeffreys prior, exponent S + 1/2, would not).
 *   Cases that come in clumps make long silences likelier: where there are 12 months before it, S
 *   is divided by phi = max(1, Pearson / df) of those months, as everywhere (contract 5).
 * Model, reports: of K months F are missing, the last m among them. If the missing months fell
 *   anywhere, p = C(K - m, F - m) / C(K, F) = prod_{i < m} (F - i)/(K - i).
 * A season with few cases and a falling rate make silences likelier than p says; p is a reason to
 * ask, never a finding.
 * False alarms: P(p <= .05) of 60 months, 20,000 simulated (R); in brackets without phi:
 *     cases a month                          0.1          0.3          1
 *     Poisson                                .039 (.045)  .035 (.041)  .025 (.030)
 *     clumps, variance 2 x mean              .038 (.116)  .027 (.111)  .017 (.089)
 *     clumps, variance 3 x mean              .043 (.174)  .020 (.173)  .011 (.146)
 *     ends in the low season, a third of the high one   .051, .049
 *     rate halved over the five years                   .083, .090
 * Missing: p is NAN where nothing was there before: no case, no report.
 * Source: Cox & Lewis (1966), The Statistical Analysis of Series of Events, ch. 2 (given their
 *   number the events of a Poisson process are uniform); Feller I, ch. II.4.
 * Checked: tests/test_stats_silence.c: R dnbinom, dhyper; every arrangement written out; false
 *   alarms by simulation, of clumps too.
 * Pure, reentrant, takes no memory.
 */
#ifndef KEOGIAM_STATS_SILENCE_H
#define KEOGIAM_STATS_SILENCE_H

#include <stdbool.h>
#include <stddef.h>

struct silence {
    size_t run;     /* months silent at the end: m; 0: not silent */
    size_t past;    /* months known before them: n; or K - m */
    double cases;   /* in those: S; or the reports among them */
    double phi;     /* >= 1; 1 where it was not estimated */
    double p_value; /* 1 where it is not silent; NAN */
};

/* count[n]: whole numbers >= 0, or NAN: such a month is in neither past nor silence.
 * R: dnbinom(0, S / phi, n / (n + m)). */
struct silence silence_of_cases(const double *count, size_t n);

/* reported[n].
 * R: dhyper(F - m, F, K - F, K - m): that many of the F missing months among the first K - m. */
struct silence silence_of_reports(const bool *reported, size_t n);

#endif
