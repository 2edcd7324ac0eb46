/* shrunken.c: each unit's risk given the posterior of what units share; see shrunken.h.
 *
 * Units with the same count differ only in what they expect, and everything about them is a smooth
 * function of it. Where many have the same count, that function is worked out at a few places and
 * interpolated: 10,035 units with 0 to 10 cases cost no more than 300. */
#include "risk/shrunken.h"

#include <math.h>
#include <stdlib.h>

#include "risk/gamma_mixture.h"

/* The nearest singularity of a unit's risk in log E is pi away: 24 Chebyshev points over an
 * interval of 3 leave 1e-11. */
enum { POINTS = 24, CURVES = 4 };
static const double RUN_WIDTH = 3; /* of log E */

struct unit {
    int64_t x;
    double expected;
    size_t index;
};

struct job {
    const struct shrunken *s;
    double threshold;
    bool whole; /* or only prob_excess */
    struct shrunken_risk *risk;
    struct unit *unit; /* those that can be estimated, by count, then expected */
    size_t units;
    size_t *run; /* where each run of units starts, and where the last ends */
    size_t runs;
};

/* ---- one unit ---- */

/* RR of one unit: a gamma at each node. */
static void parts_fill(const struct shrunken *s, double x, double expected, struct gamma_part *part)
{
    for (size_t j = 0; j < s->nodes; j++) {
        const struct shrunken_node *node = &s->node[j];
        bool together = isinf(node->nu); /* all units are one */
        double shape = together ? s->cases : x + node->nu;
        double rate = together ? s->expected : expected + node->nu / node->m;
        part[j] = gamma_part_of(node->weight, shape, rate);
    }
}

static struct shrunken_risk risk_missing(void)
{
    return (struct shrunken_risk){NAN, NAN, NAN, NAN};
}

static struct shrunken_risk risk_of(const struct job *job, int64_t x, double expected,
                                    struct gamma_part *part)
{
    size_t nodes = job->s->nodes;
    struct shrunken_risk r = risk_missing();

    parts_fill(job->s, (double)x, expected, part);
    r.prob_excess = gamma_mixture_upper(part, nodes, job->threshold);
    if (job->whole) {
        r.rr = gamma_mixture_mean(part, nodes);
        r.low = gamma_mixture_quantile(part, nodes, 0.025);
        r.high = gamma_mixture_quantile(part, nodes, 0.975);
    }
    return r;
}

/* ---- units with the same count ---- */

/* The curves at Chebyshev points over log E: risk, its quantiles (logs) and the log odds of the
 * excess. */
struct curves {
    double at[POINTS], value[CURVES][POINTS];
};

/* False where a curve is not finite: a probability of 0 or 1, a quantile of 0. */
static bool curves_fill(const struct job *job, int64_t x, double lo, double hi,
                        struct gamma_part *part, struct curves *c)
{
    for (int k = 0; k < POINTS; k++) {
        double t = cos(3.14159265358979323846 * k / (POINTS - 1));
        c->at[k] = 0.5 * (lo + hi) + 0.5 * (hi - lo) * t;
        struct shrunken_risk r = risk_of(job, x, exp(c->at[k]), part);
        double below = gamma_mixture_lower(part, job->s->nodes, job->threshold);
        c->value[0][k] = log(r.prob_excess) - log(below);
        c->value[1][k] = job->whole ? log(r.rr) : 0;
        c->value[2][k] = job->whole ? log(r.low) : 0;
        c->value[3][k] = job->whole ? log(r.high) : 0;
        for (int j = 0; j < CURVES; j++)
            if (!isfinite(c->value[j][k]))
                return false;
    }
    return true;
}

/* Barycentric formula for Chebyshev points of the second kind.
 * Source: Berrut & Trefethen (2004), SIAM Review 46:501, eq. 5.4. */
static void curves_read(const struct curves *c, double t, double *value)
{
    double sum = 0, weighted[CURVES] = {0};

    for (int k = 0; k < POINTS; k++) {
        double off = t - c->at[k];
        bool hit = off == 0;
        double w = (k % 2 ? -1 : 1) * (k == 0 || k == POINTS - 1 ? 0.5 : 1) / (hit ? 1 : off);
        sum = hit ? w : sum + w;
        for (int j = 0; j < CURVES; j++)
            weighted[j] = w * c->value[j][k] + (hit ? 0 : weighted[j]);
        if (hit)
            break;
    }
    for (int j = 0; j < CURVES; j++)
        value[j] = weighted[j] / sum;
}

