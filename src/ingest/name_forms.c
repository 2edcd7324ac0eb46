/* name_forms.c: a name as keys: with and without its diacritics, with and without the word that
 * says what kind of area it is. */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "ingest/directory_index.h"

/* Words that name a kind of area, as plain keys; long ones before their beginnings. Short forms as
 * police and spreadsheets write them. */
static const struct type_word {
    const char *word;
    name_type type;
} type_words[] = {
    {"thi tran", 1}, {"tt", 1},       {"thi xa", 2},   {"tx", 2},  {"thanh pho", 3},
    {"tp", 3},       {"phuong", 4},   {"p", 4},        {"xa", 5},  {"x", 5},
    {"huyen", 6},    {"h", 6},        {"quan", 7},     {"q", 7},   {"tinh", 8},
    {"ap", 9},       {"khom", 10},    {"khu pho", 11}, {"kp", 11}, {"thon", 12},
    {"ban", 13},     {"dac khu", 14},
};

/* Bytes of the plain key that the type word and the space behind it take; 0 where there is none or
 * nothing would be left. P1, Q3: the letter stands right before a number. */
static size_t type_prefix(const char *plain, name_type *type)
{
    for (size_t i = 0; i < sizeof type_words / sizeof type_words[0]; i++) {
        size_t n = strlen(type_words[i].word);
        if (strncmp(plain, type_words[i].word, n))
            continue;
        bool number = n == 1 && isdigit((unsigned char)plain[1]);
        if (!number && (plain[n] != ' ' || !plain[n + 1]))
            continue;
        *type = type_words[i].type;
        return n + !number;
    }
    *type = 0;
    return 0;
}

/* Behind the same words in a key with diacritics: their bytes differ, their spaces do not. */
static const char *skip_prefix(const char *key, const char *plain, size_t prefix)
{
    if (prefix && plain[prefix - 1] != ' ')
        return key + prefix; /* P1: ASCII in both */
    size_t spaces = 0;
    for (size_t i = 0; i < prefix; i++)
        spaces += plain[i] == ' ';
    for (; spaces && *key; key++)
        spaces -= *key == ' ';
    return key;
}

/* "Phường 01" and "Phường 1" are one. */
static const char *skip_zeros(const char *key)
{
    while (key[0] == '0' && isdigit((unsigned char)key[1]))
        key++;
    return key;
}

/* y with its tone marks, and the i that sounds the same. */
static const struct fold {
    const char *y, *i;
} folds[] = {
    {"y", "i"}, {"ý", "í"}, {"ỳ", "ì"}, {"ỷ", "ỉ"}, {"ỹ", "ĩ"}, {"ỵ", "ị"},
};

/* True where a y behind these bytes sounds like i: behind a consonant or qu, not in ay, uy and not
 * at the beginning of a word. Letters beyond ASCII here are vowels or đ, before which no y stands.
 */
static bool y_is_i(const char *key, size_t at)
{
    if (!at || (unsigned char)key[at - 1] >= 0x80)
        return false;
    if (key[at - 1] == 'u')
        return at > 1 && key[at - 2] == 'q';
    return isalpha((unsigned char)key[at - 1]) && !strchr("aeoiy", key[at - 1]);
}

static const struct fold *fold_at(const char *text)
{
    for (size_t f = 0; f < sizeof folds / sizeof folds[0]; f++)
        if (!strncmp(text, folds[f].y, strlen(folds[f].y)))
            return &folds[f];
    return NULL;
}

static void fold_y(const char *key, struct buf *out)
{
    buf_clear(out);
    buf_add(out, "", 0);
    for (size_t i = 0; key[i];) {
        const struct fold *f = y_is_i(key, i) ? fold_at(key + i) : NULL;
        buf_add(out, f ? f->i : key + i, f ? strlen(f->i) : 1);
        i += f ? strlen(f->y) : 1;
    }
}

bool name_forms_read(struct name_forms *f, const char *text, size_t n, bool with_type)
{
    struct buf plain = {0};
    bool ok = text_key_marked(text, n, &f->bufs[NAME_MARKED]) && text_key(text, n, &plain);
    if (ok) {
        fold_y(buf_text(&f->bufs[NAME_MARKED]), &f->bufs[NAME_FOLDED]);
        fold_y(buf_text(&plain), &f->bufs[NAME_PLAIN]);
        ok = !f->bufs[NAME_FOLDED].failed && !f->bufs[NAME_PLAIN].failed;
    }
    f->type = 0;
    size_t prefix = ok && with_type ? type_prefix(buf_text(&plain), &f->type) : 0;
    for (size_t s = 0; ok && s < NAME_STAGES; s++) {
        f->full[s] = buf_text(&f->bufs[s]);
        f->base[s] = skip_zeros(skip_prefix(f->full[s], buf_text(&plain), prefix));
    }
    buf_free(&plain);
    return ok;
}

void name_forms_free(struct name_forms *f)
{
    for (size_t s = 0; s < NAME_STAGES; s++)
        buf_free(&f->bufs[s]);
}
