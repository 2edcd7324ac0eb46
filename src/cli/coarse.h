/* coarse.h: what is said where counts cannot be cut to the days asked: a year's count is not
 * divided into months, calendar months are not cut anew into those of 12-15 (contract 2).
 *
 * A result of which no row has a figure for that reason is refused, naming the source, the days
 * and what to do. Where only some rows lack it they stay empty, with `coarse=1` in their note and a
 * line under the table.
 */
#ifndef KEOGIAM_CLI_COARSE_H
#define KEOGIAM_CLI_COARSE_H

#include "cli/session.h"

/* The first row met that could not be used; zero at first. */
struct coarse {
    struct buf source;
    struct span days;
};
void coarse_look(struct coarse *c, const struct tally *t);
void coarse_free(struct coarse *c);

/* Judges a result whose figures stand in `column`. Fails (ERR_INPUT): as said above. */
bool coarse_judge(const struct coarse *c, const struct session *s, size_t column, struct result *r,
                  struct err *e);

/* The refusal itself, of a result of months or steps where `by_steps`. Always false. */
bool coarse_refuse(const struct coarse *c, const struct session *s, bool by_steps, struct err *e);

#endif
