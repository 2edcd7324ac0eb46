/* suggest_article.c: articles of the Penal Code, as sheets name them. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/directory.h"
#include "ingest/suggest_private.h"

/* The part on particular offences begins with article 108 and ends with 425. */
enum { FIRST_OFFENCE = 108, LAST_OFFENCE = 425 };

/* "142", "256a": an article; its bytes, else 0. */
static size_t article_bytes(const char *word, size_t n)
{
    size_t digits = 0;
    while (digits < n && isdigit((unsigned char)word[digits]))
        digits++;
    bool lettered = digits + 1 == n && islower((unsigned char)word[digits]);
    if (digits != 3 || (digits != n && !lettered))
        return 0;
    int number = atoi(word);
    return number >= FIRST_OFFENCE && number <= LAST_OFFENCE ? n : 0;
}

static void put(struct articles *a, const char *word, size_t n)
{
    if (a->count == ARTICLES_MAX || n >= ARTICLE_CHARS)
        return;
    memcpy(a->items[a->count], word, n);
    a->items[a->count++][n] = '\0';
}

static bool is_word(const char *at, size_t n, const char *word)
{
    return strlen(word) == n && !memcmp(at, word, n);
}

/* A number is an article behind "điều", glued to "đ", before "BLHS", or where it stands alone. */
void articles_read(const char *key, struct articles *a)
{
    bool named = false, code = strstr(key, "blhs") || strstr(key, "bo luat hinh su");
    a->count = 0;
    for (const char *at = key; *at;) {
        size_t n = strcspn(at, " "), glued = n > 1 && *at == 'd' ? 1 : 0;
        size_t bytes = article_bytes(at + glued, n - glued);
        if (bytes && (glued || named || code || n == strlen(key)))
            put(a, at + glued, bytes);
        named = is_word(at, n, "dieu") || is_word(at, n, "d") || (named && bytes);
        at += n + (at[n] == ' ');
    }
}

/* Bytes of the word of letters and digits at text. */
static size_t word_bytes(const char *text)
{
    size_t n = 0;
    while (isalnum((unsigned char)text[n]))
        n++;
    return n;
}

static bool has_article(const struct articles *a, const char *text, size_t n)
{
    for (size_t i = 0; i < a->count; i++)
        if (strlen(a->items[i]) == n && !memcmp(a->items[i], text, n))
            return true;
    return false;
}

bool articles_meet(const struct articles *a, const char *of_category)
{
    for (const char *at = of_category; *at;) {
        size_t n = word_bytes(at);
        if (n && has_article(a, at, n))
            return true;
        at += n ? n : 1;
    }
    return false;
}

bool directory_may_be_one_act(const struct directory *d, size_t a, size_t b)
{
    const char *first = d->categories[a].articles, *second = d->categories[b].articles;
    for (const char *at = first; *at;) {
        struct articles one = {.count = 0};
        size_t n = word_bytes(at);
        if (n)
            put(&one, at, n);
        if (n && articles_meet(&one, second))
            return true;
        at += n ? n : 1;
    }
    return !*first || !*second;
}

size_t directory_article_elsewhere(const struct directory *d, const char *text, size_t n,
                                   size_t category)
{
    struct articles a = {.count = 0};
    struct buf key = {0};
    size_t found = NO_ENTRY;
    if (suggest_key(text, n, &key))
        articles_read(buf_text(&key), &a);
    for (size_t c = 0; a.count && found == NO_ENTRY && c < d->category_count; c++)
        if (d->categories[c].root != d->categories[category].root &&
            articles_meet(&a, d->categories[c].articles))
            found = c;
    buf_free(&key);
    return found;
}
