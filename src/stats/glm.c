/* glm.c: Poisson regression by Newton's method; see glm.h. */
#include "stats/glm.h"

#include <math.h>
#include <string.h>

#include "stats/glm_rows.h"

/* What the likelihood has won by a share t of the step; weight has the means before it. */
static double poisson_won(const struct glm_rows *r, double t)
{
    double sum = 0;

    for (size_t i = 0; i < r->n; i++)
        sum += t * r->y[i] * r->change[i] - (r->mu[i] - r->weight[i]);
    return sum;
}

/* Newton's step, halved until it wins something. Where it moves no log mean by more than 1 it
 * surely does: so with any convex function with |f'''| <= |f''|, as this one is, and the NB2's for
 * a given theta (Bach 2010, Electronic Journal of Statistics 4:384). */
static void poisson_move(struct glm_rows *r, double gain)
{
    double t = 1, most = glm_rows_change(r);

    glm_rows_move(r, t);
    while (most * t > 1 && !(poisson_won(r, t) >= 1e-4 * t * gain)) {
        t /= 2;
        glm_rows_move(r, -t);
    }
}

static void poisson_newton(struct glm_rows *r)
{
    for (int i = 0; i < 200; i++) {
        double gain = 0;
        for (size_t k = 0; k < r->n; k++) {
            r->weight[k] = r->mu[k];
            r->residual[k] = r->y[k] - r->mu[k];
        }
        glm_rows_equations(r);
        glm_rows_solve(r, r->score, r->step);
        for (size_t j = 0; j < r->p; j++)
            gain += r->score[j] * r->step[j];
        if (!(gain > GLM_CONVERGED))
            return;
        poisson_move(r, gain);
    }
}

static double poisson_pearson(const struct glm_rows *r)
{
    double sum = 0;

    for (size_t i = 0; i < r->n; i++)
        sum += (r->y[i] - r->mu[i]) * ((r->y[i] - r->mu[i]) / r->mu[i]);
    return sum;
}

static double poisson_deviance(const struct glm_rows *r)
{
    double sum = 0;

    for (size_t i = 0; i < r->n; i++) {
        double y = r->y[i];
        sum += r->mu[i] - y + (y > 0 ? y * glm_rows_log_ratio(r, i) : 0);
    }
    return 2 * sum;
}

static bool poisson_fit(struct glm_rows *r, const struct glm_data *d, const double *start)
{
    if (!glm_rows_init(r, d, start))
        return false;
    poisson_newton(r);
    glm_rows_finish(r);
    return true;
}

bool glm_poisson(const struct glm_data *d, const double *start, struct glm_fit *f, double *mu)
{
    struct glm_rows r;

    if (!poisson_fit(&r, d, start))
        return false;
    memcpy(r.weight, r.mu, r.n * sizeof *r.mu);
    glm_rows_report(&r, d, f, mu);
    f->pearson = poisson_pearson(&r);
    f->deviance = poisson_deviance(&r);
    f->loglik = glm_rows_saturated(&r) - f->deviance / 2;
    glm_rows_free(&r);
    return true;
}

double glm_poisson_dispersion(const struct glm_data *d)
{
    struct glm_rows r;
    size_t rank = d->p;

    if (!poisson_fit(&r, d, NULL))
        return NAN;
    for (size_t j = 0; j < d->p; j++)
        rank -= r.dropped[j];
    double dispersion = d->n > rank ? poisson_pearson(&r) / (double)(d->n - rank) : NAN;
    glm_rows_free(&r);
    return dispersion;
}
