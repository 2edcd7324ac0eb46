/* scan_list.c: the windows of one centre; see scan_private.h. */
#include "risk/scan_private.h"

enum { BYTE_MOST = 255 };

/* A block ends where another row could make a byte overflow, and with its level. */
static bool block_is_full(const struct scan_need *need, const struct scan_block *b, uint32_t most,
                          double weight)
{
    return most > BYTE_MOST || (b->level + 1 < need->levels && weight >= need->from[b->level + 1]);
}

static uint32_t level_of(const struct scan_need *need, uint32_t level, double weight)
{
    while (level + 1 < need->levels && weight >= need->from[level + 1])
        level++;
    return level;
}

void scan_list_fill(struct scan_list *l, const struct scan_order *o, const struct scan_counts *c,
                    const struct scan_need *need)
{
    struct scan_block b = {0};
    uint32_t rows = 0, most = 0, first = 0;
    double weight = 0;

    l->blocks = 0;
    for (size_t i = 0; i < o->n; i++) {
        size_t site = scan_site_of(o->sites, o->key[i]);
        double before = weight;
        weight += o->sites->weight[site];
        for (uint32_t k = 0; k < c->row_n[site]; k++, before = weight) {
            uint32_t row = c->row[site] + k;
            if (rows > first && block_is_full(need, &b, most + c->most[row], weight)) {
                b.end = first = rows;
                l->block[l->blocks++] = b;
                most = 0;
            }
            if (rows == first) {
                b.level = level_of(need, b.level, weight);
                b.before = before;
            }
            l->row[rows++] = row;
            most += c->most[row];
        }
    }
    if (rows > first) {
        b.end = rows;
        l->block[l->blocks++] = b;
    }
    l->rows = rows;
}

static struct scan_window layer_best(const struct scan_order *o, const struct scan_model *m,
                                     size_t layer, double most)
{
    const struct scan_sites *s = o->sites;
    const int64_t *observed = m->observed + layer * s->n;
    double total = (double)m->total, weight = 0;
    struct scan_window best = {0};
    int64_t count = 0;

    for (size_t i = 0; i < o->n; i++) {
        size_t site = scan_site_of(s, o->key[i]);
        weight += s->weight[site];
        count += observed[site];
        if (weight > most)
            break;
        double n = (double)count, e = weight * m->scale[layer];
        if (count < 2 || !scan_may_beat(n, e, total, best.llr))
            continue;
        double llr = scan_llr(n, e, total);
        if (llr > best.llr)
            best = (struct scan_window){llr, layer, count, weight, i + 1, o->key[i]};
    }
    return best;
}

struct scan_window scan_window_best(const struct scan_order *o, const struct scan_model *m,
                                    double most)
{
    struct scan_window best = {0};

    for (size_t layer = 0; layer < m->layers; layer++) {
        struct scan_window w = layer_best(o, m, layer, most);
        best = w.llr > best.llr ? w : best;
    }
    return best;
}
