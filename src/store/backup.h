/* backup.h: the whole database as one sealed file, and back.
 *
 * Rows, states, loads, settings and the audit table: all of it, so that what is restored gives the
 * same bytes in every export and table.
 */
#ifndef KEOGIAM_STORE_BACKUP_H
#define KEOGIAM_STORE_BACKUP_H

#include "store/seal.h"
#include "store/store.h"

/* Writes the database, as of one instant, when it has proved whole: a copy of a damaged one helps
 * nobody. Readers go on meanwhile, writers wait. Fails: damaged; what `to` says. Cost: two passes
 * over the file, and the key's (seal.h). */
bool store_backup(struct store *s, const char *passphrase, const struct seal_cost *cost,
                  const struct seal_to *to, struct err *e);

/* What a restored file is tried by, before anybody relies on it. Fails: damaged. */
bool store_check(struct store *s, struct err *e);

/* Nobody else reads or writes until the store is closed; nothing is changed. Fails: another program
 * is using the database, after the usual wait. */
bool store_hold(struct store *s, struct err *e);

#endif
