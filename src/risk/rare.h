/* risk/rare.h: have cases of something rare, under one a month, become more frequent?
 *
 * Receives: counts of consecutive months, the judged month the last; NAN: not known. What is known
 *   of the unit's rate beforehand (from its sister units), as a gamma distribution.
 * Hands on: a p-value over four tests, the least of which names itself; the highest ordinary count
 *   of the month; whether it is an alarm.
 * Model: cases are Poisson at an unknown rate a month. The window is the last 12 months; the
 *   baseline the 60 before it, with S cases in n known months: rate ~ Gamma(A = shape + S, B = rate
 *   + n). Given that, with no change, the cases N(w) of the last w known months of the window are a
 *   Polya process: N(w) ~ NB(size A, prob B/(B + w)), and month w, given the w - 1 others, is
 *   NB(size A + N(w - 1), prob (B + w - 1)/(B + w)). So all four p-values are exact, the rate's
 *   uncertainty being part of them, and nothing needs simulation:
 *   RARE_3       P(N of the known ones of the last 3 months >= what it is)
 *   RARE_12      the same of all 12
 *   RARE_GAP     the last k cases came within w months: P(N(w) >= k), which is P(the waiting time
 *                back to the k-th last case <= w); a waiting time over the window has p 1. k is the
 *                fewest cases, at least 2, that were an alarm in a single month, P(N(1) >= k) <=
 *                alpha/4: of the baseline, not of the cases judged
 *   RARE_CUSUM   Poisson CUSUM for a doubling of the rate A/B, from 0 at the window's start: S =
 *                max over w of N(w) - w (A/B)/log 2; P(some N(w) - w (A/B)/log 2 >= S)
 *   p_value = min(1, k * least) over the k tests run.
 * Where the series or what is known of it is too short for 12 months (window not whole, or n + rate
 *   < 12), the window is the last 3 and RARE_12 is not run (k = 3).
 * Unknown months are left out: of baseline, window, and of the clock of gap and CUSUM. Months count
 *   as equally long.
 * alarm: p_value <= 0.01 and a case in the month itself; without one it is `ongoing`.
 * False alarms: steady Poisson series of 72 months, each of 12 months behind them judged, 20,000
 *   simulated (seed 1); and alarms when those 12 months have a multiple of the rate:
 *     cases a month                     0.02   0.1    0.17   0.5    0.9
 *     alarm, a month, no prior          .0009  .0025  .0027  .0039  .0046
 *     the same, prior of shape 1.5      .0011  .0025  .0026  .0042  .0048
 *     mean of `level`, no prior         .0018  .0024  .0029  .0038  .0044
 *     alarm in any of 12 months         .010   .023   .024   .028   .032
 *     the same, rate doubled            .03    .10    .15    .35    .56
 *     the same, rate times 3            .06    .24    .37    .80    .97
 *     the same, rate times 5            .15    .58    .80    1      1
 *   Two cases a year tripled go unnoticed for a year two times in three: that is what so few cases
 *   can say.
 * Source: contract 5 "Alert"; predictive: gamma-Poisson conjugacy; CUSUM: Lucas (1985)
 *   Technometrics 27:129, reference value (l1 - l0)/log(l1/l0); waiting times of the last
 *   cases: Chen (1978) JASA 73:323.
 * Checked: tests/test_risk_rare.c: R pnbinom, pgamma; the CUSUM by an integral over the rate in R
 *   and by simulation; false alarms by simulation.
 * Pure, reentrant, takes no memory.
 */
#ifndef KEOGIAM_RISK_RARE_H
#define KEOGIAM_RISK_RARE_H

#include <stdbool.h>
#include <stddef.h>

enum { RARE_WINDOW = 12, RARE_WINDOW_SHORT = 3, RARE_BASELINE = 60, RARE_PRIOR_MONTHS_MOST = 120 };
#define RARE_ALPHA 0.01

/* rate ~ Gamma(shape, rate): worth `shape` cases in `rate` months. */
struct rare_prior {
    double shape; /* > 0 */
    double rate;  /* >= 0, months */
};

/* Nothing known beforehand: Jeffreys, shape 1/2, rate 0. */
extern const struct rare_prior RARE_NO_PRIOR;

/* The prior by what sister units (or the same unit's sister categories) show: nu and m of x ~
 * NB(size nu, mean m * months), as shrunken_ml_fit (risk/shrunken.h) finds them when it is given
 * months for expected: shape nu, rate nu/m.
 * It is never worth more than 120 months (the mean kept): the fit's own uncertainty is in neither
 * parameter, and with few units it often lands at nu = INFINITY (also NAN), which would forbid the
 * unit to differ at all.
 * Missing: m not > 0: RARE_NO_PRIOR. */
struct rare_prior rare_prior_from(double nu, double m);

enum rare_state {
    RARE_OK,
    RARE_UNKNOWN, /* the month judged is not known */
    RARE_SHORT    /* under 3 months, or too little known before them: n + rate < 3 */
};

enum rare_test { RARE_3, RARE_12, RARE_GAP, RARE_CUSUM, RARE_TESTS };

struct rare {
    enum rare_state state; /* unless OK: all NAN, no alarm */
    int tests;             /* k */
    enum rare_test least;  /* of equal ones the first */
    double p[RARE_TESTS];  /* of each test; NAN: not run */
    double p_value;
    double cases, months; /* of the baseline: S, n */
    double expected;      /* A/B: cases a month */
    double upper;         /* highest count of this month that is no alarm, given the others; >= 0 */
    double score;         /* (y - expected)/(upper - expected); NAN where upper is not above */
    double level; /* P(alarm) if nothing has changed, given the months before; 0 unless OK */
    bool alarm;   /* y > upper */
    bool ongoing; /* p_value <= 0.01, no case this month */
};

/* Judges month i of count[0 ... i]. A prior out of range is RARE_NO_PRIOR.
 * Cost: 10 us at rates up to 0.3 a month, 30 us at 1. */
void rare_judge(const double *count, size_t i, struct rare_prior prior, struct rare *r);

#endif
