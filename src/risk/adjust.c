/* adjust.c: see adjust.h. */
#include "risk/adjust.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "stats/glm.h"
#include "stats/tails.h"

static const double NB_LEVEL = 0.05;

/* The units that take part, in order: counts, log populations, ones and scaled covariates column by
 * column, fitted means, and which unit each row is. */
struct rows {
    double *y, *offset, *x, *mu;
    size_t *unit;
    size_t n, p; /* p = 1 + covariates */
};

static void rows_free(struct rows *r)
{
    free(r->y);
    free(r->unit);
}

static bool is_known(double population, const double *covariate, size_t n, size_t k, size_t i)
{
    if (!(population > 0 && isfinite(population)))
        return false;
    for (size_t j = 0; j < k; j++)
        if (!isfinite(covariate[j * n + i]))
            return false;
    return true;
}

/* Centred and scaled, so that the fit does not depend on the covariate's unit. */
static void column_scale(double *column, size_t n, struct adjust_effect *effect)
{
    double mean = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        mean += column[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (column[i] - mean) * (column[i] - mean);
    effect->mean = mean;
    effect->sd = sqrt(squares / (double)(n - 1));
    bool varies = effect->sd > 1e-12 * fabs(mean);
    for (size_t i = 0; i < n; i++)
        column[i] = varies ? (column[i] - mean) / effect->sd : 0;
}

static bool rows_init(struct rows *r, const int64_t *x, const double *population,
                      const double *covariate, size_t n, size_t k)
{
    *r = (struct rows){.y = malloc((n * (k + 4) + 1) * sizeof *r->y),
                       .unit = malloc((n + 1) * sizeof *r->unit),
                       .p = k + 1};
    if (!r->y || !r->unit) {
        rows_free(r);
        return false;
    }
    r->offset = r->y + n;
    r->mu = r->offset + n;
    r->x = r->mu + n;
    for (size_t i = 0; i < n; i++)
        if (is_known(population[i], covariate, n, k, i)) {
            r->y[r->n] = (double)x[i];
            r->offset[r->n] = log(population[i]);
            r->unit[r->n++] = i;
        }
    return true;
}

static void design_fill(struct rows *r, const double *covariate, size_t n, struct adjustment *a)
{
    for (size_t i = 0; i < r->n; i++)
        r->x[i] = 1;
    for (size_t j = 1; j < r->p; j++) {
        double *column = &r->x[j * r->n];
        for (size_t i = 0; i < r->n; i++)
            column[i] = covariate[(j - 1) * n + r->unit[i]];
        column_scale(column, r->n, &a->effect[j - 1]);
    }
}

static double cases_of(const struct rows *r)
{
    double cases = 0;
    for (size_t i = 0; i < r->n; i++)
        cases += r->y[i];
    return cases;
}

static enum adjust_reason refusal_of(const struct rows *r, size_t k)
{
    if (k > 1 && r->n < ADJUST_UNITS_FEW)
        return ADJUST_ONE_AT_A_TIME;
    if (r->n < ADJUST_UNITS_PER_COVARIATE * k)
        return ADJUST_FEW_UNITS;
    return cases_of(r) > 0 ? ADJUST_FITTED : ADJUST_NO_CASES;
}

static bool family_fit(struct rows *r, struct glm_fit *f, struct adjustment *a)
{
    struct glm_data d = {.y = r->y, .x = r->x, .offset = r->offset, .n = r->n, .p = r->p};
    struct glm_fit negbin;

    if (!glm_poisson(&d, NULL, f, r->mu) || !glm_negbin(&d, f, &negbin, NULL))
        return false;
    if (negbin.state == GLM_BOUNDARY)
        a->nb_p = 0.5;
    if (negbin.state == GLM_OK)
        a->nb_p = 0.5 * gsl_cdf_chisq_Q(fmax(0, 2 * (negbin.loglik - f->loglik)), 1);
    if (!(negbin.state == GLM_OK && a->nb_p < NB_LEVEL))
        return true;
    a->family = ADJUST_NEGBIN;
    a->theta = negbin.theta;
    return glm_negbin(&d, f, f, r->mu);
}

static struct adjust_effect effect_missing(void)
{
    return (struct adjust_effect){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
}

/* b and se are for one standard deviation. */
static void effect_fill(double b, double se, struct adjust_effect *e)
{
    e->ratio = exp(b);
    e->low = exp(b - TAILS_NORMAL_975 * se);
    e->high = exp(b + TAILS_NORMAL_975 * se);
    e->coefficient = b / e->sd;
    e->se = se / e->sd;
    e->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(b / se));
}

/* Is each coefficient an estimate? */
static enum adjust_reason fit_judge(const struct glm_fit *f, size_t p, size_t *which)
{
    for (size_t j = 1; j < p; j++) {
        *which = j - 1;
        if (f->dropped[j])
            return ADJUST_COLLINEAR;
        if (!(f->se[j] > 0))
            return ADJUST_SEPARATED;
    }
    *which = 0;
    return f->state == GLM_SEPARATED ? ADJUST_SEPARATED : ADJUST_FITTED;
}

static bool model_fit(struct rows *r, const double *covariate, size_t n, double *expected,
                      struct adjustment *a)
{
    struct glm_fit f;

    design_fill(r, covariate, n, a);
    if (!family_fit(r, &f, a))
        return false;
    a->reason = fit_judge(&f, r->p, &a->which);
    for (size_t j = 1; j < r->p; j++)
        if (a->reason == ADJUST_FITTED)
            effect_fill(f.beta[j], f.se[j], &a->effect[j - 1]);
    for (size_t i = 0; i < r->n; i++)
        if (a->reason == ADJUST_FITTED)
            expected[r->unit[i]] = r->mu[i];
    return true;
}

bool adjust_expected(const int64_t *x, const double *population, const double *covariate, size_t n,
                     size_t k, double *expected, struct adjustment *a)
{
    struct rows r;
    bool fitted = true;

    if (k > ADJUST_COVARIATES_MAX)
        k = 0;
    if (!rows_init(&r, x, population, covariate, n, k))
        return false;
    *a = (struct adjustment){.units = r.n, .theta = NAN, .nb_p = NAN};
    for (size_t j = 0; j < ADJUST_COVARIATES_MAX; j++)
        a->effect[j] = effect_missing();
    for (size_t i = 0; i < n; i++)
        expected[i] = NAN;
    a->reason = k > 0 ? refusal_of(&r, k) : ADJUST_TOO_MANY;
    if (a->reason == ADJUST_FITTED)
        fitted = model_fit(&r, covariate, n, expected, a);
    rows_free(&r);
    return fitted;
}
