/* compare.h: the comparison set of `yoy` and `targets`: for each unit x category what was counted now and
 * before on the days that both periods cover, with exposure, coverage and what was left out (contract 2, 5).
 *
 * One category root at a time. Within the set every unit is compared up to the same data end (the earliest end
 * of coverage among its units; one that is more than a month behind the others is incomplete and is left out of
 * totals), so that rows add up to their totals. Values of a row that cannot be known are has_* = false.
 */
#ifndef KEOGIAM_SERIES_COMPARE_H
#define KEOGIAM_SERIES_COMPARE_H

#include "series/scope.h"
#include "series/tally.h"

enum per { PER_CASES, PER_DAYS, PER_POPULATION };

#define BEFORE_MAX 5

/* The windows that are counted. Where every unit knows the whole of both periods, the first two are all. */
enum compare_window {
    W_NOW,
    W_BEFORE, /* the days compared; empty for units that are not */
    W_RECORDED,
    W_RECORDED_BEFORE, /* all days of the periods */
    W_WHOLE,           /* the whole periods before, of the units compared */
    W_OWN,
    W_OWN_BEFORE, /* the days of units that are not compared */
    W_COUNT
};

struct compare_query {
    struct tally_query tally;
    struct calendar calendar;
    struct period period;
    struct period before[BEFORE_MAX]; /* one, or the 3 or 5 years of mean3 and mean5 */
    size_t before_count;
    enum per per;
    const size_t *tops; /* units asked for (directory indices); none: every top */
    size_t top_count;
    const size_t *categories; /* directory indices, of one root and one coverage; subtrees are compared */
    size_t category_count;
};

/* Lags more than this behind the others: incomplete (contract 2: a month). */
#define COMPARE_LAG_DAYS 31

struct compared {
    bool has_now, has_before;  /* something is known of the period */
    bool incomplete;           /* has not reported, or too many cases without a date */
    int64_t count, count_before;   /* on the days compared */
    int64_t recorded, recorded_before; /* on all days of the periods, compared or not */
    int64_t whole_before;          /* the whole period before, of the units compared */
    double exposure, exposure_before;
    double squares, sums;          /* offenders, victims, weights: over both periods; phi = squares / sums */
    double weight_now, weight_before; /* sums of weights (or amounts) on the days compared */
    int64_t blank;                 /* cases without the number that is counted */
    int64_t undated;               /* cases without a date of this basis */
    int64_t absent;                /* cells taken as zero because siblings have rows */
    unsigned char marks;           /* enum tally_mark, of both periods */
    bool known, known_before;      /* no cell written empty, no row coarser than the period */
    size_t units, units_compared;  /* of a total */
    day covered_to;                /* end of the unit's own coverage in the period; DAY_NONE */
    int64_t rest;                  /* stated total less its parts, 0 where none is stated */
};

struct compare {
    struct scope scope;
    struct known known;
    const struct compare_query *q;
    day data_end;    /* of the set; DAY_NONE: nothing known */
    bool running;    /* the data end lies inside the period */
    bool same_span;  /* both periods are the same part of the year */
    bool assumed;    /* some coverage is only assumed */
    bool lagging_any;
    bool *lagging;   /* by unit slot */
    bool *knows;     /* by unit slot: there is coverage of it or of some unit under it, whenever */
    struct spans *now, *before; /* by unit slot: the days compared */
    struct tally tally;
    size_t window[W_COUNT]; /* the tally's window for each of ours */
    int64_t *undated; /* like the tally without windows; NULL where the basis is received */
    double *person_years; /* by unit slot: now, before; NULL unless per population */
    const char *population_column; /* the column used, "" without */
    bool population_proxy, population_held; /* not the fitting column; years interpolated or held */
};

bool compare_init(struct compare *c, struct store *s, const struct directory *d, const struct cover *cover,
                  const struct compare_query *q, struct err *e);
void compare_free(struct compare *c); /* accepts zero */

/* Whether a row of the unit is expected: it, a unit under it or a unit beside it has coverage. */
bool compare_expects(const struct compare *c, size_t unit);

/* One row: a unit slot (a parent is the total of its subtree) and a category slot of c->scope. */
void compare_row(const struct compare *c, size_t unit, size_t category, struct compared *row);

#endif
