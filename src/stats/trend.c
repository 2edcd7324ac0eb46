/* trend.c: see trend.h. */
#include "stats/trend.h"

#include <math.h>
#include <string.h>

#include "stats/tails.h"
#include "stats/trend_design.h"

enum { KNOWN_LEAST = 3, INCIDENTS_LEAST = 5, SLOPE = 1 };

static const double NB_LEVEL = 0.05;

/* Fits of one series. */
struct fits {
    struct trend_design design;
    struct glm_fit poisson, negbin;
};

/* P(X > x), X chi-squared with df degrees of freedom; both tails are sums of positive terms. */
static double chi_squared_upper(double x, size_t df)
{
    size_t at = df % 2 ? 1 : 2;
    double half = fmax(0, x) / 2, sum = at == 1 ? erfc(sqrt(half)) : exp(-half);
    double term = at == 1 ? exp(-half) * sqrt(half) / tgamma(1.5) : exp(-half) * half;

    for (; at < df; at += 2) {
        sum += term;
        term *= half / ((double)at / 2 + 1);
    }
    return sum;
}

/* P(|Z| > z), Z standard normal. */
static double normal_two_sided(double z)
{
    return erfc(fabs(z) / sqrt(2));
}

static double dispersion_of(const struct glm_data *d, const struct glm_fit *poisson)
{
    double dispersion = poisson->pearson / ((double)d->n - (double)poisson->rank);
    return dispersion >= 0 && isfinite(dispersion) ? dispersion : NAN;
}

static void trend_clear(struct trend *t)
{
    memset(t, 0, sizeof *t);
    double *const missing[] = {&t->annual_change_pct,
                               &t->ci_low,
                               &t->ci_high,
                               &t->p_value,
                               &t->dispersion,
                               &t->phi,
                               &t->theta,
                               &t->nb_lr,
                               &t->nb_p,
                               &t->season_lr,
                               &t->season_p,
                               &t->loglik,
                               &t->deviance,
                               &t->poisson_slope,
                               &t->poisson_se,
                               &t->negbin_slope,
                               &t->negbin_se,
                               &t->negbin_theta};
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        *missing[i] = NAN;
}

static bool is_estimated(const struct glm_fit *f, size_t column)
{
    return !f->dropped[column] && !isnan(f->se[column]);
}

static void slope_of(const struct glm_fit *f, double *slope, double *se)
{
    if (!is_estimated(f, SLOPE))
        return;
    *slope = f->beta[SLOPE];
    *se = f->se[SLOPE];
}

static void family_choose(const struct fits *m, struct trend *t)
{
    bool inside = m->negbin.state != GLM_BOUNDARY && m->negbin.state != GLM_FAILED;

    t->family = TREND_POISSON;
    if (m->negbin.state == GLM_FAILED) {
        t->family = TREND_QUASIPOISSON;
    } else {
        t->nb_lr = fmax(0, 2 * (m->negbin.loglik - m->poisson.loglik));
        t->nb_p = 0.5 * chi_squared_upper(t->nb_lr, 1);
        if (inside && t->nb_p < NB_LEVEL)
            t->family = TREND_NEGBIN;
    }
    if (m->negbin.state == GLM_BOUNDARY)
        t->flags |= TREND_NO_OVERDISPERSION;
    if (inside) {
        slope_of(&m->negbin, &t->negbin_slope, &t->negbin_se);
        t->negbin_theta = m->negbin.theta;
    }
    t->fit = t->family == TREND_NEGBIN ? m->negbin : m->poisson;
    t->theta = t->family == TREND_NEGBIN ? m->negbin.theta : NAN;
    t->loglik = t->fit.loglik;
}

/* What multiplies variances. */
static double variance_scale(const struct trend *t)
{
    return t->family == TREND_QUASIPOISSON ? t->phi : 1;
}

static void change_fill(struct trend *t)
{
    double b = NAN, se = NAN;

    slope_of(&t->fit, &b, &se);
    se *= sqrt(variance_scale(t));
    if (isnan(se)) {
        t->flags |= TREND_SLOPE_NOT_ESTIMABLE;
        return;
    }
    t->p_value = normal_two_sided(b / se);
    if (100 * expm1(b + TAILS_NORMAL_975 * se) > TREND_CHANGE_MOST) {
        t->flags |= TREND_CHANGE_TOO_WIDE;
        return;
    }
    t->annual_change_pct = 100 * expm1(b);
    t->ci_low = 100 * expm1(b - TAILS_NORMAL_975 * se);
    t->ci_high = 100 * expm1(b + TAILS_NORMAL_975 * se);
}

static void steps_check(const struct time_series *s, const struct trend_design *d, struct trend *t)
{
    if (s->step_count > d->steps)
        t->flags |= TREND_STEP_DROPPED;
    for (size_t j = 0; j < d->steps; j++)
        if (!is_estimated(&t->fit, 2 + j))
            t->flags |= TREND_STEP_DROPPED;
}

/* The season's columns: kept, and finite. */
static void season_check(const struct trend_design *d, struct trend *t)
{
    for (size_t j = d->data.p - d->season; j < d->data.p; j++) {
        if (t->fit.dropped[j])
            t->flags |= TREND_SEASON_NOT_ESTIMABLE;
        else if (isnan(t->fit.se[j]))
            t->flags |= TREND_SEASON_UNBOUNDED;
    }
}

static double wave_at(const struct trend_design *d, const struct glm_fit *f, int place)
{
    double sum = 0;

    for (size_t j = 0; j < d->season; j++)
        sum += d->wave[place][j] * f->beta[d->data.p - d->season + j];
    return sum;
}

