/* risk/alert_bound.h: inside farrington.c and rare.c: the highest ordinary count. */
#ifndef KEOGIAM_RISK_ALERT_BOUND_H
#define KEOGIAM_RISK_ALERT_BOUND_H

/* The least whole k >= 0 with P(Y > k) <= alpha, Y being NB with this
 * mean and variance phi * mean; Poisson where phi is not above 1.
 * mean: 0 ... 1e9; alpha: 1e-6 ... 0.5.
 * Checked: R qnbinom(1 - alpha, mean/(phi - 1), 1/phi), qpois(1 - alpha, mean).
 * Cost: one tail and a few densities: 1 us, 5 us at means of 10^6. */
double alert_bound(double mean, double phi, double alpha);

#endif
