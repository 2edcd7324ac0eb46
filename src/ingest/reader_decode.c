#include "ingest/reader_decode.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sys/sys.h"

enum { TAIL_MAX = 3 }; /* bytes of a character that may wait for the next chunk */
enum { PEEK_BYTES = 4096 };

/* ---- the source ---- */

/* A file that cannot be opened is bad input here, whatever else it is to sys/. */
static bool source_open(struct decoder *d, const char *path, struct err *e)
{
    d->file = strcmp(path, "-") ? sys_open_read(path, e) : stdin;
    if (!d->file && e)
        e->code = ERR_INPUT;
    return d->file;
}

static size_t source_read(struct decoder *d, char *bytes)
{
    if (d->file)
        return fread(bytes, 1, d->chunk, d->file);
    size_t n = d->memory_left < d->chunk ? d->memory_left : d->chunk;
    if (n)
        memcpy(bytes, d->memory, n);
    d->memory += n;
    d->memory_left -= n;
    return n;
}

/* Keeps what is left in raw and reads a chunk behind it. */
static bool decoder_fill(struct decoder *d, struct err *e)
{
    size_t kept = d->end - d->begin;
    memmove(d->raw, d->raw + d->begin, kept);
    size_t got = source_read(d, d->raw + kept);
    d->begin = 0;
    d->end = kept;
    if (d->file && ferror(d->file))
        return err_set(e, ERR_INPUT, "%s: could not be read to its end: %s", d->name,
                       strerror(errno));
    d->end += got;
    d->dry = false;
    d->ended = got < d->chunk;
    return true;
}

/* ---- what the first chunk says ---- */

static bool decoder_starts_with(const struct decoder *d, const char *bytes, size_t n)
{
    return d->end - d->begin >= n && !memcmp(d->raw + d->begin, bytes, n);
}

static bool decoder_refuse_office(const struct decoder *d, struct err *e)
{
    if (decoder_starts_with(d, "\xD0\xCF\x11\xE0", 4))
        return err_set(e, ERR_INPUT,
                       "%s: an old Excel workbook (.xls) or a file under a password: open it, take "
                       "the password off and save it as .xlsx or as \"CSV UTF-8\"",
                       d->name);
    return true;
}

static void decoder_take_mark(struct decoder *d)
{
    size_t bytes = 2;
    if (decoder_starts_with(d, "\xEF\xBB\xBF", 3))
        bytes = 3;
    else if (decoder_starts_with(d, "\xFF\xFE", 2))
        d->encoding = ENCODING_UTF16LE;
    else if (decoder_starts_with(d, "\xFE\xFF", 2))
        d->encoding = ENCODING_UTF16BE;
    else
        return;
    d->begin += bytes;
    d->ascii = false;
}

static bool is_binary(unsigned char c)
{
    return c > 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f';
}

/* NUL is left to decoder_next, which knows its line and column. */
static bool decoder_refuse_binary(const struct decoder *d, struct err *e)
{
    if (d->encoding != ENCODING_UTF8)
        return true;
    size_t line = 1;
    for (size_t i = d->begin; i < d->end; i++) {
        unsigned char c = (unsigned char)d->raw[i];
        if (is_binary(c))
            return err_set(e, ERR_INPUT,
                           "%s:%zu: control character 0x%02X: this is not a text file: save the "
                           "table as \"CSV UTF-8\"",
                           d->name, line, (unsigned)c);
        bool pair = c == '\n' && i > d->begin && d->raw[i - 1] == '\r';
        line += (c == '\n' || c == '\r') && !pair;
    }
    return true;
}

bool decoder_open(struct decoder *d, const struct reader_options *o, const char *name, size_t chunk,
                  struct err *e)
{
    *d = (struct decoder){.name = name, .chunk = chunk, .ascii = true};
    d->memory = o->memory;
    d->memory_left = o->memory ? o->memory_bytes : 0;
    if (!o->memory && !source_open(d, o->path, e))
        return false;
    d->raw = malloc(chunk + TAIL_MAX);
    if (!d->raw)
        return err_memory(e);
    if (!decoder_fill(d, e) || !decoder_refuse_office(d, e))
        return false;
    d->is_zip = decoder_starts_with(d, "PK\3\4", 4);
    if (d->is_zip)
        return true;
    decoder_take_mark(d);
    return decoder_refuse_binary(d, e);
}

void decoder_close(struct decoder *d)
{
    if (d->file && d->file != stdin)
        fclose(d->file);
    if (d->converts)
        iconv_close(d->to_utf8);
    free(d->raw);
    free(d->converted);
    buf_free(&d->head);
    *d = (struct decoder){0};
}

/* ---- UTF-16 and Windows-1258 ---- */

static size_t converted_room(const struct decoder *d)
{
    return 3 * (d->chunk + TAIL_MAX) + 16; /* no byte becomes more than three */
}

