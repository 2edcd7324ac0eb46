/* months.h: one monthly series as the chart draws it. Internal to plot/.
 *
 * Receives the cells of the result; hands on every month from the first to the last, those that
 * have no row as unknown, and the years that they make up. */
#ifndef KEOGIAM_PLOT_MONTHS_H
#define KEOGIAM_PLOT_MONTHS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "plot/words.h"

struct month {
    double count;  /* NAN: not known */
    bool partial;  /* counted, but not for all of its days */
    bool excluded; /* counted, but left out of what is estimated */
    size_t row;    /* its row in the result; MONTHS_NO_ROW */
};
#define MONTHS_NO_ROW SIZE_MAX

/* A reporting year, as far as it lies within the series. */
struct month_year {
    int year;
    size_t first, count;        /* its months in the series */
    size_t known;               /* how many of them are known as a whole */
    double total;               /* of what is known, partial months included */
    const char *number, *words; /* "62", "62 vụ" */
    const char *coverage; /* "11/12 tháng" where not all twelve are known as a whole; else "" */
};

struct months {
    const struct result *result;
    const struct counted *counted;
    struct month *months;
    size_t count;
    int first; /* year * 12 + month - 1 of months[0] */
    struct month_year *years;
    size_t year_count;
    bool has_unknown, has_partial, has_zero, all_full;
    double max; /* of the counts; at least 1 */
    struct arena arena;
};

#define MONTHS_MOST 600

/* From the first month of the rows to the last, how many. Fails (ERR_USAGE): no row, a cell that is
 * no month, more than MONTHS_MOST months. */
bool months_range(const struct result *r, int *first, size_t *count, struct err *e);

/* Fails (ERR_USAGE): no row, more than one series, a cell that is no month, more than MONTHS_MOST
 * months. *m is to be freed in any case. */
bool months_read(struct months *m, const struct result *r, struct err *e);
void months_free(struct months *m); /* accepts zero */

/* Months without counts, for month_axis_draw: `count` of them from `first` on (year * 12 + month -
 * 1). Fails: memory. *m is to be freed in any case. */
bool months_span(struct months *m, const struct result *r, int first, size_t count, struct err *e);

/* A cell of the month's row: "" and NAN where it is empty or there is no such row or column. */
const char *months_text(const struct months *m, size_t month, const char *column);
double months_number(const struct months *m, size_t month, const char *column);

/* Which full years were highest and lowest, with their counts; without two, what is shown. Append.
 */
void months_add_title(struct buf *b, const struct months *m);

/* n and the source. Append. */
void months_add_source(struct buf *b, const struct months *m);

static inline bool month_year_is_full(const struct month_year *y)
{
    return y->known == 12;
}

#endif
