/* Units that do not exist on the scope's boundaries, as parts of those that do. */
#include <math.h>
#include <stdlib.h>

#include "series/scope_private.h"

/* ---- above several units ---- */

static size_t depth_of(const struct scope *s, size_t slot)
{
    size_t depth = 0;
    for (; slot != NO_ENTRY; slot = s->parent[slot])
        depth++;
    return depth;
}

static size_t common_above(const struct scope *s, size_t a, size_t b)
{
    size_t da = a == NO_ENTRY ? 0 : depth_of(s, a), db = b == NO_ENTRY ? 0 : depth_of(s, b);
    for (; da > db; da--)
        a = s->parent[a];
    for (; db > da; db--)
        b = s->parent[b];
    while (a != b) {
        a = s->parent[a];
        b = s->parent[b];
    }
    return a;
}

/* The smallest unit above all heirs; NO_ENTRY where there is none, or some are not in the scope. */
static size_t above_heirs(const struct scope *s, const struct lineage_unit *line)
{
    size_t above = NO_ENTRY;
    for (size_t i = 0; i < line->heir_count; i++) {
        size_t slot = s->unit_slot[line->heirs[i].unit];
        if (slot == NO_ENTRY || line->leaves)
            return NO_ENTRY;
        above = i ? common_above(s, above, slot) : slot;
    }
    return above;
}

/* The unknown place in a unit, else the unit: what was unknown in a district is unknown above its
 * heirs. */
static size_t unknown_in(const struct scope *s, size_t slot)
{
    for (size_t u = slot; slot != NO_ENTRY && u < s->unit_count; u++)
        if (s->parent[u] == slot && s->directory->units[s->units[u]].is_unknown)
            return u;
    return slot;
}

/* ---- parts ---- */

/* How many slots a unit needs: with shares one an heir in the scope, else one. */
static size_t parts_of(const struct scope *s, size_t unit, size_t *in_scope)
{
    const struct lineage_unit *line = &s->lineage->units[unit];
    *in_scope = 0;
    for (size_t i = 0; i < line->heir_count; i++)
        *in_scope += s->unit_slot[line->heirs[i].unit] != NO_ENTRY;
    if (line->fate == FATE_STAYS || !*in_scope)
        return 0;
    return line->fate == FATE_SHARED ? *in_scope : 1;
}

static size_t count_parts(const struct scope *s)
{
    size_t n = 0, in_scope;
    for (size_t u = 0; u < s->directory->unit_count; u++)
        n += parts_of(s, u, &in_scope);
    return n;
}

static bool grow_to(size_t **items, size_t n, struct err *e)
{
    void *grown = *items;
    size_t cap = 0;
    bool ok = array_grow(&grown, &cap, n, sizeof **items, e);
    *items = grown;
    return ok;
}

static bool grow_slots(struct scope *s, size_t parts, struct err *e)
{
    size_t n = s->unit_count + parts + 1;
    s->parts = calloc(parts + 1, sizeof *s->parts);
    return s->parts ? grow_to(&s->units, n, e) && grow_to(&s->parent, n, e) : err_memory(e);
}

/* heir: of a share; NO_ENTRY: the whole unit. */
static bool add_part(struct scope *s, size_t unit, size_t heir, size_t parent, struct err *e)
{
    const struct lineage_unit *line = &s->lineage->units[unit];
    struct scope_part *part = &s->parts[s->slot_count - s->unit_count];
    part->line = line;
    part->heir = heir;
    part->targets = malloc((line->heir_count + 1) * sizeof *part->targets);
    if (!part->targets)
        return err_memory(e);
    for (size_t i = 0; i < line->heir_count; i++) {
        size_t slot = s->unit_slot[line->heirs[i].unit];
        if (slot != NO_ENTRY && (heir == NO_ENTRY || heir == i))
            part->targets[part->target_count++] = slot;
    }
    /* what was above them all is of none of them, unless they have nothing above them in common */
    bool all = part->target_count == line->heir_count;
    part->is_divided =
        line->fate == FATE_DIVIDED || (line->fate == FATE_ABOVE && parent == NO_ENTRY && all);
    if (s->first_part[unit] == NO_ENTRY)
        s->first_part[unit] = s->slot_count;
    s->units[s->slot_count] = unit;
    s->parent[s->slot_count++] = parent;
    return true;
}

