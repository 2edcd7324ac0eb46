/* load_returned.h: what loading a template that comes back means beside its rows: its unit is known
 * for its period, with or without cases. */
#ifndef KEOGIAM_CLI_LOAD_RETURNED_H
#define KEOGIAM_CLI_LOAD_RETURNED_H

#include <stdio.h>

#include "cli/load_file.h"
#include "ingest/returned.h"

/* The coverage that a template declares: its unit, its days, every root; units and categories of
 * the claim are to be freed. Fails (ERR_INPUT): its unit is none. */
bool returned_claim(const struct session *s, const struct returned *r, const char *path,
                    struct coverage_claim *claim, struct err *e);

/* Fails (ERR_INPUT): ticked as a nil return and has rows; has no rows and is not ticked; is ticked
 * and names no unit. r may be NULL. */
bool returned_check(const struct returned *r, size_t rows, const char *path, struct err *e);

/* Loads a nil return: a row of coverage whose total is 0, compared with the cases there are. */
bool returned_load_nil(struct session *s, const struct returned *r, const struct load_file *f,
                       struct err *e);

/* One line for people where a unit is named; r may be NULL. */
void returned_say(const struct returned *r, const char *path, FILE *out, enum lang lang);

#endif
