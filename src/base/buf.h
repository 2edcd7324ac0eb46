/* buf.h: growing memory: a byte string, an array of anything, and an arena of strings.
 *
 * struct buf: text that grows. It remembers a failed allocation in `failed`; whoever built it
 * checks once at the end. `data` is always NUL-terminated once something was added (NULL when
 * empty).
 *
 * struct arena: strings that live as long as their owner; freed all at once.
 */
#ifndef KEOGIAM_BASE_BUF_H
#define KEOGIAM_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct buf {
    char *data;
    size_t len, cap;
    bool failed;
};

void buf_add(struct buf *b, const char *bytes, size_t n);
void buf_adds(struct buf *b, const char *text);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_clear(struct buf *b);             /* length 0, keeps the memory */
void buf_free(struct buf *b);              /* accepts zero */
const char *buf_text(const struct buf *b); /* "" when empty, never NULL */

/* Makes room for `need` items of `size` bytes at *items (capacity *cap, doubled as needed).
 * New items are not initialised. Fails: out of memory, *items unchanged. */
bool array_grow(void **items, size_t *cap, size_t need, size_t size, struct err *e);

struct arena_block;
struct arena {
    struct arena_block *head;
};

/* NULL when out of memory. */
void *arena_alloc(struct arena *a, size_t bytes); /* zeroed, aligned for any type */
char *arena_copy(struct arena *a, const char *text, size_t n);
char *arena_text(struct arena *a, const char *text);
char *arena_format(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_free(struct arena *a);

#endif
