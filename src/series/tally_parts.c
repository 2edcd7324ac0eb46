/* Units of other boundaries in a tally: the days on which each is counted, and what the cases of
 * divided units leave open. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "series/tally_private.h"

static size_t part_count(const struct tallying *y)
{
    return y->scope->slot_count - y->scope->unit_count;
}

static const struct scope_part *part_at(const struct tallying *y, size_t slot)
{
    return &y->scope->parts[slot - y->scope->unit_count];
}

/* ---- days ---- */

/* The unit whose days a part is counted on; NO_ENTRY: those of several. */
static size_t owner_of(const struct tallying *y, size_t slot)
{
    const struct scope_part *part = part_at(y, slot);
    if (part->is_divided)
        return NO_ENTRY;
    return part->line->fate == FATE_ABOVE ? y->scope->parent[slot] : part->targets[0];
}

/* Of what was above units that are not all in the scope nothing is counted. */
static bool is_outside(const struct tallying *y, size_t slot)
{
    return !part_at(y, slot)->is_divided && part_at(y, slot)->line->fate == FATE_ABOVE &&
           y->scope->parent[slot] == NO_ENTRY;
}

const struct spans *tally_part_days(const struct tallying *y, size_t window, size_t slot)
{
    const struct window *w = &y->windows[window];
    size_t owner = owner_of(y, slot);
    if (is_outside(y, slot))
        return &no_days;
    if (owner != NO_ENTRY)
        return window_days(y, window, owner);
    if (!w->by_unit && !w->units)
        return w->days;
    return &y->part_days[window * part_count(y) + slot - y->scope->unit_count];
}

/* Within the part's own time: beyond it nothing can be counted there. */
static bool clipped(const struct tallying *y, size_t window, size_t slot, size_t target,
                    struct spans *out, struct err *e)
{
    return spans_clip(out, window_days(y, window, target),
                      y->scope->directory->units[y->scope->units[slot]].valid, e);
}

/* The days of any target; whether they differ. */
static bool join_days(struct tallying *y, size_t window, size_t slot, struct err *e)
{
    const struct scope_part *part = part_at(y, slot);
    size_t at = window * part_count(y) + slot - y->scope->unit_count;
    struct spans first = {0};
    bool ok = clipped(y, window, slot, part->targets[0], &first, e) &&
              spans_add_all(&y->part_days[at], &first, e);
    for (size_t i = 1; ok && i < part->target_count; i++) {
        struct spans next = {0};
        ok = clipped(y, window, slot, part->targets[i], &next, e) &&
             spans_add_all(&y->part_days[at], &next, e);
        y->part_split[at] |= !spans_equal(&first, &next);
        spans_free(&next);
    }
    spans_free(&first);
    return ok;
}

bool tally_index_parts(struct tallying *y, struct err *e)
{
    size_t n = part_count(y) * y->t->window_count + 1;
    bool ok = true, any = false;
    for (size_t slot = y->scope->unit_count; slot < y->scope->slot_count; slot++)
        any |= part_at(y, slot)->is_divided;
    if (!any)
        return true;
    y->part_days = calloc(n, sizeof *y->part_days);
    y->part_split = calloc(n, sizeof *y->part_split);
    if (!y->part_days || !y->part_split)
        return err_memory(e);
    for (size_t w = 0; ok && w < y->t->window_count; w++)
        for (size_t s = y->scope->unit_count; ok && s < y->scope->slot_count; s++)
            if (part_at(y, s)->is_divided && (y->windows[w].by_unit || y->windows[w].units))
                ok = join_days(y, w, s, e);
    return ok;
}

void tally_index_parts_free(struct tallying *y)
{
    size_t n = y->scope ? part_count(y) * y->t->window_count : 0;
    for (size_t i = 0; y->part_days && i < n; i++)
        spans_free(&y->part_days[i]);
    free(y->part_days);
    free(y->part_split);
}

/* ---- divided units ---- */

/* One cell of a divided unit that holds something. */
struct leftover {
    size_t slot, category, window;
    int64_t n;
    bool split; /* the units that may have it are not counted on the same days */
};

static bool is_marked(const bool *seen, size_t slot)
{
    return slot == NO_ENTRY || seen[slot];
}

/* Each unit above a target, up to the one that has all of it, may have it: once each. */
static void spread(struct tallying *y, const struct leftover *x, bool *seen)
{
    const struct scope_part *part = part_at(y, x->slot);
    size_t whole = y->scope->parent[x->slot];
    for (size_t i = 0; i < part->target_count; i++)
        for (size_t u = part->targets[i]; u != whole && !is_marked(seen, u);
             u = y->scope->parent[u]) {
            seen[u] = true;
            y->t->possible[tally_at(y->t, u, x->category, x->window)] += x->n;
        }
    for (size_t i = 0; i < part->target_count; i++)
        for (size_t u = part->targets[i]; u != NO_ENTRY; u = y->scope->parent[u])
            seen[u] = false;
}

/* A total that compares only some of the heirs does not know which of the cases were theirs. */
static void withdraw(struct tallying *y, const struct leftover *x)
{
    for (size_t u = y->scope->parent[x->slot]; u != NO_ENTRY; u = y->scope->parent[u]) {
        size_t at = tally_at(y->t, u, x->category, x->window);
        if (y->rows) {
            y->t->marks[at] |= TALLY_UNKNOWN; /* a stated total may have stood in between */
            continue;
        }
        y->t->counts[at] -= x->n;
        y->t->possible[at] += x->n;
    }
}

static void judge_cell(struct tallying *y, const struct leftover *x, bool *seen)
{
    if (!x->n)
        return;
    spread(y, x, seen);
    if (x->split)
        withdraw(y, x);
}

static void judge_slot(struct tallying *y, size_t slot, bool *seen)
{
    size_t part = slot - y->scope->unit_count;
    for (size_t c = 0; c < y->scope->category_count; c++)
        for (size_t w = 0; w < y->t->window_count; w++) {
            const struct leftover x = {slot, c, w, y->t->counts[tally_at(y->t, slot, c, w)],
                                       y->part_split[w * part_count(y) + part]};
            judge_cell(y, &x, seen);
        }
}

bool tally_judge_parts(struct tallying *y, struct err *e)
{
    if (!y->part_days)
        return true;
    size_t cells = y->scope->slot_count * y->scope->category_count * y->t->window_count;
    bool *seen = calloc(y->scope->slot_count + 1, sizeof *seen);
    y->t->possible = calloc(cells + 1, sizeof *y->t->possible);
    bool ok = (seen && y->t->possible) || err_memory(e);
    for (size_t s = y->scope->unit_count; ok && s < y->scope->slot_count; s++)
        if (part_at(y, s)->is_divided)
            judge_slot(y, s, seen);
    free(seen);
    return ok;
}
