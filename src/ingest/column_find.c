/* One head, such as somebody types before a value, against the columns of a kind. */
#include <string.h>

#include "base/near.h"
#include "base/text.h"
#include "ingest/match.h"

enum { SLIPS = 3 };

/* The keys have no spaces; the column's name stands for all its aliases. */
static bool offer_near(const struct column_names *names, const char *head, const char **near,
                       struct err *e)
{
    struct near_word best = {0};
    struct buf key = {0};
    if (!text_key(head, strlen(head), &key)) {
        buf_free(&key);
        return true; /* no text: like none */
    }
    for (size_t i = 0; i < names->count; i++)
        near_offer(&best, buf_text(&key), names->names[i].key,
                   names->kind->columns[names->names[i].slot].name, SLIPS);
    bool ok = !key.failed || err_memory(e);
    buf_free(&key);
    *near = best.word;
    return ok;
}

bool ingest_find_column(const struct kind *kind, const char *head, size_t *slot, const char **near,
                        struct err *e)
{
    struct column_names names;
    *slot = kind->column_count;
    *near = NULL;
    if (!column_names_init(&names, kind, e))
        return false;
    int role = column_names_find(&names, head);
    bool ok = true;
    if (role >= 0)
        *slot = (size_t)role;
    else
        ok = offer_near(&names, head, near, e);
    column_names_free(&names);
    return ok;
}
