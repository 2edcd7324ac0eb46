/* status_found.h: what the sections that test many places at once share: findings, how many of them
 * chance alone would bring, and who speaks.
 */
#ifndef KEOGIAM_CLI_STATUS_FOUND_H
#define KEOGIAM_CLI_STATUS_FOUND_H

#include "cli/status.h"

enum { FOUND_SHOWN = 40 };
#define FOUND_Q 0.05
#define FOUND_P 0.05

/* One place and topic that was tested. */
struct found {
    size_t unit, topic; /* directory index of the unit; index of monthly.topics */
    double p, q;        /* p NAN: nothing to test */
    size_t at;          /* the caller's own */
};

struct found_list {
    struct found *items;
    size_t count, cap;
    size_t tested, low; /* that have a p; of them p <= FOUND_P */
};

bool found_add(struct found_list *l, struct found f, struct err *e);
/* Judges items[from] … the last as one family (Benjamini-Hochberg), and keeps those with q <=
 * FOUND_Q. Fails: out of memory. */
bool found_judge(struct found_list *l, size_t from, struct err *e);
/* Leaves those that are asked for, by p, then topic and unit. */
void found_choose(struct found_list *l, const struct status *st);
void found_free(struct found_list *l); /* accepts zero */

/* What was tested: a footer for people, a row of section `tested` for machines. */
enum found_what { FOUND_NO_CASES, FOUND_NO_REPORTS, FOUND_JUMP };
bool found_tell(struct status *st, struct result *t, enum found_what what,
                const struct found_list *l, struct err *e);
/* For people: whether one more row is within what is shown. */
static inline bool found_is_shown(const struct status *st, size_t rows)
{
    return !st->for_people || st->wide || rows < FOUND_SHOWN;
}
/* "… and n more"; nothing where n is 0. */
bool found_tell_rest(struct status *st, struct result *t, size_t left_out, struct err *e);

/* "872, cases", "872, totals", "several sources"; in the arena, for people. */
const char *found_voice(const struct status *st, struct result *t, uint16_t voice);

#endif
