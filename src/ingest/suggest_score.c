/* suggest_score.c: how well a spelling fits a name. Offices cut words short, write initials and
 * leave marks out; what they write is judged by what such shortening leaves. */
#include <string.h>

#include "base/near.h"
#include "base/text.h"
#include "ingest/suggest_private.h"

enum { WORDS_MAX = 32 };

struct words {
    const char *at[WORDS_MAX];
    size_t n[WORDS_MAX];
    size_t count;
};

static void split(const char *key, struct words *w)
{
    w->count = 0;
    while (*key && w->count < WORDS_MAX) {
        size_t n = strcspn(key, " ");
        w->at[w->count] = key;
        w->n[w->count++] = n;
        key += n + (key[n] == ' ');
    }
}

static bool is_same(const struct words *a, size_t i, const struct words *b, size_t j)
{
    return a->n[i] == b->n[j] && !memcmp(a->at[i], b->at[j], a->n[i]);
}

/* ---- abbreviations ---- */

static bool is_vowel(char c)
{
    return strchr("aeiou", c) != NULL;
}

/* tr, trg for truong: the word's first letters, or its first and further consonants in order. */
static bool is_short_for(const char *s, size_t n, const char *word, size_t length)
{
    size_t at = 0;
    bool vowels = false;
    if (n > length || *s != *word)
        return false;
    if (!memcmp(s, word, n))
        return true;
    for (size_t i = 0; i < length && at < n; i++)
        at += s[at] == word[i];
    for (size_t i = 0; i < n; i++)
        vowels = vowels || is_vowel(s[i]);
    return at == n && !vowels;
}

static bool are_initials(const struct words *s, size_t i, const struct words *name, size_t j)
{
    for (size_t k = 0; k < s->n[i]; k++)
        if (j + k >= name->count || s->at[i][k] != *name->at[j + k])
            return false;
    return true;
}

/* The words of s from i on stand for those of the name from j on, all of them. */
static bool stands_for(const struct words *s, size_t i, const struct words *name, size_t j)
{
    if (i == s->count || j == name->count)
        return i == s->count && j == name->count;
    if (is_short_for(s->at[i], s->n[i], name->at[j], name->n[j]) &&
        stands_for(s, i + 1, name, j + 1))
        return true;
    return s->n[i] >= 2 && are_initials(s, i, name, j) && stands_for(s, i + 1, name, j + s->n[i]);
}

static int score_short(const struct words *s, const struct words *name)
{
    enum { LETTERS_MIN = 2, WHOLE = 90, CUT = 84, INITIALS = 80 };
    size_t letters = 0, whole = 0, cut = 0;
    for (size_t i = 0; i < s->count; i++)
        letters += s->n[i];
    if (letters < LETTERS_MIN || s->count > name->count || !stands_for(s, 0, name, 0))
        return 0;
    for (size_t i = 0; i < s->count && s->count == name->count; i++) {
        whole += is_same(s, i, name, i);
        cut++;
    }
    return whole ? WHOLE : cut ? CUT : INITIALS;
}

/* ---- typos ---- */

/* In a short word one edit makes another word. */
static size_t edits_allowed(size_t n)
{
    return n < 5 ? 0 : n < 8 ? 1 : n < 16 ? 2 : 3;
}

static int score_edits(const char *spelling, const char *name)
{
    enum { ALMOST = 97, AN_EDIT = 4 };
    size_t most = edits_allowed(strlen(spelling)), d = near_distance(spelling, name, most);
    return d == 0 ? 100 : d > most ? 0 : ALMOST - AN_EDIT * (int)d;
}

/* ---- words in common ---- */

/* Dice's coefficient of the words, 0.6 and more: 60 to 79. */
static int score_words(const struct words *s, const struct words *name)
{
    bool used[WORDS_MAX] = {false};
    size_t common = 0, all = s->count + name->count;
    for (size_t i = 0; i < s->count; i++)
        for (size_t j = 0; j < name->count; j++)
            if (!used[j] && is_same(s, i, name, j)) {
                used[j] = true;
                common++;
                break;
            }
    if (common < 2 || 20 * common < 6 * all)
        return 0;
    return SCORE_GOOD + (int)(19 * (20 * common - 6 * all) / (4 * all));
}

int suggest_score(const char *spelling, const char *name, bool words)
{
    struct words s, n;
    int best = score_edits(spelling, name);
    if (best == 100)
        return best;
    split(spelling, &s);
    split(name, &n);
    int other = score_short(&s, &n);
    best = other > best ? other : best;
    other = words ? score_words(&s, &n) : 0;
    return other > best ? other : best;
}

/* ---- keys ---- */

bool suggest_key(const char *text, size_t n, struct buf *out)
{
    if (!text_key(text, n, out))
        return false;
    buf_add(out, "", 0);
    for (char *c = out->data; c && *c; c++)
        *c = *c == 'y' ? 'i' : *c;
    return !out->failed;
}

/* Usual in police sheets; keys with i for y. */
static const struct abbreviation {
    const char *short_form, *words;
} abbreviations[] = {
    {"bl", "bao luc"},
    {"bh", "bao hanh"},
    {"cd", "cuong dam"},
    {"cg", "cuop giat"},
    {"cigt", "co i gai thuong tich"},
    {"cigtt", "co i gai thuong tich"},
    {"do", "dam o"},
    {"gc", "giao cau"},
    {"gr", "gai roi"},
    {"grtt", "gai roi trat tu"},
    {"hd", "hiep dam"},
    {"mbn", "mua ban nguoi"},
    {"mt", "ma tui"},
    {"nctn", "nguoi chua thanh nien"},
    {"tcts", "trom cap tai san"},
    {"te", "tre em"},
    {"ts", "tai san"},
    {"ttcc", "trat tu cong cong"},
    {"ttxh", "trat tu xa hoi"},
    {"vphc", "vi pham hanh chinh"},
    {"vppl", "vi pham phap luat"},
    {"xhtd", "xam hai tinh duc"},
    {"xhte", "xam hai tre em"},
    {"xhtdte", "xam hai tinh duc tre em"},
};

static const char *words_of(const char *word, size_t n)
{
    for (size_t i = 0; i < sizeof abbreviations / sizeof abbreviations[0]; i++)
        if (strlen(abbreviations[i].short_form) == n &&
            !memcmp(abbreviations[i].short_form, word, n))
            return abbreviations[i].words;
    return NULL;
}

bool suggest_expand(const char *key, struct buf *out)
{
    struct words w;
    bool any = false;
    split(key, &w);
    buf_clear(out);
    for (size_t i = 0; i < w.count; i++) {
        const char *words = words_of(w.at[i], w.n[i]);
        any = any || words;
        if (i)
            buf_addc(out, ' ');
        buf_add(out, words ? words : w.at[i], words ? strlen(words) : w.n[i]);
    }
    return any && !out->failed;
}
