/* docx_check.h: what the DOCX writer made, read back out of the zip. For its tests. */
#ifndef KEOGIAM_TESTS_DOCX_CHECK_H
#define KEOGIAM_TESTS_DOCX_CHECK_H

#include "doc_check.h"

#include <zip.h>

#include "report/docx.h"
#include "report/writers.h"

static inline void write_docx(const struct doc *d, bool svg_first, struct buf *file)
{
    struct err e = {0};
    if (!docx_write(d, svg_first, file, &e))
        fail_msg("%s", e.msg);
}

static inline zip_t *open_zip(const struct buf *file)
{
    zip_source_t *s = zip_source_buffer_create(file->data, file->len, 0, NULL);
    zip_t *z = s ? zip_open_from_source(s, ZIP_RDONLY | ZIP_CHECKCONS, NULL) : NULL;
    assert_non_null(z);
    return z;
}

/* A part of the file, "" where it is not there. */
static inline void read_part(const struct buf *file, const char *name, struct buf *text)
{
    zip_t *z = open_zip(file);
    zip_file_t *f = zip_fopen(z, name, 0);
    char block[4096];
    buf_clear(text);
    for (zip_int64_t n; f && (n = zip_fread(f, block, sizeof block)) > 0;)
        buf_add(text, block, (size_t)n);
    if (f)
        zip_fclose(f);
    zip_close(z);
}

/* A part of the document; empties and frees the document. */
static inline void part_of(struct doc *d, const char *name, struct buf *text)
{
    struct buf file = {0};
    write_docx(d, false, &file);
    read_part(&file, name, text);
    buf_free(&file);
    doc_free(d);
}

static inline void body_of(struct doc *d, struct buf *text)
{
    part_of(d, "word/document.xml", text);
}

static inline size_t count_of(const char *text, const char *words)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, words)) != NULL; at += strlen(words))
        n++;
    return n;
}

static inline void assert_says(const struct buf *b, const char *words)
{
    if (!strstr(buf_text(b), words))
        fail_msg("not said: %s", words);
}

static inline void assert_silent(const struct buf *b, const char *words)
{
    if (strstr(buf_text(b), words))
        fail_msg("said: %s", words);
}

/* The element of `open` around or behind the first `words`: from the last "<open" before them to
 * "</open>" behind; what it holds is copied. */
static inline void element_with(const char *text, const char *name, const char *words,
                                struct buf *out)
{
    char opens[40], also[40], closes[40];
    snprintf(opens, sizeof opens, "<%s>", name);
    snprintf(also, sizeof also, "<%s ", name);
    snprintf(closes, sizeof closes, "</%s>", name);
    const char *at = strstr(text, words), *from = NULL;
    if (!at)
        fail_msg("not said: %s", words);
    for (const char *p = text; p <= at; p++)
        if (!strncmp(p, opens, strlen(opens)) || !strncmp(p, also, strlen(also)))
            from = p;
    assert_non_null(from);
    const char *to = strstr(at, closes);
    assert_non_null(to);
    buf_clear(out);
    buf_add(out, from, (size_t)(to - from));
}

#endif
