#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

struct cursor {
    const char *at, *end;
};

/* A number as written, its groups joined: the digits before the decimal sign, then those behind it.
 */
struct decimal {
    bool negative;
    char group; /* first byte of the mark of thousands, '\0' where none was used */
    size_t whole, fraction;
    char digits[352]; /* the longest double has 309 digits before its sign */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool starts_with(const struct cursor *c, const char *text, size_t n)
{
    return (size_t)(c->end - c->at) >= n && !memcmp(c->at, text, n);
}

static bool read_text(struct cursor *c, const char *text)
{
    size_t n = strlen(text);
    if (!starts_with(c, text, n))
        return false;
    c->at += n;
    return true;
}

static struct cursor cursor_trimmed(const char *text, size_t n)
{
    struct cursor c = {text, text + n};
    while (c.at < c.end && (*c.at == ' ' || *c.at == '\t'))
        c.at++;
    while (c.end > c.at && (c.end[-1] == ' ' || c.end[-1] == '\t'))
        c.end--;
    return c;
}

/* Reads a sign if there is one; true for a minus, whether typed or printed by us (U+2212). */
static bool read_sign(struct cursor *c)
{
    return !read_text(c, "+") && (read_text(c, "-") || read_text(c, "\xE2\x88\x92"));
}

static size_t count_digits(const struct cursor *c, size_t from)
{
    size_t n = 0, left = (size_t)(c->end - c->at);
    while (from + n < left && is_digit(c->at[from + n]))
        n++;
    return n;
}

/* Bytes of the mark of thousands here; 0 where there is none. */
static size_t group_mark(const struct cursor *c)
{
    static const char *const marks[] = {".", ",", " ", "\xC2\xA0", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (starts_with(c, marks[i], strlen(marks[i])))
            return strlen(marks[i]);
    }
    return 0;
}

static bool read_digits(struct cursor *c, size_t n, struct decimal *d, size_t *counted)
{
    size_t used = d->whole + d->fraction;
    if (n > sizeof d->digits - used)
        return false;
    memcpy(d->digits + used, c->at, n);
    c->at += n;
    *counted += n;
    return true;
}

/* A point or a comma with a digit behind it that is not the mark of thousands. */
static bool is_decimal_sign(const struct cursor *c, char group)
{
    return c->at < c->end && (*c->at == '.' || *c->at == ',') && *c->at != group &&
           count_digits(c, 1) > 0;
}

/* Reads one to three digits and groups of three, all behind the same mark. With `lone`, one group
 * is enough: 1.234 is 1234; without, a single point or comma is the decimal sign unless another
 * follows. False, and nothing read, where the number is not written so. */
static bool read_groups(struct cursor *c, bool lone, struct decimal *d)
{
    struct cursor ahead = *c;
    struct decimal read = *d;
    size_t first = count_digits(c, 0), groups = 0;
    if (first < 1 || first > 3 || *c->at == '0' || !read_digits(&ahead, first, &read, &read.whole))
        return false;
    const char *mark = ahead.at;
    size_t mark_bytes = group_mark(&ahead);
    while (mark_bytes && starts_with(&ahead, mark, mark_bytes) &&
           count_digits(&ahead, mark_bytes) == 3) {
        ahead.at += mark_bytes;
        if (!read_digits(&ahead, 3, &read, &read.whole))
            return false;
        groups++;
    }
    if (!groups)
        return false;
    bool may_be_decimal_sign = groups == 1 && (*mark == '.' || *mark == ',');
    read.group = *mark;
    if (may_be_decimal_sign && !lone && !is_decimal_sign(&ahead, read.group))
        return false;
    *c = ahead;
    *d = read;
    return true;
}

/* Reads sign, digits and fraction; what is left at c is for the caller to judge. */
static bool read_decimal(struct cursor *c, bool lone, struct decimal *d)
{
    *d = (struct decimal){.negative = read_sign(c)};
    if (!read_groups(c, lone, d) && !read_digits(c, count_digits(c, 0), d, &d->whole))
        return false;
    if (is_decimal_sign(c, d->group)) {
        c->at++;
        if (!read_digits(c, count_digits(c, 0), d, &d->fraction))
            return false;
    }
    return d->whole + d->fraction > 0;
}

/* Nothing but digits, and few enough to fit whatever they are: nearly every count of a large file.
 */
static bool parse_plain(const char *text, size_t n, int64_t *out)
{
    enum { DIGITS_SAFE = 18 };
    int64_t value = 0;
    if (n < 1 || n > DIGITS_SAFE)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!is_digit(text[i]))
            return false;
        value = value * 10 + (text[i] - '0');
    }
    *out = value;
    return true;
}

