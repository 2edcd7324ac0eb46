/* disagree.h: numbers for the same thing that stand side by side and differ. What `load` refuses
 * (two sources of the same days, places and acts) is not among them; what it lets stand is:
 *
 *   DISAGREE_REPORTS  a coverage row's total of reports against the case rows of its source
 *   DISAGREE_CASES    a counts row against the case rows in its place, days and kinds, by its
 *                     basis: more cases than it states, or fewer although case files speak for all
 *                     of it
 *   DISAGREE_PLACES   a counts row against the rows of the places below it: their sum exceeds it,
 *                     or all of them have one and it is less
 *   DISAGREE_KINDS    the same of the kinds below it
 *   DISAGREE_PARTS    a counts row against shorter rows that make up its days, or exceed it
 *   DISAGREE_ASSUMED  no case where a source is only assumed to know all, against cases that others
 *                     have there: in whole months
 *   DISAGREE_NUMERATOR, DISAGREE_DENOMINATOR  what an indicator row says against the case rows
 *
 * Which number is used where is tally.h's matter; here they are only named.
 * Checked: tests/test_monthly.c.
 */
#ifndef KEOGIAM_SERIES_DISAGREE_H
#define KEOGIAM_SERIES_DISAGREE_H

#include "series/monthly.h"

enum disagree_kind {
    DISAGREE_REPORTS,
    DISAGREE_CASES,
    DISAGREE_PLACES,
    DISAGREE_KINDS,
    DISAGREE_PARTS,
    DISAGREE_ASSUMED,
    DISAGREE_NUMERATOR,
    DISAGREE_DENOMINATOR
};

struct disagreement {
    enum disagree_kind kind;
    size_t unit, category; /* directory indices; category NO_ENTRY: none */
    struct span days;
    enum basis basis;
    int64_t stated, other;
    const char *source, *other_source; /* NULL: several, or none */
    const char *indicator;             /* NULL: none */
};

struct disagreements {
    struct disagreement *items;
    size_t count, cap;
};

struct disagree_scene {
    const struct stated *rows; /* all cases have been added */
    const struct cover *cover;
    const struct monthly *monthly;
};

/* Appends, by kind, unit, days, category. *l is to be freed in any case; it borrows the rows'
 * texts.
 */
bool disagree_find(struct disagreements *l, const struct disagree_scene *scene, struct err *e);
/* Whether files of cases speak for the unit, or for every place in it, on all of the days; and
 * which source does, the last one where several do. */
bool disagree_is_covered(const struct disagree_scene *scene, size_t unit, size_t category,
                         struct span days, bool *covered, const char **source, struct err *e);
bool disagree_add(struct disagreements *l, struct disagreement d, struct err *e);
void disagree_free(struct disagreements *l); /* accepts zero */

#endif
