/* yoy_table.h: the table of `yoy`, which `plot yoy` draws as well: load, compute, no showing. */
#ifndef KEOGIAM_CLI_YOY_TABLE_H
#define KEOGIAM_CLI_YOY_TABLE_H

#include "cli/session.h"

/* Columns of the contract, in its order; category_name and what --show-cases adds come behind. */
enum yoy_column {
    YOY_UNIT,
    YOY_UNIT_NAME,
    YOY_CATEGORY,
    YOY_PERIOD,
    YOY_AGAINST,
    YOY_COUNT,
    YOY_COUNT_BEFORE,
    YOY_EXPOSURE,
    YOY_EXPOSURE_BEFORE,
    YOY_CHANGE,
    YOY_REDUCTION_PCT,
    YOY_CI_LOW,
    YOY_CI_HIGH,
    YOY_P_VALUE,
    YOY_Q_VALUE,
    YOY_PROB_REDUCTION,
    YOY_TARGET_PCT,
    YOY_ALLOWANCE,
    YOY_VERDICT,
    YOY_PROB_TARGET,
    YOY_LUCK,
    YOY_DETECTABLE_PCT,
    YOY_REDUCTION_EB,
    YOY_EB_LOW,
    YOY_EB_HIGH,
    YOY_PHI,
    YOY_CI_LOW_PHI,
    YOY_CI_HIGH_PHI,
    YOY_NOTE,
    YOY_CATEGORY_NAME,
    YOY_PROB_REDUCTION_PHI,
    YOY_COUNT_LOW,  /* where a divided unit is in the row: the cases that are its for sure … */
    YOY_COUNT_HIGH, /* … and with those that may be */
    YOY_COUNT_BEFORE_LOW,
    YOY_COUNT_BEFORE_HIGH,
    YOY_CASES,        /* --show-cases: ids now */
    YOY_CASES_BEFORE, /* --show-cases: ids before */
    YOY_COLUMNS
};

struct yoy_options {
    bool by_unit, by_category;
};

/* Everything else comes from the session's request. The result is to be freed by the caller. */
bool yoy_build(struct session *s, const struct yoy_options *o, struct result *r, struct err *e);

#endif
