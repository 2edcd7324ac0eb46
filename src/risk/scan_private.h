/* scan_private.h: the engine under scan.h and permutation_scan.h.
 *
 * Sites: units with the same coordinates are one site; whatever is said of windows is of sites.
 * Window: the k nearest sites of a site (itself first) and a layer. A layer is a set of counts over
 *   the sites whose expected value is weight * scale: the spatial scan has one, the permutation
 *   scan one for each length in months.
 * Simulated counts lie in lines of 64 replications, a byte a count; a site of which some
 *   replication has more than 255 cases has several lines, which are added like neighbours.
 * The maximum over all windows is exact: a window is left out only when its count is under the
 *   least count that could beat the maximum found so far.
 */
#ifndef KEOGIAM_RISK_SCAN_PRIVATE_H
#define KEOGIAM_RISK_SCAN_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "risk/scan.h"

enum { SCAN_LANES = 64, SCAN_TILE = 32 };

#define SCAN_NO_SITE SIZE_MAX

/* ---- scan_sites.c ---- */

struct scan_sites {
    size_t units, n;
    size_t *of_unit;    /* [units] SCAN_NO_SITE: the unit takes no part */
    size_t *first_unit; /* [n] sites are in the order of these */
    size_t *next_unit;  /* [units] the next of the same site, or SCAN_NO_SITE */
    double *x, *y, *z;  /* [n] km from the centre of the sphere */
    double *weight;     /* [n] what expected counts are proportional to */
    double total;       /* of weight */
    uint32_t *along;    /* [n] sites in an order that keeps neighbours together */
    uint64_t rank_bits; /* the low bits of a key that hold the site */
};

/* Sites of the units with used[i]. weight: [units], summed over the units of a site. */
bool scan_sites_init(struct scan_sites *s, const struct scan_points *points, const bool *used,
                     const double *weight);
void scan_sites_free(struct scan_sites *s);

/* Sites in the order of their distance from one sort by this key: the square of the distance to
 * 2^-30 of it (of 100 km: a tenth of a millimetre), then the site. Keys of one `from` are all
 * different. */
uint64_t scan_key(const struct scan_sites *s, size_t from, size_t to);
void scan_keys_sort(uint64_t *key, size_t n); /* ascending; quick for few */
double scan_distance(const struct scan_sites *s, size_t from, size_t to); /* great circle, km */

/* ---- scan_order.c: the neighbours of a site ---- */

struct scan_order {
    const struct scan_sites *sites;
    double most;       /* no window weighs more */
    double reach;      /* of the tile: no window of its centres reaches farther, km */
    size_t candidates; /* sites within reach of a centre of the tile */
    double *x, *y, *z, *distance;
    uint32_t *candidate, *bucket, *start;
    uint64_t *unsorted, *key;
    size_t n; /* sites in the longest window of the centre */
};

bool scan_order_init(struct scan_order *o, const struct scan_sites *s, double most);
void scan_order_free(struct scan_order *o);
void scan_order_tile(struct scan_order *o, const uint32_t *site, size_t n);
/* The neighbours of a site of that tile: key[0 ... n), nearest first, n > 0 unless the site alone
 * weighs more than `most`. */
void scan_order_of(struct scan_order *o, size_t site);

static inline size_t scan_site_of(const struct scan_sites *s, uint64_t key)
{
    return (size_t)(key & s->rank_bits);
}

/* ---- scan_need.c: how many cases a window needs ---- */

/* n ln(n/e) + (C-n) ln((C-n)/(C-e)); 0 unless n > e. */
double scan_llr(double n, double e, double total);

/* Is it possible at all that scan_llr(n, e, total) > best >= 0? Sure when false. */
static inline bool scan_may_beat(double n, double e, double total, double best)
{
    double over = n - e;
    return over > 0 && (n > total - e || over * over * total > 1.999999 * best * e * (total - e));
}

enum { SCAN_STEPS = 8, SCAN_GRADES = 256 }; /* a maximum is graded in eighths, up to 32 */

struct scan_need {
    size_t levels;
    double *from;   /* [levels] least weight of a window of the level */
    int32_t *least; /* [layer][grade][level] least count that can beat the grade */
};

struct scan_model;
/* The level of a weight; `level` is not above it. */
static inline uint32_t scan_level_of(const struct scan_need *t, uint32_t level, double weight)
{
    while (level + 1 < t->levels && weight >= t->from[level + 1])
        level++;
    return level;
}

