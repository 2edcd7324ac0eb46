/* forecast_private.h: shared by forecast_table.c (the table), forecast_write.c (a row),
 * forecast_words.c (what is said below) and forecast_months.c (one series for its chart). */
#ifndef KEOGIAM_CLI_FORECAST_PRIVATE_H
#define KEOGIAM_CLI_FORECAST_PRIVATE_H

#include "cli/forecast_table.h"
#include "cli/forecasting.h"
#include "cli/yoy_private.h"

extern const struct column forecast_columns[FCT_COLUMNS];

/* What is compared, with nothing seen behind --to. */
struct forecast_sets {
    struct yoy_sets yoy;
    day first; /* of the months that the models may see */
};

/* o: which rows. *f is to be freed in any case. */
bool forecast_sets_init(struct forecast_sets *f, struct session *s, const struct yoy_options *o,
                        struct err *e);
void forecast_sets_free(struct forecast_sets *f);

/* A row as it is written. */
struct forecast_row {
    const struct yoy_set *set;
    const struct yoy_row *row;
    const struct outlook *outlook;
    const struct forecasting *f;
};

/* The period lies ahead: nothing of it is known. */
bool forecast_is_ahead(const struct forecast_row *x);

/* Appends it to the result. */
bool forecast_write(const struct forecast_row *x, struct result *r, struct err *e);

/* For a total: counts, what is expected, what the target still allows, in set sentences. */
bool forecast_add_sentence(const struct forecast_row *x, size_t row, struct result *r,
                           struct err *e);
/* Who is not in the totals. */
bool forecast_say_left_out(const struct forecast_row *x, struct result *r, struct err *e);
bool forecast_add_footers(const struct forecast_sets *f, struct result *r, struct err *e);

/* Rows of a set with their outlooks, in blocks; calls fn in the order of the table. */
typedef bool (*forecast_fn)(void *context, const struct forecast_row *x, struct err *e);
bool forecast_each(struct forecast_sets *f, struct yoy_set *set, forecast_fn fn, void *context,
                   struct err *e);

#endif
