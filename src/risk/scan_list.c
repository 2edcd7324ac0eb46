/* scan_list.c: the windows of one centre as blocks of rows; see scan_private.h.
 *
 * To add up counts over a ring of sites nobody needs their order: a ring is a block that is sorted
 * only when a window in it could beat something. A ring too heavy for that, or the last one, of
 * which only a part is within the limit, is sorted and cut at once.
 */
#include <stdlib.h>

#include "risk/scan_private.h"

enum { BYTE_MOST = 255 };

/* ---- sorting ---- */

/* Every site in a block that is not sorted has one row. */
void scan_list_sort(const struct scan_list *l, struct scan_block *b)
{
    const struct scan_lister *by = l->by;
    uint32_t *row = l->row + scan_block_start(l, b);
    size_t n = (size_t)(l->row + b->end - row);

    if (b->sorted)
        return;
    for (size_t i = 0; i < n; i++)
        by->key[i] = scan_key(by->sites, l->centre, by->counts->site[row[i] / SCAN_LANES]);
    scan_keys_sort(by->key, n);
    for (size_t i = 0; i < n; i++)
        row[i] = by->counts->row[scan_site_of(by->sites, by->key[i])] * SCAN_LANES;
    b->sorted = true;
}

/* ---- filling ---- */

/* Where a list has got to. */
struct growth {
    struct scan_list *l;
    const struct scan_need *need;
    double weight; /* of all rows */
    struct scan_block block;
    uint32_t most; /* sum of the largest counts in the block */
};

static void close_block(struct growth *g)
{
    uint32_t from = g->l->blocks ? g->l->block[g->l->blocks - 1].end : 0;
    g->block.end = (uint32_t)g->l->rows;
    if (g->block.end > from)
        g->l->block[g->l->blocks++] = g->block;
    g->most = 0;
}

/* `first`: weight of the first window in the block, or less. */
static void open_block(struct growth *g, double before, double first, bool sorted)
{
    uint32_t level = scan_level_of(g->need, g->block.level, first);
    g->block = (struct scan_block){.level = level, .before = before, .sorted = sorted};
}

struct ring {
    const struct scan_slot *slot;
    size_t n;
    double weight, least; /* of all; of the lightest */
    uint32_t most;        /* sum of the largest counts */
};

/* Its rows are written too, as if their order did not matter. */
static struct ring ring_of(const struct scan_slot *slot, size_t n, uint32_t *row)
{
    struct ring r = {slot, n, 0, slot[0].weight, 0};

    for (size_t i = 0; i < n; i++) {
        row[i] = slot[i].row * SCAN_LANES;
        r.weight += slot[i].weight;
        r.least = slot[i].weight < r.least ? slot[i].weight : r.least;
        r.most += slot[i].most;
    }
    return r;
}

static bool block_is_empty(const struct growth *g)
{
    return g->l->rows == (g->l->blocks ? g->l->block[g->l->blocks - 1].end : 0);
}

/* A ring whose order does not matter; its rows are there already. */
static void add_ring(struct growth *g, const struct ring *r)
{
    if (g->most + r->most > BYTE_MOST ||
        scan_level_of(g->need, g->block.level, g->weight) > g->block.level)
        close_block(g);
    if (block_is_empty(g))
        open_block(g, g->weight, g->weight + r->least, r->n == 1);
    else
        g->block.sorted = false;
    g->l->rows += r->n;
    g->weight += r->weight;
    g->most += r->most;
}

/* One site, nearer than those to come. A block ends where another row could make a byte overflow,
 * and with its level. */
static void add_site(struct growth *g, const struct scan_slot *slot)
{
    double before = g->weight;
    uint32_t left = slot->most;

    g->weight += slot->weight;
    for (uint32_t row = slot->row; row == slot->row || left; row++, before = g->weight) {
        uint32_t part = left < BYTE_MOST ? left : BYTE_MOST;
        if (g->most + part > BYTE_MOST ||
            scan_level_of(g->need, g->block.level, g->weight) > g->block.level)
            close_block(g);
        if (block_is_empty(g))
            open_block(g, before, g->weight, true);
        g->l->row[g->l->rows++] = row * SCAN_LANES;
        g->most += part;
        left -= part;
    }
}

/* False when growth has stopped. */
static bool add_sorted(struct growth *g, const struct ring *r, double most)
{
    const struct scan_lister *by = g->l->by;
    const struct scan_counts *c = by->counts;

    for (size_t i = 0; i < r->n; i++)
        by->key[i] = scan_key(by->sites, g->l->centre, c->site[r->slot[i].row]);
    scan_keys_sort(by->key, r->n);
    close_block(g);
    for (size_t i = 0; i < r->n; i++) {
        size_t site = scan_site_of(by->sites, by->key[i]);
        struct scan_slot slot = {by->sites->weight[site], c->row[site], c->largest[site]};
        if (g->weight + slot.weight > most)
            return false;
        add_site(g, &slot);
    }
    close_block(g);
    return true;
}

void scan_list_fill(struct scan_list *l, const struct scan_rings *r, double most)
{
    struct growth g = {.l = l, .need = r->need};
    bool growing = true;

    l->rows = l->blocks = 0;
    for (size_t k = 0, from = 0; growing && k < r->rings; from = r->end[k++]) {
        if (r->end[k] == from)
            continue;
        struct ring ring = ring_of(r->placed + from, r->end[k] - from, l->row + l->rows);
        if (from == 0 || ring.most > BYTE_MOST || g.weight + ring.weight > most)
            growing = add_sorted(&g, &ring, most);
        else
            add_ring(&g, &ring);
    }
    close_block(&g);
}

/* ---- what is observed ---- */

/* The windows that end in a block. */
static void look_at(struct scan_window *best, const struct scan_list *l, const struct scan_block *b,
                    const struct scan_observed *o, int64_t count)
{
    double weight = b->before, total = (double)o->model->total;
    const struct scan_counts *c = l->by->counts;

    for (uint32_t r = scan_block_start(l, b); r < b->end; r++) {
        uint32_t row = l->row[r] / SCAN_LANES;
        weight += c->weight[row];
        count += o->count[row];
        double n = (double)count, e = weight * o->scale;
        if (weight > o->most)
            return;
        if (count < 2 || !scan_may_beat(n, e, total, best->llr))
            continue;
        double llr = scan_llr(n, e, total);
        if (llr > best->llr)
            *best = (struct scan_window){llr, o->layer, count, weight,
                                         scan_key(l->by->sites, l->centre, c->site[row])};
    }
}

void scan_window_best(struct scan_window *best, const struct scan_list *l,
                      const struct scan_observed *o)
{
    int64_t count = 0;
    uint32_t r = 0;

    for (struct scan_block *b = l->block; b < l->block + l->blocks && b->before <= o->most; b++) {
        int64_t before = count;
        for (; r < b->end; r++)
            count += o->count[l->row[r] / SCAN_LANES];
        if (count < 2 ||
            !scan_may_beat((double)count, b->before * o->scale, (double)o->model->total, best->llr))
            continue;
        scan_list_sort(l, b);
        look_at(best, l, b, o, before);
    }
}
