/* trend_private.h: shared by trend_table.c (the table), trend_write.c (a row), trend_words.c (what
 * is said below) and trend_months.c (one series for a chart). */
#ifndef KEOGIAM_CLI_TREND_PRIVATE_H
#define KEOGIAM_CLI_TREND_PRIVATE_H

#include "cli/nowcasting.h"
#include "cli/trend_table.h"
#include "stats/joinpoint.h"
#include "stats/kendall.h"
#include "stats/trend.h"

/* Everything estimated of one series. */
struct trend_row {
    struct series_row x;
    struct trend trend;
    struct kendall_trend kendall;
    struct joinpoints joinpoints; /* as they are, 0 where none were looked for */
    bool failed;                  /* out of memory */
};

/* Fits: pure. The series is there already. most: joinpoints. */
void trend_row_fit(struct trend_row *row, int most);

/* --joinpoints, 2 without it. */
bool trend_read_joinpoints(const struct session *s, int *most, struct err *e);

/* Appends the row to the result; q_value is left empty. */
bool trend_write(const struct session *s, const struct series_group *g, size_t row,
                 const struct trend_row *t, struct result *r, struct err *e);

/* A sentence for a total: the cases year by year, the pace with its interval, what it is worth. */
bool trend_add_sentence(const struct series_group *g, const struct trend_row *t, size_t row,
                        struct result *r, struct err *e);
/* What is still to be reported of its latest steps; with a sentence in r, NULL: without. */
bool trend_add_nowcast(struct nowcasts *n, const struct series_group *g, size_t row,
                       const struct trend_row *t, struct result *r, struct err *e);
/* What a reader must know before concluding from the rows of a set. */
bool trend_add_footers(const struct session *s, const struct series_group *g, struct result *r,
                       struct err *e);

extern const struct column trend_columns[TRD_COLUMNS];

#endif
