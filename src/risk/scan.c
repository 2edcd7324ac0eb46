/* scan.c: the purely spatial Poisson scan; see scan.h. */
#include "risk/scan.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "risk/scan_private.h"
#include "risk/scan_random.h"

/* ---- replications: C cases over the sites ---- */

static const int64_t ALIAS_CASES_A_SITE = 32;

/* Alias table (Walker 1977, Vose 1991): slot i is site i below `stay`, else `other`. Or, for many
 * cases a site, weight of the sites from i on, to split cases by binomial draws. */
struct alias {
    uint32_t stay, other;
};

struct multinomial {
    struct alias *alias; /* [sites]; NULL: by binomials */
    double *rest;        /* [sites] */
};

struct stacks {
    double *share;   /* [sites] of a slot, still to be placed */
    uint32_t *small; /* from the left: less than a slot; from the right: more */
    size_t smalls, larges;
};

static void stack(struct stacks *k, size_t n, uint32_t site)
{
    if (k->share[site] < 1)
        k->small[k->smalls++] = site;
    else
        k->small[n - ++k->larges] = site;
}

static void fill_alias(struct alias *alias, struct stacks *k, const struct scan_sites *s)
{
    size_t n = s->n;

    for (uint32_t i = 0; i < n; i++) {
        k->share[i] = s->weight[i] * (double)n / s->total;
        stack(k, n, i);
    }
    while (k->smalls && k->larges) {
        uint32_t less = k->small[--k->smalls], more = k->small[n - k->larges--];
        alias[less] = (struct alias){(uint32_t)(k->share[less] * 4294967296.0), more};
        k->share[more] -= 1 - k->share[less];
        stack(k, n, more);
    }
    /* Rounding has left full slots in one of the stacks. */
    for (size_t i = 0; i < k->smalls; i++)
        alias[k->small[i]] = (struct alias){UINT32_MAX, k->small[i]};
    for (size_t i = n - k->larges; i < n; i++)
        alias[k->small[i]] = (struct alias){UINT32_MAX, k->small[i]};
}

static bool alias_init(struct multinomial *t, const struct scan_sites *s)
{
    struct stacks k = {.share = malloc((s->n + 1) * sizeof *k.share),
                       .small = malloc((s->n + 1) * sizeof *k.small)};

    t->alias = malloc((s->n + 1) * sizeof *t->alias);
    bool done = t->alias && k.share && k.small;
    if (done)
        fill_alias(t->alias, &k, s);
    free(k.share);
    free(k.small);
    return done;
}

static bool rest_init(struct multinomial *t, const struct scan_sites *s)
{
    t->rest = malloc((s->n + 1) * sizeof *t->rest);
    if (!t->rest)
        return false;
    t->rest[s->n] = 0;
    for (size_t i = s->n; i-- > 0;)
        t->rest[i] = t->rest[i + 1] + s->weight[i];
    return true;
}

static void draw_by_alias(const struct scan_model *m, uint64_t seed, uint32_t *count, void *space)
{
    const struct alias *alias = ((const struct multinomial *)m->own)->alias;
    uint32_t n = (uint32_t)m->sites->n;

    (void)space;
    for (int64_t i = 0; i < m->total; i++) {
        uint64_t bits = scan_random(&seed);
        uint32_t slot = scan_random_below((uint32_t)(bits >> 32), n);
        count[(uint32_t)bits < alias[slot].stay ? slot : alias[slot].other]++;
    }
}

static unsigned long int random_get(void *state)
{
    return (unsigned long int)(scan_random(state) >> 32);
}

static double random_uniform(void *state)
{
    return scan_random_uniform(state);
}

static void draw_by_binomials(const struct scan_model *m, uint64_t seed, uint32_t *count,
                              void *space)
{
    static const gsl_rng_type type = {.name = "splitmix64",
                                      .max = UINT32_MAX,
                                      .size = sizeof seed,
                                      .get = random_get,
                                      .get_double = random_uniform};
    const gsl_rng rng = {&type, &seed};
    const double *rest = ((const struct multinomial *)m->own)->rest;
    unsigned left = (unsigned)m->total;

    (void)space;
    for (size_t i = 0; left && i < m->sites->n; i++)
        if (m->sites->weight[i] > 0) {
            double p = m->sites->weight[i] / rest[i];
            count[i] = p < 1 ? gsl_ran_binomial(&rng, p, left) : left;
            left -= count[i];
        }
}

/* ---- what takes part ---- */

static bool is_known(const struct scan_points *p, const double *population, size_t i)
{
    return isfinite(p->lat[i]) && isfinite(p->lon[i]) && isfinite(population[i]) &&
           population[i] >= 0;
}

