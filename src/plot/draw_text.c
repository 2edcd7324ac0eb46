/* Texts measured, broken and placed. */
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "plot/draw.h"

#define MM_PER_PT (25.4 / 72)

static const struct {
    double pt;
    bool bold;
    const char *font, *ink; /* gnuplot variables that plot_begin sets */
} looks[DRAW_STYLES] = {
    [DRAW_TITLE] = {12, true, "F_TITLE", "INK"}, [DRAW_SUBTITLE] = {9.5, false, "F_SUB", "MUTED"},
    [DRAW_LABEL] = {9, false, "F_LAB", "INK"},   [DRAW_STRONG] = {9, true, "F_BOLD", "INK"},
    [DRAW_MUTED] = {9, false, "F_LAB", "MUTED"}, [DRAW_TARGET] = {9, false, "F_LAB", "GOAL"},
    [DRAW_NOTE] = {9, false, "F_LAB", "MUTED"},  [DRAW_NOTE_STRONG] = {9, true, "F_BOLD", "INK"}};

/* Advance widths of U+0020 to U+007E in thousandths of the size, from the hmtx table of
 * LiberationSans-Regular.ttf and -Bold.ttf 2.1.5; Arial has the same. */
static const short widths[2][95] = {
    {/* regular, bold */
     278,  278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
     556,  556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
     1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
     667,  778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
     333,  556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
     556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584},
    {278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
     556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
     975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
     667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
     333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
     611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584}};

/* What is no letter with marks on it: its width in either weight. */
static const struct {
    utf8proc_int32_t code;
    short regular, bold;
} special_widths[] = {{0x00A0, 278, 278}, {0x0110, 722, 722}, {0x0111, 556, 611},
                      {0x2013, 556, 556}, {0x2018, 222, 278}, {0x2019, 222, 278},
                      {0x201C, 333, 500}, {0x201D, 333, 500}, {0x2212, 584, 584},
                      {0x25CB, 604, 604}, {0x25CF, 604, 604}, {0x25B2, 990, 990}};

static int special_width(utf8proc_int32_t code, bool bold)
{
    for (size_t i = 0; i < sizeof special_widths / sizeof special_widths[0]; i++)
        if (special_widths[i].code == code)
            return bold ? special_widths[i].bold : special_widths[i].regular;
    return 1000;
}

/* A letter with marks is as wide as its base; the horn of ơ and ư stands beside it and adds about a
 * tenth. A letter of a script that is not measured here counts as a square. */
static int code_width(utf8proc_int32_t code, bool bold)
{
    utf8proc_int32_t parts[8] = {code};
    int class = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(code, parts, 8, UTF8PROC_DECOMPOSE, &class);
    if (n < 1 || n > 8)
        return 1000;
    if (parts[0] < 0x20 || parts[0] > 0x7E)
        return special_width(parts[0], bold);
    int width = widths[bold][parts[0] - 0x20];
    bool horned = false;
    for (utf8proc_ssize_t i = 1; i < n; i++)
        horned |= parts[i] == 0x031B;
    return horned ? width + 115 : width;
}

/* The letter at text and its bytes; a byte that is no UTF-8 counts as one letter. */
static size_t read_code(const char *text, utf8proc_int32_t *code)
{
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, code);
    if (n > 0)
        return (size_t)n;
    *code = '?';
    return 1;
}

static double bytes_width(enum draw_style style, const char *text, size_t bytes)
{
    long sum = 0;
    utf8proc_int32_t code;
    for (const char *end = text + bytes; text < end && *text;) {
        text += read_code(text, &code);
        sum += code_width(code, looks[style].bold);
    }
    return (double)sum / 1000 * looks[style].pt * MM_PER_PT;
}

double draw_width(enum draw_style style, const char *text)
{
    return bytes_width(style, text, strlen(text));
}

double draw_widest(double width_mm, enum draw_style style, const char *text)
{
    return fmax(width_mm, draw_width(style, text));
}

double draw_leading(enum draw_style style)
{
    return 1.22 * looks[style].pt * MM_PER_PT;
}

/* Bytes of the longest start of text that fits: whole words, else whole letters, at least one. */
static size_t fitting_bytes(enum draw_style style, const char *text, double width_mm)
{
    size_t at = 0, words = 0;
    double width = 0;
    while (text[at] && text[at] != '\n') {
        utf8proc_int32_t code;
        size_t n = read_code(text + at, &code);
        if (code == ' ')
            words = at;
        width += bytes_width(style, text + at, n);
        if (width > width_mm && at > 0)
            return words ? words : at;
        at += n;
    }
    return at;
}

