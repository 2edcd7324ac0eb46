/* shrunken_fit.c: the posterior of what units share, as nodes; see shrunken.h. */
#include "risk/shrunken.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdlib.h>

#include "risk/gauss_rule.h"
#include "risk/nb_likelihood.h"

static const double LOG_CUT = 25.4; /* what is lighter than exp(-25.4) of the most is left out */
static const double SIGMA_LEAST = 1e-7, SIGMA_RATIO = 1.5;
static const double STEP_T = 0.3;     /* of the distance at which the density falls by exp(-1/2) */
static const double STEP_LEVEL = 0.8; /* of the narrower of posterior and effect */
static const double STEP_FINE =
    0.35; /* of these, where few units or cases leave tails not normal */
static const double LOG_SQRT_2PI = 0.91893853320467274178;

enum { COARSE = 48, SLICES_MOST = 512, LEVELS_MOST = 4096, SEARCH = 14 };

/* Everything at one sigma: the mode in l = log m, 1/sqrt(information), the log of likelihood and
 * prior at the mode and of their integral over l by Laplace's approximation. */
struct slice {
    double sigma, mode, sd, spread, top, density;
};

/* Points with weights, and the sum of the weights. */
struct rule {
    size_t n;
    double point[LEVELS_MOST], weight[LEVELS_MOST];
};

static double step_factor(const struct nb_units *u)
{
    return u->n < 16 || u->cases < 30 ? STEP_FINE : 1;
}

static struct slice slice_at(const struct nb_units *u, double sigma, double start)
{
    struct slice s = {.sigma = sigma};
    s.mode = nb_level_mode(u, sigma, start, &s.sd);
    s.spread = nb_spread_term(u, sigma) - 0.5 * sigma * sigma;
    s.top = s.spread + nb_level_term(u, sigma, s.mode);
    s.density = s.top + log(s.sd) + LOG_SQRT_2PI;
    return s;
}

/* ---- where in sigma the posterior is ---- */

struct width {
    struct slice mode;
    double left, right; /* sigma where the density is exp(-1/2) of the mode's; left 0: nowhere */
};

/* sigma 0 and a geometric grid; returns the place of the largest density. */
static size_t coarse_scan(const struct nb_units *u, struct slice *coarse)
{
    size_t best = 0;
    double sigma = SIGMA_LEAST;
    coarse[0] = slice_at(u, 0, log(u->cases / u->expected));
    for (size_t i = 1; i < COARSE; i++, sigma *= SIGMA_RATIO) {
        coarse[i] = slice_at(u, sigma, coarse[i - 1].mode);
        if (coarse[i].density > coarse[best].density)
            best = i;
    }
    return best;
}

/* Golden section between the neighbours of the best place of the grid. */
static struct slice mode_refine(const struct nb_units *u, const struct slice *coarse, size_t best)
{
    const double golden = 0.61803398874989484820;
    if (best == 0 || best + 1 == COARSE)
        return coarse[best];
    double lo = best > 1 ? coarse[best - 1].sigma : 0, hi = coarse[best + 1].sigma;
    struct slice top = coarse[best];
    for (int i = 0; i < SEARCH; i++) {
        bool right = hi - top.sigma > top.sigma - lo;
        double far = right ? hi : lo;
        struct slice next = slice_at(u, far + golden * (top.sigma - far), top.mode);
        double edge = next.density > top.density ? top.sigma : next.sigma;
        bool is_low = next.density > top.density ? right : !right;
        if (next.density > top.density)
            top = next;
        if (is_low)
            lo = edge;
        else
            hi = edge;
    }
    return top;
}

/* Between `in`, where the density is at least `level`, and `out`, where it is less. */
static double level_crossing(const struct nb_units *u, struct slice in, double out, double level)
{
    for (int i = 0; i < SEARCH; i++) {
        struct slice middle = slice_at(u, 0.5 * (in.sigma + out), in.mode);
        if (middle.density >= level)
            in = middle;
        else
            out = middle.sigma;
    }
    return in.sigma;
}

static struct width width_find(const struct nb_units *u)
{
    struct slice coarse[COARSE];
    size_t best = coarse_scan(u, coarse), at = best;
    struct width w = {.mode = mode_refine(u, coarse, best)};
    double level = w.mode.density - 0.5;

