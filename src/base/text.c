#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { BYTE_ORDER_MARK = 0xFEFF };

static bool is_ascii(const char *text, size_t n)
{
    size_t i = 0;
    for (uint64_t eight; i + sizeof eight <= n; i += sizeof eight) {
        memcpy(&eight, text + i, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080))
            return false;
    }
    for (; i < n; i++) {
        if ((unsigned char)text[i] >= 0x80)
            return false;
    }
    return true;
}

/* Decodes one code point; returns its bytes, 0 where they are not UTF-8. n > 0. */
static size_t decode(const char *text, size_t n, int32_t *point)
{
    if ((unsigned char)*text < 0x80) {
        *point = *text;
        return 1;
    }
    utf8proc_ssize_t bytes =
        utf8proc_iterate((const utf8proc_uint8_t *)text, n < 4 ? (utf8proc_ssize_t)n : 4, point);
    return bytes > 0 ? (size_t)bytes : 0;
}

static void add_point(struct buf *out, int32_t point)
{
    utf8proc_uint8_t bytes[4];
    buf_add(out, (const char *)bytes, (size_t)utf8proc_encode_char(point, bytes));
}

bool text_is_utf8(const char *text, size_t n, size_t *bad)
{
    if (is_ascii(text, n))
        return true;
    for (size_t i = 0, bytes; i < n; i += bytes) {
        int32_t point;
        bytes = decode(text + i, n - i, &point);
        if (!bytes) {
            *bad = i;
            return false;
        }
    }
    return true;
}

/* Unicode's White_Space. */
static bool is_space(int32_t point)
{
    return (point >= 0x09 && point <= 0x0D) || point == ' ' || point == 0x85 || point == 0xA0 ||
           point == 0x1680 || (point >= 0x2000 && point <= 0x200A) || point == 0x2028 ||
           point == 0x2029 || point == 0x202F || point == 0x205F || point == 0x3000;
}

/* ---- NFC ---- */

/* Text that is in NFC, as its owner's bytes or as bytes of its own. */
struct nfc {
    const char *text;
    size_t n;
    utf8proc_uint8_t *made;
};

/* True for code points that NFC leaves alone wherever they stand: all below the combining marks,
 * and the precomposed letters of Vietnamese (Latin Extended Additional). Source: Unicode
 * DerivedNormalizationProps, NFC_Quick_Check = Yes and combining class 0. */
static bool is_settled(int32_t point)
{
    return point < 0x300 || (point >= 0x1E00 && point <= 0x1EFF);
}

/* False: not UTF-8, or out of memory. Free with nfc_free. */
static bool nfc_init(struct nfc *nfc, const char *text, size_t n)
{
    bool settled = true;
    *nfc = (struct nfc){text, n, NULL};
    for (size_t i = 0, bytes; i < n; i += bytes) {
        int32_t point;
        bytes = decode(text + i, n - i, &point);
        if (!bytes)
            return false;
        settled = settled && is_settled(point);
    }
    if (settled)
        return true;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n,
                                           &nfc->made, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (length < 0)
        return false;
    nfc->text = (const char *)nfc->made;
    nfc->n = (size_t)length;
    return true;
}

static void nfc_free(struct nfc *nfc)
{
    free(nfc->made);
}

/* Makes ASCII runs of white space one space, none at the ends, where the bytes stand. */
static void collapse_ascii(struct buf *b)
{
    size_t len = 0;
    bool gap = false;
    for (size_t i = 0; i < b->len; i++) {
        char c = b->data[i];
        if (is_space(c)) {
            gap = len > 0;
            continue;
        }
        if (gap)
            b->data[len++] = ' ';
        gap = false;
        b->data[len++] = c;
    }
    b->len = len;
    if (b->data)
        b->data[len] = '\0';
}

/* True where the text needs no collapsing: the usual case. */
static bool is_tidy_ascii(const char *text, size_t n)
{
    char before = ' ';
    for (size_t i = 0; i < n; i++) {
        if ((text[i] == ' ' && before == ' ') || (text[i] >= '\t' && text[i] <= '\r'))
            return false;
        before = text[i];
    }
    return n == 0 || before != ' ';
}

/* Takes outer white space and byte order marks off a text that must be in UTF-8. */
static void trim(const char **text, size_t *n)
{
    const char *first = *text, *end = *text + *n, *last = first;
    bool seen = false;
    int32_t point;
    for (const char *at = first; at < end;) {
        size_t bytes = decode(at, (size_t)(end - at), &point);
        if (!is_space(point) && point != BYTE_ORDER_MARK) {
            first = seen ? first : at;
            last = at + bytes;
            seen = true;
        }
        at += bytes;
    }
    *text = first;
    *n = (size_t)(last - first);
}

