/* libcsv reads a physical line at a time: so the line on which a record or a quoted field began is
 * known, although libcsv counts none. A line without a quote mark needs no parser: it is cut at its
 * delimiters where it stands, by libcsv's rules. */
#include <stdlib.h>
#include <string.h>

#include "ingest/reader_formats.h"

/* A physical line, or what the decoder has handed on of one. */
struct piece {
    char *text;
    size_t n;   /* with its line end */
    char *stop; /* the line end; text + n where there is none yet */
};

/* ---- libcsv ---- */

static void on_field(void *text, size_t n, void *context)
{
    struct csv_records *c = context;
    if (c->count == RECORD_COLUMNS_MAX) {
        c->fault = FAULT_COLUMNS;
        return;
    }
    buf_add(&c->bytes, text, n + 1); /* CSV_APPEND_NULL */
    c->fields[c->count++] = (struct field){.n = n};
    c->field_line = c->line;
}

/* CSV_REPALL_NL: comes for blank lines too, and for the LF of a CRLF once more. */
static void on_record(int terminator, void *context)
{
    (void)terminator; /* -1 from csv_fini */
    struct csv_records *c = context;
    const char *at = c->bytes.data;
    if (c->bytes.failed) {
        c->fault = FAULT_MEMORY;
        return;
    }
    for (size_t i = 0; i < c->count; i++) {
        c->fields[i].text = at;
        at += c->fields[i].n + 1;
    }
    c->complete = true;
}

static bool fail_quote(const struct csv_records *c, bool quoted, struct err *e)
{
    if (quoted)
        return err_set(e, ERR_INPUT,
                       "%s:%zu: column %zu: the quote opened here is not closed where the field "
                       "ends: close it, and double every quote inside the field",
                       c->decoder->name, c->field_line, c->count + 1);
    return err_set(e, ERR_INPUT,
                   "%s:%zu: column %zu: a quote inside a field that does not begin with one: put "
                   "the field in quotes and double every quote inside it",
                   c->decoder->name, c->field_line, c->count + 1);
}

static bool fail_length(const struct csv_records *c, struct err *e)
{
    if (c->parser.quoted)
        return err_set(e, ERR_INPUT,
                       "%s:%zu: column %zu: the quote opened here is not closed within %zu MB: "
                       "close it",
                       c->decoder->name, c->field_line, c->count + 1, READER_RECORD_MAX >> 20);
    return err_set(e, ERR_INPUT,
                   "%s:%zu: a record longer than %zu MB: does the file have line ends?",
                   c->decoder->name, c->record_line, READER_RECORD_MAX >> 20);
}

static bool records_check(const struct csv_records *c, struct err *e)
{
    if (c->fault == FAULT_MEMORY)
        return err_memory(e);
    if (c->fault == FAULT_COLUMNS)
        return err_set(e, ERR_INPUT,
                       "%s:%zu: more than %zu columns: is the delimiter one of , ; tab | ?",
                       c->decoder->name, c->record_line, RECORD_COLUMNS_MAX);
    return true;
}

static bool records_feed(struct csv_records *c, const char *text, size_t n, struct err *e)
{
    c->record_bytes += n;
    if (c->record_bytes > READER_RECORD_MAX)
        return fail_length(c, e);
    size_t used = csv_parse(&c->parser, text, n, on_field, on_record, c);
    if (used < n && csv_error(&c->parser) == CSV_EPARSE)
        return fail_quote(c, c->parser.quoted, e);
    return used == n ? records_check(c, e) : err_memory(e);
}

/* The end of the file: the last record may lack its line end. */
static bool records_finish(struct csv_records *c, struct err *e)
{
    if (csv_fini(&c->parser, on_field, on_record, c) != 0)
        return fail_quote(c, true, e);
    return records_check(c, e);
}

/* ---- lines without quotes ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Without the spaces and tabs around it: what libcsv does with a field that is not quoted. */
static struct field cut_field(char *from, char *to)
{
    while (from < to && is_blank(*from))
        from++;
    while (from < to && is_blank(to[-1]))
        to--;
    *to = '\0';
    return (struct field){.text = from, .n = (size_t)(to - from)};
}

static bool records_cut(struct csv_records *c, const struct piece *p, struct err *e)
{
    for (char *from = p->text, *to; !c->complete; from = to + 1) {
        to = memchr(from, c->delimiter, (size_t)(p->stop - from));
        c->complete = !to;
        if (!to)
            to = p->stop;
        if (c->count == RECORD_COLUMNS_MAX) {
            c->fault = FAULT_COLUMNS;
            return records_check(c, e);
        }
        c->fields[c->count++] = cut_field(from, to);
    }
    return true;
}

