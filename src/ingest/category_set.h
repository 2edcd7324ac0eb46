/* category_set.h: category sets by number: a set is made and checked once, then known by its
 * number. Internal to ingest/: the directory keeps the sets of the database in one table; a reading
 * thread keeps those of its file in another, so that it never writes to the directory
 * (ingest_run.c). */
#ifndef KEOGIAM_INGEST_CATEGORY_SET_H
#define KEOGIAM_INGEST_CATEGORY_SET_H

#include "ingest/directory.h"

struct set_table {
    struct category_set *sets;
    size_t count, cap;
    size_t *slots; /* hash table of numbers + 1; 0: free */
    size_t slot_count;
};

void set_table_free(struct set_table *t); /* accepts zero */

/* Sorts and checks. Fails (ERR_INPUT): none, two of one root, too many. */
bool category_set_make(const struct directory *d, const size_t *categories, size_t count,
                       struct category_set *set, struct err *e);

/* Puts a member in its place; there must be room. */
void category_set_put(struct category_set *set, size_t category);

/* The number of a set that was made; added if new. */
bool set_table_number(struct set_table *t, const struct category_set *set, size_t *number,
                      struct err *e);

/* Gives the set the next number. It is found by set_table_number if `findable` and if no set before
 * it is the same. */
bool set_table_append(struct set_table *t, const struct category_set *set, bool findable,
                      struct err *e);

#endif
