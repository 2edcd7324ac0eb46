/* forecasting.h: what the rest of a period may bring, for the rows of a comparison: the months
 * behind it (the same units, the same cases) go into the models of stats/forecast.h.
 */
#ifndef KEOGIAM_CLI_FORECASTING_H
#define KEOGIAM_CLI_FORECASTING_H

#include "cli/series_rows.h"
#include "stats/forecast.h"

struct forecasting {
    const struct compare *compare;
    struct series_query q;
    struct series_set set; /* months up to what is known */
    bool *parts;
    day reached; /* the day that most units have reached, whenever */
    bool pooled;
    struct forecast_pool *pools; /* [category slot], where pooled */
    bool *has_pool;
};

/* first: months before it are not looked at (DAY_MIN: none). pooled: units borrow from those beside
 * them. events and compare must outlive it. *f is to be freed in any case. */
bool forecasting_init(struct forecasting *f, struct session *s, const struct events *events,
                      const struct compare *compare, day first, bool pooled, struct err *e);
void forecasting_free(struct forecasting *f);

enum outlook_state {
    OUTLOOK_OK,
    OUTLOOK_FINISHED, /* nothing of the period is left */
    OUTLOOK_UNKNOWN,  /* no month is known of it */
    OUTLOOK_FAR       /* more than FORECAST_HORIZON months lie between */
};

/* One row's. */
struct outlook {
    enum outlook_state state;
    struct series_row row;             /* every month of the set */
    day observed_to;                   /* last day counted; of a period ahead the last day known */
    double exposure[FORECAST_HORIZON]; /* days of the period in each month behind the series */
    size_t horizon;
    struct forecaster model;
    struct predictive rest; /* of the whole horizon; 0 for sure where finished */
};

/* unit, category: slots of compare->scope. Takes the series only: cheap, one at a time. */
bool outlook_init(struct outlook *o, struct forecasting *f, size_t unit, size_t category,
                  struct err *e);
/* Fits the models: pure, may run in parallel on different rows. False: out of memory. */
bool outlook_fit(struct outlook *o, const struct forecasting *f, size_t unit, size_t category);
void outlook_free(struct outlook *o); /* accepts zero */

#endif