/* ---- physical lines ---- */

static char *find_ahead(const struct csv_records *c, char wanted)
{
    char *found = memchr(c->text, wanted, (size_t)(c->end - c->text));
    return found ? found : c->end;
}

/* Each mark is searched once, not once a line. */
static void records_look_ahead(struct csv_records *c, bool anew)
{
    if (anew || c->lf < c->text)
        c->lf = find_ahead(c, '\n');
    if (anew || c->cr < c->text)
        c->cr = find_ahead(c, '\r');
    if (anew || c->quote < c->text)
        c->quote = find_ahead(c, '"');
}

/* More text behind what was parsed; *more = false at the end of the file. */
static bool records_refill(struct csv_records *c, bool *more, struct err *e)
{
    char *text;
    size_t n;
    struct place at = {c->line, c->count + 1};
    if (!decoder_next(c->decoder, at, &text, &n, e))
        return false;
    *more = n > 0;
    if (n == 0)
        return true;
    c->text = text;
    c->end = text + n;
    bool second_half = c->after_cr && *text == '\n';
    c->after_cr = false;
    if (second_half)
        c->text++;
    records_look_ahead(c, true);
    return !second_half || c->record_bytes == 0 || records_feed(c, text, 1, e);
}

static struct piece records_take_line(struct csv_records *c)
{
    records_look_ahead(c, false);
    struct piece p = {.text = c->text, .stop = c->lf < c->cr ? c->lf : c->cr};
    char *after = p.stop < c->end ? p.stop + 1 : c->end;
    if (p.stop < c->end && *p.stop == '\r') {
        c->after_cr = after == c->end;
        if (after < c->end && *after == '\n')
            after++;
    }
    p.n = (size_t)(after - p.text);
    c->text = after;
    return p;
}

static bool records_take_piece(struct csv_records *c, struct err *e)
{
    struct piece p = records_take_line(c);
    bool whole = p.stop < p.text + p.n;
    bool plain = whole && c->record_bytes == 0 && c->quote >= p.stop;
    if (!(plain ? records_cut(c, &p, e) : records_feed(c, p.text, p.n, e)))
        return false;
    c->line += whole;
    return true;
}

/* ---- records ---- */

static bool records_read(struct csv_records *c, bool *more, struct err *e)
{
    c->count = c->record_bytes = 0;
    c->complete = false;
    c->record_line = c->field_line = c->line;
    buf_clear(&c->bytes);
    while (!c->complete) {
        *more = true;
        if (c->text == c->end && !records_refill(c, more, e))
            return false;
        if (!*more) {
            bool finished = records_finish(c, e);
            *more = c->complete;
            return finished;
        }
        if (c->text < c->end && !records_take_piece(c, e))
            return false;
    }
    return true;
}

static bool records_is_blank(const struct csv_records *c)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->fields[i].n > 0)
            return false;
    return true;
}

bool records_next(struct csv_records *c, struct record *rec, bool *more, struct err *e)
{
    do {
        if (!records_read(c, more, e))
            return false;
    } while (*more && records_is_blank(c));
    if (*more)
        *rec = (struct record){.line = c->record_line, .count = c->count, .fields = c->fields};
    return true;
}

static bool records_start_parser(struct csv_records *c, struct err *e)
{
    if (csv_init(&c->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_REPALL_NL) != 0)
        return err_memory(e);
    csv_set_blk_size(&c->parser, DECODER_CHUNK); /* else it grows 128 bytes at a time */
    csv_set_delim(&c->parser, (unsigned char)c->delimiter);
    c->fields = malloc(RECORD_COLUMNS_MAX * sizeof *c->fields);
    return c->fields || err_memory(e);
}

bool records_open(struct csv_records *c, struct decoder *d, size_t skip_rows, struct err *e)
{
    *c = (struct csv_records){.decoder = d, .line = 1};
    const char *text;
    size_t n;
    if (!decoder_peek(d, &text, &n, e))
        return false;
    if (sniff_separator_line(text, n, &c->delimiter))
        skip_rows++;
    else
        c->delimiter = sniff_delimiter(text, n, skip_rows);
    if (!records_start_parser(c, e))
        return false;
    for (bool more = true; more && skip_rows > 0; skip_rows--)
        if (!records_read(c, &more, e))
            return false;
    return true;
}

void records_close(struct csv_records *c)
{
    csv_free(&c->parser);
    buf_free(&c->bytes);
    free(c->fields);
    *c = (struct csv_records){0};
}
