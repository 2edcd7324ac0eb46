/* permutation_scan.c: the prospective space-time permutation scan; see permutation_scan.h. */
#include "risk/permutation_scan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "risk/permutation_draw.h"
#include "risk/scan_private.h"

static const double DAYS_A_MONTH = 30.4375;

/* The data without the months after `months`. */
struct view {
    const struct permutation_data *data;
    size_t months, layers;
};

static double count_at(const struct view *v, size_t unit, size_t month)
{
    return v->data->count[unit * v->data->months + month];
}

/* ---- what takes part ---- */

static bool is_known(const struct view *v, size_t unit)
{
    const struct scan_points *p = &v->data->points;
    bool known = isfinite(p->lat[unit]) && isfinite(p->lon[unit]);

    for (size_t t = 0; known && t < v->months; t++)
        known = isfinite(count_at(v, unit, t)) && count_at(v, unit, t) >= 0;
    return known;
}

static double unit_total(const struct view *v, size_t unit)
{
    double sum = 0;
    for (size_t t = 0; t < v->months; t++)
        sum += count_at(v, unit, t);
    return sum;
}

/* weight: [units] its cases of all months. */
static void take_stock(const struct view *v, double *weight, struct permutation_scan *out)
{
    size_t units = v->data->points.n;
    double cases = 0;

    for (size_t u = 0; u < units; u++) {
        out->used[u] = is_known(v, u);
        out->left_out += !out->used[u];
        weight[u] = out->used[u] ? unit_total(v, u) : 0;
        cases += weight[u];
    }
    out->state = units - out->left_out < PERMUTATION_UNITS_LEAST ? SCAN_FEW_UNITS
                 : cases > INT32_MAX - 1                         ? SCAN_TOO_MANY_CASES
                 : cases < 2 || v->layers < 1                    ? SCAN_NO_CASES
                                                                 : SCAN_OK;
    if (out->state != SCAN_TOO_MANY_CASES)
        out->cases = (int64_t)cases;
}

/* ---- the model: a layer for each length ---- */

struct job {
    const struct view *view;
    struct scan_sites sites;
    double *weight;    /* [units] */
    int64_t *observed; /* [layer][site], the last layer + 1 months */
    double *scale;     /* [layers] */
    struct permutation permutation;
    struct scan_window *best;
    struct scan_engine engine;
    struct scan_model model;
};

static void job_free(struct job *j)
{
    scan_sites_free(&j->sites);
    free(j->weight);
    free(j->observed);
    free(j->scale);
    permutation_free(&j->permutation);
    free(j->best);
}

static void count_layers(struct job *j, const bool *used)
{
    const struct view *v = j->view;
    size_t n = j->sites.n;

    for (size_t layer = 0; layer < v->layers; layer++) {
        int64_t *now = j->observed + layer * n;
        if (layer > 0)
            memcpy(now, now - n, n * sizeof *now);
        for (size_t u = 0; u < v->data->points.n; u++) {
            if (!used[u])
                continue;
            int64_t cases = (int64_t)count_at(v, u, v->months - 1 - layer);
            now[j->sites.of_unit[u]] += cases;
            j->permutation.recent[layer] += cases;
        }
    }
}

static bool take_memory(struct job *j)
{
    size_t layers = j->view->layers, n = j->sites.n + 1;

    j->observed = calloc(layers * n, sizeof *j->observed);
    j->scale = calloc(layers, sizeof *j->scale);
    j->best = calloc(n, sizeof *j->best);
    return j->observed && j->scale && j->best;
}

static bool set_model(struct job *j, const struct scan_options *options,
                      const struct permutation_scan *out)
{
    int64_t sum = 0;

    count_layers(j, out->used);
    if (!permutation_init(&j->permutation, &j->sites, out->cases))
        return false;
    for (size_t layer = 0; layer < j->view->layers; layer++) {
        sum += j->permutation.recent[layer];
        j->scale[layer] = (double)sum / (double)out->cases;
    }
    j->model = (struct scan_model){.sites = &j->sites,
                                   .layers = j->view->layers,
                                   .scale = j->scale,
                                   .observed = j->observed,
                                   .total = out->cases,
                                   .most = sum,
                                   .draw = permutation_draw,
                                   .space = j->permutation.space,
                                   .own = &j->permutation};
    j->engine = scan_engine_of(options, j->sites.total);
    return true;
}

