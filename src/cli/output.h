/* output.h: text to a file that appears whole or not at all, or to standard output.
 *
 * A reader that has seen enough (`keogiam export | head`) closes the pipe: what follows is dropped,
 * and that is no failure.
 */
#ifndef KEOGIAM_CLI_OUTPUT_H
#define KEOGIAM_CLI_OUTPUT_H

#include "base/buf.h"
#include "sys/sys.h"

struct output {
    struct sys_output file;
    const char *path; /* NULL: standard output */
    FILE *to;
    bool closed; /* nobody reads standard output any more */
};

/* path NULL: standard output; it must outlive the output. `secret` makes the file 0600. */
bool output_open(struct output *o, const char *path, bool secret, struct err *e);
bool output_write(struct output *o, const char *bytes, size_t n, struct err *e);
/* Everything written is in the file: others may read it under its temporary name. */
bool output_flush(struct output *o, struct err *e);
/* The file takes its name. On failure what was there stays; nothing is left to abort. */
bool output_close(struct output *o, struct err *e);
void output_abort(struct output *o); /* accepts zero and a closed one */

/* open, write, close. */
bool output_text(const struct buf *b, const char *path, struct err *e);

/* Each line on standard error, behind the program's name. */
void output_say(const char *lines);

/* "x.csv" ends with ".csv". */
bool output_has_suffix(const char *path, const char *suffix);

#endif
