/* err.h: the one error type.
 *
 * A function that can fail returns bool and takes `struct err *e` last. On failure it returns
 * false, has written one line into e->msg and has changed nothing that the caller can see. Only
 * main() prints, once, and turns the code into the exit status.
 *
 * The line is written in the language that e->lang asks for: the format at the call site is English
 * and is looked up in the catalogue (lang.h), so the compiler still checks the arguments.
 */
#ifndef KEOGIAM_BASE_ERR_H
#define KEOGIAM_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/lang.h"

/* The exit statuses of the contract, section 4. */
enum err_code { ERR_NONE = 0, ERR_FAILED = 1, ERR_INPUT = 2, ERR_USAGE = 64 };

struct err {
    enum err_code code;
    enum lang lang;
    char msg[1024];
};

/* Formats the message (in e->lang) and returns false, so that callers write `return err_set(...)`.
 * A first error is kept: a later err_set on the same e changes nothing. e may be NULL. */
bool err_set(struct err *e, enum err_code code, const char *english, ...)
    __attribute__((format(printf, 3, 4)));

/* "out of memory", ERR_FAILED; returns false. */
bool err_memory(struct err *e);

/* Back to "no error", keeping the language. */
void err_clear(struct err *e);

#endif
