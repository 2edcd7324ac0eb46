/* facts.h: everything that a report says, shows in tables and draws: the results of the commands
 * for one body and period, put together once (cli/report_facts.c). Sentences, tables and charts
 * read nothing else, so that they cannot differ.
 *
 * A result that could not be had (nothing to forecast, one unit only, no boundaries) has no rows.
 * Results see what was known by the end of the period, not later. With --audience unit:U tables by
 * unit hold the totals and U alone.
 */
#ifndef KEOGIAM_REPORT_FACTS_H
#define KEOGIAM_REPORT_FACTS_H

#include "base/date.h"
#include "base/result.h"
#include "plot/plot.h"
#include "report/letterhead.h"

enum { FACTS_YEARS = 5 };

/* The same span of one year; of a period that runs, its days up to the data's end. */
struct facts_year {
    const char *label; /* "2021", "2021H1" */
    bool known;        /* something is recorded of it … */
    bool whole;        /* … of every unit, to its end */
    int64_t count;     /* recorded cases */
};

/* An axis (category root) that the report speaks of: victims under 16, offenders under 18. */
struct facts_root {
    const char *code, *name;
    const char *noun;        /* in the middle of a sentence: "xâm hại trẻ em" … */
    const char *brief;       /* … and once it has been said: the shortest alias, or the same */
    struct result total;     /* yoy of the whole: one row */
    struct result mean;      /* the same against the mean of three years: one row */
    struct result units;     /* yoy --by unit: total, units, P/? */
    struct result kinds;     /* yoy --by category */
    struct result offenders; /* yoy --by category --count offenders: rows as in kinds … */
    struct result victims;   /* … --count victims */
    struct result risk;      /* places, the last three years to the end of the period */
    struct result limits;    /* of the funnel */
    struct result months;    /* months up to the end of the period, with the fitted curve … */
    struct result trend;     /* … and their row */
    struct result alerts;    /* by unit, the months of the last quarter of the period */
    struct result forecast;  /* of the whole reporting year: one row; none where it is over … */
    struct result path;      /* … and its months */
    struct result states;    /* who reported: unit x month of two years (plot_coverage) */
    const struct map_shapes *shapes;      /* of the rows of risk; NULL: none is loaded */
    struct facts_year years[FACTS_YEARS]; /* oldest first, the last is the period's own */
    size_t year_count;
};

struct said_lines; /* said.h */

struct facts {
    enum lang lang;
    bool synthetic;
    const char *unit, *unit_name;       /* the whole: code, name as loaded */
    const char *level;                  /* of the whole: "district"; "" unknown */
    const char *audience;               /* code of the one unit that is told of itself; NULL: all */
    struct period period, before, year; /* year: the reporting year that the period lies in */
    bool is_year;                       /* the period is the whole reporting year */
    bool is_running;                    /* data end inside the period */
    day data_end;                       /* DAY_NONE: none */
    struct result targets;              /* one row an indicator */
    struct result benchmarks;           /* figures of others: columns of cli/benchmarks_table.h */
    struct facts_root *roots;
    size_t root_count;
    struct letterhead head;
    const struct said_lines *said; /* what was reported of it and reads otherwise now; NULL: not
                                      asked */
    const struct facts *own; /* of a report on one place: the same of that place alone; else NULL */
    struct arena arena;
};

#endif
