/* yoy_private.h: shared by the parts of `yoy`: what is compared (yoy_sets.c), which rows
 * (yoy_rows.c), their numbers (yoy_stats.c, yoy_months.c), their cells (yoy_write.c), case ids
 * (yoy_cases.c), what is said below the table (yoy_sentences.c, yoy_footers.c), and the whole
 * (yoy_table.c). `forecast` takes the sets and their rows too. */
#ifndef KEOGIAM_CLI_YOY_PRIVATE_H
#define KEOGIAM_CLI_YOY_PRIVATE_H

#include "cli/coarse.h"
#include "cli/nowcasting.h"
#include "cli/yoy_query.h"
#include "cli/yoy_table.h"
#include "series/notes.h"
#include "series/plan.h"
#include "stats/comparison.h"
#include "stats/predictive.h"

/* One row before it is written: which unit and category, what was counted. */
struct yoy_row {
    size_t unit, category; /* slots of the set's scope */
    bool is_total;         /* of a table by unit: the parent */
    bool is_rest;          /* what a category's total holds beyond its parts */
    bool in_family;        /* takes part in q and in the shrinkage */
    bool is_valid;         /* the category is recorded on all days of both periods */
    struct compared counts;
    double target_pct;     /* NAN: none */
    int rank;              /* order in the table, low first */
    struct yoy_pair *pair; /* NULL where nothing exact can be said */
    double q_value;
    double eb, eb_low, eb_high;
    double phi;                           /* NAN: not known */
    struct comparison_interval dispersed; /* that allows for phi; all NAN without it */
    struct predictive *rest; /* what the rest of a running period may bring; NULL: not asked for */
};

/* Order of the table: totals first, unknown places and rests last, between them by change. */
struct yoy_key {
    int rank;
    double change;
    size_t row; /* index in rows */
};

/* What the categories of one root give. */
struct yoy_set {
    struct session *s;
    const struct yoy_options *o;
    const struct yoy_query *query;
    struct compare_query q;
    struct compare compare;
    const struct plan *plan;
    const struct events *events;
    struct yoy_row *rows;
    size_t count, cap;
    struct yoy_key *order; /* of the rows, as they are written */
};

/* Everything that is compared, and what it is compared by. */
struct yoy_sets {
    struct session *s;
    const struct yoy_options *o;
    struct yoy_query q;
    struct plan plan;
    struct events events;
    struct yoy_set *items;
    size_t count;
    struct session_facts facts;
    struct coarse coarse;
};

/* Points into itself: not to be moved. *all is to be freed in any case. */
bool yoy_sets_init(struct yoy_sets *all, struct session *s, const struct yoy_options *o,
                   struct err *e);
void yoy_sets_free(struct yoy_sets *all);

static inline const struct yoy_row *yoy_row_at(const struct yoy_set *set, size_t i)
{
    return &set->rows[set->order[i].row];
}

/* Fills rows and order; yoy_rows_sort comes when the numbers are there. */
bool yoy_rows_add(struct yoy_set *set, struct err *e);
bool yoy_rows_sort(struct yoy_set *set, struct err *e);

/* Equal counts are compared once: 60,000 rows hold a few hundred pairs. */
struct yoy_pair {
    int64_t count, count_before;
    double exposure, exposure_before, target_pct;
    struct comparison exact;
    const struct yoy_row *family; /* the total for which `at` holds */
    size_t at;                    /* its row in that family's shrinkage */
};

struct yoy_cache;
struct yoy_cache *yoy_cache_new(void);
void yoy_cache_delete(struct yoy_cache *c); /* accepts NULL */

/* Fills each row's pair, and the q values and shrunken changes of the rows in the family. */
bool yoy_family(struct yoy_set *set, struct yoy_cache *cache, struct err *e);

/* More rows than a model each is worth: a country's communes, whose small counts phi tells nothing
 * of. */
bool yoy_is_long(const struct yoy_set *set);
/* Fills each row's phi: the over-dispersion of its own trend model, where 36 months and 5 cases are
 * known; not in a long table. */
bool yoy_dispersion(struct yoy_set *set, const struct events *events, struct err *e);
/* While the period runs: fills the rest of each row that has a target. */
bool yoy_outlook(struct yoy_set *set, const struct events *events, struct err *e);

/* Appends the set's rows to the result, in their order. */
bool yoy_write_rows(const struct yoy_set *set, struct result *r, struct err *e);

/* --show-cases: the ids behind each row's numbers, from row `first` of the result on. */
bool yoy_add_cases(const struct yoy_set *set, struct result *r, size_t first, struct err *e);

/* By the date of the act, behind the last row: what is still to be reported. Nothing otherwise. */
bool yoy_add_nowcast(const struct yoy_sets *all, struct result *r, struct err *e);
/* Of one row, the result's next, with its sentence where it is a total. */
bool yoy_nowcast_row(struct nowcasts *n, const struct yoy_set *set, const struct yoy_row *row,
                     struct result *r, struct err *e);

/* One sentence a total for the committee: counts, change, verdict, how much of it may be luck. */
bool yoy_add_sentences(const struct yoy_set *set, struct result *r, size_t first, struct err *e);
/* Whether the row is one of those that have a sentence: the totals of what was asked for. */
bool yoy_is_head(const struct yoy_set *set, const struct yoy_row *row);

/* More cases than this, in both periods together, vary more than Poisson counts (contract 5): their
 * exact intervals are too narrow. */
enum { YOY_LARGE = 1000 };

/* What a reader must know before concluding: who is left out, what has no date, what cannot be
 * compared, what the numbers are not for. */
/* The result has large counts, and the intervals that allow for their over-dispersion. */
bool yoy_is_dispersed(const struct result *r);
/* That no plan has the period's year, where one of another year wants these categories reduced. */
bool yoy_say_no_plan(const struct yoy_set *sets, size_t count, struct result *r, struct err *e);
bool yoy_add_footers(const struct yoy_set *sets, size_t count, struct result *r, struct err *e);

/* True where exact results apply: whole cases, not amounts. */
bool yoy_is_exact(const struct yoy_set *set);
bool yoy_has_counts(const struct yoy_row *row);
/* The change in cases, at the exposure of now; NAN where there is none. */
double yoy_change(const struct yoy_row *row);

#endif
