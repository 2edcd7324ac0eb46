/* scan_check.h: all windows tried one by one, the plain way, to hold the scans against; and the
 * tables of tests/data/oracle_scan. */
#ifndef KEOGIAM_TESTS_SCAN_CHECK_H
#define KEOGIAM_TESTS_SCAN_CHECK_H

#include "oracle_csv.h"

#include "risk/scan.h"

enum { SCAN_CHECK_UNITS = 128 };

/* ---- oracle tables: text by row ---- */

static inline size_t scan_check_find(char (*code)[32], size_t n, const char *wanted)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(code[i], wanted) == 0)
            return i;
    fail_msg("no unit %s", wanted);
    return 0;
}

/* ---- distributions ---- */

static inline int scan_check_ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Largest difference of two empirical distributions; both ascending. */
static inline double scan_check_ks(const double *a, const double *b, size_t n)
{
    double most = 0;
    for (size_t i = 0, j = 0; i < n && j < n;) {
        if (a[i] <= b[j])
            i++;
        else
            j++;
        most = fmax(most, fabs((double)i - (double)j) / (double)n);
    }
    return most;
}

/* ---- plain search ---- */

struct plain {
    size_t n;
    double lat[SCAN_CHECK_UNITS], lon[SCAN_CHECK_UNITS], weight[SCAN_CHECK_UNITS];
    double total, limit; /* cases of the ratio; weight that a window may have */
};

static inline double plain_distance(const struct plain *p, size_t a, size_t b)
{
    double turn = acos(-1) / 180, c = cos(p->lat[a] * turn), d = cos(p->lat[b] * turn);
    double x = c * cos(p->lon[a] * turn) - d * cos(p->lon[b] * turn);
    double y = c * sin(p->lon[a] * turn) - d * sin(p->lon[b] * turn);
    double z = sin(p->lat[a] * turn) - sin(p->lat[b] * turn);
    return 6367 * sqrt(x * x + y * y + z * z);
}

/* Units by distance from `centre`, which is known to be the first; ties by number. */
static inline void plain_order(const struct plain *p, size_t centre, size_t *order)
{
    double far[SCAN_CHECK_UNITS];
    for (size_t i = 0; i < p->n; i++) {
        size_t at = i;
        far[i] = plain_distance(p, centre, i);
        for (; at > 0 && far[order[at - 1]] > far[i] + 1e-9; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

static inline bool plain_same_place(const struct plain *p, size_t a, size_t b)
{
    return p->lat[a] == p->lat[b] && p->lon[a] == p->lon[b];
}

static inline double plain_llr(double n, double e, double total)
{
    if (n < 2 || !(n > e))
        return 0;
    return n * log(n / e) + (n < total ? (total - n) * log((total - n) / (total - e)) : 0);
}

struct plain_best {
    double llr, count, weight;
    size_t units;
};

/* The best window of one centre for counts whose expectation is weight * scale. */
static inline struct plain_best plain_search(const struct plain *p, size_t centre,
                                             const double *count, double scale)
{
    size_t order[SCAN_CHECK_UNITS];
    struct plain_best best = {0};
    double n = 0, weight = 0;

    plain_order(p, centre, order);
    for (size_t i = 0; i < p->n; i++) {
        n += count[order[i]];
        weight += p->weight[order[i]];
        if (i + 1 < p->n && plain_same_place(p, order[i], order[i + 1]))
            continue;
        if (weight > p->limit)
            break;
        double llr = plain_llr(n, weight * scale, p->total);
        if (llr > best.llr)
            best = (struct plain_best){llr, n, weight, i + 1};
    }
    return best;
}

static inline double plain_maximum(const struct plain *p, const double *count, double scale)
{
    double max = 0;
    for (size_t i = 0; i < p->n; i++)
        max = fmax(max, plain_search(p, i, count, scale).llr);
    return max;
}

#endif
