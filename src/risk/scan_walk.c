/* scan_walk.c: the innermost loop; see scan_private.h.
 *
 * The lines of a block of neighbours are summed as bytes, which cannot overflow (scan_list.c), and
 * the sum added to the counts of 64 replications. Counts only grow along a list: when at the end
 * of the block none has reached what its first window would need, no window in it can beat any
 * maximum. Otherwise the replications that have are looked at case by case.
 */
#include <stdlib.h>
#include <string.h>

#include "risk/scan_private.h"

enum { HALF = 32, NARROW_MOST = 32000 };

typedef uint8_t bytes __attribute__((vector_size(HALF), may_alias));
typedef int16_t words __attribute__((vector_size(HALF), may_alias));
typedef int64_t longs __attribute__((vector_size(HALF), may_alias));

/* Where the count of a lane lies in the four vectors of words: a vector of bytes taken for words
 * splits into the even bytes and the odd ones. */
static size_t slot_of(size_t lane)
{
    size_t half = lane / HALF, at = lane % HALF;
    return half * HALF + at % 2 * (HALF / 2) + at / 2;
}

static size_t table_at(const struct scan_walker *w, size_t layer, size_t batch)
{
    return layer * w->counts->batches + batch;
}

static void set_least(struct scan_walker *w, size_t table, size_t layer, size_t lane, size_t grade)
{
    size_t levels = w->need->levels, at = table * levels * SCAN_LANES;
    const int32_t *least = w->need->least + (layer * SCAN_GRADES + grade) * levels;

    w->grade[table * SCAN_LANES + lane] = (uint16_t)grade;
    if (w->wide)
        for (size_t k = 0; k < levels; k++)
            ((int32_t *)w->least)[at + k * SCAN_LANES + lane] = least[k];
    else
        for (size_t k = 0; k < levels; k++)
            ((int16_t *)w->least)[at + k * SCAN_LANES + slot_of(lane)] = (int16_t)least[k];
}

bool scan_walker_init(struct scan_walker *w, const struct scan_counts *c,
                      const struct scan_need *need, const struct scan_model *m)
{
    size_t tables = c->layers * c->batches, lanes = tables * SCAN_LANES;

    *w = (struct scan_walker){.counts = c, .need = need, .model = m, .wide = m->most > NARROW_MOST};
    w->max = calloc(c->batches * SCAN_LANES, sizeof *w->max);
    w->grade = calloc(lanes, sizeof *w->grade);
    size_t size = lanes * need->levels * (w->wide ? sizeof(int32_t) : sizeof(int16_t));
    w->least = aligned_alloc(SCAN_LANES, size);
    if (!w->max || !w->grade || !w->least) {
        scan_walker_free(w);
        return false;
    }
    for (size_t table = 0; table < tables; table++)
        for (size_t lane = 0; lane < SCAN_LANES; lane++)
            set_least(w, table, table / c->batches, lane, 0);
    return true;
}

void scan_walker_free(struct scan_walker *w)
{
    free(w->max);
    free(w->grade);
    free(w->least);
    *w = (struct scan_walker){0};
}

/* What a walk over one batch of one layer has in hand. */
struct leg {
    struct scan_walker *w;
    const uint8_t *line;
    const void *least;
    double *max;
    size_t table, layer;
};

/* The windows that end in a block, for one replication that had n cases before it. Between two
 * lines of one site the weight is the whole site's and the count not yet: no window, but one that
 * cannot beat the next. */
static void look_at(const struct leg *g, const struct scan_list *l, const struct scan_block *b,
                    size_t lane, int64_t n)
{
    const struct scan_model *m = g->w->model;
    const double *weight = g->w->counts->weight;
    double scale = m->scale[g->layer], total = (double)m->total, sum = b->before;
    double best = g->max[lane];

    for (uint32_t r = b == l->block ? 0 : b[-1].end; r < b->end; r++) {
        uint32_t row = l->row[r];
        n += g->line[(size_t)row * SCAN_LANES + lane];
        sum += weight[row];
        if (n < 2 || !scan_may_beat((double)n, sum * scale, total, best))
            continue;
        double llr = scan_llr((double)n, sum * scale, total);
        best = llr > best ? llr : best;
    }
    if (best > g->max[lane]) {
        g->max[lane] = best;
        if (scan_grade(best) > g->w->grade[g->table * SCAN_LANES + lane])
            set_least(g->w, g->table, g->layer, lane, scan_grade(best));
    }
}

