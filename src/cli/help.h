/* help.h: what the files of `help` share. Each function appends to b. */
#ifndef KEOGIAM_CLI_HELP_H
#define KEOGIAM_CLI_HELP_H

#include "cli/command.h"

/* The option's closed values ("vi|en", "KIND": the kinds), '|'-separated; NULL where it has none.
 * In b's memory where it is made. */
const char *help_choices(const struct option *o, struct buf *made);
/* The same of a command's words: "yoy|trend"; NULL where it has none. */
const char *help_words(const struct command *c, struct buf *made);
/* " (default: total)"; nothing where the help says it or there is none. */
void help_default(const struct option *o, enum lang lang, struct buf *b);

void help_completion(struct buf *b);
void help_markdown(enum lang lang, struct buf *b);

#endif
