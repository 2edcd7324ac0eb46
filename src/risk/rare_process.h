/* risk/rare_process.h: inside rare*.c: cases in the months of a window when their rate is known as
 * far as a baseline tells (rare.h, "Model"). N(w): cases of the last w known months.
 */
#ifndef KEOGIAM_RISK_RARE_PROCESS_H
#define KEOGIAM_RISK_RARE_PROCESS_H

#include "risk/rare.h"

struct rare_rate {
    double cases, months; /* A > 0, B > 0 of Gamma(A, B) */
};

/* P(N(w) >= k). R: pnbinom(k - 1, A, B/(B + w), lower.tail = FALSE). */
double rare_tail(struct rare_rate rate, double months, double k);

/* The least k with P(N(w) >= k) <= alpha. */
double rare_least(struct rare_rate rate, double months, double alpha);

/* Bounds bound[w - 1], whole numbers >= 1, on N(w), w = 1 ... months <= RARE_WINDOW. */
struct rare_bounds {
    int months;
    double least[RARE_WINDOW];
};

/* Those of a CUSUM that reaches s > 0: N(w) >= s + w * reference. */
struct rare_bounds rare_cusum_bounds(int months, double reference, double s);

/* P(N(w) reaches its bound for some w), by a sum over the paths that never do. Where that has no
 * digits left (under 1e-6), or these have more than 200 states, the sum over w of P(N(w) >= bound),
 * which is never below it. */
double rare_reach(struct rare_rate rate, const struct rare_bounds *b);

/* The same, and a case in the newest month; RARE_ALPHA where there are more than 200 states. */
double rare_reach_with_case(struct rare_rate rate, const struct rare_bounds *b);

#endif
