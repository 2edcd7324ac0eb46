/* risk/gamma_tail.h: both tails of the gamma distribution, fast at any shape.
 *
 * Receives: shape a > 0 and z = rate * value >= 0.
 * Hands on: P(X <= z) and P(X > z) for X ~ Gamma(a, 1), the regularised incomplete gamma functions.
 * GSL sums a series or a continued fraction of O(sqrt a) terms: 0.3 us at a = 60, 5 us at 1e5.
 *   From a = 100 on, and |z/a - 1| not large, this is Temme's uniform expansion with four terms
 *   instead, 1e-11 relative (1e-13 from 400 on), 60 ns at any shape; elsewhere it is GSL.
 * Source: Temme (1979) SIAM J. Math. Anal. 10:757; DLMF 8.12. The coefficients are made by DLMF
 *   8.12.11 and 8.12.12 in exact fractions.
 * Checked: tests/test_risk_gamma_mixture.c, R pgamma.
 */
#ifndef KEOGIAM_RISK_GAMMA_TAIL_H
#define KEOGIAM_RISK_GAMMA_TAIL_H

/* R: pgamma(z, a) and pgamma(z, a, lower.tail = FALSE). */
double gamma_tail_lower(double a, double z);
double gamma_tail_upper(double a, double z);

#endif
