/* glm_rows.c: see glm_rows.h. */
#include "stats/glm_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Two values at a time, which every 64-bit machine has; sums run in four such, in the same order
 * everywhere. */
typedef double two __attribute__((vector_size(16), may_alias));
enum { TWO = 2, ROWS = 4, VECTORS = 8 };

static const double NO_WEIGHT = -700;      /* log mean of a row made up */
static const double COLLINEAR = 1e-10;     /* of a column's sum of squares, left unexplained */
static const double NO_INFORMATION = 1e-8; /* of what y + 0.1 as weights would give */
static const double NO_PART = 1e-6;        /* of a direction's size: a column that is not in it */

static two at(const double *a, size_t i)
{
    return *(const two *)(a + i);
}

static double dot(const double *a, const double *b, size_t n)
{
    two even = {0}, odd = {0};

    for (size_t i = 0; i < n; i += ROWS) {
        even += at(a, i) * at(b, i);
        odd += at(a, i + TWO) * at(b, i + TWO);
    }
    even += odd;
    return even[0] + even[1];
}

/* a'b and a'c, each as dot has it. */
static void dot_pair(const double *a, const double *b, const double *c, size_t n, double *out)
{
    two even_b = {0}, odd_b = {0}, even_c = {0}, odd_c = {0};

    for (size_t i = 0; i < n; i += ROWS) {
        two even = at(a, i), odd = at(a, i + TWO);
        even_b += even * at(b, i);
        odd_b += odd * at(b, i + TWO);
        even_c += even * at(c, i);
        odd_c += odd * at(c, i + TWO);
    }
    even_b += odd_b;
    even_c += odd_c;
    out[0] = even_b[0] + even_b[1];
    out[1] = even_c[0] + even_c[1];
}

static void multiply(const double *a, const double *b, double *out, size_t n)
{
    for (size_t i = 0; i < n; i += TWO)
        *(two *)(out + i) = at(a, i) * at(b, i);
}

static void add_scaled(double *sum, double scale, const double *x, size_t n)
{
    for (size_t i = 0; i < n; i += TWO)
        *(two *)(sum + i) += scale * at(x, i);
}

static double *column_of(const struct glm_rows *r, size_t j)
{
    return r->x + j * r->n;
}

/* X'v for the first p columns. */
static void project(const struct glm_rows *r, size_t p, const double *v, double *out)
{
    size_t j = 0;

    for (; j + 1 < p; j += 2)
        dot_pair(v, column_of(r, j), column_of(r, j + 1), r->n, out + j);
    if (j < p)
        out[j] = dot(v, column_of(r, j), r->n);
}

static void information(struct glm_rows *r)
{
    for (size_t j = 0; j < r->p; j++) {
        multiply(r->weight, column_of(r, j), r->scratch, r->n);
        project(r, j + 1, r->scratch, r->h + j * GLM_COLUMNS_MAX);
    }
}

void glm_rows_project(const struct glm_rows *r, const double *v, double *out)
{
    project(r, r->p, v, out);
}

/* Row j of the factor from the rows before it; the pivot before its root is taken. */
static double factor_row(struct glm_rows *r, size_t j)
{
    double *row = r->l + j * GLM_COLUMNS_MAX, pivot = r->h[j * GLM_COLUMNS_MAX + j];

    for (size_t k = 0; k < j; k++) {
        const double *other = r->l + k * GLM_COLUMNS_MAX;
        double sum = r->h[j * GLM_COLUMNS_MAX + k];
        for (size_t i = 0; i < k; i++)
            sum -= row[i] * other[i];
        row[k] = sum * other[k]; /* the diagonal is kept inverted */
        pivot -= row[k] * row[k];
    }
    row[j] = pivot > 0 ? 1 / sqrt(pivot) : 0;
    return pivot;
}

void glm_rows_solve(const struct glm_rows *r, const double *b, double *a)
{
    for (size_t j = 0; j < r->p; j++) {
        double sum = b[j];
        for (size_t k = 0; k < j; k++)
            sum -= r->l[j * GLM_COLUMNS_MAX + k] * a[k];
        a[j] = sum * r->l[j * GLM_COLUMNS_MAX + j];
    }
    for (size_t j = r->p; j-- > 0;) {
        double sum = a[j];
        for (size_t k = j + 1; k < r->p; k++)
            sum -= r->l[k * GLM_COLUMNS_MAX + j] * a[k];
        a[j] = sum * r->l[j * GLM_COLUMNS_MAX + j];
    }
}

