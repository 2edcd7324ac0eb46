/* From the cells of a monthly result to months by years, their means, their shades. */
#include <math.h>
#include <stdlib.h>

#include "plot/cells.h"
#include "plot/seasonal.h"

const struct month *seasonal_month(const struct seasonal *s, size_t year, size_t month)
{
    int at = (s->m.first / 12 + (int)year) * 12 + (int)month - s->m.first;
    return at < 0 || (size_t)at >= s->m.count ? NULL : &s->m.months[at];
}

static bool is_whole(const struct month *month)
{
    return month && !isnan(month->count) && !month->partial;
}

/* ---- means ---- */

static void set_means(struct seasonal *s)
{
    for (size_t month = 0; month < 12; month++) {
        double sum = 0, n = 0;
        for (size_t year = 0; year < s->m.year_count; year++) {
            const struct month *one = seasonal_month(s, year, month);
            if (!is_whole(one) || one->excluded)
                continue;
            sum += one->count;
            n++;
        }
        s->means[month] = n > 0 ? sum / n : NAN;
        s->mean_most = fmax(s->mean_most, s->means[month]);
    }
}

/* ---- shades ---- */

static int compare(const void *a, const void *b)
{
    const double *one = a, *other = b;
    return *one < *other ? -1 : *one > *other;
}

/* A fifth of the months each, as far as equal counts allow: a single month far above the rest then
 * takes no contrast from them. */
static void set_classes(struct seasonal *s, const double *sorted, size_t n)
{
    for (size_t k = 1; k <= SEASONAL_CLASSES && n > 0; k++) {
        size_t last = (n * k + SEASONAL_CLASSES - 1) / SEASONAL_CLASSES - 1, first = 0;
        const struct seasonal_class *before =
            s->class_count ? &s->classes[s->class_count - 1] : NULL;
        if (before && sorted[last] <= before->high)
            continue;
        while (before && sorted[first] <= before->high)
            first++;
        s->classes[s->class_count++] =
            (struct seasonal_class){.low = sorted[first], .high = sorted[last]};
    }
    for (size_t k = 1; k < s->class_count; k++)
        s->classes[k].shade =
            (k * (SEASONAL_CLASSES - 1) + (s->class_count - 1) / 2) / (s->class_count - 1);
}

const struct seasonal_class *seasonal_class_of(const struct seasonal *s, double count)
{
    size_t k = 0;
    while (k + 1 < s->class_count && count > s->classes[k].high)
        k++;
    return &s->classes[k];
}

static bool read_classes(struct seasonal *s, struct err *e)
{
    double *counts = arena_alloc(&s->arena, s->m.count * sizeof *counts);
    size_t n = 0;
    if (!counts)
        return err_memory(e);
    for (size_t i = 0; i < s->m.count; i++) {
        s->has_excluded |= s->m.months[i].excluded;
        if (is_whole(&s->m.months[i]) && !s->m.months[i].excluded)
            counts[n++] = s->m.months[i].count;
    }
    qsort(counts, n, sizeof *counts, compare);
    set_classes(s, counts, n);
    return true;
}

bool seasonal_read(struct seasonal *s, const struct result *months, const struct result *trend,
                   struct err *e)
{
    *s = (struct seasonal){.p = cells_number(trend, 0, "season_p")};
    double peak = cells_number(trend, 0, "season_peak");
    s->peak = peak >= 1 && peak <= 12 ? (int)peak : 0;
    if (!months_read(&s->m, months, e) || !read_classes(s, e))
        return false;
    set_means(s);
    return true;
}

void seasonal_free(struct seasonal *s)
{
    months_free(&s->m);
    arena_free(&s->arena);
    *s = (struct seasonal){0};
}
