/* scan_sureness.c: how sure it is that a unit belongs to a cluster; see scan.h, certainty. */
#include <math.h>
#include <stdlib.h>

#include "risk/scan_private.h"

bool scan_sureness_init(struct scan_sureness *s, const struct scan_sites *sites)
{
    s->of = malloc((sites->n + 1) * sizeof *s->of);
    s->window = malloc((sites->n + 1) * sizeof *s->window);
    return s->of && s->window;
}

void scan_sureness_free(struct scan_sureness *s)
{
    free(s->of);
    free(s->window);
    *s = (struct scan_sureness){0};
}

/* The positions of a centre's list at which its windows touch the cluster and no stronger one. */
struct stretch {
    size_t from, to;
};

static struct stretch stretch_of(const struct scan_sureness_of *k, const struct scan_order *o)
{
    struct stretch s = {o->n, o->n};

    for (size_t i = o->n; i-- > 0;) {
        uint32_t by = k->taken_by[scan_site_of(o->sites, o->key[i])];
        if (by == k->number + 1)
            s.from = i;
        else if (by)
            s.to = i;
    }
    return s;
}

/* Adds each window's likelihood against the cluster's; returns nothing of those under the least. */
static void weigh_layer(double *window, const struct scan_sureness_of *k,
                        const struct scan_order *o, struct stretch part, size_t layer)
{
    const struct scan_sites *s = o->sites;
    const int64_t *observed = k->model->observed + layer * s->n;
    double total = (double)k->model->total, weight = 0, least = k->llr - SCAN_SURENESS_REACH;
    int64_t count = 0;

    for (size_t i = 0; i < part.to; i++) {
        size_t site = scan_site_of(s, o->key[i]);
        double e = (weight += s->weight[site]) * k->model->scale[layer];
        count += observed[site];
        if (weight > k->report)
            break;
        if (i < part.from || count < 2 || !scan_may_beat((double)count, e, total, fmax(0, least)))
            continue;
        double llr = scan_llr((double)count, e, total);
        window[i] += llr > least ? exp(llr - k->llr) : 0;
    }
}

static double add_centre(struct scan_sureness *s, const struct scan_sureness_of *k,
                         struct scan_order *o, uint32_t centre)
{
    double sum = 0;

    scan_order_tile(o, &centre, 1);
    scan_order_of(o, centre);
    struct stretch part = stretch_of(k, o);
    for (size_t i = 0; i < part.to; i++)
        s->window[i] = 0;
    for (size_t layer = 0; layer < k->model->layers; layer++)
        weigh_layer(s->window, k, o, part, layer);
    for (size_t i = part.to; i-- > 0;) {
        sum += s->window[i];
        s->of[scan_site_of(o->sites, o->key[i])] += sum;
    }
    return sum;
}

void scan_sureness_find(struct scan_sureness *s, const struct scan_sureness_of *k,
                        struct scan_order *o)
{
    size_t n = k->model->sites->n;
    bool wanted = k->p <= SCAN_CLUSTER_P;
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        s->of[i] = wanted ? 0 : NAN;
    for (size_t i = 0; wanted && i < n; i++)
        if (k->best[i].llr > k->llr - SCAN_SURENESS_REACH)
            sum += add_centre(s, k, o, (uint32_t)i);
    for (size_t i = 0; wanted && i < n; i++)
        s->of[i] = fmin(1, s->of[i] / sum);
}
