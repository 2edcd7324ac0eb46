/* glm_negbin.c: negative binomial regression, beta and theta together; see glm.h.
 *
 * With s = log theta, q = theta/(theta + mu), r = (y - mu) q:
 *   dl/deta = r                      -d2l/deta2  = mu q (1 + r/theta)
 *   dl/ds   = sum theta (psi(theta + y) - psi(theta) + log q) - r
 *   -d2l/deta ds = -r (1 - q)
 *   -d2l/ds2 = -dl/ds + sum theta^2 (psi1(theta) - psi1(theta + y)) - mu q - r q
 * Sums of psi(theta + y) - psi(theta) are taken over how many counts exceed 0, 1, 2 ...: one
 * division each, and no cancellation however large theta is.
 */
#include "stats/glm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/glm_rows.h"

enum { TALL = 512 }; /* counts above it go through the asymptotic series of psi */

static const double THETA_LEAST = 1e-10, THETA_MOST = 1e7; /* outside no maximum is found */

struct negbin {
    struct glm_rows rows;
    double theta;
    double above[TALL]; /* how many counts exceed k */
    size_t levels;      /* k beyond which none does, at most TALL */
    double score, info; /* of s: dl/ds, -d2l/ds2 */
    double cross[GLM_COLUMNS_MAX];
    double along[GLM_COLUMNS_MAX]; /* how beta follows s: h^-1 cross */
    double gain_beta;              /* twice what a full step of beta alone wins */
    double profile_score, profile_info, gain;
};

static void levels_count(struct negbin *nb)
{
    const struct glm_rows *r = &nb->rows;
    double most = 0;

    for (size_t i = 0; i < r->n; i++) {
        most = fmax(most, r->y[i]);
        if (r->y[i] > 0)
            nb->above[(size_t)fmin(r->y[i], TALL) - 1]++;
    }
    nb->levels = (size_t)fmin(most, TALL);
    for (size_t k = nb->levels; k-- > 1;)
        nb->above[k - 1] += nb->above[k];
}

/* psi(z) - log z and the same of psi1(z) - 1/z, for large z. */
static double psi_rest(double z)
{
    double u = 1 / (z * z);
    return -0.5 / z - u * (1. / 12 - u * (1. / 120 - u / 252));
}

static double psi1_rest(double z)
{
    double u = 1 / (z * z);
    return 0.5 * u + u / z * (1. / 6 - u * (1. / 30 - u / 42));
}

/* sum psi(theta + y) - psi(theta) and sum psi1(theta) - psi1(theta + y). */
static void psi_sums(const struct negbin *nb, double *psi, double *psi1)
{
    const struct glm_rows *r = &nb->rows;
    double sum = 0, sum1 = 0, edge = nb->theta + TALL;

    for (size_t k = 0; k < nb->levels; k++) {
        double one = 1 / (nb->theta + (double)k);
        sum += nb->above[k] * one;
        sum1 += nb->above[k] * one * one;
    }
    for (size_t i = 0; nb->levels == TALL && i < r->n; i++) {
        if (r->y[i] <= TALL)
            continue;
        double z = nb->theta + r->y[i];
        sum += log(z / edge) + psi_rest(z) - psi_rest(edge);
        sum1 += 1 / edge - 1 / z + psi1_rest(edge) - psi1_rest(z);
    }
    *psi = sum;
    *psi1 = sum1;
}

/* The derivatives at beta (whose means are known) and theta. */
static void derivatives(struct negbin *nb)
{
    struct glm_rows *r = &nb->rows;
    double logs = 0, residuals = 0, rest = 0, psi, psi1, theta = nb->theta;

    for (size_t i = 0; i < r->n; i++) {
        double mu = r->mu[i], excess = mu / theta, u = 1 + excess, q = 1 / u;
        double residual = (r->y[i] - mu) * q;
        logs += log(u) + (excess - (u - 1)) * q; /* log1p, without its cost */
        residuals += residual;
        rest += (mu + residual) * q;
        r->residual[i] = residual;
        r->weight[i] = mu * q * (1 + residual / theta);
    }
    glm_rows_equations(r);
    for (size_t i = 0; i < r->n; i++)
        r->residual[i] *= r->mu[i] / (theta + r->mu[i]);
    glm_rows_project(r, r->residual, nb->cross);
    psi_sums(nb, &psi, &psi1);
    nb->score = theta * (psi - logs) - residuals;
    nb->info = theta * theta * psi1 - rest - nb->score;
}

