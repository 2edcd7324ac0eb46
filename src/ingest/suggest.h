/* suggest.h: the spellings of a file that nothing is known by, each with what was probably meant.
 *
 * A file is read through without judging its rows: each cell of a unit, a category or a closed list
 * that is neither a code nor a name nor an alias is kept once, with how often it stands there. What
 * was typed into such a cell may be a person's name, so what comes out is for the office's own
 * table of aliases only, and what reads like a name and is near nothing is counted, not kept.
 */
#ifndef KEOGIAM_INGEST_SUGGEST_H
#define KEOGIAM_INGEST_SUGGEST_H

#include "ingest/ingest.h"

struct suggestion {
    int kind;             /* an item of the list alias_kind */
    size_t root;          /* of a category: what the sheet is of, by index; NO_ENTRY: not said */
    const char *spelling; /* as it stands in the file first */
    int64_t count;        /* cells */
    const char *code;     /* of the best guess, "" where none is good */
    const char *name;     /* its name, "" */
    const char *others;   /* "CODE name; CODE name": what else it may be, "" */
    const char *key;      /* as aliases are kept: text_key_marked */
};

struct suggestions {
    struct suggestion
        *items; /* as found; after suggestions_guess by kind, then the most frequent */
    size_t count, cap;
    int64_t cells;         /* that hold one of the items */
    int64_t held;          /* cells that may hold a name and are not kept */
    int64_t several;       /* cells that name several things */
    struct buf example;    /* the first of those */
    bool *roots;           /* by category index: seen in cells that are known */
    size_t unit, category; /* --within */
    struct arena arena;
};
void suggestions_init(struct suggestions *s);
void suggestions_free(struct suggestions *s);

/* Reads the whole of an open file, instead of ingest_run and failing as that does. Several files
 * may follow each other. */
bool ingest_suggest(struct ingest *in, struct suggestions *s, struct err *e);

/* Fills code, name and others, and takes out what reads like a name and is near nothing. A category
 * is sought in the root that the sheet is called after or that the other rows are of, where that is
 * one. */
bool suggestions_guess(struct suggestions *s, const struct directory *d, const struct lists *l,
                       enum lang lang, struct err *e);

#endif
