/* joinpoint_bound.c: from below, the deviance of every set of places; see joinpoint_search.h. */
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/joinpoint_search.h"

static const double MEAN_LEAST = 1e-7; /* of the largest: any means do, these keep X'WX regular */
static const double ROUNDING = 1e-12;  /* of the sums that a bound is made of */

/* A vector is "freed" of the base: less its least squares fit by the base columns, weights mu. */
struct joinpoint_bounds {
    const struct joinpoint_model *model;
    size_t n, base, places;
    const double *column[GLM_COLUMNS_MAX];            /* base columns that are not left out */
    double factor[GLM_COLUMNS_MAX * GLM_COLUMNS_MAX]; /* of X'WX of them, Cholesky */
    bool regular;                                     /* X'WX has a factor */
    double *hinge, *freed;                            /* [places][n] */
    double *mu, *r, *z, *working; /* [n]; working: zeta + r, z: the same freed */
    double *rh, *zh, *hh;         /* [places] sums of mu r freed, mu z freed, mu freed^2 */
    double deviance, rz, zz;      /* at mu; sums of mu r z, mu z^2 */
};

static void bounds_place(struct joinpoint_bounds *b, const bool *dropped, double *room)
{
    double **row_vector[] = {&b->mu, &b->r, &b->z, &b->working};
    double **place_vector[] = {&b->rh, &b->zh, &b->hh};

    for (size_t j = 0; j < b->model->base; j++)
        if (!dropped[j])
            b->column[b->base++] = b->model->x + j * b->n;
    b->hinge = room;
    b->freed = room += b->places * b->n;
    room += b->places * b->n;
    for (size_t k = 0; k < sizeof row_vector / sizeof *row_vector; k++, room += b->n)
        *row_vector[k] = room;
    for (size_t k = 0; k < sizeof place_vector / sizeof *place_vector; k++, room += b->places)
        *place_vector[k] = room;
}

struct joinpoint_bounds *joinpoint_bounds_new(const struct joinpoint_model *m, const bool *dropped,
                                              const size_t *at, size_t n)
{
    struct joinpoint_bounds *b = calloc(1, sizeof *b);
    double *room = calloc((2 * n + 4) * m->n + 3 * n, sizeof *room);

    if (!b || !room) {
        free(b);
        free(room);
        return NULL;
    }
    b->model = m;
    b->n = m->n;
    b->places = n;
    bounds_place(b, dropped, room);
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < b->n; i++)
            b->hinge[k * b->n + i] = joinpoint_hinge(m->series, m->step[i], at[k]);
    return b;
}

void joinpoint_bounds_delete(struct joinpoint_bounds *b)
{
    if (b)
        free(b->hinge);
    free(b);
}

