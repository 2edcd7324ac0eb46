/* alert_prior.c: what the units of a category together say of the rate in one of them. */
#include <math.h>
#include <stdlib.h>

#include "risk/alert.h"
#include "risk/shrunken.h"

enum { SERIES_MIN = 3 };

/* Cases and known months of the baseline. */
static void add_baseline(const struct time_series *s, size_t left_out, int64_t *cases,
                         double *months)
{
    size_t end = s->n > left_out ? s->n - left_out : 0;
    size_t from = end > RARE_BASELINE ? end - RARE_BASELINE : 0;

    for (size_t i = from; i < end; i++) {
        *months += !isnan(s->count[i]);
        *cases += isnan(s->count[i]) ? 0 : (int64_t)s->count[i];
    }
}

bool alert_prior(const struct time_series *s, size_t n, size_t last, struct rare_prior *prior)
{
    int64_t *cases = calloc(n + 1, sizeof *cases);
    double *months = calloc(n + 1, sizeof *months);
    struct shrunken_ml ml = {.m = NAN, .nu = NAN};
    size_t known = 0;
    bool ok = cases && months;

    *prior = RARE_NO_PRIOR;
    for (size_t k = 0; ok && k < n; k++) {
        add_baseline(&s[k], last + RARE_WINDOW - 1, &cases[k], &months[k]);
        known += months[k] > 0;
    }
    if (ok && known >= SERIES_MIN)
        ok = shrunken_ml_fit(cases, months, n, &ml);
    if (ok)
        *prior = rare_prior_from(ml.nu, ml.m);
    free(cases);
    free(months);
    return ok;
}
