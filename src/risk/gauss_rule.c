/* gauss_rule.c: see gauss_rule.h. */
#include "risk/gauss_rule.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Three-term recurrence of the monic orthogonal polynomials:
 * p_j+1(x) = (x - a_j) p_j(x) - b_j p_j-1(x); b_0 is the sum of the weights. */
struct recurrence {
    double a[GAUSS_RULE_MOST], b[GAUSS_RULE_MOST];
};

/* p and before: the values at the points of the polynomials of degree j and j - 1. */
static void polynomial_next(const double *point, size_t n, double a, double b, double *p,
                            double *before)
{
    for (size_t i = 0; i < n; i++) {
        double next = (point[i] - a) * p[i] - b * before[i];
        before[i] = p[i];
        p[i] = next;
    }
}

static void recurrence_find(struct recurrence *r, const double *point, const double *weight,
                            size_t n, size_t k, double *p, double *before)
{
    double last = 1;
    for (size_t i = 0; i < n; i++) {
        p[i] = 1;
        before[i] = 0;
    }
    for (size_t j = 0; j < k; j++) {
        double norm = 0, moment = 0;
        for (size_t i = 0; i < n; i++) {
            norm += weight[i] * p[i] * p[i];
            moment += weight[i] * p[i] * p[i] * point[i];
        }
        r->a[j] = moment / norm;
        r->b[j] = norm / last;
        last = norm;
        polynomial_next(point, n, r->a[j], j > 0 ? r->b[j] : 0, p, before);
    }
}

/* Points are the eigenvalues of the tridiagonal matrix of the recurrence, weights the squares of
 * the eigenvectors' first entries. */
static bool recurrence_solve(const struct recurrence *r, size_t k, double *point_out,
                             double *weight_out)
{
    double matrix[GAUSS_RULE_MOST * GAUSS_RULE_MOST] = {0};
    double vectors[GAUSS_RULE_MOST * GAUSS_RULE_MOST];
    gsl_matrix_view m = gsl_matrix_view_array(matrix, k, k);
    gsl_matrix_view v = gsl_matrix_view_array(vectors, k, k);
    gsl_vector_view values = gsl_vector_view_array(point_out, k);
    gsl_eigen_symmv_workspace *w = gsl_eigen_symmv_alloc(k);

    if (!w)
        return false;
    for (size_t j = 0; j < k; j++) {
        matrix[j * k + j] = r->a[j];
        if (j > 0)
            matrix[j * k + j - 1] = matrix[(j - 1) * k + j] = sqrt(r->b[j]);
    }
    gsl_eigen_symmv(&m.matrix, &values.vector, &v.matrix, w);
    gsl_eigen_symmv_free(w);
    for (size_t j = 0; j < k; j++)
        weight_out[j] = r->b[0] * vectors[j] * vectors[j];
    return true;
}

size_t gauss_rule(const double *point, const double *weight, size_t n, size_t k, double *point_out,
                  double *weight_out)
{
    struct recurrence r;

    if (k == 0 || k > GAUSS_RULE_MOST || n <= k) {
        memcpy(point_out, point, n * sizeof *point);
        memcpy(weight_out, weight, n * sizeof *weight);
        return n;
    }
    double *p = malloc(2 * n * sizeof *p);
    if (!p)
        return 0;
    recurrence_find(&r, point, weight, n, k, p, p + n);
    free(p);
    return recurrence_solve(&r, k, point_out, weight_out) ? k : 0;
}
