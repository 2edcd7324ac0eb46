/* series_rows.h: the rows of a table of series: what trends, forecasts and charts over time read
 * before they compute.
 */
#ifndef KEOGIAM_CLI_SERIES_ROWS_H
#define KEOGIAM_CLI_SERIES_ROWS_H

#include "cli/places.h"
#include "cli/table_rows.h"
#include "series/series_set.h"
#include "stats/time_series.h"

/* What the options ask for. */
struct series_ask {
    struct places places;
    bool by_unit, by_category;
    int per_year;      /* --every: 12, 4, 1; 0: months where any is known, else what is */
    struct span reach; /* --from, --to, --period */
    enum per per;
    struct events events;
};

/* Narrows a span to --from and --to. Fails (ERR_USAGE): they are no months, or end before they
 * begin. */
bool series_reach(const struct session *s, struct span *reach, struct err *e);

/* Fails (ERR_USAGE, ERR_INPUT): as the options say. *a is to be freed in any case. by: --by is
 * taken; else one row, the total. */
bool series_ask_read(struct session *s, bool by, struct series_ask *a, struct err *e);
void series_ask_free(struct series_ask *a);

/* The categories of one root: their set, and the rows that are shown of it. */
struct series_group {
    const struct series_ask *ask;
    struct series_query q;
    struct series_set set;
    struct table_row *rows;
    int *ranks; /* table_row_rank of each */
    size_t count;
};

/* The group that begins with category `first`; *next is the one behind it. */
bool series_group_init(struct series_group *g, struct session *s, const struct series_ask *a,
                       size_t first, size_t *next, struct err *e);
void series_group_free(struct series_group *g); /* accepts zero */
/* Fails (ERR_INPUT): no step can be told, because the counts do not fit into the steps. */
bool series_group_check(const struct series_group *g, const struct session *s, struct err *e);

/* One series as statistics take it. */
struct series_row {
    struct series series;
    struct level_step *steps;
    size_t step_count;
    struct time_series ts; /* borrows from the above */
};
/* unit, category: slots. trimmed: only the steps from the first known to the last. *x is to be
 * freed in any case. */
bool series_row_take(struct series_set *set, size_t unit, size_t category, bool trimmed,
                     struct series_row *x, struct err *e);
void series_row_free(struct series_row *x); /* accepts zero */

/* Facts of the provenance: what the sets so far know. */
void series_group_facts(const struct series_group *g, struct session_facts *facts);

/* Provenance of the steps from … to - 1 of the group's set. */
bool series_group_provenance(const struct session *s, const struct series_group *g, size_t from,
                             size_t to, struct result *r, struct err *e);

/* Names in the arena; shown on the last day of the set. */
const char *series_unit_name(const struct series_group *g, const struct session *s, size_t unit,
                             struct arena *arena);
const char *series_category_name(const struct series_group *g, size_t category);

#endif
