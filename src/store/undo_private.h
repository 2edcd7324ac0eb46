/* undo_private.h: what the files undo*.c share. */
#ifndef KEOGIAM_STORE_UNDO_PRIVATE_H
#define KEOGIAM_STORE_UNDO_PRIVATE_H

#include "store/cover.h"
#include "store/id_set.h"
#include "store/store_private.h"

struct undo {
    int64_t target, id; /* the load (or undo) taken back; this undo's own number */
    int64_t ended, reopened;
    bool ended_units, ended_coverage; /* units or categories; coverage that was not declared */
    struct id_set blockers;           /* later loads that rest on the target's rows */
};

/* The one number that a query with ?1 = n, ?2 = m gives; 0 for null. Frees sql. */
bool undo_ask(struct store *s, struct buf *sql, int64_t n, int64_t m, int64_t *out, struct err *e);

/* Fails if there are blockers, naming them. */
bool undo_is_free(const struct undo *u, struct err *e);

/* ---- before: undo_rests.c ---- */
/* Finds the blockers that can be told beforehand. */
bool undo_find_blockers(struct store *s, struct undo *u, struct err *e);

/* ---- after: undo_check.c ---- */
/* What is left must hang together: more blockers; fails where rows that came back lack their
 * units. */
bool undo_check(struct store *s, struct undo *u, struct err *e);

/* ---- undo_cover.c ---- */
/* The coverage that holds now. */
struct cover_then {
    struct directory directory;
    struct cover cover;
};
bool cover_then_read(struct cover_then *c, struct store *s, struct err *e);
void cover_then_free(struct cover_then *c); /* accepts zero */
/* Later loads whose rows only the target's assumed coverage covered: more blockers. */
bool undo_find_uncovered(struct store *s, struct undo *u, const struct cover_then *before,
                         struct err *e);

#endif
