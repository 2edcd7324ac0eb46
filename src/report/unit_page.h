/* unit_page.h: sentences of the page on one place; each appends what it says of one root, nothing
 * where it has nothing. `row`: of the unit. No verdict is passed on a unit (report/LAYOUT.md 0). */
#ifndef KEOGIAM_REPORT_UNIT_PAGE_H
#define KEOGIAM_REPORT_UNIT_PAGE_H

#include "report/fact_cells.h"

/* Several years against what its population would give. */
void unit_say_level(struct buf *b, const struct facts_root *r, size_t row, enum lang lang);
/* Where its own years go; own: of the unit alone. */
void unit_say_course(struct buf *b, const struct facts_root *own, enum lang lang);
/* This period against the same one. */
void unit_say_change(struct buf *b, const struct facts_root *r, size_t row, enum lang lang);
/* Is it real? Against what varies anyway. */
void unit_say_real(struct buf *b, const struct facts_root *r, size_t row, enum lang lang);
/* Months above the usual. */
void unit_say_alarms(struct buf *b, const struct facts_root *r, const char *unit, enum lang lang);
/* The months that it has not reported, of those it owes. */
void unit_say_reported(struct buf *b, const struct facts_root *r, const char *unit, enum lang lang);
/* What is open in the rates, and what of it is late. targets: of the unit alone. */
void unit_say_open(struct buf *b, const struct result *targets, enum lang lang);

#endif
