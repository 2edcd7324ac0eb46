/* predictive.c: see predictive.h for formulae and sources. */
#include "stats/predictive.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "stats/tails.h"

static const double POISSON_FROM = 1e9; /* a size above this times the mean (or 1) is Poisson */
static const double FAR = 9.0;          /* standard deviations beyond which nothing is summed */
static const double TERMS_MOST = 20000; /* more than these are not summed one by one */
static const double NARROW = 6;         /* but if a part has a standard deviation below this */
static const double SMOOTH_FROM = 3;    /* sizes: F of less is not smooth at 0 */
static const int64_t OUT_OF_REACH = INT64_C(1) << 60;

static int is_poisson(const struct predictive_part *q)
{
    return q->size >= POISSON_FROM * fmax(1, q->mean);
}

void predictive_add(struct predictive *p, double weight, double mean, double size)
{
    if (!(weight > 0) || p->parts >= PREDICTIVE_PARTS)
        return;
    p->part[p->parts++] = (struct predictive_part){
        .weight = weight, .mean = mean < 0 ? 0 : mean, .size = size > 0 ? size : 1e-9};
}

void predictive_add_moments(struct predictive *p, double weight, double mean, double variance)
{
    double excess = variance - mean;
    predictive_add(p, weight, mean, excess > 0 ? mean * mean / excess : INFINITY);
}

void predictive_normalise(struct predictive *p)
{
    double sum = 0;
    for (size_t i = 0; i < p->parts; i++)
        sum += p->part[i].weight;
    for (size_t i = 0; i < p->parts; i++)
        p->part[i].weight /= sum;
}

double predictive_mean(const struct predictive *p)
{
    double sum = p->parts > 0 ? 0 : NAN;
    for (size_t i = 0; i < p->parts; i++)
        sum += p->part[i].weight * p->part[i].mean;
    return sum;
}

static double part_variance(const struct predictive_part *q)
{
    return q->mean + q->mean * q->mean / q->size;
}

double predictive_variance(const struct predictive *p)
{
    double mean = predictive_mean(p), sum = 0;
    for (size_t i = 0; i < p->parts; i++) {
        const struct predictive_part *q = &p->part[i];
        sum += q->weight * (part_variance(q) + (q->mean - mean) * (q->mean - mean));
    }
    return p->parts > 0 ? sum : NAN;
}

/* P(X <= k) of a part whose size is raised by `more` at the same success probability; k may lie
 * between the counts. */
static double part_cdf(const struct predictive_part *q, double k, double more)
{
    if (k < 0)
        return 0;
    if (q->mean <= 0)
        return 1;
    if (is_poisson(q))
        return gsl_cdf_gamma_Q(q->mean, k + 1, 1);
    double sum = q->size + q->mean;
    return tails_beta_lower(q->size + more, k + 1, q->size / sum, q->mean / sum);
}

static double cdf_at(const struct predictive *p, double k)
{
    double sum = p->parts > 0 ? 0 : NAN;
    for (size_t i = 0; i < p->parts; i++)
        sum += p->part[i].weight * part_cdf(&p->part[i], k, 0);
    return sum > 1 ? 1 : sum;
}

double predictive_cdf(const struct predictive *p, int64_t k)
{
    return cdf_at(p, (double)k);
}

/* Counts with P(X <= low) < prob <= P(X <= high). */
struct bracket {
    int64_t low, high;
    double below, above; /* the probabilities there */
};

static struct bracket bracket_of(const struct predictive *p, double prob)
{
    double sd = sqrt(predictive_variance(p));
    int64_t step = (int64_t)(sd / 4) + 1;
    int64_t at = (int64_t)(predictive_mean(p) + (prob - 0.5) * 2.5 * sd); /* a first guess */
    struct bracket b = {at, at, predictive_cdf(p, at), predictive_cdf(p, at)};

    for (; b.below >= prob; step *= 2) {
        b.high = b.low;
        b.above = b.below;
        b.low -= step;
        b.below = predictive_cdf(p, b.low);
    }
    for (; b.above < prob && b.high < OUT_OF_REACH; step *= 2) {
        b.low = b.high;
        b.below = b.above;
        b.high += step;
        b.above = predictive_cdf(p, b.high);
    }
    return b;
}

int64_t predictive_quantile(const struct predictive *p, double prob)
{
    if (!(prob > 0 && prob < 1 && p->parts > 0))
        return -1;
    struct bracket b = bracket_of(p, prob);
    for (int turn = 0; b.high - b.low > 1; turn++) {
        double part = turn % 2 ? 0.5 : (prob - b.below) / (b.above - b.below);
        double width = (double)(b.high - b.low);
        int64_t at = b.low + (int64_t)fmin(fmax(1, part * width), width - 1);
        double there = predictive_cdf(p, at);
        if (there >= prob) {
            b.high = at;
            b.above = there;
        } else {
            b.low = at;
            b.below = there;
        }
    }
    return b.high;
}

/* E|X - y| = y (2 F(y) - 1) - m (2 F'(y - 1) - 1), F' of size + 1 (Poisson: F). */
static double part_distance(const struct predictive_part *q, double y)
{
    return y * (2 * part_cdf(q, y, 0) - 1) - q->mean * (2 * part_cdf(q, y - 1, 1) - 1);
}

