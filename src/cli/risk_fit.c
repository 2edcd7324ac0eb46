/* The statistics of one category over the units of a group. */
#include <math.h>
#include <stdlib.h>

#include "cli/risk_private.h"
#include "stats/multiple.h"

static bool alloc(struct risk_fit *f, size_t n, struct err *e)
{
    bool ok =
        (f->count = calloc(n + 1, sizeof *f->count)) &&
        (f->known = calloc(n + 1, sizeof *f->known)) &&
        (f->expected = calloc(n + 1, sizeof *f->expected)) &&
        (f->smr = calloc(n + 1, sizeof *f->smr)) && (f->risk = calloc(n + 1, sizeof *f->risk)) &&
        (f->ranks = calloc(n + 1, sizeof *f->ranks)) && (f->z = calloc(n + 1, sizeof *f->z)) &&
        (f->q = calloc(n + 1, sizeof *f->q)) && (f->local_g = calloc(n + 1, sizeof *f->local_g)) &&
        (f->persistence = calloc(n + 1, sizeof *f->persistence)) &&
        (f->order = calloc(n + 1, sizeof *f->order));
    return ok || err_memory(e);
}

/* ---- counts ---- */

struct counted {
    int64_t *count;     /* [n] */
    double *population; /* [n]; NAN: the unit takes no part */
};

static bool counted_init(struct counted *c, size_t n, struct err *e)
{
    *c = (struct counted){calloc(n + 1, sizeof *c->count), malloc((n + 1) * sizeof *c->population)};
    return (c->count && c->population) || err_memory(e);
}

static void counted_free(struct counted *c)
{
    free(c->count);
    free(c->population);
}

/* Counts of one of the periods; a count that is not known takes its unit out. */
static void take_counted(const struct risk_group *g, size_t category, size_t period,
                         struct counted *c)
{
    for (size_t i = 0; i < g->n; i++) {
        const struct risk_cell *cell = risk_cell_at(g, category, period, i);
        bool known = !(cell->marks & (TALLY_UNKNOWN | TALLY_COARSE));
        double exposure = g->exposure[period * g->n + i];
        c->count[i] = cell->n;
        c->population[i] = known ? exposure : NAN;
    }
}

/* ---- expected ---- */

static bool name_misplaced(const struct risk_group *g, size_t i, struct err *e)
{
    const struct unit *u = &g->scope.directory->units[g->scope.units[g->units[i]]];
    return err_set(e, ERR_INPUT,
                   "unit %s (%s): has cases and a population of 0: correct the population, or "
                   "compare counts alone with --per days",
                   u->code, u->name);
}

static bool refuse_adjustment(const struct risk_group *g, const struct adjustment *a, struct err *e)
{
    const char *name = g->ask->covariates[a->which < g->ask->covariate_count ? a->which : 0];
    switch (a->reason) {
    case ADJUST_FITTED:
        return true;
    case ADJUST_TOO_MANY:
        return err_set(e, ERR_USAGE, "--adjust: more than %d covariates: choose fewer",
                       ADJUST_COVARIATES_MAX);
    case ADJUST_FEW_UNITS:
        return err_set(e, ERR_USAGE,
                       "--adjust: %zu units are too few: at least %d a covariate are needed",
                       a->units, ADJUST_UNITS_PER_COVARIATE);
    case ADJUST_ONE_AT_A_TIME:
        return err_set(e, ERR_USAGE,
                       "--adjust: with fewer than %d units one covariate at a time: choose one",
                       ADJUST_UNITS_FEW);
    case ADJUST_NO_CASES:
        return err_set(e, ERR_INPUT, "--adjust: there are no cases to fit anything to");
    case ADJUST_COLLINEAR:
        return err_set(e, ERR_INPUT,
                       "--adjust %s: says nothing of its own (the same everywhere, or what the "
                       "covariates before it say): leave it out",
                       name);
    case ADJUST_SEPARATED:
        return err_set(e, ERR_INPUT,
                       "--adjust %s: no cases on one side of it, so no effect can be estimated: "
                       "leave it out",
                       name);
    }
    return true;
}

static bool expect(struct risk_fit *f, const struct risk_group *g, const struct counted *c,
                   struct err *e)
{
    f->total = smr_expected(c->count, c->population, g->n, f->expected);
    if (f->total.misplaced < g->n)
        return name_misplaced(g, f->total.misplaced, e);
    if (!g->ask->covariate_count)
        return true;
    return (adjust_expected(c->count, c->population, g->covariate, g->n, g->ask->covariate_count,
                            f->expected, &f->adjustment) ||
            err_memory(e)) &&
           refuse_adjustment(g, &f->adjustment, e);
}

/* ---- each unit ---- */

static bool judge_units(struct risk_fit *f, const struct risk_group *g, struct err *e)
{
    struct shrunken s = {0};
    for (size_t i = 0; i < g->n; i++) {
        f->smr[i] = smr_of(f->count[i], f->expected[i]);
        f->q[i] = f->smr[i].p_upper;
    }
    bool ok = multiple_bh(f->q, g->n, f->q) && shrunken_fit(f->count, f->expected, g->n, &s) &&
              shrunken_risks(&s, f->count, f->expected, g->n, g->ask->threshold, f->risk) &&
              ranking_intervals(&s, f->count, f->expected, g->n, g->ask->seed, f->ranks) &&
              ranking_order(f->risk, g->n, f->order) &&
              shrunken_ml_fit(f->count, f->expected, g->n, &f->ml) &&
              funnel_z(f->count, f->expected, g->n, &f->funnel, NULL, f->z);
    shrunken_free(&s);
    return ok || err_memory(e);
}

