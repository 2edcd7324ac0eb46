/* allotment.h: which heir each case of a divided unit is counted for, where the shares are loaded
 * or guessed.
 *
 * A case cannot be split. One after another, in the order of their dates, they go to the heir that
 * is furthest behind its share: the largest share / (2 n + 1) is served next (Sainte-Laguë, as
 * seats are dealt out), cases and what proved none apart, and each category root apart. So every
 * case is counted once, in every table for the same heir, and after any number of cases each heir
 * is within one of its share of them.
 * Checked: tests/test_allotment.c.
 */
#ifndef KEOGIAM_SERIES_ALLOTMENT_H
#define KEOGIAM_SERIES_ALLOTMENT_H

#include "ingest/lists.h"
#include "series/scope.h"

/* The heir served next: n [count] is how many each has; it is raised. Shares add up to 1. */
size_t allotment_next(const struct heir *heirs, size_t count, int64_t *n);

/* The same for `amount` at once: given [count] is what each gets of it. */
void allotment_deal(const struct heir *heirs, size_t count, int64_t *n, int64_t amount,
                    int64_t *given);

struct allotment;
/* Of all cases of the state by their dates on the basis, whatever the period asked for. *a is NULL
 * where no unit of the scope has shares. */
bool allotment_new(struct allotment **a, struct store *s, const struct scope *scope, int64_t state,
                   enum basis basis, struct err *e);
void allotment_delete(struct allotment *a); /* accepts NULL */

/* Place among its unit's heirs of a case, by its row's id; of one that was not dealt (a NULL: none
 * was) the one with the largest share. */
size_t allotment_heir(const struct allotment *a, const struct lineage_unit *line, int64_t id);

#endif