/* Sum of mu u v. Four sums side by side, or each addition waits for the one before. */
static double inner(const struct joinpoint_bounds *b, const double *u, const double *v)
{
    double sum[4] = {0};
    const double *w = b->mu;
    size_t i = 0;

    for (; i + 4 <= b->n; i += 4) {
        sum[0] += w[i] * u[i] * v[i];
        sum[1] += w[i + 1] * u[i + 1] * v[i + 1];
        sum[2] += w[i + 2] * u[i + 2] * v[i + 2];
        sum[3] += w[i + 3] * u[i + 3] * v[i + 3];
    }
    for (; i < b->n; i++)
        sum[0] += w[i] * u[i] * v[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static void base_factorize(struct joinpoint_bounds *b)
{
    gsl_matrix_view square = gsl_matrix_view_array(b->factor, b->base, b->base);

    for (size_t j = 0; j < b->base; j++)
        for (size_t k = 0; k <= j; k++) {
            double v = inner(b, b->column[j], b->column[k]);
            gsl_matrix_set(&square.matrix, j, k, v);
            gsl_matrix_set(&square.matrix, k, j, v);
        }
    b->regular = gsl_linalg_cholesky_decomp1(&square.matrix) == GSL_SUCCESS;
}

static void base_free(struct joinpoint_bounds *b, const double *v, double *freed)
{
    double fit[GLM_COLUMNS_MAX];
    gsl_matrix_view factor = gsl_matrix_view_array(b->factor, b->base, b->base);
    gsl_vector_view x = gsl_vector_view_array(fit, b->base);

    for (size_t j = 0; j < b->base; j++)
        fit[j] = inner(b, b->column[j], v);
    gsl_linalg_cholesky_svx(&factor.matrix, &x.vector);
    memcpy(freed, v, b->n * sizeof *freed);
    for (size_t j = 0; j < b->base; j++)
        for (size_t i = 0; i < b->n; i++)
            freed[i] -= fit[j] * b->column[j][i];
}

/* zeta is taken less its part in the base, which cancels: the sums stay small. */
static void means_take(struct joinpoint_bounds *b, const struct joinpoint_fit *f)
{
    const struct joinpoint_model *m = b->model;
    const struct glm_data *d = &m->design.data;
    double least = 0;

    for (size_t i = 0; i < b->n; i++)
        least = fmax(least, MEAN_LEAST * f->mu[i]);
    b->deviance = 0;
    for (size_t i = 0; i < b->n; i++) {
        double y = d->y[i], mu = fmax(f->mu[i], least), zeta = log(mu) - d->offset[i];
        for (size_t j = 0; j < m->base; j++)
            zeta -= f->glm.beta[j] * m->x[j * b->n + i];
        b->mu[i] = mu;
        b->r[i] = (y - mu) / mu;
        b->working[i] = zeta + b->r[i];
        b->deviance += 2 * (mu - y + (y > 0 ? y * log(y / mu) : 0));
    }
}

void joinpoint_bounds_move(struct joinpoint_bounds *b, const struct joinpoint_fit *f)
{
    means_take(b, f);
    base_factorize(b);
    if (!b->regular)
        return;
    base_free(b, b->working, b->z);
    b->rz = inner(b, b->r, b->z);
    b->zz = inner(b, b->z, b->z);
    for (size_t k = 0; k < b->places; k++) {
        double *freed = b->freed + k * b->n;
        base_free(b, b->hinge + k * b->n, freed);
        b->rh[k] = inner(b, b->r, freed);
        b->zh[k] = inner(b, b->z, freed);
        b->hh[k] = inner(b, freed, freed);
    }
}

/* Sums of mu d^2, mu d^3, mu d^4, and the least d, of the step d = r - z + g1 h1 + g2 h2. */
struct step_sums {
    double d2, d3, d4, least;
};

static struct step_sums step_of(const struct joinpoint_bounds *b, size_t i, size_t j, double g1,
                                double g2)
{
    const double *h1 = b->freed + i * b->n, *h2 = b->freed + j * b->n;
    struct step_sums s = {0};

    for (size_t k = 0; k < b->n; k++) {
        double d = b->r[k] - b->z[k] + g1 * h1[k] + g2 * h2[k];
        double dd = d * d, weighted = b->mu[k] * dd;
        s.least = d < s.least ? d : s.least;
        s.d2 += weighted;
        s.d3 += weighted * d;
        s.d4 += weighted * dd;
    }
    return s;
}

/* Sum of mu e(d) from above. For -1 <= -low <= d, by the series of e at -low:
 * e(d) <= d^2/2 - d^3/6 + c d^4, c = 1/12 + low/20 + low^2/5, and e(d) <= h d^2/2,
 * h = 1 + low/3 + low^2/6 + low^3/10 + 2 low^4/5. */
static double entropy_above(const struct step_sums *s)
{
    double low = -s->least;
    double c = 1. / 12 + low * (1. / 20 + low / 5);
    double h = 1 + low * (1. / 3 + low * (1. / 6 + low * (1. / 10 + low * 2. / 5)));
    return fmin(s->d2 / 2 - s->d3 / 6 + c * s->d4, h * s->d2 / 2);
}

struct joinpoint_bound joinpoint_bound(const struct joinpoint_bounds *b, size_t i, size_t j)
{
    double g1 = b->zh[i] / b->hh[i], g2 = 0;

    if (!b->regular)
        return (struct joinpoint_bound){0, 0};
    if (j != i) {
        double cross = inner(b, b->freed + i * b->n, b->freed + j * b->n);
        double determinant = b->hh[i] * b->hh[j] - cross * cross;
        g1 = (b->hh[j] * b->zh[i] - cross * b->zh[j]) / determinant;
        g2 = (b->hh[i] * b->zh[j] - cross * b->zh[i]) / determinant;
    }
    struct step_sums s = step_of(b, i, j, g1, g2);
    /* r - d is orthogonal to the model, so sum mu (r - d) zeta = mu (r - d)^2 - mu (r - d) r. */
    double square = b->zz - b->zh[i] * g1 - b->zh[j] * g2;
    double along = b->rz - b->rh[i] * g1 - b->rh[j] * g2;
    double slack = ROUNDING * (b->deviance + b->zz + fabs(b->rz) + s.d2);
    double linear = b->deviance + 2 * (square - along);
    double least = s.least < -1 ? 0 : linear - 2 * entropy_above(&s) - slack;
    return (struct joinpoint_bound){least > 0 ? least : 0, fmax(linear - s.d2, 0)};
}
