/* alert_bound.c: see alert_bound.h. A guess by the first three cumulants, its tail, and
 * steps of the density from there. */
#include "risk/alert_bound.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdint.h>

#include "stats/control_private.h"
#include "stats/tails.h"

/* P(Y = k), and by what it is multiplied from k to k + 1. */
struct density {
    double k, p;
    double mean, size, fail; /* size 0: Poisson */
};

static struct density density_at(double k, double mean, double phi)
{
    struct density d = {.k = k, .mean = mean};

    if (phi > 1) {
        d.size = mean / (phi - 1);
        d.fail = (phi - 1) / phi;
        d.p = tails_nb_pmf((int64_t)k, d.size, 1 / phi, d.fail);
    } else {
        d.p = tails_poisson_pmf((int64_t)k, mean);
    }
    return d;
}

static void density_up(struct density *d)
{
    double rise = d->size > 0 ? (d->k + d->size) * d->fail : d->mean;

    d->k++;
    d->p *= rise / d->k;
}

static void density_down(struct density *d)
{
    d->k--;
    d->p *= (d->k + 1) / (d->size > 0 ? (d->k + d->size) * d->fail : d->mean);
}

/* Cornish and Fisher's expansion with the skewness (2 phi - 1)/sd; Poisson: 1/sd. */
static double guess(double mean, double phi, double alpha)
{
    double z = gsl_cdf_ugaussian_Qinv(alpha), sd = sqrt(phi * mean);
    return fmax(0, floor(mean + sd * z + (2 * phi - 1) * (z * z - 1) / 6));
}

double alert_bound(double mean, double phi, double alpha)
{
    phi = fmax(1, phi);
    if (!(mean > 0))
        return 0;
    double k = guess(mean, phi, alpha);
    struct density d = density_at(k, mean, phi);
    double tail = tails_count_upper(k + 1, mean, phi);
    while (d.k > 0 && tail + d.p <= alpha) {
        tail += d.p;
        density_down(&d);
    }
    while (tail > alpha) {
        density_up(&d);
        tail -= d.p;
    }
    return d.k;
}