static bool look_around(struct risk_fit *f, const struct risk_group *g, struct err *e)
{
    double *ratio = malloc((g->n + 1) * sizeof *ratio);
    bool ok = ratio || err_memory(e);
    for (size_t i = 0; ok && i < g->n; i++) {
        ratio[i] = f->smr[i].ratio;
        f->local_g[i] = NAN;
    }
    f->moran = (struct moran){NAN, NAN, NAN};
    if (ok && g->pair_count)
        ok = neighbours_moran(ratio, g->n, g->pairs, g->pair_count, NEIGHBOURS_ROW, &f->moran) ||
             err_memory(e);
    if (ok && g->pair_count && f->total.units >= NEIGHBOURS_UNITS_FEW)
        ok = neighbours_local_g(ratio, g->n, g->pairs, g->pair_count, f->local_g) || err_memory(e);
    free(ratio);
    return ok;
}

/* ---- the past ---- */

static bool excess_of(const struct risk_group *g, size_t category, size_t period, double *prob,
                      struct err *e)
{
    struct counted c;
    struct shrunken s = {0};
    double *expected = malloc((g->n + 1) * sizeof *expected);
    bool ok = counted_init(&c, g->n, e) && (expected || err_memory(e));
    if (ok) {
        take_counted(g, category, period, &c);
        smr_expected(c.count, c.population, g->n, expected);
        ok = (shrunken_fit(c.count, expected, g->n, &s) &&
              shrunken_excess(&s, c.count, expected, g->n, g->ask->threshold, prob)) ||
             err_memory(e);
    }
    shrunken_free(&s);
    counted_free(&c);
    free(expected);
    return ok;
}

/* With covariates the past is judged without them: theirs are of the period asked for. */
static bool look_back(struct risk_fit *f, const struct risk_group *g, size_t category,
                      struct err *e)
{
    double *prob = malloc((RISK_PERIODS * g->n + 1) * sizeof *prob);
    bool ok = prob || err_memory(e);
    for (size_t p = 0; ok && p < RISK_PERIODS; p++)
        ok = excess_of(g, category, p, &prob[p * g->n], e);
    for (size_t i = 0; ok && i < g->n; i++) {
        double own[RISK_PERIODS];
        for (size_t p = 0; p < RISK_PERIODS; p++)
            own[p] = prob[p * g->n + i];
        f->persistence[i] = risk_persistence(own, RISK_PERIODS);
    }
    free(prob);
    return ok;
}

/* ---- clusters ---- */

/* Of the cases against what is expected, which stands for the population: the same thing without
 * covariates. */
static bool scan_places(struct risk_fit *f, const struct risk_group *g, struct err *e)
{
    const struct scan_points points = {g->n, g->lat, g->lon};
    struct scan_options o = SCAN_OPTIONS_DEFAULT;
    size_t placed = 0;
    for (size_t i = 0; i < g->n; i++)
        placed += !isnan(g->lat[i]) && !isnan(g->lon[i]) && !isnan(f->expected[i]);
    if (placed < NEIGHBOURS_UNITS_FEW || !f->total.cases)
        return true;
    o.report_share = g->ask->max_cluster;
    o.seed = g->ask->seed;
    f->has_scan = scan_run(&points, f->count, f->expected, &o, &f->scan);
    return f->has_scan || err_memory(e);
}

const struct scan_cluster *risk_cluster_of(const struct risk_fit *f, size_t unit, size_t *number,
                                           double *certainty)
{
    for (size_t c = 0; f->has_scan && c < f->scan.clusters.n; c++) {
        const struct scan_cluster *x = &f->scan.clusters.cluster[c];
        for (size_t m = 0; x->p_value <= SCAN_CLUSTER_P && m < x->member_count; m++)
            if (x->member[m].unit == unit) {
                *number = c + 1;
                *certainty = x->member[m].certainty;
                return x;
            }
    }
    return NULL;
}

/* ---- the whole ---- */

bool risk_fit_init(struct risk_fit *f, const struct risk_group *g, size_t category, struct err *e)
{
    struct counted c = {0};
    *f = (struct risk_fit){0};
    bool ok = alloc(f, g->n, e) && counted_init(&c, g->n, e);
    if (ok) {
        take_counted(g, category, 0, &c);
        for (size_t i = 0; i < g->n; i++) {
            f->count[i] = c.count[i];
            f->known[i] = !isnan(c.population[i]);
        }
        f->unknown_place = g->unknown_place[g->wanted[category]];
    }
    ok = ok && expect(f, g, &c, e) && judge_units(f, g, e) && look_around(f, g, e) &&
         look_back(f, g, category, e) && scan_places(f, g, e);
    counted_free(&c);
    return ok;
}

void risk_fit_free(struct risk_fit *f)
{
    free(f->count);
    free(f->known);
    free(f->expected);
    free(f->smr);
    free(f->risk);
    free(f->ranks);
    free(f->z);
    free(f->q);
    free(f->local_g);
    free(f->persistence);
    free(f->order);
    if (f->has_scan)
        scan_free(&f->scan);
    *f = (struct risk_fit){0};
}
