/* xlsx_formats.c: what the style of a cell makes of its number. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/num.h"
#include "ingest/office.h"
#include "ingest/xlsx.h"

/* ---- format codes: dd/mm/yyyy, [$-42A]d mmmm, 0.0%, 00000 ---- */

struct code_marks {
    bool year, month, day, clock, percent, other;
    size_t zeros;
};

/* What is inside [ ]: [h] [mm] are clocks; colours, languages and conditions mean nothing here. */
static const char *read_bracket(const char *at, struct code_marks *m)
{
    size_t n = strcspn(at + 1, "]");
    bool clock = n > 0 && n <= 2;
    for (size_t i = 1; i <= n; i++)
        clock = clock && strchr("hHmMsS", at[i]);
    m->clock = m->clock || clock;
    m->other = true;
    return at + n + (at[1 + n] ? 2 : 1);
}

static void read_mark(char c, struct code_marks *m)
{
    switch (c) {
    case 'y':
    case 'Y':
        m->year = true;
        break;
    case 'm':
    case 'M':
        m->month = true;
        break;
    case 'd':
    case 'D':
        m->day = true;
        break;
    case 'h':
    case 'H':
    case 's':
    case 'S':
        m->clock = true;
        break;
    case '%':
        m->percent = true;
        break;
    case '0':
        m->zeros++;
        break;
    default:
        m->other = true;
    }
}

/* Of the first section, which is that of positive numbers. */
static struct code_marks read_code(const char *at)
{
    struct code_marks m = {0};
    while (*at && *at != ';') {
        if (*at == '"') {
            size_t n = strcspn(at + 1, "\"");
            at += n + (at[1 + n] ? 2 : 1);
            m.other = true;
        } else if (*at == '[') {
            at = read_bracket(at, &m);
        } else if (strchr("\\_*", *at)) {
            at += at[1] ? 2 : 1;
            m.other = true;
        } else {
            read_mark(*at++, &m);
        }
    }
    return m;
}

unsigned char xlsx_format_class(const char *code)
{
    enum { DIGITS_MAX = 15 };
    struct code_marks m = read_code(code);
    if (m.day)
        return NUMBER_DATE;
    if (m.year)
        return m.month ? NUMBER_MONTH : NUMBER_YEAR;
    if (m.clock)
        return NUMBER_TIME;
    if (m.month)
        return NUMBER_MONTH;
    if (m.percent)
        return NUMBER_PERCENT;
    bool padded = m.zeros > 1 && m.zeros <= DIGITS_MAX && !m.other;
    return (unsigned char)(padded ? NUMBER_PADDED + m.zeros : NUMBER_PLAIN);
}

/* Formats that have a number and no code. */
static unsigned char built_in(unsigned long id)
{
    if (id == 9 || id == 10)
        return NUMBER_PERCENT;
    if (id == 17)
        return NUMBER_MONTH;
    if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47))
        return NUMBER_TIME;
    bool date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
    return date ? NUMBER_DATE : NUMBER_PLAIN;
}

/* ---- the styles of a workbook ---- */

struct custom {
    unsigned long id;
    unsigned char format;
};

struct styles {
    struct xlsx *x;
    struct custom *customs;
    size_t count, cap;
    bool in_cells, failed;
};

static unsigned char format_of(const struct styles *s, unsigned long id)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->customs[i].id == id)
            return s->customs[i].format;
    return built_in(id);
}

static void add_custom(struct styles *s, unsigned long id, const char *code)
{
    void *customs = s->customs;
    s->failed = s->failed || !array_grow(&customs, &s->cap, s->count + 1, sizeof *s->customs, NULL);
    s->customs = customs;
    if (!s->failed)
        s->customs[s->count++] = (struct custom){id, xlsx_format_class(code)};
}

static void add_style(struct styles *s, unsigned long id)
{
    struct xlsx *x = s->x;
    void *formats = x->formats;
    s->failed = s->failed || !array_grow(&formats, &x->format_cap, x->format_count + 1, 1, NULL);
    x->formats = formats;
    if (!s->failed)
        x->formats[x->format_count++] = format_of(s, id);
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
    struct styles *s = context;
    const char *id = office_attribute(attributes, "numFmtId");
    const char *code = office_attribute(attributes, "formatCode");
    if (!strcmp(name, "numFmt") && id && code)
        add_custom(s, strtoul(id, NULL, 10), code);
    else if (!strcmp(name, "cellXfs"))
        s->in_cells = true;
    else if (!strcmp(name, "xf") && s->in_cells)
        add_style(s, id ? strtoul(id, NULL, 10) : 0);
}

