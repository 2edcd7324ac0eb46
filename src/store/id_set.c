#include "store/id_set.h"

#include <stdlib.h>
#include <string.h>

void id_set_free(struct id_set *s)
{
    free(s->bits);
    *s = (struct id_set){0};
}

static bool grow(struct id_set *s, size_t need, struct err *e)
{
    size_t bytes = s->bytes ? s->bytes : 64;
    while (bytes < need)
        bytes *= 2;
    unsigned char *bits = realloc(s->bits, bytes);
    if (!bits)
        return err_memory(e);
    memset(bits + s->bytes, 0, bytes - s->bytes);
    s->bits = bits;
    s->bytes = bytes;
    return true;
}

bool id_set_add(struct id_set *s, int64_t id, struct err *e)
{
    size_t byte = (size_t)id / 8;
    if (byte >= s->bytes && !grow(s, byte + 1, e))
        return false;
    s->bits[byte] |= (unsigned char)(1U << (id & 7));
    return true;
}

bool id_set_has(const struct id_set *s, int64_t id)
{
    size_t byte = (size_t)id / 8;
    return byte < s->bytes && (s->bits[byte] >> (id & 7) & 1);
}
