/* table_rows.h: which rows a table of units and categories has, for every command with --by.
 *
 * Without --by unit each unit asked for (else every top of which something is known) is a row; with
 * it, every expected unit of the level asked for, zeros included, behind the totals that hold them,
 * and the unknown places that no total shown holds. Without --by category the categories asked for;
 * with it, their subtrees.
 */
#ifndef KEOGIAM_CLI_TABLE_ROWS_H
#define KEOGIAM_CLI_TABLE_ROWS_H

#include "cli/session.h"

struct table_row {
    size_t unit, category; /* slots of the scope */
    bool is_total;         /* of a table by unit: the parent */
    bool in_family;        /* stands beside the others: takes part in q and in shrinkage */
};

struct table_query {
    const struct session *s;
    const struct scope *scope;
    bool by_unit, by_category;
    const size_t *tops, *categories; /* as asked for, directory indices */
    size_t top_count, category_count;
    struct span days;       /* units that are valid on some day of it are expected */
    const bool *expected;   /* by category slot: recorded on some day that matters */
    const bool *knows;      /* by unit slot: it or a unit under it has coverage */
    const bool *has_counts; /* by unit slot: something is counted there; read of unknown places */
};

/* *rows is to be freed. Fails (ERR_USAGE): --level names none; out of memory. */
bool table_rows(const struct table_query *q, struct table_row **rows, size_t *count, struct err *e);

/* How a row stands in its table, low first: totals, then units (by category: the tops first),
 * unknown places last. */
int table_row_rank(const struct table_query *q, const struct table_row *row);

/* knows[] of a scope, to be freed; NULL: out of memory. */
bool *table_knows(const struct scope *scope, const struct known *known, struct err *e);

#endif
