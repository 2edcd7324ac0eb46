/* The unknown places P/? that a cell may name. */
#include <string.h>

#include "base/text.h"
#include "ingest/directory_index.h"

bool directory_says_unknown(const char *text, size_t n)
{
    static const char *const words[] = {"unknown", "not known",      "khong ro",
                                        "chua ro", "khong xac dinh", "chua xac dinh"};
    struct buf key = {0};
    bool says = n == 1 && *text == '?';
    if (!says && text_key(text, n, &key))
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            says = says || !strcmp(buf_text(&key), words[i]);
    buf_free(&key);
    return says;
}

size_t directory_unknown_place(const struct directory *d, size_t p, day at)
{
    struct buf code = {0};
    buf_addf(&code, "%s/?", d->units[p].code);
    size_t found = code.failed ? NO_ENTRY : directory_unit_by_code(d, buf_text(&code), at);
    buf_free(&code);
    return found;
}

/* The only unit on top on that day; NO_ENTRY where there are none or several codes. */
static size_t only_top(const struct directory *d, day at)
{
    size_t top = NO_ENTRY;
    for (size_t i = 0; i < d->unit_count; i++) {
        const struct unit *u = &d->units[i];
        if (u->parent != NO_ENTRY || u->is_unknown || (at != DAY_NONE && !span_has(u->valid, at)))
            continue;
        if (top != NO_ENTRY && strcmp(d->units[top].code, u->code) != 0)
            return NO_ENTRY;
        top = i;
    }
    return top;
}

bool directory_find_unknown(const struct directory *d, day at, size_t within, enum lang lang,
                            size_t *found, struct buf *why)
{
    size_t parent = within != NO_ENTRY ? within : only_top(d, at);
    size_t place = parent == NO_ENTRY ? NO_ENTRY : directory_unknown_place(d, parent, at);
    if (place == NO_ENTRY)
        buf_adds(why,
                 tr(lang, "unknown place, and it is not clear in which unit: name the unit with "
                          "--within"));
    else
        *found = place;
    return place != NO_ENTRY;
}
