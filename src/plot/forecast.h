/* forecast.h: a period's cumulative counts and what may still come, as the chart draws them.
 * Internal to plot/. */
#ifndef KEOGIAM_PLOT_FORECAST_H
#define KEOGIAM_PLOT_FORECAST_H

#include "plot/months.h"

/* Counts up to the month's end; NAN: not known, or not of this kind. */
struct forecast_month {
    double now, before;
    double expected, low, high, wide_low, wide_high; /* 80 % and 95 %, of what is not over yet */
};

struct forecast {
    struct months m;
    const struct result *row; /* the forecast's one row */
    struct forecast_month *months;
    size_t seen;     /* months with something observed, counted from the first */
    double seen_to;  /* how far that goes, in months: 5.5 is the middle of the sixth */
    double observed; /* by then */
    bool is_over;    /* the whole period is observed */
    bool has_forecast;
    bool is_year;                 /* the period is one calendar year */
    double allowance, left, prob; /* NAN: no target */
    double before;                /* the whole of the period a year earlier; NAN: not known */
    double most;                  /* what the axis must reach, at least 1 */
    struct arena arena;
};

/* Fails as months_read does, and (ERR_USAGE) without a row. *f is to be freed in any case. */
bool forecast_read(struct forecast *f, const struct result *months, const struct result *row,
                   struct err *e);
void forecast_free(struct forecast *f); /* accepts zero */

/* The last month's forecast: of the whole period; NULL where there is none. */
const struct forecast_month *forecast_end(const struct forecast *f);

/* The finding in the committee's words, without a probability. Append. */
void forecast_add_title(struct buf *b, const struct forecast *f);

/* What stands beside the end of this period's steps (where it has no room in the panel), of the
 * fan, of last year's steps, and at the target's line. Append. */
void forecast_add_now(struct buf *b, const struct forecast *f);
void forecast_add_end(struct buf *b, const struct forecast *f);
void forecast_add_before(struct buf *b, const struct forecast *f);
void forecast_add_allowance(struct buf *b, const struct forecast *f);

/* How to read it; n and the source. Append. */
void forecast_add_notes(struct buf *b, const struct forecast *f);
void forecast_add_source(struct buf *b, const struct forecast *f);

#endif
