/* benchmarks_table.h: published figures of others beside ours: lines below `yoy` and `targets`, a
 * table of the situation assessment. For orientation: they may be counted in another way.
 */
#ifndef KEOGIAM_CLI_BENCHMARKS_TABLE_H
#define KEOGIAM_CLI_BENCHMARKS_TABLE_H

#include "cli/session.h"
#include "series/benchmarks.h"

enum benchmark_column {
    BMT_NAME, /* who */
    BMT_CATEGORY,
    BMT_CATEGORY_NAME,
    BMT_PERIOD, /* 2024, or first and last day */
    BMT_COUNT,
    BMT_COUNT_BEFORE,
    BMT_POPULATION,
    BMT_RATE, /* cases per 100,000, where ours can be told as well … */
    BMT_OWN_COUNT,
    BMT_OWN_POPULATION,
    BMT_OWN_RATE, /* … of the same days and kind of people */
    BMT_SOURCE,
    BMT_COUNT_TEXT,  /* "1,547 cases" */
    BMT_CHANGE_TEXT, /* "same period 1,592: down 45 cases (-2.8%), within the usual variation" */
    BMT_RATE_TEXT,   /* "6.2 cases/100,000 children (1,547/24.8 million)" */
    BMT_OWN_TEXT,    /* "7.1 (8/112,300)" */
    BMT_COLUMNS
};

/* What a table says of a category: our own cases of its period, or nothing that can be told. */
struct benchmark_own {
    size_t category; /* directory index */
    bool has_count, incomplete;
    int64_t count;
};

struct benchmarks_ask {
    struct session *s;
    const struct benchmarks *all; /* what is loaded */
    const struct period *period;
    size_t unit; /* directory index of whose cases they are; NO_ENTRY: of several */
    const struct benchmark_own *own;
    size_t own_count;
};

void benchmarks_begin(struct result *r, enum lang lang);
/* Rows: the figures of the categories asked about whose days are those of the period, then those
 * whose days overlap with it by half or more. */
bool benchmarks_add(const struct benchmarks_ask *a, struct result *r, struct err *e);

/* The same as lines below a table; none where none is loaded. */
bool benchmarks_say(const struct benchmarks_ask *a, struct result *to, struct err *e);

/* ---- benchmarks_own.c ---- */

/* Of the rows of `yoy`: each category once, its count where the table has one whole of one unit.
 * *own is to be freed. running: the counts are not of the whole period. */
bool benchmarks_own_of_yoy(const struct session *s, const struct result *yoy, bool running,
                           struct benchmark_own **own, size_t *count, size_t *unit, struct err *e);
/* Below the table of `yoy`. */
bool benchmarks_say_yoy(struct session *s, const struct period *period, bool running,
                        struct result *yoy, struct err *e);

#endif
