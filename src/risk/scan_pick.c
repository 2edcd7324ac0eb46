/* scan_pick.c: clusters out of the best windows of the centres; see scan_private.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "risk/scan_private.h"

static const double SAME = 1e-9; /* ratios nearer than this, relative, are ties */

struct picker {
    const struct scan_engine *engine;
    const struct scan_model *model;
    const struct scan_window *best;
    const double *maxima; /* ascending */
    struct scan_order order;
    size_t *candidate; /* sites by falling ratio */
    size_t candidates;
    uint32_t *taken_by; /* [sites] 0: free; else 1 + the cluster */
    size_t *taken, takens;
    struct scan_sureness sureness;
    double mean, sd; /* of maxima */
};

/* ---- p ---- */

static void note_moments(struct picker *p)
{
    size_t n = p->engine->replications;
    double sum = 0, squares = 0;

    for (size_t i = 0; i < n; i++)
        sum += p->maxima[i];
    p->mean = sum / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (p->maxima[i] - p->mean) * (p->maxima[i] - p->mean);
    p->sd = sqrt(squares / (double)(n - 1));
}

/* Of the Gumbel distribution with the mean and standard deviation of the maxima. */
static double p_gumbel(const struct picker *p, double llr)
{
    const double euler = 0.57721566490153286;
    double beta = p->sd * sqrt(6) / acos(-1), mode = p->mean - euler * beta;
    return beta > 0 ? -expm1(-exp(-(llr - mode) / beta)) : NAN;
}

/* 1 for a ratio above all maxima. */
static size_t rank_of(const struct picker *p, double llr)
{
    size_t low = 0, high = p->engine->replications;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->maxima[middle] >= llr * (1 - SAME))
            high = middle;
        else
            low = middle + 1;
    }
    return 1 + p->engine->replications - low;
}

/* ---- which ---- */

struct standing {
    double llr;
    size_t site;
};

static int by_ratio(const void *left, const void *right)
{
    const struct standing *a = left, *b = right;
    return a->llr != b->llr ? (a->llr < b->llr) - (a->llr > b->llr)
                            : (a->site > b->site) - (a->site < b->site);
}

static bool line_up(struct picker *p)
{
    size_t n = p->model->sites->n;
    struct standing *s = malloc((n + 1) * sizeof *s);

    if (!s)
        return false;
    for (size_t i = 0; i < n; i++)
        if (p->best[i].llr > 0)
            s[p->candidates++] = (struct standing){p->best[i].llr, i};
    qsort(s, p->candidates, sizeof *s, by_ratio);
    for (size_t i = 0; i < p->candidates; i++)
        p->candidate[i] = s[i].site;
    free(s);
    return true;
}

static bool overlaps(const struct picker *p, size_t centre)
{
    if (p->taken_by[centre])
        return true;
    for (size_t i = 0; i < p->takens; i++)
        if (scan_key(p->model->sites, centre, p->taken[i]) <= p->best[centre].last)
            return true;
    return false;
}

static void take(struct picker *p, size_t centre, size_t number)
{
    uint32_t site = (uint32_t)centre;

    scan_order_tile(&p->order, &site, 1);
    scan_order_of(&p->order, centre);
    for (size_t i = 0; i < p->order.n && p->order.key[i] <= p->best[centre].last; i++) {
        size_t at = scan_site_of(p->model->sites, p->order.key[i]);
        p->taken_by[at] = (uint32_t)number + 1;
        p->taken[p->takens++] = at;
    }
}

/* ---- what is said of it ---- */

static void describe(const struct picker *p, size_t centre, struct scan_cluster *c)
{
    const struct scan_sites *s = p->model->sites;
    const struct scan_window *w = &p->best[centre];
    double e = w->weight * p->model->scale[w->layer], n = (double)w->count;
    double total = (double)p->model->total, rank = (double)rank_of(p, w->llr);

    *c = (struct scan_cluster){.centre = s->first_unit[centre],
                               .layer = w->layer,
                               .observed = w->count,
                               .expected = e,
                               .oe = n / e,
                               .rr = n < total ? n / e / ((total - n) / (total - e)) : NAN,
                               .llr = w->llr,
                               .share = w->weight / s->total,
                               .p_value = rank / (double)(p->engine->replications + 1),
                               .p_gumbel = p_gumbel(p, w->llr)};
    c->radius_km = scan_distance(s, centre, scan_site_of(s, w->last));
}

