/* suggest_person.c: what was typed into a cell may be a person's name. */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "ingest/suggest_private.h"

/* The usual surnames; four in five people have one of the first twelve. */
static const char *const surnames[] = {
    "nguyễn", "trần", "lê",   "phạm", "huỳnh", "hoàng", "phan",  "vũ",     "võ",    "đặng",
    "bùi",    "đỗ",   "hồ",   "ngô",  "dương", "lý",    "đinh",  "trương", "lâm",   "trịnh",
    "mai",    "đào",  "đoàn", "lưu",  "tạ",    "tô",    "cao",   "châu",   "quách", "thạch",
    "danh",   "kim",  "sơn",  "hà",   "tăng",  "lương", "phùng", "vương",  "thái",  "lục",
};

enum { WORDS_MAX = 40, NAME_WORDS_MAX = 5, LONGEST = 80, DIGITS_MAX = 8 };
/* The first of the list are words of the language seldom else. */
enum { PLAIN_SURNAMES = 16 };

struct word {
    bool surname, capital, letters;
};

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return !*text;
}

/* Where a text has no marks at all, a surname is compared without marks. */
static bool is_surname(const char *word, size_t n, bool capital, bool ascii)
{
    struct buf key = {0}, name = {0};
    size_t count = capital ? sizeof surnames / sizeof surnames[0] : PLAIN_SURNAMES;
    bool found = false, ok = ascii ? text_key(word, n, &key) : text_key_marked(word, n, &key);
    for (size_t i = 0; ok && !found && i < count; i++) {
        size_t length = strlen(surnames[i]);
        ok = ascii ? text_key(surnames[i], length, &name)
                   : text_key_marked(surnames[i], length, &name);
        found = ok && !strcmp(buf_text(&name), buf_text(&key));
    }
    buf_free(&key);
    buf_free(&name);
    return found;
}

static size_t first_bytes(const char *text)
{
    unsigned char c = (unsigned char)*text;
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : 3;
}

static struct word read_word(const char *text, size_t n, bool ascii)
{
    struct buf marked = {0};
    struct word w = {.letters = true};
    if (text_key_marked(text, n, &marked)) {
        for (size_t i = 0; i < n; i++)
            w.letters = w.letters && !isdigit((unsigned char)text[i]);
        w.capital = strncmp(text, buf_text(&marked), first_bytes(text)) != 0;
        w.surname = is_surname(text, n, w.capital, ascii);
    }
    buf_free(&marked);
    return w;
}

static size_t split(const char *text, struct word *words)
{
    size_t count = 0;
    bool ascii = is_ascii(text);
    while (*text && count < WORDS_MAX) {
        size_t n = strcspn(text, " .,;:/()-+\"'");
        if (n)
            words[count++] = read_word(text, n, ascii);
        text += n + (text[n] != '\0');
    }
    return count;
}

static bool is_name(const struct word *w, size_t count)
{
    size_t capitals = 0;
    for (size_t i = 0; i < count; i++) {
        if (!w[i].letters)
            return false;
        capitals += w[i].capital;
    }
    return count >= 2 && count <= NAME_WORDS_MAX && w[0].surname &&
           (capitals == count || capitals == 0);
}

bool suggest_is_person(const char *spelling)
{
    struct word words[WORDS_MAX];
    size_t count = split(spelling, words);
    if (strlen(spelling) > LONGEST || is_name(words, count))
        return true;
    for (size_t i = 0; i + 1 < count; i++)
        if (words[i].surname && words[i].capital && words[i + 1].capital && words[i + 1].letters)
            return true;
    return false;
}

bool suggest_is_number(const char *spelling)
{
    size_t digits = 0;
    for (; *spelling; spelling++)
        digits += isdigit((unsigned char)*spelling) != 0;
    return digits > DIGITS_MAX;
}