/* Newton's step for beta alone (rows.step), and what is left of score and information of s when
 * beta follows. */
static void profile(struct negbin *nb)
{
    struct glm_rows *r = &nb->rows;

    glm_rows_solve(r, r->score, r->step);
    glm_rows_solve(r, nb->cross, nb->along);
    nb->profile_score = nb->score;
    nb->profile_info = nb->info;
    nb->gain_beta = 0;
    for (size_t j = 0; j < r->p; j++) {
        nb->profile_score += nb->cross[j] * r->step[j];
        nb->profile_info -= nb->cross[j] * nb->along[j];
        nb->gain_beta += r->score[j] * r->step[j];
    }
    nb->gain = nb->gain_beta + nb->profile_score * nb->profile_score / nb->profile_info;
}

static void evaluate(struct negbin *nb)
{
    derivatives(nb);
    profile(nb);
}

/* log(P(y | NB) / P(y | Poisson, mean y)) summed, and the deviance on the way. */
static double log_ratio(const struct negbin *nb, struct glm_fit *f)
{
    const struct glm_rows *r = &nb->rows;
    double theta = nb->theta, rest = glm_gamma_rest(theta), deviance = 0, saturated = 0;

    f->pearson = 0;
    for (size_t i = 0; i < r->n; i++) {
        double y = r->y[i], mu = r->mu[i], u = 1 + mu / theta;
        f->pearson += (y - mu) * ((y - mu) / mu) / u;
        deviance += (y + theta) * log1p((mu - y) / (y + theta));
        if (y <= 0)
            continue;
        deviance += y * glm_rows_log_ratio(r, i);
        saturated += glm_gamma_rest(y + theta) - rest;
    }
    f->deviance = 2 * deviance;
    return saturated - deviance;
}

/* The step of rows, theta by ds in its log, halved until it wins something; a short one is taken
 * as it is, see glm.c. Returns the largest change of a log mean or of log theta. */
static double negbin_move(struct negbin *nb, double ds)
{
    struct glm_rows *r = &nb->rows;
    struct glm_fit unused;
    double t = 1, theta = nb->theta, most = fmax(fabs(ds), glm_rows_change(r));
    double before = most > 1 ? log_ratio(nb, &unused) : 0;

    glm_rows_move(r, t);
    nb->theta = theta * exp(ds);
    while (most * t > 1 && !(log_ratio(nb, &unused) > before)) {
        t /= 2;
        glm_rows_move(r, -t);
        nb->theta = theta * exp(t * ds);
    }
    return most;
}

/* Newton for all at once, as long as it is concave there and what a step promises to win falls.
 * False: go the safe way. */
static bool newton_together(struct negbin *nb)
{
    struct glm_rows *r = &nb->rows;
    double last = INFINITY;

    for (int i = 0; i < 30; i++) {
        evaluate(nb);
        if (!(nb->profile_info > 0 && nb->gain < last))
            return last < 1e-8;
        double ds = nb->profile_score / nb->profile_info;
        for (size_t j = 0; j < r->p; j++)
            r->step[j] += nb->along[j] * ds;
        if (nb->gain <= GLM_CONVERGED) {
            nb->theta *= exp(ds);
            glm_rows_finish(r);
            return true;
        }
        last = negbin_move(nb, ds) > 1 ? INFINITY : nb->gain;
    }
    return false;
}

/* beta for a given theta. */
static void newton_beta(struct negbin *nb)
{
    for (int i = 0; i < 200; i++) {
        evaluate(nb);
        if (!(nb->gain_beta > 1e-16))
            return;
        negbin_move(nb, 0);
    }
}

/* Newton's step in s inside its bracket; halves the bracket, or walks, where it leads astray. */
static double profile_step(const struct negbin *nb, double s, double lo, double hi)
{
    double ds = nb->profile_score / nb->profile_info;

    if (!(nb->profile_info > 0) || fabs(ds) > 2)
        ds = copysign(2, nb->profile_score);
    return s + ds > lo && s + ds < hi ? ds : (lo + hi) / 2 - s;
}

