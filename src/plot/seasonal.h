/* seasonal.h: a series as months by years, as the heat map draws it. Internal to plot/. */
#ifndef KEOGIAM_PLOT_SEASONAL_H
#define KEOGIAM_PLOT_SEASONAL_H

#include "plot/months.h"

#define SEASONAL_CLASSES 5

/* A shade and the counts that have it. */
struct seasonal_class {
    double low, high;
    size_t shade; /* 0 pale ... SEASONAL_CLASSES - 1 dark */
};

struct seasonal {
    struct months m;
    double p;         /* of the season; NAN: not tested */
    int peak;         /* month 1-12 of the fitted maximum; 0: none */
    double means[12]; /* over the years, of months known as a whole; NAN: none is */
    double mean_most; /* of them; 0: none */
    struct seasonal_class classes[SEASONAL_CLASSES]; /* upwards */
    size_t class_count;
    bool has_excluded;
    struct arena arena;
};

/* trend may be NULL or without rows: the season is then not tested. Fails as months_read does.
 * *s is to be freed in any case. */
bool seasonal_read(struct seasonal *s, const struct result *months, const struct result *trend,
                   struct err *e);
void seasonal_free(struct seasonal *s); /* accepts zero */

/* The month 0-11 of that year, counted from the series' first; NULL outside the series. */
const struct month *seasonal_month(const struct seasonal *s, size_t year, size_t month);

/* The class of a count that is known as a whole. */
const struct seasonal_class *seasonal_class_of(const struct seasonal *s, double count);

/* The months 0-11 with the highest and the lowest mean; false where two or fewer have one. */
bool seasonal_extremes(const struct seasonal *s, size_t *high, size_t *low);

/* Which months are high, and whether that is more than chance. Append. */
void seasonal_add_title(struct buf *b, const struct seasonal *s);

/* A mean as it is printed: one decimal, none from 100 on. Append. */
void seasonal_add_mean(struct buf *b, double mean, enum lang lang);

/* How to read it, n, the source. Append. */
void seasonal_add_notes(struct buf *b, const struct seasonal *s);

#endif
