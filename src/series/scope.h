/* scope.h: which units and categories a question is about, and what is known of them.
 *
 * A scope is the part of the two trees below what was asked for, in tree order (parents first),
 * with dense indices of its own ("slots"), so that counts are plain arrays. Every unit below is in
 * it, also those no longer valid: a total misses nobody. `rows` are the units that a table by unit
 * shows.
 */
#ifndef KEOGIAM_SERIES_SCOPE_H
#define KEOGIAM_SERIES_SCOPE_H

#include "series/spans.h"
#include "store/cover.h"
#include "store/store.h"

struct scope {
    const struct directory *directory;
    size_t *units; /* slot -> directory index, parents first */
    size_t unit_count;
    size_t *unit_slot;  /* directory index -> slot, NO_ENTRY outside */
    size_t *parent;     /* slot -> slot of the parent, NO_ENTRY for a top of the scope */
    size_t *categories; /* slot -> directory index */
    size_t category_count;
    size_t *category_slot;
    size_t *category_parent;
    bool *is_leaf; /* unit slot: no units under it */
};

/* tops: directory indices of units (none: every top unit), roots: of categories (none: every root).
 * The directory must outlive the scope. */
bool scope_init(struct scope *s, const struct directory *d, const size_t *tops, size_t top_count,
                const size_t *roots, size_t root_count, struct err *e);
void scope_free(struct scope *s); /* accepts zero */

/* The days that are known of each unit in the scope for one category: declared or assumed by case
 * files (its own and its parents' rows), or spoken for by counts files (its own rows only). An
 * unknown place of which nobody speaks is known when the units beside it are. */
struct known {
    struct spans *spans;  /* by unit slot */
    struct spans *cases;  /* by unit slot: the part that case files speak for … */
    struct spans *counts; /* … and the part that counts files speak for; they may overlap */
    bool *assumed;        /* by unit slot: some of it is only assumed */
    size_t unit_count;
};
bool known_init(struct known *k, const struct scope *s, const struct cover *c, size_t category,
                struct err *e);
void known_free(struct known *k); /* accepts zero */

/* Units of a level (NULL: leaves) that are valid on a day, as slots, in the scope's order; the
 * unknown places are not among them. *rows is to be freed. */
bool scope_rows(const struct scope *s, const char *level, day at, size_t **rows, size_t *count,
                struct err *e);
/* The same for units that are valid on some day of a span. */
bool scope_rows_in(const struct scope *s, const char *level, struct span days, size_t **rows,
                   size_t *count, struct err *e);

/* Whether a row of the unit is expected: it, a unit under it or a unit beside it has coverage.
 * knows: by unit slot, it or a unit under it has. */
bool scope_expects(const struct scope *s, const bool *knows, size_t unit);

/* True if the unit in slot `top` is the one in slot u or stands above it, within the scope. */
bool scope_is_under(const struct scope *s, size_t top, size_t u);

#endif
