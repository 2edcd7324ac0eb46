/* match.h: how well a head fits each kind. Internal to ingest/. */
#ifndef KEOGIAM_INGEST_MATCH_H
#define KEOGIAM_INGEST_MATCH_H

#include "ingest/ingest.h"

/* What a column of the file is to a kind: a slot (>= 0), or: */
enum role { ROLE_UNKNOWN = -1, ROLE_PARENT = -2, ROLE_PERIOD = -3, ROLE_LEFT_OUT = -4 };

/* Between the texts of one column where a head has several rows. */
#define HEAD_JOIN '\x1f'

struct known_heads;

/* The head's names as keys without spaces, and what --map says of them. */
struct head {
    const char *file; /* for messages */
    size_t count;
    const char **names; /* as written, trimmed, rows joined */
    const char **keys;
    const char **turned; /* the lowest row first; "" where there is one row */
    const char **under;  /* the lowest row alone, where it may stand alone; else "" */
    struct known_heads *known;
    const char **mapped;      /* the column that --map names, or NULL */
    struct calendar calendar; /* of names of periods */
    const struct ingest_options *options;
    struct arena arena;
};
/* The fields' rows are joined by HEAD_JOIN. `known` outlives the head. */
bool head_init(struct head *h, const struct ingest_options *o, struct known_heads *known,
               const char *file, const struct record *rec, struct err *e);
void head_free(struct head *h);

/* A kind's names and aliases as keys. */
struct column_names {
    const struct kind *kind;
    struct column_name {
        const char *key;
        int slot;
    } * names; /* every name before the first alias */
    size_t count, cap;
    struct arena arena;
};
bool column_names_init(struct column_names *c, const struct kind *k, struct err *e);
void column_names_free(struct column_names *c); /* accepts zero */

/* The slot that a column's name, alias or `parent` means to the kind; or ROLE_PARENT, ROLE_LEFT_OUT
 * ("-"), ROLE_UNKNOWN. */
int column_names_find(const struct column_names *c, const char *name);

/* The key of a column of running numbers (STT), which nobody misses. */
bool head_is_number(const char *key);
/* The first such column; NO_ENTRY: none. */
size_t head_number(const struct head *h);

/* By key; ROLE_UNKNOWN. */
int column_names_find_key(const struct column_names *c, const char *key);

/* The key of a head without its spaces: "Mã vụ", "ma_vu" and "MAVU" are one. Replaces *key. */
bool head_key(const char *text, size_t n, struct buf *key);

/* Bytes of "Loại vụ việc" in "Loại vụ việc 2" and "Loại vụ việc 2: …": a column that is there
 * several times; 0: it is not numbered. */
size_t head_numbered(const char *name);

/* The names of all kinds, each read when it is first asked for. */
struct known_heads {
    struct column_names kinds[KIND_TOTAL];
};
/* NULL: out of memory. */
const struct column_names *known_heads_of(struct known_heads *known, const struct kind *k,
                                          struct err *e);
void known_heads_free(struct known_heads *known); /* accepts zero */

struct match {
    const struct kind *kind;
    const struct column_names *names;
    int *roles;     /* one a column: a slot or an enum role */
    size_t matched; /* columns that have a role */
    size_t doubles; /* columns that have the role of another */
    size_t periods;
    bool filled[ROW_SLOTS]; /* by a column or a constant */
    bool maps_fit;          /* --map and --const name columns that the kind has */
};
bool match_init(struct match *m, const struct head *h, const struct kind *k, struct err *e);
void match_free(struct match *m); /* accepts zero */

/* The required columns that are missing, comma-separated; none where the head fits. */
void match_missing(const struct match *m, struct buf *missing);

/* The kind of the file: forced by --as, or the one whose columns fit best. Fails (ERR_INPUT). */
bool match_choose(const struct head *h, bool geojson, struct match *best, struct err *e);

/* How well a head fits without --as, or with it that kind. */
struct match_rating {
    const struct kind *kind;
    bool fits;
    long score; /* columns found; a column twice counts against it */
};
bool match_rate(const struct head *h, struct match_rating *rating, struct err *e);

#endif
