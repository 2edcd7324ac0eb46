/* flow.h: what became of the reports of a unit, a category and a period: came in, carried over,
 * resolved, still open; of the cases among them, solved; of their victims, supported.
 *
 * Receives: reports (case rows), one at a time, and a span of days; where an office sends only
 *   tallies, its `counts` rows.
 * Hands on: sums for each unit of a scope, parents included, in struct flow.
 *
 * Reports follow the date of receipt, whatever the basis of a comparison is (contract 5, "Rates
 * against a target"). What happened after the span has not happened: a report resolved later is
 * open at the span's end. Whether a report is a case is read as of today, as everywhere.
 */
#ifndef KEOGIAM_SERIES_FLOW_H
#define KEOGIAM_SERIES_FLOW_H

#include "series/scope.h"

/* One report, as far as its category's root is concerned. */
struct flow_report {
    day received_on, resolved_on, solved_on; /* DAY_NONE where missing */
    int outcome;                             /* enum outcome, OUTCOME_NONE */
    int64_t victims, supported;              /* -1 where blank */
};

/* What a flow cannot say, because nobody gives the numbers. */
enum flow_lack {
    FLOW_NO_OUTCOMES = 1, /* resolved … overdue */
    FLOW_NO_CARRIED = 2,  /* counts rows without carried_over: taken as 0 */
    FLOW_NO_MOVED = 4,    /* counts rows without transferred: taken as 0 */
    FLOW_NO_SOLVED = 8,
    FLOW_NO_VICTIMS = 16,
    FLOW_NO_SUPPORT = 32,
    FLOW_NO_SUSPENDED = 64 /* counts rows without suspended: told as open */
};
enum flow_source { FLOW_CASES = 1, FLOW_COUNTS = 2 };

struct flow {
    int64_t carried_over; /* received before, open when the span starts */
    int64_t accepted;     /* received in the span */
    int64_t resolved;     /* prosecuted, administrative, diverted, not_prosecuted, unfounded */
    int64_t suspended, transferred;
    int64_t open_in_time;       /* at the span's end: up to 20 days after receipt */
    int64_t open_extended;      /* up to 4 months */
    int64_t overdue;            /* longer */
    int64_t cases, solved;      /* received in the span; solved at whatever time */
    int64_t unsolved_open;      /* of cases - solved: open at the span's end; … */
    int64_t unsolved_late;      /* … and overdue: part of unsolved_open */
    int64_t victims, supported; /* of those cases whose number of victims is known */
    int64_t blank_victims;      /* cases without that number: in no sum of victims */
    int64_t blank_support;      /* cases with victims and no word on support: none is shown */
    int64_t blank_support_of;   /* victims of those cases */
    int64_t undated; /* reports without a date of receipt that fall in the span by another */
    unsigned lacks, sources; /* enum flow_lack, enum flow_source */
};

/* The last day inside the legal time of a report (BLTTHS 2015, article 147: 20 days, in complicated
 * cases 2 months, extended once by up to 2 more; by article 134 the day of receipt is not counted,
 * and a term of months ends on the same day of the month, or on its last day where it has none). */
day flow_due(day received_on);             /* received_on + 20 */
day flow_due_complicated(day received_on); /* 2 calendar months later */
day flow_due_extended(day received_on);    /* 4: 31 October -> 28 February */

/* Where a report stands at the end of a day; its day of receipt is known. */
enum flow_stage { FLOW_CLOSED, FLOW_IN_TIME, FLOW_EXTENDED, FLOW_OVERDUE };
enum flow_stage flow_stage(const struct flow_report *report, day at);

/* Adds one report. Of an outcome other than open resolved_on is when it closed; without that date
 * the report counts as open. Supported never exceeds victims. */
void flow_add(struct flow *f, struct span span, const struct flow_report *report);
/* What happened behind the day has not happened: not resolved, not solved. DAY_NONE: as it is. */
void flow_report_as_of(struct flow_report *r, day as_of);
void flow_add_flow(struct flow *f, const struct flow *part);

/* All that came in is accounted for: carried_over + accepted = resolved + suspended + transferred +
 * open. False: some report closed before it was received, or an office's tallies do not agree. */
bool flow_is_balanced(const struct flow *f);
/* The denominator of the resolution rate: carried_over + accepted - transferred. */
int64_t flow_to_resolve(const struct flow *f);

/* ---- over the store ---- */

struct flow_query {
    const struct scope *scope;
    const struct cover *cover;
    size_t category;  /* directory index; its subtree */
    struct span span; /* of the period, to its data end */
    struct span rest; /* the same rest of the period, a year earlier; may be empty */
    day as_of;        /* nothing received or solved later; DAY_NONE: all */
};

/* The answer to one query, by unit slot of its scope, parents as the sums of what is under them (or
 * as a counts row states them). of_rest: only accepted, cases and victims mean anything. */
struct flows {
    const struct flow_query *query;
    struct flow *of_span, *of_rest;
};

/* Answers all queries in one pass over the cases, and one over the counts rows where some unit is
 * covered by counts alone. flows[count]; the queries must outlive them. */
bool flows_read(struct flows *flows, const struct flow_query *queries, size_t count,
                struct store *s, int64_t state, struct err *e);
void flows_free(struct flows *flows, size_t count); /* accepts zeroes */

#endif
