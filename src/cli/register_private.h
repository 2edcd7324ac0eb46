/* register_private.h: shared by register_table.c (rows), register_years.c (what the years before
 * came to) and register_words.c (cells for people, lines below).
 */
#ifndef KEOGIAM_CLI_REGISTER_PRIVATE_H
#define KEOGIAM_CLI_REGISTER_PRIVATE_H

#include "cli/register_table.h"
#include "cli/targets_private.h"

enum { REGISTER_YEARS = 3 };

enum year_state { YEAR_UNKNOWN, YEAR_FULL, YEAR_INCOMPLETE, YEAR_RUNNING };

/* What one year came to. */
struct register_year {
    enum year_state state;
    int64_t count, denominator; /* recorded; denominator -1: none */
    day to;                     /* the last day counted */
    bool has_rest;
    struct predictive rest; /* of a running year that is forecast */
};

struct register_row {
    const struct target *target;
    const struct targets_place *place;
    struct register_year years[REGISTER_YEARS]; /* oldest first, the last is the base */
    bool has_base;                              /* of a reduction … */
    int64_t base;                               /* … recorded, or forecast while the year runs */
    bool has_allowance;
    int64_t allowance; /* reductions: cases; rates: that may miss */
    double luck, fall, mean;
};

struct register_table {
    struct session *s;
    const struct request *asked;
    struct request questions[REGISTER_YEARS]; /* one a year */
    struct targets_table tables[REGISTER_YEARS];
    int year;
    char base_year[32];
    const char *plan;
    bool plan_is_other; /* the year has no plan of its own */
    struct register_row *rows;
    size_t row_count;
    struct arena arena;
    struct result *r;
};

/* ---- register_years.c ---- */

/* Of the target of index i in the three tables: false where its place is not there. */
bool register_years_read(struct register_table *x, size_t i, struct register_row *row, bool *found,
                         struct err *e);
static inline const struct register_year *register_base(const struct register_row *row)
{
    return &row->years[REGISTER_YEARS - 1];
}
/* A year as it is reckoned with: of a running one the forecast. False: not known. */
bool register_year_total(const struct register_year *y, int64_t *total);
const struct period *register_period(const struct register_table *x, size_t year);

/* ---- register_words.c ---- */

void register_add_base(struct buf *b, const struct register_table *x,
                       const struct register_row *row);
void register_add_years(struct buf *b, const struct register_table *x,
                        const struct register_row *row);
void register_add_allowed(struct buf *b, const struct register_table *x,
                          const struct register_row *row);
void register_add_needed(struct buf *b, const struct register_table *x,
                         const struct register_row *row);
bool register_add_footers(const struct register_table *x, struct err *e);

#endif
