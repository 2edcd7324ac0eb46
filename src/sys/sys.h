/* sys.h: every call that is neither ISO C nor a library's. A port to another system rewrites this
 * folder.
 */
#ifndef KEOGIAM_SYS_SYS_H
#define KEOGIAM_SYS_SYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

/* Once, first thing in main(): a closed pipe becomes an error of the write, not the end of the
 * program. */
void sys_ignore_broken_pipes(void);

/* ---- files ---- */
enum sys_kind { SYS_MISSING, SYS_FILE, SYS_FOLDER, SYS_OTHER };
enum sys_kind sys_path_kind(const char *path);
bool sys_file_size(const char *path, int64_t *bytes); /* false: not a regular file */

/* Opens for reading, binary. Fails with one line naming the path: missing, a folder, unreadable. */
FILE *sys_open_read(const char *path, struct err *e);

/* A file that appears whole or not at all: written beside its place under a temporary name,
 * flushed, synced and renamed by commit; abort (or a failed commit) leaves what was there. `secret`
 * makes it 0600. */
struct sys_output {
    FILE *file; /* write here */
    char *path, *temporary;
};
bool sys_output_open(struct sys_output *o, const char *path, bool secret, struct err *e);
bool sys_output_commit(struct sys_output *o, struct err *e);
void sys_output_abort(struct sys_output *o); /* accepts zero and a committed one */

/* Creates an empty 0600 file; fails where one exists already. */
bool sys_create_private(const char *path, struct err *e);
bool sys_remove(const char *path);
bool sys_is_same_file(const char *a, const char *b); /* under two names; false: one is missing */
/* The file gets a second name beside its own, so that a file renamed to its own replaces nothing;
 * where a disk knows no second names it is renamed. Fails: `kept` exists; cannot be written. */
bool sys_keep_as(const char *path, const char *kept, struct err *e);
/* The path from the root on, links followed; appends nothing where there is no such file. */
void sys_add_whole_path(const char *path, struct buf *b);
bool sys_make_folder(const char *path, struct err *e); /* one level; fine if it exists */

/* The whole file, appended. Fails as sys_open_read; cannot be read to its end; out of memory. */
bool sys_read_whole(const char *path, struct buf *b, struct err *e);
/* The n bytes as the whole file, by sys_output: there, or not at all. Fails: cannot write. */
bool sys_write_whole(const char *path, const char *bytes, size_t n, struct err *e);

/* A fresh folder under the system's temporary place; and its removal with all that is in it. Links
 * are removed, not followed. */
bool sys_temp_folder(struct buf *path, struct err *e);
void sys_temp_remove(const char *path);

/* ---- terminal, environment, clock ---- */
bool sys_is_terminal(FILE *f);
int sys_terminal_columns(FILE *f); /* 80 where unknown */
/* Asks on the terminal, wherever standard input and output go to, and does not show what is typed;
 * the line without its end into answer[size]. Fails (ERR_FAILED): there is no terminal; given up by
 * Ctrl-C or Ctrl-D; longer than that. */
bool sys_ask_secret(const char *question, char *answer, size_t size, struct err *e);
const char *sys_user_name(void); /* "unknown" where there is none; static */
int64_t sys_now(void);           /* seconds since 1970, UTC; SOURCE_DATE_EPOCH where it is set */

/* ---- programs ---- */
/* A program to run: looked up in PATH, no shell. */
struct sys_program {
    const char *const *argv; /* NULL-terminated */
    const char *input;       /* on its stdin */
    size_t input_bytes;
    int seconds;                    /* the most it may take; 0: no limit */
    struct buf *said;               /* its output and errors together are appended; NULL: unheard */
    const char *const *environment; /* "NAME=value", added to ours, NULL-terminated; NULL: none */
};
enum { SYS_TIMED_OUT = -1 };

/* Runs it to its end, from several threads at once if need be; what it has started and left behind
 * ends with it. *status: its exit status, 128 and the signal that ended it, 127 where the program
 * is missing, SYS_TIMED_OUT where it and all it had started were killed because the time was over.
 * False only where no process could be made. */
bool sys_run(const struct sys_program *p, int *status, struct err *e);

/* The seconds that programs may take: KEOGIAM_TIMEOUT of the environment where it is a whole number
 * from 0 (no limit) to a million, else `standard`. */
int sys_program_seconds(int standard);

/* Would a text in this family be drawn in one of those (NULL-terminated)? Asks fontconfig's
 * fc-match; true where that cannot be asked. */
bool sys_has_font(const char *family, const char *const as_wide[]);

/* ---- threads: one worker beside the caller ---- */
struct sys_worker;
struct sys_worker *sys_worker_start(void (*run)(void *), void *context); /* NULL: could not start */
void sys_worker_join(struct sys_worker *w);

/* A bounded queue of pointers between two threads. push waits while it is full, pop while it is
 * empty; after sys_queue_close push returns false at once and pop drains what is left, then returns
 * NULL. */
struct sys_queue;
struct sys_queue *sys_queue_new(size_t capacity);
void sys_queue_delete(struct sys_queue *q);
bool sys_queue_push(struct sys_queue *q, void *item);
void *sys_queue_pop(struct sys_queue *q);
void sys_queue_close(struct sys_queue *q);

#endif
