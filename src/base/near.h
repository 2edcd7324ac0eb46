/* near.h: how far two words are from each other, for messages that name what was probably meant.
 */
#ifndef KEOGIAM_BASE_NEAR_H
#define KEOGIAM_BASE_NEAR_H

#include <stddef.h>

/* Edit distance (Wagner & Fischer 1974) in bytes; most + 1 where it is more than `most`. Of longer
 * words the first 255 bytes are compared. Cost: the product of the lengths, less where the distance
 * is seen to pass `most`. */
size_t near_distance(const char *a, const char *b, size_t most);

/* The nearest so far. */
struct near_word {
    const char *word; /* what was offered with the smallest distance, the earlier of two; or NULL */
    size_t distance;
};

/* Offers `candidate`, which `key` stands for, as what `word` may have meant; further away than
 * `most` is not near. */
void near_offer(struct near_word *nearest, const char *word, const char *key, const char *candidate,
                size_t most);

#endif
