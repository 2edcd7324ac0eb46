/* comparison_fall.c: how far the true rate would have to fall for a target to be likely met. */
#include <math.h>

#include "stats/comparison.h"
#include "stats/tails.h"

static const double CHANCE_WANTED = 0.80;
static const double MOST_CASES = 9007199254740992.0; /* 2^53 */

static double chance_after(int64_t x0, double e0, double e1, int64_t allowance, int tenths)
{
    double left = e1 * (1000 - tenths) / 1000, sum = e0 + left;
    return tails_nb_lower(allowance, (double)x0 + 0.5, e0 / sum, left / sum);
}

/* Invariant: at low/10 % the chance is under the wanted one, at high/10 % it is reached. */
double comparison_fall_needed(int64_t x0, double e0, double e1, int64_t allowance)
{
    int low = 0, high = 1000;
    if (x0 <= 0 || (double)x0 > MOST_CASES || allowance < 0 || !(e0 > 0) || !(e1 > 0) ||
        !isfinite(e0 + e1))
        return NAN;
    if (chance_after(x0, e0, e1, allowance, 0) >= CHANCE_WANTED)
        return 0;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (chance_after(x0, e0, e1, allowance, middle) >= CHANCE_WANTED)
            high = middle;
        else
            low = middle;
    }
    return high / 10.0;
}
