/* stats/glm_rows.h: inside glm*.c: the rows of one regression at work, and its normal equations.
 *
 * The columns that take part are copied together, rows made up to a multiple of four by rows that
 * weigh nothing (y = 0, mean 1e-304), so that every loop runs over whole vectors. A column leaves
 * in two ways: dropped at the start, because those before it explain it, or frozen on the way,
 * because the data set it no finite value: it then stays in the offset with the value it has
 * reached.
 */
#ifndef KEOGIAM_STATS_GLM_ROWS_H
#define KEOGIAM_STATS_GLM_ROWS_H

#include "stats/glm.h"

/* Newton ends before a step that promises to win less than half of this in log likelihood: it
 * moves no estimate by more than 3e-6 standard errors, and what it leaves is the square of that. */
#define GLM_CONVERGED 1e-11

enum { GLM_SQUARE = GLM_COLUMNS_MAX * GLM_COLUMNS_MAX };

struct glm_rows {
    size_t n;                            /* rows, those made up included */
    size_t p;                            /* columns at work */
    size_t column[GLM_COLUMNS_MAX];      /* which of the caller's each is */
    double beta[GLM_COLUMNS_MAX];        /* of the columns at work */
    double spread[GLM_COLUMNS_MAX];      /* sum of squares, weights y + 0.1, that the columns before
                                          * leave unexplained */
    double size[GLM_COLUMNS_MAX];        /* root of the whole of it */
    double frozen_beta[GLM_COLUMNS_MAX]; /* by the caller's numbers; 0 if not frozen */
    bool dropped[GLM_COLUMNS_MAX];       /* by the caller's numbers, as the next */
    bool running_off[GLM_COLUMNS_MAX];   /* part of a direction without a finite maximum */
    double *x, *y, *offset, *eta, *mu;   /* x column by column; the others n */
    double *weight, *residual, *change, *scratch; /* n each, for whoever fits */
    double h[GLM_SQUARE], l[GLM_SQUARE]; /* X'WX and its Cholesky factor, lower triangles */
    double score[GLM_COLUMNS_MAX];       /* X' residual */
    double step[GLM_COLUMNS_MAX];
};

/* Copies, drops what is collinear and sets beta to the weighted least squares fit of
 * log(y + 0.1), or to `start`. False without memory (nothing to free then). */
bool glm_rows_init(struct glm_rows *r, const struct glm_data *d, const double *start);
void glm_rows_free(struct glm_rows *r);

/* eta and mu of beta. */
void glm_rows_means(struct glm_rows *r);

/* h of `weight` and its factor, and the score of `residual`. Columns that have run off are frozen
 * first. */
void glm_rows_equations(struct glm_rows *r);

/* Solves h a = b by the factor; a may be b. */
void glm_rows_solve(const struct glm_rows *r, const double *b, double *a);

/* X'v for n values v. */
void glm_rows_project(const struct glm_rows *r, const double *v, double *out);

/* X step into change; the largest of its sizes. */
double glm_rows_change(struct glm_rows *r);

/* beta, eta and mu go on by t of the step, whose change is known. */
void glm_rows_move(struct glm_rows *r, double t);

/* The last step of a fit, too small for exp to matter: beta, eta, and mu to second order. */
void glm_rows_finish(struct glm_rows *r);

/* Coefficients, standard errors and covariance (the inverse of the h of `weight`) in the caller's
 * numbers, the state, and the means into `mu` if that is not NULL. */
void glm_rows_report(struct glm_rows *r, const struct glm_data *d, struct glm_fit *f, double *mu);

/* log(y / mu) of row i with y > 0, however small the mean. */
double glm_rows_log_ratio(const struct glm_rows *r, size_t i);

/* log Gamma(z) - z log z + z, z > 0, to 1e-15 absolute. */
double glm_gamma_rest(double z);

/* sum of log P(y | Poisson, mean y): what no model can exceed. */
double glm_rows_saturated(const struct glm_rows *r);

#endif
