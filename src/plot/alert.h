/* alert.h: an `alert` result as its chart draws it. Internal to plot/.
 *
 * Receives the cells of the result; hands on series on one axis of months, those with the latest
 * alarms first. */
#ifndef KEOGIAM_PLOT_ALERT_H
#define KEOGIAM_PLOT_ALERT_H

#include "plot/draw.h"
#include "plot/months.h"

#define ALERT_MOST_SERIES 24
#define ALERT_MOST_MONTHS 60 /* of the strips of several series: the last ones */
#define ALERT_NEVER (-1)

struct alert_month {
    double count, expected, upper; /* NAN: not known, or not judged */
    double p;                      /* NAN: none */
    bool is_alarm;
    size_t row; /* MONTHS_NO_ROW */
};

struct alert_series {
    const char *name;
    size_t row;       /* its first in the result */
    int latest;       /* month of the latest alarm; ALERT_NEVER */
    int latest_known; /* the last month with a count; ALERT_NEVER */
    size_t alarms;    /* how many months */
    double most;      /* of counts and limits, at least 1 */
    struct alert_month *months;
};

struct alert {
    const struct result *result;
    const struct counted *counted;
    struct alert_series *series;
    size_t series_count, series_cap;
    size_t count; /* months */
    int first;    /* year * 12 + month - 1 */
    bool has_unknown, has_alarm, has_upper, has_expected;
    double total;
    struct arena arena;
};

/* Fails (ERR_USAGE): no row, a cell that is no month, more than MONTHS_MOST months. *a is to be
 * freed in any case. */
bool alert_read(struct alert *a, const struct result *r, struct err *e);
void alert_free(struct alert *a); /* accepts zero */

/* The latest month that any series knows; ALERT_NEVER. */
int alert_latest(const struct alert *a);

/* Title, notes and source. */
void alert_add_words(struct draw_page *g, const struct alert *a);

/* A usual number: one decimal under 10. Append. */
void alert_add_usual(struct buf *b, double expected, enum lang lang);

/* A month's count against the usual one: "9 cases, usually about 3". Append. */
void alert_add_month(struct buf *b, const struct alert *a, const struct alert_month *m);

/* One series: months of the size of a page's width. */
bool alert_draw_one(const struct alert *a, const struct plot_options *o, struct err *e);
/* Several: a strip each. */
bool alert_draw_many(const struct alert *a, const struct plot_options *o, struct err *e);

#endif