/* Counts who takes part; false when there is nothing to scan, and why in out->state. */
static bool take_stock(const struct scan_points *points, const int64_t *count,
                       const double *population, struct scan *out)
{
    for (size_t i = 0; i < points->n; i++) {
        out->used[i] = is_known(points, population, i);
        if (!out->used[i]) {
            out->left_out++;
            continue;
        }
        if (count[i] > 0 && !(population[i] > 0)) {
            out->state = SCAN_CASES_WITHOUT_POPULATION;
            out->at = i;
            return false;
        }
        out->cases += count[i];
        out->population += population[i];
    }
    out->state = points->n - out->left_out < 2 ? SCAN_FEW_UNITS
                 : !(out->population > 0)      ? SCAN_NO_POPULATION
                 : out->cases < 2              ? SCAN_NO_CASES
                 : out->cases > INT32_MAX - 1  ? SCAN_TOO_MANY_CASES
                                               : SCAN_OK;
    return out->state == SCAN_OK;
}

/* ---- the run ---- */

struct job {
    struct scan_sites sites;
    struct multinomial draws;
    int64_t *observed; /* [sites] */
    double scale;
    struct scan_window *best;
    struct scan_model model;
};

static void job_free(struct job *j)
{
    scan_sites_free(&j->sites);
    free(j->draws.alias);
    free(j->draws.rest);
    free(j->observed);
    free(j->best);
}

static bool job_init(struct job *j, const struct scan_points *points, const int64_t *count,
                     const double *population, const struct scan *out)
{
    memset(j, 0, sizeof *j);
    if (!scan_sites_init(&j->sites, points, out->used, population))
        return false;
    bool many = out->cases > ALIAS_CASES_A_SITE * (int64_t)j->sites.n;
    j->observed = calloc(j->sites.n + 1, sizeof *j->observed);
    j->best = calloc(j->sites.n + 1, sizeof *j->best);
    if (!j->observed || !j->best ||
        !(many ? rest_init(&j->draws, &j->sites) : alias_init(&j->draws, &j->sites))) {
        job_free(j);
        return false;
    }
    for (size_t u = 0; u < points->n; u++)
        if (out->used[u])
            j->observed[j->sites.of_unit[u]] += count[u];
    j->scale = (double)out->cases / j->sites.total;
    j->model = (struct scan_model){.sites = &j->sites,
                                   .layers = 1,
                                   .scale = &j->scale,
                                   .observed = j->observed,
                                   .total = out->cases,
                                   .most = out->cases,
                                   .draw = many ? draw_by_binomials : draw_by_alias,
                                   .own = &j->draws};
    return true;
}

static void hand_on_best(const struct job *j, struct scan_best *best)
{
    const struct scan_sites *s = &j->sites;

    for (size_t u = 0; u < s->units; u++) {
        if (s->of_unit[u] == SCAN_NO_SITE)
            continue;
        const struct scan_window *w = &j->best[s->of_unit[u]];
        best[u] = (struct scan_best){
            .llr = w->llr, .expected = w->weight * j->scale, .observed = w->count};
        if (w->llr > 0)
            best[u].radius_km = scan_distance(s, s->of_unit[u], scan_site_of(s, w->last));
    }
}

static bool run(struct job *j, const struct scan_options *options, struct scan *out)
{
    const struct scan_engine engine = scan_engine_of(options, j->sites.total);

    if (!scan_engine_run(&engine, &j->model, j->best, out->maxima) ||
        !scan_pick(&engine, &j->model, j->best, out->maxima, &out->clusters))
        return false;
    hand_on_best(j, out->best);
    return true;
}

bool scan_run(const struct scan_points *points, const int64_t *count, const double *population,
              const struct scan_options *options, struct scan *out)
{
    struct job j;

    *out = (struct scan){.replications = options->replications};
    out->used = calloc(points->n + 1, sizeof *out->used);
    out->best = calloc(points->n + 1, sizeof *out->best);
    out->maxima = calloc(options->replications + 1, sizeof *out->maxima);
    bool done = out->used && out->best && out->maxima;
    if (done && take_stock(points, count, population, out)) {
        done = job_init(&j, points, count, population, out);
        if (done) {
            done = run(&j, options, out);
            job_free(&j);
        }
    }
    if (!done)
        scan_free(out);
    return done;
}

void scan_free(struct scan *s)
{
    free(s->used);
    free(s->best);
    free(s->maxima);
    scan_clusters_free(&s->clusters);
    *s = (struct scan){0};
}
