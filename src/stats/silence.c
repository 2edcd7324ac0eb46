#include "stats/silence.h"

#include <math.h>

enum { DISPERSION_MONTHS = 12 };

/* Pearson / df of the months before `end` around their own mean, at least 1. */
static double dispersion(const double *count, size_t end, double mean, size_t months)
{
    double sum = 0;
    if (months < DISPERSION_MONTHS)
        return 1;
    for (size_t i = 0; i < end; i++)
        if (!isnan(count[i]))
            sum += (count[i] - mean) * (count[i] - mean) / mean;
    return fmax(1, sum / (double)(months - 1));
}

struct silence silence_of_cases(const double *count, size_t n)
{
    struct silence s = {.phi = 1, .p_value = NAN};
    size_t end = n;
    while (end > 0 && !(count[end - 1] > 0))
        s.run += count[--end] == 0;
    for (size_t i = 0; i < end; i++)
        if (!isnan(count[i])) {
            s.past++;
            s.cases += count[i];
        }
    if (!s.past)
        return s;
    double past = (double)s.past, run = (double)s.run;
    s.phi = dispersion(count, end, s.cases / past, s.past);
    s.p_value = exp(-s.cases / s.phi * log1p(run / past));
    return s;
}

struct silence silence_of_reports(const bool *reported, size_t n)
{
    struct silence s = {.phi = 1, .p_value = NAN};
    size_t missing = 0;
    while (s.run < n && !reported[n - 1 - s.run])
        s.run++;
    s.past = n - s.run;
    for (size_t i = 0; i < n; i++)
        missing += !reported[i];
    s.cases = (double)(n - missing);
    if (missing == n)
        return s;
    s.p_value = 1;
    for (size_t i = 0; i < s.run; i++)
        s.p_value *= (double)(missing - i) / (double)(n - i);
    return s;
}
