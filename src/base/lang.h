/* lang.h: the two languages and the one catalogue of texts (texts.c).
 *
 * Whatever a person reads is an English literal at the place that says it, passed through tr().
 * Machine tokens (column names, `note` codes, verdicts in CSV) never pass through here.
 */
#ifndef KEOGIAM_BASE_LANG_H
#define KEOGIAM_BASE_LANG_H

#include <stdbool.h>
#include <stddef.h>

enum lang { LANG_EN, LANG_VI };

/* The catalogue's entry, sorted by english (strcmp). */
struct text_pair {
    const char *english;
    const char *vietnamese;
};

extern const struct text_pair text_pairs[];
extern const size_t text_pair_count;

/* Marks a literal in a table, to be passed to tr() where it is shown. */
#define N_(english) (english)

/* The text in lang; English itself where lang is LANG_EN or the catalogue lacks it.
 * Cost: a binary search. The result is static. */
const char *tr(enum lang lang, const char *english) __attribute__((format_arg(2)));

/* "vi", "en", or a locale's name such as "vi_VN.UTF-8" (only its first two letters count). */
bool lang_parse(const char *name, enum lang *lang);

#endif
