/* coverage_table.h: who reported when: what `plot coverage` and reports show of every unit's months
 * (plot_coverage in plot/plot.h takes the rows).
 */
#ifndef KEOGIAM_CLI_COVERAGE_TABLE_H
#define KEOGIAM_CLI_COVERAGE_TABLE_H

#include "cli/session.h"

enum coverage_column {
    CVG_UNIT,
    CVG_UNIT_NAME,
    CVG_CATEGORY,
    CVG_CATEGORY_NAME,
    CVG_MONTH, /* "2024-05" */
    CVG_STATE, /* known; partial: not all its days or places; unknown */
    CVG_COUNT, /* recorded; empty: unknown */
    CVG_COLUMNS
};

/* A row a unit (of --level, else the lowest) x month in which it exists, units in the directory's
 * order, then time; months of --from/--to/--period, else the last 24 that anybody knows; one
 * category, by default the first root that has coverage. The caller frees the result, also after a
 * failure. Fails (ERR_USAGE): --category names several; (ERR_INPUT): nothing is known of them. */
bool coverage_build(struct session *s, struct result *r, struct err *e);

#endif
