/* undo_private.h: what the files undo*.c share. */
#ifndef KEOGIAM_STORE_UNDO_PRIVATE_H
#define KEOGIAM_STORE_UNDO_PRIVATE_H

#include "store/cover.h"
#include "store/store_private.h"

struct undo {
    int64_t target, id; /* the load (or undo) taken back; this undo's own number */
    int64_t ended, reopened;
    bool ended_units, ended_coverage; /* units or categories; coverage that was not declared */
};

/* The one number that a query with ?1 = n, ?2 = m gives; 0 for null. Frees sql. */
bool undo_ask(struct store *s, struct buf *sql, int64_t n, int64_t m, int64_t *out, struct err *e);

/* ---- before: undo_rests.c ---- */
/* A later load that stands on the target's rows; 0: none. */
bool undo_blocker(struct store *s, int64_t target, int64_t *by, struct err *e);

/* ---- after: undo_check.c ---- */
/* What is left must hang together: fails, naming the load that is in the way. */
bool undo_check(struct store *s, const struct undo *u, struct err *e);
bool undo_refuse(const struct undo *u, int64_t by, struct err *e);

/* ---- undo_cover.c ---- */
/* The coverage that holds now. */
struct cover_then {
    struct directory directory;
    struct cover cover;
};
bool cover_then_read(struct cover_then *c, struct store *s, struct err *e);
void cover_then_free(struct cover_then *c); /* accepts zero */
/* A later load whose rows only the target's assumed coverage covered; 0: none. */
bool undo_uncovers(struct store *s, const struct undo *u, const struct cover_then *before,
                   int64_t *by, struct err *e);

#endif
