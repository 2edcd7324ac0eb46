/* add_choices.h: what a column takes, where that is one of a few: units, categories, items of a
 * closed list. */
#ifndef KEOGIAM_CLI_ADD_CHOICES_H
#define KEOGIAM_CLI_ADD_CHOICES_H

#include <stdio.h>

#include "cli/case_cells.h"

struct choice {
    const char *code, *name;
    size_t depth; /* in the tree of categories */
};
struct choices {
    struct choice *items;
    size_t count, cap;
    bool lettered; /* a, b, c: where a number is an answer of its own, such as an age */
    bool many;     /* several answers, ';' between */
};
enum { CHOICES_FEW = 15 }; /* so many are shown unasked */

/* Those of a slot, of units those valid on the day (DAY_NONE: any) that have none under them; none
 * for a column of dates, numbers, … Codes and names are the cells'. */
bool choices_init(struct choices *c, const struct case_cells *cells, size_t slot, day at,
                  enum lang lang, struct err *e);
void choices_free(struct choices *c);

/* One a line, numbered; only those with marks[i] where marks are given. */
void choices_show(const struct choices *c, const bool *marks, FILE *out);

/* The one that the answer means by its number; NULL. */
const struct choice *choices_by_number(const struct choices *c, const char *answer);
/* The only one whose name begins so, failing that the only one that has a word which does; NULL:
 * none, or several, which are marked (marks: one each). */
const struct choice *choices_by_start(const struct choices *c, const char *answer, bool *marks,
                                      size_t *found);

#endif
