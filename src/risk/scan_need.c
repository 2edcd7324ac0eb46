/* scan_need.c: the least count with which a window of given expectation beats a given maximum.
 *
 * Expectations are cut into levels, narrow against their standard deviation; maxima into grades.
 * The least count of a level is that of its smallest expectation and of the lower end of the
 * grade, so that a count below it beats nothing, however both are rounded.
 */
#include <math.h>
#include <stdlib.h>

#include "risk/scan_private.h"

static const double FIRST_LEVEL = 0.005, GROWTH = 0.25, STEP = 0.3;
/* Levels from the steps that follow the standard deviation; bytes of a thread's tables of them. */
static const double LEVELS_MOST = 800, TABLES_MOST = 6e6;

double scan_llr(double n, double e, double total)
{
    if (!(n > e))
        return 0;
    double inside = n * log(n / e);
    return n < total ? inside + (total - n) * log((total - n) / (total - e)) : inside;
}

size_t scan_grade(double llr)
{
    double grade = llr * SCAN_STEPS - 1e-6;
    return grade > 0 ? grade < SCAN_GRADES - 1 ? (size_t)grade : SCAN_GRADES - 1 : 0;
}

static double next_level(double e, double step)
{
    return e > 0 ? e + fmin(GROWTH * e, step * sqrt(e)) : FIRST_LEVEL;
}

static double levels_most(const struct scan_model *m, size_t batches)
{
    size_t width = scan_is_wide(m) ? sizeof(int32_t) : sizeof(int16_t);
    return fmin(LEVELS_MOST, TABLES_MOST / (double)(m->layers * batches * SCAN_LANES * width));
}

static size_t place_levels(double *from, double scale, double most, double levels)
{
    double step = fmax(STEP, 2 * sqrt(most) / levels), e = 0;
    size_t n = 0;

    for (; n == 0 || e < most; e = next_level(e, step)) {
        if (from)
            from[n] = e / scale;
        n++;
    }
    return n;
}

/* The least count from `n` on with a ratio above `llr`; most + 1 when there is none. */
static int64_t least_from(int64_t n, double e, double llr, const struct scan_model *m)
{
    double total = (double)m->total;
    int64_t step = 1;

    while (n <= m->most && !(scan_llr((double)n, e, total) > llr)) {
        n += step;
        step *= 2;
    }
    /* Now n - step / 2 fails, unless none was tried, and n does not. */
    for (step /= 2; step > 1; step /= 2)
        if (n - step / 2 > m->most || scan_llr((double)(n - step / 2), e, total) > llr)
            n -= step / 2;
    return n <= m->most ? n : m->most + 1;
}

static void fill_level(struct scan_need *t, const struct scan_model *m, size_t layer, size_t level)
{
    int32_t *least = t->least + layer * SCAN_GRADES * t->levels + level;
    double e = t->from[level] * m->scale[layer] * (1 - 1e-12);
    int64_t n = (int64_t)fmin(fmax(2, floor(e)), (double)m->most + 1);

    for (size_t grade = 0; grade < SCAN_GRADES; grade++) {
        double llr = (double)grade / SCAN_STEPS;
        n = e > 0 ? least_from(n, e, llr, m) : 2;
        least[grade * t->levels] = (int32_t)n;
    }
}

bool scan_need_init(struct scan_need *t, const struct scan_model *m, double most, size_t batches)
{
    double scale = 0, levels = levels_most(m, batches);

    for (size_t layer = 0; layer < m->layers; layer++)
        scale = fmax(scale, m->scale[layer]);
    *t = (struct scan_need){.levels = place_levels(NULL, scale, most * scale, levels)};
    t->from = malloc(t->levels * sizeof *t->from);
    t->least = malloc(m->layers * SCAN_GRADES * t->levels * sizeof *t->least);
    if (!t->from || !t->least) {
        scan_need_free(t);
        return false;
    }
    place_levels(t->from, scale, most * scale, levels);
    for (size_t layer = 0; layer < m->layers; layer++)
        for (size_t level = 0; level < t->levels; level++)
            fill_level(t, m, layer, level);
    return true;
}

void scan_need_free(struct scan_need *t)
{
    free(t->from);
    free(t->least);
    *t = (struct scan_need){0};
}