struct reach {
    double from, to;
};

/* Where a part has any mass worth summing: the lower tail falls as a normal's at most, the upper
 * one as exp(-k/(1 + mean/size)). */
static struct reach part_reach(const struct predictive_part *q)
{
    double far = FAR * sqrt(part_variance(q));
    return (struct reach){fmax(0, floor(q->mean - far)),
                          ceil(q->mean + far + 25 * (1 + q->mean / q->size))};
}

/* A part on its walk over k: density times (a k + b)/(k + 1) is the density at k + 1. */
struct walker {
    double from, density, below, a, b;
};

static struct walker walker_at(const struct predictive_part *q, double from)
{
    struct walker w = {.from = from, .a = 0, .b = q->mean};
    double sum = q->size + q->mean;
    int64_t k = (int64_t)from;

    if (is_poisson(q)) {
        w.density = q->weight * tails_poisson_pmf(k, q->mean);
        return w;
    }
    w.a = q->mean / sum;
    w.b = q->size * w.a;
    w.density = q->weight * tails_nb_pmf(k, q->size, q->size / sum, w.a);
    return w;
}

/* Sum of F(1 - F) over k in the reach. */
static double spread_walked(const struct predictive *p, struct reach all)
{
    struct walker walker[PREDICTIVE_PARTS];
    double sum = 0;

    for (size_t i = 0; i < p->parts; i++)
        walker[i] = walker_at(&p->part[i], part_reach(&p->part[i]).from);
    for (double k = all.from; k <= all.to; k++) {
        double below = 0, next = 1 / (k + 1);
        for (size_t i = 0; i < p->parts; i++) {
            struct walker *w = &walker[i];
            if (k < w->from)
                continue;
            w->below += w->density;
            w->density *= (w->a * k + w->b) * next;
            below += w->below;
        }
        sum += below * (1 - below);
    }
    return sum;
}

/* The same as an integral over u in [0, 1], k = from + (to - from) u^power: a trapezoid whose steps
 * are nowhere wider than `step`. */
static double spread_stepped(const struct predictive *p, struct reach all, double step,
                             double power)
{
    double range = all.to - all.from, n = ceil(power * range / step), at = all.from;
    double below = cdf_at(p, at), sum = 0.5 * below * (1 - below); /* half of the first term */

    for (double i = 1; i < n; i++) {
        double u = i / n, slope = power * pow(u, power - 1);
        at = all.from + range * pow(u, power);
        below = cdf_at(p, at);
        sum += below * (1 - below) * slope * range / n;
    }
    return sum;
}

/* E|X - X'|/2 */
static double spread(const struct predictive *p)
{
    struct reach all = part_reach(&p->part[0]);
    double narrowest = INFINITY, power = 1;

    for (size_t i = 0; i < p->parts; i++) {
        struct reach r = part_reach(&p->part[i]);
        all.from = fmin(all.from, r.from);
        all.to = fmax(all.to, r.to);
        if (p->part[i].mean > 0)
            narrowest = fmin(narrowest, sqrt(part_variance(&p->part[i])));
        if (p->part[i].size < SMOOTH_FROM)
            power = 4;
    }
    if (all.to - all.from <= TERMS_MOST || narrowest < NARROW)
        return spread_walked(p, all);
    return spread_stepped(p, all, narrowest / 3, power);
}

double predictive_crps(const struct predictive *p, int64_t y)
{
    double distance = 0;
    if (p->parts == 0)
        return NAN;
    for (size_t i = 0; i < p->parts; i++)
        distance += p->part[i].weight * part_distance(&p->part[i], (double)y);
    return distance - spread(p);
}

/* x log(x/m) + m - x, far from x = m or where digits do not count */
static double deviance(double x, double m)
{
    return x > 0 ? x * log(x / m) + m - x : m;
}

/* log P(X = k). The density itself where it does not underflow; else Stirling's leading term, which
 * is all that is left of it there. */
static double part_log_density(const struct predictive_part *q, int64_t k)
{
    double x = (double)k, sum = q->size + q->mean;

    if (q->mean <= 0 || k < 0)
        return k == 0 ? 0 : -INFINITY;
    if (is_poisson(q)) {
        double density = tails_poisson_pmf(k, q->mean);
        return density > 1e-280 ? log(density) : -deviance(x, q->mean) - 0.5 * log(6.28 * x + 1);
    }
    double density = tails_nb_pmf(k, q->size, q->size / sum, q->mean / sum);
    if (density > 1e-280)
        return log(density);
    double total = x + q->size;
    return -deviance(x, total * q->mean / sum) - deviance(q->size, total * q->size / sum) -
           0.5 * log(6.28 * x + 1);
}

double predictive_log_score(const struct predictive *p, int64_t y)
{
    double most = -INFINITY, sum = 0, score[PREDICTIVE_PARTS];

    if (p->parts == 0)
        return NAN;
    for (size_t i = 0; i < p->parts; i++) {
        score[i] = log(p->part[i].weight) + part_log_density(&p->part[i], y);
        most = fmax(most, score[i]);
    }
    if (most <= -INFINITY)
        return -INFINITY;
    for (size_t i = 0; i < p->parts; i++)
        sum += exp(score[i] - most);
    return most + log(sum);
}
