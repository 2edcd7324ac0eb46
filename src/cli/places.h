/* places.h: what --unit, --category, --basis, --count and --by ask for, read once for every table.
 */
#ifndef KEOGIAM_CLI_PLACES_H
#define KEOGIAM_CLI_PLACES_H

#include "cli/session.h"

struct places {
    size_t *tops; /* units asked for (directory indices); none: every top */
    size_t top_count;
    size_t
        *categories; /* as asked for, those of one root together; else every root with coverage */
    size_t category_count;
    struct tally_query tally;
};

/* Boundaries are those of day `at` unless --units-as-of names another; unit names are looked up on
 * that day. Fails (ERR_USAGE, ERR_INPUT): as the options say; nothing
 * is loaded. *p is to be freed in any case. */
bool places_read(const struct session *s, day at, struct places *p, struct err *e);
void places_free(struct places *p);

/* How many categories from `first` on are counted together: of one root whose coverage is declared
 * for the root as a whole. */
size_t places_group(const struct session *s, const struct places *p, size_t first);

/* What a title says of the categories: the name of the only one, else "by category root". */
const char *places_subject(const struct session *s, const struct places *p, enum lang lang);

/* The views of a table by unit and category: the first two, unit and category, only where they are
 * not the same in every row (then they stand in the title alone). Fails: out of memory. */
bool places_views(const struct places *p, bool by_unit, bool by_category, const struct view *views,
                  size_t count, struct result *r, struct err *e);

/* --by. */
bool places_by(const struct request *r, bool *by_unit, bool *by_category, struct err *e);

#endif
