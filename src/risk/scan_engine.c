/* scan_engine.c: centres in tiles, tiles over threads; see scan_private.h.
 *
 * A tile's lists are walked over one batch of replications after another, so that a batch stays in
 * the cache for all of them. Each thread keeps its own maxima; the maximum of them does not depend
 * on who did what.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "risk/scan_private.h"

struct run {
    const struct scan_engine *engine;
    const struct scan_model *model;
    struct scan_counts counts;
    struct scan_need need;
    int32_t *observed; /* [layer][row] */
    struct scan_window *best;
    double *maxima;
};

/* One thread's. */
struct worker {
    struct scan_order order;
    struct scan_rings rings;
    struct scan_walker walker;
    struct scan_lister lister;
    struct scan_list list[SCAN_TILE];
    uint32_t *row;
    struct scan_block *block;
};

static void worker_free(struct worker *k)
{
    scan_order_free(&k->order);
    scan_rings_free(&k->rings);
    scan_walker_free(&k->walker);
    free(k->lister.key);
    free(k->row);
    free(k->block);
}

/* Room for the longest lists is asked for, but only what is used is ever touched. */
static bool worker_init(struct worker *k, const struct run *r)
{
    size_t rows = r->counts.rows + 1;

    memset(k, 0, sizeof *k);
    k->row = malloc(SCAN_TILE * rows * sizeof *k->row);
    k->block = malloc(SCAN_TILE * rows * sizeof *k->block);
    k->lister = (struct scan_lister){r->model->sites, &r->counts, NULL};
    k->lister.key = malloc((r->model->sites->n + 1) * sizeof *k->lister.key);
    if (k->row && k->block && k->lister.key &&
        scan_order_init(&k->order, r->model->sites, r->engine->most) &&
        scan_rings_init(&k->rings, &k->order, &r->counts, &r->need) &&
        scan_walker_init(&k->walker, &r->counts, &r->need, r->model, r->engine->plain))
        return true;
    worker_free(k);
    return false;
}

static struct scan_window best_of(const struct run *r, const struct scan_list *l)
{
    struct scan_window best = {0};

    for (size_t layer = 0; layer < r->model->layers; layer++)
        scan_window_best(&best, l,
                         &(struct scan_observed){.model = r->model,
                                                 .layer = layer,
                                                 .scale = r->model->scale[layer],
                                                 .most = r->engine->report,
                                                 .count = r->observed + layer * r->counts.rows});
    return best;
}

static void work_on_tile(struct worker *k, const struct run *r, size_t from)
{
    const struct scan_sites *s = r->model->sites;
    size_t n = s->n - from < SCAN_TILE ? s->n - from : SCAN_TILE;
    uint32_t *row = k->row;
    struct scan_block *block = k->block;

    scan_order_tile(&k->order, s->along + from, n);
    scan_rings_tile(&k->rings);
    for (size_t i = 0; i < n; i++) {
        size_t centre = s->along[from + i];
        k->list[i] =
            (struct scan_list){.by = &k->lister, .centre = centre, .row = row, .block = block};
        scan_rings_of(&k->rings, centre);
        scan_list_fill(&k->list[i], &k->rings, r->engine->most);
        r->best[centre] = best_of(r, &k->list[i]);
        row += k->list[i].rows;
        block += k->list[i].blocks;
    }
    for (size_t layer = 0; layer < r->model->layers; layer++)
        for (size_t batch = 0; batch < r->counts.batches; batch++)
            scan_walk(&k->walker, layer, batch, k->list, n);
}

static bool work(struct run *r)
{
    const struct scan_sites *s = r->model->sites;
    bool done = true;

#pragma omp parallel reduction(&& : done)
    {
        struct worker k;
        done = worker_init(&k, r);
#pragma omp for schedule(dynamic)
        for (size_t from = 0; from < s->n; from += SCAN_TILE)
            if (done)
                work_on_tile(&k, r, from);
#pragma omp critical
        for (size_t i = 0; done && i < r->engine->replications; i++)
            r->maxima[i] = fmax(r->maxima[i], k.walker.max[i]);
        if (done)
            worker_free(&k);
    }
    return done;
}

static bool place_observed(struct run *r)
{
    const struct scan_model *m = r->model;
    size_t rows = r->counts.rows, sites = m->sites->n;

    r->observed = calloc(m->layers * rows + 1, sizeof *r->observed);
    for (size_t layer = 0; r->observed && layer < m->layers; layer++)
        for (size_t i = 0; i < sites; i++)
            if (r->counts.row_n[i])
                r->observed[layer * rows + r->counts.row[i]] =
                    (int32_t)m->observed[layer * sites + i];
    return r->observed != NULL;
}

struct scan_engine scan_engine_of(const struct scan_options *options, double total)
{
    double window = fmin(1, fmax(0, options->window_share));
    double report = fmin(window, fmax(0, options->report_share));

    return (struct scan_engine){.most = window * total,
                                .report = report * total,
                                .replications = options->replications,
                                .seed = options->seed};
}

bool scan_engine_run(const struct scan_engine *e, const struct scan_model *m,
                     struct scan_window *best, double *maxima)
{
    struct run r = {.engine = e, .model = m, .best = best, .maxima = maxima};

    memset(maxima, 0, e->replications * sizeof *maxima);
    bool done = scan_counts_init(&r.counts, m, e->replications, e->seed) &&
                scan_need_init(&r.need, m, e->most, r.counts.batches) && place_observed(&r) &&
                work(&r);
    free(r.observed);
    scan_counts_free(&r.counts);
    scan_need_free(&r.need);
    return done;
}
