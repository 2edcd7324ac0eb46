/* export_cells.h: cases and count rows become the lines of `export cells`.
 *
 * A cell is a unit x a category x a piece of a month that is covered. Cells are made from cases for
 * every place without places below it and every kind of act without kinds below it, zeros included,
 * so that a known zero travels; and for a place or kind above them where cases name it itself: then
 * the cell states its whole subtree, as a counts row does. Count rows go out as they came in.
 */
#ifndef KEOGIAM_CLI_EXPORT_CELLS_H
#define KEOGIAM_CLI_EXPORT_CELLS_H

#include "cli/export.h"

/* What one case is to one of its categories. */
struct case_fact {
    size_t unit, category; /* slots of the scope */
    day on;                /* on the basis; DAY_NONE: none */
    day received, closed;  /* DAY_NONE: none */
    bool is_case, is_resolved, is_transferred, is_suspended, is_solved;
    bool is_first;                         /* of the case's facts */
    int64_t offenders, victims, supported; /* of the root; -1: blank */
};

/* The numbers of a cell; -1: unknown. */
enum cell_number {
    NUMBER_COUNT,
    NUMBER_OFFENDERS,
    NUMBER_VICTIMS,
    NUMBER_ACCEPTED,
    NUMBER_CARRIED_OVER,
    NUMBER_TRANSFERRED,
    NUMBER_RESOLVED,
    NUMBER_OVERDUE,
    NUMBER_SOLVED,
    NUMBER_SUPPORTED,
    NUMBER_SUSPENDED,
    NUMBER_TOTAL
};

struct cell_piece {
    struct span span;
    bool expected; /* the place and the kind of act existed: a row even where all is zero */
    int64_t numbers[NUMBER_TOTAL];
};

/* A count row as it came in. */
struct stated_row {
    size_t unit, category; /* slots */
    struct span span;
    enum basis basis;
    struct calendar calendar;
    bool synthetic;
    int64_t numbers[NUMBER_TOTAL];
};

/* Cuts covered days into pieces at the ends of months and at `valid`; *pieces grows (to be freed by
 * the caller), *count is set. */
bool cell_pieces(const struct spans *covered, struct span within, struct calendar c,
                 struct span valid, struct cell_piece **pieces, size_t *count, size_t *cap,
                 struct err *e);

/* Adds a fact to ascending, disjoint pieces, by the definitions of series/flow.h. False: `on` lies
 * in no piece. flows: the basis is the receipt, so that what was carried over and closed belongs
 * beside it. */
bool cell_add(struct cell_piece *pieces, size_t count, const struct case_fact *f, bool flows);

/* Everything that is read before a line is written. */
struct cells {
    struct export *x;
    struct case_fact *facts;
    size_t fact_count, fact_cap;
    bool *named_units, *named_categories; /* by slot: cases name it itself */
    bool *cased;         /* [unit slot * categories + slot of a root]: has cases of it */
    bool *tells_support; /* by slot of a category: some case of its root says who was supported */
    struct stated_row *stated; /* by unit, category, days, basis */
    size_t stated_count, stated_cap;
    int64_t undated; /* cases without a date on the basis */
};

/* Reads cases and count rows of the question; c is zero before. On failure, too, c is to be freed.
 */
bool cells_read(struct cells *c, struct export *x, struct err *e);
void cells_free(struct cells *c); /* accepts zero */
/* days = known, the days that cases are known of. Of a place that has none, what was declared
 * beside its count rows is no word on cases: those rows stand alone. */
bool cells_days(const struct cells *c, size_t unit, size_t category, const struct spans *known,
                struct spans *days, struct err *e);
/* Has the unit itself cases of the category's root? */
bool cells_has_cases(const struct cells *c, size_t unit, size_t category);
/* Does any case of the category's root say how many victims were supported? */
bool cells_tell_support(const struct cells *c, size_t category);
/* The order of the file within a unit and category: first day, last day, basis. */
int cells_compare_days(struct span a, enum basis a_basis, struct span b, enum basis b_basis);

#endif
