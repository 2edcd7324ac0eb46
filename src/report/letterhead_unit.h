/* letterhead_unit.h: a unit's name in the forms that a letterhead needs; for letterhead.c alone. */
#ifndef KEOGIAM_REPORT_LETTERHEAD_UNIT_H
#define KEOGIAM_REPORT_LETTERHEAD_UNIT_H

#include "report/letterhead.h"

struct unit_words {
    struct buf unit, upper;      /* "huyện Tháp Mười", "HUYỆN THÁP MƯỜI" */
    struct buf name;             /* "Tháp Mười" */
    struct buf kind, kind_upper; /* "huyện", "HUYỆN"; empty: a name without a kind */
    const char *kind_key;        /* as text_key makes it: "huyen"; "" */
    char year[8];
};

/* Fails for want of memory; in any case unit_words_free. */
bool unit_words_init(struct unit_words *w, const struct letterhead_unit *unit, struct err *e);
void unit_words_free(struct unit_words *w);

/* Is it a level or a kind of unit, as text_key makes them? */
bool unit_which_known(const char *key);

/* What {WORD} stands for, WORD being n bytes; NULL: no such placeholder. */
const char *unit_word(const struct unit_words *w, const char *word, size_t n);

#endif
