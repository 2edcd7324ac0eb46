#include "store/indexes.h"

/* As in the schema. */
static const char *const make_key =
    "CREATE UNIQUE INDEX incident_key ON incident(source, case_id) WHERE load_to IS NULL";
static const char *const make_rest =
    "CREATE INDEX incident_received ON incident(received_on, unit, category_set, outcome, load_to)"
    " WHERE load_to IS NULL";

bool indexes_drop(struct db *db, struct err *e)
{
    return db_exec(db, "DROP INDEX incident_key; DROP INDEX incident_received", e);
}

bool indexes_make_key(struct db *db, bool *clash, struct err *e)
{
    struct stmt *make = NULL;
    if (!db_prepare(db, make_key, &make, e))
        return false;
    enum db_step step = db_step(make, e);
    *clash = step == DB_CONFLICT;
    db_finalize(make);
    return step != DB_ERROR;
}

bool indexes_make_rest(struct db *db, struct err *e)
{
    return db_exec(db, make_rest, e);
}