static void add_collapsed(struct buf *out, const char *text, size_t n)
{
    bool gap = false;
    for (size_t i = 0, bytes; i < n; i += bytes) {
        int32_t point;
        bytes = decode(text + i, n - i, &point);
        if (is_space(point)) {
            gap = true;
            continue;
        }
        if (gap)
            buf_addc(out, ' ');
        gap = false;
        buf_add(out, text + i, bytes);
    }
}

bool text_nfc(const char *text, size_t n, struct buf *out)
{
    struct nfc nfc;
    if (is_ascii(text, n)) {
        buf_clear(out);
        buf_add(out, text, n);
        if (!out->failed && !is_tidy_ascii(text, n))
            collapse_ascii(out);
        return !out->failed;
    }
    if (!nfc_init(&nfc, text, n))
        return false;
    buf_clear(out);
    trim(&nfc.text, &nfc.n);
    add_collapsed(out, nfc.text, nfc.n);
    nfc_free(&nfc);
    return !out->failed;
}

/* ---- keys ---- */

/* ASCII letters in lower case and digits, words separated by one space, where the bytes stand. */
static void key_ascii(struct buf *b)
{
    size_t len = 0;
    bool gap = false;
    for (size_t i = 0; i < b->len; i++) {
        char c = b->data[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
            gap = len > 0;
            continue;
        }
        if (gap)
            b->data[len++] = ' ';
        gap = false;
        b->data[len++] = c;
    }
    b->len = len;
    if (b->data)
        b->data[len] = '\0';
}

static bool add_key_ascii(const char *text, size_t n, struct buf *out)
{
    buf_clear(out);
    buf_add(out, text, n);
    if (!out->failed)
        key_ascii(out);
    return !out->failed;
}

static bool is_letter_or_digit(utf8proc_category_t category)
{
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           category == UTF8PROC_CATEGORY_ND;
}

/* Đ and what is typed or decoded in its place: it has no decomposition, and Windows-1258 has it
 * where Windows-1252 has the Icelandic eth. */
static bool is_d_with_stroke(int32_t point)
{
    return point == 0x110 || point == 0x111 || point == 0xD0 || point == 0xF0 || point == 0x189 ||
           point == 0x256;
}

/* A key in the making. */
struct key {
    struct buf *out;
    bool gap;    /* something that separates words came last */
    bool marked; /* keeps the marks */
};

static void key_add(struct key *k, int32_t point)
{
    if (is_d_with_stroke(point))
        point = k->marked ? 0x111 : 'd';
    utf8proc_category_t category = utf8proc_category(point);
    if (category == UTF8PROC_CATEGORY_MN) {
        if (k->marked && !k->gap)
            add_point(k->out, point);
        return;
    }
    if (!is_letter_or_digit(category)) {
        k->gap = true;
        return;
    }
    if (k->gap && k->out->len)
        buf_addc(k->out, ' ');
    k->gap = false;
    add_point(k->out, utf8proc_tolower(point));
}

/* Marks are taken off each code point's own decomposition: their order does not matter then. */
static void key_add_bare(struct key *k, int32_t point)
{
    int32_t parts[16];
    int boundary = 0;
    utf8proc_ssize_t n =
        point < 0x80 ? 0 : utf8proc_decompose_char(point, parts, 16, UTF8PROC_DECOMPOSE, &boundary);
    if (n <= 0 || n > 16) {
        key_add(k, point);
        return;
    }
    for (utf8proc_ssize_t i = 0; i < n; i++)
        key_add(k, parts[i]);
}

bool text_key(const char *text, size_t n, struct buf *out)
{
    size_t bad;
    if (is_ascii(text, n))
        return add_key_ascii(text, n, out);
    if (!text_is_utf8(text, n, &bad))
        return false;
    struct key key = {.out = out};
    buf_clear(out);
    for (size_t i = 0; i < n;) {
        int32_t point;
        i += decode(text + i, n - i, &point);
        key_add_bare(&key, point);
    }
    return !out->failed;
}

bool text_key_marked(const char *text, size_t n, struct buf *out)
{
    struct nfc nfc;
    if (is_ascii(text, n))
        return add_key_ascii(text, n, out);
    if (!nfc_init(&nfc, text, n))
        return false;
    struct key key = {.out = out, .gap = true, .marked = true};
    buf_clear(out);
    for (size_t i = 0; i < nfc.n;) {
        int32_t point;
        i += decode(nfc.text + i, nfc.n - i, &point);
        key_add(&key, point);
    }
    nfc_free(&nfc);
    return !out->failed;
}

/* ---- the rest ---- */

static int point_width(int32_t point)
{
    if (point < 0x7F)
        return point >= ' ';
    return utf8proc_charwidth(point);
}

size_t text_width(const char *text)
{
    size_t width = 0, n = strlen(text);
    for (size_t i = 0; i < n;) {
        int32_t point;
        size_t bytes = decode(text + i, n - i, &point);
        width += bytes ? (size_t)point_width(point) : 1;
        i += bytes ? bytes : 1;
    }
    return width;
}

uint64_t text_hash(const char *text, size_t n)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    return hash;
}
