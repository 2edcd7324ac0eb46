#include "ingest/xml_lex.h"

#include <string.h>

#include "base/text.h"
#include "ingest/reader.h"

void xml_lexer_free(struct xml_lexer *l)
{
    buf_free(&l->waiting);
}

/* What became of a token. */
enum lexed { LEXED, LEX_MORE, LEX_BAD };

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* ---- text ---- */

/* Bytes of UTF-8, 0 where there is no such character. */
static size_t put_character(unsigned long c, char *at)
{
    if (c < ' ' && c != '\t' && c != '\n' && c != '\r')
        return 0;
    if (c < 0x80) {
        at[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        at[0] = (char)(0xC0 | c >> 6);
        at[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        at[0] = (char)(0xE0 | c >> 12);
        at[1] = (char)(0x80 | (c >> 6 & 0x3F));
        at[2] = (char)(0x80 | (c & 0x3F));
        return c < 0xD800 || c > 0xDFFF ? 3 : 0;
    }
    at[0] = (char)(0xF0 | c >> 18);
    at[1] = (char)(0x80 | (c >> 12 & 0x3F));
    at[2] = (char)(0x80 | (c >> 6 & 0x3F));
    at[3] = (char)(0x80 | (c & 0x3F));
    return c <= 0x10FFFF ? 4 : 0;
}

/* "#233" or "#xE9": at most seven digits. */
static unsigned long numbered(const char *name, size_t n)
{
    unsigned long c = 0;
    bool hex = n > 1 && name[1] == 'x';
    if (n < 2 || n > 9)
        return 0;
    for (size_t i = hex ? 2 : 1; i < n; i++) {
        const char *digits = "0123456789abcdef", *found;
        char lower = name[i] >= 'A' && name[i] <= 'F' ? (char)(name[i] + 32) : name[i];
        if (!lower || !(found = strchr(digits, lower)) || (!hex && found - digits > 9))
            return 0;
        c = c * (hex ? 16 : 10) + (unsigned long)(found - digits);
    }
    return c;
}

/* The character that &name; stands for; 0: none. */
static unsigned long entity(const char *name, size_t n)
{
    static const struct {
        const char *name;
        char c;
    } known[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
    if (n && *name == '#')
        return numbered(name, n);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strlen(known[i].name) == n && !memcmp(known[i].name, name, n))
            return (unsigned char)known[i].c;
    return 0;
}

/* Puts characters in place of entities, which are never shorter. */
static bool resolve(char *text, size_t *n)
{
    char *to = memchr(text, '&', *n);
    const char *end = text + *n;
    for (const char *at = to; at && at < end;) {
        if (*at != '&') {
            *to++ = *at++;
            continue;
        }
        const char *stop = memchr(at, ';', (size_t)(end - at));
        unsigned long c = stop ? entity(at + 1, (size_t)(stop - at) - 1) : 0;
        char bytes[4];
        size_t used = c ? put_character(c, bytes) : 0;
        if (!used)
            return false;
        memcpy(to, bytes, used);
        to += used;
        at = stop + 1;
    }
    *n = to ? (size_t)(to - text) : *n;
    return true;
}

static bool is_text(const char *text, size_t n)
{
    size_t bad;
    bool ascii = true;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < ' ' && !is_space(text[i]))
            return false;
        ascii = ascii && c < 0x80;
    }
    return ascii || text_is_utf8(text, n, &bad);
}

/* Outside the outermost element there is only white space. */
static bool tell_text(struct xml_lexer *l, char *text, size_t n, bool has_entities)
{
    for (size_t i = 0; !l->depth && i < n; i++)
        if (!is_space(text[i]))
            return false;
    if (!is_text(text, n) || (has_entities && !resolve(text, &n)))
        return false;
    if (n && l->x->text && !l->stopped)
        l->x->text(l->context, text, n);
    return true;
}

/* ---- tags ---- */

enum { ATTRIBUTES_MAX = 64 };

