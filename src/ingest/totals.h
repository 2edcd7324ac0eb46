/* totals.h: rows that state totals (Cộng, Tổng cộng) against the rows above them. Internal to
 * ingest/.
 *
 * Such a row is never loaded. What it states is compared with the sum of the rows read since the
 * start that share what else it names: its unit, its category, its period. Where both a parent and
 * its parts are among them, the parts are left out.
 */
#ifndef KEOGIAM_INGEST_TOTALS_H
#define KEOGIAM_INGEST_TOTALS_H

#include "ingest/directory.h"
#include "ingest/kind.h"

struct total_key {
    int64_t unit, category, from, to; /* INT64_MIN: none */
};

struct totals {
    const struct kind *kind;
    const struct directory *directory;
    size_t unit, category, from, to; /* slots; ROW_SLOTS: the kind has none */
    size_t measures[ROW_SLOTS];      /* slots of counts */
    size_t measure_count;
    struct total_key *keys;
    int64_t *sums; /* measure_count a key */
    size_t count, cap, sums_cap;
    size_t *slots; /* hash table of keys + 1 */
    size_t slot_count;
    int64_t rows;
    bool too_many; /* more keys than are kept: nothing is compared any more */
    size_t warned; /* lines so far */
};

void totals_init(struct totals *t, const struct kind *kind, const struct directory *d);
void totals_free(struct totals *t); /* accepts zero */

/* True for cong, tong, tong cong, total … */
bool totals_is_word(const char *text, size_t n);

bool totals_add(struct totals *t, const struct row *row, struct err *e);

/* Where a total stands, for the warning. */
struct total_place {
    const char *file;
    size_t line;
    const char *column; /* head of the count's column; NULL: the column's own name */
    size_t refused;     /* rows above that were refused */
    enum lang lang;
};

/* Adds a line to *warnings for each count in `stated` that its rows do not add up to. */
bool totals_compare(struct totals *t, const struct row *stated, const struct total_place *at,
                    struct buf *warnings, struct err *e);

/* The same for a number of rows. */
void totals_compare_rows(struct totals *t, int64_t stated, const struct total_place *at,
                         struct buf *warnings);

#endif
