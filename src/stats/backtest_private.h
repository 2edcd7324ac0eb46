/* backtest_private.h: the reference models of stats/backtest.h. */
#ifndef KEOGIAM_STATS_BACKTEST_PRIVATE_H
#define KEOGIAM_STATS_BACKTEST_PRIVATE_H

#include "stats/backtest.h"

/* s ends at the origin and has two years at least; exposure: of the steps to come. */
void backtest_naive(const struct time_series *s, const double *exposure, size_t horizon,
                    struct predictive *out);
void backtest_last(const struct time_series *s, const double *exposure, size_t horizon,
                   struct predictive *out);
void backtest_discount(const struct time_series *s, const double *exposure, size_t horizon,
                       struct predictive *out);

#endif