struct tag {
    char *name, *name_end;
    char *names[ATTRIBUTES_MAX], *name_ends[ATTRIBUTES_MAX];
    char *values[ATTRIBUTES_MAX], *value_ends[ATTRIBUTES_MAX];
    size_t count;
    bool is_empty;
    char *close; /* its > */
};

static char *skip_space(char *at, const char *end)
{
    while (at < end && is_space(*at))
        at++;
    return at;
}

static char *read_name(char *at, const char *end)
{
    while (at < end && !is_space(*at) && !strchr("=/<>\"'", *at))
        at++;
    return at;
}

/* name = "value", where `end` is that of all that is there yet. */
static enum lexed read_attribute(struct tag *t, char **at, char *end)
{
    char *name = *at, *name_end = read_name(name, end), *value = skip_space(name_end, end);
    if (value == end)
        return LEX_MORE;
    if (name_end == name || *value != '=' || t->count + 1 >= ATTRIBUTES_MAX)
        return LEX_BAD;
    value = skip_space(value + 1, end);
    if (value == end)
        return LEX_MORE;
    if (*value != '"' && *value != '\'')
        return LEX_BAD;
    char *close = memchr(value + 1, *value, (size_t)(end - value) - 1);
    if (!close)
        return LEX_MORE;
    if (memchr(value, '<', (size_t)(close - value)))
        return LEX_BAD;
    t->names[t->count] = name;
    t->name_ends[t->count] = name_end;
    t->values[t->count] = value + 1;
    t->value_ends[t->count++] = close;
    *at = close + 1;
    return LEXED;
}

/* What stands behind the < of a start, up to its >; one may stand in a value too. */
static enum lexed read_tag(struct tag *t, char *at, char *end)
{
    t->count = 0;
    t->name = at;
    t->name_end = at = read_name(at, end);
    while (at < end) {
        bool apart = is_space(*at);
        at = skip_space(at, end);
        t->is_empty = at < end && *at == '/';
        at += t->is_empty;
        if (at == end)
            return LEX_MORE;
        t->close = at;
        if (*at == '>')
            return t->name_end > t->name ? LEXED : LEX_BAD;
        if (t->is_empty || !apart)
            return LEX_BAD;
        enum lexed read = read_attribute(t, &at, end);
        if (read != LEXED)
            return read;
    }
    return LEX_MORE;
}

/* The first letters of a name and its length. */
static uint64_t shorten(const char *name, size_t n)
{
    uint64_t word = n;
    for (size_t i = 0; i < n && i < 7; i++)
        word = word << 8 | (unsigned char)name[i];
    return word;
}

static const char *local(const char *name)
{
    const char *colon = name[0] && name[1] ? strchr(name, ':') : NULL;
    return colon ? colon + 1 : name;
}

static bool tell_start(struct xml_lexer *l, struct tag *t)
{
    const char *attributes[2 * ATTRIBUTES_MAX + 1];
    uint64_t word = shorten(t->name, (size_t)(t->name_end - t->name));
    if (l->depth == XML_DEPTH_MAX || (!l->depth && l->began))
        return false;
    *t->name_end = '\0';
    for (size_t i = 0; i < t->count; i++) {
        size_t n = (size_t)(t->value_ends[i] - t->values[i]);
        if (!resolve(t->values[i], &n))
            return false;
        *t->name_ends[i] = t->values[i][n] = '\0';
        attributes[2 * i] = t->names[i];
        attributes[2 * i + 1] = t->values[i];
    }
    attributes[2 * t->count] = NULL;
    l->began = true;
    if (!t->is_empty)
        l->open[l->depth++] = word;
    if (l->x->start && !l->stopped)
        l->x->start(l->context, local(t->name), attributes);
    if (t->is_empty && l->x->end && !l->stopped)
        l->x->end(l->context, local(t->name));
    return true;
}