static void on_end(void *context, const char *name)
{
    struct styles *s = context;
    if (!strcmp(name, "cellXfs"))
        s->in_cells = false;
}

bool xlsx_read_formats(struct xlsx *x, const char *part, struct err *e)
{
    static const struct office_xml handlers = {on_start, on_end, NULL};
    struct styles s = {.x = x};
    bool ok = office_read(x->office, part, &handlers, &s, e) && (!s.failed || err_memory(e));
    free(s.customs);
    return ok;
}

/* ---- numbers ---- */

/* 1900-01-01 is 1, and 1900 has a 29 February, which it had not; in the other system 1904-01-01
 * is 0. */
static bool serial_day(const struct xlsx *x, double serial, day *out)
{
    enum { DAYS_1970_OF_1900 = 25569, DAYS_1970_OF_1904 = 24107, LEAP_DAY = 60 };
    double whole = floor(serial);
    if (whole < 0 || whole > 2958465)
        return false;
    if (x->from_1904)
        *out = (day)whole - DAYS_1970_OF_1904;
    else
        *out = (day)whole - DAYS_1970_OF_1900 + (whole < LEAP_DAY);
    return true;
}

static void put_digits(char *at, int value, size_t n)
{
    while (n > 0) {
        at[--n] = (char)('0' + value % 10);
        value /= 10;
    }
}

/* The first n bytes of 2024-05-03. (A third of the cells of a file of cases are dates: day_text
 * takes thrice the time.) */
static bool add_day(const struct xlsx *x, double serial, size_t n, struct buf *out)
{
    day d;
    char text[] = "yyyy-mm-dd";
    if (!serial_day(x, serial, &d))
        return false;
    struct date date = date_from_day(d);
    put_digits(text, date.year, 4);
    put_digits(text + 5, date.month, 2);
    put_digits(text + 8, date.mday, 2);
    buf_add(out, text, n);
    return true;
}

static bool add_time(double serial, struct buf *out)
{
    long minutes = lround((serial - floor(serial)) * 1440);
    buf_addf(out, "%02ld:%02ld", minutes / 60 % 24, minutes % 60);
    return true;
}

/* 1.234 would read as one thousand two hundred and thirty-four: 1.2340 does not. */
static void add_real(double value, struct buf *out)
{
    size_t from = out->len;
    num_add_machine(out, value);
    const char *sign = out->failed ? NULL : strchr(buf_text(out) + from, '.');
    if (sign && strspn(sign + 1, "0123456789") == 3 && !sign[4])
        buf_addc(out, '0');
}

static bool add_shown(const struct xlsx *x, double value, unsigned char format, struct buf *out)
{
    switch (format) {
    case NUMBER_PERCENT:
        num_add_machine(out, value * 100);
        buf_addc(out, '%');
        return true;
    case NUMBER_DATE:
        return add_day(x, value, 10, out);
    case NUMBER_MONTH:
        return add_day(x, value, 7, out);
    case NUMBER_YEAR:
        return add_day(x, value, 4, out);
    case NUMBER_TIME:
        return add_time(value, out);
    default:
        break;
    }
    bool whole = value >= 0 && value < 1e15 && value == floor(value);
    if (format > NUMBER_PADDED && whole)
        buf_addf(out, "%0*lld", format - NUMBER_PADDED, (long long)value);
    else
        add_real(value, out);
    return true;
}

/* A short whole number: written as it is to be read. */
static bool parse_plain(const char *text, size_t n, double *value)
{
    enum { DIGITS_MAX = 15 };
    *value = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *value = *value * 10 + (text[i] - '0');
    }
    return n > 0 && n <= DIGITS_MAX;
}

void xlsx_add_number(const struct xlsx *x, const char *text, size_t n, unsigned char format,
                     struct buf *out)
{
    double value;
    bool plain = parse_plain(text, n, &value);
    bool shown = (!plain || format != NUMBER_PLAIN) && (plain || num_parse_real(text, n, &value)) &&
                 add_shown(x, value, format, out);
    if (!shown)
        buf_add(out, text, n);
}
