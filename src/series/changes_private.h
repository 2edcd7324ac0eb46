/* changes_private.h: shared by changes.c (the two states) and changes_cases.c (case by case). */
#ifndef KEOGIAM_SERIES_CHANGES_PRIVATE_H
#define KEOGIAM_SERIES_CHANGES_PRIVATE_H

#include "series/changes.h"

/* No tree is deeper. */
enum { DEPTH_MAX = 16 };

/* The places of a slot and of those above it; none of NO_ENTRY. Returns how many. */
size_t changes_climb(const size_t *parent, const size_t *place, size_t slot, size_t out[DEPTH_MAX]);

/* Fills c->numbers and c->listed. */
bool changes_read(struct changes *c, struct store *s, struct err *e);

#endif
