/* status_delay.h: how long after the act reports come in. */
#ifndef KEOGIAM_CLI_STATUS_DELAY_H
#define KEOGIAM_CLI_STATUS_DELAY_H

#include <stdint.h>

#include "base/date.h"
#include "base/err.h"

/* Reports by days of delay: memory is that of the longest delay, not of the reports. */
struct delays {
    int64_t *counts; /* [days] */
    size_t days, cap;
    int64_t n;
};

/* Adds one report; a receipt before the act is no delay and is passed over. */
bool delays_add(struct delays *d, day occurred, day received, struct err *e);
void delays_free(struct delays *d); /* accepts zero */

/* The fewest days within which a share p (0 < p <= 1) of the reports came in: the inverse of the
 * empirical distribution [R: quantile(x, p, type = 1)]. Missing: -1 where n = 0. */
int64_t delays_quantile(const struct delays *d, double p);

#endif
