#include "base/near.h"

#include <string.h>

enum { LENGTH_MAX = 255 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t near_distance(const char *a, const char *b, size_t most)
{
    size_t row[LENGTH_MAX + 1];
    size_t n = least(strlen(a), LENGTH_MAX), m = least(strlen(b), LENGTH_MAX);
    if ((n > m ? n - m : m - n) > most)
        return most + 1;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0], best = row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t above = row[j], substituted = diagonal + (a[i - 1] != b[j - 1]);
            row[j] = least(substituted, least(above, row[j - 1]) + 1);
            diagonal = above;
            best = least(best, row[j]);
        }
        if (best > most)
            return most + 1;
    }
    return least(row[m], most + 1);
}

void near_offer(struct near_word *nearest, const char *word, const char *key, const char *candidate,
                size_t most)
{
    size_t distance = near_distance(word, key, most);
    if (distance > most || (nearest->word && distance >= nearest->distance))
        return;
    *nearest = (struct near_word){candidate, distance};
}
