/* schema.h: the SQLite schema: its version, its migrations, the analysts' views. */
#ifndef KEOGIAM_STORE_SQLITE_SCHEMA_H
#define KEOGIAM_STORE_SQLITE_SCHEMA_H

#include "store/db.h"

/* A new file gets every table; an older schema is brought up to date, in one transaction, where the
 * file can be written. Fails (ERR_INPUT): no database of ours, or one made by a newer program. */
bool schema_prepare(struct db *db, const char *place, bool create, bool read_only, struct err *e);

#endif