static size_t units_at(const struct scan_sites *s, size_t site)
{
    size_t n = 0;
    for (size_t u = s->first_unit[site]; u != SCAN_NO_SITE; u = s->next_unit[u])
        n++;
    return n;
}

static int by_certainty(const void *left, const void *right)
{
    const struct scan_member *a = left, *b = right;
    return a->certainty != b->certainty
               ? (a->certainty < b->certainty) - (a->certainty > b->certainty)
               : (a->unit > b->unit) - (a->unit < b->unit);
}

static bool is_near(const struct picker *p, size_t site, size_t number)
{
    return p->taken_by[site] != number + 1 && p->sureness.of[site] >= SCAN_NEAR;
}

/* Members as the picker took them last, nearest first; then who is not one but nearly. */
static bool list_members(struct picker *p, size_t from, size_t number, struct scan_cluster *c)
{
    const struct scan_sites *s = p->model->sites;
    size_t n = 0;

    for (size_t i = from; i < p->takens; i++)
        n += units_at(s, p->taken[i]);
    for (size_t i = 0; i < s->n; i++)
        n += is_near(p, i, number) ? units_at(s, i) : 0;
    c->member = malloc((n + 1) * sizeof *c->member);
    if (!c->member)
        return false;
    for (size_t i = from; i < p->takens; i++)
        for (size_t u = s->first_unit[p->taken[i]]; u != SCAN_NO_SITE; u = s->next_unit[u])
            c->member[c->member_count++] = (struct scan_member){u, p->sureness.of[p->taken[i]]};
    for (size_t i = 0; i < s->n; i++)
        for (size_t u = s->first_unit[i]; is_near(p, i, number) && u != SCAN_NO_SITE;
             u = s->next_unit[u])
            c->member[c->member_count + c->near_count++] =
                (struct scan_member){u, p->sureness.of[i]};
    qsort(c->member + c->member_count, c->near_count, sizeof *c->member, by_certainty);
    return true;
}

static bool add_cluster(struct picker *p, size_t centre, struct scan_clusters *out)
{
    size_t number = out->n, from = p->takens;
    struct scan_cluster *grown = realloc(out->cluster, (number + 1) * sizeof *grown);

    if (!grown)
        return false;
    out->cluster = grown;
    take(p, centre, number);
    describe(p, centre, &grown[number]);
    scan_sureness_find(&p->sureness,
                       &(struct scan_sureness_of){.model = p->model,
                                                  .best = p->best,
                                                  .taken_by = p->taken_by,
                                                  .number = number,
                                                  .report = p->engine->report,
                                                  .llr = grown[number].llr,
                                                  .p = grown[number].p_value},
                       &p->order);
    if (!list_members(p, from, number, &grown[number]))
        return false;
    out->n++;
    return true;
}

static bool pick_all(struct picker *p, struct scan_clusters *out)
{
    for (size_t i = 0; i < p->candidates; i++) {
        size_t centre = p->candidate[i];
        if (rank_of(p, p->best[centre].llr) > p->engine->replications)
            break;
        if (!overlaps(p, centre) && !add_cluster(p, centre, out))
            return false;
    }
    return true;
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

bool scan_pick(const struct scan_engine *e, const struct scan_model *m,
               const struct scan_window *best, double *maxima, struct scan_clusters *out)
{
    size_t n = m->sites->n + 1;
    struct picker p = {.engine = e, .model = m, .best = best, .maxima = maxima};

    *out = (struct scan_clusters){0};
    qsort(maxima, e->replications, sizeof *maxima, ascending);
    note_moments(&p);
    p.candidate = malloc(n * sizeof *p.candidate);
    p.taken = malloc(n * sizeof *p.taken);
    p.taken_by = calloc(n, sizeof *p.taken_by);
    bool done = p.candidate && p.taken && p.taken_by && scan_sureness_init(&p.sureness, m->sites) &&
                scan_order_init(&p.order, m->sites, e->most) && line_up(&p) && pick_all(&p, out);
    scan_order_free(&p.order);
    scan_sureness_free(&p.sureness);
    free(p.candidate);
    free(p.taken);
    free(p.taken_by);
    if (!done)
        scan_clusters_free(out);
    return done;
}

void scan_clusters_free(struct scan_clusters *c)
{
    for (size_t i = 0; i < c->n; i++)
        free(c->cluster[i].member);
    free(c->cluster);
    *c = (struct scan_clusters){0};
}
