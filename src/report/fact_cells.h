/* fact_cells.h: the facts' results as composers read them: counts, rows of units, months, what
 * provenance says. Cells alone are read by plot/cells.h, notes and names by report/say_private.h.
 */
#ifndef KEOGIAM_REPORT_FACT_CELLS_H
#define KEOGIAM_REPORT_FACT_CELLS_H

#include "report/say_private.h"

#define NO_ROW SIZE_MAX

/* What is recorded of the row of a yoy, now and before: more than `count` where that is on the
 * common base of comparison. -1: not known. */
int64_t fact_recorded(const struct result *yoy, size_t row);
int64_t fact_recorded_before(const struct result *yoy, size_t row);

/* The row of a unit (its first); NO_ROW. */
size_t fact_row(const struct result *r, const char *unit);
bool fact_is_total(const struct result *r, size_t row);   /* the parent of the rows beside it */
bool fact_is_unknown(const struct result *r, size_t row); /* the place is unknown: "P/?" */
bool fact_is(const struct result *r, size_t row, const char *column, const char *token);
/* The count of the month is above its upper bound. */
bool fact_is_alarm(const struct result *alerts, size_t row);

/* Where the years go: set words (English, for tr()) by the interval of the trend's last segment. */
const char *fact_direction(const struct result *trend);

/* Units that were compared with the common level: fewer than two make no comparison to show. */
size_t fact_places(const struct result *risk);
/* Some unit has a boundary or a place: a map can be drawn. */
bool fact_has_map(const struct facts_root *r);

/* " (12/13 đơn vị báo cáo đủ)": on whose figures row 0 rests; nothing where on all. Append. */
void fact_add_base(struct buf *b, const struct result *r, enum lang lang);
/* "05/2024" of "2024-05"; "03/10/2024" of "2024-10-03". */
void fact_add_month(struct buf *b, const char *label, enum lang lang);
void fact_add_day(struct buf *b, const char *iso, enum lang lang);
/* Makes the letter at `from` a capital. */
void fact_capital(struct buf *b, size_t from);
/* What provenance says for people; "" where it says nothing. */
const char *fact_shown(const struct result *r, const char *key);

#endif
