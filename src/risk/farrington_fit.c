/* farrington_fit.c: the quasi-Poisson regression of farrington.h by profile. */
#include "risk/farrington_fit.h"

#include <math.h>

static const double SLOPE_MOST = 5;       /* a month: e^(5 * 34) is still a double */
static const double SLOPE_STEP = 1e-9;    /* Newton's error after such a step is its square */
static const double OUTLYING = 2.58;      /* Anscombe residuals above weigh less */
static const double LEVERAGE_REST = 1e-9; /* 1 - h below it: the row fits itself */

/* Sums over the rows of one level, means being exp(slope * time). */
struct level_sums {
    double cases;               /* weighted */
    double one, time, time_two; /* of weight * mean * (1, time, time^2) */
};

/* power[FIT_REACH + t] = exp(slope t). */
static void fill_powers(double slope, double *power)
{
    double up = exp(slope), down = exp(-slope);

    power[FIT_REACH] = 1;
    for (int t = 1; t <= FIT_REACH; t++) {
        power[FIT_REACH + t] = power[FIT_REACH + t - 1] * up;
        power[FIT_REACH - t] = power[FIT_REACH - t + 1] * down;
    }
}

static struct level_sums level_sums(const struct farrington_rows *r, int g, const double *power)
{
    struct level_sums s = {0};

    for (size_t i = r->start[g]; i < r->start[g + 1]; i++) {
        double t = r->time[i], w = r->weight[i] * power[FIT_REACH + r->time[i]];
        s.cases += r->weight[i] * r->count[i];
        s.one += w;
        s.time += w * t;
        s.time_two += w * t * t;
    }
    return s;
}

/* Score of the slope, the levels at their best, and what it falls by. */
static double profile_score(const struct farrington_rows *r, double slope, double *information)
{
    double power[FIT_ROWS], score = 0;

    fill_powers(slope, power);
    for (size_t i = 0; i < r->start[FIT_LEVELS]; i++)
        score += r->weight[i] * r->count[i] * r->time[i];
    *information = 0;
    for (int g = 0; g < FIT_LEVELS; g++) {
        struct level_sums s = level_sums(r, g, power);
        if (!(s.cases > 0))
            continue;
        double centre = s.time / s.one;
        score -= s.cases * centre;
        *information += s.cases * (s.time_two / s.one - centre * centre);
    }
    return score;
}

static double best_slope(const struct farrington_rows *r, double from)
{
    double low = -SLOPE_MOST, high = SLOPE_MOST, slope = from;

    for (int k = 0; k < 200; k++) {
        double information, score = profile_score(r, slope, &information);
        if (score > 0)
            low = slope;
        else
            high = slope;
        double next = slope + score / information;
        if (!(next > low && next < high))
            next = low + (high - low) / 2;
        double step = fabs(next - slope);
        slope = next;
        if (step <= SLOPE_STEP)
            break;
    }
    return slope;
}

bool farrington_has_slope(const struct farrington_rows *r)
{
    double later = 0, earlier = 0; /* room that cases leave in their levels */

    for (int g = 0; g < FIT_LEVELS; g++) {
        int first = FIT_REACH, last = -FIT_REACH;
        for (size_t i = r->start[g]; i < r->start[g + 1]; i++) {
            first = r->time[i] < first ? r->time[i] : first;
            last = r->time[i] > last ? r->time[i] : last;
        }
        for (size_t i = r->start[g]; i < r->start[g + 1]; i++) {
            later += r->count[i] * (last - r->time[i]);
            earlier += r->count[i] * (r->time[i] - first);
        }
    }
    return later > 0 && earlier > 0;
}

