/* id_set.h (inside store/): a set of row numbers, one bit each: they begin at 1 and leave few
 * gaps. */
#ifndef KEOGIAM_STORE_ID_SET_H
#define KEOGIAM_STORE_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct id_set {
    unsigned char *bits;
    size_t bytes;
};

void id_set_free(struct id_set *s); /* accepts zero */
/* Ids are 0 or above. Cost: memory up to the largest. */
bool id_set_add(struct id_set *s, int64_t id, struct err *e);
bool id_set_has(const struct id_set *s, int64_t id);

#endif
