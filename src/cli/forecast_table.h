/* forecast_table.h: the rest of the period and the chance of meeting the target (contract 4,
 * `forecast`); its chart takes one row and its months. */
#ifndef KEOGIAM_CLI_FORECAST_TABLE_H
#define KEOGIAM_CLI_FORECAST_TABLE_H

#include "cli/session.h"

enum forecast_column {
    FCT_UNIT,
    FCT_UNIT_NAME,
    FCT_CATEGORY,
    FCT_PERIOD,
    FCT_OBSERVED,
    FCT_OBSERVED_TO,
    FCT_EXPECTED,
    FCT_PI_LOW,
    FCT_PI_HIGH,
    FCT_TARGET,
    FCT_ALLOWANCE,
    FCT_LEFT,
    FCT_PROB_TOTAL,
    FCT_MODEL,
    FCT_NOTE,
    FCT_CATEGORY_NAME,
    FCT_COUNT_BEFORE, /* of the whole period a year before, on the same base */
    FCT_COLUMNS
};

bool forecast_build(struct session *s, struct result *r, struct err *e);

/* One series alone, for its chart: the months of the period, columns as plot/plot.h has them, and
 * its row. Fails (ERR_USAGE): the options name several. */
bool forecast_build_months(struct session *s, struct result *months, struct result *row,
                           struct err *e);

/* --backtest: how the models would have done (stats/backtest.h). */
bool backtest_build(struct session *s, struct result *r, struct err *e);

#endif
