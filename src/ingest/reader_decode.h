/* reader_decode.h: the bytes of a file, of standard input or of memory as text, piece by piece.
 *
 * Hands on valid UTF-8 without byte-order mark and without NUL; a character is never cut in two.
 * Memory: two buffers of the size of a chunk. For the files reader*.c only.
 */
#ifndef KEOGIAM_INGEST_READER_DECODE_H
#define KEOGIAM_INGEST_READER_DECODE_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "ingest/reader.h"

#define DECODER_CHUNK ((size_t)64 << 10) /* bytes read at a time */
#define DECODER_CHUNK_MIN ((size_t)16)   /* room for a byte-order mark and a whole character */

enum encoding { ENCODING_UTF8, ENCODING_UTF16LE, ENCODING_UTF16BE, ENCODING_WINDOWS1258 };

/* Where in the file the reader stands, for messages; both from 1. */
struct place {
    size_t line, column;
};

struct decoder {
    const char *name; /* for messages; the caller's */
    FILE *file;       /* NULL: memory */
    const char *memory;
    size_t memory_left;
    size_t chunk;
    char *raw; /* bytes begin..end are read and not yet decoded */
    size_t begin, end;
    bool is_zip;   /* a package: no text */
    bool ended;    /* the source has no more bytes */
    bool dry;      /* nothing but the start of a character is left in raw */
    bool finished; /* everything was handed on */
    enum encoding encoding;
    bool ascii;    /* so far, and no byte-order mark: the encoding is still open */
    bool has_nul;  /* the next character is a NUL */
    bool converts; /* to_utf8 is open */
    iconv_t to_utf8;
    char *converted;
    struct buf head; /* what decoder_peek has decoded */
    size_t head_at;  /* handed on of it */
};

/* Opens o's source and looks at its first chunk (chunk >= DECODER_CHUNK_MIN).
 * Fails: as sys_open_read; an old Office file or another binary one. Where is_zip is set afterwards
 * nothing can be read. decoder_close either way. */
bool decoder_open(struct decoder *d, const struct reader_options *o, const char *name, size_t chunk,
                  struct err *e);
void decoder_close(struct decoder *d); /* accepts zero */

/* The first 4 KB or more of the text, all of it if shorter, less where an error lies in them:
 * decoder_next hands on the same bytes and then fails. Fails: out of memory. */
bool decoder_peek(struct decoder *d, const char **text, size_t *n, struct err *e);

/* The next piece, valid and the caller's to overwrite until the next call; *n = 0 at the end.
 * Fails at the byte that is wrong, once all before it were handed on, with the caller's place: NUL,
 * bytes that are no text in the file's encoding, a failed read. */
bool decoder_next(struct decoder *d, struct place at, char **text, size_t *n, struct err *e);

#endif
