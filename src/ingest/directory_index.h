/* directory_index.h: the tables behind directory.h: codes, ids, names, days on which answers
 * change. Internal to ingest/.
 *
 * Codes and ids are indexed by directory_finish. Names cost a normalisation each, and most commands
 * look none up: they are indexed by the first look-up, or by directory_prepare_names before a
 * second thread looks names up. After that the directory is only read.
 */
#ifndef KEOGIAM_INGEST_DIRECTORY_INDEX_H
#define KEOGIAM_INGEST_DIRECTORY_INDEX_H

#include "ingest/category_set.h"
#include "ingest/directory.h"

/* How well a name must match, the stricter first. */
enum name_stage {
    NAME_MARKED, /* with its diacritics */
    NAME_FOLDED, /* the same, y and i taken for one where they sound alike: Mỹ Quý, Mĩ Quí */
    NAME_PLAIN,  /* without diacritics, y and i folded */
    NAME_STAGES
};

/* What kind of area a name says it is: xã, phường, thị trấn …; 0 where it does not say. */
typedef unsigned name_type;

struct name_key {
    const char *key;
    size_t entry;
    name_type type;
};

struct name_table { /* sorted by key, then by entry */
    struct name_key *keys;
    size_t count, cap;
};

struct id_table { /* open addressing; entry NO_ENTRY: free */
    struct id_slot {
        int64_t id;
        size_t entry;
    } * slots;
    size_t slot_count;
};

struct name_index {
    struct name_table codes;
    struct name_table names[NAME_STAGES];
    struct name_table aliases[NAME_STAGES]; /* what the office remembers, behind all names */
    struct id_table ids;
    day *breaks; /* ascending: days from which other entries are valid */
    size_t break_count;
};

struct directory_index {
    struct name_index units, categories;
    bool has_names;
    struct set_table sets; /* directory.sets points into it */
    struct arena arena;
};

/* ---- name tables ---- */
void name_table_free(struct name_table *t);
bool name_table_add(struct name_table *t, const char *key, size_t entry, name_type type,
                    struct err *e);
void name_table_sort(struct name_table *t);
/* The keys equal to `key`: from *first, count returned. */
size_t name_table_find(const struct name_table *t, const char *key, size_t *first);

bool id_table_build(struct id_table *t, size_t count, int64_t (*id_of)(const void *, size_t),
                    const void *items, struct err *e);
size_t id_table_find(const struct id_table *t, int64_t id);

/* Sorted, unique first days of the spans and days after their ends. */
bool breaks_build(struct name_index *x, const struct span *spans, size_t count, struct err *e);

/* ---- forms of a name ---- */
struct name_forms {
    struct buf bufs[NAME_STAGES];
    name_type type;                /* of the word it begins with */
    const char *full[NAME_STAGES]; /* the whole name */
    const char *base[NAME_STAGES]; /* without that word; the same as full where there is none */
};
/* False: out of memory or no UTF-8. with_type: the names of areas begin with their kind. */
bool name_forms_read(struct name_forms *f, const char *text, size_t n, bool with_type);
void name_forms_free(struct name_forms *f);

/* ---- the directory's ---- */
void directory_index_free(struct directory_index *index); /* accepts NULL */
/* Makes d->index if there is none. */
bool directory_index_need(struct directory *d, struct err *e);
bool directory_index_build(struct directory *d, struct err *e);
bool directory_prepare_names(const struct directory *d, struct err *e);

/* Which stretch of days, between two changes of validity, `at` lies in: answers are the same within
 * one. DAY_NONE is a stretch of its own. */
uint32_t name_index_era(const struct name_index *x, day at);

/* As directory_find_category for the name of a parent: of a category and one under it that are
 * named alike, the upper one is meant. */
bool directory_find_parent(const struct directory *d, const char *text, size_t n, day at,
                           size_t within, enum lang lang, size_t *found, struct buf *why);

/* The names nearest to `plain` (the key of a cell) by edit distance, at most three, behind `lead`,
 * into `why`; nothing where none is near. */
void nearest_units(const struct directory *d, const char *plain, day at, size_t within,
                   const char *lead, struct buf *why);
void nearest_categories(const struct directory *d, const char *plain, day at, size_t within,
                        const char *lead, struct buf *why);

/* The cell says that the place is not known. */
bool directory_says_unknown(const char *text, size_t n);
/* The entry P/? of unit p on that day; NO_ENTRY where there is none. */
size_t directory_unknown_place(const struct directory *d, size_t p, day at);
/* The unknown place of `within`, or of the only unit on top. False: *why says why none is meant. */
bool directory_find_unknown(const struct directory *d, day at, size_t within, enum lang lang,
                            size_t *found, struct buf *why);

/* a is b or above b; by code, since a place keeps its code when its dates change. */
bool unit_is_inside(const struct directory *d, size_t within, size_t unit);
bool category_is_inside(const struct directory *d, size_t within, size_t category);

#endif
