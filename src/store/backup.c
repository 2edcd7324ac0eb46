#include "store/backup.h"

#include <stdlib.h>

#include "store/store_private.h"

static bool seal_block(void *context, const void *bytes, size_t n, struct err *e)
{
    return seal_add(context, bytes, n, e);
}

bool store_backup(struct store *s, const char *passphrase, const struct seal_cost *cost,
                  const struct seal_to *to, struct err *e)
{
    struct seal *seal = malloc(sizeof *seal);
    if (!seal)
        return err_memory(e);
    bool ok = store_check(s, e) && seal_begin(seal, to, passphrase, cost, e) &&
              db_each_block(s->db, seal_block, seal, e) && seal_end(seal, e);
    seal_wipe(seal);
    free(seal);
    return ok;
}

bool store_check(struct store *s, struct err *e)
{
    return db_check(s->db, e);
}

bool store_hold(struct store *s, struct err *e)
{
    return db_hold(s->db, e);
}
