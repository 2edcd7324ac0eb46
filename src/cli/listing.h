/* listing.h: sentences below a table that name a few things: "…: A, B, C, D, E, …." */
#ifndef KEOGIAM_CLI_LISTING_H
#define KEOGIAM_CLI_LISTING_H

#include "base/result.h"

enum { LISTING_MAX = 5 };

struct listing {
    struct buf b; /* the names, comma between; written behind listing_take */
    size_t count;
};

/* Makes room for one more name; false: there are enough, it is not to be written. */
bool listing_take(struct listing *l);

/* Adds the sentence (one %s for the names) to the footers, unless there are no names or it stands
 * there already; frees them. */
bool listing_say(struct listing *l, struct result *r, const char *sentence, struct err *e);

/* Adds a sentence once. */
bool footer_say(struct result *r, const char *sentence, struct err *e);
/* The same of a sentence put together; frees it. */
bool footer_say_made(struct result *r, struct buf *sentence, struct err *e);

#endif