bool num_parse_int(const char *text, size_t n, int64_t *out, bool *fractional)
{
    struct cursor c = cursor_trimmed(text, n);
    struct decimal d;
    *fractional = false;
    if (parse_plain(text, n, out))
        return true;
    if (!read_decimal(&c, true, &d) || c.at != c.end)
        return false;
    for (size_t i = 0; i < d.fraction; i++)
        *fractional = *fractional || d.digits[d.whole + i] != '0';
    if (*fractional)
        return false;
    uint64_t value = 0, most = (uint64_t)INT64_MAX + d.negative;
    for (size_t i = 0; i < d.whole; i++) {
        unsigned digit = (unsigned)(d.digits[i] - '0');
        if (value > (most - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    /* -INT64_MIN does not fit: the last step of a negative number is taken below zero. */
    *out = !d.negative ? (int64_t)value : value ? -(int64_t)(value - 1) - 1 : 0;
    return true;
}

/* An exponent of up to four digits; 0 where there is none. */
static int read_exponent(struct cursor *c)
{
    struct cursor ahead = *c;
    if (!read_text(&ahead, "e") && !read_text(&ahead, "E"))
        return 0;
    bool negative = read_sign(&ahead);
    size_t digits = count_digits(&ahead, 0);
    if (digits < 1 || digits > 4)
        return 0;
    int exponent = 0;
    for (size_t i = 0; i < digits; i++)
        exponent = exponent * 10 + (*ahead.at++ - '0');
    *c = ahead;
    return negative ? -exponent : exponent;
}

bool num_parse_real(const char *text, size_t n, double *out)
{
    struct cursor c = cursor_trimmed(text, n);
    struct decimal d;
    char plain[sizeof d.digits + 16];
    if (!read_decimal(&c, false, &d))
        return false;
    int exponent = read_exponent(&c);
    struct cursor percent = c;
    if (read_text(&percent, " ") + read_text(&percent, "%") && percent.at[-1] == '%')
        c = percent;
    if (c.at != c.end)
        return false;
    /* Digits and exponent only: nothing in it depends on a locale. */
    snprintf(plain, sizeof plain, "%.*se%d", (int)(d.whole + d.fraction), d.digits,
             exponent - (int)d.fraction);
    double value = strtod(plain, NULL);
    if (!isfinite(value))
        return false;
    *out = d.negative ? -value : value;
    return true;
}

/* ---- writing ---- */

void num_add_machine(struct buf *b, double x)
{
    if (x == 0)
        buf_addc(b, '0'); /* -0 too */
    else if (isfinite(x))
        buf_addf(b, "%.15g", x);
}

static void add_minus(struct buf *b)
{
    buf_adds(b, "\xE2\x88\x92");
}

static void add_grouped(struct buf *b, const char *digits, size_t n, enum lang lang)
{
    for (size_t i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0)
            buf_addc(b, lang == LANG_VI ? '.' : ',');
        buf_addc(b, digits[i]);
    }
}

/* Takes the last `cut` digits off, rounding half up; the first digit is a 0 that takes a carry. */
static void round_digits(char *digits, size_t n, size_t cut)
{
    n -= cut;
    bool carry = digits[n] >= '5';
    digits[n] = '\0';
    for (size_t i = n; carry && i-- > 0;) {
        if (!is_digit(digits[i]))
            continue;
        carry = digits[i] == '9';
        digits[i] = carry ? '0' : (char)(digits[i] + 1);
    }
}

/* Half is rounded away from zero, as people and spreadsheets do, and on the decimal number that is
 * meant: 1 case in 80 less is 1.25 %, which a double holds as 1.2499999999999956 or a little above.
 * Nine digits behind the last one shown tell the two apart from anything really below the half. */
void num_add_human(struct buf *b, double x, int decimals, enum lang lang)
{
    enum { SPARE = 9, DECIMALS_MAX = 15 };
    char digits[1 + 309 + 1 + DECIMALS_MAX + SPARE + 1] = "0";
    if (!isfinite(x))
        return;
    decimals = decimals < 0 ? 0 : decimals > DECIMALS_MAX ? DECIMALS_MAX : decimals;
    int n = snprintf(digits + 1, sizeof digits - 1, "%.*f", decimals + SPARE, fabs(x));
    round_digits(digits, (size_t)n + 1, SPARE);
    char *sign = strchr(digits, '.');
    const char *whole = digits + (digits[0] == '0');
    if (x < 0 && strpbrk(digits, "123456789"))
        add_minus(b);
    add_grouped(b, whole, (size_t)(sign - whole), lang);
    if (!decimals)
        return;
    buf_addc(b, lang == LANG_VI ? ',' : '.');
    buf_adds(b, sign + 1);
}

void num_add_p(struct buf *b, double p, enum lang lang)
{
    if (p < 0.001)
        buf_addc(b, '<');
    num_add_human(b, p < 0.001 ? 0.001 : p, 3, lang);
}

void num_add_count(struct buf *b, int64_t n, enum lang lang)
{
    char digits[24];
    uint64_t size = n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n;
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)size);
    if (n < 0)
        add_minus(b);
    add_grouped(b, digits, (size_t)length, lang);
}

void num_add_prose(struct buf *b, int64_t n, enum lang lang)
{
    if (lang == LANG_VI && n > 0 && n < 10)
        buf_addc(b, '0');
    num_add_count(b, n, lang);
}
