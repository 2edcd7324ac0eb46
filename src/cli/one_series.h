/* one_series.h: the single series that a chart shows: its months as rows of a result.
 */
#ifndef KEOGIAM_CLI_ONE_SERIES_H
#define KEOGIAM_CLI_ONE_SERIES_H

#include "cli/series_rows.h"

/* Columns that every result of months begins with; a chart's own stand behind them. */
enum month_column {
    MON_UNIT,
    MON_UNIT_NAME,
    MON_CATEGORY,
    MON_CATEGORY_NAME,
    MON_MONTH,
    MON_COUNT,
    MON_STATE,
    MON_EVENT,
    MON_ACTION,
    MON_COLUMNS
};
#define MONTH_COLUMNS                                                                              \
    [MON_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},                                        \
    [MON_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},                                   \
    [MON_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},                            \
    [MON_CATEGORY_NAME] = {"category_name", N_("Category"), COLUMN_TEXT, 0},                       \
    [MON_MONTH] = {"month", N_("Month"), COLUMN_TEXT, 0},                                          \
    [MON_COUNT] = {"count", N_("Count"), COLUMN_COUNT, 0},                                         \
    [MON_STATE] = {"state", N_("Known"), COLUMN_TOKEN, 0},                                         \
    [MON_EVENT] = {"event", N_("Event"), COLUMN_TEXT, 0},                                          \
    [MON_ACTION] = {"action", N_("Action"), COLUMN_TOKEN, 0}

/* The one row of the request. */
struct one_series {
    struct session *s;
    struct series_ask ask;
    struct series_group group;
    size_t unit, category; /* slots */
    struct series whole;   /* every month of the set */
    size_t from, to;       /* its months of which something is known: from … to - 1 */
    struct series_row row; /* from the first month known to the last: for the models */
};

/* per: where --per does not say. Fails (ERR_USAGE): the options name several units or
 * categories; (ERR_INPUT): no month is known. *x is to be freed in any case. */
bool one_series_init(struct one_series *x, struct session *s, enum per per, struct err *e);
void one_series_free(struct one_series *x);

/* A result's title and provenance; columns: those of MONTH_COLUMNS and the chart's own. */
bool one_series_begin(const struct one_series *x, const char *command, const struct column *columns,
                      size_t column_count, struct result *r, struct err *e);
/* Adds the row of month i of `whole`; NULL: out of memory. */
struct cell *one_series_add(const struct one_series *x, size_t i, struct result *r, struct err *e);

#endif