/* ---- one run ---- */

static bool scan_it(struct job *j, const struct scan_options *options, struct permutation_scan *out,
                    struct scan_clusters *found)
{
    if (!scan_sites_init(&j->sites, &j->view->data->points, out->used, j->weight) ||
        !take_memory(j) || !set_model(j, options, out))
        return false;
    if (j->model.most < 2) /* nothing happened lately */
        return true;
    return scan_engine_run(&j->engine, &j->model, j->best, out->maxima) &&
           scan_pick(&j->engine, &j->model, j->best, out->maxima, found);
}

static bool hand_on(struct permutation_scan *out, struct scan_clusters *found)
{
    out->cluster = calloc(found->n + 1, sizeof *out->cluster);
    if (!out->cluster)
        return false;
    for (; out->n < found->n; out->n++) {
        struct scan_cluster *area = &found->cluster[out->n];
        area->rr = NAN;
        out->cluster[out->n] =
            (struct permutation_cluster){.area = *area,
                                         .months = area->layer + 1,
                                         .recurrence_days = DAYS_A_MONTH / area->p_value};
        area->member = NULL; /* handed on */
    }
    return true;
}

static bool run_once(const struct view *v, const struct scan_options *options,
                     struct permutation_scan *out)
{
    size_t units = v->data->points.n;
    struct job j = {.view = v, .weight = calloc(units + 1, sizeof *j.weight)};
    struct scan_clusters found = {0};

    *out = (struct permutation_scan){.replications = options->replications};
    out->used = calloc(units + 1, sizeof *out->used);
    out->maxima = calloc(options->replications + 1, sizeof *out->maxima);
    bool done = j.weight && out->used && out->maxima;
    if (done) {
        take_stock(v, j.weight, out);
        done = (out->state != SCAN_OK || scan_it(&j, options, out, &found)) && hand_on(out, &found);
    }
    scan_clusters_free(&found);
    job_free(&j);
    if (!done)
        permutation_scan_free(out);
    return done;
}

/* ---- new or ongoing ---- */

static bool shares_unit(const struct scan_cluster *a, const struct scan_cluster *b)
{
    for (size_t i = 0; i < a->member_count; i++)
        for (size_t k = 0; k < b->member_count; k++)
            if (a->member[i].unit == b->member[k].unit)
                return true;
    return false;
}

static void mark_ongoing(struct permutation_scan *now, const struct permutation_scan *before)
{
    for (size_t i = 0; i < now->n; i++)
        for (size_t k = 0; k < before->n; k++)
            now->cluster[i].ongoing |= before->cluster[k].area.p_value <= SCAN_CLUSTER_P &&
                                       shares_unit(&now->cluster[i].area, &before->cluster[k].area);
}

static struct view view_of(const struct permutation_data *data, size_t months)
{
    size_t layers = months > PERMUTATION_MONTHS_MOST ? PERMUTATION_MONTHS_MOST : months;
    return (struct view){data, months, layers};
}

bool permutation_scan_run(const struct permutation_data *data, const struct scan_options *options,
                          struct permutation_scan *out)
{
    struct view whole = view_of(data, data->months);
    struct permutation_scan before;

    if (!run_once(&whole, options, out))
        return false;
    if (out->n == 0 || out->cluster[0].area.p_value > SCAN_CLUSTER_P || data->months < 3)
        return true;
    struct view earlier = view_of(data, data->months - 1);
    if (!run_once(&earlier, options, &before)) {
        permutation_scan_free(out);
        return false;
    }
    mark_ongoing(out, &before);
    permutation_scan_free(&before);
    return true;
}

void permutation_scan_free(struct permutation_scan *s)
{
    for (size_t i = 0; i < s->n; i++)
        free(s->cluster[i].area.member);
    free(s->cluster);
    free(s->used);
    free(s->maxima);
    *s = (struct permutation_scan){0};
}