static bool tell_end(struct xml_lexer *l, char *name, char *end)
{
    while (end > name && is_space(end[-1]))
        end--;
    if (!l->depth || l->open[l->depth - 1] != shorten(name, (size_t)(end - name)))
        return false;
    l->depth--;
    *end = '\0';
    if (l->x->end && !l->stopped)
        l->x->end(l->context, local(name));
    return true;
}

/* ---- tokens; *used: their bytes ---- */

/* Up to `close`, which ends what began. */
static enum lexed pass_over(const char *at, const char *end, const char *close, size_t *used)
{
    const char *found = strstr(at, close); /* the buffer ends with NUL */
    if (!found)
        return memchr(at, '\0', (size_t)(end - at)) ? LEX_BAD : LEX_MORE;
    *used = (size_t)(found - at) + strlen(close);
    return LEXED;
}

static enum lexed lex_mark(struct xml_lexer *l, char *at, const char *end, size_t *used)
{
    static const char cdata[] = "<![CDATA[";
    size_t n = (size_t)(end - at), opening = sizeof cdata - 1;
    if (at[1] == '?')
        return pass_over(at, end, "?>", used);
    if (n < opening)
        return LEX_MORE;
    if (!memcmp(at, "<!--", 4))
        return pass_over(at, end, "-->", used);
    if (memcmp(at, cdata, opening) != 0)
        return LEX_BAD; /* a DOCTYPE */
    enum lexed passed = pass_over(at, end, "]]>", used);
    bool told = passed != LEXED || tell_text(l, at + opening, *used - opening - 3, false);
    return told ? passed : LEX_BAD;
}

static enum lexed lex_tag(struct xml_lexer *l, char *at, char *end, size_t *used)
{
    struct tag t;
    if (at[1] == '/') {
        char *close = memchr(at, '>', (size_t)(end - at));
        *used = close ? (size_t)(close - at) + 1 : 0;
        return !close ? LEX_MORE : tell_end(l, at + 2, close) ? LEXED : LEX_BAD;
    }
    enum lexed read = read_tag(&t, at + 1, end);
    if (read != LEXED)
        return read;
    *used = (size_t)(t.close - at) + 1;
    return tell_start(l, &t) ? LEXED : LEX_BAD;
}

static enum lexed lex_token(struct xml_lexer *l, char *at, char *end, size_t *used)
{
    if (*at == '<') {
        if (end - at < 2)
            return LEX_MORE;
        return at[1] == '!' || at[1] == '?' ? lex_mark(l, at, end, used)
                                            : lex_tag(l, at, end, used);
    }
    char *next = memchr(at, '<', (size_t)(end - at));
    if (!next)
        return LEX_MORE;
    *used = (size_t)(next - at);
    return tell_text(l, at, *used, true) ? LEXED : LEX_BAD;
}

static bool is_end(const struct xml_lexer *l, const char *at, const char *end)
{
    while (at < end && is_space(*at))
        at++;
    return at == end && l->began && !l->depth;
}

bool xml_lex(struct xml_lexer *l, const char *bytes, size_t n)
{
    static const char mark[] = "\xEF\xBB\xBF";
    bool first = !l->began && !l->waiting.len;
    size_t skip = first && n >= 3 && !memcmp(bytes, mark, 3) ? 3 : 0;
    buf_add(&l->waiting, bytes + skip, n - skip);
    if (l->waiting.failed || l->waiting.len > 2 * READER_RECORD_MAX)
        return false;
    if (!l->waiting.len)
        return n || is_end(l, "", "");
    char *at = l->waiting.data, *end = at + l->waiting.len;
    enum lexed lexed = LEXED;
    while (at < end && lexed == LEXED && !l->stopped) {
        size_t used = 0;
        lexed = lex_token(l, at, end, &used);
        at += lexed == LEXED ? used : 0;
    }
    if (lexed == LEX_BAD || (!n && !l->stopped && !is_end(l, at, end)))
        return false;
    l->waiting.len = (size_t)(end - at);
    memmove(l->waiting.data, at, l->waiting.len + 1);
    return true;
}
