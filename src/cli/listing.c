#include "cli/listing.h"

#include <string.h>

bool listing_take(struct listing *l)
{
    if (l->count++ >= LISTING_MAX) {
        buf_adds(&l->b, l->count == LISTING_MAX + 1 ? ", …" : "");
        return false;
    }
    buf_adds(&l->b, l->count > 1 ? ", " : "");
    return true;
}

bool footer_say(struct result *r, const char *sentence, struct err *e)
{
    for (size_t i = 0; i < r->footer_count; i++)
        if (!strcmp(r->footers[i], sentence))
            return true;
    return result_add_footer(r, e, sentence);
}

bool footer_say_made(struct result *r, struct buf *sentence, struct err *e)
{
    bool ok = sentence->failed ? err_memory(e) : footer_say(r, buf_text(sentence), e);
    buf_free(sentence);
    return ok;
}

bool listing_say(struct listing *l, struct result *r, const char *sentence, struct err *e)
{
    struct buf b = {0};
    const char *slot = strstr(sentence, "%s");
    buf_add(&b, sentence, (size_t)(slot - sentence));
    buf_adds(&b, buf_text(&l->b));
    buf_adds(&b, slot + 2);
    bool ok = b.failed || l->b.failed ? err_memory(e) : !l->count || footer_say(r, b.data, e);
    buf_free(&b);
    buf_free(&l->b);
    return ok;
}
