/* targets_writing.h: shared by targets_footers.c (what is told of the targets) and targets_base.c
 * (on
 * what a total rests). Each function appends to w->b and leaves a failed allocation there. */
#ifndef KEOGIAM_CLI_TARGETS_WRITING_H
#define KEOGIAM_CLI_TARGETS_WRITING_H

#include "cli/targets_private.h"

struct writing {
    const struct targets_table *t;
    struct buf b; /* the sentence at hand */
    struct arena words;
    enum lang lang;
};

/* A number in words as documents have it, a date, "1, Xã Mỹ An": in w->words. */
const char *targets_number(struct writing *w, int64_t n);
const char *targets_date(struct writing *w, day d);
const char *targets_indicator(struct writing *w, const struct judged *j);

/* A reduction of a place's total that is judged by comparison, of some of its units. */
bool targets_is_compared(const struct judged *j);
bool targets_has_base(const struct judged *j);

void targets_add_base(struct writing *w, const struct judged *j);
void targets_add_partly(struct writing *w, const struct judged *j);
void targets_add_breaks(struct writing *w, const struct judged *j);
/* Values that were reported for other days than the period's. */
void targets_add_misfits(struct writing *w);

#endif