/* batches: of replications; the more tables there will be, the fewer levels they have. */
bool scan_need_init(struct scan_need *t, const struct scan_model *m, double most, size_t batches);
void scan_need_free(struct scan_need *t);
size_t scan_grade(double llr);

/* ---- scan_counts.c: what is observed, and replications of it ---- */

struct scan_model {
    const struct scan_sites *sites;
    size_t layers;
    const double *scale;     /* [layers] */
    const int64_t *observed; /* [layer][site] */
    int64_t total;           /* cases: C of the ratio */
    int64_t most;            /* no layer of any replication has more cases */
    /* One replication: count[layer][site]. space: of this size, this thread's own. */
    void (*draw)(const struct scan_model *m, uint64_t seed, uint32_t *count, void *space);
    size_t space;
    const void *own; /* the model's */
};

struct scan_counts {
    size_t layers, batches, rows;
    uint8_t *line;     /* [layer][batch][row][SCAN_LANES] */
    uint32_t *row;     /* [sites] a site's first line */
    uint32_t *row_n;   /* [sites] 0 for a site without weight */
    double *weight;    /* [rows] the site's on its first line, 0 on the others */
    uint32_t *site;    /* [rows] whose line it is */
    uint32_t *largest; /* [sites] the largest count of all replications */
};

/* Counts do not fit 16 bits. */
static inline bool scan_is_wide(const struct scan_model *m)
{
    return m->most > 32000;
}

bool scan_counts_init(struct scan_counts *c, const struct scan_model *m, size_t replications,
                      uint64_t seed);
void scan_counts_free(struct scan_counts *c);

/* ---- scan_rings.c: the neighbours of a centre, parted by distance but not sorted ---- */

struct scan_slot { /* a site with weight */
    double weight;
    uint32_t row, most; /* its first line; its largest count */
};

struct scan_rings {
    const struct scan_order *order;
    const struct scan_counts *counts;
    const struct scan_need *need;
    size_t n; /* candidates of the tile with weight */
    double *x, *y, *z, *square;
    uint64_t *bits;
    int32_t *cell, base;
    struct scan_slot *slot;
    uint16_t *ring_of; /* [cells] */
    double *weight;    /* [cells] */
    size_t rings;
    uint32_t *end;            /* [rings] ring k of the centre is placed[end[k - 1] ... end[k]) */
    struct scan_slot *placed; /* every site of a ring is nearer than those of the next */
};

bool scan_rings_init(struct scan_rings *r, const struct scan_order *o, const struct scan_counts *c,
                     const struct scan_need *need);
void scan_rings_free(struct scan_rings *r);
void scan_rings_tile(struct scan_rings *r); /* the order's tile, just made */
void scan_rings_of(struct scan_rings *r, size_t site);

/* ---- scan_list.c: the windows of a centre as the walk wants them ---- */

struct scan_block {
    uint32_t end;   /* rows before it belong to it or to an earlier block */
    uint32_t level; /* no window that ends in it weighs less than need.from[level] */
    double before;  /* weight of all rows before it */
    bool sorted;    /* its rows are in the order of their distance */
};

/* What the lists of a thread share. */
struct scan_lister {
    const struct scan_sites *sites;
    const struct scan_counts *counts;
    uint64_t *key; /* [sites] to sort by */
};

struct scan_list {
    const struct scan_lister *by;
    size_t centre, rows, blocks;
    uint32_t *row;            /* times SCAN_LANES; room for all there are */
    struct scan_block *block; /* room for as many */
};

static inline uint32_t scan_block_start(const struct scan_list *l, const struct scan_block *b)
{
    return b == l->block ? 0 : b[-1].end;
}

void scan_list_fill(struct scan_list *l, const struct scan_rings *r, double most);
void scan_list_sort(const struct scan_list *l, struct scan_block *b);

/* The best window of a centre: the first of the highest ratio. */
struct scan_window {
    double llr; /* 0: none has two cases and more than expected; the rest is then 0 */
    size_t layer;
    int64_t count;
    double weight;
    uint64_t last; /* key of its farthest site: what is in the window has no larger key */
};

struct scan_observed {
    const struct scan_model *model;
    size_t layer;
    double scale, most;   /* most: weight of the largest window */
    const int32_t *count; /* [rows] a site's on its first line */
};

/* best: so far, zero at first. */
void scan_window_best(struct scan_window *best, const struct scan_list *l,
                      const struct scan_observed *o);

