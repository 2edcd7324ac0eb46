/* situation.h: the files of the situation assessment among themselves. */
#ifndef KEOGIAM_REPORT_SITUATION_H
#define KEOGIAM_REPORT_SITUATION_H

#include "report/doc.h"
#include "report/fact_cells.h"

/* Columns of a table in the arena; NULL when out of memory. */
const struct doc_column *situation_columns(struct doc *d, const struct doc_column *columns,
                                           size_t count);

/* ---- situation_words.c: sentences of this document alone; append ---- */

/* Whose cases, of which days, by which date. */
void situation_say_scope(struct buf *b, const struct facts *f);
/* How many of the months of the units are reported. */
void situation_say_reported(struct buf *b, const struct facts *f);
/* Cases whose place is not known. */
void situation_say_unplaced(struct buf *b, const struct facts *f);
/* Where the years go, and the season. */
void situation_say_trend(struct buf *b, const struct facts *f, const struct facts_root *r);
/* The kinds of act that fell and rose most. */
void situation_say_kinds(struct buf *b, const struct facts *f, const struct facts_root *r);
/* Clusters, and places that were high in several periods. */
void situation_say_lasting(struct buf *b, const struct facts *f, const struct facts_root *r);

/* ---- situation_tables.c ---- */

/* Months above their upper bound; false: there is none, and no table. */
bool situation_alarms(struct doc *d, const struct facts *f);

/* Figures of others beside ours; nothing where none is loaded. */
void situation_benchmarks(struct doc *d, const struct facts *f);

/* Sets a cell; n < 0: not known, a dash. */
void situation_count(struct doc *d, struct doc_table *t, size_t column, int64_t n);
/* Sets the cells of a yoy row's change and its percentage, with signs; a dash without a base. */
void situation_change(struct doc *d, struct doc_table *t, const struct result *yoy, size_t row,
                      size_t change, size_t percent);

/* ---- the appendices ---- */

void situation_kinds(struct doc *d, const struct facts *f);  /* by kind of act (domain.md 9) */
void situation_units(struct doc *d, const struct facts *f);  /* by unit */
void situation_method(struct doc *d, const struct facts *f); /* what each number is */

#endif
