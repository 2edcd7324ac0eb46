/* multiple.c: Benjamini-Hochberg. */
#include "stats/multiple.h"

#include <math.h>
#include <stdlib.h>

struct ranked {
    double p;
    size_t at; /* index in the caller's array */
};

static int ranked_compare(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    return (a->p > b->p) - (a->p < b->p);
}

static size_t ranked_fill(struct ranked *r, const double *p, size_t n)
{
    size_t known = 0;

    for (size_t i = 0; i < n; i++)
        if (p[i] >= 0 && p[i] <= 1)
            r[known++] = (struct ranked){p[i], i};
    return known;
}

bool multiple_bh(const double *p, size_t n, double *q)
{
    if (n == 0)
        return true;
    struct ranked *r = malloc(n * sizeof *r);
    if (!r)
        return false;

    size_t known = ranked_fill(r, p, n);
    qsort(r, known, sizeof *r, ranked_compare);
    for (size_t i = 0; i < n; i++)
        q[i] = NAN;
    double least = 1;
    for (size_t i = known; i > 0; i--) {
        least = fmin(least, (double)known / (double)i * r[i - 1].p);
        q[r[i - 1].at] = least;
    }
    free(r);
    return true;
}
