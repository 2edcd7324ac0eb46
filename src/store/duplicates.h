/* duplicates.h (inside store/): pairs of cases that may be one: the same unit; the same category,
 * or one on each axis that may be the same act; received within three days of each other; as many
 * victims where both say so. */
#ifndef KEOGIAM_STORE_DUPLICATES_H
#define KEOGIAM_STORE_DUPLICATES_H

#include "store/store.h"

struct suspect_row {
    int64_t id; /* of the row */
    int64_t unit;
    size_t set;
    day on;          /* received, else occurred, else prosecuted */
    int64_t victims; /* -1: blank */
};

/* Cases of an unknown place are no suspects. */
struct suspect_rows {
    struct suspect_row *items;
    size_t count, cap;
    const struct directory *directory;
    bool failed;
};
void suspect_rows_free(struct suspect_rows *s);
/* Those of the days, by unit, day, id. */
bool suspect_rows_read(struct suspect_rows *s, struct store *store, int64_t state,
                       const struct directory *d, struct span days, struct err *e);

typedef bool (*suspect_pair_fn)(void *context, const struct suspect_row *a,
                                const struct suspect_row *b, struct err *e);
bool suspect_rows_each(const struct suspect_rows *s, suspect_pair_fn fn, void *context,
                       struct err *e);

/* How many pairs chance makes: those that are alike 8 to 35 days apart, times the days that lie
 * within three over the days that lie so far apart, of the days from the first case to the last.
 * NAN under 60 days, and over 100,000 cases. */
double suspect_rows_expected(const struct suspect_rows *s);

#endif