/* Takes column j out; what is kept per column moves up. */
static void column_remove(struct glm_rows *r, size_t j)
{
    size_t behind = r->p - j - 1;

    memmove(column_of(r, j), column_of(r, j + 1), behind * r->n * sizeof *r->x);
    memmove(r->column + j, r->column + j + 1, behind * sizeof *r->column);
    memmove(r->beta + j, r->beta + j + 1, behind * sizeof *r->beta);
    memmove(r->spread + j, r->spread + j + 1, behind * sizeof *r->spread);
    memmove(r->size + j, r->size + j + 1, behind * sizeof *r->size);
    r->p--;
}

/* The direction that has no information: column j less its fit by those before. Whatever takes
 * part in it runs off with it. */
static void direction_mark(struct glm_rows *r, size_t j)
{
    double part[GLM_COLUMNS_MAX];

    r->running_off[r->column[j]] = true;
    for (size_t k = j; k-- > 0;) {
        double sum = r->l[j * GLM_COLUMNS_MAX + k];
        for (size_t i = k + 1; i < j; i++)
            sum -= r->l[i * GLM_COLUMNS_MAX + k] * part[i];
        part[k] = sum * r->l[k * GLM_COLUMNS_MAX + k];
        if (fabs(part[k]) * r->size[k] > NO_PART * r->size[j])
            r->running_off[r->column[k]] = true;
    }
}

static void column_freeze(struct glm_rows *r, size_t j)
{
    direction_mark(r, j);
    r->frozen_beta[r->column[j]] = r->beta[j];
    add_scaled(r->offset, r->beta[j], column_of(r, j), r->n);
    column_remove(r, j);
}

/* The factor; the first column without information, or p. */
static size_t factorize(struct glm_rows *r)
{
    for (size_t j = 0; j < r->p; j++) {
        double pivot = factor_row(r, j);
        if (!(pivot > NO_INFORMATION * r->spread[j] &&
              pivot > COLLINEAR * r->h[j * GLM_COLUMNS_MAX + j]))
            return j;
    }
    return r->p;
}

void glm_rows_equations(struct glm_rows *r)
{
    information(r);
    for (size_t j = factorize(r); j < r->p; j = factorize(r)) {
        column_freeze(r, j);
        information(r);
    }
    glm_rows_project(r, r->residual, r->score);
}

void glm_rows_means(struct glm_rows *r)
{
    memcpy(r->eta, r->offset, r->n * sizeof *r->eta);
    for (size_t j = 0; j < r->p; j++)
        add_scaled(r->eta, r->beta[j], column_of(r, j), r->n);
    for (size_t i = 0; i < r->n; i++)
        r->mu[i] = exp(r->eta[i]);
}

double glm_rows_change(struct glm_rows *r)
{
    double most = 0;

    memset(r->change, 0, r->n * sizeof *r->change);
    for (size_t j = 0; j < r->p; j++)
        add_scaled(r->change, r->step[j], column_of(r, j), r->n);
    for (size_t i = 0; i < r->n; i++)
        most = fabs(r->change[i]) > most ? fabs(r->change[i]) : most;
    return most;
}

void glm_rows_move(struct glm_rows *r, double t)
{
    for (size_t j = 0; j < r->p; j++)
        r->beta[j] += t * r->step[j];
    add_scaled(r->eta, t, r->change, r->n);
    for (size_t i = 0; i < r->n; i++)
        r->mu[i] = exp(r->eta[i]);
}

void glm_rows_finish(struct glm_rows *r)
{
    glm_rows_change(r);
    for (size_t i = 0; i < r->n; i++) {
        double change = r->change[i];
        r->eta[i] += change;
        r->mu[i] += r->mu[i] * change * (1 + change / 2);
    }
    for (size_t j = 0; j < r->p; j++)
        r->beta[j] += r->step[j];
}

static bool rows_allocate(struct glm_rows *r, const struct glm_data *d)
{
    memset(r, 0, sizeof *r);
    r->n = (d->n + ROWS - 1) / ROWS * ROWS;
    r->p = d->p;
    r->y = aligned_alloc(sizeof(two), (VECTORS + d->p) * (r->n + ROWS) * sizeof *r->y);
    if (!r->y)
        return false;
    double **vector[VECTORS] = {&r->y,      &r->offset,   &r->eta,    &r->mu,
                                &r->weight, &r->residual, &r->change, &r->scratch};
    for (size_t k = 1; k < VECTORS; k++)
        *vector[k] = r->y + k * r->n;
    r->x = r->y + VECTORS * r->n;
    return true;
}

