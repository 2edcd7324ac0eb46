/* diff_private.h: shared by diff_table.c (the question, the rows) and diff_words.c (what stands
 * around them). */
#ifndef KEOGIAM_CLI_DIFF_PRIVATE_H
#define KEOGIAM_CLI_DIFF_PRIVATE_H

#include "cli/diff_table.h"
#include "series/changes.h"

struct diff {
    struct diff_states *d;
    struct result *r;
    struct changes_query q;
    struct period *periods;
    struct period asked; /* --period */
    bool by_unit, by_category, all_periods;
    size_t *tops[2], *categories;
    size_t category_count;
    bool any_late, any_other;
};

/* The two states as the question has them, without tops. */
void diff_set_states(struct changes_query *q, struct diff_states *d);

/* Units asked for now (q's) that are there in the earlier state too; *tops to be freed. */
bool diff_match_tops(struct changes_query *q, size_t **tops, struct err *e);

/* Sentences below the table, and its provenance. */
bool diff_add_words(struct diff *x, struct err *e);

#endif
