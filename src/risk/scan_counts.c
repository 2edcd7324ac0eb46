/* scan_counts.c: replications, 64 side by side; see scan_private.h. */
#include <stdlib.h>
#include <string.h>

#include "risk/scan_private.h"
#include "risk/scan_random.h"

enum { BYTE_MOST = 255, ALIGNMENT = 64 };

/* Lines of a site whose largest count is known; one is the least where there is weight. */
static uint32_t lines_of(double weight, uint32_t largest)
{
    return weight > 0 ? (largest > BYTE_MOST ? (largest - 1) / BYTE_MOST + 1 : 1) : 0;
}

static void number_rows(struct scan_counts *c, const struct scan_sites *s)
{
    c->rows = 0;
    for (size_t i = 0; i < s->n; i++) {
        uint32_t site = s->along[i];
        c->row[site] = (uint32_t)c->rows;
        c->row_n[site] = lines_of(s->weight[site], c->largest[site]);
        c->rows += c->row_n[site];
    }
}

static bool take_lines(struct scan_counts *c, const struct scan_sites *s)
{
    size_t lines = c->layers * c->batches * c->rows + 1;

    free(c->line);
    free(c->weight);
    free(c->site);
    c->line = aligned_alloc(ALIGNMENT, lines * SCAN_LANES);
    c->weight = calloc(c->rows + 1, sizeof *c->weight);
    c->site = calloc(c->rows + 1, sizeof *c->site);
    if (!c->line || !c->weight || !c->site)
        return false;
    for (uint32_t i = 0; i < s->n; i++)
        for (uint32_t k = 0; k < c->row_n[i]; k++) {
            c->weight[c->row[i] + k] = k == 0 ? s->weight[i] : 0;
            c->site[c->row[i] + k] = i;
        }
    return true;
}

struct drawing {
    const struct scan_model *model;
    size_t replications;
    uint64_t seed;
};

/* One site's count of one replication into its lines; what does not fit is lost. */
static void put(uint8_t *line, uint32_t lines, uint32_t count)
{
    for (uint32_t k = 0; k < lines; k++) {
        uint32_t part = count < BYTE_MOST ? count : BYTE_MOST;
        line[(size_t)k * SCAN_LANES] = (uint8_t)part;
        count -= part;
    }
}

static void put_replication(const struct scan_counts *c, const struct scan_sites *s, size_t batch,
                            size_t lane, const uint32_t *count)
{
    for (size_t layer = 0; layer < c->layers; layer++, count += s->n) {
        uint8_t *line = c->line + (layer * c->batches + batch) * c->rows * SCAN_LANES + lane;
        for (size_t i = 0; i < s->n; i++) {
            uint32_t site = s->along[i];
            put(line + (size_t)c->row[site] * SCAN_LANES, c->row_n[site], count[site]);
        }
    }
}

static void note_largest(uint32_t *largest, const uint32_t *count, size_t n)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++)
        largest[i] = largest[i] > count[i] ? largest[i] : count[i];
}

/* count: [layers][sites]; the last layer's replication is nowhere less than the others'. */
static void draw_batch(const struct scan_counts *c, const struct drawing *d, size_t batch,
                       uint32_t *count, uint32_t *largest, void *space)
{
    const struct scan_sites *s = d->model->sites;
    size_t from = batch * SCAN_LANES;

    for (size_t lane = 0; lane < SCAN_LANES; lane++) {
        memset(count, 0, c->layers * s->n * sizeof *count);
        if (from + lane < d->replications) {
            uint64_t seed = d->seed + (from + lane);
            d->model->draw(d->model, scan_random(&seed), count, space);
        }
        put_replication(c, s, batch, lane, count);
        note_largest(largest, count + (c->layers - 1) * s->n, s->n);
    }
}

static bool draw_all(struct scan_counts *c, const struct drawing *d)
{
    size_t n = d->model->sites->n;
    bool done = true;

#pragma omp parallel reduction(&& : done)
    {
        uint32_t *count = malloc((c->layers * n + 1) * sizeof *count);
        uint32_t *largest = calloc(n + 1, sizeof *largest);
        void *space = malloc(d->model->space + 1);
        done = count && largest && space;
#pragma omp for schedule(static)
        for (size_t batch = 0; batch < c->batches; batch++)
            if (done)
                draw_batch(c, d, batch, count, largest, space);
#pragma omp critical
        if (done)
            note_largest(c->largest, largest, n);
        free(count);
        free(largest);
        free(space);
    }
    return done;
}

static bool fits(const struct scan_counts *c, const struct scan_sites *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (lines_of(s->weight[i], c->largest[i]) > c->row_n[i])
            return false;
    return true;
}

/* Drawn once, with a line a site; where that was too little, the same is drawn again. */
bool scan_counts_init(struct scan_counts *c, const struct scan_model *m, size_t replications,
                      uint64_t seed)
{
    const struct scan_sites *s = m->sites;
    struct drawing d = {m, replications, seed};

    *c = (struct scan_counts){.layers = m->layers,
                              .batches = (replications + SCAN_LANES - 1) / SCAN_LANES};
    c->row = calloc(s->n + 1, sizeof *c->row);
    c->row_n = calloc(s->n + 1, sizeof *c->row_n);
    c->largest = calloc(s->n + 1, sizeof *c->largest);
    bool done = c->row && c->row_n && c->largest;
    for (int pass = 0; done && (pass == 0 || !fits(c, s)); pass++) {
        number_rows(c, s);
        done = take_lines(c, s) && draw_all(c, &d);
    }
    if (!done)
        scan_counts_free(c);
    return done;
}

void scan_counts_free(struct scan_counts *c)
{
    free(c->line);
    free(c->row);
    free(c->row_n);
    free(c->weight);
    free(c->site);
    free(c->largest);
    *c = (struct scan_counts){0};
}