static void row_vector_copy(const struct glm_rows *r, double *to, const double *from, size_t n,
                            double rest)
{
    memcpy(to, from, n * sizeof *to);
    for (size_t i = n; i < r->n; i++)
        to[i] = rest;
}

static void rows_copy(struct glm_rows *r, const struct glm_data *d)
{
    row_vector_copy(r, r->y, d->y, d->n, 0);
    row_vector_copy(r, r->offset, d->offset, d->n, NO_WEIGHT);
    for (size_t j = 0; j < d->p; j++) {
        r->column[j] = j;
        row_vector_copy(r, column_of(r, j), d->x + j * d->n, d->n, 0);
    }
}

/* Drops what those before explain, by the information of the weights y + 0.1. */
static void drop_collinear(struct glm_rows *r)
{
    for (size_t i = 0; i < r->n; i++)
        r->weight[i] = r->y[i] + 0.1;
    information(r);
    for (size_t j = 0; j < r->p; j++) {
        double own = r->h[j * GLM_COLUMNS_MAX + j], pivot = factor_row(r, j);
        r->spread[j] = pivot;
        r->size[j] = sqrt(own);
        if (pivot > COLLINEAR * own)
            continue;
        r->dropped[r->column[j]] = true;
        column_remove(r, j--);
        information(r);
    }
}

/* One step of least squares from means of y + 0.1, as R's glm starts. Where that runs away, which
 * only an odd design does, all coefficients are 0. */
static void start_guess(struct glm_rows *r, size_t real)
{
    double most = 0;

    for (size_t i = 0; i < r->n; i++) {
        double w = r->weight[i];
        r->residual[i] = w * (log(w) - r->offset[i]) - 0.1;
        if (i >= real)
            r->residual[i] = 0;
    }
    glm_rows_project(r, r->residual, r->score);
    glm_rows_solve(r, r->score, r->beta);
    glm_rows_means(r);
    for (size_t i = 0; i < r->n; i++)
        most = fmax(most, r->mu[i] / r->weight[i]);
    if (most < 1e6)
        return;
    memset(r->beta, 0, sizeof r->beta);
    glm_rows_means(r);
}

bool glm_rows_init(struct glm_rows *r, const struct glm_data *d, const double *start)
{
    if (!rows_allocate(r, d))
        return false;
    rows_copy(r, d);
    drop_collinear(r);
    if (start) {
        for (size_t j = 0; j < r->p; j++)
            r->beta[j] = start[r->column[j]];
        glm_rows_means(r);
    } else {
        start_guess(r, d->n);
    }
    return true;
}

void glm_rows_free(struct glm_rows *r)
{
    free(r->y);
    memset(r, 0, sizeof *r);
}

static void covariance_report(const struct glm_rows *r, size_t p, struct glm_fit *f)
{
    for (size_t j = 0; j < r->p; j++) {
        double unit[GLM_COLUMNS_MAX] = {0};
        unit[j] = 1;
        glm_rows_solve(r, unit, unit);
        for (size_t k = 0; k < r->p; k++)
            f->covariance[r->column[j] * p + r->column[k]] = unit[k];
        f->se[r->column[j]] = sqrt(unit[j]);
    }
}

void glm_rows_report(struct glm_rows *r, const struct glm_data *d, struct glm_fit *f, double *mu)
{
    memset(f, 0, sizeof *f);
    f->state = GLM_OK;
    f->theta = INFINITY;
    glm_rows_equations(r);
    memcpy(f->beta, r->frozen_beta, sizeof f->beta);
    memcpy(f->dropped, r->dropped, sizeof f->dropped);
    covariance_report(r, d->p, f);
    for (size_t j = 0; j < r->p; j++)
        f->beta[r->column[j]] = r->beta[j];
    for (size_t j = 0; j < d->p; j++) {
        f->rank += !r->dropped[j];
        if (r->running_off[j]) {
            f->state = GLM_SEPARATED;
            f->se[j] = NAN;
        }
    }
    if (mu)
        memcpy(mu, r->mu, d->n * sizeof *mu);
}
