/* Units whose counts do not fit the days asked: a year's count for a half-year, calendar months for
 * those of 12-15. */
#include "series/compare_private.h"

/* Of every category asked for, in either period. */
static bool is_coarse(const struct compare *c, size_t u)
{
    bool all = c->q->category_count > 0;
    for (size_t i = 0; all && i < c->q->category_count; i++) {
        size_t at = tally_at(&c->tally, u, c->scope.category_slot[c->q->categories[i]], 0);
        all = (c->tally.marks[at + c->window[W_NOW]] | c->tally.marks[at + c->window[W_BEFORE]]) &
              TALLY_COARSE;
    }
    return all;
}

bool compare_set_apart(struct compare *c)
{
    size_t coarse = 0, compared = 0;
    for (size_t u = 0; u < c->scope.unit_count; u++)
        if (compare_asks(c, u) && c->compared[u]) {
            compared++;
            coarse += is_coarse(c, u);
        }
    if (!coarse || 2 * coarse > compared)
        return false;
    for (size_t u = 0; u < c->scope.unit_count; u++)
        if (compare_asks(c, u) && c->compared[u] && is_coarse(c, u))
            c->compared[u] = false;
    return true;
}
