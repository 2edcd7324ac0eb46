#include "cli/letterhead_of.h"

#include <stdlib.h>

#include "sys/sys.h"

bool letterhead_of(const struct session *s, const struct letterhead_unit *unit,
                   struct letterhead *head, struct arena *arena, struct err *e)
{
    struct buf kept = {0};
    bool found = false, ok = true;
    const char *path = arg(s->request, OPT_LETTERHEAD);
    if (!path)
        ok = store_config_get(s->store, "letterhead", &kept, &found, e);
    if (!path && found)
        path = buf_text(&kept);
    ok = ok && letterhead_read(head, path, unit, arena, e);
    buf_free(&kept);
    return ok;
}

int64_t document_created(day last)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    return epoch && *epoch ? sys_now() : (int64_t)last * 86400;
}
