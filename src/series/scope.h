/* scope.h: which units and categories a question is about, and what is known of them.
 *
 * A scope is the part of the two trees below what was asked for, in tree order (parents first),
 * with dense indices of its own ("slots"), so that counts are plain arrays. Every unit below is in
 * it, also those no longer valid: a total misses nobody. `rows` are the units that a table by unit
 * shows.
 *
 * On the boundaries of one day (lineage.h) a unit that does not exist then is no unit of the scope
 * but a part of its heirs: it has slots of its own behind those of the units (unit_count …
 * slot_count - 1), so that what is recorded of it is counted once, and goes from there into the
 * unit that has all of it: its only heir, else the smallest unit above all heirs.
 */
#ifndef KEOGIAM_SERIES_SCOPE_H
#define KEOGIAM_SERIES_SCOPE_H

#include "series/lineage.h"
#include "series/spans.h"
#include "store/cover.h"
#include "store/store.h"

/* Part of one heir (whole, or a share), or of several of which nobody knows how it is divided. */
struct scope_part {
    const struct lineage_unit *line;
    size_t heir;     /* with a share: which of line->heirs; else NO_ENTRY */
    size_t *targets; /* slots of the heirs that are in the scope */
    size_t target_count;
    bool is_divided; /* its cases may be any target's */
};

struct scope {
    const struct directory *directory;
    const struct lineage *lineage; /* NULL: units as they are */
    size_t *units;                 /* slot -> directory index, parents first, then the parts */
    size_t unit_count, slot_count;
    struct scope_part *parts; /* of slots unit_count …: [slot_count - unit_count] */
    size_t *made_of;          /* slots of the parts that each unit has, or may have some of … */
    size_t *made_of_starts;   /* … by unit slot: [unit_count + 1]; NULL without parts */
    size_t *unit_slot;        /* directory index -> slot, NO_ENTRY outside and of parts */
    size_t *first_part;       /* directory index -> first slot of its parts, NO_ENTRY */
    size_t
        *parent; /* slot -> slot of the parent, NO_ENTRY for a top of the scope; of a part the unit
                                 that has all of it */
    struct span *life;  /* unit slot: the days on which it, or what it is made of, existed */
    size_t *categories; /* slot -> directory index */
    size_t category_count;
    size_t *category_slot;
    size_t *category_parent;
    bool *is_leaf; /* by unit slot: no units under it */
};

/* tops: directory indices of units (none: every top unit), roots: of categories (none: every root).
 * lineage: boundaries of a day; NULL: units as they are. Directory and lineage must outlive the
 * scope. Fails (ERR_INPUT): a top does not exist on the lineage's day. */
bool scope_init(struct scope *s, const struct directory *d, const struct lineage *lineage,
                const size_t *tops, size_t top_count, const size_t *roots, size_t root_count,
                struct err *e);
void scope_free(struct scope *s); /* accepts zero */

/* The days that are known of each unit in the scope for one category: declared or assumed by case
 * files (its own and its parents' rows), or spoken for by counts files (its own rows only). An
 * unknown place of which nobody speaks is known when the units beside it are. */
struct known {
    struct spans *spans;  /* by slot; of a unit with parts the days on which they all are */
    struct spans *cases;  /* by slot: the part that case files speak for … */
    struct spans *counts; /* … and the part that counts files speak for; they may overlap */
    bool *assumed;        /* by slot: some of it is only assumed */
    size_t slot_count;
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

/* The slot in which a row of a unit (directory index) is counted for sure: its own, or the one that
 * has all of it; NO_ENTRY outside. */
size_t scope_place(const struct scope *s, size_t unit);

/* How many parts a unit has, or may have some of; *parts are their slots. */
static inline size_t scope_parts(const struct scope *s, size_t unit, const size_t **parts)
{
    *parts = s->made_of_starts ? &s->made_of[s->made_of_starts[unit]] : NULL;
    return s->made_of_starts ? s->made_of_starts[unit + 1] - s->made_of_starts[unit] : 0;
}

/* Whether a unit may have some of a divided part that exists on some of the days. */
bool scope_is_bounded(const struct scope *s, size_t unit, struct span days);

/* True if the unit in slot `top` is the one in slot u or stands above it, within the scope. */
bool scope_is_under(const struct scope *s, size_t top, size_t u);

#endif
