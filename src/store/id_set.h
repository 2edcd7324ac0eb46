/* id_set.h (inside store/): a set of row numbers. */
#ifndef KEOGIAM_STORE_ID_SET_H
#define KEOGIAM_STORE_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct id_set {
    int64_t *slots; /* hash table; 0: free */
    size_t count, slot_count;
};

void id_set_free(struct id_set *s); /* accepts zero */
/* Ids are above 0; one that is there already stays there once. */
bool id_set_add(struct id_set *s, int64_t id, struct err *e);
bool id_set_has(const struct id_set *s, int64_t id);

#endif