static bool add_parts(struct scope *s, size_t unit, struct err *e)
{
    const struct lineage_unit *line = &s->lineage->units[unit];
    size_t in_scope;
    bool ok = true;
    if (!parts_of(s, unit, &in_scope))
        return true;
    if (line->fate != FATE_SHARED) {
        size_t above = above_heirs(s, line);
        return add_part(s, unit, NO_ENTRY, line->fate == FATE_ABOVE ? unknown_in(s, above) : above,
                        e);
    }
    for (size_t i = 0; ok && i < line->heir_count; i++)
        if (s->unit_slot[line->heirs[i].unit] != NO_ENTRY)
            ok = add_part(s, unit, i, s->unit_slot[line->heirs[i].unit], e);
    return ok;
}

/* What was above the units of a day is part of none of them. */
static size_t target_count(const struct scope_part *part)
{
    return part->line->fate == FATE_ABOVE ? 0 : part->target_count;
}

static bool index_parts(struct scope *s, struct err *e)
{
    size_t total = 0, parts = s->slot_count - s->unit_count;
    size_t *starts = calloc(s->unit_count + 2, sizeof *starts);
    s->made_of_starts = starts;
    for (size_t p = 0; starts && p < parts; p++)
        for (size_t i = 0; i < target_count(&s->parts[p]); i++, total++)
            starts[s->parts[p].targets[i] + 1]++;
    s->made_of = malloc((total + 1) * sizeof *s->made_of);
    if (!starts || !s->made_of)
        return err_memory(e);
    for (size_t u = 0; u < s->unit_count; u++)
        starts[u + 1] += starts[u];
    for (size_t p = 0; p < parts; p++)
        for (size_t i = 0; i < target_count(&s->parts[p]); i++)
            s->made_of[starts[s->parts[p].targets[i]]++] = s->unit_count + p;
    for (size_t u = s->unit_count; u > 0; u--) /* each start has moved to its end */
        starts[u] = starts[u - 1];
    starts[0] = 0;
    return true;
}

/* A unit lives as long as anything that it is made of, and so do those above it. */
static void widen_lives(struct scope *s)
{
    for (size_t slot = s->unit_count; slot < s->slot_count; slot++) {
        const struct scope_part *part = &s->parts[slot - s->unit_count];
        struct span valid = s->directory->units[s->units[slot]].valid;
        for (size_t i = 0; i < target_count(part); i++)
            for (size_t u = part->targets[i]; u != NO_ENTRY; u = s->parent[u]) {
                struct span *life = &s->life[u];
                life->from = valid.from < life->from ? valid.from : life->from;
                life->to = valid.to > life->to ? valid.to : life->to;
            }
    }
}

bool scope_take_parts(struct scope *s, struct err *e)
{
    bool ok = grow_slots(s, count_parts(s), e);
    for (size_t u = 0; ok && u < s->directory->unit_count; u++)
        ok = add_parts(s, u, e);
    if (ok)
        widen_lives(s);
    return ok && index_parts(s, e);
}

size_t scope_place(const struct scope *s, size_t unit)
{
    size_t part = s->first_part[unit];
    if (part == NO_ENTRY)
        return s->unit_slot[unit];
    const struct lineage_unit *line = s->parts[part - s->unit_count].line;
    return line->fate == FATE_SHARED ? above_heirs(s, line) : s->parent[part];
}

bool scope_is_bounded(const struct scope *s, size_t unit, struct span days)
{
    const size_t *parts;
    size_t n = scope_parts(s, unit, &parts);
    for (size_t i = 0; i < n; i++)
        if (s->parts[parts[i] - s->unit_count].is_divided &&
            !span_is_empty(span_intersect(s->directory->units[s->units[parts[i]]].valid, days)))
            return true;
    return false;
}
