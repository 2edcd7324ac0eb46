/* trend_table.h: trend, season and change points of series (contract 4, `trend`); the charts of one
 * series take its row and its months. */
#ifndef KEOGIAM_CLI_TREND_TABLE_H
#define KEOGIAM_CLI_TREND_TABLE_H

#include "cli/series_rows.h"

enum trend_column {
    TRD_UNIT,
    TRD_UNIT_NAME,
    TRD_CATEGORY,
    TRD_FROM,
    TRD_TO,
    TRD_N,
    TRD_TOTAL,
    TRD_ANNUAL_CHANGE_PCT,
    TRD_CI_LOW,
    TRD_CI_HIGH,
    TRD_P_VALUE,
    TRD_Q_VALUE,
    TRD_FAMILY,
    TRD_DISPERSION,
    TRD_SEASON_P,
    TRD_SEASON_PEAK,
    TRD_MK_TAU,
    TRD_MK_P,
    TRD_SEN_SLOPE,
    TRD_SEN_LOW,
    TRD_SEN_HIGH,
    TRD_JOINPOINTS,
    TRD_NOTE,
    TRD_CATEGORY_NAME,
    TRD_SEGMENT_CHANGE_PCT, /* of the segments between joinpoints, ";" between them … */
    TRD_SEGMENT_LOW,
    TRD_SEGMENT_HIGH,
    TRD_SEGMENT_TOTAL,
    TRD_SEGMENT_MONTHS, /* … steps known */
    TRD_COLUMNS
};

/* The table of the request: --by, --joinpoints and the rest. */
bool trend_build(struct session *s, struct result *r, struct err *e);

/* One series alone (a chart): its months, fitted where the model is, and its row. Fails
 * (ERR_USAGE): the options name several. months: columns as plot/plot.h has them. */
bool trend_build_months(struct session *s, struct result *months, struct result *row,
                        struct err *e);

#endif
