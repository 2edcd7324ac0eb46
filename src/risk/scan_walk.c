/* scan_walk.c: the maxima of replications over the windows of a tile; see scan_kernel.h. */
#include <stdlib.h>
#include <string.h>

#include "risk/scan_private.h"

/* ---- what a count must be above ---- */

static size_t slot_of(const struct scan_walker *w, size_t lane)
{
    size_t half = lane / w->half * w->half, at = lane % w->half;
    return w->wide ? half + (at % 2 * 2 + at / 2 % 2) * (w->half / 4) + at / 4
                   : half + at % 2 * (w->half / 2) + at / 2;
}

static void set_enough(struct scan_walker *w, size_t table, size_t layer, size_t lane, size_t grade)
{
    size_t levels = w->need->levels, at = table * levels * SCAN_LANES + slot_of(w, lane);
    const int32_t *least = w->need->least + (layer * SCAN_GRADES + grade) * levels;

    w->grade[table * SCAN_LANES + lane] = (uint16_t)grade;
    if (w->wide)
        for (size_t k = 0; k < levels; k++)
            ((int32_t *)w->enough)[at + k * SCAN_LANES] = least[k] - 1;
    else
        for (size_t k = 0; k < levels; k++)
            ((int16_t *)w->enough)[at + k * SCAN_LANES] = (int16_t)(least[k] - 1);
}

bool scan_walker_init(struct scan_walker *w, const struct scan_counts *c,
                      const struct scan_need *need, const struct scan_model *m, bool plain)
{
    size_t tables = c->layers * c->batches, lanes = tables * SCAN_LANES;

    *w = (struct scan_walker){.counts = c,
                              .need = need,
                              .model = m,
                              .half = scan_has_32() && !plain ? 32 : 16,
                              .wide = scan_is_wide(m)};
    w->max = calloc(c->batches * SCAN_LANES, sizeof *w->max);
    w->grade = calloc(lanes, sizeof *w->grade);
    size_t size = lanes * need->levels * (w->wide ? sizeof(int32_t) : sizeof(int16_t));
    w->enough = aligned_alloc(SCAN_LANES, size);
    if (!w->max || !w->grade || !w->enough) {
        scan_walker_free(w);
        return false;
    }
    for (size_t lane = 0; lane < SCAN_LANES; lane++)
        w->lane[slot_of(w, lane)] = (uint8_t)lane;
    for (size_t table = 0; table < tables; table++)
        for (size_t lane = 0; lane < SCAN_LANES; lane++)
            set_enough(w, table, table / c->batches, lane, 0);
    return true;
}

void scan_walker_free(struct scan_walker *w)
{
    free(w->max);
    free(w->grade);
    free(w->enough);
    *w = (struct scan_walker){0};
}

/* ---- one window ---- */

static void try_window(const struct scan_leg *g, size_t lane, int64_t n, double weight)
{
    const struct scan_model *m = g->w->model;
    double e = weight * m->scale[g->layer], total = (double)m->total, best = g->max[lane];

    if (!scan_may_beat((double)n, e, total, best))
        return;
    double llr = scan_llr((double)n, e, total);
    if (!(llr > best))
        return;
    g->max[lane] = llr;
    if (scan_grade(llr) > g->w->grade[g->table * SCAN_LANES + lane])
        set_enough(g->w, g->table, g->layer, lane, scan_grade(llr));
}

void scan_try_narrow(const struct scan_leg *g, double weight, const int16_t *n,
                     const int16_t *enough)
{
    for (size_t slot = 0; slot < SCAN_LANES; slot++)
        if (n[slot] > enough[slot])
            try_window(g, g->w->lane[slot], n[slot], weight);
}

void scan_try_wide(const struct scan_leg *g, double weight, const int32_t *n, const int32_t *enough)
{
    for (size_t slot = 0; slot < SCAN_LANES; slot++)
        if (n[slot] > enough[slot])
            try_window(g, g->w->lane[slot], n[slot], weight);
}

/* ---- a tile ---- */

/* Maxima found in other layers count here too. */
static void catch_up(struct scan_walker *w, size_t table, size_t layer, const double *max)
{
    for (size_t lane = 0; lane < SCAN_LANES; lane++)
        if (scan_grade(max[lane]) > w->grade[table * SCAN_LANES + lane])
            set_enough(w, table, layer, lane, scan_grade(max[lane]));
}

void scan_walk(struct scan_walker *w, size_t layer, size_t batch, const struct scan_list *list,
               size_t lists)
{
    size_t table = layer * w->counts->batches + batch;
    size_t size = w->need->levels * SCAN_LANES * (w->wide ? sizeof(int32_t) : sizeof(int16_t));
    struct scan_leg g = {.w = w,
                         .line = w->counts->line + table * w->counts->rows * SCAN_LANES,
                         .enough = (const char *)w->enough + table * size,
                         .max = w->max + batch * SCAN_LANES,
                         .table = table,
                         .layer = layer};

    catch_up(w, table, layer, g.max);
    if (w->half == 32)
        scan_walk_32(&g, list, lists);
    else
        scan_walk_16(&g, list, lists);
}
