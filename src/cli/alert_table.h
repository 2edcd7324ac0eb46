/* alert_table.h: the latest months that are higher than expected (contract 4, `alert`); its chart
 * takes the same rows.
 */
#ifndef KEOGIAM_CLI_ALERT_TABLE_H
#define KEOGIAM_CLI_ALERT_TABLE_H

#include "cli/session.h"

enum alert_column {
    ALR_UNIT,
    ALR_UNIT_NAME,
    ALR_CATEGORY,
    ALR_MONTH,
    ALR_COUNT,
    ALR_EXPECTED,
    ALR_UPPER,
    ALR_SCORE,
    ALR_P_VALUE,
    ALR_Q_VALUE,
    ALR_METHOD,
    ALR_CLUSTER,
    ALR_NOTE,
    ALR_CATEGORY_NAME,
    ALR_FALSE_ALARM, /* chance of an alarm in this row if nothing has changed */
    ALR_CLUSTER_P,
    ALR_RECURRENCE, /* of the cluster, months */
    ALR_COLUMNS
};

/* The last month, or those of --from/--to or --period; by unit unless --by says otherwise. */
bool alert_build(struct session *s, struct result *r, struct err *e);
/* For the chart: the last two years unless months were asked for. */
bool alert_build_chart(struct session *s, struct result *r, struct err *e);

#endif
