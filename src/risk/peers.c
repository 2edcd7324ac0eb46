#include "risk/peers.h"

#include <math.h>

static bool takes_part(const double *feature, size_t n, size_t features, size_t unit)
{
    for (size_t k = 0; k < features; k++)
        if (!isfinite(feature[k * n + unit]))
            return false;
    return true;
}

/* Of the units whose distance is not NAN; 0 where they are all the same, or one only. */
static double deviation_of(const double *x, size_t n, const double *distance)
{
    double mean = 0, sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(distance[i]))
            mean += (x[i] - mean) / (double)++count;
    for (size_t i = 0; i < n; i++)
        if (!isnan(distance[i]))
            sum += (x[i] - mean) * (x[i] - mean);
    return count > 1 ? sqrt(sum / (double)(count - 1)) : 0;
}

bool peers_distances(const double *feature, size_t n, size_t features, size_t self,
                     double *distance)
{
    for (size_t i = 0; i < n; i++)
        distance[i] = takes_part(feature, n, features, i) ? 0 : NAN;
    if (self >= n || isnan(distance[self])) {
        for (size_t i = 0; i < n; i++)
            distance[i] = NAN;
        return false;
    }
    for (size_t k = 0; k < features; k++) {
        const double *x = &feature[k * n];
        double deviation = deviation_of(x, n, distance);
        for (size_t i = 0; deviation > 0 && i < n; i++)
            distance[i] = hypot(distance[i], (x[i] - x[self]) / deviation);
    }
    return true;
}

size_t peers_nearest(const double *distance, size_t n, size_t self, size_t most, size_t *nearest)
{
    size_t count = 0;
    for (size_t i = 0; most && i < n; i++) {
        if (i == self || isnan(distance[i]) ||
            (count == most && distance[i] >= distance[nearest[count - 1]]))
            continue;
        size_t at = count < most ? count++ : count - 1;
        for (; at && distance[nearest[at - 1]] > distance[i]; at--)
            nearest[at] = nearest[at - 1];
        nearest[at] = i;
    }
    return count;
}
