/* add_ask.h: the dialogue of `add`: one case, column by column.
 *
 * Every answer is judged as a file's cell would be (typed_check); a wrong one is asked again with
 * the reason. Of lists a number, the start of a name or all that load takes will do. Enter passes
 * over what need not be known, "." over all that is left; at the end of the input nothing is saved.
 */
#ifndef KEOGIAM_CLI_ADD_ASK_H
#define KEOGIAM_CLI_ADD_ASK_H

#include <stdio.h>

#include "cli/case_cells.h"
#include "cli/typed.h"

struct asking {
    struct session *s;
    const struct case_cells *cells;
    FILE *in, *out;
    struct arena *texts; /* of the answers */
    struct buf line;     /* the last one, trimmed */
    struct row row;      /* what the answers so far mean */
};

/* Fills the row's cells. Fails: ERR_FAILED the input ended. */
bool add_ask_columns(struct asking *a, struct typed_row *row, struct err *e);
/* The id, `proposed` where the answer is empty. */
bool add_ask_id(struct asking *a, struct typed_row *row, const char *proposed, struct err *e);
/* Yes or no; the end of the input is a no. */
bool add_ask_yes(struct asking *a, const char *question);
void asking_free(struct asking *a);

#endif