static bool decoder_convert_from(struct decoder *d, enum encoding encoding, struct err *e)
{
    static const char *const names[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1258"};
    if (!d->converted)
        d->converted = malloc(converted_room(d));
    if (!d->converted)
        return err_memory(e);
    d->to_utf8 = iconv_open("UTF-8", names[encoding]);
    if (d->to_utf8 == (iconv_t)-1)
        return err_set(e, ERR_INPUT,
                       "%s: this system has no table for %s: save the file as \"CSV UTF-8\"",
                       d->name, names[encoding]);
    d->converts = true;
    d->encoding = encoding;
    return true;
}

static bool fail_encoding(const struct decoder *d, struct place at, struct err *e)
{
    if (d->encoding == ENCODING_UTF8)
        return err_set(e, ERR_INPUT,
                       "%s:%zu: column %zu: bytes that are not UTF-8: save the file as "
                       "\"CSV UTF-8\"",
                       d->name, at.line, at.column);
    if (d->encoding == ENCODING_WINDOWS1258)
        return err_set(e, ERR_INPUT,
                       "%s:%zu: column %zu: bytes that are neither UTF-8 nor Windows-1258: save "
                       "the file as \"CSV UTF-8\"",
                       d->name, at.line, at.column);
    return err_set(e, ERR_INPUT,
                   "%s:%zu: column %zu: bytes that are not UTF-16: save the file as \"CSV UTF-8\"",
                   d->name, at.line, at.column);
}

/* glibc keeps the last letter of a piece back until it knows whether a Windows-1258 tone mark
 * follows it: at the end it must be asked for. */
static bool decode_converted(struct decoder *d, struct place at, char **text, size_t *n,
                             struct err *e)
{
    if (!d->converts && !decoder_convert_from(d, d->encoding, e))
        return false;
    char *in = d->raw + d->begin, *out = d->converted;
    size_t left = d->end - d->begin, room = converted_room(d);
    bool flush = left == 0;
    size_t converted = iconv(d->to_utf8, flush ? NULL : &in, &left, &out, &room);
    bool stopped = converted == (size_t)-1;
    d->dry = !stopped || (errno == EINVAL && !d->ended);
    d->begin = d->end - left;
    d->finished = flush;
    *text = d->converted;
    *n = (size_t)(out - d->converted);
    return d->dry || *n > 0 || fail_encoding(d, at, e);
}

/* ---- UTF-8 ---- */

static size_t count_ascii(const char *text, size_t n)
{
    size_t i = 0;
    for (uint64_t word; i + sizeof word <= n; i += sizeof word) {
        memcpy(&word, text + i, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (i < n && (unsigned char)text[i] < 0x80)
        i++;
    return i;
}

/* Bytes at the end of the text that begin a character whose rest is missing. */
static size_t cut_character(const char *text, size_t n)
{
    for (size_t back = 1; back <= TAIL_MAX && back <= n; back++) {
        unsigned char c = (unsigned char)text[n - back];
        if (c < 0x80)
            return 0;
        if (c >= 0xC0) {
            size_t wanted = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
            return wanted > back ? back : 0;
        }
    }
    return 0;
}

static bool decode_utf8(struct decoder *d, struct place at, char **text, size_t *n, struct err *e)
{
    char *from = d->raw + d->begin;
    size_t left = d->end - d->begin, bad;
    size_t whole = d->ended ? left : left - cut_character(from, left);
    size_t ascii = count_ascii(from, whole), good = whole;
    if (ascii < whole && !text_is_utf8(from + ascii, whole - ascii, &bad)) {
        good = ascii + bad;
        good -= cut_character(from, good);
    }
    if (good == 0 && whole > 0) {
        if (!d->ascii)
            return fail_encoding(d, at, e);
        return decoder_convert_from(d, ENCODING_WINDOWS1258, e) &&
               decode_converted(d, at, text, n, e);
    }
    d->ascii = d->ascii && good == ascii;
    d->dry = good == whole;
    d->finished = left == 0;
    d->begin += good;
    *text = from;
    *n = good;
    return true;
}

/* ---- pieces ---- */

static bool fail_nul(const struct decoder *d, struct place at, struct err *e)
{
    return err_set(e, ERR_INPUT,
                   "%s:%zu: column %zu: a NUL byte: this is not text: save the table again as "
                   "\"CSV UTF-8\"",
                   d->name, at.line, at.column);
}

static void decoder_stop_at_nul(struct decoder *d, const char *text, size_t *n)
{
    const char *nul = memchr(text, 0, *n);
    if (!nul)
        return;
    *n = (size_t)(nul - text);
    d->has_nul = true;
}

static bool decoder_piece(struct decoder *d, struct place at, char **text, size_t *n, struct err *e)
{
    *n = 0;
    while (*n == 0 && !d->finished && !d->has_nul) {
        if (d->dry && !d->ended && !decoder_fill(d, e))
            return false;
        bool decoded = d->encoding == ENCODING_UTF8 ? decode_utf8(d, at, text, n, e)
                                                    : decode_converted(d, at, text, n, e);
        if (!decoded)
            return false;
        decoder_stop_at_nul(d, *text, n);
    }
    return *n > 0 || !d->has_nul || fail_nul(d, at, e);
}

bool decoder_peek(struct decoder *d, const char **text, size_t *n, struct err *e)
{
    char *piece;
    size_t bytes = 1;
    while (bytes && d->head.len < PEEK_BYTES) {
        /* No err: the failure comes again when decoder_next gets there, with its line. */
        if (!decoder_piece(d, (struct place){0}, &piece, &bytes, NULL))
            break;
        buf_add(&d->head, piece, bytes);
    }
    *text = buf_text(&d->head);
    *n = d->head.len;
    return !d->head.failed || err_memory(e);
}

bool decoder_next(struct decoder *d, struct place at, char **text, size_t *n, struct err *e)
{
    size_t left = d->head.len - d->head_at;
    if (!left)
        return decoder_piece(d, at, text, n, e);
    *text = d->head.data + d->head_at;
    *n = left < d->chunk ? left : d->chunk;
    d->head_at += *n;
    return true;
}