/* ---- scan_walk.c: the maxima of 64 replications over the windows of a tile ---- */

struct scan_walker {
    const struct scan_counts *counts;
    const struct scan_need *need;
    const struct scan_model *model;
    size_t half;              /* bytes a vector: 16 or 32 */
    bool wide;                /* counts do not fit 16 bits */
    uint8_t lane[SCAN_LANES]; /* whose count is in a slot */
    double *max;              /* [batch][SCAN_LANES] */
    uint16_t *grade;          /* [layer][batch][SCAN_LANES] that enough[] stands for */
    void *enough;             /* [layer][batch][level][slot] int16_t or int32_t: a count up to this
                               * does not beat the maximum */
};

bool scan_walker_init(struct scan_walker *w, const struct scan_counts *c,
                      const struct scan_need *need, const struct scan_model *m, bool plain);
void scan_walker_free(struct scan_walker *w);
/* All lists over one batch of one layer. */
void scan_walk(struct scan_walker *w, size_t layer, size_t batch, const struct scan_list *list,
               size_t lists);

/* What a walk over one batch of one layer has in hand; the loops themselves, by vector size; and
 * what they call for a window in which some count is above enough. */
struct scan_leg {
    struct scan_walker *w;
    const uint8_t *line;
    const void *enough;
    double *max;
    size_t table, layer;
};

bool scan_has_32(void);
void scan_walk_16(const struct scan_leg *g, const struct scan_list *list, size_t lists);
void scan_walk_32(const struct scan_leg *g, const struct scan_list *list, size_t lists);
void scan_try_narrow(const struct scan_leg *g, double weight, const int16_t *n,
                     const int16_t *enough);
void scan_try_wide(const struct scan_leg *g, double weight, const int32_t *n,
                   const int32_t *enough);

/* The windows that end in a block one after the other. Between two lines of one site the weight is
 * the whole site's and the count not yet: no window, but one that cannot beat the next. */
struct scan_window_at {
    uint32_t row, level;
    double weight;
};

static inline struct scan_window_at scan_block_open(const struct scan_list *l, struct scan_block *b)
{
    scan_list_sort(l, b);
    return (struct scan_window_at){scan_block_start(l, b), b->level, b->before};
}

static inline void scan_window_next(struct scan_window_at *at, const struct scan_leg *g,
                                    const struct scan_list *l)
{
    at->weight += g->w->counts->weight[l->row[at->row++] / SCAN_LANES];
    at->level = scan_level_of(g->w->need, at->level, at->weight);
}

/* ---- scan_engine.c ---- */

struct scan_engine {
    double most;   /* weight of the largest window */
    double report; /* weight of the largest window that a centre may put forward */
    size_t replications;
    uint64_t seed;
    bool plain; /* by the vectors of any machine, even where there are longer ones */
};

/* Shares brought into their ranges, times the weight of all sites. */
struct scan_engine scan_engine_of(const struct scan_options *options, double total);

/* best: [sites]; maxima: [replications]. */
bool scan_engine_run(const struct scan_engine *e, const struct scan_model *m,
                     struct scan_window *best, double *maxima);

/* ---- scan_sureness.c ---- */

#define SCAN_SURENESS_REACH 7.0 /* windows this much under the cluster's ratio do not count */

struct scan_sureness {
    double *of; /* [sites] share of the windows' likelihood that has the site in it */
    double *window;
};

struct scan_sureness_of {
    const struct scan_model *model;
    const struct scan_window *best;
    const uint32_t *taken_by; /* [sites] 0, or 1 + the cluster; it and the stronger ones */
    size_t number;            /* the cluster */
    double report, llr, p;
};

bool scan_sureness_init(struct scan_sureness *s, const struct scan_sites *sites);
void scan_sureness_free(struct scan_sureness *s);
/* Fills s->of, NAN if p > SCAN_CLUSTER_P. Uses up o. */
void scan_sureness_find(struct scan_sureness *s, const struct scan_sureness_of *k,
                        struct scan_order *o);

/* ---- scan_pick.c: from windows to clusters ---- */

/* Clusters by falling ratio without a site in common, as long as p < 1. *out is the caller's to
 * free with scan_clusters_free. maxima is sorted. */
bool scan_pick(const struct scan_engine *e, const struct scan_model *m,
               const struct scan_window *best, double *maxima, struct scan_clusters *out);

#endif
