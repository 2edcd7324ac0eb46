/* stats/glm.h: log-linear regression of counts: Poisson, and negative binomial (NB2) with theta.
 *
 * Receives: n >= 1 counts y, whole numbers >= 0, a design of p columns, an offset (log exposure) a
 *   count; all finite. Rows that are not known are not among them.
 * Hands on: coefficients on the log scale with standard errors from the expected information (theta
 *   held fixed, as R's summary.negbin), log-likelihood with all constants, deviance, Pearson.
 * Model: y ~ Poisson(mu) or NB2 with variance mu + mu^2/theta; log mu = offset + x'beta.
 * Dropped: a column that is a combination of those before it (under 1e-10 of its sum of squares
 *   left): coefficient 0, dropped = true.
 * Separated: data that have no finite maximum (a group of zeros that columns set apart) end in
 *   GLM_SEPARATED. The means and the likelihood are those of the limit, to 1e-8; every coefficient
 *   that takes part in the direction that runs off has se = NAN and is not an estimate, the others
 *   are what they would be without those rows.
 * Method: Newton with observed information until a step promises less than 1e-11 in log
 *   likelihood, then that step. NB: beta and log theta together; where that is not concave or the
 *   promise does not fall, the root of theta's profile score inside a bracket.
 * Source: McCullagh & Nelder (1989); NB2: Lawless (1987), Canadian Journal of Statistics 15:209.
 * Missing: NAN only in se. Nothing is infinite but theta; Pearson may be, where a mean underflows.
 * Cost: 188 rows, 6 columns: Poisson 13 us, NB 21 us on top; tens of times that in odd data.
 * Checked: tests/test_stats_glm.c, tests/test_stats_trend.c.
 * Pure, reentrant; takes memory for n rows only. Sums run in one order on every machine; exp and
 *   log are the C library's.
 */
#ifndef KEOGIAM_STATS_GLM_H
#define KEOGIAM_STATS_GLM_H

#include <stdbool.h>
#include <stddef.h>

#define GLM_COLUMNS_MAX 16

struct glm_data {
    const double *y;
    const double *x;      /* column by column: x[j * n + i] */
    const double *offset; /* log exposure */
    size_t n, p;          /* p <= GLM_COLUMNS_MAX */
};

enum glm_state {
    GLM_OK,
    GLM_SEPARATED, /* some coefficient runs off to infinity: its se is NAN */
    GLM_BOUNDARY,  /* NB only: sum (y - mu)^2 - y <= 0 at the Poisson fit, which is given: theta
                    * infinite is the maximum */
    GLM_FAILED     /* NB only: no maximum with theta in 1e-10 ... 1e7; the Poisson fit is given */
};

struct glm_fit {
    enum glm_state state;
    double beta[GLM_COLUMNS_MAX], se[GLM_COLUMNS_MAX];
    double covariance[GLM_COLUMNS_MAX * GLM_COLUMNS_MAX]; /* p by p, row by row; 0 if dropped */
    bool dropped[GLM_COLUMNS_MAX];
    size_t rank;     /* columns that are not dropped */
    double theta;    /* INFINITY for Poisson and at the boundary */
    double loglik;   /* with all constants */
    double deviance; /* Poisson deviance of a Poisson fit, NB deviance of an NB fit */
    double pearson;  /* sum (y - mu)^2 / V(mu), V of the fitted family */
};

/* Maximum likelihood. mu: NULL or n fitted means. start: NULL or p coefficients to start from.
 * Fails: false when memory is lacking; nothing is filled then.
 * Checked: R glm(family = poisson()), 1e-9. */
bool glm_poisson(const struct glm_data *d, const double *start, struct glm_fit *f, double *mu);

/* Only Pearson/(n - rank) of that fit. Missing (NAN) without degrees of freedom or memory.
 * Cost: two thirds of glm_poisson. */
double glm_poisson_dispersion(const struct glm_data *d);

/* Maximum likelihood over beta and theta, from the Poisson fit of the same data. mu, fails: as
 * glm_poisson.
 * Checked: R MASS::glm.nb refined to full precision, 1e-6 (agrees to 1e-8). */
bool glm_negbin(const struct glm_data *d, const struct glm_fit *poisson, struct glm_fit *f,
                double *mu);

#endif
