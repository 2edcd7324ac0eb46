#include "report/package.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct package {
    zip_source_t *memory; /* the file being made */
    zip_t *zip;
    bool failed;
};

struct package *package_new(void)
{
    struct package *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->memory = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (p->memory)
        zip_source_keep(p->memory); /* for us; zip_close gives the other back */
    p->zip = p->memory ? zip_open_from_source(p->memory, ZIP_TRUNCATE, NULL) : NULL;
    if (p->zip)
        return p;
    zip_source_free(p->memory);
    zip_source_free(p->memory);
    free(p);
    return NULL;
}

void package_delete(struct package *p)
{
    if (!p)
        return;
    if (p->zip)
        zip_discard(p->zip);
    zip_source_free(p->memory);
    free(p);
}

void package_add(struct package *p, const char *name, const char *bytes, size_t n)
{
    void *copy = malloc(n + 1);
    if (!copy) {
        p->failed = true;
        return;
    }
    memcpy(copy, bytes, n);
    zip_source_t *source = zip_source_buffer(p->zip, copy, n, 1);
    zip_int64_t at = source ? zip_file_add(p->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (at < 0) {
        zip_source_free(source);
        p->failed = true;
        return;
    }
    /* As DOS has it, day 1 of month 1 of 1980: an mtime would go through the machine's own zone. */
    p->failed |= zip_file_set_dostime(p->zip, (zip_uint64_t)at, 0, 0x21, 0) != 0;
    p->failed |= zip_set_file_compression(p->zip, (zip_uint64_t)at, ZIP_CM_DEFLATE, 6) != 0;
}

void package_add_made(struct package *p, const char *name, struct buf *text)
{
    p->failed |= text->failed;
    package_add(p, name, buf_text(text), text->len);
    buf_clear(text);
}

/* The bytes that zip_close left in memory. */
static bool read_all(zip_source_t *memory, struct buf *file)
{
    char block[16384];
    zip_int64_t n;
    if (zip_source_open(memory) != 0)
        return false;
    while ((n = zip_source_read(memory, block, sizeof block)) > 0)
        buf_add(file, block, (size_t)n);
    zip_source_close(memory);
    return n == 0;
}

bool package_finish(struct package *p, struct buf *file, struct err *e)
{
    if (p->failed)
        return err_memory(e);
    if (zip_close(p->zip) != 0)
        return err_set(e, ERR_FAILED, "the document could not be packed: %s", zip_strerror(p->zip));
    p->zip = NULL;
    bool ok = read_all(p->memory, file) && !file->failed;
    return ok || err_memory(e);
}

static bool change_part(zip_t *zip, const struct package_change *c)
{
    zip_int64_t at = zip_name_locate(zip, c->name, 0);
    zip_stat_t was;
    if (at < 0 || zip_stat_index(zip, (zip_uint64_t)at, 0, &was) != 0)
        return false;
    zip_source_t *source = zip_source_buffer(zip, c->bytes, c->n, 0);
    if (!source || zip_file_replace(zip, (zip_uint64_t)at, source, 0) != 0) {
        zip_source_free(source);
        return false;
    }
    return !(was.valid & ZIP_STAT_MTIME) ||
           zip_file_set_mtime(zip, (zip_uint64_t)at, was.mtime, 0) == 0;
}

/* A buffer that libzip may write to: what it clones of one that is not its own it frees as well. */
static zip_source_t *own_copy(const struct buf *old)
{
    void *copy = malloc(old->len + 1);
    if (!copy)
        return NULL;
    memcpy(copy, buf_text(old), old->len);
    zip_source_t *memory = zip_source_buffer_create(copy, old->len, 1, NULL);
    if (!memory)
        free(copy);
    return memory;
}

static bool cannot_change(const char *path, const char *why, struct err *e)
{
    return err_set(e, ERR_FAILED, "%s: the copy could not be packed: %s", path, why);
}

bool package_change(const struct buf *old, const struct package_change *changes, size_t count,
                    const char *path, struct buf *file, struct err *e)
{
    zip_source_t *memory = own_copy(old);
    if (!memory)
        return err_memory(e);
    zip_source_keep(memory); /* for us; zip_close gives the other back */
    zip_t *zip = zip_open_from_source(memory, 0, NULL);
    bool ok = zip || cannot_change(path, "zip", e);
    for (size_t i = 0; ok && i < count; i++)
        ok = change_part(zip, &changes[i]) || cannot_change(path, zip_strerror(zip), e);
    if (ok && zip_close(zip) == 0)
        zip = NULL;
    else if (ok)
        ok = cannot_change(path, zip_strerror(zip), e);
    if (zip)
        zip_discard(zip);
    else
        ok = ok && ((read_all(memory, file) && !file->failed) || err_memory(e));
    zip_source_free(memory);
    return ok;
}

/* U+FFFE and U+FFFF, EF BF BE and EF BF BF: characters that XML forbids too. */
static bool is_forbidden(const char *text)
{
    return !strncmp(text, "\xEF\xBF\xBE", 3) || !strncmp(text, "\xEF\xBF\xBF", 3);
}

void package_escape(struct buf *b, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '&')
            buf_adds(b, "&amp;");
        else if (c == '<')
            buf_adds(b, "&lt;");
        else if (c == '>')
            buf_adds(b, "&gt;");
        else if (c == '"')
            buf_adds(b, "&quot;");
        else if (c == '\'')
            buf_adds(b, "&#39;");
        else if (c == 0xEF && is_forbidden(text))
            text += 2;
        else if (c >= 0x20 || c == '\n' || c == '\t')
            buf_addc(b, (char)c);
    }
}
