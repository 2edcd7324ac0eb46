/* fixtures_reader.h: a whole input as one text, to be held against the expected one.
 * Each record is "LINE:field|field\n"; a failure ends the text with "! message\n". */
#ifndef KEOGIAM_TESTS_FIXTURES_READER_H
#define KEOGIAM_TESTS_FIXTURES_READER_H

#include "check.h"

#include <string.h>

#include "ingest/reader.h"
#include "ingest/reader_formats.h"

#define READER_DIR "tests/data/reader/"

static inline void shown_add(struct buf *shown, const struct record *rec)
{
    buf_addf(shown, "%zu:", rec->line);
    for (size_t i = 0; i < rec->count; i++) {
        if (i)
            buf_addc(shown, '|');
        buf_adds(shown, rec->fields[i].text);
        assert_int_equal(strlen(rec->fields[i].text), rec->fields[i].n);
    }
    buf_addc(shown, '\n');
}

/* Replaces *shown by what o's input reads as, in chunks of that many bytes. */
static inline void shown_read(struct buf *shown, const struct reader_options *o, size_t chunk)
{
    struct reader *r = NULL;
    struct record rec;
    struct err e = {0};
    bool more = true;
    buf_clear(shown);
    if (reader_open_chunked(&r, o, chunk, &e)) {
        while (reader_next(r, &rec, &more, &e) && more)
            shown_add(shown, &rec);
        reader_close(r);
    }
    if (e.code != ERR_NONE) {
        assert_int_equal(e.code, ERR_INPUT);
        buf_addf(shown, "! %s\n", e.msg);
    }
}

/* Whatever the chunks, from the smallest to one that holds the whole input. */
static inline void assert_shown(const struct reader_options *o, const char *want)
{
    struct buf shown = {0};
    for (size_t chunk = DECODER_CHUNK_MIN; chunk <= 64; chunk++) {
        shown_read(&shown, o, chunk);
        if (strcmp(buf_text(&shown), want))
            fail_msg("chunks of %zu read\n%sexpected\n%s", chunk, buf_text(&shown), want);
    }
    shown_read(&shown, o, DECODER_CHUNK);
    assert_string_equal(buf_text(&shown), want);
    buf_free(&shown);
}

static inline void assert_bytes_read(const char *bytes, size_t n, const char *want)
{
    struct reader_options o = {.path = "a.csv", .memory = bytes, .memory_bytes = n};
    assert_shown(&o, want);
}

static inline void assert_text_read(const char *text, const char *want)
{
    assert_bytes_read(text, strlen(text), want);
}

static inline void assert_file_read(const char *path, const char *want)
{
    struct reader_options o = {.path = path};
    assert_shown(&o, want);
}

/* Text whose delimiter is not the point: it must be the one wanted. */
static inline void assert_delimiter(const char *text, char want)
{
    struct reader_options o = {.path = "a.csv", .memory = text, .memory_bytes = strlen(text)};
    struct reader *r = NULL;
    struct err e = {0};
    assert_true(reader_open(&r, &o, &e));
    assert_int_equal(reader_delimiter(r), want);
    assert_false(reader_is_geojson(r));
    reader_close(r);
}

#endif
