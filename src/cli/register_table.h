/* register_table.h: `targets --propose YEAR`: the indicators of a plan as they are to be signed for
 * a year: what the year before came to, the three years before, how much the target allows, and
 * how far the true rate would have to fall for it to be likely met.
 */
#ifndef KEOGIAM_CLI_REGISTER_TABLE_H
#define KEOGIAM_CLI_REGISTER_TABLE_H

#include "cli/session.h"

enum register_column {
    REG_PLAN,
    REG_INDICATOR,
    REG_NAME,
    REG_UNIT,
    REG_YEAR,
    REG_KIND,
    REG_OP,
    REG_THRESHOLD,
    REG_BASE_YEAR,
    REG_BASE,             /* recorded of the year before; of a rate its numerator */
    REG_BASE_DENOMINATOR, /* of rates */
    REG_BASE_STATE,       /* full, incomplete, running; empty: nothing is known */
    REG_BASE_TO,          /* the last day known, where the year still runs */
    REG_FORECAST,         /* of the whole year, where it still runs: mean … */
    REG_FORECAST_LOW,     /* … and 80 % interval */
    REG_FORECAST_HIGH,
    REG_MEAN3,   /* of the three years; of a running one the forecast */
    REG_COUNTS3, /* "13;12;11", oldest first, empty where not known; of rates numerators … */
    REG_DENOMINATORS3, /* … and denominators */
    REG_ALLOWANCE,     /* reductions: most cases that still meet the target */
    REG_MAY_MISS,      /* rates: most that may miss at the base's denominator */
    REG_LUCK,          /* chance of meeting it if nothing changes */
    REG_FALL_80_PCT,   /* stats/comparison.h, comparison_fall_needed … */
    REG_LEVEL_80,      /* … and the cases a year that are left then */
    REG_NOTE,
    REG_UNIT_NAME,
    REG_TARGET, /* "down 3%" */
    REG_BASE_TEXT,
    REG_YEARS_TEXT,
    REG_ALLOWED_TEXT,
    REG_NEEDED_TEXT,
    REG_COLUMNS
};

/* What a document of it needs beside the rows. */
struct register_body {
    int year;              /* that is signed for */
    const char *base_year; /* label, in the result's arena */
    size_t unit;           /* directory index */
    day base_to;           /* last day of the base year */
};

/* The year is that of --propose. Fails: ERR_USAGE no year, several units, options that do not go
 * with it; ERR_INPUT no plan, nothing known of the year before. The caller frees the result, also
 * after a failure. */
bool register_build(struct session *s, struct result *r, struct register_body *body, struct err *e);

#endif
