/* shrink.c: see shrink.h for the model. */
#include "stats/shrink.h"

#include <gsl/gsl_sf_psi.h>
#include <math.h>
#include <stdbool.h>

#include "stats/tails.h"

/* Polygamma of order 0 or 1 at x + 1/2. */
static double polygamma_half(int order, int64_t x)
{
    gsl_sf_result r;
    return gsl_sf_psi_n_e(order, (double)x + 0.5, &r) == 0 ? r.val : NAN;
}

static bool is_usable(const struct shrink_counts *c)
{
    return c->x0 >= 0 && c->x1 >= 0 && c->e0 > 0 && c->e1 > 0 && isfinite(c->e0) && isfinite(c->e1);
}

static void log_ratio_of(const struct shrink_counts *c, double *y, double *v)
{
    *y = NAN;
    *v = NAN;
    if (!is_usable(c))
        return;
    *y = polygamma_half(0, c->x1) - polygamma_half(0, c->x0) - (log(c->e1) - log(c->e0));
    *v = polygamma_half(1, c->x1) + polygamma_half(1, c->x0);
}

static bool takes_part(const struct shrink_row *r)
{
    return isfinite(r->log_ratio);
}

/* The weighted mean of y with weights 1/(v + tau2), and the sum of the weights. */
static double mean_at(const struct shrink_row *row, size_t n, double tau2, double *weights)
{
    double sum = 0, weighted = 0;

    for (size_t i = 0; i < n; i++) {
        if (!takes_part(&row[i]))
            continue;
        double w = (double)row[i].multiplicity / (row[i].log_ratio_var + tau2);
        sum += w;
        weighted += w * row[i].log_ratio;
    }
    *weights = sum;
    return weighted / sum;
}

/* Twice the derivative of the restricted log likelihood:
 * sum w^2 (y - mu)^2 - sum w + sum w^2 / sum w. */
static double score_at(const struct shrink_row *row, size_t n, double tau2)
{
    double weights, squares = 0, spread = 0;
    double mu = mean_at(row, n, tau2, &weights);

    for (size_t i = 0; i < n; i++) {
        if (!takes_part(&row[i]))
            continue;
        double w = 1 / (row[i].log_ratio_var + tau2), d = row[i].log_ratio - mu;
        double w2 = (double)row[i].multiplicity * w * w;
        squares += w2;
        spread += w2 * d * d;
    }
    return spread - weights + squares / weights;
}

/* Twice the restricted log likelihood, less its constant. */
static double likelihood_at(const struct shrink_row *row, size_t n, double tau2)
{
    double weights, sum = 0;
    double mu = mean_at(row, n, tau2, &weights);

    for (size_t i = 0; i < n; i++) {
        if (!takes_part(&row[i]))
            continue;
        double var = row[i].log_ratio_var + tau2, d = row[i].log_ratio - mu;
        sum += (double)row[i].multiplicity * (log(var) + d * d / var);
    }
    return -sum - log(weights);
}

/* Regula falsi (Illinois) in [lo, hi], score(lo) >= 0 > score(hi). */
static double score_root(const struct shrink_row *row, size_t n, double lo, double hi)
{
    double at_lo = score_at(row, n, lo), at_hi = score_at(row, n, hi), last = 0;

    for (int i = 0; i < 100 && at_lo > 0 && hi - lo > 1e-13 * hi; i++) {
        double middle = lo + (hi - lo) * at_lo / (at_lo - at_hi);
        double score = score_at(row, n, middle);
        if (score >= 0) {
            lo = middle;
            at_lo = score;
            at_hi = last > 0 ? at_hi / 2 : at_hi;
        } else {
            hi = middle;
            at_hi = score;
            at_lo = last < 0 ? at_lo / 2 : at_lo;
        }
        if (score == 0)
            break;
        last = score;
    }
    return lo;
}

/* The range to search tau2 in: surely above any root, and what is as good as 0. */
static void tau2_range(const struct shrink_row *row, size_t n, double *least, double *most)
{
    double weights, mu = mean_at(row, n, 0, &weights);
    double least_var = INFINITY, most_var = 0;

    for (size_t i = 0; i < n; i++) {
        if (!takes_part(&row[i]))
            continue;
        double d = row[i].log_ratio - mu;
        least_var = fmin(least_var, row[i].log_ratio_var);
        most_var = fmax(most_var, row[i].log_ratio_var + d * d);
    }
    *least = 1e-6 * least_var;
    *most = most_var;
    while (score_at(row, n, *most) >= 0)
        *most *= 4;
}

static double tau2_reml(const struct shrink_row *row, size_t n)
{
    double least, hi;

    tau2_range(row, n, &least, &hi);
    double lo = hi / 4;
    while (lo > least && score_at(row, n, lo) < 0) {
        hi = lo;
        lo /= 4;
    }
    if (lo <= least)
        return 0;
    double root = score_root(row, n, lo, hi);
    return likelihood_at(row, n, root) >= likelihood_at(row, n, 0) ? root : 0;
}

static void row_shrink(struct shrink_row *r, const struct shrink_fit *fit)
{
    double keep = fit->tau2 / (fit->tau2 + r->log_ratio_var);
    double theta = fit->centre + keep * (r->log_ratio - fit->centre);
    double var = keep * r->log_ratio_var + (1 - keep) * (1 - keep) * fit->centre_var;
    double half = TAILS_NORMAL_975 * sqrt(var);

    r->reduction_eb = -100 * expm1(theta);
    r->eb_low = -100 * expm1(theta + half);
    r->eb_high = -100 * expm1(theta - half);
}

struct shrink_fit shrink_rows(struct shrink_row *row, size_t n, struct shrink_counts total)
{
    struct shrink_fit fit = {0, NAN, NAN, NAN};

    log_ratio_of(&total, &fit.centre, &fit.centre_var);
    for (size_t i = 0; i < n; i++) {
        row[i].reduction_eb = row[i].eb_low = row[i].eb_high = NAN;
        row[i].log_ratio = row[i].log_ratio_var = NAN;
        if (row[i].multiplicity < 1)
            continue;
        log_ratio_of(&row[i].counts, &row[i].log_ratio, &row[i].log_ratio_var);
        if (takes_part(&row[i]))
            fit.rows += row[i].multiplicity;
    }
    if (fit.rows < 2 || !isfinite(fit.centre))
        return fit;
    fit.tau2 = tau2_reml(row, n);
    for (size_t i = 0; i < n; i++)
        if (takes_part(&row[i]))
            row_shrink(&row[i], &fit);
    return fit;
}
