/* schema.h: the SQLite schema: its version, its migrations, the analysts' views. */
#ifndef KEOGIAM_STORE_SQLITE_SCHEMA_H
#define KEOGIAM_STORE_SQLITE_SCHEMA_H

#include "store/db.h"

/* DB_CREATE: makes every table. DB_WRITE: brings an older schema up to date, in one transaction. DB_READ:
 * checks the version. Fails (ERR_INPUT): no database of ours, or one made by a newer program. */
bool schema_prepare(struct db *db, enum db_mode mode, struct err *e);

#endif