static int season_peak(const struct trend_design *d, const struct glm_fit *f, int per_year)
{
    int peak = 0;

    for (int m = 1; m < per_year; m++)
        if (wave_at(d, f, m) > wave_at(d, f, peak))
            peak = m;
    return peak + 1;
}

/* Likelihood-ratio test against the same model without the season, theta estimated anew. */
static bool season_fill(const struct time_series *s, const struct fits *m, struct trend *t)
{
    struct glm_data without = m->design.data;
    struct glm_fit poisson, negbin;

    season_check(&m->design, t);
    if (m->design.season == 0 || (t->flags & TREND_SEASON_NOT_ESTIMABLE))
        return true;
    without.p -= m->design.season;
    if (!glm_poisson(&without, NULL, &poisson, NULL))
        return false;
    double drop = poisson.deviance - m->poisson.deviance;
    if (t->family == TREND_NEGBIN) {
        if (!glm_negbin(&without, &poisson, &negbin, NULL))
            return false;
        drop = 2 * (m->negbin.loglik - negbin.loglik);
    }
    t->season_lr = fmax(0, drop / variance_scale(t));
    t->season_p = chi_squared_upper(t->season_lr, m->design.season);
    t->season_peak = season_peak(&m->design, &t->fit, s->per_year);
    return true;
}

static enum trend_reason reason_of(const struct trend_design *d)
{
    if (d->data.n < KNOWN_LEAST)
        return TREND_FEW_PERIODS;
    return d->total < INCIDENTS_LEAST ? TREND_FEW_INCIDENTS : TREND_ESTIMATED;
}

static bool estimates_fill(const struct time_series *s, struct fits *m, struct trend *t)
{
    const struct glm_data *d = &m->design.data;

    if (!glm_poisson(d, NULL, &m->poisson, NULL) || !glm_negbin(d, &m->poisson, &m->negbin, NULL))
        return false;
    t->deviance = m->poisson.deviance;
    t->dispersion = dispersion_of(d, &m->poisson);
    t->phi = isnan(t->dispersion) ? NAN : fmax(1, t->dispersion);
    slope_of(&m->poisson, &t->poisson_slope, &t->poisson_se);
    family_choose(m, t);
    change_fill(t);
    steps_check(s, &m->design, t);
    return season_fill(s, m, t);
}

bool trend_fit(const struct time_series *s, struct trend *t)
{
    struct fits m;
    struct trend out;

    if (!trend_design_init(&m.design, s))
        return false;
    trend_clear(&out);
    out.known = m.design.data.n;
    out.total = m.design.total;
    out.reason = reason_of(&m.design);
    bool ok = out.reason != TREND_ESTIMATED || estimates_fill(s, &m, &out);
    trend_design_free(&m.design);
    if (ok)
        *t = out;
    return ok;
}

double trend_phi(const struct time_series *s)
{
    struct trend_design d;
    size_t known = 0;
    double total = 0;

    for (size_t i = 0; i < s->n; i++)
        if (trend_is_known(s, i)) {
            known++;
            total += s->count[i];
        }
    if (known < (size_t)(3 * s->per_year) || total < INCIDENTS_LEAST || !trend_design_init(&d, s))
        return NAN;
    double dispersion = glm_poisson_dispersion(&d.data);
    trend_design_free(&d);
    return isfinite(dispersion) ? fmax(1, dispersion) : NAN;
}

/* Variance of the log mean of a row; missing where a coefficient that it needs is. */
static double row_variance(const struct trend *t, const double *x, size_t p)
{
    double sum = 0;

    for (size_t j = 0; j < p; j++) {
        if (x[j] != 0 && isnan(t->fit.se[j]))
            return NAN;
        for (size_t k = 0; k < p; k++)
            sum += x[j] * x[k] * t->fit.covariance[j * p + k];
    }
    return sum * variance_scale(t);
}

static void curve_at(const struct time_series *s, const struct trend *t, size_t i, const double *x,
                     size_t p, double *mean, double *half)
{
    double eta = log(s->exposure[i]);

    for (size_t j = 0; j < p; j++)
        eta += x[j] * t->fit.beta[j];
    *half = TAILS_NORMAL_975 * sqrt(row_variance(t, x, p));
    *mean = isnan(*half) && !trend_is_known(s, i) ? NAN : exp(eta);
}

bool trend_curve(const struct time_series *s, const struct trend *t, double *fitted, double *low,
                 double *high)
{
    struct trend_design d;
    double x[GLM_COLUMNS_MAX], half;

    if (!trend_design_init(&d, s))
        return false;
    for (size_t i = 0; i < s->n; i++) {
        fitted[i] = low[i] = high[i] = NAN;
        if (t->reason != TREND_ESTIMATED || !(s->exposure[i] > 0))
            continue;
        trend_design_row(&d, s, i, x);
        curve_at(s, t, i, x, d.data.p, &fitted[i], &half);
        low[i] = fitted[i] * exp(-half);
        high[i] = fitted[i] * exp(half);
    }
    trend_design_free(&d);
    return true;
}

bool trend_season(const struct time_series *s, const struct trend *t, double *season)
{
    struct trend_design d;
    double sum = 0;

    if (t->reason != TREND_ESTIMATED || !trend_design_init(&d, s))
        return false;
    bool found = d.season > 0;
    int peak = found ? season_peak(&d, &t->fit, s->per_year) - 1 : 0;
    for (int m = 0; found && m < s->per_year; m++)
        sum += season[m] = exp(wave_at(&d, &t->fit, m) - wave_at(&d, &t->fit, peak));
    for (int m = 0; found && m < s->per_year; m++)
        season[m] *= s->per_year / sum;
    trend_design_free(&d);
    return found;
}
