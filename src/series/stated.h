/* stated.h: numbers that somebody states outright (counts rows, totals of coverage rows, numbers of
 * cases in indicators), each with what the case rows give for the same thing: what `status`
 * compares.
 *
 * A row speaks of its unit's and category's subtrees on its days, by its basis. A total of a
 * coverage row is of reports, by receipt, of its own source; the others of cases, whoever has them.
 * Checked: tests/test_monthly.c.
 */
#ifndef KEOGIAM_SERIES_STATED_H
#define KEOGIAM_SERIES_STATED_H

#include "ingest/lists.h"
#include "store/cover.h"

enum stated_kind { STATED_COUNTS, STATED_TOTAL, STATED_INDICATOR };

struct stated_row {
    size_t unit, category; /* directory indices */
    struct span days;
    enum basis basis;
    enum stated_kind kind;
    bool is_denominator;    /* STATED_INDICATOR: the year before */
    const char *indicator;  /* STATED_INDICATOR, else NULL */
    const char *source;     /* who states it */
    int64_t n;              /* -1: written empty */
    int64_t found;          /* what case rows give */
    const char *found_from; /* their source; NULL: none found, or of several */
    bool found_several;
};

/* By unit, then days.from: a unit's rows are first[unit] … first[unit + 1] - 1. */
struct stated {
    const struct directory *directory;
    struct stated_row *rows;
    size_t count, cap;
    size_t *first;    /* [units + 1], made by stated_index */
    int64_t *longest; /* by unit: days of its longest row */
    const char *last_source;
    const char **speakers; /* sources that have reports */
    size_t speaker_count, speaker_cap;
    struct arena arena;
};

/* The totals of the coverage. *s is to be freed in any case; the directory and the coverage must
 * outlive it. */
bool stated_init(struct stated *s, const struct cover *cover, struct err *e);
void stated_free(struct stated *s); /* accepts zero */

bool stated_add_counts(struct stated *s, const struct row *row, const char *source, struct err *e);
/* Any other row; its source is copied. */
bool stated_add(struct stated *s, struct stated_row row, struct err *e);
/* After the last row, before the first case. */
bool stated_index(struct stated *s, struct err *e);

/* The row of the same kind, unit, category, days and basis; NO_ENTRY. */
size_t stated_find(const struct stated *s, const struct stated_row *like);

/* A source that has reports, before the first of them; stays as long as the rows. */
bool stated_add_speaker(struct stated *s, const char *source, struct err *e);
bool stated_is_speaker(const struct stated *s, const char *source);

/* A report. dates: by enum basis, DAY_NONE where missing. source: stays as long as the rows. */
struct stated_case {
    size_t unit;
    const struct category_set *set;
    const day *dates;
    bool is_case;
    const char *source;
};
void stated_add_case(struct stated *s, const struct stated_case *c);

#endif
