/* targets_private.h: shared by the files of `targets`: what is asked (targets_places.c), what comes
 * out (targets_judge.c), how it is written (targets_table.c, _note.c, _words.c, _footers.c). */
#ifndef KEOGIAM_CLI_TARGETS_PRIVATE_H
#define KEOGIAM_CLI_TARGETS_PRIVATE_H

#include "cli/coarse.h"
#include "cli/forecasting.h"
#include "cli/nowcasting.h"
#include "cli/targets_table.h"
#include "series/flow.h"
#include "series/notes.h"
#include "series/plan.h"
#include "stats/verdict.h"

/* A unit asked for: its total is slot 0 of the scope, the rows of a table by unit are slots. */
struct targets_place {
    size_t top; /* directory index */
    struct scope scope;
    size_t *rows;
    size_t row_count;
};

/* A place and a category root. Its scope has the slots of the place's. */
struct targets_set {
    const struct targets_place *place;
    size_t root; /* directory index */
    struct compare_query query;
    struct compare compare;
    struct forecasting forecasting; /* while the period runs … */
    bool is_forecast;
};

/* An indicator as if its figures were so much more or less (--what-if). */
struct supposition {
    const struct target *target;
    int64_t numerator, denominator; /* more; less than 0: so much less */
    bool has_denominator, is_used;
};
struct suppositions {
    struct supposition *items;
    size_t count;
    struct arena arena;
};

struct judged;

struct targets_table {
    struct session *s;
    bool by_unit;
    enum basis basis;
    struct period period, before;
    const struct lineage *lineage;
    struct plan plan;
    struct indicators indicators;
    struct events events;
    size_t *tops; /* of --unit, else the top units that have data */
    size_t top_count;
    bool tops_given;
    struct targets_place **places; /* pointers, because sets point to them */
    size_t place_count, place_cap;
    struct targets_set **sets;
    size_t set_count, set_cap;
    struct flow_query *queries; /* by flow; scope and cover are the set's */
    struct flows *flows;
    size_t flow_count, flow_cap;
    struct coarse coarse;
    struct indicator_value *values, *values_before; /* of the target at hand, by unit */
    struct judged *heads;                           /* totals, for the footers */
    size_t head_count, head_cap;
    struct nowcasts nowcasts;
    struct suppositions supposed;
    struct result *r;
};

/* ---- targets_table.c ---- */

/* The request's period, plan, units, and everything that judging needs; s and by_unit are set. */
bool targets_prepare(struct targets_table *t, struct err *e);
/* Before a target is judged: the values that offices report for it. */
bool targets_take_values(const struct targets_table *t, const struct target *target, struct err *e);
/* Of several top units that nobody asked for by name, only those that the target is about are
 * shown: the i-th is not among them. After targets_take_values. */
bool targets_pass_over(const struct targets_table *t, const struct target *target, size_t i);

/* ---- targets_places.c ---- */

/* Everything that the rows need: places, sets, flows. */
bool targets_gather(struct targets_table *t, struct err *e);
void targets_free(struct targets_table *t); /* accepts zero */

/* The place in which a target is judged for the i-th unit asked for; NULL: not there. */
const struct targets_place *targets_place_of(const struct targets_table *t,
                                             const struct target *target, size_t i);
/* NULL where the category is none. */
struct targets_set *targets_set_of(const struct targets_table *t, const struct targets_place *place,
                                   size_t category);
const struct flows *targets_flows_of(const struct targets_table *t,
                                     const struct targets_place *place, size_t category);
/* Numerator or denominator come from reports. */
bool targets_needs_flow(const struct target *target);

/* ---- targets_judge.c ---- */

/* One row, as numbers. */
struct judged {
    const struct target *target;
    const struct targets_place *place;
    size_t slot;
    bool is_total;                           /* of a table by unit */
    struct targets_set *set;                 /* NULL: no category */
    struct compared compared;                /* of the set; zero without one */
    const struct flow *flow;                 /* where reports are the source, else NULL */
    const struct indicator_value *indicator; /* where reported values are the source, else NULL */
    struct supposition *supposed;            /* in the numbers below; NULL: they are data */
    bool running, has_rest, has_numerator, has_denominator;
    struct predictive rest; /* what the rest of a running period may bring */
    int64_t numerator, denominator;
    double value, ci_low, ci_high; /* NAN: missing */
    struct verdict verdict;
    bool has_missed;
    int64_t missed;
    double p_value, prob_reduction, luck; /* reductions; NAN: missing */
    day to;                               /* last day counted */
};

/* Fails: out of memory. */
bool targets_judge(const struct targets_table *t, const struct target *target,
                   const struct targets_place *place, size_t slot, struct judged *j, struct err *e);
/* Nothing is known of it but what was reported for days that reach out of the period: *row. */
bool targets_is_misfit(const struct targets_table *t, const struct judged *j, struct span *row);
/* Something is known of it that is not zero. */
bool targets_is_anything(const struct judged *j);

/* ---- targets_suppose.c ---- */

/* --what-if, of a plan that is read. Fails: ERR_USAGE no suppositions; ERR_INPUT no such indicator.
 */
bool targets_read_supposed(struct targets_table *t, struct err *e);
void targets_free_supposed(struct suppositions *x); /* accepts zero */
struct supposition *targets_supposed(const struct targets_table *t, const struct target *target);
/* A row's numbers, what is supposed included. Fails: there are none to begin with; below 0; a part
 * larger than the whole; the indicator stood in an earlier row. */
bool targets_check_supposed(const struct judged *j, struct err *e);
/* "+2", "+2/+3"; "what_if=+2;" Append. */
void targets_add_supposed(struct buf *b, const struct supposition *x, enum lang lang);
void targets_note_supposed(struct buf *b, const struct supposition *x);
/* The first lines below the table, and its provenance. */
bool targets_say_supposed(const struct targets_table *t, struct err *e);

/* ---- words ---- */

void targets_add_note(struct buf *b, const struct targets_table *t, const struct judged *j);
void targets_add_target(struct buf *b, const struct target *target, enum lang lang);
void targets_add_result(struct buf *b, const struct judged *j, bool by_unit, enum lang lang);
void targets_add_missing(struct buf *b, const struct judged *j, enum lang lang);
/* What is still to be reported of the cases behind a reduction: the result's next row, with a
 * sentence where it is a total of a root. */
bool targets_add_nowcast(struct targets_table *t, const struct judged *j, bool is_head,
                         struct err *e);
bool targets_add_footers(const struct targets_table *t, struct err *e);
bool targets_add_benchmarks(const struct targets_table *t, struct err *e);

#endif