/* Means of all rows, and of the month judged. */
static void set_means(struct farrington_rows *r, struct farrington_fit *f)
{
    double power[FIT_ROWS], level_variance = NAN, ahead = 0, squares = 0;

    fill_powers(f->slope, power);
    f->now = NAN;
    for (int g = 0; g < FIT_LEVELS; g++) {
        struct level_sums s = level_sums(r, g, power);
        for (size_t i = r->start[g]; i < r->start[g + 1]; i++)
            r->mean[i] = s.cases / s.one * power[FIT_REACH + r->time[i]];
        squares += s.one > 0 ? s.cases / s.one * (s.time_two - s.time * s.time / s.one) : 0;
        if (g > 0 || !(s.cases > 0))
            continue;
        f->now = s.cases / s.one * exp(f->slope * FIT_TIME_NOW);
        level_variance = 1 / s.cases;
        ahead = FIT_TIME_NOW - s.time / s.one;
    }
    f->variance = level_variance + (f->trend ? ahead * ahead / squares : 0);
}

/* A level without a case is still a column, and its rows are rows. */
static void set_phi(const struct farrington_rows *r, struct farrington_fit *f)
{
    size_t n = r->start[FIT_LEVELS], columns = f->trend;
    double pearson = 0;

    for (int g = 0; g < FIT_LEVELS; g++)
        columns += r->start[g + 1] > r->start[g];
    for (size_t i = 0; i < n; i++) {
        double rest = r->count[i] - r->mean[i];
        pearson += r->mean[i] > 0 ? r->weight[i] * rest * rest / r->mean[i] : 0;
    }
    f->freedom = (double)n - (double)columns;
    f->phi = f->freedom > 0 ? fmax(1, pearson / f->freedom) : NAN;
}

static void fit(struct farrington_rows *r, struct farrington_fit *f)
{
    if (f->trend)
        f->slope = best_slope(r, f->slope);
    set_means(r, f);
    set_phi(r, f);
}

/* The Anscombe residual is never above Pearson's, since y^(2/3) is concave: its powers are needed
 * for few rows. */
static double outlier_weight(double y, double mean, double scale)
{
    double root = sqrt(mean);

    if (!((y - mean) / root > OUTLYING * scale))
        return 1;
    double power = cbrt(y), s = 1.5 * (power * power / cbrt(root) - root) / scale;
    return s > OUTLYING ? 1 / (s * s) : 1;
}

/* Leverages are those of weighted least squares with weights m on level and trend: 1/sum m of the
 * level, and the share of the time's sum of squares within levels. */
static void set_weights(struct farrington_rows *r, const struct farrington_fit *f)
{
    double one[FIT_LEVELS] = {0}, centre[FIT_LEVELS] = {0}, squares = 0, sum = 0;
    size_t n = r->start[FIT_LEVELS];

    for (int g = 0; g < FIT_LEVELS; g++) {
        for (size_t i = r->start[g]; i < r->start[g + 1]; i++) {
            one[g] += r->mean[i];
            centre[g] += r->mean[i] * r->time[i];
        }
        centre[g] /= one[g] > 0 ? one[g] : 1;
        for (size_t i = r->start[g]; i < r->start[g + 1]; i++)
            squares += r->mean[i] * (r->time[i] - centre[g]) * (r->time[i] - centre[g]);
    }
    for (int g = 0; g < FIT_LEVELS; g++) {
        for (size_t i = r->start[g]; i < r->start[g + 1]; i++) {
            double m = r->mean[i], off = r->time[i] - centre[g];
            double h = one[g] > 0 ? m / one[g] + (f->trend ? m * off * off / squares : 0) : 1;
            r->weight[i] =
                1 - h > LEVERAGE_REST ? outlier_weight(r->count[i], m, sqrt(f->phi * (1 - h))) : 1;
            sum += r->weight[i];
        }
    }
    for (size_t i = 0; i < n; i++)
        r->weight[i] *= (double)n / sum;
}

struct farrington_fit farrington_fit_robust(struct farrington_rows *r, bool trend)
{
    struct farrington_fit f = {.trend = trend};

    for (size_t i = 0; i < r->start[FIT_LEVELS]; i++)
        r->weight[i] = 1;
    fit(r, &f);
    if (!isnan(f.phi)) {
        set_weights(r, &f);
        fit(r, &f);
    }
    return f;
}