/* The root of the profile score in s, which falls through it. Ends where rounding takes over. */
static bool newton_profile(struct negbin *nb)
{
    const double least = log(THETA_LEAST), most = log(THETA_MOST);
    double lo = least, hi = most, s = log(nb->theta), last = INFINITY;

    for (int i = 0; i < 200; i++) {
        nb->theta = exp(s);
        newton_beta(nb);
        *(nb->profile_score > 0 ? &lo : &hi) = s;
        double ds = profile_step(nb, s, lo, hi);
        if (fabs(ds) < 1e-13 || (fabs(ds) < 1e-8 && fabs(ds) >= last))
            break;
        last = fabs(ds);
        s += ds;
    }
    return s - least > 1e-6 && most - s > 1e-6;
}

static void expected_information(struct negbin *nb)
{
    struct glm_rows *r = &nb->rows;

    for (size_t i = 0; i < r->n; i++)
        r->weight[i] = r->mu[i] / (1 + r->mu[i] / nb->theta);
}

/* How much the squares exceed what the Poisson allows (0 where there is no count), and the moment
 * estimate of theta. */
static double excess_of(const struct glm_rows *r, double *theta)
{
    double excess = 0, surplus = 0, total = 0, means = 0;

    for (size_t i = 0; i < r->n; i++) {
        double y = r->y[i], mu = r->mu[i];
        excess += (y - mu) * (y - mu) - y;
        surplus += (y - mu) * ((y - mu) / mu) - 1;
        total += y;
        means += mu;
    }
    *theta = surplus > 0 ? means / surplus : NAN;
    return total > 0 ? excess : 0;
}

static bool negbin_fit(struct negbin *nb, const struct glm_fit *poisson)
{
    struct glm_rows *r = &nb->rows;
    double theta = nb->theta > THETA_LEAST && nb->theta < THETA_MOST ? nb->theta : 1;

    levels_count(nb);
    nb->theta = theta;
    if (newton_together(nb) && nb->theta > THETA_LEAST && nb->theta < THETA_MOST)
        return true;
    for (size_t j = 0; j < r->p; j++)
        r->beta[j] = poisson->beta[r->column[j]];
    glm_rows_means(r);
    nb->theta = theta;
    return newton_profile(nb);
}

static void negbin_report(struct negbin *nb, const struct glm_data *d, struct glm_fit *f,
                          double *mu)
{
    expected_information(nb);
    glm_rows_report(&nb->rows, d, f, mu);
    f->loglik = glm_rows_saturated(&nb->rows) + log_ratio(nb, f);
    f->theta = nb->theta;
}

/* The Poisson fit in the place of the one that is not there. */
static void poisson_report(const struct glm_data *d, const struct glm_fit *poisson,
                           enum glm_state state, struct glm_fit *f, double *mu)
{
    *f = *poisson;
    f->state = state;
    for (size_t i = 0; mu && i < d->n; i++) {
        double eta = d->offset[i];
        for (size_t j = 0; j < d->p; j++)
            eta += poisson->beta[j] * d->x[j * d->n + i];
        mu[i] = exp(eta);
    }
}

bool glm_negbin(const struct glm_data *d, const struct glm_fit *poisson, struct glm_fit *f,
                double *mu)
{
    struct negbin *nb = calloc(1, sizeof *nb);

    if (!nb || !glm_rows_init(&nb->rows, d, poisson->beta)) {
        free(nb);
        return false;
    }
    enum glm_state state = GLM_BOUNDARY;
    if (excess_of(&nb->rows, &nb->theta) > 0) {
        state = negbin_fit(nb, poisson) ? GLM_OK : GLM_FAILED;
        negbin_report(nb, d, f, mu);
    }
    if (state != GLM_OK || !isfinite(f->loglik))
        poisson_report(d, poisson, state == GLM_OK ? GLM_FAILED : state, f, mu);
    glm_rows_free(&nb->rows);
    free(nb);
    return true;
}
