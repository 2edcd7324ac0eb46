#include "report/docx.h"

#include <math.h>
#include <string.h>
#include <utf8proc.h>

/* Advance widths of U+0020 to U+007E in thousandths of the font's size: Times New Roman's own,
 * which Liberation Serif keeps to the letter. */
static const short upright[95] = {
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541};
static const short strong[95] = {
    250, 333, 555, 500, 500, 1000, 833, 278,  333, 333, 500, 570, 250, 333, 250, 278,
    500, 500, 500, 500, 500, 500,  500, 500,  500, 500, 333, 333, 570, 570, 570, 500,
    930, 722, 667, 722, 722, 667,  611, 778,  778, 389, 500, 778, 667, 944, 722, 778,
    611, 778, 722, 556, 667, 722,  722, 1000, 722, 722, 667, 333, 278, 333, 581, 500,
    333, 500, 556, 444, 556, 444,  333, 500,  556, 278, 333, 556, 278, 833, 556, 500,
    556, 556, 444, 389, 333, 556,  500, 722,  500, 500, 444, 394, 220, 394, 520};

enum { HORN = 0x031B, OTHER_WIDTH = 500, HORN_WIDTH = 42 };

/* A Vietnamese letter is as wide as its base, and the horn of Ơ and Ư. */
static double letter_width(utf8proc_int32_t letter, bool bold)
{
    utf8proc_int32_t parts[8];
    int boundary = UTF8PROC_BOUNDCLASS_START;
    utf8proc_ssize_t n = utf8proc_decompose_char(letter, parts, 8, UTF8PROC_DECOMPOSE, &boundary);
    if (n < 1 || n > 8)
        return OTHER_WIDTH;
    utf8proc_int32_t base = parts[0] == 0x0110   ? 'D'
                            : parts[0] == 0x0111 ? 'd'
                            : parts[0] == 0x00A0 ? ' '
                                                 : parts[0];
    const short *widths = bold ? strong : upright;
    double width = base >= ' ' && base <= '~' ? widths[base - ' '] : OTHER_WIDTH;
    for (utf8proc_ssize_t i = 1; i < n; i++)
        width += parts[i] == HORN ? HORN_WIDTH : 0;
    return width;
}

/* Twips of n bytes without a line break. */
static double piece_width(const char *text, size_t n, double points, bool bold)
{
    double sum = 0;
    for (size_t at = 0; at < n;) {
        utf8proc_int32_t letter = 0;
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                                 (utf8proc_ssize_t)(n - at), &letter);
        sum += step > 0 ? letter_width(letter, bold) : 0;
        at += step > 0 ? (size_t)step : 1;
    }
    return sum / 1000 * points * 20;
}

double docx_width(const char *text, double points, bool bold)
{
    double widest = 0;
    for (;; text++) {
        size_t n = strcspn(text, "\n");
        widest = fmax(widest, piece_width(text, n, points, bold));
        text += n;
        if (!*text)
            return widest;
    }
}

/* Lines that text breaks into where each may be `room` wide. */
static int line_count(const char *text, double points, bool bold, double room)
{
    double blank = piece_width(" ", 1, points, bold), used = 0;
    int lines = 1;
    while (*text) {
        size_t n = strcspn(text, " ");
        double word = piece_width(text, n, points, bold);
        bool breaks = used > 0 && used + blank + word > room;
        lines += breaks;
        used = breaks || used <= 0 ? word : used + blank + word;
        text += n;
        text += strspn(text, " ");
    }
    return lines;
}

double docx_even_width(const char *text, double points, bool bold, double room)
{
    double whole = docx_width(text, points, bold);
    if (whole <= room || strchr(text, '\n'))
        return fmin(whole, room);
    int lines = line_count(text, points, bold, room);
    double width = whole / lines;
    while (width < room && line_count(text, points, bold, width) > lines)
        width += DOCX_TWIPS_PER_MM;
    return fmin(width, room);
}

void docx_capitals(struct buf *b, const char *text)
{
    size_t n = strlen(text);
    for (size_t at = 0; at < n;) {
        utf8proc_int32_t letter = 0;
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                                 (utf8proc_ssize_t)(n - at), &letter);
        if (step < 1)
            return;
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t length = utf8proc_encode_char(utf8proc_toupper(letter), bytes);
        buf_add(b, (const char *)bytes, (size_t)length);
        at += (size_t)step;
    }
}
