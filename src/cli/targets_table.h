/* targets_table.h: the table of `targets`, which charts and reports show as well. */
#ifndef KEOGIAM_CLI_TARGETS_TABLE_H
#define KEOGIAM_CLI_TARGETS_TABLE_H

#include "cli/session.h"

/* Columns of the contract, in its order; the words for people come behind. */
enum targets_column {
    TGC_PLAN,
    TGC_INDICATOR,
    TGC_NAME,
    TGC_UNIT,
    TGC_PERIOD,
    TGC_KIND,
    TGC_OP,
    TGC_THRESHOLD,
    TGC_NUMERATOR,
    TGC_DENOMINATOR,
    TGC_VALUE,
    TGC_CI_LOW,
    TGC_CI_HIGH,
    TGC_VERDICT,
    TGC_MISSED,
    TGC_MAY_MISS,
    TGC_PROB_MET,
    TGC_NOTE,
    TGC_UNIT_NAME,
    TGC_TARGET,  /* "> 95%", "down 3%" */
    TGC_RESULT,  /* "49/52 (94.2%)", "11/12 cases, down 1 case (-8.3%)" */
    TGC_MISSING, /* "short by 1 report" */
    TGC_COLUMNS
};

/* Rows: an indicator of the plan each; by_unit: its total, its units, the unknown places that have
 * anything. Everything else comes from the session's request. The caller frees the result, also
 * after a failure. */
bool targets_build(struct session *s, bool by_unit, struct result *r, struct err *e);

#endif
