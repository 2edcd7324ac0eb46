/* notes.h: the `note` column of comparisons, and the breaks that make periods hard to compare.
 *
 * A note is a row of fixed English tokens `code=value;` for machines; people see them in words
 * (report/show_note.c). `yoy` and `targets` write the same ones.
 */
#ifndef KEOGIAM_SERIES_NOTES_H
#define KEOGIAM_SERIES_NOTES_H

#include "base/buf.h"
#include "series/compare.h"

/* Appends what is to be said of one compared row, unit and category as slots of c->scope:
 *   total=1             is_total: the sum of the rows below it
 *   compared_units      12/13: of a parent, where not all its units are compared
 *   left_out            codes of those that are not, at most five
 *   left_out_days       2024-04-01..2024-05-31: days of the period (of unlike periods: of both) on
 *                       which a place that is compared is not, since one of the periods does not
 *                       know them; at most five spans
 *   partly_compared     of a total: codes of places that have such days, at most five
 *   recorded, recorded_before   all that is recorded of the periods, where it is more than that
 *   undated             cases without a date of this basis
 *   absent_zero         cells taken as zero because their siblings have rows
 *   unknown, coarse     1: a cell written empty or left open; rows coarser than the period
 *   stated              1: a stated total is used
 *   negative_rest       1: the parts exceed the stated total
 *   blank               cases without the number that is counted
 *   assumed             1: coverage is assumed, not declared
 *   population_proxy, population_held   the column used in place of the fitting one; 1
 *   unequal_spans       1: different parts of the year
 *   kinds_changed       codes of kinds that begin or end between the periods, at most five
 *   divided             cases of divided units that may be its own beside those counted
 *   apportioned         1: some cases are its own by a share of a divided unit
 *   missing             codes of areas that it had before and that are not loaded
 *   covered_to          an incomplete unit's last day known in the period */
void notes_compared(struct buf *b, const struct compare *c, size_t unit, size_t category,
                    const struct compared *row, bool is_total);

/* The parts of notes. `code=value;` for a count; the same unless it is 0; `code=1;` where set. */
void notes_count(struct buf *b, const char *code, int64_t n);
void notes_some(struct buf *b, const char *code, int64_t n);
void notes_flag(struct buf *b, const char *code, bool set);
/* `code=a,b;` name by name, at most five and "…"; *named from 0. */
void notes_name(struct buf *b, const char *code, const char *name, size_t *named);
void notes_names_end(struct buf *b, size_t named);
/* apportioned, missing: of a unit's history on a day's boundaries, as far back as `from`. */
void notes_boundaries(struct buf *b, const struct scope *s, size_t unit, day from);
/* kinds_changed: kinds under category slot `top` that begin or end within the days. */
void notes_kinds(struct buf *b, const struct scope *s, size_t top, struct span days);

/* ---- breaks ---- */

struct event {
    day on;
    const char *label;
    size_t unit; /* directory index; NO_ENTRY: everywhere */
    enum event_action action;
    bool is_vietnamese; /* built in: holds for Vietnamese units only (contract 3) */
};

struct events {
    const struct directory *directory;
    struct event *items; /* by date */
    size_t count, cap;
    struct arena arena;
};

/* The directory must outlive them. */
bool events_read(struct events *v, struct store *s, int64_t state, const struct directory *d,
                 struct err *e);
void events_free(struct events *v); /* accepts zero */

/* The next event, from *i on, that falls on these days and holds for the unit (directory index) or
 * one above it; NULL where there is none. */
const struct event *events_next(const struct events *v, size_t unit, struct span days, size_t *i);

/* The days on which an event makes a set's periods hard to compare: behind the first day of the
 * first period before, up to the data end. */
struct span events_days(const struct compare *c);

/* Appends not_comparable=2025-03-01 label | 2025-07-01 label; nothing where there is none. */
void notes_events(struct buf *b, const struct events *v, size_t unit, struct span days);
void notes_compared_events(struct buf *b, const struct events *v, const struct compare *c,
                           size_t unit_slot);

#endif
