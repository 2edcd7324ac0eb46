/* compare.h: the comparison set of `yoy` and `targets`: for each unit x category what was counted
 * now and before on the days that both periods cover, with exposure, coverage and what was left out
 * (contract 2, 5).
 *
 * One category root at a time. Within the set every unit is compared up to the same data end, so
 * that rows add up to their totals. The data end is the earliest end of coverage in the period
 * among the units; a unit that is more than a month behind most others is incomplete ("lagging")
 * and stands outside, and one that is ahead of most of them does not make these incomplete. A unit
 * that is not compared keeps its own days for its own row; totals leave it out. So do they with
 * units, at most half of them, whose counts do not fit the days.
 * Values of a row that cannot be known are has_* = false.
 *
 * As of a day, what is compared was received by that day now, and by the same day of its own year
 * before: where the units compared are known to an earlier day only, by that day. What is recorded
 * of the periods, and the whole of the period before, is all that was received by the day itself.
 * Whether a report is a case is read as of today, as everywhere.
 * Checked: tests/test_compare.c, tests/test_compare_units.c; against the source files by
 * tests/golden/london-awk.
 */
#ifndef KEOGIAM_SERIES_COMPARE_H
#define KEOGIAM_SERIES_COMPARE_H

#include "series/scope.h"
#include "series/tally.h"

enum per { PER_CASES, PER_DAYS, PER_POPULATION };

#define BEFORE_MAX 5

/* The windows that are counted. Where every unit knows the whole of both periods, the first two are
 * all. */
enum compare_window {
    W_NOW,
    W_BEFORE, /* the days compared, of the units compared */
    W_RECORDED,
    W_RECORDED_BEFORE, /* all days of the periods, known or not */
    W_WHOLE,           /* the whole periods before, of the units compared */
    W_OWN,
    W_OWN_BEFORE, /* the own days of units that are not compared */
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
    const size_t *categories; /* directory indices, of one root and one coverage; with subtrees */
    size_t category_count;
};

/* Lags more than this behind most others: incomplete (contract 2: a month). */
#define COMPARE_LAG_DAYS 31

struct compared {
    bool has_now;                      /* something is known of the period … */
    bool has_before;                   /* … and of what it is compared with */
    bool comparable;                   /* the same days, or rates of known exposure, of both */
    bool incomplete;                   /* has not reported, or too many cases without a date */
    bool known, known_before;          /* no cell written empty, no row coarser than the period */
    bool bounded;                      /* it may have cases of divided units … */
    int64_t possible, possible_before; /* … and so many beside those counted: then not known */
    bool known_whole;                  /* the same of whole_before */
    int64_t count, count_before;       /* on the days compared; of a unit that is not, its own */
    int64_t recorded, recorded_before; /* on all days of the periods, compared or not */
    int64_t whole_before;              /* the whole period before, of the units compared */
    double exposure, exposure_before;  /* of the days counted; NAN: not known */
    double days, days_before;          /* days counted, of the average unit */
    double squares, sums; /* offenders, victims, weights: phi = squares / sums over both */
    double weight_now, weight_before; /* sums of weights (or amounts) on the days compared */
    int64_t blank;                    /* cases without the number that is counted */
    int64_t undated;                  /* cases without a date of this basis, in both periods */
    int64_t absent;                   /* cells taken as zero because siblings have rows */
    unsigned char marks;              /* enum tally_mark, of both periods */
    size_t units, units_compared;     /* of a total: of those that exist in the period */
    day covered_to;                   /* end of the unit's own coverage in the period; DAY_NONE */
};

/* What a unit's subtree amounts to, the unit itself included. */
struct compare_sum {
    size_t units, compared;       /* leaves that exist in the period */
    bool knows_now, knows_before; /* something is known of the periods */
    double days, days_before;     /* summed over the leaves compared */
    double people, people_before; /* person-years of the leaves compared; NAN: not known of all */
};

struct compare {
    struct scope scope;
    struct known known;
    const struct compare_query *q;
    day data_end;   /* of the set; DAY_NONE: nothing known */
    bool running;   /* the data end lies inside the period */
    bool same_span; /* both periods are the same part of the year */
    bool assumed;   /* some coverage is only assumed */
    bool lagging_any;
    day received_to; /* the last day of which all units compared are known; DAY_NONE: none is */
    struct received_by limits[BEFORE_MAX + 1]; /* with as_of: of the period and of each before */
    size_t limit_count;
    bool *lagging;              /* by unit slot */
    bool *compared;             /* by unit slot: stands in totals */
    bool *partly;               /* by unit slot: compared, but not on all its days … */
    bool any_partly;            /* … and whether any is */
    bool *knows;                /* by unit slot: it or a unit under it has coverage, whenever */
    struct spans *now, *before; /* by unit slot: the days compared, or a unit's own */
    struct compare_sum *sums;   /* by unit slot */
    struct tally tally;
    size_t window[W_COUNT];        /* the tally's window for each of ours */
    struct tally undated;          /* windows: now, before */
    double *person_years;          /* by unit slot: now, before; NULL unless per population */
    const char *population_column; /* the column used, "" without */
    bool population_proxy, population_held; /* not the fitting column; interpolated or held */
};

bool compare_init(struct compare *c, struct store *s, const struct directory *d,
                  const struct cover *cover, const struct compare_query *q, struct err *e);
/* Several sets in one pass over the cases, of the same state, basis and count unit: q of each is
 * set, everything else zero. On failure all are freed. */
bool compare_init_all(struct compare *const *sets, size_t count, struct store *s,
                      const struct directory *d, const struct cover *cover, struct err *e);
void compare_free(struct compare *c); /* accepts zero */

/* The last day of the period that a unit's own coverage reaches, DAY_NONE. */
day compare_end(const struct compare *c, size_t unit);
/* Whether a unit is asked to report for the period: a leaf that exists in it, up to the last day
 * that anyone knows. */
bool compare_asks(const struct compare *c, size_t unit);

/* Appends the days that a unit was to know, but that are not compared; none of a parent, or of a
 * place that is not compared at all. */
bool compare_left_out(const struct compare *c, size_t unit, struct spans *out, struct err *e);

/* One row: a unit slot (a parent is the total of its subtree) and a category slot of c->scope. */
void compare_row(const struct compare *c, size_t unit, size_t category, struct compared *row);

/* What a category's count holds beyond its parts in the scope, now and before, as compare_row
 * counts: more than 0 is "(not broken down)", less a stated total that its parts exceed. Both 0 for
 * a category without parts. */
void compare_rest(const struct compare *c, size_t unit, size_t category, int64_t *now,
                  int64_t *before);
/* The same of a unit beyond the units under it. */
void compare_unit_rest(const struct compare *c, size_t unit, size_t category, int64_t *now,
                       int64_t *before);

#endif
