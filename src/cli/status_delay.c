#include "cli/status_delay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

bool delays_add(struct delays *d, day occurred, day received, struct err *e)
{
    if (received < occurred)
        return true;
    size_t days = (size_t)((int64_t)received - occurred);
    void *counts = d->counts;
    if (!array_grow(&counts, &d->cap, days + 1, sizeof *d->counts, e))
        return false;
    d->counts = counts;
    if (days >= d->days) {
        memset(d->counts + d->days, 0, (days + 1 - d->days) * sizeof *d->counts);
        d->days = days + 1;
    }
    d->counts[days]++;
    d->n++;
    return true;
}

void delays_free(struct delays *d)
{
    free(d->counts);
    *d = (struct delays){0};
}

/* The least rank is ceil(n p); a product such as 20 * 0.95 that is whole but for rounding counts as
 * whole. */
int64_t delays_quantile(const struct delays *d, double p)
{
    double rank = ceil((double)d->n * p - 1e-9);
    int64_t seen = 0;
    for (size_t i = 0; i < d->days; i++) {
        seen += d->counts[i];
        if ((double)seen >= rank)
            return (int64_t)i;
    }
    return -1;
}
