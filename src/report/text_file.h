/* text_file.h: a small text that somebody typed, line by line: letterheads and notes.
 */
#ifndef KEOGIAM_REPORT_TEXT_FILE_H
#define KEOGIAM_REPORT_TEXT_FILE_H

#include "base/buf.h"
#include "base/err.h"

struct text_file {
    const char *name; /* for messages: FILE */
    struct buf bytes;
    size_t at;   /* where the next line begins */
    size_t line; /* number of the last line given, from 1 */
};

/* Reads the whole file at `path`, or the n bytes at `memory` where that is not NULL. A byte order
 * mark is passed over. Fails: cannot be read; (ERR_INPUT) not UTF-8, with FILE:LINE. In any case
 * text_file_free. */
bool text_file_open(struct text_file *f, const char *path, const void *memory, size_t n,
                    struct err *e);
void text_file_free(struct text_file *f);

/* The next line without its end (LF, CR LF), NUL-terminated, in the file's own bytes: it may be
 * changed and lives until text_file_free. NULL: no more. */
char *text_file_next(struct text_file *f);

#endif