static void run_interpolate(const struct job *job, const struct curves *c, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        struct shrunken_risk *r = &job->risk[job->unit[i].index];
        double value[CURVES];
        curves_read(c, log(job->unit[i].expected), value);
        r->prob_excess = 1 / (1 + exp(-value[0]));
        r->rr = job->whole ? exp(value[1]) : NAN;
        r->low = job->whole ? exp(value[2]) : NAN;
        r->high = job->whole ? exp(value[3]) : NAN;
    }
}

static void run_fill(const struct job *job, size_t from, size_t to, struct gamma_part *part)
{
    const struct unit *u = job->unit;
    double lo = log(u[from].expected), hi = log(u[to - 1].expected);
    struct curves c;

    if (to - from > 2 * POINTS && hi > lo && curves_fill(job, u[from].x, lo, hi, part, &c))
        run_interpolate(job, &c, from, to);
    else
        for (size_t i = from; i < to; i++)
            job->risk[u[i].index] = risk_of(job, u[i].x, u[i].expected, part);
}

/* ---- all units ---- */

static int unit_order(const void *p, const void *q)
{
    const struct unit *a = p, *b = q;
    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    if (a->expected != b->expected)
        return a->expected < b->expected ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* Runs: same count, expected not too far apart. */
static void runs_find(struct job *job)
{
    const double most = exp(RUN_WIDTH);
    for (size_t i = 0; i < job->units; i++) {
        const struct unit *u = &job->unit[i], *first = &job->unit[i];
        if (job->runs > 0)
            first = &job->unit[job->run[job->runs - 1]];
        if (job->runs == 0 || first->x != u->x || u->expected > first->expected * most)
            job->run[job->runs++] = i;
    }
    job->run[job->runs] = job->units;
}

static bool job_init(struct job *job, const int64_t *x, const double *expected, size_t n)
{
    job->unit = malloc((n + 1) * sizeof *job->unit);
    job->run = malloc((n + 1) * sizeof *job->run);
    if (!job->unit || !job->run)
        return false;
    for (size_t i = 0; i < n; i++) {
        job->risk[i] = risk_missing();
        if (job->s->nodes > 0 && x[i] >= 0 && expected[i] > 0 && isfinite(expected[i]))
            job->unit[job->units++] = (struct unit){x[i], expected[i], i};
    }
    qsort(job->unit, job->units, sizeof *job->unit, unit_order);
    runs_find(job);
    return true;
}

static bool job_run(const struct job *job)
{
    bool memory = true;

#pragma omp parallel reduction(&& : memory) if (job->units * job->s->nodes > 5000)
    {
        struct gamma_part *part = malloc((job->s->nodes + 1) * sizeof *part);
        memory = part != NULL;
#pragma omp for schedule(dynamic, 1)
        for (size_t i = 0; i < job->runs; i++)
            if (part)
                run_fill(job, job->run[i], job->run[i + 1], part);
        free(part);
    }
    return memory;
}

static bool job_do(struct job *job, const int64_t *x, const double *expected, size_t n)
{
    bool done = job_init(job, x, expected, n) && job_run(job);
    free(job->unit);
    free(job->run);
    return done;
}

bool shrunken_risks(const struct shrunken *s, const int64_t *x, const double *expected, size_t n,
                    double threshold, struct shrunken_risk *risk)
{
    struct job job = {.s = s, .threshold = threshold, .whole = true, .risk = risk};
    return job_do(&job, x, expected, n);
}

bool shrunken_excess(const struct shrunken *s, const int64_t *x, const double *expected, size_t n,
                     double threshold, double *prob)
{
    struct shrunken_risk *risk = malloc((n + 1) * sizeof *risk);
    struct job job = {.s = s, .threshold = threshold, .whole = false, .risk = risk};
    bool done = risk && job_do(&job, x, expected, n);

    for (size_t i = 0; done && i < n; i++)
        prob[i] = risk[i].prob_excess;
    free(risk);
    return done;
}
