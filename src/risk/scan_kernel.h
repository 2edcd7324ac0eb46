/* scan_kernel.h: the innermost loop, for vectors of SCAN_HALF bytes, which whoever includes this
 * defines: scan_walk_16.c for every machine, scan_walk_32.c for those with AVX2.
 *
 * The lines of a block of neighbours are summed as bytes, which cannot overflow (scan_list.c), and
 * the sum added to the counts of 64 replications. Counts only grow along a list: when at the end
 * of the block none is above what its first window cannot do with, no window in it can beat any
 * maximum. Otherwise the block is sorted and gone through window by window in the same way.
 * A vector of bytes taken for words splits into its even bytes and its odd ones, and a vector of
 * words likewise: scan_slot_of says where a lane gets to.
 */
#ifndef KEOGIAM_RISK_SCAN_KERNEL_H
#define KEOGIAM_RISK_SCAN_KERNEL_H

#include <string.h>

#include "risk/scan_private.h"

enum { PARTS = SCAN_LANES / SCAN_HALF };

typedef uint8_t bytes __attribute__((vector_size(SCAN_HALF), may_alias));
typedef int16_t words __attribute__((vector_size(SCAN_HALF), may_alias));
typedef int32_t quads __attribute__((vector_size(SCAN_HALF), may_alias));
typedef int64_t longs __attribute__((vector_size(SCAN_HALF), may_alias));

#define SCAN_INLINE static inline __attribute__((always_inline))

SCAN_INLINE void add_lines(const struct scan_leg *g, const struct scan_list *l, uint32_t from,
                           uint32_t end, bytes *sum)
{
    bytes in_hand[PARTS] = {{0}};

    for (uint32_t r = from; r < end; r++) {
        const bytes *line = (const bytes *)(g->line + l->row[r]);
#pragma GCC unroll 4
        for (int part = 0; part < PARTS; part++)
            in_hand[part] += line[part];
    }
#pragma GCC unroll 4
    for (int part = 0; part < PARTS; part++)
        sum[part] = in_hand[part];
}

SCAN_INLINE bool is_any(const longs *flags)
{
    int64_t any = 0;

#pragma GCC unroll 4
    for (int i = 0; i < SCAN_HALF / 8; i++)
        any |= (*flags)[i];
    return any != 0;
}

/* ---- counts of 16 bits ---- */

/* Adds to the counts; is any above enough? */
SCAN_INLINE bool add_narrow(words *n, const bytes *sum, const words *enough)
{
    words any = {0};

#pragma GCC unroll 4
    for (int part = 0; part < PARTS; part++) {
        n[2 * part] += (words)sum[part] & 255;
        n[2 * part + 1] += (words)sum[part] >> 8 & 255;
        any |= (n[2 * part] > enough[2 * part]) | (n[2 * part + 1] > enough[2 * part + 1]);
    }
    longs flags = (longs)any;
    return is_any(&flags);
}

/* The same window by window. */
SCAN_INLINE void look_narrow(const struct scan_leg *g, const struct scan_list *l,
                             struct scan_block *b, const words *now, const bytes *sum)
{
    struct scan_window_at at = scan_block_open(l, b);
    words n[2 * PARTS];

#pragma GCC unroll 4
    for (int part = 0; part < PARTS; part++) {
        n[2 * part] = now[2 * part] - ((words)sum[part] & 255);
        n[2 * part + 1] = now[2 * part + 1] - ((words)sum[part] >> 8 & 255);
    }
    while (at.row < b->end) {
        const bytes *line = (const bytes *)(g->line + l->row[at.row]);
        scan_window_next(&at, g, l);
        const words *t = (const words *)g->enough + (size_t)at.level * 2 * PARTS;
        if (add_narrow(n, line, t))
            scan_try_narrow(g, at.weight, (const int16_t *)n, (const int16_t *)t);
    }
}

SCAN_INLINE void walk_narrow(const struct scan_leg *g, const struct scan_list *l)
{
    words n[2 * PARTS] = {{0}};
    uint32_t from = 0;

    for (struct scan_block *k = l->block; k < l->block + l->blocks; from = k++->end) {
        bytes sum[PARTS];
        add_lines(g, l, from, k->end, sum);
        if (add_narrow(n, sum, (const words *)g->enough + (size_t)k->level * 2 * PARTS))
            look_narrow(g, l, k, n, sum);
    }
}

/* ---- counts of 32 bits ---- */

SCAN_INLINE bool add_wide(quads *n, const bytes *sum, const quads *enough)
{
    quads any = {0};

#pragma GCC unroll 4
    for (int part = 0; part < PARTS; part++) {
        quads even = (quads)((words)sum[part] & 255);
        quads odd = (quads)((words)sum[part] >> 8 & 255);
        n[4 * part] += even & 0xffff;
        n[4 * part + 1] += even >> 16;
        n[4 * part + 2] += odd & 0xffff;
        n[4 * part + 3] += odd >> 16;
        for (int k = 4 * part; k < 4 * part + 4; k++)
            any |= n[k] > enough[k];
    }
    longs flags = (longs)any;
    return is_any(&flags);
}

SCAN_INLINE void walk_wide(const struct scan_leg *g, const struct scan_list *l)
{
    quads n[4 * PARTS] = {{0}};
    uint32_t from = 0;

    for (struct scan_block *k = l->block; k < l->block + l->blocks; from = k++->end) {
        quads before[4 * PARTS];
        bytes sum[PARTS];
        add_lines(g, l, from, k->end, sum);
        memcpy(before, n, sizeof n);
        if (!add_wide(n, sum, (const quads *)g->enough + (size_t)k->level * 4 * PARTS))
            continue;
        struct scan_window_at at = scan_block_open(l, k);
        while (at.row < k->end) {
            const bytes *line = (const bytes *)(g->line + l->row[at.row]);
            scan_window_next(&at, g, l);
            const quads *t = (const quads *)g->enough + (size_t)at.level * 4 * PARTS;
            if (add_wide(before, line, t))
                scan_try_wide(g, at.weight, (const int32_t *)before, (const int32_t *)t);
        }
    }
}

SCAN_INLINE void walk(const struct scan_leg *g, const struct scan_list *list, size_t lists)
{
    for (size_t i = 0; i < lists; i++)
        if (g->w->wide)
            walk_wide(g, &list[i]);
        else
            walk_narrow(g, &list[i]);
}

#endif
