#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool buf_room(struct buf *b, size_t more)
{
    if (b->failed || more > SIZE_MAX / 4 - b->len)
        return !(b->failed = true);
    if (b->len + more + 1 <= b->cap)
        return true;
    size_t cap = b->cap ? b->cap : 64;
    while (cap < b->len + more + 1)
        cap *= 2;
    char *data = realloc(b->data, cap);
    if (!data)
        return !(b->failed = true);
    b->data = data;
    b->cap = cap;
    return true;
}

void buf_add(struct buf *b, const char *bytes, size_t n)
{
    if (!buf_room(b, n))
        return;
    if (n)
        memcpy(b->data + b->len, bytes, n);
    b->len += n;
    b->data[b->len] = '\0';
}

void buf_adds(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void buf_addc(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_addf(struct buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n < 0)
        b->failed = true;
    else if (buf_room(b, (size_t)n)) {
        vsnprintf(b->data + b->len, (size_t)n + 1, format, again);
        b->len += (size_t)n;
    }
    va_end(again);
    va_end(args);
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    if (b->data)
        b->data[0] = '\0';
}

void buf_free(struct buf *b)
{
    free(b->data);
    *b = (struct buf){0};
}

const char *buf_text(const struct buf *b)
{
    return b->data ? b->data : "";
}

bool array_grow(void **items, size_t *cap, size_t need, size_t size, struct err *e)
{
    if (need <= *cap)
        return true;
    size_t wanted = *cap ? *cap : 4;
    while (wanted < need)
        wanted *= 2;
    if (wanted > SIZE_MAX / 2 / size)
        return err_memory(e);
    void *grown = realloc(*items, wanted * size);
    if (!grown)
        return err_memory(e);
    *items = grown;
    *cap = wanted;
    return true;
}

struct arena_block {
    struct arena_block *next;
    size_t used, cap;
    max_align_t bytes[];
};

static const size_t arena_block_bytes = 64 * 1024;

static struct arena_block *arena_block_new(struct arena *a, size_t bytes)
{
    size_t cap = bytes > arena_block_bytes ? bytes : arena_block_bytes;
    struct arena_block *block = malloc(sizeof *block + cap);
    if (!block)
        return NULL;
    *block = (struct arena_block){.next = a->head, .cap = cap};
    a->head = block;
    return block;
}

void *arena_alloc(struct arena *a, size_t bytes)
{
    size_t align = sizeof(max_align_t);
    if (bytes > SIZE_MAX / 2)
        return NULL;
    bytes = (bytes + align - 1) / align * align;
    struct arena_block *block = a->head;
    if (!block || block->cap - block->used < bytes)
        block = arena_block_new(a, bytes);
    if (!block)
        return NULL;
    void *got = (char *)block->bytes + block->used;
    block->used += bytes;
    return memset(got, 0, bytes);
}

char *arena_copy(struct arena *a, const char *text, size_t n)
{
    char *copy = arena_alloc(a, n + 1);
    if (copy && n)
        memcpy(copy, text, n);
    return copy;
}

char *arena_text(struct arena *a, const char *text)
{
    return arena_copy(a, text, strlen(text));
}

char *arena_format(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    char *text = n < 0 ? NULL : arena_alloc(a, (size_t)n + 1);
    if (text)
        vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}

void arena_free(struct arena *a)
{
    while (a->head) {
        struct arena_block *next = a->head->next;
        free(a->head);
        a->head = next;
    }
}
