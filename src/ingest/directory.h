/* directory.h: the units and categories that rows may name: two trees, looked up by code, name or
 * alias.
 *
 * Filled from the store at the start of a command (add …, then finish), read-only afterwards but
 * for the category sets that rows bring. Indices (size_t) are places in the arrays; ids are the
 * store's. NO_ENTRY stands for none.
 */
#ifndef KEOGIAM_INGEST_DIRECTORY_H
#define KEOGIAM_INGEST_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"

#define NO_ENTRY SIZE_MAX

/* A unit is a code and the dates it is valid for. The unknown place under parent P is an entry with
 * code "P/?" and is_unknown; the store makes one for every unit that is some unit's parent. */
struct unit {
    int64_t id;
    const char *code, *name, *level, *parent_code; /* never NULL, "" where missing */
    struct span valid;
    double lat, lon, area_km2; /* NAN where missing */
    bool is_unknown;
    bool is_group; /* no place of its own: a named set of units */
    size_t parent; /* index valid in the same time, or NO_ENTRY */
    size_t depth;  /* 0 for a top unit */
};

struct category {
    int64_t id;
    const char *code, *name, *parent_code;
    const char *aliases;  /* ';'-separated */
    const char *articles; /* of the Penal Code, ';'-separated */
    struct span valid;
    double weight; /* harm weight, 1 by default */
    size_t parent, root, depth;
    bool has_children;
};

/* The categories of one case, at most one a root, ascending by index. Rows carry the set's number.
 */
#define CATEGORY_SET_MAX 8
struct category_set {
    size_t count;
    size_t categories[CATEGORY_SET_MAX]; /* indices in the directory */
};

/* A unit that stands for a set of others. */
struct unit_group {
    size_t unit, *members; /* indices */
    size_t count;
};

/* A spelling that the office remembers (kind `aliases`): it stands behind all codes and names. */
struct alias {
    int kind; /* enum alias_kind, or a list: the item's number in alias_kind */
    const char *spelling, *code;
};

struct directory_index; /* names -> entries */

struct directory {
    struct unit *units;
    size_t unit_count, unit_cap;
    struct category *categories;
    size_t category_count, category_cap;
    struct category_set *sets;
    size_t set_count, set_cap;
    struct unit_group *groups;
    size_t group_count, group_cap;
    struct alias *aliases; /* all of them: by kind, then spelling */
    size_t alias_count, alias_cap;
    struct directory_index *index;
    struct arena arena;
};

void directory_init(struct directory *d);
void directory_free(struct directory *d); /* accepts zero */

/* Copies the entry's texts; parent, depth, root, has_children are filled by finish. */
bool directory_add_unit(struct directory *d, const struct unit *u, struct err *e);
bool directory_add_category(struct directory *d, const struct category *c, struct err *e);
bool directory_add_alias(struct directory *d, const struct alias *a, struct err *e);

/* Links parents and builds the name index. Categories and units come out with every parent before
 * its children. Fails (ERR_INPUT): a cycle, a parent code that is not there. */
bool directory_finish(struct directory *d, struct err *e);

/* A cell's unit on day `at` (DAY_NONE: any day), inside the subtree of `within` (NO_ENTRY:
 * everywhere). Codes match exactly, also in brackets behind a name ("Hiếp dâm (U18.TTXH.HIEPDAM)");
 * names with or without xã/phường/thị trấn (tt, tx, tp, p, x), first with diacritics, then without;
 * where no code or name fits, aliases in the same way.
 * "Unknown", "không rõ", "?" name P/? of `within` or of the only top unit; a unit that has children
 * names its P/? where the caller says leaf_only. An entry valid on `at` goes before others. False:
 * *why is one line in lang (unknown, with the nearest names; ambiguous, with the candidates). */
bool directory_find_unit(const struct directory *d, const char *text, size_t n, day at,
                         size_t within, bool leaf_only, enum lang lang, size_t *found,
                         struct buf *why);

/* The code of a unit that has the cell's code or name, whenever it is valid; NULL: none. Aliases
 * are no names. */
const char *directory_unit_named(const struct directory *d, const char *text, size_t n);

/* A cell's category on day `at` inside the subtree of `within` (itself excluded when another fits).
 * An alias that names an article of the Penal Code which another root has too is ambiguous without
 * `within`. */
bool directory_find_category(const struct directory *d, const char *text, size_t n, day at,
                             size_t within, enum lang lang, size_t *found, struct buf *why);

/* As directory_unit_named, of a category inside `within`. */
const char *directory_category_named(const struct directory *d, const char *text, size_t n,
                                     size_t within);

/* The number of the set (added if new). Fails: two categories of one root, more than
 * CATEGORY_SET_MAX. */
bool directory_set(struct directory *d, const size_t *categories, size_t count, size_t *set,
                   struct err *e);

/* Adds a group behind the units, after finish: id 0, valid on every day; no name finds it. */
bool directory_add_group(struct directory *d, const char *code, const char *name,
                         const size_t *members, size_t count, struct err *e);
/* The group that a unit stands for; NULL. */
const struct unit_group *directory_group(const struct directory *d, size_t unit);

/* Adds the store's next set as it stands there, so that sets keep their numbers whatever became of
 * their categories. Members that are NO_ENTRY (this state lacks them) are left out; no row can
 * bring such a set. */
bool directory_add_set(struct directory *d, const size_t *categories, size_t count, struct err *e);

/* The lists learn the aliases of their values. */
struct lists;
bool directory_teach_lists(const struct directory *d, struct lists *l, struct err *e);

size_t directory_unit_by_id(const struct directory *d, int64_t id);
size_t directory_category_by_id(const struct directory *d, int64_t id);
/* What stands here for a unit of another state's directory: the same id, for a group the same code.
 */
size_t directory_same_unit(const struct directory *d, const struct unit *u);
size_t directory_unit_by_code(const struct directory *d, const char *code, day at);
size_t directory_category_by_code(const struct directory *d, const char *code);
/* A category of another root that has an article which the text names; NO_ENTRY. */
size_t directory_article_elsewhere(const struct directory *d, const char *text, size_t n,
                                   size_t category);
/* One act may be of both categories, of different roots: they share an article of the Penal Code,
 * or one of them names none. */
bool directory_may_be_one_act(const struct directory *d, size_t a, size_t b);
/* True if index a is b or an ancestor of b. */
bool directory_unit_contains(const struct directory *d, size_t a, size_t b);
bool directory_category_contains(const struct directory *d, size_t a, size_t b);

#endif