    while (at + 1 < COARSE && (coarse[at].density >= level || coarse[at].sigma <= w.mode.sigma))
        at++;
    w.right = level_crossing(u, w.mode, coarse[at].sigma, level);
    at = best;
    while (at > 0 && (coarse[at].density >= level || coarse[at].sigma >= w.mode.sigma))
        at--;
    if (coarse[at].density < level)
        w.left = level_crossing(u, w.mode, coarse[at].sigma, level);
    return w;
}

/* ---- the points in l at one sigma ---- */

/* From the mode in steps of h, in one direction, down to `floor`. */
static void levels_walk(const struct nb_units *u, const struct slice *s, double h, double floor,
                        struct rule *levels)
{
    for (double l = s->mode + (h < 0 ? h : 0); levels->n < LEVELS_MOST; l += h) {
        double value = s->spread + nb_level_term(u, s->sigma, l);
        if (value < floor)
            break;
        levels->point[levels->n] = l;
        levels->weight[levels->n++] = fabs(h) * exp(value - s->top);
    }
}

/* How many points of a Gauss rule give P(RR <= q) to 1e-9 where the posterior is `ratio` times as
 * wide as what q depends on; 0: do not. */
static size_t rule_size(double ratio)
{
    static const double most[] = {0.03, 0.1, 0.2, 0.35, 0.5};
    static const size_t size[] = {3, 4, 6, 8, 10};
    for (size_t i = 0; i < sizeof most / sizeof *most; i++)
        if (ratio <= most[i])
            return size[i];
    return 0;
}

static double weight_sum(const struct rule *r)
{
    double sum = 0;
    for (size_t i = 0; i < r->n; i++)
        sum += r->weight[i];
    return sum;
}

/* The posterior in l given sigma > 0, weights relative to the top. `lightest`: log density below
 * which nothing counts. A gamma of shape x + nu is at least sigma wide in l, whatever x and E. */
static void levels_fill(const struct nb_units *u, const struct slice *s, double lightest,
                        struct rule *levels)
{
    double h = step_factor(u) * STEP_LEVEL * s->sd * s->sigma / hypot(s->sd, s->sigma);
    double floor = lightest - log(s->sd) - LOG_SQRT_2PI;
    levels->n = 0;
    levels_walk(u, s, h, floor, levels);
    levels_walk(u, s, -h, floor, levels);
}

/* ---- nodes ---- */

static bool node_add(struct shrunken *s, size_t *room, struct shrunken_node node)
{
    if (s->nodes == *room) {
        size_t more = *room ? 2 * *room : 256;
        struct shrunken_node *grown = realloc(s->node, more * sizeof *grown);
        if (!grown)
            return false;
        s->node = grown;
        *room = more;
    }
    s->node[s->nodes++] = node;
    return true;
}

/* The nodes of one sigma, whose weights sum to `weight`. */
static bool slice_add(struct shrunken *s, size_t *room, const struct slice *at, double weight,
                      const struct rule *levels)
{
    struct rule few = {.n = 0};
    size_t size = rule_size(at->sd / at->sigma);
    few.n = gauss_rule(levels->point, levels->weight, levels->n, size, few.point, few.weight);
    double sum = weight_sum(&few);

    for (size_t i = 0; i < few.n; i++) {
        struct shrunken_node node = {.weight = weight * few.weight[i] / sum,
                                     .nu = 1 / (at->sigma * at->sigma),
                                     .m = exp(few.point[i])};
        if (!node_add(s, room, node))
            return false;
    }
    return few.n > 0;
}

/* The grid: t = k h, sigma = c sinh t. */
struct grid {
    double c, h;
    double lightest;    /* log density below which nothing counts */
    struct rule slices; /* t, and the integral over l times the step */
};

static double sigma_of(const struct grid *g, double t)
{
    return g->c * sinh(t);
}

/* log of the integral over l of likelihood and prior, relative to `best`; levels is used. */
static double slice_weight(const struct nb_units *u, const struct slice *s, double best,
                           double lightest, struct rule *levels)
{
    if (s->sigma > 0) {
        levels_fill(u, s, lightest, levels);
        return exp(s->top - best) * weight_sum(levels);
    }
    gsl_sf_result star; /* Gamma(X) e^X / X^X exactly: Stirling's 1/(12 X) and the rest */
    gsl_sf_gammastar_e(u->cases, &star);
    return exp(s->density - best) * star.val;
}

