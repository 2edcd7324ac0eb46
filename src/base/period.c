/* Periods: text to spans of days and back to a label. The calendar itself is in date.c. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

enum { PERIOD_YEAR_MIN = 1900, PERIOD_YEAR_MAX = 2200, FOLDED_MAX = 64 };

enum piece_kind {
    PIECE_YEAR,
    PIECE_HALF,    /* number 1-2 */
    PIECE_QUARTER, /* number 1-4 */
    PIECE_MONTHS,  /* the first `number` months */
    PIECE_MONTH,
    PIECE_DAY
};

/* A period is one piece, or the days from the start of one to the end of another. */
struct piece {
    enum piece_kind kind;
    int year, number; /* not PIECE_DAY */
    day day;          /* PIECE_DAY only */
};

/* ---- folding: lower case, no marks, no spaces; digits and punctuation as they are ---- */

struct folded {
    char text[FOLDED_MAX];
    size_t len;
};

static bool folded_add(struct folded *f, char c)
{
    if (c == '\0' || f->len + 1 >= sizeof f->text)
        return false;
    f->text[f->len++] = c;
    f->text[f->len] = '\0';
    return true;
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Adds a run of letters by its key. What has none, or falls apart in two, holds foreign
 * punctuation. */
static bool folded_add_word(struct folded *f, const char *word, size_t n)
{
    struct buf key = {0};
    bool ok = text_key(word, n, &key) && key.len > 0;
    for (size_t i = 0; ok && i < key.len; i++)
        ok = key.data[i] != ' ' && folded_add(f, key.data[i]);
    buf_free(&key);
    return ok;
}

static bool fold(const char *text, size_t n, struct folded *f)
{
    for (size_t i = 0; i < n;) {
        size_t word = 0;
        while (i + word < n && is_word_byte(text[i + word]))
            word++;
        if (word && !folded_add_word(f, text + i, word))
            return false;
        i += word;
        if (!word && text[i] != ' ' && !folded_add(f, text[i]))
            return false;
        i += !word;
    }
    return f->len > 0;
}

/* ---- forms ---- */

/* In a pattern: Y is a year, N one or two digits, M two digits, R a Roman number up to IV, / a
 * hyphen or a slash, ~ the same or "nam" or nothing; anything else is itself. Matched with
 * backtracking, since "t12024" is January and "t122024" December. */
static const struct form {
    const char *pattern;
    enum piece_kind kind;
    int number; /* 0: the one in the text */
} forms[] = {
    {"Y", PIECE_YEAR, 0},
    {"namY", PIECE_YEAR, 0},
    {"canamY", PIECE_YEAR, 0},
    {"Y~hN", PIECE_HALF, 0},
    {"hN~Y", PIECE_HALF, 0},
    {"6thangdau~Y", PIECE_HALF, 1},
    {"06thangdau~Y", PIECE_HALF, 1},
    {"6thangcuoi~Y", PIECE_HALF, 2},
    {"06thangcuoi~Y", PIECE_HALF, 2},
    {"Y~qN", PIECE_QUARTER, 0},
    {"qN~Y", PIECE_QUARTER, 0},
    {"qR~Y", PIECE_QUARTER, 0},
    {"quyN~Y", PIECE_QUARTER, 0},
    {"quyR~Y", PIECE_QUARTER, 0},
    {"quiN~Y", PIECE_QUARTER, 0},
    {"quiR~Y", PIECE_QUARTER, 0},
    {"Y~mN", PIECE_MONTHS, 0},
    {"Nt~Y", PIECE_MONTHS, 0},
    {"Nthang~Y", PIECE_MONTHS, 0},
    {"Nthangdau~Y", PIECE_MONTHS, 0},
    {"luykeNthang~Y", PIECE_MONTHS, 0},
    {"luykedenthangN~Y", PIECE_MONTHS, 0},
    {"Y/N", PIECE_MONTH, 0},
    {"YM", PIECE_MONTH, 0},
    {"N/Y", PIECE_MONTH, 0},
    {"tN~Y", PIECE_MONTH, 0},
    {"thangN~Y", PIECE_MONTH, 0},
};

/* The value of exactly `digits` digits; -1 where there are fewer. */
static int number_at(const char *text, int digits)
{
    int value = 0;
    for (int i = 0; i < digits; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static bool match(const char *pattern, const char *text, struct piece *p);

static bool match_number(const char *pattern, const char *text, int digits, int *value,
                         struct piece *p)
{
    *value = number_at(text, digits);
    return *value >= 0 && match(pattern + 1, text + digits, p);
}

/* One of the words, the first of which the rest of the pattern follows; *which counts from 1. */
static bool match_word(const char *pattern, const char *text, const char *const words[], int *which,
                       struct piece *p)
{
    for (int i = 0; words[i]; i++) {
        size_t n = strlen(words[i]);
        *which = i + 1;
        if (!strncmp(text, words[i], n) && match(pattern + 1, text + n, p))
            return true;
    }
    return false;
}

static bool match(const char *pattern, const char *text, struct piece *p)
{
    static const char *const roman[] = {"i", "ii", "iii", "iv", NULL};
    static const char *const strokes[] = {"-", "/", NULL};
    static const char *const links[] = {"-", "/", "nam", "", NULL};
    int which;
    switch (*pattern) {
    case '\0':
        return !*text;
    case 'Y':
        return match_number(pattern, text, 4, &p->year, p);
    case 'M':
        return match_number(pattern, text, 2, &p->number, p);
    case 'N':
        return match_number(pattern, text, 2, &p->number, p) ||
               match_number(pattern, text, 1, &p->number, p);
    case 'R':
        return match_word(pattern, text, roman, &p->number, p);
    case '/':
        return match_word(pattern, text, strokes, &which, p);
    case '~':
        return match_word(pattern, text, links, &which, p);
    default:
        return *text == *pattern && match(pattern + 1, text + 1, p);
    }
}

static bool year_is_in_range(int year)
{
    return year >= PERIOD_YEAR_MIN && year <= PERIOD_YEAR_MAX;
}

static bool piece_is_valid(const struct piece *p)
{
    static const int most[] = {
        [PIECE_HALF] = 2, [PIECE_QUARTER] = 4, [PIECE_MONTHS] = 12, [PIECE_MONTH] = 12};
    if (p->kind == PIECE_DAY)
        return year_is_in_range(date_from_day(p->day).year);
    return year_is_in_range(p->year) &&
           (p->kind == PIECE_YEAR || (p->number >= 1 && p->number <= most[p->kind]));
}

/* A date written in digits alone; a time of day behind it makes no period. */
static bool piece_parse_day(const char *text, struct piece *p)
{
    bool impossible;
    *p = (struct piece){.kind = PIECE_DAY};
    return !text[strspn(text, "0123456789-/.")] &&
           day_parse(text, strlen(text), &p->day, &impossible) && piece_is_valid(p);
}

static bool piece_parse(const char *text, struct piece *p)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        *p = (struct piece){.kind = forms[i].kind};
        if (!match(forms[i].pattern, text, p))
            continue;
        if (forms[i].number)
            p->number = forms[i].number;
        if (piece_is_valid(p))
            return true;
    }
    return piece_parse_day(text, p);
}

/* ---- pieces to periods ---- */

static struct span piece_span(const struct piece *p, struct calendar c)
{
    int first = 1, last = p->number;
    switch (p->kind) {
    case PIECE_DAY:
        return (struct span){p->day, p->day};
    case PIECE_YEAR:
        return calendar_year(c, p->year);
    case PIECE_HALF:
        first = 6 * p->number - 5, last = 6 * p->number;
        break;
    case PIECE_QUARTER:
        first = 3 * p->number - 2, last = 3 * p->number;
        break;
    case PIECE_MONTHS:
        break;
    case PIECE_MONTH:
        first = p->number;
    }
    return (struct span){calendar_month(c, p->year, first).from,
                         calendar_month(c, p->year, last).to};
}

/* Shortened where a year has more than four digits; no period that was read has. */
static void piece_label(const struct piece *p, char label[12])
{
    static const char *const letter[] = {
        [PIECE_HALF] = "H", [PIECE_QUARTER] = "Q", [PIECE_MONTHS] = "M"};
    if (p->kind == PIECE_DAY)
        day_text(p->day, label);
    else if (p->kind == PIECE_YEAR)
        snprintf(label, 12, "%04d", p->year);
    else if (p->kind == PIECE_MONTH)
        snprintf(label, 12, "%04d-%02d", p->year, p->number);
    else
        snprintf(label, 12, "%04d%s%d", p->year, letter[p->kind], p->number);
}

static bool piece_is_same(const struct piece *a, const struct piece *b)
{
    return a->kind == b->kind && a->year == b->year && a->number == b->number && a->day == b->day;
}

static struct period period_from_pieces(const struct piece *a, const struct piece *b,
                                        struct calendar c)
{
    struct period made;
    char from[12], to[12];
    piece_label(a, from);
    piece_label(b, to);
    made.span = (struct span){piece_span(a, c).from, piece_span(b, c).to};
    if (piece_is_same(a, b))
        snprintf(made.label, sizeof made.label, "%s", from);
    else
        snprintf(made.label, sizeof made.label, "%s..%s", from, to);
    return made;
}

/* True if piece b neither starts nor ends before a does. */
static bool pieces_are_ordered(const struct piece *a, const struct piece *b, struct calendar c)
{
    struct span first = piece_span(a, c), last = piece_span(b, c);
    return first.from <= last.from && first.to <= last.to;
}

static bool pieces_parse(const char *text, size_t n, struct calendar c, struct piece *a,
                         struct piece *b)
{
    struct folded folded = {0};
    struct buf nfc = {0}; /* every kind of white space becomes ' ' */
    bool ok = text_nfc(text, n, &nfc) && fold(buf_text(&nfc), nfc.len, &folded);
    buf_free(&nfc);
    if (!ok)
        return false;
    char *dots = strstr(folded.text, "..");
    if (dots)
        *dots = '\0';
    if (!piece_parse(folded.text, a))
        return false;
    *b = *a;
    return !dots || (piece_parse(dots + 2, b) && pieces_are_ordered(a, b, c));
}

bool period_parse(const char *text, size_t n, struct calendar c, struct period *out)
{
    struct piece a, b;
    if (!pieces_parse(text, n, c, &a, &b))
        return false;
    *out = period_from_pieces(&a, &b, c);
    return true;
}

struct period period_years_before(const struct period *p, struct calendar c, int years)
{
    struct piece a, b;
    struct span moved = span_shift_years(p->span, -years);
    bool as_labelled = pieces_parse(p->label, strlen(p->label), c, &a, &b) &&
                       piece_span(&a, c).from == p->span.from && piece_span(&b, c).to == p->span.to;
    if (!as_labelled) {
        a = (struct piece){.kind = PIECE_DAY, .day = p->span.from};
        b = (struct piece){.kind = PIECE_DAY, .day = p->span.to};
    }
    /* A single 29 February would have no days left as a span: its 28th stands for it. */
    if (piece_is_same(&a, &b) && a.kind == PIECE_DAY)
        moved.from = moved.to = day_shift_years(a.day, -years);
    a.year -= a.kind == PIECE_DAY ? 0 : years;
    b.year -= b.kind == PIECE_DAY ? 0 : years;
    a.day = a.kind == PIECE_DAY ? moved.from : a.day;
    b.day = b.kind == PIECE_DAY ? moved.to : b.day;
    return period_from_pieces(&a, &b, c);
}
