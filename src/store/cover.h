/* cover.h: who speaks for which days: the coverage rows as of a state, by unit.
 *
 * A row says that a source knows every case of a category's subtree in a unit's subtree, day
 * from..to by date of receipt: no row there means zero, outside means unknown.
 */
#ifndef KEOGIAM_STORE_COVER_H
#define KEOGIAM_STORE_COVER_H

#include "store/store.h"

enum { COVER_ASSUMED = 0, COVER_DECLARED = 1, COVER_COUNTS = 2 };

struct cover_row {
    size_t unit, category; /* directory indices */
    struct span span;
    int declared;
    size_t source; /* index in cover.sources */
    int64_t total; /* stated number of reports, -1: none */
    size_t next;   /* next row of the same unit, NO_ENTRY at the end */
};

struct cover {
    const struct directory *directory;
    struct cover_row *rows;
    size_t count, cap;
    size_t *first; /* by unit: its first row, NO_ENTRY where none */
    const char **sources;
    size_t source_count, source_cap;
    struct arena arena;
};

/* Reads the coverage as of `state`. The directory must outlive it. */
bool cover_load(struct cover *c, struct store *s, int64_t state, const struct directory *d,
                struct err *e);
void cover_free(struct cover *c); /* accepts zero */

/* As if the coverage ended there: what lies behind is not known. */
void cover_end(struct cover *c, day last);

/* Calls fn for every row that speaks for the unit (its own and its ancestors') and the category
 * (its own and its ancestors'); stops where fn returns false. */
typedef bool (*cover_fn)(void *context, const struct cover_row *row);
void cover_each(const struct cover *c, size_t unit, size_t category, cover_fn fn, void *context);

/* Index of a source's name; NO_ENTRY where it has no coverage. */
size_t cover_source(const struct cover *c, const char *name);

#endif