/* Slices at k h from k on, upwards or downwards, while they count. */
static void grid_walk(const struct nb_units *u, struct grid *g, const struct slice *mode, long k,
                      int direction, struct rule *levels)
{
    double start = mode->mode;
    for (; k >= 0 && g->slices.n < SLICES_MOST; k += direction) {
        double t = (double)k * g->h;
        struct slice s = slice_at(u, sigma_of(g, t), start);
        if (s.density + log(cosh(t)) < g->lightest)
            break;
        double step = (k == 0 ? 0.5 : 1) * g->h * cosh(t);
        g->slices.point[g->slices.n] = t;
        g->slices.weight[g->slices.n++] =
            step * slice_weight(u, &s, mode->density, g->lightest - log(cosh(t)), levels);
        start = s.mode;
    }
}

static void grid_fill(const struct nb_units *u, const struct width *w, struct grid *g,
                      struct rule *levels)
{
    g->c = w->right;
    double at = asinh(w->mode.sigma / g->c), fall = asinh(1) - at;
    if (w->left > 0)
        fall = fmin(fall, at - asinh(w->left / g->c));
    g->h = step_factor(u) * STEP_T * fall;
    g->lightest = w->mode.density + log(cosh(at)) - LOG_CUT;
    g->slices.n = 0;
    long k = lround(at / g->h);
    grid_walk(u, g, &w->mode, k, 1, levels);
    grid_walk(u, g, &w->mode, k - 1, -1, levels);
}

/* Standard deviation of log sigma over the slices; INFINITY if sigma = 0 is among them. */
static double spread_of(const struct grid *g)
{
    double sum = weight_sum(&g->slices), mean = 0, var = 0;
    for (size_t i = 0; i < g->slices.n; i++)
        mean += g->slices.weight[i] / sum * log(sigma_of(g, g->slices.point[i]));
    for (size_t i = 0; i < g->slices.n; i++) {
        double off = log(sigma_of(g, g->slices.point[i])) - mean;
        var += g->slices.weight[i] / sum * off * off;
    }
    return isfinite(mean) ? sqrt(var) : INFINITY;
}

static bool nodes_fill(const struct nb_units *u, const struct width *w, const struct grid *g,
                       struct shrunken *s, struct rule *levels)
{
    struct rule slices = {.n = 0};
    size_t room = 0;

    slices.n = gauss_rule(g->slices.point, g->slices.weight, g->slices.n,
                          rule_size(3 * spread_of(g)), slices.point, slices.weight);
    double sum = weight_sum(&slices);
    for (size_t i = 0; i < slices.n; i++) {
        double t = slices.point[i], weight = slices.weight[i] / sum;
        struct slice at = slice_at(u, sigma_of(g, t), w->mode.mode);
        bool added;
        if (at.sigma > 0) {
            levels_fill(u, &at, fmin(g->lightest - log(cosh(t)), at.density - 20), levels);
            added = slice_add(s, &room, &at, weight, levels);
        } else
            added = node_add(s, &room, (struct shrunken_node){weight, INFINITY, 1});
        if (!added)
            return false;
    }
    return true;
}

static bool posterior_fill(const struct nb_units *u, struct shrunken *s)
{
    struct rule *levels = malloc(sizeof *levels);
    struct grid *g = malloc(sizeof *g);
    bool filled = levels && g;

    if (filled) {
        struct width w = width_find(u);
        grid_fill(u, &w, g, levels);
        filled = nodes_fill(u, &w, g, s, levels);
    }
    free(levels);
    free(g);
    return filled;
}

bool shrunken_fit(const int64_t *x, const double *expected, size_t n, struct shrunken *s)
{
    struct nb_units u;
    bool filled = true;

    *s = (struct shrunken){0};
    if (!nb_units_init(&u, x, expected, n))
        return false;
    s->units = u.n;
    s->cases = u.cases;
    s->expected = u.expected;
    if (u.n >= 2 && u.cases > 0)
        filled = posterior_fill(&u, s);
    nb_units_free(&u);
    if (!filled)
        shrunken_free(s);
    return filled;
}

void shrunken_free(struct shrunken *s)
{
    free(s->node);
    *s = (struct shrunken){0};
}