static void add_shortened(struct buf *b, enum draw_style style, const char *text, double width_mm)
{
    static const char dots[] = "…";
    double room = width_mm - draw_width(style, dots);
    size_t at = 0;
    utf8proc_int32_t code;
    for (;;) {
        size_t n = text[at] ? read_code(text + at, &code) : 0;
        if (!n || bytes_width(style, text, at + n) > room)
            break;
        at += n;
    }
    while (at > 0 && text[at - 1] == ' ')
        at--;
    buf_add(b, text, at);
    buf_adds(b, dots);
}

size_t draw_wrap(struct buf *b, enum draw_style style, const char *text, double width_mm,
                 size_t max_lines)
{
    for (size_t lines = 1;; lines++) {
        size_t n = fitting_bytes(style, text, width_mm);
        if (text[n] && lines >= max_lines) {
            add_shortened(b, style, text, width_mm);
            return lines;
        }
        buf_add(b, text, n);
        text += n;
        text += *text == '\n' ? 1 : strspn(text, " ");
        if (!*text)
            return lines;
        buf_addc(b, '\n');
    }
}

static void place_line(struct plot *p, enum draw_style style, const char *words, double x, double y,
                       const char *line, size_t bytes)
{
    struct buf text = {0};
    buf_add(&text, line, bytes);
    buf_adds(&p->script, "set label ");
    plot_quote(&p->script, buf_text(&text));
    buf_addf(&p->script, " at screen %.5f,%.5f %s font %s tc rgb %s\n", x / p->width_mm,
             1 - y / p->height_mm, words, looks[style].font, looks[style].ink);
    p->script.failed |= text.failed;
    buf_free(&text);
}

void draw_text(struct plot *p, enum draw_style style, enum draw_align align, double x, double y,
               const char *text)
{
    static const char *const words[] = {"left", "center", "right"};
    while (*text) {
        size_t n = strcspn(text, "\n");
        place_line(p, style, words[align], x, y, text, n);
        text += n + (text[n] == '\n');
        y += draw_leading(style);
    }
}

size_t draw_line_count(const char *text)
{
    size_t lines = *text != '\0';
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

void draw_text_around(struct plot *p, enum draw_style style, enum draw_align align, double x,
                      double y, const char *text)
{
    for (size_t lines = draw_line_count(text); lines > 1; lines--)
        y -= draw_leading(style) / 2;
    draw_text(p, style, align, x, y, text);
}

void draw_text_upwards(struct plot *p, enum draw_style style, double x, double y, const char *text)
{
    place_line(p, style, "left rotate by 90", x, y, text, strlen(text));
}

/* A title of two lines is broken in the middle, not before its last word. */
static double balanced_width(enum draw_style style, const char *text, double width_mm)
{
    struct buf lines = {0};
    size_t needed = draw_wrap(&lines, style, text, width_mm, SIZE_MAX);
    double width = width_mm;
    while (width > width_mm / 2 && draw_wrap(&lines, style, text, width - 1, SIZE_MAX) == needed)
        width--;
    buf_free(&lines);
    return needed > 1 ? width : width_mm;
}

/* A title too long for a line: its fact, and behind the semicolon what to think of it. */
static size_t title_lines(struct buf *b, const char *text, double width_mm)
{
    const char *end = strstr(text, "; ");
    size_t fact = end ? (size_t)(end - text) + 1 : 0;
    if (!end || bytes_width(DRAW_TITLE, text, fact) > width_mm ||
        draw_width(DRAW_TITLE, end + 2) > width_mm)
        return draw_wrap(b, DRAW_TITLE, text, balanced_width(DRAW_TITLE, text, width_mm), SIZE_MAX);
    buf_add(b, text, fact);
    buf_addf(b, "\n%s", end + 2);
    return 2;
}

static size_t paragraph_lines(struct buf *b, enum draw_style style, double width_mm,
                              const char *text)
{
    if (!*text)
        return 0;
    if (style == DRAW_TITLE && draw_width(style, text) > width_mm)
        return title_lines(b, text, width_mm);
    return draw_wrap(b, style, text, width_mm, SIZE_MAX);
}

double draw_paragraph(struct plot *p, enum draw_style style, double x, double y, double width_mm,
                      const char *text)
{
    struct buf lines = {0};
    double height = (double)paragraph_lines(&lines, style, width_mm, text) * draw_leading(style);
    draw_text(p, style, DRAW_LEFT, x, y + draw_leading(style) / 2, buf_text(&lines));
    p->script.failed |= lines.failed;
    buf_free(&lines);
    return y + height;
}

double draw_paragraph_height(enum draw_style style, double width_mm, const char *text)
{
    struct buf lines = {0};
    size_t n = paragraph_lines(&lines, style, width_mm, text);
    buf_free(&lines);
    return (double)n * draw_leading(style);
}

const char *draw_keep(struct arena *a, struct buf *b)
{
    const char *text = b->failed ? NULL : arena_text(a, buf_text(b));
    buf_clear(b);
    return text;
}
