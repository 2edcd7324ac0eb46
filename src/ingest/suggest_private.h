/* suggest_private.h: what the files suggest*.c share. Internal to ingest/. */
#ifndef KEOGIAM_INGEST_SUGGEST_PRIVATE_H
#define KEOGIAM_INGEST_SUGGEST_PRIVATE_H

#include "ingest/checker.h"
#include "ingest/suggest.h"

/* ---- suggest.c ---- */

/* Notes the spellings of a record that nothing is known by, in c->suggest. */
bool suggest_record(struct checker *c, const struct record *rec, struct err *e);

/* ---- suggest_score.c: plain keys (text_key, y written i), 100: the same ---- */

enum { SCORE_GOOD = 60, SCORE_STRONG = 80 };

/* How well a spelling fits a name: a typo or two, words cut short (tr xuan), initials (hdte); and,
 * with `words`, most words in common. 0: not at all. */
int suggest_score(const char *spelling, const char *name, bool words);

/* Replaces *out by the plain key of a text. False: no UTF-8, out of memory. */
bool suggest_key(const char *text, size_t n, struct buf *out);

/* Replaces *out by the key with the usual abbreviations of the police written out; false where it
 * has none. */
bool suggest_expand(const char *key, struct buf *out);

/* ---- suggest_person.c ---- */

/* Reads like a person's name, or holds one, or is longer than any alias. */
bool suggest_is_person(const char *spelling);
/* Has more digits than a code: a telephone or identity number. */
bool suggest_is_number(const char *spelling);

/* ---- suggest_article.c ---- */

enum { ARTICLES_MAX = 6, ARTICLE_CHARS = 6 };
/* The articles of the Penal Code that a key names: "d 142", "khoan 1 dieu 142", "142 blhs", "142".
 */
struct articles {
    char items[ARTICLES_MAX][ARTICLE_CHARS];
    size_t count;
};
void articles_read(const char *key, struct articles *a);
/* One of them is among the category's. */
bool articles_meet(const struct articles *a, const char *of_category);

/* ---- suggest_names.c: every name that a spelling may mean, and how near it is ---- */

/* A name that a spelling may mean: its plain key, and whose it is. */
struct candidate {
    const char *key;
    size_t entry;
};

struct candidates {
    struct candidate *items;
    size_t count, cap;
    struct arena arena;
};

struct guessing {
    struct suggestions *s;
    const struct directory *d;
    const struct lists *lists;
    enum lang lang;
    size_t root;                         /* the sheet's, NO_ENTRY */
    struct candidates units, categories; /* made when first asked for */
    struct buf key, expanded;
    int *scores; /* of the spelling in hand, by entry */
    size_t entries;
    struct err *e;
};
void guessing_free(struct guessing *g);

/* Fill g->scores, which are 0 before. */
bool guess_unit(struct guessing *g, const char *spelling);
bool guess_category(struct guessing *g, const char *spelling);
bool guess_item(struct guessing *g, const char *list, const char *spelling);

#endif
