/* What a counts file leaves open: zero or unknown? (contract 3) An absent row is zero where the file has its
 * siblings for that unit and period; a whole subtree likewise. What lies below a total that is only stated, and
 * what only rows coarser than the window speak of, is unknown. Where a case file speaks for the days, no case
 * is zero and nothing here applies. */
#include "series/tally_private.h"

static bool cases_speak(const struct tallying *y, size_t unit, size_t w)
{
    const struct spans *days = window_days(&y->windows[w], unit);
    for (size_t i = 0; i < days->count; i++)
        if (!spans_contain(&y->known->cases[unit], days->items[i]))
            return false;
    return true; /* a window without days asks nothing */
}

static bool has_rows(const struct tallying *y, size_t unit, size_t c, size_t w)
{
    return y->present[tally_present_at(y, unit, c, w)] & (PRESENT_ROWS | PRESENT_BELOW);
}

/* Children stand behind their parents in the directory. */
static void gather_subtrees(struct tallying *y, size_t unit, size_t w)
{
    const struct directory *d = y->t->scope->directory;
    for (size_t c = d->category_count; c-- > 0;)
        if (d->categories[c].parent != NO_ENTRY)
            y->present[tally_present_at(y, unit, d->categories[c].parent, w)] |=
                has_rows(y, unit, c, w) ? PRESENT_BELOW : 0;
}

/* Some child of the parent has rows in its subtree: then one without is zero, and all that is below it. */
static bool is_absent_zero(const struct tallying *y, size_t unit, size_t c, size_t w)
{
    const struct directory *d = y->t->scope->directory;
    for (; c != NO_ENTRY && !has_rows(y, unit, c, w); c = d->categories[c].parent) {
        size_t parent = d->categories[c].parent;
        if (parent != NO_ENTRY && (y->present[tally_present_at(y, unit, parent, w)] & PRESENT_BELOW))
            return true;
    }
    return false;
}

static void mark_unit(struct tallying *y, size_t unit, size_t w)
{
    const struct scope *s = y->t->scope;
    for (size_t slot = 0; slot < s->category_count; slot++) {
        size_t c = s->categories[slot];
        size_t at = tally_at(y->t, unit, slot, w);
        if (has_rows(y, unit, c, w) || is_absent_zero(y, unit, c, w))
            continue;
        y->t->marks[at] |= y->present[tally_present_at(y, unit, c, w)] & PRESENT_COARSE ? TALLY_COARSE
                                                                                        : TALLY_UNKNOWN;
    }
}

void tally_mark_unknown(struct tallying *y)
{
    const struct scope *s = y->t->scope;
    for (size_t u = 0; u < s->unit_count; u++)
        for (size_t w = 0; w < y->t->window_count; w++) {
            if (!y->known->counts[u].count || cases_speak(y, u, w))
                continue;
            gather_subtrees(y, u, w);
            mark_unit(y, u, w);
        }
}
