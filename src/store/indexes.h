/* indexes.h (inside store/): the indexes of cases, taken away while very many of them change:
 * building them once on 10^6 random ids costs a tenth of keeping them live. In a transaction. */
#ifndef KEOGIAM_STORE_INDEXES_H
#define KEOGIAM_STORE_INDEXES_H

#include "store/db.h"

bool indexes_drop(struct db *db, struct err *e);
/* The unique one over the keys; *clash where two current rows have one key: it is not made then. */
bool indexes_make_key(struct db *db, bool *clash, struct err *e);
bool indexes_make_rest(struct db *db, struct err *e);

#endif
