#include "cli/status_unreported.h"

#include <stdlib.h>

#include "cli/cover_part.h"

/* One category on its way. */
struct looking {
    struct unreported *g;
    const struct status *st;
    bool over;
    size_t category;
    struct known known;
    struct span all;   /* from the first to the last day that is asked for */
    day to;            /* the last that anybody spoke for */
    bool *has_sibling; /* by unit slot: some unit of the same parent is spoken for */
};

static struct span said_span(const struct cover *said, size_t category)
{
    struct span all = {DAY_MAX, DAY_MIN};
    for (size_t i = 0; i < said->count; i++) {
        struct span by = said->rows[i].span;
        if (said->rows[i].category != category)
            continue;
        all.from = by.from < all.from ? by.from : all.from;
        all.to = by.to > all.to ? by.to : all.to;
    }
    return all;
}

/* To the end of the last month that is over. */
static day over_by(const struct status *st, day to)
{
    struct calendar c = st->session.calendar;
    int year, month;
    if (st->reach.to != DAY_MAX && st->reach.to > to)
        to = st->reach.to;
    calendar_locate(c, to, &year, &month);
    struct span last = calendar_month(c, year, month);
    return last.to > to ? last.from - 1 : to;
}

static bool mark_siblings(struct looking *l, struct err *e)
{
    const struct scope *s = &l->st->facts.scope;
    bool *parents = calloc(s->unit_count + 1, sizeof *parents);
    free(l->has_sibling);
    l->has_sibling = calloc(s->unit_count + 1, sizeof *l->has_sibling);
    if (!parents || !l->has_sibling) {
        free(parents);
        return err_memory(e);
    }
    for (size_t u = 0; u < s->unit_count; u++)
        if (l->known.spans[u].count && !s->directory->units[s->units[u]].is_unknown)
            parents[s->parent[u] == NO_ENTRY ? s->unit_count : s->parent[u]] = true;
    for (size_t u = 0; u < s->unit_count; u++)
        l->has_sibling[u] = parents[s->parent[u] == NO_ENTRY ? s->unit_count : s->parent[u]];
    free(parents);
    return true;
}

static bool add_gap(struct unreported *g, const struct gap *gap, struct err *e)
{
    void *items = g->items;
    if (!array_grow(&items, &g->cap, g->count + 1, sizeof *g->items, e))
        return false;
    g->items = items;
    g->items[g->count++] = *gap;
    return true;
}

static void count_due(struct looking *l, size_t unit)
{
    for (size_t u = unit; u != NO_ENTRY; u = l->st->session.directory.units[u].parent)
        l->g->due[u]++;
}

static bool look_at_unit(struct looking *l, size_t slot, struct err *e)
{
    const struct scope *s = &l->st->facts.scope;
    const struct unit *unit = &s->directory->units[s->units[slot]];
    const struct spans *known = &l->known.spans[slot];
    struct span due = span_intersect(span_intersect(l->all, unit->valid), l->st->reach);
    if (!s->is_leaf[slot] || unit->is_unknown || !l->has_sibling[slot] || span_is_empty(due) ||
        !status_is_asked(l->st, s->units[slot], l->category))
        return true;
    count_due(l, s->units[slot]);
    struct gap gap = {s->units[slot], l->category, {0}, !known->count, l->to};
    bool ok = months_missing(l->st->session.calendar, known, due, &gap.months, e) &&
              (!gap.months.count || add_gap(l->g, &gap, e));
    if (!ok || !gap.months.count)
        month_list_free(&gap.months);
    return ok;
}

static bool look_at_category(struct looking *l, size_t category, struct err *e)
{
    const struct scope *s = &l->st->facts.scope;
    l->category = category;
    l->all = said_span(&l->g->said, category);
    l->to = l->all.to;
    if (span_is_empty(l->all))
        return true;
    l->all.to = l->over ? over_by(l->st, l->all.to) : l->all.to;
    day asked = l->all.to < l->st->reach.to ? l->all.to : l->st->reach.to;
    l->g->to = asked > l->g->to ? asked : l->g->to;
    bool ok = known_init(&l->known, s, &l->g->said, category, e) && mark_siblings(l, e);
    for (size_t u = 0; ok && u < s->unit_count; u++)
        ok = look_at_unit(l, u, e);
    known_free(&l->known);
    return ok;
}

bool unreported_find(struct unreported *g, const struct status *st, bool over, struct err *e)
{
    const struct directory *d = &st->session.directory;
    struct looking l = {.g = g, .st = st, .over = over};
    *g = (struct unreported){.to = DAY_NONE};
    if (!cover_part_init(&g->said, &st->session.cover, COVER_ASSUMED, NULL, e))
        return false;
    g->due = calloc(d->unit_count + 1, sizeof *g->due);
    bool ok = g->due || err_memory(e);
    for (size_t c = 0; ok && c < d->category_count; c++)
        ok = look_at_category(&l, c, e);
    free(l.has_sibling);
    return ok;
}

void unreported_free(struct unreported *g)
{
    for (size_t i = 0; i < g->count; i++)
        month_list_free(&g->items[i].months);
    free(g->items);
    free(g->due);
    cover_part_free(&g->said);
    *g = (struct unreported){0};
}