/* now: counts after the block, of which sum came with it. */
static void look_at_some(const struct leg *g, const struct scan_list *l, const struct scan_block *b,
                         const words *least, const words *now, const bytes *sum)
{
    const int16_t *enough = (const int16_t *)least, *count = (const int16_t *)now;
    const uint8_t *added = (const uint8_t *)sum;

    for (size_t lane = 0; lane < SCAN_LANES; lane++)
        if (count[slot_of(lane)] >= enough[slot_of(lane)])
            look_at(g, l, b, lane, count[slot_of(lane)] - added[lane]);
}

static inline __attribute__((always_inline)) void walk_narrow(const struct leg *g,
                                                              const struct scan_list *l)
{
    words a = {0}, b = {0}, c = {0}, d = {0};
    uint32_t r = 0;

    for (const struct scan_block *k = l->block; k < l->block + l->blocks; k++) {
        const words *t = (const words *)g->least + (size_t)k->level * 4;
        bytes low = {0}, high = {0};
        for (; r < k->end; r++) {
            const bytes *line = (const bytes *)(g->line + (size_t)l->row[r] * SCAN_LANES);
            low += line[0];
            high += line[1];
        }
        a += (words)low & 255;
        b += (words)((words)low >> 8) & 255;
        c += (words)high & 255;
        d += (words)((words)high >> 8) & 255;
        longs any = (longs)((a >= t[0]) | (b >= t[1]) | (c >= t[2]) | (d >= t[3]));
        if (__builtin_expect((any[0] | any[1] | any[2] | any[3]) != 0, 0))
            look_at_some(g, l, k, t, (const words[4]){a, b, c, d}, (const bytes[2]){low, high});
    }
}

/* The same for counts beyond 16 bits. */
static inline __attribute__((always_inline)) void walk_wide(const struct leg *g,
                                                            const struct scan_list *l)
{
    int32_t n[SCAN_LANES] = {0};
    uint32_t r = 0;

    for (const struct scan_block *k = l->block; k < l->block + l->blocks; k++) {
        const int32_t *t = (const int32_t *)g->least + (size_t)k->level * SCAN_LANES;
        bytes sum[2] = {{0}};
        for (; r < k->end; r++) {
            const bytes *line = (const bytes *)(g->line + (size_t)l->row[r] * SCAN_LANES);
            sum[0] += line[0];
            sum[1] += line[1];
        }
        const uint8_t *added = (const uint8_t *)sum;
        int32_t any = 0;
#pragma omp simd reduction(| : any)
        for (size_t lane = 0; lane < SCAN_LANES; lane++) {
            n[lane] += added[lane];
            any |= n[lane] >= t[lane];
        }
        for (size_t lane = 0; any && lane < SCAN_LANES; lane++)
            if (n[lane] >= t[lane])
                look_at(g, l, k, lane, n[lane] - added[lane]);
    }
}

static inline __attribute__((always_inline)) void
walk_all(const struct leg *g, const struct scan_list *list, size_t lists)
{
    for (size_t i = 0; i < lists; i++)
        if (g->w->wide)
            walk_wide(g, &list[i]);
        else
            walk_narrow(g, &list[i]);
}

static void walk_anywhere(const struct leg *g, const struct scan_list *list, size_t lists)
{
    walk_all(g, list, lists);
}

#ifdef __x86_64__
static __attribute__((target("avx2"))) void walk_avx2(const struct leg *g,
                                                      const struct scan_list *list, size_t lists)
{
    walk_all(g, list, lists);
}
#endif

/* Maxima found in other layers count here too. */
static void catch_up(struct scan_walker *w, size_t layer, size_t batch)
{
    size_t table = table_at(w, layer, batch);

    for (size_t lane = 0; lane < SCAN_LANES; lane++) {
        size_t grade = scan_grade(w->max[batch * SCAN_LANES + lane]);
        if (grade > w->grade[table * SCAN_LANES + lane])
            set_least(w, table, layer, lane, grade);
    }
}

void scan_walk(struct scan_walker *w, size_t layer, size_t batch, const struct scan_list *list,
               size_t lists)
{
    size_t table = table_at(w, layer, batch);
    size_t element = w->wide ? sizeof(int32_t) : sizeof(int16_t);
    struct leg g = {.w = w,
                    .line = w->counts->line + table * w->counts->rows * SCAN_LANES,
                    .least = (char *)w->least + table * w->need->levels * SCAN_LANES * element,
                    .max = w->max + batch * SCAN_LANES,
                    .table = table,
                    .layer = layer};

    catch_up(w, layer, batch);
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2")) {
        walk_avx2(&g, list, lists);
        return;
    }
#endif
    walk_anywhere(&g, list, lists);
}
